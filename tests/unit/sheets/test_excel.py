"""Worksheets of text as an Excel workbook, and back. Read with openpyxl, as others read it."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from macros.playbook import Playbook
from macros.sheets import collect, excel, xlsx
from macros.sheets.book import Book, Line, Spot
from macros.sheets.contract import SheetSpec
from macros.sheets.draft import Saved, fit
from macros.sheets.files import blank, comparison
from macros.sheets.spec import specs

HOSTILE = [
    "=1+1", "+1", "-1", "@SUM(1)", '=HYPERLINK("x")', "{=1}", "#N/A", "TRUE", "1.50", "2026-01-01", "0123", "http://example.org",
    "<r><t>x</t></r>", "<r>", "_x0041_", "_x0041_x0042_", "_x005F_x0041__x0042_", "_xZZZZ_", "]]> & &amp; <!--", "  spaces  ",
    "a\tb\n\nc\u2028d", "{{ 7*7 }} {% raw %}", "🙂👩‍👩‍👧 שלום", "'quoted'", '"quoted"',
]  # fmt: skip


def table(
    *lines: list[str],
    name: str = "Sheet",
    choices: dict[tuple[int, int], tuple[str, ...]] | None = None,
    **how: Any,
) -> Book:
    """A worksheet with ids in A, hidden above the headings, and lines from the third row."""
    given = [["section", "name", "answer", "other"], ["", "Row", "Answer", "Other"], *lines]
    offered = choices or {}
    rows = [
        Line(
            [
                Spot(
                    at,
                    1,
                    text,
                    "id" if not at or not row else "head" if row == 1 else "cell",
                    "",
                    offered.get((row + 1, at + 1), ()),
                )
                for at, text in enumerate(line)
            ],
            20 if row else 0,
        )
        for row, line in enumerate(given)
    ]
    return Book(name, [0, 30, 40, 18], rows, 2, how.pop("landscape", False), [["template", "form"]], **how)


def line(id: str, name: str, answer: str = "", other: str = "") -> list[str]:
    return [id, name, answer, other]


def sheets(*given: Book, **how: Any) -> list[Any]:
    """Worksheets that people see, as openpyxl reads them."""
    found = openpyxl.load_workbook(io.BytesIO(excel.write(given, **how))).worksheets
    return [each for each in found if each.sheet_state == "visible"]


def parts(content: bytes) -> dict[str, str]:
    """Text of each part of an office file."""
    with ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


# --- text stays text -----------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula_a_number_a_date_or_a_link(text: str) -> None:
    [sheet] = sheets(table(line("a", "A", text)))
    assert sheet["C3"].data_type in ("s", "inlineStr")
    assert sheet["C3"].hyperlink is None


def test_whatever_is_written_is_read_again_as_it_was() -> None:
    lines = [line("id", each, each) for each in HOSTILE]
    first, second = xlsx.read(excel.write([table(*lines)]))
    assert {column: cell.shown for column, cell in second.rows[1].items()} == {1: "template", 2: "form"}
    for number, texts in enumerate(lines, start=3):
        found = {column: cell.shown for column, cell in first.rows[number].items()}
        assert found == {column: text for column, text in enumerate(texts, start=1) if text}


def test_each_underscore_that_excel_would_take_for_an_escape_is_escaped_once() -> None:
    cells = parts(excel.write([table(line("", "_x0041_x0042_ _x005F_"))]))["xl/worksheets/sheet1.xml"]
    assert ">_x005F_x0041_x005F_x0042_ _x005F_x005F_<" in cells


# --- what it looks like --------------------------------------------------------------------


def test_ids_stand_where_nobody_sees_them_and_the_sheet_about_the_draft_cannot_be_shown_by_hand() -> None:
    content = excel.write([table(line("a", "A"))])
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [(each.title, each.sheet_state) for each in book.worksheets] == [
        ("Sheet", "visible"),
        ("About", "veryHidden"),
    ]
    assert book.worksheets[0].column_dimensions["A"].hidden
    assert book.worksheets[0].row_dimensions[1].hidden
    assert not book.worksheets[0].row_dimensions[2].hidden


def test_what_is_above_stays_in_sight() -> None:
    [sheet] = sheets(table(line("a", "A")))
    assert sheet.freeze_panes == "A3"


def test_a_row_grows_with_what_is_written_into_it_but_one_of_joined_cells_keeps_its_height() -> None:
    book = table(line("a", "A"))
    joined = replace(book, lines=[*book.lines, Line([Spot(1, 3, "wide", "cell")], 80)])
    rows = re.findall(r"<row [^>]*>", parts(excel.write([joined]))["xl/worksheets/sheet1.xml"])
    assert [("customHeight" in row) for row in rows] == [False, False, False, True]


def test_numbers_are_numbers_and_show_their_unit() -> None:
    number = Spot(2, 1, "0.8", "number", "#,##0%")
    [sheet] = sheets(replace(table(), lines=[Line([number], 20)]))
    assert (sheet["C1"].value, sheet["C1"].number_format, sheet["C1"].data_type) == (0.8, "#,##0%", "n")


def test_a_comparison_shows_its_sections_and_has_a_filter(small_playbook: Playbook) -> None:
    spec = specs(small_playbook)["raci-sheet"]
    drafts = [fit(spec, Saved("raci-sheet", name, "", {"scope": {"team": name}})) for name in "ab"]
    content = comparison([(spec, ["a", "b"], collect.compare(spec, drafts))], "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert (sheet["B3"].value, sheet["B4"].value) == ("Section", "Scope")
    assert not sheet.column_dimensions["B"].hidden
    assert sheet.auto_filter.ref == "B3:G4"


# --- on paper ------------------------------------------------------------------------------


def test_worksheets_print_on_a4_as_wide_as_the_page_on_three_pages_at_most() -> None:
    [sheet] = sheets(table(line("a", "A")))
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        9,
        None,
        3,
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.print_area == "'Sheet'!$D$1:$D$3"
    assert sheet.page_setup.orientation == "portrait"


def test_worksheets_print_sideways_where_they_are_laid_out_so() -> None:
    [sheet] = sheets(table(landscape=True))
    assert sheet.page_setup.orientation == "landscape"


def test_worksheets_print_with_the_sheets_name_and_no_command_in_it(small_playbook: Playbook) -> None:
    spec: SheetSpec = {**specs(small_playbook)["form"], "name": "R&D &P", "company": "A&B"}
    sheet = parts(blank(spec, small_playbook.templates["form"], "xlsx"))["xl/worksheets/sheet1.xml"]
    assert "<oddHeader>&amp;LA&amp;&amp;B · R&amp;&amp;D &amp;&amp;P</oddHeader>" in sheet
    assert "&amp;RPage &amp;P of &amp;N</oddFooter>" in sheet


# --- choices -------------------------------------------------------------------------------


def offers(choices: dict[tuple[int, int], tuple[str, ...]]) -> dict[str, str]:
    [sheet] = sheets(table(line("a", "A"), line("b", "B"), choices=choices))
    return {
        cell: each.formula1
        for each in sheet.data_validations.dataValidation
        if not each.showErrorMessage
        for cells in each.sqref.ranges
        for cell in str(cells).split(":")
    }


def test_choices_are_offered_where_they_belong_and_anything_else_may_be_written() -> None:
    assert offers({(3, 3): ("R", "R/A"), (4, 3): ("R", "R/A"), (3, 4): ("yes",)}) == {
        "C3": '"R,R/A"', "C4": '"R,R/A"', "D3": '"yes"',
    }  # fmt: skip


@pytest.mark.parametrize("choices", [("a,b", "c"), ('a "b"', "c"), ("x" * 200, "y" * 60)])
def test_choices_that_excel_cannot_take_are_not_offered(choices: tuple[str, ...]) -> None:
    assert offers({(3, 3): choices}) == {}
