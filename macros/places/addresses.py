"""From paths to addresses: a path is a file's name, a URL is what stands in a link.

`quoted` is the one way from the first to the second, `parts_of` the way back. What a URL needs in HTML
is no matter of these: `views.text.plain` escapes it, and partials do it on their own.
"""

from __future__ import annotations

import posixpath
import re
from unicodedata import normalize
from urllib.parse import quote, unquote

_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|$")


def leads_elsewhere(url: str) -> bool:
    """Whether a link leads to no file of the site: it has a scheme, names another host, or is empty."""
    return _ELSEWHERE.match(url) is not None


def quoted(path: str) -> str:
    """A path as it stands in a URL, as MkDocs does it: `&`, `#`, `?`, `%`, blanks, all but ASCII."""
    return quote(path)


def parts_of(url: str) -> tuple[str, str, str]:
    """A relative URL's path as files are called, its query and its anchor; both with their sign."""
    before, hash_, anchor = url.partition("#")
    path, mark, query = before.partition("?")
    return normalize("NFC", unquote(path)), mark + query, hash_ + anchor


def page_and_anchor(reference: str) -> tuple[str, str]:
    """The page's path and the anchor of a reference; the path may have a `#` in it."""
    name, ending, anchor = normalize("NFC", reference).partition(".md#")
    return (f"{name}.md", anchor) if ending else (name, "")


def page_url(name: str, *, directory_urls: bool = True) -> str:
    """Where MkDocs and Zensical publish a page: ``a/b.md`` as ``a/b/`` or ``a/b.html``."""
    stem = name.removesuffix(".md")
    folder, base = posixpath.split(stem)
    is_index = base in ("index", "README")
    if not directory_urls:
        return posixpath.join(folder, "index.html") if is_index else f"{stem}.html"
    if is_index:
        return f"{folder}/" if folder else ""
    return f"{stem}/"
