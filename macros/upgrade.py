"""What a newer upstream means for a company layer, told before anything is merged."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from macros.diagnostics import Diagnostics
from macros.layer import Difference, company_pages, differences
from macros.merge import Place
from macros.parse import COMPANY, overrides, renames
from macros.playbook import load
from macros.report import text

PARTS = ("data", "docs")
"""What is compared: data item by item, pages by their text."""


class UpgradeError(Exception):
    """The comparison cannot be made; the message says why."""


@dataclass(frozen=True)
class Finding:
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


def check(root: Path, ref: str) -> list[Finding]:
    """Compare the company layer with a newer upstream.

    Args:
        root: the project's folder, a git work tree.
        ref: a git revision of the newer upstream, such as ``upstream/main``.

    Returns:
        Overrides and replaced pages that touch what upstream changed, renamed or removed;
        an empty list says that the update is safe for this layer.

    Raises:
        UpgradeError: there is no git, no such revision, or one of the two playbooks is broken.
    """
    with tempfile.TemporaryDirectory(prefix="playbook-") as name:
        newer = Path(name)
        _extract(root, ref, newer)
        old, new = load(root, layer=False, names=False), load(newer, layer=False, names=False)
        if isinstance(old, Diagnostics):
            raise UpgradeError(f"this playbook has problems without the company layer:\n{text(old)}")
        if isinstance(new, Diagnostics):
            raise UpgradeError(f"{ref} has problems of its own:\n{text(new)}")
        changes = {(each.kind.key, each.id): each for each in differences(old, new)}
        findings = [*_items(root, newer, changes), *_pages(root, newer)]
    return sorted(findings, key=lambda finding: (finding.path, finding.line, finding.message))


def _items(root: Path, newer: Path, changes: dict[tuple[str, str], Difference]) -> Iterator[Finding]:
    """Overrides of items that upstream changed, renamed or removed, or added under the same id."""
    renamed = renames(newer)
    for kind, name, keys, place in overrides(root):
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


def _finding(place: Place, message: str) -> Finding:
    found = place.diagnostic((), message)
    return Finding(found.path, found.line, message)


def _pages(root: Path, newer: Path) -> Iterator[Finding]:
    """Company pages in the place of pages that upstream changed or removed."""
    for page in company_pages(root):
        path = f"{COMPANY}/docs/{page.path}"
        old, new = root / "docs" / page.path, newer / "docs" / page.path
        if page.what == "added":
            if new.is_file():
                yield Finding(path, 1, f"upstream has a page {page.path} now, which yours will replace")
        elif not new.is_file():
            yield Finding(path, 1, f"upstream removed the page {page.path} that yours replaces")
        elif old.read_bytes() != new.read_bytes():
            yield Finding(path, 1, f"upstream changed the page {page.path} that yours replaces")


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
        tar.extractall(target, filter="data")
