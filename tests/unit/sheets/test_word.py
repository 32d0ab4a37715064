"""A draft, or a blank sheet, as a Word document. Read with python-docx, as others read it."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT

from macros.model.template import Template
from macros.playbook import Playbook
from macros.sheets import word
from macros.sheets.contract import SheetSpec
from macros.sheets.draft import Kept, Row, Saved, create, fit
from macros.sheets.spec import specs


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
    assert lines(document)[:2] == ["Form", "Red, 2026-11-25"]
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


def test_a_blank_says_how_to_run_it(made: dict[str, SheetSpec], small_playbook: Playbook) -> None:
    text = lines(empty(made, small_playbook, "form"))
    assert text[:2] == ["Form", "Every kind of field."]
    assert "Who is in the room: Everybody, and the Owner" in text
    assert "Time: 30 minutes" in text
    assert "Done when: Nothing is open." in text
    assert [each for each in text if each in ("Ask.", "Answer.")] == ["Ask.", "Answer."]
    assert "Fill in all." in text


def test_a_blank_asks_with_units_choices_and_what_is_needed(
    made: dict[str, SheetSpec], small_playbook: Playbook
) -> None:
    assert [row[0] for row in table(empty(made, small_playbook, "form"), 0)] == [
        "Team *", "Story", "Hours (h)", "Day", "Mood (Going up / Going down)", "Agreed", "Leader (Builder / Runner / Owner)",
    ]  # fmt: skip


def test_a_long_list_of_choices_is_not_printed(made: dict[str, SheetSpec], small_playbook: Playbook) -> None:
    spec: Any = {**made["form"], "sections": [{"id": "a", "name": "A", "fields": [
        {"id": "six", "name": "Six", "type": "choice", "choices": [(str(n), str(n)) for n in range(6)]},
        {"id": "seven", "name": "Seven", "type": "choice", "choices": [(str(n), str(n)) for n in range(7)]},
    ]}]}  # fmt: skip
    content = word.write(spec, create(spec, "x"), small_playbook.of(Template)["form"])
    assert [row[0] for row in table(docx.Document(io.BytesIO(content)), 0)] == [
        "Six (0 / 1 / 2 / 3 / 4 / 5)",
        "Seven",
    ]


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
