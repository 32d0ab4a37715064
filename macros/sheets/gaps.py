"""In which pillar to begin. `docs/assets/sheets/gaps.js` says the same.

Both are held together by `tests/vectors/gaps.json`. The largest share of gaps wins, since pillars have
different numbers of items; of even ones the first, in the order of slide 16.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from macros.sheets.contract import SheetSpec
from macros.sheets.draft import Draft

GAP = 2
"""An item rated lower is a gap: it is missing (0) or only begun (1)."""

RATINGS = ("0", "1", "2", "3")
"""What counts as one; a company may ask with other choices, which say nothing here."""

WORDS: Mapping[str, str] = {
    "none": "No gap so far.",
    "begin": "Begin with {name}: {gaps} of {all} are missing or only begun.",
    "even": "{others} has the same share of gaps, and {name} comes first in the playbook.",
    "even-more": "{others} have the same share of gaps, and {name} comes first in the playbook.",
    "later": "{open} of {all} not rated yet.",
}
"""What is said, by case, with {placeholders}: data, since the browser says the same."""


@dataclass(frozen=True)
class Pillar:
    """A pillar's ratings.

    Args:
        name: what it is called.
        ratings: from 0 to 3 by item, or None for one that is not rated yet.
    """

    name: str
    ratings: Sequence[int | None]

    @property
    def gaps(self) -> int:
        """How many items are gaps."""
        return sum(rating is not None and rating < GAP for rating in self.ratings)


def verdict(pillars: Sequence[Pillar]) -> str:
    """Say where to begin.

    Args:
        pillars: in the playbook's order.

    Returns:
        Sentences; empty before anything is rated.
    """
    items = [rating for each in pillars for rating in each.ratings]
    unrated = items.count(None)
    if unrated == len(items):
        return ""
    later = [WORDS["later"].format(open=unrated, all=len(items))] if unrated else []
    named = [each for each in pillars if each.gaps]
    if not named:
        return " ".join([WORDS["none"], *later])
    first = max(named, key=lambda each: each.gaps / len(each.ratings))
    said = [WORDS["begin"].format(name=first.name, gaps=first.gaps, all=len(first.ratings))]
    even = [
        each.name
        for each in named
        if each is not first and each.gaps * len(first.ratings) == first.gaps * len(each.ratings)
    ]
    if even:
        case = "even-more" if len(even) > 1 else "even"
        said.append(WORDS[case].format(others=" and ".join(even), name=first.name))
    return " ".join([*said, *later])


def of(spec: SheetSpec, draft: Draft) -> list[Pillar]:
    """The pillars of a filled sheet: one for each table of capabilities."""
    found = []
    for section in spec["sections"]:
        if section.get("of") != "capabilities":
            continue
        answers = {row.row: str(row.cells.get("rating", "")) for row in draft.tables[section["id"]]}
        ratings = [answers.get(row["id"], "") for row in section.get("rows", ())]
        found.append(Pillar(section["name"], [int(each) if each in RATINGS else None for each in ratings]))
    return found
