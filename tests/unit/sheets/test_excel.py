"""Worksheets of text as an Excel workbook, and back. Read with openpyxl, as others read it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from macros.sheets import excel
from macros.sheets.text import Worksheet

ABOUT = Worksheet("About", [["template", "form"]], [14, 60])
TABLE = Worksheet(
    "Sheet",
    [["id", "name", "note"], ["", "Name", "Note"], ["a", "Alpha", "line\nbreak"], ["", "=1+1", "_x0041_"]],
    [16, 32, 40],
)


def book(*sheets: Worksheet, **how: bool) -> Any:
    return openpyxl.load_workbook(io.BytesIO(excel.write(sheets, **how)))


def test_every_text_stands_in_its_cell() -> None:
    sheet = book(ABOUT, TABLE)["Sheet"]
    assert [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)][:3] == TABLE.rows[:3]
    assert sheet["A2"].value is None


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(1)",
        '=HYPERLINK("x")',
        "1",
        "1.50",
        "2026-01-01",
        "TRUE",
        "#N/A",
        "{=1}",
        "'=1",
        "https://x.y/",
    ],
)
def test_no_text_becomes_a_formula_a_number_a_date_or_a_link(text: str) -> None:
    sheet = book(ABOUT, Worksheet("S", [["id", "name", ""], ["", "", ""], ["", text, ""]], [10]))["S"]
    assert (sheet["B3"].value, sheet["B3"].data_type) == (text, "s")
    assert sheet["B3"].hyperlink is None


@pytest.mark.parametrize("text", ["_x0041_", "a_x0041_b", "_x005F_x0041_", "_xZZZZ_", "_x41_"])
def test_what_looks_like_excels_escape_stays_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(excel.write([Worksheet("S", [[text]], [10])]))
    assert excel.read(path) == [[[text]]]


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(excel.write([ABOUT, TABLE]))
    about, table = excel.read(path)
    assert about == [["template", "form"]]
    assert table == [
        ["id", "name", "note"],
        ["", "Name", "Note"],
        ["a", "Alpha", "line\nbreak"],
        ["", "=1+1", "_x0041_"],
    ]


def test_ids_are_hidden_and_the_heading_stays_in_sight() -> None:
    found = book(ABOUT, TABLE)
    sheet = found["Sheet"]
    assert sheet.row_dimensions[1].hidden
    assert sheet.column_dimensions["A"].hidden
    assert sheet.freeze_panes == "A3"
    assert not found["About"].column_dimensions["A"].hidden


def test_columns_have_their_widths_and_text_is_wrapped() -> None:
    sheet = book(ABOUT, TABLE)["Sheet"]
    assert sheet.column_dimensions["B"].width == pytest.approx(32, abs=1)
    assert sheet.column_dimensions["C"].width == pytest.approx(40, abs=1)
    assert sheet["C3"].alignment.wrap_text
    assert sheet["B2"].font.bold


def test_wide_sheets_are_printed_sideways() -> None:
    assert {sheet.page_setup.orientation for sheet in book(ABOUT, TABLE, landscape=True)} == {"landscape"}
    assert "landscape" not in {sheet.page_setup.orientation for sheet in book(ABOUT, TABLE)}


def offers(*choices: tuple[int, int, tuple[str, ...]]) -> dict[str, str]:
    sheet = book(
        ABOUT, Worksheet("S", [["a", "b", "c", "d"], ["", "", "", ""], ["", "x", "", ""]], [9], list(choices))
    )["S"]
    return {
        place: each.formula1
        for each in sheet.data_validations.dataValidation
        for cells in each.sqref.ranges
        for place in str(cells).split(":")
        if not each.showErrorMessage
    }


def test_choices_are_offered_where_they_belong_and_anything_else_may_be_written() -> None:
    assert offers((3, 4, ("R", "R/A")), (4, 4, ("R", "R/A")), (3, 5, ("yes",))) == {
        "D3": '"R,R/A"', "D4": '"R,R/A"', "E3": '"yes"',
    }  # fmt: skip


@pytest.mark.parametrize("choices", [("a,b", "c"), ('a "b"', "c"), ("x" * 200, "y" * 60)])
def test_choices_that_excel_cannot_take_are_not_offered(choices: tuple[str, ...]) -> None:
    assert offers((3, 4, choices)) == {}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"hello"])
def test_what_is_no_workbook_cannot_be_read(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="is not an Excel workbook that can be read"):
        excel.read(path)
