"""Markdown extension: the glossary's abbreviations lead to their entries in pages' prose.

Both generators load it by its path from `markdown_extensions`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.extensions.abbr import AbbrExtension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER

from macros.diagnostics import Diagnostics
from macros.site.ready import ready
from macros.views.links import Linker
from macros.views.text import TERM, Abbreviation

ROOT = Path(__file__).resolve().parents[2]
"""A Markdown extension is not told whose pages it works on; the package lies in their project."""
WITHOUT = frozenset({"a", "h1", "h2", "h3", "h4", "h5", "h6"})
"""Elements in which no link may stand, or in which it would end up in the table of contents."""

_ASIDE = re.compile(HTML_PLACEHOLDER % r"(\d+)")


class Abbreviations(Extension):
    """Python-Markdown's own `abbr`, with the glossary as its list, and each a link to its entry."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register `abbr` with the playbook's abbreviations, and what makes links of them."""
        found = ready(ROOT)
        known = {} if isinstance(found, Diagnostics) else found.typesetter.abbreviations
        AbbrExtension(glossary={word: each.text for word, each in known.items()}).extendMarkdown(md)
        # After abbr (7), and before the generators make addresses of the links to pages (0).
        md.treeprocessors.register(Links(md, known), "abbreviation-links", 6)


class Links(Treeprocessor):
    """Puts a link around each abbreviation."""

    def __init__(self, md: Markdown, known: Mapping[str, Abbreviation]) -> None:
        super().__init__(md)
        self.known = known

    def run(self, root: Element) -> None:
        """Work on one page, where its generator says which it is."""
        page = path_of(self.md)
        if page:
            self._below(root, Linker(page, from_source=True))

    def _below(self, parent: Element, link: Linker) -> None:
        inside = self._opened(parent.text)
        for index, child in enumerate(parent):
            known = self.known.get(child.text or "") if child.tag == "abbr" and not inside else None
            inside += self._opened(child.tail)
            if known is not None and known.page:
                around = Element("a", {"class": TERM, "href": link.page(known.page)})
                around.tail, child.tail = child.tail, None
                around.append(child)
                parent[index] = around
            elif child.tag not in WITHOUT:
                self._below(child, link)

    def _opened(self, text: str | None) -> int:
        """How many links written as HTML a text opens and leaves open; Markdown has set them aside."""
        blocks = self.md.htmlStash.rawHtmlBlocks
        tags = [str(blocks[int(number)]).lower() for number in _ASIDE.findall(text or "")]
        return sum(tag.startswith("<a ") - tag.startswith("</a") for tag in tags)


def path_of(md: Markdown) -> str:
    """The page that is being made, below docs/, as far as the generator says it; else nothing.

    MkDocs has the page's file in what makes addresses of links, Zensical in a preprocessor.
    """
    if "relpath" in md.treeprocessors:
        return str(getattr(getattr(md.treeprocessors["relpath"], "file", None), "src_uri", ""))
    for each in md.preprocessors:
        if page := getattr(each, "page", None):
            return str(getattr(page, "path", ""))
    return ""


def makeExtension(**settings: Any) -> Abbreviations:  # noqa: N802 - Python-Markdown's name
    """Entry point of Python-Markdown."""
    return Abbreviations(**settings)
