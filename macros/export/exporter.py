"""Everything that a build writes beside its pages."""

from __future__ import annotations

import gc
from itertools import chain
from pathlib import Path

from macros.export.beside import Beside
from macros.export.blanks import blanks
from macros.export.data import FOLDER, write_data
from macros.export.examples import filled
from macros.export.pages import llms_txt
from macros.sheets.remember import Memory
from macros.views.render import Context


class Exporter:
    """Takes pages while they are built, and writes everything once the site is there.

    Args:
        context: the playbook, and any page of it.
        cache: folder for what the next build need not make again.
        shared: whether other builds use that folder, and the other processors, at the same time.
    """

    def __init__(self, context: Context, cache: Path, *, shared: bool = False) -> None:
        self.context = context
        self.cache = cache
        self.shared = shared
        self.beside = Beside(cache, shared=shared)

    def page(self, name: str, path: Path) -> None:
        """The generator has built a page: its file below the site, and where that is now."""
        self.beside.send(name, path)

    def write(self, site: Path, name: str, description: str, address: str) -> None:
        """Write all of it into the built site.

        Args:
            site: the built site's folder.
            name: the site's name.
            description: what it is, in a sentence.
            address: the site's address, or empty for relative links.
        """
        self.beside.begin(site)
        if not Memory(self.cache / "blanks").exists:
            # The libraries for Excel come on top of what the generator leaves behind: let that go first.
            gc.collect()
        write_blanks(self.context, self.cache, site, shared=self.shared)
        memory = Memory(self.cache / "data", shared=self.shared)
        data = write_data(self.context.playbook, site / FOLDER, memory)
        memory.forget_unused()
        titles = self.beside.finish(site)
        listed = [path.relative_to(site).as_posix() for path in data]
        text = llms_txt(name, description, titles, listed, address)
        (site / "llms.txt").write_text(text, "utf-8", newline="\n")

    def close(self) -> None:
        """Let go of the second process, whether anything was written or not."""
        self.beside.close()


def write_blanks(context: Context, cache: Path, site: Path, *, shared: bool = False) -> None:
    """Write each template's blanks, and how it was filled in, into a built site.

    Args:
        context: the playbook, and any page of it.
        cache: folder that keeps Word and Excel files for the next build.
        site: the built site's folder.
        shared: whether other builds use the cache at the same time.
    """
    memory = Memory(cache / "blanks", shared=shared)
    for name, content in chain(blanks(context, memory), filled(context, memory)):
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    memory.forget_unused()
