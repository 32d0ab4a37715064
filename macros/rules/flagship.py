"""The flagship: a candidate is taken by its evidence, and an exclusion beats any score."""

from __future__ import annotations

from collections.abc import Iterator

from macros.diagnostics import Diagnostic
from macros.parse import Draft
from macros.rules.registry import Rule


def excluded(draft: Draft) -> Iterator[Diagnostic]:
    """A chosen candidate that falls under an exclusion."""
    names = {entry.item.id: entry.item.name for entry in draft.entries["exclusions"]}
    for entry in draft.entries["candidates"]:
        if entry.item.chosen and entry.item.exclusions:
            applies = "; ".join(names.get(id, id) for id in entry.item.exclusions)
            message = f"'{entry.item.name}' is chosen, but it is excluded: {applies}"
            yield entry.diagnostic(("chosen",), message, "an exclusion beats any score", of_key=True)


def failing(draft: Draft) -> Iterator[Diagnostic]:
    """A chosen candidate that fails a criterion."""
    names = {entry.item.id: entry.item.name for entry in draft.entries["criteria"]}
    for entry in draft.entries["candidates"]:
        fails = [id for id, verdict in entry.item.criteria.items() if verdict == "fails"]
        if entry.item.chosen and fails:
            failed = "; ".join(names.get(id, id) for id in fails)
            message = f"'{entry.item.name}' is chosen, but it fails: {failed}"
            yield entry.diagnostic(("chosen",), message, "take one that passes all criteria", of_key=True)


def several(draft: Draft) -> Iterator[Diagnostic]:
    """More than one chosen candidate."""
    chosen = [entry for entry in draft.entries["candidates"] if entry.item.chosen]
    for entry in chosen[1:]:
        message = f"'{entry.item.name}' is chosen beside '{chosen[0].item.name}'"
        yield entry.diagnostic(("chosen",), message, "a flagship is one", of_key=True)


RULES = (
    Rule(
        "flagship-excluded",
        "error",
        "An exclusion beats any score",
        "Internal chat, the platform for everything, what is popular elsewhere: one of them is enough to be "
        "out (slide 33). Choose another candidate, or take the exclusion off if it doesn't apply.",
        excluded,
    ),
    Rule(
        "flagship-fails",
        "warning",
        "The flagship passes every criterion",
        "A flagship with a known hole sinks there. If you take it all the same, say in `because` how you "
        "close the hole.",
        failing,
    ),
    Rule(
        "flagship-one",
        "error",
        "There is one flagship",
        "Two flagships share one team, and neither gets finished. The second one waits.",
        several,
    ),
)
