"""A file written whole or not at all, and several files: all or none."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from macros.writing import ASIDE
from macros.writing.aside import left_behind, unbroken, working_folder
from macros.writing.flush import flush

_KIND, _JOURNAL = "writing", "journal.json"


def write_whole(path: Path, content: bytes, *, flushed: bool = True) -> None:
    """Write a file, whole or not at all: it is written aside and moved.

    A link stays one, and what it leads to is written; so is a device or a pipe. A file keeps its
    permissions.

    Args:
        path: the file; folders that are missing are made.
        content: what it holds afterwards.
        flushed: whether it has to be whole after a power cut, too.

    Raises:
        OSError: it cannot be written; what was there before is there still.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_symlink():
        path = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():
        with path.open("wb") as out:
            out.write(content)
        return
    # Not after the file's name: together they could be longer than a name may be.
    aside = path.with_name(f".writing-{os.getpid()}-{path.name[:40]}")
    try:
        aside.write_bytes(content)
        if flushed:
            with aside.open("r+b") as file:
                os.fsync(file.fileno())
        _keep_mode(path, aside)
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


_SEAL = 16
"""Bytes before what is kept: a hash of it."""


def keep(path: Path, content: bytes) -> None:
    """Keep something for the next time; a place that cannot be written to is no error."""
    with suppress(OSError):
        write_whole(path, _seal(content) + content, flushed=False)  # a half is noticed


def kept(path: Path) -> bytes | None:
    """What was kept; None where nothing is, or not as it was: half a file, a foreign one."""
    with suppress(OSError):
        whole = path.read_bytes()
        if whole[:_SEAL] == _seal(whole[_SEAL:]):
            return whole[_SEAL:]
    return None


def _seal(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_SEAL).digest()


def write_all(root: Path, contents: Mapping[str, bytes | None]) -> None:
    """Write and remove several files: all of that is done, or none of it.

    New contents are put aside first, which needs the space; then a journal says what is to be done;
    then files are moved. Where the process is killed before the journal, nothing has been touched, and
    after it, `finish_left` does the rest. It is called here, and by every command.

    Args:
        root: a folder.
        contents: what each file holds afterwards, by its path below the folder, with forward slashes;
            None for a file that is to go. Folders come and go with their files.

    Raises:
        OSError: something cannot be written or removed; all is as it was before.
    """
    finish_left(root)
    with working_folder(root / ASIDE, _KIND) as folder:
        for number, (name, content) in enumerate(contents.items()):
            path = _target(root, name)
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
            if path.exists():
                shutil.copy2(path, folder / f"old-{number}")
            if content is not None:
                (folder / f"new-{number}").write_bytes(content)
                _keep_mode(path, folder / f"new-{number}")
        flush(folder)
        with unbroken():
            wanted = {name: content is not None for name, content in contents.items()}
            write_whole(folder / _JOURNAL, json.dumps(wanted).encode())
            begun: list[tuple[Path, Path]] = []
            try:
                for number, name in enumerate(contents):
                    path = _target(root, name)
                    begun.append((path, folder / f"old-{number}"))
                    _put(folder / f"new-{number}", path)
            except OSError:
                (folder / _JOURNAL).unlink()
                for path, old in reversed(begun):
                    _put(old, path)
                    _remove_empty(path.parent, root)
                raise
        for name, content in contents.items():
            if content is None:
                _remove_empty(_target(root, name).parent, root)


def finish_left(root: Path) -> list[str]:
    """Do the rest of what a killed process had begun to write.

    A file that somebody has changed since is left as it is.

    Args:
        root: the folder that was written to.

    Returns:
        The files that were written or removed only now.

    Raises:
        OSError: something cannot be written; it is tried again the next time.
    """
    found: list[str] = []
    if not (root / ASIDE).is_dir():
        return found
    for folder in left_behind(root / ASIDE, _KIND):
        journal = folder / _JOURNAL
        names: dict[str, bool] = json.loads(journal.read_bytes()) if journal.is_file() else {}
        for number, (name, wanted) in enumerate(names.items()):
            path, new = _target(root, name), folder / f"new-{number}"
            # What was moved is not there any more.
            if (new.exists() if wanted else path.exists()) and _same(path, folder / f"old-{number}"):
                _put(new, path)
                _remove_empty(path.parent, root)
                found.append(name)
    with suppress(OSError):  # somebody works in there
        (root / ASIDE).rmdir()
    return found


def _target(root: Path, name: str) -> Path:
    """The file that a name leads to: a link stays one."""
    path = root / name
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def _put(new: Path, path: Path) -> None:
    """Let a file take the place of another; where there is none, the other one goes."""
    if not new.exists():
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        new.replace(path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        write_whole(path, new.read_bytes())  # another file system is mounted below the folder
        new.unlink()


def _same(one: Path, other: Path) -> bool:
    """Whether two files hold the same, or neither is there."""
    if not (one.is_file() and other.is_file()):
        return not one.exists() and not other.exists()
    return one.read_bytes() == other.read_bytes()


def _keep_mode(old: Path, new: Path) -> None:
    """Give a new file the permissions of the one whose place it takes."""
    with suppress(OSError):  # there is none
        shutil.copymode(old, new)


def _remove_empty(folder: Path, root: Path) -> None:
    """Remove folders that nothing is in any more, up to `root`."""
    with suppress(OSError):
        while folder != root and folder.is_relative_to(root):
            folder.rmdir()
            folder = folder.parent
