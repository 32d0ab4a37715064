"""Answers of several teams, side by side."""

from __future__ import annotations

from typing import Any

import pytest

from macros.playbook import Playbook
from macros.sheets.collect import Comparison, as_books, as_csv, as_markdown, compare
from macros.sheets.contract import SheetSpec
from macros.sheets.draft import Draft, Row, Saved, fit
from macros.sheets.spec import specs
from macros.sheets.text import CELL


@pytest.fixture(scope="module")
def made(small_playbook: Playbook) -> dict[str, SheetSpec]:
    return specs(small_playbook)


def compared(spec: SheetSpec, *teams: dict[str, Any]) -> list[Comparison]:
    return compare(spec, [fit(spec, Saved(spec["id"], "T", "", answers)) for answers in teams])


def test_only_what_somebody_answered_is_compared(made: dict[str, SheetSpec]) -> None:
    found = compared(
        made["form"], {"basics": {"team": "Red"}}, {"basics": {"team": "Blue", "agreed": True}}, {}
    )
    assert found == [
        Comparison("Basics", "", "Team", ("Red", "Blue", ""), ""),
        Comparison("Basics", "", "Agreed", ("", "yes", ""), "1 of 3"),
    ]


@pytest.mark.parametrize(
    ("field", "values", "together"),
    [
        ("hours", ["1", "2", "6"], "1 to 6, mean 3"), ("hours", ["1", "", "2"], "1 to 2, mean 1.5"), ("hours", ["7"], "7 to 7, mean 7"),
        ("hours", ["1", "1", "2"], "1 to 2, mean 1.33"), ("mood", ["up", "down", "up"], "2 × Going up, 1 × Going down"),
        ("agreed", [True, False, True], "2 of 3"), ("team", ["a", "b"], ""), ("day", ["2026-01-01", "2026-01-02"], ""),
    ],
)  # fmt: skip
def test_how_answers_spread_depends_on_what_was_asked(
    made: dict[str, SheetSpec], field: str, values: list[Any], together: str
) -> None:
    [found] = compared(made["form"], *({"basics": {field: value}} for value in values))
    assert found.together == together


def test_a_choice_of_numbers_has_a_mean(made: dict[str, SheetSpec]) -> None:
    found = compared(
        made["gaps"], *({"people": [Row("talk", cells={"rating": rating})]} for rating in ("0", "1", "3"))
    )
    assert found == [
        Comparison("People", "Talk", "Rating", ("0 missing", "1 begun", "3 works"), "0 to 3, mean 1.33"),
        Comparison(
            "What it says",
            "",
            "Where to begin",
            (
                "Begin with People: 1 of 2 are missing or only begun. 2 of 3 not rated yet.",
                "Begin with People: 1 of 2 are missing or only begun. 2 of 3 not rated yet.",
                "No gap so far. 2 of 3 not rated yet.",
            ),
            "",
        ),
    ]


def test_what_the_playbook_filled_in_and_nobody_changed_is_left_out(made: dict[str, SheetSpec]) -> None:
    talk = {"people": [Row("talk", cells={"rating": "1"})]}
    assert [each.field for each in compared(made["gaps"], talk)] == ["Rating", "Where to begin"]
    changed = {"people": [Row("talk", cells={"move": "Ask them."})]}
    assert compared(made["gaps"], talk, changed)[-2] == Comparison(
        "People", "Talk", "First move", ("Meet today.", "Ask them."), ""
    )
    emptied = {"people": [Row("talk", cells={"move": ""})]}
    assert compared(made["gaps"], emptied) == [Comparison("People", "Talk", "First move", ("",), "")]


def test_rows_of_the_teams_are_matched_by_what_they_are_called(made: dict[str, SheetSpec]) -> None:
    found = compared(
        made["form"],
        {"refused": [Row(name="A Dragon", cells={"why": "Fire"}), Row(name="A Mole", cells={"why": "Dirt"})]},
        {"refused": [Row(name="a dragon", cells={"why": "Smoke"})]},
    )
    assert [(each.row, each.answers) for each in found] == [
        ("A Dragon", ("Fire", "Smoke")),
        ("A Mole", ("Dirt", "")),
    ]


def test_two_rows_of_one_name_in_a_team_stay_two(made: dict[str, SheetSpec]) -> None:
    rows = [Row(name="X", cells={"why": "a"}), Row(name="X", cells={"why": "b"})]
    found = compared(made["form"], {"refused": rows})
    assert [each.answers for each in found] == [("a",), ("b",)]


