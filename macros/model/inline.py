"""Inline Markdown, the format of every text in the data."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_NEEDS_MARKDOWN = re.compile(r"[*_`\[\\<&!]")


def is_bare(text: str) -> bool:
    """Whether a text has nothing in it that could be markup."""
    return not _NEEDS_MARKDOWN.search(text)


@cache
def renderer() -> MarkdownIt:
    """CommonMark without raw HTML; links with a dangerous scheme stay text."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - a check needs it for few texts or none

    return MarkdownIt("commonmark", {"html": False})


@lru_cache(maxsize=4096)
def as_plain(text: str) -> str:
    """Inline Markdown as the text that readers see: what a form is prefilled with."""
    if is_bare(text):
        return text
    tokens = renderer().parseInline(text)[0].children or []
    return "".join("\n" if "break" in token.type else token.content for token in tokens)
