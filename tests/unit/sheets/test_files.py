"""Answers from files into other formats and into comparisons, blanks, and every format read back."""

from __future__ import annotations

import csv
import io
import warnings
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from macros.diagnostics import Diagnostics
from macros.model.template import Template
from macros.playbook import Playbook
from macros.report import line
from macros.sheets import excel
from macros.sheets.book import lay_out
from macros.sheets.contract import SheetSpec
from macros.sheets.draft import Row, Saved, fit, is_blank
from macros.sheets.files import blank, comparison, convert, gather
from macros.sheets.read import read
from macros.sheets.spec import specs


@pytest.fixture(scope="module")
def made(small_playbook: Playbook) -> dict[str, SheetSpec]:
    return specs(small_playbook)


ANSWERS: dict[str, Any] = {
    "questions": [Row("broke", cells={"example": "It | took\\n", "times": "2"})],
    "people": [Row("talk", cells={"rating": "1", "evidence": "=1+1"})],
    "result": {"pillar": "tools", "item": "Log", "by": "2027-01-31", "budget": "40"},
}


def saved(**answers: Any) -> Saved:
    return Saved("gaps", "Pricing", "2026-11-25T10:00:00Z", answers or ANSWERS)


# --- one sheet into a format ---------------------------------------------------------------


def test_answers_become_markdown_and_what_has_no_place_is_told(made: dict[str, SheetSpec]) -> None:
    content, kept = convert(made["gaps"], saved(), "md")
    assert content.decode().startswith("# Gaps: Pricing\n")
    assert [each.where for each in kept] == ["result.budget"]


def test_answers_become_a_word_document_that_others_can_read(made: dict[str, SheetSpec]) -> None:
    content, kept = convert(made["gaps"], saved(), "docx")
    document = docx.Document(io.BytesIO(content))
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert {"It | took\\n", "1 begun", "=1+1", "Talk", "Tools", "result.budget", "40"} <= cells
    assert [each.where for each in kept] == ["result.budget"]


def test_answers_become_a_workbook_without_formulas_that_others_can_read(made: dict[str, SheetSpec]) -> None:
    content, _ = convert(made["gaps"], saved(), "xlsx")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert {"=1+1", "It | took\\n", "40"} <= {cell.value for cell in cells}
    assert book.sheetnames == ["Gaps", "About"]


# --- blanks --------------------------------------------------------------------------------


def test_a_blank_workbook_offers_the_choices_and_reads_what_was_chosen(
    tmp_path: Path, made: dict[str, SheetSpec], small_playbook: Playbook
) -> None:
    path = tmp_path / "blank.xlsx"
    path.write_bytes(blank(made["gaps"], small_playbook.of(Template)["gaps"], "xlsx"))
    book = openpyxl.load_workbook(path)
    sheet = book["Gaps"]
    rows = {str(line[0].value): line[0].row for line in sheet.iter_rows()}
    column = next(cell.column_letter for cell in sheet[rows["people"]] if cell.value == "rating")
    talk, trust = (f"{column}{rows[id]}" for id in ("talk", "trust"))
    offered = {
        str(cells): each.formula1
        for each in sheet.data_validations.dataValidation
        for cells in each.sqref.ranges
    }
    assert {offered[talk], offered[trust]} == {'"0 missing,1 begun,2 mostly,3 works"'}
    assert sheet.column_dimensions["A"].hidden
    sheet[talk], sheet[trust] = "1 begun", 2
    book.save(path)
    found = read(path, made)
    assert isinstance(found, Saved)
    assert [row.cells["rating"] for row in fit(made["gaps"], found).tables["people"]] == ["1", "2"]


@pytest.mark.parametrize("form", ["docx", "xlsx"])
@pytest.mark.parametrize("id", ["form", "gaps", "poster", "raci-sheet", "scorecard"])
def test_a_blank_asks_every_question(
    made: dict[str, SheetSpec], small_playbook: Playbook, form: str, id: str
) -> None:
    content = blank(made[id], small_playbook.of(Template)[id], form)
    found = "\n".join(texts(content, form))
    for section in made[id]["sections"]:
        for asked in section["fields"]:
            assert asked["name"] in found
        for row in section.get("rows", ()):
            assert row["name"] in found


def texts(content: bytes, form: str) -> list[str]:
    """Every text of an office file."""
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        return [
            str(value)
            for sheet in book
            for row in sheet.iter_rows(values_only=True)
            for value in row
            if value is not None
        ]
    document = docx.Document(io.BytesIO(content))
    return [each.text for each in document.paragraphs] + [
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    ]


# --- several files -------------------------------------------------------------------------

TEAM = """\
template: gaps
format: 1
draft: {name}
answers:
  questions: [{{row: broke, cells: {{example: It took a day, times: {times}}}}}]
  people: [{{row: talk, cells: {{rating: '{rating}', evidence: '=1+1'}}}}]
"""


def team(folder: Path, name: str, file: str = "", times: int = 1, rating: int = 1) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{file or name.lower()}.yml").write_text(
        TEAM.format(name=name, times=times, rating=rating), "utf-8"
    )


def groups(folder: Path, made: dict[str, SheetSpec], wanted: str | None = None) -> list[Any]:
    found = gather(folder, made, wanted)
    assert not isinstance(found, Diagnostics), [line(each) for each in found]
    return found


