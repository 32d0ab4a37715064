"""What lies in a folder: files, and what only looks like one.

Editors, file managers and merge tools leave files beside those that people write. They are content
nowhere: neither checked, nor shown, nor copied.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

What = Literal["file", "folder", "outside", "dangling", "loop", "special", "closed"]
"""A link that leads out of where it may lead is *outside*, one without a target *dangling*, one to a folder
around it a *loop*; pipes, sockets and devices are *special*; what may not be opened is *closed*."""

_LEFTOVER = re.compile(
    r"""\. | .*~$ | \#.*\#$ | ~\$ | __pycache__$ | .*\.(py[co] | sw[nopx] | bak | orig | tmp)$
    | (thumbs\.db | ehthumbs\.db | desktop\.ini | icon\r)$ | .*___jb_(tmp|old)___$ | 4913$""",
    re.VERBOSE | re.IGNORECASE,
)
"""Hidden files, backups, swap and lock files, and what Windows and macOS put beside."""
SHOWN = frozenset({".icons", ".overrides"})
"""Hidden folders that a theme reads: the company's own icons lie in `overrides/.icons/`."""


@dataclass(frozen=True)
class Found:
    """Something in a folder.

    Args:
        name: path below the folder, with forward slashes.
        what: what it is, once links are followed.
        is_link: whether it is a symbolic link itself.
        is_empty: whether it is a folder with nothing in it that counts.
    """

    name: str
    what: What
    is_link: bool = False
    is_empty: bool = False

    @property
    def base(self) -> str:
        """The name without its folders."""
        return self.name.rpartition("/")[2]


def is_leftover(name: str) -> bool:
    """Whether a file or folder of this name (without its path) is nobody's content."""
    return _LEFTOVER.match(name) is not None and name not in SHOWN


def leftovers(_: str, names: list[str]) -> list[str]:
    """Those of a folder's names that are not content, as `shutil.copytree` asks for them."""
    return [name for name in names if is_leftover(name)]


def listed(folder: Path, home: Path) -> Iterator[Found]:
    """Everything below a folder but leftovers; nothing where there is no such folder.

    Nothing is opened, so that no pipe makes anybody wait.

    Args:
        folder: where to look.
        home: links are followed as long as they stay below this folder.
    """
    yield from _below(str(folder), "", os.path.realpath(home))


def _below(folder: str, prefix: str, home: str) -> Iterator[Found]:
    try:
        with os.scandir(folder) as entries:
            here = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in here:
        if is_leftover(entry.name):
            continue
        name, is_link = prefix + entry.name, entry.is_symlink()
        what = _what(entry, home, is_link=is_link)
        below = list(_below(entry.path, f"{name}/", home)) if what == "folder" else []
        yield Found(name, what, is_link, what == "folder" and not below)
        yield from below


def _what(entry: os.DirEntry[str], home: str, *, is_link: bool) -> What:
    try:
        if is_link:
            real = os.path.realpath(entry.path)
            around = os.path.realpath(os.path.dirname(entry.path))  # noqa: PTH120 - as scandir gives it
            if not real.startswith(f"{home}{os.sep}") and real != home:
                return "outside"
            if f"{around}{os.sep}".startswith(f"{real}{os.sep}"):
                return "loop"
        if entry.is_dir():
            return "folder" if os.access(entry.path, os.R_OK | os.X_OK) else "closed"
        if entry.is_file():
            return "file"
        return "special" if os.path.exists(entry.path) else "dangling"  # noqa: PTH110 - as above
    except OSError:
        return "dangling"
