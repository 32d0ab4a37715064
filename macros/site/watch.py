"""What a rebuild depends on, as it is at a moment.

Two moments are compared, so nothing is missed that a system's events leave out: a folder that comes,
goes or is renamed, a file replaced by a rename, the same size and time with other content, a clock set
back, a file system that sends no events. It takes one or two milliseconds for 400 files.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from macros.places.listing import is_leftover

WATCHED = ("data", "docs", "examples", "macros", "overrides", "company", "mkdocs.yml")
"""What a rebuild depends on, below the project's folder, whether it is there or not."""

State = dict[str, tuple[int, ...]]
"""Files by their paths, with what changes when they do: times, size, number, permissions."""

PAUSE = 0.15
"""Seconds from one look to the next. A tenth of the time is spent looking at most."""
SETTLED = 0.05
"""Seconds without a change after which an editor, or git, is through."""
PATIENCE = 5.0
"""Seconds after which a change is shown though others follow."""


def state(root: Path) -> State:
    """What is there now.

    Args:
        root: the project's folder.
    """
    found: State = {}
    folders = [os.path.join(root, name) for name in WATCHED]  # noqa: PTH118 - a Path for each would take longer
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if is_leftover(entry.name):
                        continue
                    if entry.is_dir(follow_symlinks=False):  # links may lead in circles
                        folders.append(entry.path)
                    else:
                        found[entry.path] = _marks(entry.path)
        except NotADirectoryError:
            found[folder] = _marks(folder)
        except OSError:  # it is not there, or closed to us: that is a state, too
            found[folder] = ()
    return found


def _marks(path: str) -> tuple[int, ...]:
    try:
        seen = os.stat(path)  # noqa: PTH116 - as above
    except OSError:
        return ()
    return seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size, seen.st_ino, seen.st_mode


def settled(before: State, look: Callable[[], State], pause: Callable[[float], None] = time.sleep) -> State:
    """Wait until nothing changes any more, but not for ever.

    Args:
        before: the state in which a change was seen.
        look: returns the state as it is.
        pause: waits.

    Returns:
        The state to build.
    """
    for _ in range(int(PATIENCE / SETTLED)):
        pause(SETTLED)
        now = look()
        if now == before:
            break
        before = now
    return before
