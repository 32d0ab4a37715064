"""A draft, or a blank sheet, as a Word document. Read with python-docx, as others read it."""

from __future__ import annotations

import io
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from macros.model.template import Template
from macros.playbook import Playbook
from macros.sheets import word
from macros.sheets.contract import SheetSpec
from macros.sheets.draft import Kept, Row, Saved, create, fit
from macros.sheets.spec import specs
from tests.conftest import Copy
from tests.unit.sheets.test_excel import HOSTILE


@pytest.fixture(scope="module")
def made(small_playbook: Playbook) -> dict[str, SheetSpec]:
    return specs(small_playbook)


def filled(spec: SheetSpec, answers: dict[str, Any], *kept: Kept) -> Any:
    draft = fit(spec, Saved(spec["id"], "Red", "2026-11-25T10:00:00Z", answers, kept))
    return docx.Document(io.BytesIO(word.write(spec, draft)))


def empty(made: dict[str, SheetSpec], playbook: Playbook, id: str) -> Any:
    about = playbook.of(Template)[id]
    return docx.Document(io.BytesIO(word.write(made[id], create(made[id], about.name), about)))


def lines(document: Any) -> list[str]:
    return [each.text for each in document.paragraphs]


def table(document: Any, number: int) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[number].rows]


def test_a_draft_has_its_name_its_date_and_its_sections(made: dict[str, SheetSpec]) -> None:
    document = filled(made["form"], {})
    assert lines(document)[:2] == ["Form", "Red · 2026-11-25"]
    assert [each for each in lines(document) if each in ("Basics", "Refused", "Crew", "Notes")] == [
        "Basics", "Refused", "Crew", "Notes",
    ]  # fmt: skip
    assert document.core_properties.title == "Form"


def test_a_form_is_questions_and_answers_as_people_read_them(made: dict[str, SheetSpec]) -> None:
    answers = {"basics": {"team": "Red", "hours": "3", "mood": "up", "agreed": True, "story": "one\ntwo"}}
    assert table(filled(made["form"], answers), 0) == [
        ["Team", "Red"], ["Story", "one\ntwo"], ["Hours", "3 h"], ["Day", ""], ["Mood", "Going up"], ["Agreed", "☑"], ["Leader", ""],
    ]  # fmt: skip


def test_a_table_has_its_rows_without_those_that_nobody_touched(made: dict[str, SheetSpec]) -> None:
    answers = {
        "refused": [
            Row("castle", cells={"why": "Mine."}),
            Row(name="Ours", cells={"why": "x"}),
            Row("robot", removed=True),
        ]
    }
    assert table(filled(made["form"], answers), 1) == [
        ["What", "Why", "Until"], ["A castle", "Mine.", "2027-06-01"], ["Ours", "x", ""],
    ]  # fmt: skip


def test_a_note_stands_under_its_name(made: dict[str, SheetSpec]) -> None:
    document = filled(
        made["raci-sheet"], {"matrix": [Row(name="Ours", note="All day", cells={"builder": "R/A"})]}
    )
    assert ["Ours\nAll day", "R/A", "", "", "☐", ""] in table(document, 1)


def test_what_was_kept_stands_at_the_end(made: dict[str, SheetSpec]) -> None:
    document = filled(made["form"], {}, Kept("gone.a", "x | y"))
    assert [each for each in lines(document) if each][-1] == "No longer in this sheet"
    assert table(document, -1) == [["gone.a", "x | y"]]


def test_a_blank_says_how_to_run_the_session(made: dict[str, SheetSpec], small_playbook: Playbook) -> None:
    found = [(each.style.name, each.text) for each in empty(made, small_playbook, "form").paragraphs]
    assert found[:5] == [
        ("Title", "Form"), ("Lead", "Every kind of field."), ("Brief", "Who is in the room: Everybody, and the Owner"),
        ("Brief", "Time: 30 minutes"), ("Brief", "Done when: Nothing is open."),
    ]  # fmt: skip
    assert [text for style, text in found if style == "List Number"] == ["Ask.", "Answer."]
    assert [text for style, text in found if style == "Heading 1"] == ["Basics", "Refused", "Crew", "Notes"]
    assert "Fill in all." in [text for _, text in found]


def asked(rows: list[list[str]]) -> list[str]:
    return [row[0].replace("\u00a0", " ") for row in rows]


def test_a_blank_has_the_plan_by_the_clock_and_what_to_bring_without_markup(
    made: dict[str, SheetSpec], small: Copy
) -> None:
    small.edit("data/templates/form.yml", "bring: [A pen.,", "bring: [A *pen*.,")
    found = [each.text for each in empty(made, small.playbook(), "form").paragraphs]
    assert "What to bring: A pen.; Last year's form." in found
    assert [each for each in found if "–" in each] == ["0:00–0:10 Ask.", "0:10–0:30 Answer, with the Owner."]


def test_a_blank_asks_with_units_choices_and_what_is_needed(
    made: dict[str, SheetSpec], small_playbook: Playbook
) -> None:
    assert asked(table(empty(made, small_playbook, "form"), 0)) == [
        "Team *", "Story", "Hours\nh", "Day", "Mood\nGoing up / Going down", "Agreed", "Leader\nBuilder / Runner / Owner",
    ]  # fmt: skip


