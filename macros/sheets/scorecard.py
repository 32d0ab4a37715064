"""Which candidate to take for the flagship, and why. `docs/assets/sheets/scorecard.js` says the same.

Both are held together by `tests/vectors/scorecard.json`. Source of the rule: slide 33. A candidate
passes all criteria or is no flagship, and one exclusion is enough to be out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

VERDICTS: Mapping[str, str] = {
    "none-yet": "No candidate yet.",
    "name-one": "Name one, with its business owner.",
    "take": "Take {name}.",
    "several": "{names} and {last} qualify. Take the one whose owner has the earlier date; "
    "if they share it, {first}.",
    "nearest": "None qualifies yet. {name} comes nearest: settle what is open there.",
    "look-on": "None qualifies. Look for another candidate, and begin with its owner.",
    "out": "{name} is out, whatever it scores: {exclusions}.",
    "fails": "{name} fails: {criteria}.",
    "open": "{name} passes {passed} of {all}; open: {criteria}.",
    "passes": "{name} passes all {all}.",
}
"""What is said, by case, with {placeholders}: data, since the browser says the same."""


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
        return Verdict((), VERDICTS["none-yet"], VERDICTS["name-one"])
    inside = [each for each in contenders if not each.exclusions]
    passing = [each for each in inside if all(each.verdicts.get(name) == "passes" for name in criteria)]
    names = tuple(each.name for each in passing)
    why = " ".join(_about(each, criteria) for each in contenders)
    if len(passing) == 1:
        return Verdict(names, VERDICTS["take"].format(name=names[0]), why)
    if passing:
        said = VERDICTS["several"].format(names=", ".join(names[:-1]), last=names[-1], first=names[0])
        return Verdict(names, said, why)
    hopeful = [each for each in inside if "fails" not in each.verdicts.values()]
    if hopeful:
        nearest = max(hopeful, key=lambda each: _passed(each, criteria))
        return Verdict((), VERDICTS["nearest"].format(name=nearest.name), why)
    return Verdict((), VERDICTS["look-on"], why)


def _passed(each: Contender, criteria: Sequence[str]) -> int:
    return sum(each.verdicts.get(name) == "passes" for name in criteria)


def _about(each: Contender, criteria: Sequence[str]) -> str:
    """One sentence on one candidate."""
    if each.exclusions:
        return VERDICTS["out"].format(name=each.name, exclusions="; ".join(each.exclusions))
    fails = [name for name in criteria if each.verdicts.get(name) == "fails"]
    if fails:
        return VERDICTS["fails"].format(name=each.name, criteria="; ".join(fails))
    still = [name for name in criteria if each.verdicts.get(name) != "passes"]
    if still:
        passed = _passed(each, criteria)
        return VERDICTS["open"].format(
            name=each.name, passed=passed, all=len(criteria), criteria="; ".join(still)
        )
    return VERDICTS["passes"].format(name=each.name, all=len(criteria))
