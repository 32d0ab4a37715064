"""Worksheets of text as an Excel workbook, and back. Read with openpyxl, as others read it."""

from __future__ import annotations

import io
import re
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from macros.playbook import Playbook
from macros.sheets import collect, excel, xlsx
from macros.sheets.contract import SheetSpec
from macros.sheets.draft import Saved, fit
from macros.sheets.files import blank, comparison
from macros.sheets.spec import specs
from macros.sheets.text import Worksheet

HOSTILE = [
    "=1+1", "+1", "-1", "@SUM(1)", '=HYPERLINK("x")', "{=1}", "#N/A", "TRUE", "1.50", "2026-01-01", "0123", "http://example.org",
    "<r><t>x</t></r>", "<r>", "_x0041_", "_x0041_x0042_", "_x005F_x0041__x0042_", "_xZZZZ_", "]]> & &amp; <!--", "  spaces  ",
    "a\tb\n\nc\u2028d", "{{ 7*7 }} {% raw %}", "🙂👩‍👩‍👧 שלום", "'quoted'", '"quoted"',
]  # fmt: skip


def about(name: str = "About") -> Worksheet:
    return Worksheet(name, [["template", "form"]], [14, 60])


def table(*lines: list[str], name: str = "Sheet", choices: Any = ()) -> Worksheet:
    rows = [["section", "name", "note", "answer", "other"], ["", "Row", "", "Answer", "Other"], *lines]
    return Worksheet(name, rows, [16, 32, 6, 40, 18], list(choices))


def line(id: str, name: str, answer: str = "", other: str = "") -> list[str]:
    return [id, name, "", answer, other]


def sheets(*given: Worksheet, **how: Any) -> list[Any]:
    """Worksheets behind the first, as openpyxl reads them."""
    return openpyxl.load_workbook(io.BytesIO(excel.write([about(), *given], **how))).worksheets[1:]


def parts(content: bytes) -> dict[str, str]:
    """Text of each part of an office file."""
    with ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


# --- text stays text -----------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula_a_number_a_date_or_a_link(text: str) -> None:
    [sheet] = sheets(table(line("a", "A", text)))
    assert sheet["D3"].data_type in ("s", "inlineStr")
    assert sheet["D3"].hyperlink is None


def test_whatever_is_written_is_read_again_as_it_was() -> None:
    lines = [line("id", each, each) for each in HOSTILE]
    first, second = xlsx.read(excel.write([about(), table(*lines)]))
    assert {column: cell.shown for column, cell in first.rows[1].items()} == {1: "template", 2: "form"}
    for number, texts in enumerate(lines, start=3):
        found = {column: cell.shown for column, cell in second.rows[number].items()}
        assert found == {column: text for column, text in enumerate(texts, start=1) if text}


def test_each_underscore_that_excel_would_take_for_an_escape_is_escaped_once() -> None:
    cells = parts(excel.write([about(), table(line("", "_x0041_x0042_ _x005F_"))]))[
        "xl/worksheets/sheet2.xml"
    ]
    assert ">_x005F_x0041_x005F_x0042_ _x005F_x005F_<" in cells


# --- what it looks like --------------------------------------------------------------------


def test_ids_removed_rows_and_columns_without_a_heading_are_hidden() -> None:
    [sheet] = sheets(table(line("a", "A"), line("removed:b", "B")))
    assert [number for number, each in sheet.row_dimensions.items() if each.hidden] == [1, 4]
    assert [letter for letter, each in sheet.column_dimensions.items() if each.hidden] == ["A", "C"]


def test_headings_and_names_stay_in_sight() -> None:
    form = Worksheet(
        "Form", [["section", "question", "answer"], ["", "Question", "Answer"], ["a", "A", ""]], [16, 40, 80]
    )
    rows, questions = sheets(table(line("a", "A")), form)
    assert rows.freeze_panes == "C3"
    assert questions.freeze_panes == "A3"


def test_headings_and_names_are_bold_and_every_cell_to_be_filled_has_a_border() -> None:
    [sheet] = sheets(table(line("a", "A")))
    assert sheet["D2"].font.bold
    assert sheet["B3"].font.bold
    assert sheet["D3"].value is None
    assert sheet["D3"].border.bottom.style == "thin"
    assert sheet["D3"].alignment.wrap_text


