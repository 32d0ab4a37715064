"""A folder that takes the place of another: whoever looks finds the old one whole, or the new one."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

from macros.writing.aside import unbroken
from macros.writing.files import write_whole
from macros.writing.flush import flush

_NEW = ".new"
"""Where a new folder waits that had to be copied first; one that a killed process left is replaced."""
_LIST = ".new.json"
"""What a folder is being refilled with: the entries of `_NEW` by name, each with its inode."""
_CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY)


def put_in_place(new: Path, place: Path) -> None:
    """Let a folder take the place of another.

    A link stays one: the folder that it leads to is replaced. A mount point cannot be replaced, nor can
    a folder in one that may not be written to; there the new folder is copied in first, and then its
    entries change places with the old ones, one rename each. Only a process that is killed between
    those renames, or a disk that fails there, leaves a mixture; `finish_refill` does the rest, and every
    command calls it.

    Args:
        new: the folder; it is gone afterwards, or may be removed.
        place: where it goes, whether there is something or not. One process at a time.

    Raises:
        OSError: it cannot be put there; the old folder is there still.
    """
    flush(new)
    place = Path(os.path.realpath(place))
    if place.exists() and not place.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(place))
    beside = place.with_name(f"{_NEW}-{place.name}")
    for left in (beside, place / _NEW):
        shutil.rmtree(left, ignore_errors=True)
    if place.is_mount():
        _refill(new, place)
        return
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _swap(new, place)
    except OSError as error:
        if error.errno == errno.EXDEV:
            _copy_and_swap(new, beside, place)
        elif error.errno in _CLOSED and sys.platform != "win32":  # there it means that a file is open
            _refill(new, place)
        else:
            raise


def _swap(new: Path, place: Path) -> None:
    """Let a folder on the same file system take a place, in one step where the system can."""
    if not place.exists():
        new.rename(place)
        return
    _keep_owner(place, new)
    if _exchange(new, place):
        shutil.rmtree(new, ignore_errors=True)
        return
    old = new.with_name(f"{new.name}-old")
    with unbroken():
        place.rename(old)
        try:
            new.rename(place)
        except OSError:
            old.rename(place)
            raise
    shutil.rmtree(old, ignore_errors=True)


def _copy_and_swap(new: Path, beside: Path, place: Path) -> None:
    """As `_swap`, from another file system: copied first."""
    try:
        shutil.copytree(new, beside)
        _swap(beside, place)
    except OSError as error:
        if error.errno != errno.EXDEV:  # where not even that is one file system: layers of a container
            raise
        _refill(new, place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _refill(new: Path, place: Path) -> None:
    """Replace what is in a folder that itself has to stay."""
    waiting = place / _NEW
    (place / _LIST).unlink(missing_ok=True)
    try:
        shutil.copytree(new, waiting)
        flush(waiting)
        listed = {each.name: each.lstat().st_ino for each in waiting.iterdir()}
        with unbroken():
            write_whole(place / _LIST, json.dumps(listed).encode())
            finish_refill(place)
    finally:
        if not (place / _LIST).exists():
            shutil.rmtree(waiting, ignore_errors=True)


def finish_refill(place: Path) -> bool:
    """Do the rest of what a killed process had begun, which put a folder in a mount point's place.

    Args:
        place: the folder that it was refilling.

    Returns:
        Whether there was something to do.

    Raises:
        OSError: an entry cannot be moved; it is tried again the next time.
    """
    waiting, listed = place / _NEW, place / _LIST
    if not listed.is_file():
        return False
    inodes: dict[str, int] = json.loads(listed.read_bytes())
    for name, inode in sorted(inodes.items()):
        here = place / name
        if not os.path.lexists(here) or here.lstat().st_ino != inode:
            _change(waiting / name, here)
    for old in [each for each in place.iterdir() if each.name not in {*inodes, _NEW, _LIST}]:
        old.rename(waiting / old.name)
    listed.unlink()
    shutil.rmtree(waiting, ignore_errors=True)
    return True


def _change(new: Path, place: Path) -> None:
    """Let an entry of a folder take the place of another in it."""
    if not os.path.lexists(place):
        new.rename(place)
    elif not _exchange(new, place):
        _remove(place)
        new.rename(place)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _keep_owner(old: Path, new: Path) -> None:
    """A web server reads the folder as somebody: permissions and owner stay as they were."""
    with suppress(OSError):
        shutil.copymode(old, new)
        if hasattr(os, "chown"):
            state = old.stat()
            os.chown(new, state.st_uid, state.st_gid)


_HERE, _EXCHANGE = -100, 2
"""AT_FDCWD and RENAME_EXCHANGE of Linux' renameat2: two names change places in one step."""


def _exchange(one: Path, other: Path) -> bool:
    """Let two names change places in one step, where the system can.

    Raises:
        OSError: they are on two file systems, or one of their folders may not be written to.
    """
    import ctypes  # noqa: PLC0415 - only a build needs it, once

    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code == errno.EXDEV or code in _CLOSED:
        raise OSError(code, os.strerror(code), str(other))
    return False
