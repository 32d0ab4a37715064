"""What an upgrade does to each file: told beforehand and done in the same words."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from macros.company.upgrading.base import Base
from macros.company.upgrading.ids import blob_id
from macros.company.upgrading.record import NEW, Record, is_upstreams
from macros.company.upgrading.texts import merged
from macros.company.upgrading.versions import Version

What = Literal["replaced", "added", "removed", "same", "merged", "kept", "yours", "left", "blocked", "gone"]
"""What happens to a file:

replaced, added, removed: it is upstream's, and you never touched it.
same: nothing; both are the same already.
merged: you and upstream changed it in different places, and both changes are in it.
kept: you and upstream changed it; yours stays, upstream's is put beside.
yours: you changed it, upstream did not.
left: you changed it, upstream has removed it.
blocked: upstream has a file where you have one of your own.
gone: you removed it, so it stays away.
"""


@dataclass(frozen=True)
class Step:
    """What happens to one file.

    Args:
        path: the file.
        what: see `What`.
        base: blob id of upstream's version that the company's edits began from; empty where unknown.
        new: blob id in the new version; empty where it has no such file.
        moved: where upstream has moved the file to, for one that it removed; empty otherwise.
        content: what a merged file holds.
        fits: whether the company's changes and upstream's are in different places.
    """

    path: str
    what: What
    base: str = ""
    new: str = ""
    moved: str = ""
    content: bytes = b""
    fits: bool = False


QUIET = ("replaced", "added", "removed")
"""What is upstream's own affair."""
BESIDE = ("kept", "blocked")
"""What gets upstream's version put beside, below `upstream/new/`."""


def plan(root: Path, record: Record, version: Version, base: Base, merge: tuple[str, ...] = ()) -> list[Step]:
    """What an upgrade does to each file that is or was upstream's.

    Args:
        root: the copy.
        record: what its files were.
        version: the new version.
        base: contents of what they were.
        merge: where the paths begin whose changes in different places are put together.

    Returns:
        A step for each file, sorted by path; it depends on the files alone, and changes none.
    """
    files = _Files(root, record)
    removed = {path for path in record.ids if path not in version.ids and files.is_upstreams(path)}
    steps = []
    for path in sorted({*record.ids, *version.ids}):
        new = version.ids.get(path, "")
        step = _step(path, files, new, removed)
        if step.what == "kept":
            step = _fitted(step, root, version, base, merge)
        elif step.what == "left":
            step = Step(path, "left", step.base, moved=_moved(path, record, version))
        steps.append(step)
    return steps


class _Files:
    """The copy's files as they are, against what they were."""

    def __init__(self, root: Path, record: Record) -> None:
        self.root = root
        self.record = record

    def id(self, path: str) -> str | None:
        """Blob id of a file as it is; None for none, an empty one for what is no plain file."""
        place = self.root / path
        if self.linked(path):
            return ""
        if not os.path.lexists(place):
            return None
        try:
            return blob_id(place.read_bytes()) if place.is_file() else ""
        except OSError:
            return ""

    def linked(self, path: str) -> bool:
        """Whether a link stands on the way to a file: what lies behind it is not ours to write."""
        place = self.root / path
        return any(each.is_symlink() for each in (place, *_between(self.root, place)))

    def is_upstreams(self, path: str) -> bool:
        """Whether a file is as upstream left it."""
        return self.id(path) in self.record.ids.get(path, ())

    def base(self, path: str) -> str:
        """The version that the company's edits of a file began from.

        The older one, as long as upstream's newer one still lies beside, unread.
        """
        ids = self.record.ids.get(path, ("",))
        return ids[0] if (self.root / NEW / path).is_file() else ids[-1]

    def blocked(self, path: str, removed: set[str]) -> bool:
        """Whether something of the company's stands in the way, as a file's folder or in its place."""
        place = self.root / path
        for each in _between(self.root, place):
            if os.path.lexists(each) and not each.is_dir():
                return each.relative_to(self.root).as_posix() not in removed
        if place.is_dir():
            inside = (
                each.relative_to(self.root).as_posix() for each in place.rglob("*") if not each.is_dir()
            )
            return any(each not in removed for each in inside)
        return False


def _between(root: Path, place: Path) -> Iterator[Path]:
    """The folders from a project down to a file."""
    for parent in reversed(place.parents):
        if parent != root and parent.is_relative_to(root):
            yield parent


def _step(path: str, files: _Files, new: str, removed: set[str]) -> Step:
    known, here, base = path in files.record.ids, files.id(path), files.base(path)
    if path in removed:
        return Step(path, "removed", base)
    if new and files.blocked(path, removed):
        return Step(path, "blocked", base, new)
    if here == "" and (files.root / path).is_dir() and not files.linked(path):
        here = None  # a folder of which nothing will be left
    if here is None:
        what: What = "gone" if known and new else "added" if new else "same"
        return Step(path, what, base, new)
    if here == new:
        return Step(path, "same", base, new)
    if not known:
        return Step(path, "blocked", "", new)
    if here in files.record.ids[path]:
        return Step(path, "replaced", base, new)
    if not new:
        return Step(path, "left", base)
    return Step(path, "yours" if new == base else "kept", base, new)


def _fitted(step: Step, root: Path, version: Version, base: Base, merge: tuple[str, ...]) -> Step:
    """A file that both changed, with whether the changes fit together; merged where that is wanted."""
    before = base.content(step.base)
    place = root / step.path
    if before is None or not place.is_file() or place.is_symlink():
        return step
    keys = step.path.startswith(("data/", "mkdocs.yml"))
    both = merged(before, place.read_bytes(), version.content(step.path), touching=keys)
    if both is None:
        return step
    if step.path.startswith(merge):
        return Step(step.path, "merged", step.base, step.new, content=both, fits=True)
    return Step(step.path, "kept", step.base, step.new, fits=True)


def _moved(path: str, record: Record, version: Version) -> str:
    """Where upstream has moved a file to: the new file with the same content, or else the same name."""
    added = [each for each in version.ids if each not in record.ids]
    same = [each for each in added if version.ids[each] in record.ids[path]]
    name = path.rpartition("/")[2]
    named = [each for each in added if each.rpartition("/")[2] == name and name != "index.md"]
    return (same or named or [""])[0]


def new_record(steps: list[Step], version: Version) -> Record:
    """What the record says once the steps are done."""
    ids: dict[str, tuple[str, ...]] = {}
    for step in steps:
        if step.new and is_upstreams(step.path):
            older = (step.base,) if step.what == "kept" and step.base not in ("", step.new) else ()
            ids[step.path] = (*older, step.new)
    return Record(version.number, ids)


def beside(steps: list[Step], version: Version) -> Mapping[str, bytes]:
    """Upstream's version of files that the company keeps, by the path that they get."""
    return {f"{NEW}/{step.path}": version.content(step.path) for step in steps if step.what in BESIDE}
