"""Macros computed from the loaded playbook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from macros import pages
from macros.diagnostics import Diagnostics
from macros.playbook import Playbook
from macros.views import template
from macros.views.catalog import MACROS, blank, blank_path
from macros.views.links import Linker
from macros.views.render import Context, typesetter
from macros.views.text import Typesetter


@dataclass(frozen=True)
class Live:
    """A playbook without errors, ready to expand macros."""

    playbook: Playbook
    typesetter: Typesetter

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all macros."""
        return tuple(MACROS)

    @property
    def abbreviations(self) -> dict[str, str]:
        """Explanation by abbreviation."""
        return self.typesetter.abbreviations

    @property
    def blanks(self) -> dict[str, bytes]:
        """Each template's blanks, by their paths in the built site."""
        from macros.filled.convert import blank as office  # noqa: PLC0415 - a remembered build makes none

        context = Context(self.playbook, Linker(), self.typesetter)
        made = {}
        for id, spec in template.specs(self.playbook).items():
            made[blank_path(id)] = blank(context, id).encode()
            for ending in ("docx", "xlsx"):
                made[blank_path(id, ending)] = office(spec, self.playbook.templates[id], ending)
        return made

    def is_pure(self, source: str) -> bool:
        """Whether a page's text depends on nothing but our macros."""
        return pages.is_pure(source)

    def call(self, macro: str, place: tuple[str, bool, bool], args: Any, kwargs: Any) -> str:
        """A macro's result.

        Args:
            macro: its name.
            place: the page's source below docs/, and the two switches of `Linker`.
            args: the call's positional arguments.
            kwargs: the call's named arguments.
        """
        context = Context(self.playbook, Linker(*place), self.typesetter)
        return str(MACROS[macro](context, *args, **kwargs))


def start(root: Path) -> Live | Diagnostics:
    """Load and check a playbook with its pages.

    Args:
        root: the project's folder.

    Returns:
        The playbook ready to expand macros, or all that is wrong.
    """
    playbook = pages.load_with_pages(root)
    return playbook if isinstance(playbook, Diagnostics) else Live(playbook, typesetter(playbook))
