"""Relative links between pages, so that the site works under any path and from a folder."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from macros.places.addresses import leads_elsewhere, page_and_anchor, page_url, parts_of, quoted


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
        """Link to a page under docs/, such as ``grow/choosing.md#data-exists``.

        Args:
            reference: the page's path as it is, in no way quoted, and an anchor where wanted.
        """
        name, anchor = page_and_anchor(reference)
        hash_ = "#" if anchor else ""
        if name == self.path and anchor:
            return hash_ + anchor
        if self.from_source:
            return self._relative(posixpath.dirname(self.path), name) + hash_ + anchor
        return self.file(page_url(name, directory_urls=self.directory_urls)) + hash_ + anchor

    def file(self, target: str) -> str:
        """Link to any address below the site's root, such as ``templates/raci-sheet.md``."""
        if self.from_source:
            # %2E keeps Zensical from taking a file to download for a page.
            ending = "%2Emd" if target.endswith(".md") else ""
            stem = target.removesuffix(".md") if ending else target
            return self._relative(posixpath.dirname(self.path), stem) + ending
        here = posixpath.dirname(page_url(self.path, directory_urls=self.directory_urls))
        return self._relative(here, target)

    def written(self, url: str) -> str:
        """A link as somebody wrote it in a text that is shown on many pages.

        Args:
            url: quoted as URLs are; a path begins at docs/, with a slash or without.

        Returns:
            The URL as seen from this page; unchanged where it leads elsewhere.
        """
        if leads_elsewhere(url) or url.startswith(("#", "?")):
            return url
        path, query, anchor = parts_of(url)
        path = path.lstrip("/")
        if path.endswith(".md"):
            return self.page(path) + query + anchor if query else self.page(path + anchor)
        return self.file(path) + query + anchor

    @staticmethod
    def _relative(folder: str, target: str) -> str:
        relative = posixpath.relpath(target or ".", folder or ".")
        is_folder = not target or target.endswith("/")
        return quoted(f"{relative}/" if is_folder else relative)
