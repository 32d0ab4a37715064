"""A draft laid out as a workbook, and what people see of it."""

from __future__ import annotations

from typing import Any

import pytest

from macros.playbook import Playbook
from macros.sheets.book import MARK, Book, as_number, lay_out, sheet_name
from macros.sheets.columns import height
from macros.sheets.contract import SheetSpec
from macros.sheets.draft import Draft, Row, Saved, create, fit
from macros.sheets.spec import specs
from macros.sheets.text import CELL, CONTINUED


@pytest.fixture(scope="module")
def made(small_playbook: Playbook) -> dict[str, SheetSpec]:
    return specs(small_playbook)


def filled(spec: SheetSpec, answers: dict[str, Any]) -> Draft:
    return fit(spec, Saved(spec["id"], "Team", "2026-11-25T08:00:00Z", answers))


def seen(book: Book) -> list[list[str]]:
    """What people see, row by row."""
    return [
        [spot.text for spot in line.cells if spot.text and book.widths[spot.at]]
        for line in book.lines
        if line.height
    ]


def row_of(book: Book, id: str) -> list[str]:
    return next(
        [spot.text for spot in line.cells[1:]]
        for line in book.lines
        if line.cells and line.cells[0].text == id
    )


def test_the_sheet_begins_with_its_name_and_whose_it_is(made: dict[str, SheetSpec]) -> None:
    spec: SheetSpec = {**made["form"], "company": "Wrenfield"}
    book = lay_out(spec, filled(spec, {}))
    assert seen(book)[:2] == [[spec["name"]], ["Wrenfield · Team · 2026-11-25"]]
    assert book.about == [
        ["template", "form"],
        ["format", "1"],
        ["draft", "Team"],
        ["saved", "2026-11-25T08:00:00Z"],
    ]


def test_all_sections_stand_on_one_worksheet(made: dict[str, SheetSpec]) -> None:
    book = lay_out(made["form"], create(made["form"], "Form"))
    sections = [each["name"] for each in made["form"]["sections"]]
    assert [line[0] for line in seen(book) if line and line[0] in sections] == sections


def test_nobody_sees_ids_or_what_choices_are_stored_as(made: dict[str, SheetSpec]) -> None:
    spec = made["form"]
    choice = next(
        (section, asked) for section in spec["sections"] for asked in section["fields"]
        if asked["type"] == "choice" and not section.get("table")
    )  # fmt: skip
    value, label = choice[1]["choices"][0]
    book = lay_out(spec, filled(spec, {choice[0]["id"]: {choice[1]["id"]: value}}))
    texts = {text for line in seen(book) for text in line}
    assert label in texts
    assert not texts & {value, *(each["id"] for each in spec["sections"])}


def test_what_is_there_for_people_alone_is_marked(made: dict[str, SheetSpec]) -> None:
    book = lay_out(made["form"], create(made["form"], "Form"))
    marked = [line for line in book.lines if line.cells and line.cells[0].text.startswith(MARK)]
    assert len(marked) >= len(made["form"]["sections"])
    assert all(line.cells[0].text == MARK + line.cells[1].text for line in marked)


def test_a_verdict_stands_above_the_sections(made: dict[str, SheetSpec]) -> None:
    spec = made["gaps"]
    rows = [Row("talk", cells={"rating": "1"}), Row("trust", cells={"rating": "3"})]
    assert any(
        line[0].startswith("Begin with")
        for line in seen(lay_out(spec, filled(spec, {"people": rows})))
        if line
    )


def test_a_text_that_no_cell_holds_goes_on_in_the_row_below(made: dict[str, SheetSpec]) -> None:
    long = "x" * CELL + "the end"
    book = lay_out(made["form"], filled(made["form"], {"basics": {"story": long}}))
    assert "the end" in row_of(book, CONTINUED)


def test_removed_rows_are_remembered_and_hidden(made: dict[str, SheetSpec]) -> None:
    book = lay_out(made["form"], filled(made["form"], {"refused": [Row("castle", removed=True)]}))
    removed = [line for line in book.lines if line.cells and line.cells[0].text == "removed:castle"]
    assert [line.height for line in removed] == [0]


@pytest.mark.parametrize(
    ("kind", "unit", "text", "expected"),
    [
        ("number", "", "1250", ("1250", "#,##0")), ("number", "$", "12.50", None), ("number", "$", "12.5", ("12.5", '"$"#,##0.0')),
        ("number", "%", "80", ("0.8", "#,##0%")), ("number", "h", "3", ("3", '#,##0" h"')), ("number", "", "007", None),
        ("date", "", "2026-11-25", ("46351", "yyyy-mm-dd")), ("date", "", "1900-01-15", None), ("text", "", "7", None),
    ],
)  # fmt: skip
def test_a_number_is_one_where_it_is_read_again_as_it_was(
    kind: str, unit: str, text: str, expected: Any
) -> None:
    asked: Any = {"id": "n", "name": "N", "type": kind, **({"unit": unit} if unit else {})}
    assert as_number(asked, text) == expected


@pytest.mark.parametrize(
    ("text", "width", "expected"), [("", 30, 18), ("x" * 36, 30, 18), ("x" * 37, 30, 33), ("a\nb", 9, 33), ("日" * 9, 9, 33), ("x" * 9999, 9, 409)]
)  # fmt: skip
def test_a_row_is_as_high_as_its_text(text: str, width: int, expected: int) -> None:
    assert height(text, width) == expected


@pytest.mark.parametrize(
    ("name", "expected"), [("a" * 40, "a" * 28), ("[a]:b*c?d/e\\f'", "a  b c d e f"), ("/", "Sheet"), ("About", "About 2"), ("🙂" * 20, "🙂" * 14)]
)  # fmt: skip
def test_a_worksheets_name_is_one_that_excel_takes(name: str, expected: str) -> None:
    assert sheet_name(name) == expected
