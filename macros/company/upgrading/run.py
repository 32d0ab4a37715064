"""An upgrade from its beginning to its end: looked at, then made as one change, and recorded."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from macros.company.upgrading import base as bases
from macros.company.upgrading.base import Base
from macros.company.upgrading.ids import NAME
from macros.company.upgrading.journal import Change, Written, make
from macros.company.upgrading.plan import QUIET, Step, beside, new_record, plan
from macros.company.upgrading.record import NEW, Record, read_record, text_of
from macros.company.upgrading.versions import UpgradeError, Version, commit_of, git, opened
from macros.project import COMPANY

CHECKED = ("data/", "docs/", "mkdocs.yml")
"""Where what `playbook check` reads of upstream's begins."""
NO_RECORD = """\
this copy does not say what it came from: there is no {name}. Name the version that it came from:
  playbook upgrade --base VERSION {source}
VERSION is a folder, an archive or a git revision; for a copy that was committed untouched, its first
commit: git rev-list --max-parents=0 HEAD"""


@dataclass(frozen=True)
class Upgrade:
    """An upgrade as it is planned, before or after it is made.

    Args:
        root: the copy.
        record: what its files were.
        version: the new version.
        base: contents of what they were.
        steps: what happens to each file.
    """

    root: Path
    record: Record
    version: Version
    base: Base
    steps: list[Step]

    def counted(self) -> Mapping[str, int]:
        """How many files there are of each kind of step."""
        return Counter(step.what for step in self.steps)

    @property
    def changes(self) -> bool:
        """Whether there is anything to do."""
        return any(step.what in (*QUIET, "merged") for step in self.steps) or any(
            not (self.root / path).is_file() or (self.root / path).read_bytes() != content
            for path, content in beside(self.steps, self.version).items()
        )


def planned(
    root: Path, version: Version, source: str, *, came_from: str = "", merge: tuple[str, ...] = ()
) -> Upgrade:
    """Look at an upgrade.

    Args:
        root: the copy.
        version: the new version, opened.
        source: what it was asked for as.
        came_from: the version that the copy came from, where it has no record: as `source`.
        merge: where the paths begin whose changes in different places are put together.

    Raises:
        UpgradeError: nobody knows what the copy came from.
    """
    folders = (version.root,) if (version.root / ".git").exists() else ()
    base = Base(root, folders)
    record = _record(root, source, came_from, base)
    return Upgrade(root, record, version, base, plan(root, record, version, base, merge))


def _record(root: Path, source: str, came_from: str, base: Base) -> Record:
    """What the copy's files were: as it says, as the caller says, or as git says."""
    found = None if came_from else read_record(root)
    if found is not None and found.ids:
        return found
    common = "" if came_from else _common(root, source)
    if not came_from and not common:
        raise UpgradeError(NO_RECORD.format(name=NAME, source=source))
    with opened(root, came_from or common) as old:
        for path, id in old.ids.items():
            content = old.content(path)
            if bases.is_kept(path, content):
                base.add(id, content)
        return Record(old.number, {path: (id,) for path, id in old.ids.items()})


def _common(root: Path, source: str) -> str:
    """The last commit that the copy and a revision have in common, or an empty string."""
    commit = commit_of(root, source)
    found = git(root, "merge-base", "HEAD", commit) if commit else None
    return found.stdout.decode().strip() if found is not None and found.returncode == 0 else ""


def make_it(upgrade: Upgrade) -> None:
    """Make an upgrade: all of it, or nothing.

    Raises:
        OSError: it cannot be made; every file is as it was.
    """
    version, steps = upgrade.version, upgrade.steps
    change = Change()
    for step in steps:
        if step.what in ("replaced", "added"):
            change.write[step.path] = Written(version.content(step.path), version.is_executable(step.path))
        elif step.what == "merged":
            change.write[step.path] = Written(step.content, version.is_executable(step.path))
        elif step.what == "removed":
            change.remove.append(step.path)
    put_beside = beside(steps, version)
    change.write.update({path: Written(content) for path, content in put_beside.items()})
    old = (each.relative_to(upgrade.root).as_posix() for each in (upgrade.root / NEW).rglob("*"))
    change.remove += [path for path in old if (upgrade.root / path).is_file() and path not in put_beside]
    record = new_record(steps, version)
    recorded(upgrade.root, record, contents(record, version, upgrade.base), change)
    make(upgrade.root, change)


def lay_out(upgrade: Upgrade, target: Path) -> None:
    """Put together what a check needs to look at the playbook as it is going to be.

    Args:
        upgrade: as it is planned.
        target: an empty folder.
    """
    for step in upgrade.steps:
        if step.path.startswith(CHECKED) and not step.path.startswith("docs/assets/"):
            theirs = step.what in ("replaced", "added", "same") and step.new
            place = (upgrade.version.root if theirs else upgrade.root) / step.path
            if step.what != "removed" and (step.content or place.is_file()):
                (target / step.path).parent.mkdir(parents=True, exist_ok=True)
                (target / step.path).write_bytes(step.content or place.read_bytes())
    if (upgrade.root / COMPANY).is_dir():
        shutil.copytree(upgrade.root / COMPANY, target / COMPANY, symlinks=True)


def contents(record: Record, version: Version, base: Base) -> dict[str, bytes]:
    """What goes into the archive beside a record: each file's content, older ones too, by name."""
    found = {}
    for path, ids in record.ids.items():
        for id in ids:
            new = version.ids.get(path) == id
            content = version.content(path) if new else base.content(id)
            if content is not None and bases.is_kept(path, content):
                found[path if new else f"{path}@{id[:12]}"] = content
    return found


def recorded(root: Path, record: Record, held: Mapping[str, bytes], change: Change) -> None:
    """Add a record and its archive to a change of files."""
    text = text_of(record)
    name, packed = bases.archive(held, text)
    change.write[NAME] = Written(text.encode())
    change.write[name] = Written(packed)
    change.remove += bases.stale(root, [name])
