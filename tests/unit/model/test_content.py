"""Bounds that the models of the content set."""

from __future__ import annotations

import pytest

from tests.conftest import Copy


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("data/members.yml", "percent: 50", "percent: 101", "percent: input should be less than or equal to 100"),
        ("data/members.yml", "sourcing: internal", "sourcing: intern", "did you mean 'internal'?"),
        ("data/raci.yml", "{builder: R/A, runner: C, owner: I}", "{}", "roles: expected at least 1 items, got 0"),
        ("data/decision_criteria.yml", "decision: emergency", "decision: emergencies", "did you mean 'emergency'?"),
    ],
)  # fmt: skip
def test_a_value_beyond_its_bounds_is_refused(
    small: Copy, file: str, old: str, new: str, expected: str
) -> None:
    assert expected in small.problem_after(file, old, new)
