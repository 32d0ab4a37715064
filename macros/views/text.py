"""Text from data to HTML and Markdown: everything a company writes is escaped here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Any

from markupsafe import Markup, escape

from macros.model.inline import is_bare, renderer
from macros.views.links import Linker

# Read by Markdown extensions and by Jinja before raw HTML is set aside.
_IN_HTML = str.maketrans({"`": "&#96;", "{": "&#123;", "}": "&#125;", "\n": " ", "\r": " "})
_MARKDOWN = re.compile(r"[\\`*_{}\[\]#<>&]")


def plain(text: str) -> Markup:
    """Text for HTML content and attributes: nothing in it is markup."""
    return Markup(str(escape(text)).translate(_IN_HTML))  # noqa: S704 - escaped just here


def lines(text: str) -> Markup:
    """Text of several lines for `<pre>`: each break is an entity, so that none ends the HTML."""
    return Markup("&#10;").join(plain(line) for line in text.splitlines())


def in_heading(text: str) -> Markup:
    """Text for a Markdown heading: nothing in it is Markdown, HTML or a template."""
    one_line = " ".join(text.split())
    return Markup(_MARKDOWN.sub(lambda found: f"&#{ord(found[0])};", one_line))  # noqa: S704


def in_title(text: str) -> Markup:
    """Text for a page's main heading, which is its title, too.

    Generators copy the title from there, and Material prints it into `<title>` after undoing
    its entities. Angle brackets become look-alikes, so that no title can end that element.
    """
    return in_heading(text.replace("<", "‹").replace(">", "›"))


@lru_cache(maxsize=4096)
def _inline(text: str) -> str:
    """Inline Markdown to HTML. Words without any markup are only escaped."""
    if is_bare(text):
        return str(escape(text))
    return str(renderer().renderInline(text))


TERM = "pb-term"
"""Class of a link from an abbreviation to its entry in the glossary."""
_LINK = re.compile(r'(?<= )(href|src)="([^"]*)"')
_OUTSIDE_TAGS = re.compile(r"(<[^>]*>)")


@dataclass(frozen=True)
class Abbreviation:
    """What an abbreviation means.

    Args:
        text: the term and its explanation, for a tooltip.
        page: the term's entry, as a page below docs/ with an anchor; empty where there is none.
    """

    text: str
    page: str = ""


class Typesetter:
    """Turns inline Markdown into HTML for one site.

    Args:
        abbreviations: each occurrence gets a tooltip, and leads to its entry.
    """

    def __init__(self, abbreviations: Mapping[str, Abbreviation]) -> None:
        self.abbreviations = abbreviations
        longest_first = sorted(abbreviations, key=len, reverse=True)
        words = "|".join(re.escape(word) for word in longest_first)
        self.pattern = re.compile(rf"(?<![\w/-])({words})(?![\w-])") if words else None
        self.typeset = lru_cache(maxsize=8192)(self._typeset)

    def rich(self, text: str, link: Linker) -> Markup:
        """Inline Markdown as HTML, with tooltips and with links as seen from the page."""
        html = self.typeset(text)
        if "href=" in html or "src=" in html:
            html = _LINK.sub(lambda m: f'{m[1]}="{plain(link.written(unescape(m[2])))}"', html)
        return Markup(html)  # noqa: S704 - markdown-it escapes, and raw HTML is off

    def _typeset(self, text: str) -> str:
        html = _inline(text)
        if self.pattern and self.pattern.search(html):
            parts = _OUTSIDE_TAGS.split(html)
            # Every second part is a tag; tooltips belong into text only, and no link into a link.
            in_link = 0
            for index, part in enumerate(parts):
                if index % 2:
                    in_link += part.startswith("<a ") - (part == "</a>")
                else:
                    parts[index] = self.pattern.sub(self._tooltip if in_link else self._linked, part)
            html = "".join(parts)
        return html.translate(_IN_HTML)

    def _tooltip(self, found: re.Match[str]) -> str:
        return f'<abbr title="{escape(self.abbreviations[found[1]].text)}">{found[1]}</abbr>'

    def _linked(self, found: re.Match[str]) -> str:
        page, abbr = self.abbreviations[found[1]].page, self._tooltip(found)
        return f'<a class="{TERM}" href="{escape(page)}">{abbr}</a>' if page else abbr


def in_link(markdown: str) -> str:
    """Markdown for the brackets of a Markdown link: no bracket ends it, no line break breaks it."""
    return re.sub(r"(?<!\\)([\[\]])", r"\\\1", " ".join(markdown.split()))


def table_cell(value: Any) -> str:
    """Text for a cell of a Markdown table: no pipe ends it and no line break breaks it."""
    text = " ".join(str(value).split()).replace("\\", "\\\\").replace("|", "\\|")
    return re.sub(r"([*_`<\[#])", r"\\\1", text)
