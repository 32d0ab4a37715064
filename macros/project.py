"""Where things are in a project, and writing a file whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from macros.diagnostics import Diagnostic

COMPANY = "company"
"""Folder of the fork's own layer; upstream ships it with a README only."""
UNPUBLISHED = "contributing"
"""Folder of docs/ for those who work on the kit itself; no page of the site. `mkdocs.yml` says so, too."""
ASSEMBLED = ".build"
"""Folder below the project's in which it is put together for a build; see `macros.site.assemble`."""
_FROM = ".assembled-from"
"""File in an assembled project that names the project it was put together from."""


@dataclass(frozen=True)
class Project:
    """A playbook's folder: data, pages, and the company's layer over both.

    Pages are listed once for each `Project`; whoever waits for changes makes a new one.

    Args:
        root: the folder that holds data/, docs/ and mkdocs.yml.
    """

    root: Path

    @classmethod
    def around(cls, folder: Path) -> Project:
        """The project at or above a folder, or else the one that this package lies in."""
        for each in (folder, *folder.parents):
            if (each / "mkdocs.yml").is_file() and (each / "data").is_dir():
                return cls(each)
        return cls(Path(__file__).resolve().parents[1])

    @property
    def data(self) -> Path:
        """The playbook's content."""
        return self.root / "data"

    @property
    def docs(self) -> Path:
        """The playbook's pages."""
        return self.root / "docs"

    @property
    def company(self) -> Path:
        """The company's layer."""
        return self.root / COMPANY

    @property
    def company_docs(self) -> Path:
        """The company's pages."""
        return self.company / "docs"

    @property
    def cache(self) -> Path:
        """What a build remembers for the next one; not under version control.

        Zensical keeps its own in `.cache`, too, and empties that folder while we write.
        """
        return self.root / ".cache" / "playbook"

    @property
    def assembled(self) -> Path:
        """Where the project is put together with its company layer."""
        return self.root / ASSEMBLED

    @cached_property
    def origin(self) -> Project:
        """The project that this one was put together from; itself where nobody did."""
        try:
            folder = (self.root / _FROM).read_text("utf-8")
        except OSError:
            return self
        return Project((self.root / folder).resolve())

    def mark_assembled(self, origin: Project) -> None:
        """Note in an assembled project which one it was put together from."""
        write_whole(self.root / _FROM, os.path.relpath(origin.root, self.root).encode())

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """The playbook's pages, as sorted paths below docs/."""
        found = _pages_below(self.docs)
        return tuple(page for page in found if not page.startswith(f"{UNPUBLISHED}/"))

    @cached_property
    def company_pages(self) -> tuple[str, ...]:
        """The company's pages, as sorted paths below its docs/."""
        return _pages_below(self.company_docs)

    @cached_property
    def all_pages(self) -> frozenset[str]:
        """Every page of the site, whoever it is by."""
        return frozenset([*self.pages, *self.company_pages])

    def page_file(self, page: str) -> Path:
        """The file that a page is made from: the company's where it has one."""
        ours = self.company_docs / page
        return ours if ours.is_file() else self.docs / page

    def name(self, path: Path) -> str:
        """A file as messages name it: relative to the project, with forward slashes."""
        return path.relative_to(self.root).as_posix()

    def read_text(self, name: str, *, limit: int | None = None) -> tuple[str | None, list[Diagnostic]]:
        """Read one of the project's files; see `read_text`."""
        return read_text(self.root, name, limit=limit)

    def write(self, name: str, content: bytes) -> None:
        """Write one of the project's files, whole or not at all.

        Raises:
            OSError: it cannot be written; what was there before is there still.
        """
        write_whole(self.root / name, content)

    def escaping(self) -> Iterator[Diagnostic]:
        """Links in the company's layer that lead out of it: it must not read other files."""
        home = self.company.resolve()
        for path in sorted(self.company.rglob("*")):
            if path.is_symlink() and not path.resolve().is_relative_to(home):
                message = f"is a link that leads out of {COMPANY}/"
                yield Diagnostic.of_file(self.name(path), message, "copy the file instead", "outside-company")


def _pages_below(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.md")))


def read_text(root: Path, name: str, *, limit: int | None = None) -> tuple[str | None, list[Diagnostic]]:
    """Read a UTF-8 file.

    Args:
        root: a folder.
        name: the file, relative to it, with forward slashes.
        limit: how many bytes it may have; any number by default.

    Returns:
        The text, or None and what is wrong.
    """
    try:
        raw = (root / name).read_bytes()
    except OSError as error:
        return None, [Diagnostic.of_file(name, f"cannot be read: {error.strerror}", "", "unreadable-file")]
    if limit is not None and len(raw) > limit:
        message = f"is {len(raw) / 2**20:.1f} MiB; at most {limit // 2**20} MiB is read"
        return None, [Diagnostic.of_file(name, message, "split it, or move prose to docs/", "file-size")]
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        message = f"is not UTF-8 text (byte 0x{raw[error.start]:02x})"
        hint = "save the file with UTF-8 encoding"
        return None, [Diagnostic(name, line, column, "", message, hint, "encoding")]


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all: it is written aside and moved.

    Args:
        path: the file; folders that are missing are made.
        content: what it holds afterwards.

    Raises:
        OSError: it cannot be written; what was there before is there still.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_bytes(content)
        aside.replace(path)
    except OSError:
        aside.unlink(missing_ok=True)
        raise


def put_in_place(new: Path, place: Path) -> None:
    """Let a folder take the place of another: whoever looks finds the old one whole, or the new one.

    A place that is a link or a mount point stays one; what is in it is replaced, one entry after
    the other.

    Args:
        new: the folder, on the same file system; it is gone afterwards.
        place: where it goes, whether there is something or not.

    Raises:
        OSError: it cannot be put there; the old folder is there still.
    """
    if place.is_symlink() or place.is_mount():
        for old in place.iterdir():
            shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
        for each in new.iterdir():
            shutil.move(each, place / each.name)
        new.rmdir()
    elif not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        new.rename(place)
    elif _exchanged(new, place):
        shutil.rmtree(new, ignore_errors=True)
    else:
        old = new.with_name(f"{new.name}-old")
        place.rename(old)
        try:
            new.rename(place)
        except OSError:
            old.rename(place)
            raise
        shutil.rmtree(old, ignore_errors=True)


_HERE, _EXCHANGE = -100, 2
"""AT_FDCWD and RENAME_EXCHANGE of Linux' renameat2: two names change places in one step."""


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, where the system can."""
    import ctypes  # noqa: PLC0415 - only a build needs it, once

    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)
