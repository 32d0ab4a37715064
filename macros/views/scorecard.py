"""Which candidate to take for the flagship, and why. `docs/assets/fill/scorecard.js` says the same.

Both are held together by `tests/vectors/scorecard.json`. Source of the rule: slide 33. A candidate
passes all criteria or is no flagship, and one exclusion is enough to be out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Contender:
    """One candidate as judged.

    Args:
        name: what it is called.
        exclusions: names of the exclusions that apply.
        verdicts: ``passes``, ``unsure``, ``fails`` or nothing, by the criterion's name.
    """

    name: str
    exclusions: Sequence[str]
    verdicts: Mapping[str, str]


@dataclass(frozen=True)
class Verdict:
    """What to do, and why; both as sentences."""

    take: tuple[str, ...]
    text: str
    why: str


def judge(contenders: Sequence[Contender], criteria: Sequence[str]) -> Verdict:
    """Say which candidate to take.

    Args:
        contenders: every candidate that has a name, in their order.
        criteria: names of all criteria.

    Returns:
        The names of those that pass everything (empty for none), and the verdict in words.
    """
    if not contenders:
        return Verdict((), "No candidate yet.", "Name one, with its business owner.")
    inside = [each for each in contenders if not each.exclusions]
    passing = [each for each in inside if all(each.verdicts.get(name) == "passes" for name in criteria)]
    names = tuple(each.name for each in passing)
    why = " ".join(_about(each, criteria) for each in contenders)
    if len(passing) == 1:
        return Verdict(names, f"Take {names[0]}.", why)
    if passing:
        listed = f"{', '.join(names[:-1])} and {names[-1]}"
        return Verdict(
            names,
            f"{listed} qualify. Take the one whose owner has the earlier date; if they share it, {names[0]}.",
            why,
        )
    hopeful = [each for each in inside if "fails" not in each.verdicts.values()]
    if hopeful:
        nearest = max(hopeful, key=lambda each: _passed(each, criteria))
        return Verdict(
            (), f"None qualifies yet. {nearest.name} comes nearest: settle what is open there.", why
        )
    return Verdict((), "None qualifies. Look for another candidate, and begin with its owner.", why)


def _passed(each: Contender, criteria: Sequence[str]) -> int:
    return sum(each.verdicts.get(name) == "passes" for name in criteria)


def _about(each: Contender, criteria: Sequence[str]) -> str:
    """One sentence on one candidate."""
    if each.exclusions:
        return f"{each.name} is out, whatever it scores: {'; '.join(each.exclusions)}."
    fails = [name for name in criteria if each.verdicts.get(name) == "fails"]
    if fails:
        return f"{each.name} fails: {'; '.join(fails)}."
    still = [name for name in criteria if each.verdicts.get(name) != "passes"]
    if still:
        count = f"{_passed(each, criteria)} of {len(criteria)}"
        return f"{each.name} passes {count}; open: {'; '.join(still)}."
    return f"{each.name} passes all {len(criteria)}."
