"""The quiet marks that say who a statement comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from jinja2 import Environment
from markupsafe import Markup

if TYPE_CHECKING:
    from macros.model.base import Source


class Sourced(Protocol):
    """Whatever says who it comes from."""

    @property
    def source(self) -> Source:
        """Who says so."""


def mark(partials: Environment, source: Source | None, shared: Source | None = None) -> Markup:
    """The quiet mark that says who a statement comes from.

    Args:
        partials: where the mark's partial is.
        source: who says it; None marks nothing.
        shared: what the head of the table says for all its rows; a row that agrees is not marked again.
    """
    return Markup("") if source == shared else _shown("mark.html.j2", partials, source)


def named(partials: Environment, source: Source | None) -> Markup:
    """The mark below a heading, for what the heading says: search results show a heading without it."""
    return _shown("named.html.j2", partials, source)


def _shown(name: str, partials: Environment, source: Source | None) -> Markup:
    if source is None:
        return Markup("")
    return Markup(partials.get_template(name).render(source=source))  # noqa: S704 - an autoescaped partial


def shared_source(items: Iterable[Sourced]) -> Source | None:
    """The source that more than half of a table's rows have: its head says it once."""
    counts = Counter(item.source for item in items)
    if not counts:
        return None
    (source, count), total = counts.most_common(1)[0], counts.total()
    return source if total > 1 and 2 * count > total else None