def test_teams_stand_side_by_side_in_the_order_of_their_files(
    tmp_path: Path, made: dict[str, SheetSpec]
) -> None:
    for number, name in enumerate(["Search", "Pricing", "Returns"]):
        team(tmp_path, name, times=number, rating=number)
    (tmp_path / "readme.txt").write_text("not one of them", "utf-8")
    (tmp_path / "folder.yml").mkdir()
    [(spec, names, _)] = groups(tmp_path, made)
    assert (spec["id"], names) == ("gaps", ["Pricing", "Returns", "Search"])
    lines = comparison(groups(tmp_path, made), "md").decode().splitlines()
    assert lines[:3] == ["# Gaps", "", "| Section | Row | Question | Pricing | Returns | Search | Together |"]
    assert (
        "| People | Talk | Rating | 1 begun | 2 mostly | 0 missing | **0 to 2, mean 1; talk about it** |"
        in lines
    )


def test_templates_are_kept_apart_and_one_can_be_asked_for(
    tmp_path: Path, made: dict[str, SheetSpec]
) -> None:
    team(tmp_path, "Pricing")
    (tmp_path / "a.json").write_text(
        '{"template": "form", "format": 1, "answers": {"basics": {"team": "Orders"}}}', "utf-8"
    )
    assert [spec["id"] for spec, _, _ in groups(tmp_path, made)] == ["form", "gaps"]
    only = comparison(groups(tmp_path, made, "form"), "md").decode()
    assert only == (
        "# Form\n\n| Section | Row | Question | a | Together |\n| --- | --- | --- | --- | --- |\n"
        "| Basics |  | Team | Orders |  |\n"
    )


def test_two_drafts_of_one_name_are_told_apart_by_their_files(
    tmp_path: Path, made: dict[str, SheetSpec]
) -> None:
    team(tmp_path, "One", "first")
    team(tmp_path, "One", "second")
    team(tmp_path, "Two")
    [(_, names, _)] = groups(tmp_path, made)
    assert names == ["One (first)", "One (second)", "Two"]


def test_every_broken_file_is_told(tmp_path: Path, made: dict[str, SheetSpec]) -> None:
    team(tmp_path, "Pricing")
    (tmp_path / "a.json").write_text("{", "utf-8")
    (tmp_path / "b.YML").write_text("saved: now\n", "utf-8")
    found = gather(tmp_path, made)
    assert isinstance(found, Diagnostics)
    assert [each.path for each in found if each.line == 1] == ["a.json", "b.YML", "b.YML", "b.YML"]


def test_in_an_empty_folder_nobody_answered(tmp_path: Path, made: dict[str, SheetSpec]) -> None:
    assert groups(tmp_path, made) == []


def test_a_comparison_as_csv_has_no_formula_and_as_excel_is_text(
    tmp_path: Path, made: dict[str, SheetSpec]
) -> None:
    team(tmp_path, "Pricing")
    content = comparison(groups(tmp_path, made), "csv").decode()
    assert content.startswith("\ufeffTemplate,")
    lines = list(csv.reader(io.StringIO(content[1:])))
    assert lines[0] == ["Template", "Section", "Row", "Question", "Pricing", "Together"]
    assert ["Gaps", "People", "Talk", "Seen", "'=1+1", ""] in lines
    book = openpyxl.load_workbook(io.BytesIO(comparison(groups(tmp_path, made), "xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "=1+1" in [cell.value for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f"]


# --- every format back ---------------------------------------------------------------------

texts_of_cells = st.text(alphabet=st.characters(blacklist_categories=["Cc", "Cs"]), max_size=12)


def value_of(asked: Any) -> st.SearchStrategy[Any]:
    if asked["type"] == "checkbox":
        return st.booleans()
    if asked["type"] == "choice":
        return st.sampled_from(["", *(value for value, _ in asked["choices"])])
    if asked["type"] == "number":
        return st.sampled_from(["", "0", "-5", "1.5"])
    return st.sampled_from(["", "2026-01-31"]) if asked["type"] == "date" else texts_of_cells


def answers_of(section: Any) -> st.SearchStrategy[Any]:
    cells = st.fixed_dictionaries({asked["id"]: value_of(asked) for asked in section["fields"]})
    if not section.get("table"):
        return cells
    listed = [st.builds(Row, row=st.just(row["id"]), cells=cells) for row in section.get("rows", ())]
    own = st.builds(
        Row,
        name=st.just("Ours") if section.get("named") and not section.get("names") else st.just(""),
        cells=cells,
    )
    return st.tuples(*listed, *([own] if section.get("blank") else [])).map(list)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@pytest.mark.parametrize("id", ["form", "gaps", "poster", "raci-sheet", "scorecard"])
@given(data=st.data())
def test_what_is_written_into_a_workbook_is_read_back_from_it(
    tmp_path: Path, made: dict[str, SheetSpec], id: str, data: st.DataObject
) -> None:
    spec = made[id]
    given_answers = data.draw(
        st.fixed_dictionaries({each["id"]: answers_of(each) for each in spec["sections"]})
    )
    draft = fit(spec, Saved(id, "Draft", "now", given_answers))
    path = tmp_path / "a.xlsx"
    path.write_bytes(excel.write([lay_out(spec, draft)]))
    found = read(path, made)
    assert isinstance(found, Saved)
    back = fit(spec, found)
    assert (back.name, back.saved, back.forms, back.kept) == (
        draft.name,
        draft.saved,
        draft.forms,
        draft.kept,
    )
    for section, table in draft.tables.items():
        assert [row for row in back.tables[section] if not is_blank(row)] == [
            row for row in table if not is_blank(row)
        ]
