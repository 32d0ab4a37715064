"""Everything that a build writes beside its pages."""

from __future__ import annotations

from pathlib import Path

from macros.export import data
from macros.export.blanks import blanks
from macros.export.pages import Copies, llms_txt
from macros.sheets.remember import Memory, second_process, write_files
from macros.views.render import Context


class Exporter:
    """Makes what takes long in a second process, while the generator builds the pages in this one.

    Args:
        context: the playbook, and any page of it.
        cache: folder for what the next build need not make again.
    """

    def __init__(self, context: Context, cache: Path) -> None:
        self.playbook = context.playbook
        self.executor = second_process()
        self.memories = [Memory(cache / name, self.executor) for name in ("blanks", "pages", "data")]
        self.blanks = blanks(context, self.memories[0])
        self.copies = Copies(self.memories[1])
        files = data.data_files(self.playbook, self.memories[2])
        self.data = {f"{data.FOLDER}/{name}": promise for name, promise in files.items()}

    def page(self, path: str, html: str) -> None:
        """The generator has built a page: its file below the site, and what it holds."""
        self.copies.ask(path, html)

    def write(self, site: Path, name: str, description: str, address: str) -> None:
        """Write all of it into the built site.

        Args:
            site: the built site's folder.
            name: the site's name.
            description: what it is, in a sentence.
            address: the site's address, or empty for relative links.
        """
        write_files({**self.blanks, **self.data}, site)
        titles = self.copies.write(site)
        text = llms_txt(name, description, titles, self.data, address)
        (site / "llms.txt").write_text(text, "utf-8", newline="\n")
        for memory in self.memories:
            memory.forget_unused()

    def close(self) -> None:
        """End the second process, whether anything was written or not."""
        if self.executor is not None:
            self.executor.shutdown(cancel_futures=True)
