"""What takes long to make, kept by a hash of all that it is made from."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from macros.writing.files import keep, kept


class Memory:
    """Results in a folder, one file each; a folder that cannot be written is no error.

    Args:
        folder: where they are kept; None where nothing is.
        shared: whether others use it at the same time, so that nothing in it is unused for sure.
    """

    def __init__(self, folder: Path | None, *, shared: bool = False) -> None:
        self.folder = folder
        self.shared = shared
        self.used: set[str] = set()

    @property
    def exists(self) -> bool:
        """Whether anything was kept here, at any time."""
        # Path.exists fails where it may not look.
        return self.folder is not None and os.path.exists(self.folder)  # noqa: PTH110

    def recall(self, inputs: Iterable[bytes], make: Callable[..., bytes], *arguments: Any) -> bytes:
        """What was made from the same inputs before, or else what is made now.

        Args:
            inputs: all that it depends on.
            make: makes it.
            arguments: what `make` takes.
        """
        if self.folder is None:
            return make(*arguments)
        path = self.folder / _hash(inputs)
        self.used.add(path.name)
        content = kept(path)
        if content is None:
            content = make(*arguments)
            keep(path, content)
        return content

    def forget_unused(self) -> None:
        """Remove what nobody has asked for since this memory was opened."""
        for path in self.folder.glob("*") if self.folder and not self.shared else ():
            if path.name not in self.used:
                with suppress(OSError):  # another build's, or somebody else's
                    path.unlink()


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
