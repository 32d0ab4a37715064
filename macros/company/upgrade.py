"""What a newer upstream means for a company layer, told before anything is merged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from macros.company.differences import changed_values, company_pages
from macros.company.upgrading.versions import UpgradeError
from macros.diagnostics import Diagnostics
from macros.load.files import Files, items, read_files
from macros.load.merge import DIRECTIVES, Place
from macros.load.reading import merged
from macros.model.base import Kind
from macros.project import COMPANY, Project
from macros.report import text

_SYNTAX = ("yaml-syntax", "yaml-tag", "alias-expansion", "duplicate-key")
UNREADABLE = frozenset([*_SYNTAX, "encoding", "empty-file", "file-size", "unreadable-file"])
"""What is wrong with a file whatever the schema: all else may only be newer than this version knows."""


@dataclass(frozen=True)
class UpgradeFinding:
    """An override to look at.

    Args:
        path: the company's file.
        line: 1-based line of the entry.
        message: what upstream did to what it touches.
    """

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


def compared(project: Project, newer: Project, called: str) -> list[UpgradeFinding]:
    """Compare the company layer with a newer upstream that lies in a folder.

    Args:
        project: the project with the layer.
        newer: the newer upstream.
        called: what messages call it.

    Returns:
        As `check`.

    Raises:
        UpgradeError: one of the two playbooks is broken.
    """
    before, after = _readable(project, "this playbook"), _readable(newer, called)
    renamed = merged(after, company=False, names=False, ahead=True).renamed
    found = [*_items(before, after, renamed), *_pages(project, newer)]
    return sorted(found, key=lambda finding: (finding.path, finding.line, finding.message))


def _readable(project: Project, called: str) -> Files:
    """A playbook's files, if they are YAML at all."""
    files = read_files(project)
    if broken := Diagnostics(each for each in files.problems if each.rule in UNREADABLE):
        raise UpgradeError(f"{called} has files that cannot be read:\n{text(broken)}")
    return files


Renames = Mapping[str, Mapping[str, str | None]]
"""New id by old id, by list."""


def overrides(files: Files) -> Iterator[tuple[Kind, str, frozenset[str], Place]]:
    """Every entry of the company layer: list, id, the keys it sets, and where it stands."""
    for holding in files.company:
        for kind in holding.kinds:
            for placed in items(holding, kind):
                if isinstance(placed.value, dict) and isinstance(placed.value.get("id"), str):
                    keys = frozenset(placed.value) - {"id", *DIRECTIVES}
                    yield kind, placed.value["id"], keys, placed.place


def _items(before: Files, after: Files, renamed: Renames) -> Iterator[UpgradeFinding]:
    """Overrides of items that upstream changed, renamed or removed, or added under the same id."""
    for kind, name, keys, place in overrides(before):
        old, new = (_by_id(files, kind).get(name) for files in (before, after))
        where = f"{kind.one} '{name}'"
        if kind.key in after.unread:
            yield _finding(place, f"{where}: upstream has no {kind.many} any more")
        elif old is not None and new is None:
            now = renamed.get(kind.key, {}).get(name)
            what = f"was renamed upstream to '{now}'" if now else "was removed upstream"
            yield _finding(place, f"{where} {what}")
        elif old is None and new is not None:
            yield _finding(place, f"{where} exists upstream now, too")
        elif old is not None and new is not None:
            for field in changed_values(old, new):
                both = " (you override it)" if field.name.split(".")[0] in keys else ""
                said = f"'{field.before}' → '{field.after}'"
                yield _finding(place, f"{where}: upstream changed {field.name}{both}: {said}")


def _by_id(files: Files, kind: Kind) -> dict[str, dict[str, Any]]:
    """Upstream's items of a list, as its files hold them."""
    values = (placed.value for placed in files.upstream[kind.key])
    return {str(value.get("id")): value for value in values if isinstance(value, dict)}


def _finding(place: Place, message: str) -> UpgradeFinding:
    found = place.diagnostic((), message)
    return UpgradeFinding(found.path, found.line, message)


def _pages(project: Project, newer: Project) -> Iterator[UpgradeFinding]:
    """Company pages in the place of pages that upstream changed or removed."""
    for page in company_pages(project):
        path = f"{COMPANY}/docs/{page.path}"
        there = page.path in newer.pages
        if page.what == "added":
            if there:
                yield UpgradeFinding(
                    path, 1, f"upstream has a page {page.path} now, which yours will replace"
                )
        elif not there:
            yield UpgradeFinding(path, 1, f"upstream removed the page {page.path} that yours replaces")
        elif (project.docs / page.path).read_bytes() != (newer.docs / page.path).read_bytes():
            yield UpgradeFinding(path, 1, f"upstream changed the page {page.path} that yours replaces")
