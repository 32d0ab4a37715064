"""Many files changed as one: all of them, or none.

Everything is staged first, in `.upgrade-<pid>/`, so that a full disk or a kill changes nothing. Then the
folder is called `.upgrade`, and from here on the change is made, by whoever comes: each file is moved into
its place, and a file that was moved already is no longer staged. Code comes last and as a whole folder, so
that the next command finds the old one or the new one to finish the work with.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from macros.company.upgrading.ids import blob_id
from macros.company.upgrading.record import UNDER_WAY
from macros.writing import ASIDE
from macros.writing.aside import alone, unbroken
from macros.writing.flush import flush
from macros.writing.folders import put_in_place

CODE = "macros"
"""Folder of the code that runs this."""
_JOURNAL = "journal.json"


@dataclass(frozen=True)
class Written:
    """A file to write: its content, and whether it can be run as a program."""

    content: bytes
    executable: bool = False


@dataclass
class Change:
    """Files to write and to remove, by their path in the project."""

    write: dict[str, Written] = field(default_factory=dict)
    remove: list[str] = field(default_factory=list)


def make(root: Path, change: Change) -> None:
    """Write and remove files, all of them or none; one process after the other.

    Args:
        root: the project.
        change: what to do.

    Raises:
        OSError: it cannot be done; every file is as it was.
    """
    with _alone(root):
        if is_interrupted(root):
            _forward(root, _read(root))
            _end(root)
        aside = _aside(root)
        try:
            _stage(root, aside, change)
            aside.rename(root / UNDER_WAY)
        except OSError:
            shutil.rmtree(aside, ignore_errors=True)
            raise
        with unbroken():
            try:
                _forward(root, _read(root))
            except OSError:
                _back(root, _read(root))
                _end(root)
                raise
            _end(root)


def is_interrupted(root: Path) -> bool:
    """Whether a change was begun and not ended."""
    return (root / UNDER_WAY / _JOURNAL).is_file()


def finish(root: Path) -> Literal["", "files", "code"]:
    """End a change that was interrupted; one that is under way is waited for.

    Args:
        root: the project.

    Returns:
        What was changed only now; with its code, what runs now is the older one.

    Raises:
        OSError: it cannot be ended now; whoever comes next may try again.
    """
    with _alone(root):
        if not is_interrupted(root):
            return ""
        journal = _read(root)
        _forward(root, journal)
        _end(root)
    return "code" if journal["code"] else "files"


def _read(root: Path) -> Any:
    return json.loads((root / UNDER_WAY / _JOURNAL).read_text("utf-8"))


@contextlib.contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Keep other upgrades waiting, and leave no empty folder behind."""
    try:
        with alone(root / ASIDE, "upgrade"):
            yield
    finally:
        with contextlib.suppress(OSError):  # somebody works in there
            (root / ASIDE).rmdir()


# --- staging --------------------------------------------------------------------------------


def _stage(root: Path, aside: Path, change: Change) -> None:
    """Write all that is needed aside; nothing else is touched."""
    new = aside / "new"
    for path, file in change.write.items():
        place = new / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.content)
        if file.executable:
            place.chmod(0o755)
    of_code = [path for path in (*change.write, *change.remove) if path.startswith(f"{CODE}/")]
    code = _stage_code(root, new / CODE, change.remove) if of_code else {}
    journal = {
        "format": 1,
        "write": sorted(path for path in change.write if path not in of_code),
        "remove": sorted(path for path in change.remove if path not in of_code),
        "code": code,
    }
    aside.mkdir(exist_ok=True)
    flush(aside)
    (aside / _JOURNAL).write_text(json.dumps(journal, indent=1), "utf-8")


def _stage_code(root: Path, staged: Path, removed: list[str]) -> dict[str, str]:
    """The whole folder of code as it is going to be; blob id of each of its files."""
    for folder, below, names in os.walk(root / CODE):
        below[:] = [name for name in below if name != "__pycache__"]
        here = Path(folder).relative_to(root / CODE)
        for name in names:
            target = staged / here / name
            if (Path(CODE) / here / name).as_posix() not in removed and not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(Path(folder) / name, target, follow_symlinks=False)
    return dict(_code_of(staged))


def _code_of(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(folder).as_posix(), blob_id(path.read_bytes())


# --- doing and undoing ----------------------------------------------------------------------


def _forward(root: Path, journal: Mapping[str, Any]) -> None:
    """Do what is left to do; doing it again changes nothing."""
    new = root / UNDER_WAY / "new"
    for path in journal["remove"]:
        _set_aside(root, path)
        _prune(root, path)
    for path in journal["write"]:
        if (new / path).exists():
            _set_aside(root, path)
            _move(new / path, root / path)
    if journal["code"] and (new / CODE).is_dir() and dict(_code_of(root / CODE)) != journal["code"]:
        put_in_place(new / CODE, root / CODE)


def _back(root: Path, journal: Mapping[str, Any]) -> None:
    """Undo what was done; the code comes last, so it was not changed yet."""
    new, old = root / UNDER_WAY / "new", root / UNDER_WAY / "old"
    for path in journal["write"]:
        if not (new / path).exists():
            _move(root / path, new / path)
            _prune(root, path)
    for path in (*journal["remove"], *journal["write"]):
        if (old / path).exists():
            _move(old / path, root / path)


def _set_aside(root: Path, path: str) -> None:
    """Keep a file that is going to be replaced or removed, until all is done."""
    kept, place = root / UNDER_WAY / "old" / path, root / path
    if place.is_file() and not kept.exists():
        _move(place, kept)


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir() and not target.is_symlink():
        target.rmdir()  # of which nothing was left
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # A folder of the project is a file system of its own.
        aside = target.with_name(f".{target.name}.{os.getpid()}")
        shutil.copy(source, aside)
        aside.replace(target)
        source.unlink()


def _prune(root: Path, path: str) -> None:
    """Remove the folders that a file has left empty."""
    for parent in Path(path).parents:
        if parent != Path():
            try:
                (root / parent).rmdir()
            except OSError:
                return


def _aside(root: Path) -> Path:
    """A name for what is staged, or done with, that no other process takes."""
    return root / f"{UNDER_WAY}-{os.getpid()}-{time.time_ns()}"


def _end(root: Path) -> None:
    """The change is made, or undone: forget it in one step, and tidy up after it."""
    done = _aside(root)
    try:
        (root / UNDER_WAY).rename(done)
    except OSError:
        with contextlib.suppress(OSError):
            (root / UNDER_WAY / _JOURNAL).unlink()
    shutil.rmtree(done, ignore_errors=True)
    for left in root.glob(f"{UNDER_WAY}-*"):
        with contextlib.suppress(OSError):
            if left.stat().st_mtime < time.time() - 3600:  # by a process that was killed
                shutil.rmtree(left)
