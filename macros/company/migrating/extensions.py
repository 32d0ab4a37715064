"""Markdown extensions and front matter that one generator alone understands.

Both use Python-Markdown, so an extension that is installed works with both, but for those below.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from macros.company.migrating import zensical
from macros.diagnostics import Diagnostic, Where
from macros.load.yaml import YamlDocument

RULE = "migrate"
_FENCES = "pymdownx.superfences"
_RELATIVE = re.compile(r"^[^#\n]*?(!relative)\b", re.MULTILINE)
_FRONT = re.compile(r"\A-{3}[ \t]*\n(?P<front>.*?\n)-{3}[ \t]*\n", re.DOTALL)


def in_settings(document: YamlDocument, text: str, *, to_zensical: bool) -> Iterator[Diagnostic]:
    """Extensions of mkdocs.yml that the other generator has not, or reads differently.

    Args:
        document: mkdocs.yml.
        text: its text.
        to_zensical: whether that is the other generator; else it is MkDocs.
    """
    if to_zensical:
        for found in _RELATIVE.finditer(text):
            line = text.count("\n", 0, found.start(1)) + 1
            column = found.start(1) - text.rfind("\n", 0, found.start(1))
            message = "Zensical does not know the tag '!relative' and stops at it"
            yield Diagnostic(
                document.path, line, column, "", message, "write the path from mkdocs.yml on", RULE
            )
    listed = dict(_listed(document.value.get("markdown_extensions")))
    for name, where in listed.items():
        said = _to_zensical(name, listed) if to_zensical else _to_mkdocs(name)
        if said:
            yield document.diagnostic(
                ("markdown_extensions", *where), *said, RULE, of_key=isinstance(where[-1], str)
            )


def _listed(given: Any) -> Iterator[tuple[str, Where]]:
    """Names of extensions, from a list or a mapping, and where they stand below `markdown_extensions`."""
    if isinstance(given, dict):
        yield from ((str(name), (str(name),)) for name in given)
    for index, entry in enumerate(given if isinstance(given, tuple) else ()):
        name = next(iter(entry), "") if isinstance(entry, dict) else entry
        yield str(name), (index,)


def _to_zensical(name: str, listed: Collection[str]) -> tuple[str, str] | None:
    """Why an extension does not move, and what to do."""
    if name in zensical.REPLACED and _FENCES not in listed:
        return (
            f"Zensical has {_FENCES} in the place of '{name}'",
            f"use pymdownx.highlight and {_FENCES} under both",
        )
    return None


def _to_mkdocs(name: str) -> tuple[str, str] | None:
    """As `_to_zensical`, on the way back."""
    if name in ("pymdownx", "zensical"):
        return (
            f"MkDocs reads no extensions below '{name}'",
            "write each with its whole name, pymdownx.details",
        )
    if name.startswith("zensical."):
        ours = name.replace("zensical.", "material.", 1)
        hint = f"write {ours}" if ours in zensical.MATERIALS else "do without it, or use a plugin"
        return f"'{name}' works in Zensical alone", hint
    return None


def in_front_matter(name: str, text: str) -> Iterator[Diagnostic]:
    """Keys at the top of a page that Zensical passes over.

    Args:
        name: the page's file.
        text: its text.
    """
    found = _FRONT.match(text)
    if found is None:
        return
    from macros.load.yaml import parse  # noqa: PLC0415 - few pages have any

    document, _ = parse(name, "\n" + found["front"])  # an empty line stands for the dashes
    for key in zensical.FRONT_MATTER if document is not None and isinstance(document.value, dict) else ():
        where: Where = tuple(key.split("."))
        if document is not None and document.reach(where) == where:
            yield document.diagnostic(
                where, f"Zensical does not read '{key}'", "do without it", RULE, of_key=True
            )
