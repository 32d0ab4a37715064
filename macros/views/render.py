"""Partials to Markdown-safe HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from macros.model.content import Term
from macros.playbook import Playbook
from macros.sheets.examples import Example
from macros.views.environment import environment
from macros.views.links import Linker
from macros.views.related import related
from macros.views.text import Abbreviation, Typesetter


@dataclass(frozen=True)
class Context:
    """What a view needs: the playbook, and the page it is shown on.

    Args:
        playbook: all data.
        link: writes links as seen from the page.
        typesetter: shared by all pages, since it remembers what it has set.
        partials: where views find their partials.
        examples: templates that an example company filled, by their ids.
    """

    playbook: Playbook
    link: Linker
    typesetter: Typesetter = field(repr=False)
    partials: Environment = field(default_factory=environment, repr=False)
    examples: Mapping[str, Example] = field(default_factory=dict, repr=False)

    def rich(self, text: str) -> Markup:
        """Inline Markdown of an item as HTML."""
        return self.typesetter.rich(text, self.link)


def typesetter(playbook: Playbook) -> Typesetter:
    """The typesetter for a playbook: its glossary's abbreviations lead to their entries."""
    return Typesetter(abbreviations(playbook))


GLOSSARY = "glossary.md"
"""The page that shows the terms."""


def abbreviations(playbook: Playbook) -> dict[str, Abbreviation]:
    """What the glossary's abbreviations mean, and where their entries are.

    A company may have a glossary of its own, without our entries: then there is nothing to lead to.
    """
    page = playbook.project.page_text(GLOSSARY)[0] or ""
    shown = "{{ glossary()" in page
    return {
        term.abbreviation: Abbreviation(f"{term.name}: {term.text}", f"{GLOSSARY}#{term.id}" if shown else "")
        for term in playbook.of(Term).values()
        if term.abbreviation
    }


def render(name: str, context: Context, **values: Any) -> str:
    """Render a partial so that Markdown passes its HTML through untouched.

    Args:
        name: the partial's file under partials/.
        context: the playbook and the page.
        values: what the partial shows.

    Returns:
        Lines without indentation (Markdown would take it for code) and without blank lines
        (Markdown would end the HTML there), but with blank lines around headings.
    """
    text = context.partials.get_template(name).render(
        playbook=context.playbook,
        link=context.link,
        rich=context.rich,
        related=partial(related, context.playbook),
        **values,
    )
    lines = []
    for line in text.splitlines():
        bare = line.strip()
        if bare.startswith("#"):
            lines.append(f"\n{bare}\n")
        elif bare:
            lines.append(bare)
    return "\n\n" + "\n".join(lines) + "\n\n"
