"""What macros expand to: computed from the playbook, or remembered from a build of the same sources.

Reading, checking and rendering everything takes about as long as half of MkDocs' own work. Most
builds change nothing in data, pages or macros, so pages are kept by a hash of all of them.
A remembered build imports neither the models nor the partials.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import sysconfig
from base64 import b64decode, b64encode
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from macros.diagnostics import Diagnostics
    from macros.site.live import Live

FOLDER = Path(".cache") / "playbook"
"""Where results are kept, below the project's folder; not under version control."""

SOURCES = (("data", "*.yml"), ("docs", "*.md"), ("macros", "*.py"), ("macros", "*.j2"), ("company", "*"))
"""All that results depend on, besides the installed packages."""


class Expansions:
    """What pages expand to in one project.

    Args:
        root: the project's folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.file = root / FOLDER / f"{fingerprint(root)}.json"
        self.known = _read(self.file) or {}
        self.fresh: dict[str, list[str]] = {}

    @cached_property
    def live(self) -> Live | Diagnostics:
        """The playbook, loaded and checked; imported only when something is not remembered."""
        from macros.site.live import start  # noqa: PLC0415

        return start(self.root)

    @property
    def problems(self) -> Diagnostics | None:
        """All that is wrong with data and pages; sources that were built before had nothing."""
        if self.known:
            return None
        from macros.diagnostics import Diagnostics  # noqa: PLC0415

        return self.live if isinstance(self.live, Diagnostics) else None

    def playbook(self) -> Live:
        """The loaded playbook.

        Raises:
            RuntimeError: it has problems; callers look at `problems` first.
        """
        from macros.diagnostics import Diagnostics  # noqa: PLC0415

        if isinstance(self.live, Diagnostics):
            raise RuntimeError(self.live[0].message)
        return self.live

    @property
    def macros(self) -> tuple[str, ...]:
        """Names of all macros."""
        return tuple(self.known.get("macros") or self.playbook().names)

    @property
    def abbreviations(self) -> dict[str, str]:
        """Explanation by abbreviation; none while the playbook is broken."""
        if self.known:
            return dict(self.known["abbreviations"])
        return {} if self.problems else self.playbook().abbreviations

    @property
    def blanks(self) -> dict[str, bytes]:
        """Each template's blanks, by their paths in the built site."""
        kept = self.known.get("blanks")
        return {path: b64decode(content) for path, content in kept.items()} if kept else self._new_blanks

    @cached_property
    def _new_blanks(self) -> dict[str, bytes]:
        return self.playbook().blanks

    def page(self, name: str, source: str) -> tuple[str, str] | None:
        """The remembered Markdown and title of a page; None where it has to be rendered.

        Args:
            name: the page, with whatever else its links depend on.
            source: its Markdown before macros; another plugin may have changed it.
        """
        kept = self.known.get("pages", {}).get(name)
        if kept is None or kept[0] != _hash(source):
            return None
        self.fresh[name] = kept
        return kept[1], kept[2]

    def keep(self, name: str, source: str, text: str, title: str) -> None:
        """Remember what a page was rendered to, if that depends on nothing but our sources."""
        if self.playbook().is_pure(source):
            self.fresh[name] = [_hash(source), text, title]

    def remember(self) -> None:
        """Write this build's results down for the next one; an unwritable folder is no error."""
        if self.known.get("pages") == self.fresh:
            return
        content = {
            "macros": self.macros,
            "abbreviations": self.abbreviations,
            "blanks": {path: b64encode(content).decode() for path, content in self.blanks.items()},
            "pages": {**self.known.get("pages", {}), **self.fresh},
        }
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            for old in self.file.parent.glob("*.json"):
                old.unlink(missing_ok=True)
            # Written aside and moved, so that a build cut off leaves nothing half-written.
            aside = self.file.with_suffix(f".{os.getpid()}")
            aside.write_text(json.dumps(content), "utf-8")
            aside.replace(self.file)
        except OSError:
            return


@cache
def expansions(root: Path) -> Expansions:
    """The one `Expansions` of a project in this process."""
    return Expansions(root)


def fingerprint(root: Path) -> str:
    """Hash of everything that results depend on: sources, Python, installed packages."""
    digest = hashlib.sha256(sys.version.encode())
    packages = Path(sysconfig.get_paths()["purelib"])
    digest.update("\n".join(sorted(path.name for path in packages.glob("*.dist-info"))).encode())
    for folder, pattern in SOURCES:
        for path in sorted((root / folder).rglob(pattern)):
            digest.update(f"\0{path.relative_to(root).as_posix()}\0".encode())
            digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()[:32]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _read(path: Path) -> dict[str, Any] | None:
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    whole = isinstance(content, dict) and {"macros", "abbreviations", "blanks", "pages"} <= content.keys()
    return content if whole else None
