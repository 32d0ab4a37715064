"""What takes long to make: kept by a hash of all that it is made from, and made in a second process."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from macros.project import write_whole

Promise = Callable[[], bytes]
"""Waits for something that was asked for, and hands it over."""


class Memory:
    """Results in a folder, one file each; a folder that cannot be written is no error.

    Args:
        folder: where they are kept; None where nothing is.
        executor: makes what is not there yet, beside whoever asks; by default it is made at once.
    """

    def __init__(self, folder: Path | None, executor: Executor | None = None) -> None:
        self.folder = folder
        self.executor = executor
        self.used: set[str] = set()

    def recall(self, inputs: Iterable[bytes], make: Callable[..., bytes], *arguments: Any) -> Promise:
        """Ask for something.

        Args:
            inputs: all that it depends on.
            make: makes it, where nobody has made it from the same inputs before.
            arguments: what `make` takes; a second process has to be able to get them.
        """
        name = _hash(inputs)
        self.used.add(name)
        path = self.folder / name if self.folder else None
        if path is not None:
            with suppress(OSError):
                known = path.read_bytes()
                return lambda: known
        future = self.executor.submit(make, *arguments) if self.executor else None
        return lambda: _kept(path, _result(future, make, *arguments))

    def forget_unused(self) -> None:
        """Remove what nobody has asked for since this memory was opened."""
        for path in self.folder.glob("*") if self.folder else ():
            if path.name not in self.used:
                path.unlink(missing_ok=True)


def _kept(path: Path | None, content: bytes) -> bytes:
    if path is not None:
        with suppress(OSError):  # the next build makes it again
            write_whole(path, content)
    return content


def _result(future: Future[bytes] | None, make: Callable[..., bytes], *arguments: Any) -> bytes:
    """What the second process made; where there is none, or it died, it is made here."""
    if future is not None:
        with suppress(BrokenExecutor):
            return future.result()
    return make(*arguments)


def write_files(asked: Mapping[str, Promise], folder: Path) -> None:
    """Write what was asked for, by its path below a folder, as soon as it is there."""
    for name, promise in asked.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(promise())


def second_process() -> Executor | None:
    """A process to make things in, or None where the system has none to give."""
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - a check needs none of it
    from multiprocessing import get_context  # noqa: PLC0415

    try:
        # Spawned, not forked: it is the same on every system, and takes no copy of our memory.
        executor = ProcessPoolExecutor(1, get_context("spawn"))
        executor.submit(int)  # starts it now, so that it is there when it is needed
    except (ImportError, OSError):
        return None
    return executor


def _hash(inputs: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in inputs:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:40]


@cache
def code(module: str, *libraries: str) -> bytes:
    """A room's code and the versions of libraries: what is made depends on them, too.

    Args:
        module: file of one of the room's modules.
        libraries: distributions by name.
    """
    folder = Path(module).parent
    sources = [path.read_bytes() for path in sorted(folder.rglob("*")) if path.suffix in (".py", ".j2")]
    return _hash([*sources, *(f"{name} {version(name)}".encode() for name in libraries)]).encode()
