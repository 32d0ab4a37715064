"""The RACI seen by role."""

from __future__ import annotations

import pytest

from macros.playbook import Playbook
from macros.views.raci import LETTERS, MEANINGS, by_role, spoken


def test_each_role_reads_its_column_sorted_by_letter(small_playbook: Playbook) -> None:
    found = {
        each.role.id: {letter: [item.id for item in items] for letter, items in each.letters.items()}
        for each in by_role(small_playbook)
    }
    assert found == {
        "builder": {"R": ["train", "deploy"], "A": ["train", "watch"], "C": [], "I": []},
        "runner": {"R": ["watch"], "A": ["watch"], "C": ["train", "deploy"], "I": []},
        "owner": {"R": [], "A": ["deploy"], "C": [], "I": ["train"]},
    }


@pytest.mark.parametrize(
    ("letter", "said"),
    [("R", "responsible"), ("R/A", "responsible and accountable"), ("C", "consulted"), ("I", "informed")],
)
def test_letters_are_spoken_in_full(letter: str, said: str) -> None:
    assert spoken(letter) == said


def test_every_letter_has_a_meaning() -> None:
    assert list(LETTERS) == list(MEANINGS) == ["R", "A", "C", "I"]