def test_a_row_is_as_high_as_its_text_and_grows_with_what_is_written_into_it() -> None:
    content = excel.write([about(), table(line("a", "A"), line("b", "B", "word " * 100))])
    rows = re.findall(r"<row [^>]*>", parts(content)["xl/worksheets/sheet2.xml"])
    heights = [float(found[1]) for row in rows if (found := re.search(r'ht="([\d.]+)"', row))]
    assert heights[1] < 25
    assert heights[2] > 150
    assert not [row for row in rows if "customHeight" in row]


def test_a_column_of_choices_or_short_texts_is_narrow() -> None:
    offered = [(3, 5, ("R", "R/A"))]
    [wide] = sheets(table(line("a", "A"), line("b", "B")))
    [narrow] = sheets(table(line("a", "A", "2026-01-01"), line("b", "B", "x"), choices=offered))
    assert (wide.column_dimensions["D"].width, narrow.column_dimensions["D"].width) == pytest.approx(
        (40, 14), abs=1.5
    )
    assert narrow.column_dimensions["E"].width < wide.column_dimensions["E"].width


def test_a_workbook_opens_at_its_first_section() -> None:
    content = excel.write([about(), table(name="First"), table(name="Second")])
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.active is not None
    assert book.active.title == "First"


def test_worksheets_of_one_name_or_of_too_long_a_name_are_told_apart() -> None:
    names = [each.title for each in sheets(*(table(name=name) for name in ("about", "🙂" * 28, "🙂" * 29)))]
    assert names == ["about 2", "🙂" * 15, "🙂" * 13 + " 2"]


def test_a_comparison_shows_its_sections(small_playbook: Playbook) -> None:
    spec = specs(small_playbook)["raci-sheet"]
    drafts = [fit(spec, Saved("raci-sheet", name, "", {"scope": {"team": name}})) for name in "ab"]
    content = comparison([(spec, ["a", "b"], collect.compare(spec, drafts))], "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[1]
    assert sheet["A3"].value == "Scope"
    assert not sheet.column_dimensions["A"].hidden


# --- on paper ------------------------------------------------------------------------------


def test_worksheets_print_on_a4_as_wide_as_the_page_with_their_headings() -> None:
    [sheet] = sheets(table())
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$2:$2"
    assert sheet.page_setup.orientation == "portrait"


def test_worksheets_print_sideways_where_the_template_says_so_or_they_are_wide() -> None:
    wide = Worksheet("Wide", [["s", "name", *"abcd"], ["", *"ABCDE"]], [16, 32, 40, 40, 40, 40])
    narrow, landscape = sheets(table(), wide)
    assert (narrow.page_setup.orientation, landscape.page_setup.orientation) == ("portrait", "landscape")
    [asked] = sheets(table(), landscape=True)
    assert asked.page_setup.orientation == "landscape"


def test_worksheets_print_with_the_sheets_name_and_no_command_in_it(small_playbook: Playbook) -> None:
    spec: SheetSpec = {**specs(small_playbook)["form"], "name": "R&D &P"}
    sheet = parts(blank(spec, small_playbook.templates["form"], "xlsx"))["xl/worksheets/sheet2.xml"]
    assert "<oddHeader>&amp;LR&amp;&amp;D &amp;&amp;P</oddHeader>" in sheet


# --- choices -------------------------------------------------------------------------------


def offers(*choices: tuple[int, int, tuple[str, ...]]) -> dict[str, str]:
    [sheet] = sheets(table(line("a", "A"), line("b", "B"), choices=choices))
    return {
        cell: each.formula1
        for each in sheet.data_validations.dataValidation
        if not each.showErrorMessage
        for cells in each.sqref.ranges
        for cell in str(cells).split(":")
    }


def test_choices_are_offered_where_they_belong_and_anything_else_may_be_written() -> None:
    assert offers((3, 4, ("R", "R/A")), (4, 4, ("R", "R/A")), (3, 5, ("yes",))) == {
        "D3": '"R,R/A"', "D4": '"R,R/A"', "E3": '"yes"',
    }  # fmt: skip


@pytest.mark.parametrize("choices", [("a,b", "c"), ('a "b"', "c"), ("x" * 200, "y" * 60)])
def test_choices_that_excel_cannot_take_are_not_offered(choices: tuple[str, ...]) -> None:
    assert offers((3, 4, choices)) == {}
