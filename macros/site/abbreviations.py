"""Markdown extension: the glossary's abbreviations get tooltips in pages' prose.

Both generators load it by its path from `markdown_extensions`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from markdown import Extension, Markdown
from markdown.extensions.abbr import AbbrExtension

from macros.diagnostics import Diagnostics
from macros.site.ready import ready

ROOT = Path(__file__).resolve().parents[2]
"""A Markdown extension is not told whose pages it works on; the package lies in their project."""


class Abbreviations(Extension):
    """Python-Markdown's own `abbr`, with the glossary as its list."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register `abbr` with the playbook's abbreviations."""
        found = ready(ROOT)
        known = {} if isinstance(found, Diagnostics) else found.typesetter.abbreviations
        AbbrExtension(glossary=known).extendMarkdown(md)


def makeExtension(**settings: Any) -> Abbreviations:  # noqa: N802 - Python-Markdown's name
    """Entry point of Python-Markdown."""
    return Abbreviations(**settings)
