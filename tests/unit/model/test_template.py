"""Bounds that the models of a template set."""

from __future__ import annotations

import pytest

from tests.conftest import Copy

FORM = "data/templates/form.yml"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (FORM, "minutes: 30", "minutes: 4", "minutes: input should be greater than or equal to 5"),
        (FORM, "minutes: 30", "minutes: 241", "minutes: input should be less than or equal to 240"),
        (FORM, "run: [Ask., Answer.]", "run: [Ask.]", "run: expected at least 2 items, got 1"),
        (FORM, "blank: 2, label: Note", "blank: 31, label: Note", "blank: input should be less than or equal to 30"),
        (FORM, "type: date}", "type: dates}", "did you mean 'date'?"),
        (FORM, "choices_from: roles", "choices_from: rolls", "did you mean 'roles'?"),
        (FORM, "choices_from: roles", "choices_from: profiles", "choices_from: expected 'activities', "),
    ],
)  # fmt: skip
def test_a_value_beyond_its_bounds_is_refused(
    small: Copy, file: str, old: str, new: str, expected: str
) -> None:
    assert expected in small.problem_after(file, old, new)
