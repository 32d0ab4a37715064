"""Where things are in a project, and its files read with their problems."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from stat import S_ISREG
from unicodedata import normalize

from macros.diagnostics import Diagnostic
from macros.places.listing import Found, listed
from macros.writing import ASIDE

COMPANY = "company"
"""Folder of the fork's own layer; upstream ships it with a README only."""
UNPUBLISHED = "contributing"
"""Folder of docs/ for those who work on the kit itself; no page of the site. `mkdocs.yml` says so, too."""
MAX_PAGE = 4 * 1024 * 1024
"""Largest page, 4 MiB: a browser would take seconds to show it."""
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
    def aside(self) -> Path:
        """Where builds put together what they make; see `macros.writing.aside.working_folder`."""
        return self.root / ASIDE

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
        self.write(_FROM, os.path.relpath(origin.root, self.root).encode())

    @cached_property
    def files(self) -> tuple[Found, ...]:
        """Everything below docs/ but what editors leave there."""
        return tuple(listed(self.docs, self.root))

    @cached_property
    def company_files(self) -> tuple[Found, ...]:
        """Everything below company/ but what editors leave there."""
        return tuple(listed(self.company, self.company))

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """The playbook's pages, as sorted paths below docs/."""
        found = (each.name for each in self.files if each.what == "file" and each.name.endswith(".md"))
        return tuple(sorted(page for page in found if not page.startswith(f"{UNPUBLISHED}/")))

    @cached_property
    def company_pages(self) -> tuple[str, ...]:
        """The company's pages, as sorted paths below its docs/, in composed Unicode as they are published."""
        return tuple(sorted(self._company_sources))

    @cached_property
    def _company_sources(self) -> dict[str, str]:
        """Where each of the company's pages lies below its docs/: a Mac may write é as two characters."""
        below = (
            each.name[5:]
            for each in self.company_files
            if each.name.startswith("docs/") and each.what == "file"
        )
        return {normalize("NFC", name): name for name in below if name.endswith(".md")}

    @cached_property
    def all_pages(self) -> frozenset[str]:
        """Every page of the site, whoever it is by."""
        return frozenset([*self.pages, *self.company_pages])

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """Every page of the site, ours before the company's."""
        ours = set(self.company_pages)
        return (*(page for page in self.pages if page not in ours), *self.company_pages)

    @cached_property
    def _texts(self) -> dict[str, tuple[str | None, list[Diagnostic]]]:
        return {}

    def page_text(self, page: str) -> tuple[str | None, list[Diagnostic]]:
        """A page's text, with lines that end in a line feed alone, and what is wrong; read once."""
        if page not in self._texts:
            text, problems = self.read_text(self.page_name(page), limit=MAX_PAGE)
            if text is not None and "\r" in text:
                text = text.replace("\r\n", "\n").replace("\r", "\n")
            self._texts[page] = text, problems
        return self._texts[page]

    def page_name(self, page: str) -> str:
        """The file that a page is made from, as messages name it."""
        ours = self._company_sources.get(page)
        return f"docs/{page}" if ours is None else f"{COMPANY}/docs/{ours}"

    def page_file(self, page: str) -> Path:
        """The file that a page is made from: the company's where it has one."""
        return self.root / self.page_name(page)

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
        from macros.writing.files import write_whole  # noqa: PLC0415 - a check writes nothing

        write_whole(self.root / name, content)


def read_text(root: Path, name: str, *, limit: int | None = None) -> tuple[str | None, list[Diagnostic]]:
    """Read a UTF-8 file.

    Args:
        root: a folder.
        name: the file, relative to it, with forward slashes.
        limit: how many bytes it may have; any number by default.

    Returns:
        The text, or None and what is wrong.
    """
    path = root / name
    try:
        about = path.stat()
        if not S_ISREG(about.st_mode):  # a pipe would make whoever reads it wait
            return None, [Diagnostic.of_file(name, "is no file", "", "special-file")]
        if limit is not None and about.st_size > limit:
            message = f"is {about.st_size / 2**20:.1f} MiB; at most {limit // 2**20} MiB is read"
            return None, [Diagnostic.of_file(name, message, "split it, or move prose to docs/", "file-size")]
        raw = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        return None, [Diagnostic.of_file(name, f"cannot be read: {reason}", "", "unreadable-file")]
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw[:1000]:
        message = "is not UTF-8 text: it is UTF-16, or no text at all"
        return None, [Diagnostic.of_file(name, message, "save the file with UTF-8 encoding", "encoding")]
    try:
        text = raw.decode("utf-8-sig")
        if b"<<<<<<<" in raw or b">>>>>>>" in raw:
            found = _conflict(name, text)
            return (None, [found]) if found else (text, [])
        return text, []
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        message = f"is not UTF-8 text (byte 0x{raw[error.start]:02x})"
        hint = "save the file with UTF-8 encoding"
        return None, [Diagnostic(name, line, column, "", message, hint, "encoding")]


_MARKER = re.compile(r"^(<{7}|>{7})(?: [^\n]*)?\r?$", re.MULTILINE)
_FENCED = re.compile(r"^(`{3,}|~{3,}).*?^\1", re.MULTILINE | re.DOTALL)


def _conflict(name: str, text: str) -> Diagnostic | None:
    """What git leaves in a file that two sides changed; a page may show it in a block of code."""
    fenced = [found.span() for found in _FENCED.finditer(text)] if name.endswith(".md") else []
    for found in _MARKER.finditer(text):
        if not any(start < found.start() < end for start, end in fenced):
            line = text.count("\n", 0, found.start()) + 1
            message = "holds a conflict that git left here: a merge is not finished"
            hint = "keep one side, and delete the lines with <<<<<<<, ======= and >>>>>>>"
            return Diagnostic(name, line, 1, "", message, hint, "merge-conflict")
    return None
