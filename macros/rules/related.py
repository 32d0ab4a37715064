"""Items are connected: what belongs together leads to each other, and nothing stands alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from macros.diagnostics import Diagnostic
from macros.load.reading import Reading
from macros.load.relations import mirrored
from macros.model.base import typed
from macros.model.content import Activity, Capability, Component, Member, Misconception, Situation
from macros.model.template import Template
from macros.rules.left import taken_out
from macros.rules.registry import Rule

CONNECTED = (Component, Capability, Activity, Member, Misconception, Situation, Template)
"""What a reader goes on from."""
ENOUGH = 2


def alone(reading: Reading) -> Iterator[Diagnostic]:
    """Items with fewer than two relations, counted from both sides."""
    if reading.unread or reading.broken:
        return
    relations = mirrored(entry.item for entries in reading.entries.values() for entry in entries)
    lost = _lost(reading)
    for model in CONNECTED:
        for entry in reading.of(model):
            here = typed(entry.item)
            count = len(relations.get(here, ()))
            count += lost[here] if entry.place.base is not None else 0
            if count < ENOUGH:
                has = "one relation" if count else "no relation"
                message = f"'{entry.item.id}' has {has}: a reader cannot go on from it"
                hint = "name two things that belong to it, such as related: [template:one-sheet, term:drift]"
                yield entry.diagnostic(("id",), message, hint)


def _lost(reading: Reading) -> Counter[str]:
    """How often upstream's items that the company took out named each item: upstream's others are not
    alone because of that."""
    values = (value for items in taken_out(reading).values() for value, _ in items.values())
    written = (value["related"] for value in values if isinstance(value.get("related"), tuple))
    return Counter(str(each) for related in written for each in related)


def twice(reading: Reading) -> Iterator[Diagnostic]:
    """Relations that are written on both sides, or that lead to the item itself."""
    written = {
        typed(entry.item): entry.item.related for entries in reading.entries.values() for entry in entries
    }
    seen: set[str] = set()
    for entries in reading.entries.values():
        for entry in entries:
            here = typed(entry.item)
            for index, other in enumerate(entry.item.related):
                if other == here:
                    yield entry.diagnostic(("related", index), f"'{other}' is this item itself")
                elif other in entry.item.related[:index]:
                    yield entry.diagnostic(("related", index), f"'{other}' is named twice")
                elif other in seen and here in written[other]:
                    message = f"'{other}' names this item already"
                    yield entry.diagnostic(("related", index), message, "a relation is written on one side")
            seen.add(here)


RULES = (
    Rule(
        "few-relations",
        "warning",
        "Items are connected",
        "A component, capability, activity, member, misconception, situation or template from which nothing "
        "leads on is a dead end: the reader knows what it is, and neither who does it nor which sheet helps. "
        "Give it `related:` with two things that belong to it; what others name counts, too.",
        alone,
    ),
    Rule(
        "relation-twice",
        "warning",
        "A relation is written once",
        "Relations are shown on both sides. Written on both, they are corrected on one and stay wrong on "
        "the other.",
        twice,
    ),
)
