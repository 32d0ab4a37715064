"""Relations between items: written once, on one side, and known from both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from macros.model.base import Item, typed

PAGE = "page"
"""The word for a page in a relation; the other words are those of kinds."""


def mirrored(items: Iterable[Item]) -> Mapping[str, tuple[str, ...]]:
    """What belongs to what, from both sides.

    Args:
        items: all items of the playbook, in their order.

    Returns:
        For each item or page, by its typed id: first what it names itself, then what names it, each once.
        What names nothing and is named by nothing is not among them.
    """
    found: dict[str, dict[str, None]] = {}
    written = [(typed(item), item.related) for item in items if item.related]
    for each, others in written:
        found.setdefault(each, {}).update(dict.fromkeys(others))
    for each, others in written:
        for other in others:
            found.setdefault(other, {})[each] = None
    return {each: tuple(others) for each, others in found.items()}
