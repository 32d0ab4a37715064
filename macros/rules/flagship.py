"""The flagship: a candidate is taken by its evidence, and an exclusion beats any score."""

from __future__ import annotations

from collections.abc import Iterator

from macros.diagnostics import Diagnostic
from macros.load.reading import Reading
from macros.model.content import Candidate, Criterion, Exclusion
from macros.rules.registry import Rule, Says

EXCLUDED = {
    "excluded": Says("'{name}' is chosen, but it is excluded: {exclusions}", "an exclusion beats any score")
}
FAILS = {"fails": Says("'{name}' is chosen, but it fails: {criteria}", "take one that passes all criteria")}


def excluded(reading: Reading) -> Iterator[Diagnostic]:
    """A chosen candidate that falls under an exclusion."""
    names = {entry.item.id: entry.item.name for entry in reading.of(Exclusion)}
    for entry in reading.of(Candidate):
        if entry.item.chosen and entry.item.exclusions:
            applies = "; ".join(names.get(id, id) for id in entry.item.exclusions)
            said = EXCLUDED["excluded"].of(name=entry.item.name, exclusions=applies)
            yield entry.diagnostic(("chosen",), *said, of_key=True)


def failing(reading: Reading) -> Iterator[Diagnostic]:
    """A chosen candidate that fails a criterion."""
    names = {entry.item.id: entry.item.name for entry in reading.of(Criterion)}
    for entry in reading.of(Candidate):
        fails = [id for id, verdict in entry.item.criteria.items() if verdict == "fails"]
        if entry.item.chosen and fails:
            failed = "; ".join(names.get(id, id) for id in fails)
            said = FAILS["fails"].of(name=entry.item.name, criteria=failed)
            yield entry.diagnostic(("chosen",), *said, of_key=True)


def several(reading: Reading) -> Iterator[Diagnostic]:
    """More than one chosen candidate."""
    chosen = [entry for entry in reading.of(Candidate) if entry.item.chosen]
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
        says=EXCLUDED,
    ),
    Rule(
        "flagship-fails",
        "warning",
        "The flagship passes every criterion",
        "A flagship with a known hole sinks there. If you take it all the same, say in `because` how you "
        "close the hole.",
        failing,
        says=FAILS,
    ),
    Rule(
        "flagship-one",
        "error",
        "There is one flagship",
        "Two flagships share one team, and neither gets finished. The second one waits.",
        several,
    ),
)
