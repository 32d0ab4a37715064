"""Which candidate to take for the flagship, and why. `docs/assets/sheets/scorecard.js` says the same.

Both are held together by `tests/vectors/scorecard.json`. Source of the rule: slide 33. A candidate
passes all criteria or is no flagship, and one exclusion is enough to be out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from macros.sheets.contract import RowSpec, SheetSpec
from macros.sheets.draft import Draft

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


_COLUMNS = ("a", "b", "c")


def said(spec: SheetSpec, draft: Draft) -> tuple[str, ...]:
    """The verdict on a filled scorecard and why, as sentences; nothing before there is a candidate.

    Args:
        spec: the laid-out template: its first table names the candidates, the others have a column for each.
        draft: its answers.
    """
    found = _contenders(spec, draft)
    if not found:
        return ()
    criteria = [each["name"] for each in _rows(spec, "criteria")]
    verdict = judge(found, criteria)
    return verdict.text, verdict.why


def _rows(spec: SheetSpec, section: str) -> Sequence[RowSpec]:
    return next((each.get("rows", ()) for each in spec["sections"] if each["id"] == section), ())


def _contenders(spec: SheetSpec, draft: Draft) -> list[Contender]:
    """The candidates that somebody has named or judged."""
    named = [row.cells for row in draft.tables.get("candidates", ()) if not row.row]
    found = []
    for index, column in enumerate(_COLUMNS):
        name = str(named[index].get("name", "")) if index < len(named) else ""
        names = {id: {row["id"]: row["name"] for row in _rows(spec, id)} for id in ("exclusions", "criteria")}
        answers = {
            id: [(names[id].get(row.row, row.row), row.cells.get(column)) for row in draft.tables.get(id, ())]
            for id in names
        }
        exclusions = [called for called, value in answers["exclusions"] if value is True]
        verdicts = {called: str(value) for called, value in answers["criteria"] if value}
        if name or exclusions or verdicts:
            found.append(Contender(name or f"Candidate {index + 1}", exclusions, verdicts))
    return found
