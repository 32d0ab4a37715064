"""The RACI as a table, and seen by role."""

from __future__ import annotations

from dataclasses import dataclass

from macros.model.content import Activity, Role
from macros.playbook import Playbook

LETTERS = {
    "R": "responsible",
    "A": "accountable",
    "C": "consulted",
    "I": "informed",
}
"""What each letter stands for (deck, slide 30), in the order in which they are read."""

MEANINGS = {
    "R": "does the work",
    "A": "answers for the result, and decides",
    "C": "is asked before",
    "I": "is told after",
}


def spoken(letter: str) -> str:
    """A cell in words: ``R/A`` → ``responsible and accountable``."""
    return " and ".join(LETTERS[part] for part in letter.split("/"))


@dataclass(frozen=True)
class ByRole:
    """One role's column, sorted by letter."""

    role: Role
    letters: dict[str, tuple[Activity, ...]]
    """Activities by letter; R/A counts under both."""


def by_role(playbook: Playbook) -> tuple[ByRole, ...]:
    """What each role is responsible, accountable, consulted and informed for."""
    return tuple(
        ByRole(
            role,
            {
                letter: tuple(
                    activity
                    for activity in playbook.of(Activity).values()
                    if letter in activity.roles.get(role.id, "").split("/")
                )
                for letter in LETTERS
            },
        )
        for role in playbook.of(Role).values()
    )
