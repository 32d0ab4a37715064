"""What every check reports in."""

from __future__ import annotations

import pytest

from macros import diagnostics
from macros.diagnostics import Diagnostic, Diagnostics, did_you_mean, dotted


def test_problems_are_sorted_by_file_and_place_and_each_stands_once() -> None:
    second, first, other = (
        Diagnostic(path, line, 1, "", "m") for path, line in (("a", 10), ("a", 9), ("b", 1))
    )
    assert list(Diagnostics([other, second, first, second])) == [first, second, other]


def test_errors_and_warnings_are_told_apart() -> None:
    error, warning = Diagnostic("a", 1, 1, "", "m"), Diagnostic("a", 1, 1, "", "m", severity="warning")
    both = Diagnostics([error, warning])
    assert both.errors == Diagnostics([error])
    assert both.warnings == Diagnostics([warning])


def test_a_problem_with_all_of_a_file_stands_at_its_beginning() -> None:
    assert Diagnostic.of_file("a.yml", "m", "h", "r") == Diagnostic("a.yml", 1, 1, "", "m", "h", "r", "error")


def test_dotted_places_read_like_code() -> None:
    assert dotted(("activities", 2, "roles", "builder")) == "activities[2].roles.builder"
    assert dotted((0, "x")) == "[0].x"
    assert dotted(()) == ""


@pytest.mark.parametrize(
    ("word", "expected"),
    [("rols", "did you mean 'roles'?"), ("zzz", ""), ("", ""), ("roles" * 100, "")],
)
def test_only_what_is_near_is_suggested(word: str, expected: str) -> None:
    assert did_you_mean(word, ["roles", "topics"]) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("role-7 07", "role-7-07"),  # blanks, capitals and underscores for hyphens
        ("Role_707", "role-707"),
        ("roles-707", "role-707"),  # a letter too many, too few, another one, two swapped
        ("rol-707", "role-707"),
        ("rule-707", "role-707"),
        ("rloe-707", "role-707"),
    ],
)
def test_among_thousands_of_words_one_slip_is_found(word: str, expected: str) -> None:
    known = [f"role-{number}" for number in range(2000)] + ["role-7-07"]
    assert did_you_mean(word, known) == f"did you mean '{expected}'?"
    assert did_you_mean(word, frozenset(known)) == f"did you mean '{expected}'?"


def test_among_thousands_of_words_a_far_one_costs_no_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnostics, "get_close_matches", None)
    assert did_you_mean("something else", {f"role-{number}" for number in range(2000)}) == ""
