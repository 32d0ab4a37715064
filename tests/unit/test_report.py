"""The same problems as text for people, JSON for tools, annotations for GitHub."""

from __future__ import annotations

import json

import pytest

from macros.diagnostics import Diagnostic, Diagnostics
from macros.report import REPORTERS, as_json, github, line, text

FULL = Diagnostic("a.yml", 1, 2, "x[0]", "bad", "good", "some-rule", "warning")


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (FULL, "a.yml:1:2: warning: x[0]: bad; good"),
        (Diagnostic("a.yml", 3, 4, "", "bad"), "a.yml:3:4: bad"),
        (Diagnostic("a.yml", 3, 4, "x", "bad"), "a.yml:3:4: x: bad"),
        (Diagnostic("a.yml", 3, 4, "", "bad", "good"), "a.yml:3:4: bad; good"),
    ],
)
def test_a_problem_is_one_line_with_its_place_first(problem: Diagnostic, expected: str) -> None:
    assert line(problem) == expected


def test_as_text_there_is_one_line_a_problem_and_nothing_for_none() -> None:
    both = Diagnostics([FULL, Diagnostic("b.yml", 1, 1, "", "worse")])
    assert text(both) == "a.yml:1:2: warning: x[0]: bad; good\nb.yml:1:1: worse"
    assert text(Diagnostics()) == ""


def test_as_json_every_field_is_there() -> None:
    assert json.loads(as_json(Diagnostics([FULL]))) == [
        {
            "path": "a.yml", "line": 1, "column": 2, "where": "x[0]", "message": "bad",
            "hint": "good", "rule": "some-rule", "severity": "warning",
        }
    ]  # fmt: skip
    assert json.loads(as_json(Diagnostics())) == []


def test_for_github_each_problem_is_a_command() -> None:
    assert github(Diagnostics([FULL, Diagnostic("b.yml", 1, 1, "", "worse")])) == (
        "::warning file=a.yml,line=1,col=2,title=some-rule::x[0]: bad; good\n"
        "::error file=b.yml,line=1,col=1,title=data::worse"
    )


def test_for_github_what_would_end_a_command_is_escaped() -> None:
    problem = Diagnostic("a,b:c.yml", 1, 2, "x", "50% \n::error::", "cr\rhere", "r:,", "error")
    assert github(Diagnostics([problem])) == (
        "::error file=a%2Cb%3Ac.yml,line=1,col=2,title=r%3A%2C::x: 50%25 %0A::error::; cr%0Dhere"
    )


def test_a_carriage_return_in_a_files_name_is_escaped_too() -> None:
    problem = Diagnostic("a\rb\n%.yml", 1, 1, "", "m")
    assert github(Diagnostics([problem])).startswith("::error file=a%0Db%0A%25.yml,")


def test_reporters_are_known_by_the_names_that_the_command_takes() -> None:
    assert set(REPORTERS) == {"text", "json", "github"}
