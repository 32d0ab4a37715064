"""Bounds that the models of the decision tree set."""

from __future__ import annotations

import pytest

from tests.conftest import Copy

TREE = "data/decision_tree.yml"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (TREE, "answers: [{id: there, text: There is one, to: used}, ", "answers: [", "answers: expected at least 2 items, got 1"),
        (TREE, "[Go., Ask., Listen.]", "[a, b, c, d, e, f]", "actions: expected at most 5 items, got 6"),
        (TREE, "read: [{page: people.md, text: Who does it}]", "read: []", "read: expected at least 1 items, got 0"),
    ],
)  # fmt: skip
def test_a_value_beyond_its_bounds_is_refused(
    small: Copy, file: str, old: str, new: str, expected: str
) -> None:
    assert expected in small.problem_after(file, old, new)
