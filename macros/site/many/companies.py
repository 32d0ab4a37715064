"""Which companies a folder holds: one layer a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from macros.places.listing import is_leftover
from macros.project import COMPANY

PORTAL = "index.html"
"""The page that lists the sites; no company can be called so."""


@dataclass(frozen=True)
class Company:
    """One company to build a site for.

    Args:
        name: its folder's name, which becomes the folder of its site, too.
        layer: the folder that is its `company/`.
    """

    name: str
    layer: Path


@dataclass(frozen=True)
class Skipped:
    """Something in the folder that is no company, and why."""

    name: str
    why: str


def companies(folder: Path) -> Iterator[Company | Skipped]:
    """What a folder holds, sorted by name; hidden files and what editors leave there is nothing.

    Args:
        folder: it holds a folder for each company: its layer, or a copy of the kit with one.
    """
    taken: dict[str, str] = {}
    for entry in sorted(folder.iterdir(), key=lambda path: path.name):
        if is_leftover(entry.name):
            continue
        same = normalize("NFC", entry.name).casefold()
        why = _no_company(entry)
        if not why and same in taken:
            why = f"has the name of '{taken[same]}', where capitals don't count"
        if why:
            yield Skipped(entry.name, why)
            continue
        taken[same] = entry.name
        inner = entry / COMPANY
        yield Company(entry.name, inner if inner.is_dir() and not inner.is_symlink() else entry)


def _no_company(path: Path) -> str:
    """Why an entry is no company; empty where it is one."""
    if path.is_symlink():
        return "is a link; put the folder itself there"
    if not path.is_dir():
        return "is a file"
    if not os.access(path, os.R_OK | os.X_OK):
        return "may not be read"
    if not path.name.isprintable() or "\\" in path.name:
        return "has a name that cannot be a part of an address"
    if path.name.casefold() == PORTAL:
        return "has the name of the page that lists the sites"
    if all(is_leftover(each.name) for each in path.iterdir()):
        return "is empty"
    return ""
