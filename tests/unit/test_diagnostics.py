"""What every check reports in."""

from __future__ import annotations

import pytest

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
