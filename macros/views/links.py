"""Relative links between pages, so that the site works under any path and from a folder."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass


@dataclass(frozen=True)
class Linker:
    """Writes links as seen from one page.

    MkDocs publishes raw HTML as it is, so links in it must be final addresses. Zensical
    rewrites them as it does Markdown links, so they must name source files.

    Args:
        path: the page's source below docs/, such as ``grow/choosing.md``.
        directory_urls: whether ``a.md`` is published as ``a/`` (else as ``a.html``).
        from_source: whether the generator rewrites links in raw HTML.
    """

    path: str = "index.md"
    directory_urls: bool = True
    from_source: bool = False

    def page(self, reference: str) -> str:
        """Link to a page under docs/, such as ``grow/choosing.md#data-exists``."""
        name, hash_, anchor = reference.partition("#")
        if name == self.path and anchor:
            return hash_ + anchor
        if self.from_source:
            return self._relative(posixpath.dirname(self.path), name) + hash_ + anchor
        return self.file(page_url(name, directory_urls=self.directory_urls)) + hash_ + anchor

    def file(self, target: str) -> str:
        """Link to any address below the site's root, such as ``templates/raci-sheet.md``."""
        if self.from_source:
            # %2E keeps Zensical from taking a file to download for a page.
            target = target.removesuffix(".md") + "%2Emd" if target.endswith(".md") else target
            return self._relative(posixpath.dirname(self.path), target)
        here = posixpath.dirname(page_url(self.path, directory_urls=self.directory_urls))
        return self._relative(here, target)

    @staticmethod
    def _relative(folder: str, target: str) -> str:
        relative = posixpath.relpath(target or ".", folder or ".")
        is_folder = not target or target.endswith("/")
        return f"{relative}/" if is_folder else relative


def page_url(name: str, *, directory_urls: bool = True) -> str:
    """Where MkDocs and Zensical publish a page: ``a/b.md`` as ``a/b/`` or ``a/b.html``."""
    stem = name.removesuffix(".md")
    folder, base = posixpath.split(stem)
    if not directory_urls:
        return f"{stem}.html"
    if base == "index":
        return f"{folder}/" if folder else ""
    return f"{stem}/"
