"""Relative links between pages, so that the site works under any path and from a folder."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass


@dataclass(frozen=True)
class Linker:
    """Writes links as seen from one page.

    Args:
        url: the page's own address below the site's root, such as ``grow/choosing/``; empty
            for the home page.
        directory_urls: whether ``a.md`` is published as ``a/`` (else as ``a.html``).
    """

    url: str = ""
    directory_urls: bool = True

    def page(self, reference: str) -> str:
        """Link to a page under docs/, such as ``grow/choosing.md#data-exists``."""
        name, hash_, anchor = reference.partition("#")
        return self.file(page_url(name, directory_urls=self.directory_urls)) + hash_ + anchor

    def file(self, target: str) -> str:
        """Link to any address below the site's root, such as ``templates/raci-sheet.md``."""
        here = self.url if self.url.endswith("/") else posixpath.dirname(self.url)
        relative = posixpath.relpath(target or ".", here or ".")
        folder = not target or target.endswith("/")
        return f"{relative}/" if folder else relative


def page_url(name: str, *, directory_urls: bool = True) -> str:
    """Where MkDocs and Zensical publish a page: ``a/b.md`` as ``a/b/`` or ``a/b.html``."""
    stem = name.removesuffix(".md")
    folder, base = posixpath.split(stem)
    if not directory_urls:
        return f"{stem}.html"
    if base == "index":
        return f"{folder}/" if folder else ""
    return f"{stem}/"
