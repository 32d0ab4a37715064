"""Folders to work in beside what is there: nobody else uses them, and none is left for ever.

Each has a lock of the system's beside it. A lock ends with its process, even where that is killed, so
the next process knows what it may clear away, in whichever container or session the other one ran.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

_FOR_SURE = 3600
"""Seconds after which nobody works any more, where the file system knows no locks."""


@contextmanager
def working_folder(parent: Path, kind: str) -> Iterator[Path]:
    """An empty folder that is nobody else's; it is gone afterwards.

    The same path comes back as long as nobody else works there: what remembers a path finds it again.

    Args:
        parent: where it is made; that folder is made, too, and goes where nothing else is in it.
        kind: what it is for. What killed processes left of that kind is cleared away.

    Raises:
        OSError: it cannot be made.
    """
    for left in left_behind(parent, kind):
        shutil.rmtree(left, ignore_errors=True)
    number = 1
    while (lock := _lock(parent / f"{kind}-{number}.lock")) is None:
        number += 1
    folder = parent / f"{kind}-{number}"
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _unlock(folder.with_suffix(".lock"), lock)
        with suppress(OSError):  # somebody else works in there
            parent.rmdir()


def left_behind(parent: Path, kind: str) -> Iterator[Path]:
    """Folders whose process is no more; each is removed once it was looked at.

    Args:
        parent: where they were made.
        kind: what they were for.
    """
    for path in sorted(parent.glob(f"{kind}-*.lock")):
        lock = _lock(path)
        if lock is not None:
            try:
                yield path.with_suffix("")
                shutil.rmtree(path.with_suffix(""), ignore_errors=True)
                path.unlink(missing_ok=True)
            finally:
                os.close(lock)


@contextmanager
def alone(parent: Path, kind: str) -> Iterator[None]:
    """One process after the other.

    Args:
        parent: folder of the lock; it is made where it is missing.
        kind: what is done.
    """
    path = parent / f"{kind}.lock"
    while (lock := _lock(path)) is None:
        time.sleep(0.02)
    try:
        yield
    finally:
        _unlock(path, lock)


def _lock(path: Path) -> int | None:
    """Take a lock: an open file; None where somebody else has it.

    Raises:
        OSError: its file cannot be made.
    """
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except FileNotFoundError:  # another process has just removed the empty folder
            continue
        try:
            free = _is_free(lock)
            # Whoever had it may have removed the file before we got it; then it locks nothing.
            if free and os.path.samestat(os.fstat(lock), path.stat()):
                return lock
        except FileNotFoundError:
            free = True
        os.close(lock)
        if not free:
            return None


def _is_free(lock: int) -> bool:
    """Lock an open file where nobody else has."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - there is none elsewhere

            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - there is none on Windows

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except PermissionError:  # Windows says so of a lock that is taken
        return False
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks: a mark and its age have to do
        state = os.fstat(lock)
        taken = state.st_size > 0 and time.time() - state.st_mtime < _FOR_SURE
        if not taken:
            os.write(lock, b"1")
        return not taken
    return True


def _unlock(path: Path, lock: int) -> None:
    with suppress(OSError):  # Windows removes no open file; the next process takes it over
        path.unlink(missing_ok=True)
    os.close(lock)


@contextmanager
def unbroken() -> Iterator[None]:
    """What asks this process to end waits until the block is through: a few renames, say."""
    caught: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        caught.append(number)

    before = {}
    if threading.current_thread() is threading.main_thread():
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not None:
                before[number] = signal.signal(number, note)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in caught:
            signal.raise_signal(number)
