"""What a newer upstream means for a company layer, told before anything is merged."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from macros.company.differences import Difference, company_pages, differences
from macros.diagnostics import Diagnostics
from macros.load.files import Files, items, read_files
from macros.load.merge import DIRECTIVES, Place
from macros.load.reading import Reading, merged
from macros.model.base import Kind
from macros.playbook import judged
from macros.project import COMPANY, Project
from macros.report import text

PARTS = ("data", "docs")
"""What is compared: data item by item, pages by their text."""


class UpgradeError(Exception):
    """The comparison cannot be made; the message says why."""


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


def check(project: Project, ref: str) -> list[UpgradeFinding]:
    """Compare the company layer with a newer upstream.

    Args:
        project: a git work tree.
        ref: a git revision of the newer upstream, such as ``upstream/main``.

    Returns:
        Overrides and replaced pages that touch what upstream changed, renamed or removed;
        an empty list says that the update is safe for this layer.

    Raises:
        UpgradeError: there is no git, no such revision, or one of the two playbooks is broken.
    """
    with tempfile.TemporaryDirectory(prefix="playbook-") as name:
        newer = Project(Path(name))
        _extract(project.root, ref, newer.root)
        return compared(project, newer, ref)


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
    files, newer_reading = read_files(project), _read_ahead(newer)
    old, new = judged(merged(files, company=False, names=False)), judged(newer_reading)
    if isinstance(old, Diagnostics):
        raise UpgradeError(f"this playbook has problems without the company layer:\n{text(old)}")
    if isinstance(new, Diagnostics):
        raise UpgradeError(f"{called} has problems of its own:\n{text(new)}")
    changes = {(each.kind.key, each.id): each for each in differences(old.lists, new.lists)}
    findings = [*_items(files, changes, newer_reading.renamed), *_pages(project, newer)]
    return sorted(findings, key=lambda finding: (finding.path, finding.line, finding.message))


def _read_ahead(newer: Project) -> Reading:
    """A newer upstream's data, as far as this version knows it; new lists and keys are no mistake."""
    return merged(read_files(newer), company=False, names=False, ahead=True)


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


def _items(
    files: Files, changes: Mapping[tuple[str, str], Difference], renamed: Renames
) -> Iterator[UpgradeFinding]:
    """Overrides of items that upstream changed, renamed or removed, or added under the same id."""
    for kind, name, keys, place in overrides(files):
        change = changes.get((kind.key, name))
        if change is None:
            continue
        where = f"{kind.one} '{name}'"
        if change.what == "removed":
            new = renamed.get(kind.key, {}).get(name)
            what = f"was renamed upstream to '{new}'" if new else "was removed upstream"
            yield _finding(place, f"{where} {what}")
        elif change.what == "added":
            yield _finding(place, f"{where} exists upstream now, too")
        else:
            for field in change.fields:
                both = " (you override it)" if field.name.split(".")[0] in keys else ""
                said = f"'{field.before}' → '{field.after}'"
                yield _finding(place, f"{where}: upstream changed {field.name}{both}: {said}")


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


def _extract(root: Path, ref: str, target: Path) -> None:
    """Write data and docs of a revision into `target`."""
    git = shutil.which("git")
    if git is None:
        raise UpgradeError("git is not installed")
    # The full form keeps a revision that begins with a dash from being read as an option.
    resolved = subprocess.run(  # noqa: S603 - fixed arguments, and the revision is verified
        [git, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}"],
        cwd=root, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    commit = resolved.stdout.strip()
    if resolved.returncode != 0 or not commit:
        raise UpgradeError(f"no revision '{ref}' here; fetch it first: git fetch upstream")
    archive = subprocess.run(  # noqa: S603 - as above
        [git, "archive", "--format=tar", commit, *PARTS], cwd=root, capture_output=True, check=False
    )
    if archive.returncode != 0:
        raise UpgradeError(f"'{ref}' is no playbook: it has no {' and '.join(PARTS)}")
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tar:
        # Python 3.11.0 to 3.11.3 know no filters. git itself packs nothing that leads out of the folder.
        with suppress(AttributeError):
            tar.extraction_filter = tarfile.data_filter
        tar.extractall(target)  # noqa: S202 - filtered just above
