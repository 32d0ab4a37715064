"""Pages turned into Markdown by a second process, while the generator builds the others in this one.

It takes about a third of a build, and nobody should wait for it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from macros.export.pages import copy_of, load_libraries, write_copies
from macros.sheets.remember import Memory
from macros.views.environment import compile_partials

_AT_ONCE = 8
"""So many pages are told of together: to wake the other process takes a millisecond."""


class Beside:
    """The second process. Where it cannot be had, or dies, its work is done here.

    Args:
        cache: folder for what the next build need not make again.
        shared: whether the other processors have other builds to do: then there is none, either.
    """

    def __init__(self, cache: Path, *, shared: bool = False) -> None:
        self.cache = cache
        self.sent: set[str] = set()
        self.process: subprocess.Popen[str] | None = None
        if shared:
            return
        with suppress(OSError):
            self.process = subprocess.Popen(  # noqa: S603 - our own command line
                [sys.executable, "-m", __name__, str(cache.resolve())],
                cwd=Path(__file__).resolve().parents[2],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
            )

    def send(self, name: str, path: Path) -> None:
        """Hand a built page over.

        Only its name is sent: a page is larger than a pipe, and would have to wait for its reader.

        Args:
            name: its file, below the site.
            path: where that file is now.
        """
        self.sent.add(name)
        self._say([name, str(path.resolve())], at_once=len(self.sent) % _AT_ONCE == 0)

    def _say(self, message: object, *, at_once: bool) -> None:
        if self.process is not None and self.process.stdin is not None:
            with suppress(OSError):
                self.process.stdin.write(json.dumps(message) + "\n")
                if at_once:
                    self.process.stdin.flush()

    def begin(self, site: Path) -> None:
        """Have the Markdown of every page written beside it.

        Args:
            site: the built site; pages that were not handed over are taken from there.
        """
        for path in site.rglob("*.html"):
            name = path.relative_to(site).as_posix()
            if name not in self.sent:
                self.send(name, path)
        self._say(str(site.resolve()), at_once=True)

    def finish(self, site: Path) -> dict[str, str]:
        """Wait until all of it is written; returns titles by the Markdown's path below the site."""
        if self.process is not None:
            with suppress(OSError, ValueError):
                titles: dict[str, str] = json.loads(self.process.communicate()[0])
                return titles
        memory = Memory(self.cache / "pages")
        return write_copies({name: _copy(site / name, memory) or "" for name in self.sent}, site)

    def close(self) -> None:
        """End the process, whether it was waited for or not."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()


def _copy(path: Path, memory: Memory) -> str | None:
    """A page's Markdown; None where the page is not there, or not any more."""
    with suppress(OSError):
        return copy_of(path.read_text("utf-8"), memory)
    return None


def main(cache: Path, given: IO[str], out: IO[str]) -> None:
    """What the second process does: turn pages into Markdown, and write it once the site is there.

    Args:
        cache: folder for what the next build need not make again.
        given: lines of JSON, ``[name, path]`` for each page and the site's folder at the end.
        out: takes a JSON object of titles by path; nothing where the site never comes.
    """
    memory = Memory(cache / "pages")
    if not memory.exists:
        # In a first build the other process needs the partials soon, and has enough to do until then.
        compile_partials(cache / "partials")
    load_libraries()
    copies: dict[str, str | None] = {}
    for message in map(json.loads, given):
        if isinstance(message, str):
            site = Path(message)
            # The site may have been moved before all of it was read.
            known = {
                name: text if text is not None else _copy(site / name, memory) or ""
                for name, text in copies.items()
            }
            json.dump(write_copies(known, site), out)
            memory.forget_unused()
        else:
            name, path = message
            copies[name] = _copy(Path(path), memory)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.stdin, sys.stdout)
    sys.stdout.flush()
    os._exit(0)  # somebody waits, and freeing what was used is for nobody