def test_a_long_list_of_choices_is_not_printed(made: dict[str, SheetSpec], small_playbook: Playbook) -> None:
    spec: Any = {**made["form"], "sections": [{"id": "a", "name": "A", "fields": [
        {"id": "six", "name": "Six", "type": "choice", "choices": [(str(n), str(n)) for n in range(6)]},
        {"id": "seven", "name": "Seven", "type": "choice", "choices": [(str(n), str(n)) for n in range(7)]},
    ]}]}  # fmt: skip
    content = word.write(spec, create(spec, "x"), small_playbook.of(Template)["form"])
    assert asked(table(docx.Document(io.BytesIO(content)), 0)) == ["Six\n0 / 1 / 2 / 3 / 4 / 5", "Seven"]


def test_a_blank_names_the_rows_that_other_tables_refer_to(
    made: dict[str, SheetSpec], small_playbook: Playbook
) -> None:
    assert asked(table(empty(made, small_playbook, "scorecard"), 0)) == [
        "Candidate", "Candidate 1", "Candidate 2", "Candidate 3",
    ]  # fmt: skip


def test_a_blank_has_prefilled_rows_with_their_notes_and_rows_to_fill(
    made: dict[str, SheetSpec], small_playbook: Playbook
) -> None:
    rows = table(empty(made, small_playbook, "raci-sheet"), 1)
    assert rows[0][0] == "Activity"
    assert rows[1][:4] == ["Train\nFrom data to a model.", "R/A", "C", "I"]
    assert rows[-1] == ["", "", "", "", "☐", ""]


@pytest.mark.parametrize(("id", "wide"), [("form", False), ("raci-sheet", True)])
def test_wide_sheets_are_printed_sideways(
    made: dict[str, SheetSpec], small_playbook: Playbook, id: str, wide: bool
) -> None:
    page = empty(made, small_playbook, id).sections[0]
    assert (page.orientation == WD_ORIENT.LANDSCAPE) == wide
    assert (page.page_width > page.page_height) == wide


# --- text stays text -----------------------------------------------------------------------


def test_a_document_has_every_text_as_it_was_written(made: dict[str, SheetSpec]) -> None:
    answers = {"refused": [Row(name=each, cells={"why": each}) for each in HOSTILE]}
    draft = fit(
        made["form"], Saved("form", "<b> & co", "", answers, tuple(Kept("gone.a", each) for each in HOSTILE))
    )
    document = docx.Document(io.BytesIO(word.write(made["form"], draft)))
    assert document.paragraphs[1].text == "<b> & co"
    rows = table(document, 1)[3:]
    assert [row[0] for row in rows] == HOSTILE
    assert [row[1] for row in rows] == HOSTILE
    assert [row[1] for row in table(document, -1)] == HOSTILE


def test_every_part_of_a_document_is_xml_whatever_its_names_hold(
    made: dict[str, SheetSpec], small_playbook: Playbook
) -> None:
    spec: SheetSpec = {**made["form"], "name": "<a> & \x00 \x0b \ufffe ]]>"}
    with ZipFile(
        io.BytesIO(word.write(spec, create(spec, "x"), small_playbook.of(Template)["form"]))
    ) as package:
        for name in package.namelist():
            assert ElementTree.fromstring(package.read(name)) is not None, name  # noqa: S314 - our own file


# --- on paper ------------------------------------------------------------------------------


def test_rows_stay_on_one_page_and_headings_stand_on_each(
    made: dict[str, SheetSpec], small_playbook: Playbook
) -> None:
    matrix = empty(made, small_playbook, "raci-sheet").tables[1]
    marks = [{mark.tag.split("}")[1] for mark in row._tr.trPr} for row in matrix.rows]
    assert ["tblHeader" in each for each in marks] == [True] + [False] * (len(marks) - 1)
    assert all("cantSplit" in each for each in marks)


def test_a_row_longer_than_a_page_may_go_on_on_the_next(made: dict[str, SheetSpec]) -> None:
    last = filled(made["form"], {}, Kept("a", "word " * 2000)).tables[-1].rows[-1]
    assert last._tr.trPr.find(qn("w:cantSplit")) is None


def test_rows_of_a_blank_are_high_enough_to_write_by_hand(
    made: dict[str, SheetSpec], small_playbook: Playbook
) -> None:
    rows = empty(made, small_playbook, "form").tables[0].rows
    heights = {asked([[row.cells[0].text]])[0]: row.height.cm for row in rows}
    assert heights["Team *"] >= 0.9
    assert heights["Story"] >= 1.9


@pytest.mark.parametrize("length", [10, 100_000])
@pytest.mark.parametrize("id", ["form", "gaps", "poster", "raci-sheet", "scorecard"])
def test_tables_are_as_wide_as_the_page_and_every_column_can_be_read(
    made: dict[str, SheetSpec], small_playbook: Playbook, id: str, length: int
) -> None:
    draft = create(made[id], "x")
    for rows in draft.tables.values():
        for row in rows:
            row.cells = {key: "W" * length if value == "" else value for key, value in row.cells.items()}
    document = docx.Document(io.BytesIO(word.write(made[id], draft, small_playbook.of(Template)[id])))
    page = document.sections[0]
    room = page.page_width - page.left_margin - page.right_margin  # type: ignore[operator]
    for each in document.tables:
        widths = [column.width for column in each.columns]
        assert 0.99 * room < sum(widths) <= room  # type: ignore[arg-type]
        assert min(widths).cm > 0.9  # type: ignore[type-var, union-attr]