def test_a_row_that_a_team_removed_is_not_there_for_it(made: dict[str, SheetSpec]) -> None:
    found = compared(
        made["form"],
        {"refused": [Row("castle", removed=True)]},
        {"refused": [Row("castle", cells={"why": "Mine."})]},
    )
    assert found == [
        Comparison("Refused", "A castle", "Why", ("", "Mine."), ""),
        Comparison("Refused", "A castle", "Until", ("", "2027-06-01"), ""),
    ]


GROUP: Any = (
    {"id": "a" * 40, "name": "S | T", "sections": []},
    ["One", "=Two"],
    [Comparison("Sec", "Row", "Q *1*", ("=1", "x"), "1 to 2")],
)


def test_as_markdown_there_is_a_table_a_template() -> None:
    assert as_markdown([GROUP, GROUP]).count("# S &#124; T\n") == 2
    assert as_markdown([GROUP]).splitlines() == [
        "# S &#124; T", "",
        "| Section | Row | Question | One | =Two | Together |", "| --- | --- | --- | --- | --- | --- |",
        "| Sec | Row | Q \\*1\\* | =1 | x | 1 to 2 |",
    ]  # fmt: skip


def test_as_csv_nothing_is_a_formula_and_the_template_is_named() -> None:
    assert as_csv([GROUP]) == (
        "\ufeffTemplate,Section,Row,Question,One,'=Two,Together\r\nS | T,Sec,Row,Q *1*,'=1,x,1 to 2\r\n"
    )


def test_as_worksheets_there_is_one_a_template_with_its_sections_in_sight() -> None:
    [book] = as_books([GROUP])
    assert (book.name, book.widths[1] > 0, book.filtered) == ("S | T", True, (2, 3))
    assert [[spot.text for spot in line.cells] for line in book.lines[2:]] == [
        ["Section", "Row", "Question", "One", "=Two", "Together"], ["Sec", "Row", "Q *1*", "=1", "x", "1 to 2"],
    ]  # fmt: skip


def test_as_worksheets_two_of_one_name_are_told_apart() -> None:
    assert [book.name for book in as_books([GROUP, GROUP])] == ["S | T", "S | T 2"]


def test_as_worksheets_a_long_answer_goes_on_below() -> None:
    long = Comparison("Sec", "", "Q", ("x" * CELL + "end", "y"), "")
    [book] = as_books([(GROUP[0], GROUP[1], [long])])
    assert [spot.text for spot in book.lines[4].cells] == ["", "", "", "end", "", ""]


RATED: Any = {
    "id": "q",
    "name": "Q",
    "type": "choice",
    "choices": [["0", "missing"], ["1", "begun"], ["3", "works"]],
}
ASKED: Any = {"id": "t", "name": "T", "table": False, "sections": [{"id": "s", "name": "S", "fields": [
    {**RATED, "id": "near"}, {**RATED, "id": "apart"}, {"id": "n", "name": "N", "type": "number", "unit": "h"},
]}]}  # fmt: skip


def rated(near: str, apart: str, hours: str) -> Draft:
    return Draft("d", forms={"s": {"near": near, "apart": apart, "n": hours}})


def test_ratings_that_are_two_or_more_apart_come_first_and_are_marked() -> None:
    questions = compare(ASKED, [rated("0", "0", "1"), rated("1", "3", "900")])
    group = (ASKED, ["a", "b"], questions)
    assert [each.apart for each in questions] == [1, 3, 0]
    first, *others = as_books([group])[0].lines[3:]
    assert [spot.text for spot in first.cells][3:] == ["missing", "works", "0 to 3, mean 1.5; talk about it"]
    assert {spot.look for spot in first.cells[3:]} == {"apart"}
    assert not any(spot.look == "apart" for line in others for spot in line.cells)
    assert "| **0 to 3, mean 1.5; talk about it** |" in as_markdown([group]).splitlines()[4]


def test_as_worksheets_numbers_are_numbers_with_their_unit() -> None:
    questions = compare(ASKED, [rated("", "", "1"), rated("", "", "900")])
    cells = as_books([(ASKED, ["a", "b"], questions)])[0].lines[3].cells
    assert [(spot.text, spot.code) for spot in cells[3:5]] == [("1", '#,##0" h"'), ("900", '#,##0" h"')]
