"""A template laid out: rows, columns, choices and prefilled values."""

from __future__ import annotations

import pytest

from macros.model.template import Template
from macros.playbook import Playbook
from macros.sheets.layout import SheetSection, lay_out
from tests.conftest import Copy


def sections(playbook: Playbook, id: str, known: dict[str, str] | None = None) -> dict[str, SheetSection]:
    return {part.section.id: part for part in lay_out(playbook.of(Template)[id], playbook, known)}


def rows(part: SheetSection) -> list[tuple[str, list[str]]]:
    return [(row.name, [cell.value for cell in row.cells]) for row in part.rows or ()]


def test_the_raci_has_a_column_a_role_and_is_prefilled_with_its_letters(small_playbook: Playbook) -> None:
    matrix = sections(small_playbook, "raci-sheet")["matrix"]
    assert [column.name for column in matrix.columns] == [
        "Builder", "Runner", "Owner", "Decision", "Two of them because",
    ]  # fmt: skip
    assert rows(matrix) == [
        ("Train", ["R/A", "C", "I", "", ""]),
        ("Deploy", ["R", "C", "A", "true", ""]),
        ("Watch", ["A", "R/A", "", "", "Both get up at night."]),
        ("", ["", "", "", "", ""]),
    ]
    assert [row.note for row in matrix.rows or ()] == [
        "From data to a model.", "From a model to its users.", "See that it works.", "",
    ]  # fmt: skip


def test_rows_of_a_filtered_list_are_only_those_that_match(small_playbook: Playbook) -> None:
    laid_out = sections(small_playbook, "gaps")
    assert [row.id for row in laid_out["people"].rows or ()] == ["talk", "trust"]
    assert [row.id for row in laid_out["tools"].rows or ()] == ["log"]
    assert (laid_out["people"].rows or ())[0].note == "They met this week."


def test_choices_come_from_the_template_or_from_the_playbook(small_playbook: Playbook) -> None:
    cells = {cell.field.id: cell.choices for cell in sections(small_playbook, "form")["basics"].cells}
    assert [(each.value, each.text) for each in cells["mood"]] == [("up", "Going up"), ("down", "Going down")]
    assert [(each.value, each.text) for each in cells["leader"]] == [
        ("builder", "Builder"), ("runner", "Runner"), ("owner", "Owner"),
    ]  # fmt: skip
    assert cells["team"] == ()


def test_an_added_rows_name_is_typed_or_chosen(small_playbook: Playbook) -> None:
    form = sections(small_playbook, "form")
    assert form["refused"].names == ()
    assert [each.text for each in form["crew"].names] == ["Builder", "Runner", "Owner"]
    assert form["refused"].has_names
    assert not form["notes"].has_names
    assert not form["basics"].has_names


def test_rows_are_called_by_what_they_are_of(small_playbook: Playbook) -> None:
    crew = sections(small_playbook, "form")["crew"]
    assert rows(crew) == [("Builder", ["", ""]), ("Runner", ["Lee", "50"]), ("", ["", ""])]


def test_values_are_prefilled_as_plain_text(small_playbook: Playbook) -> None:
    assert rows(sections(small_playbook, "form")["refused"]) == [
        ("A castle", ["It takes years.", "2027-06-01"]),
        ("A robot", ["It falls over.", ""]),
        ("", ["", ""]),
    ]
    assert [cell.value for cell in (sections(small_playbook, "gaps")["people"].rows or ())[0].cells][
        -1
    ] == "Meet today."


@pytest.mark.parametrize(
    ("prefill", "expected"),
    [
        ("duties", ["Train", "Watch"]), ("percent", ["", "50"]), ("sourcing", ["", "internal"]), ("first_month", ["One model.", "One alert of the Runner."]),
    ],
)  # fmt: skip
def test_any_field_of_an_item_can_be_prefilled(small: Copy, prefill: str, expected: list[str]) -> None:
    small.edit(
        "data/templates/form.yml",
        "{id: who, name: Who, prefill: who}",
        f"{{id: who, name: Who, prefill: {prefill}}}",
    )
    crew = sections(small.playbook(), "form")["crew"]
    assert [row.cells[0].value for row in crew.rows or ()][:2] == expected


def test_a_list_is_prefilled_with_its_parts_joined_and_half_a_percent_stays(small: Copy) -> None:
    small.edit("data/members.yml", "duties: [Watch]", "duties: [Watch, Mend]")
    small.edit("data/members.yml", "percent: 50", "percent: 12.5")
    small.edit(
        "data/templates/form.yml",
        "{id: who, name: Who, prefill: who}",
        "{id: who, name: Who, prefill: duties}",
    )
    crew = sections(small.playbook(), "form")["crew"]
    assert [cell.value for cell in (crew.rows or ())[1].cells] == ["Watch; Mend", "12.5"]


def test_what_is_known_besides_is_filled_in(small_playbook: Playbook) -> None:
    known = {"basics.team": "Red", "refused.robot.until": "2027-01-01", "refused.castle.why": "Mine."}
    form = sections(small_playbook, "form", known)
    assert form["basics"].cells[0].value == "Red"
    assert rows(form["refused"])[:2] == [
        ("A castle", ["Mine.", "2027-06-01"]),
        ("A robot", ["It falls over.", "2027-01-01"]),
    ]


def test_only_tables_that_have_blank_rows_and_are_not_fixed_can_grow(small_playbook: Playbook) -> None:
    growing = {
        (id, part.section.id)
        for id in small_playbook.of(Template)
        for part in lay_out(small_playbook.of(Template)[id], small_playbook)
        if part.blank is not None
    }
    assert growing == {
        ("form", "refused"), ("form", "crew"), ("form", "notes"), ("poster", "members"), ("poster", "raci"), ("raci-sheet", "matrix"),
    }  # fmt: skip


def test_cells_say_in_full_what_they_are(small_playbook: Playbook) -> None:
    matrix = sections(small_playbook, "raci-sheet")["matrix"]
    assert [cell.label for cell in (matrix.rows or ())[0].cells][:2] == ["Train: Builder", "Train: Runner"]
    assert (matrix.rows or ())[-1].cells[0].label == "Activity 4: Builder"


def test_keys_of_cells_are_unique_in_every_template(small_playbook: Playbook) -> None:
    for template in small_playbook.of(Template).values():
        keys = [
            cell.key
            for part in lay_out(template, small_playbook)
            for cell in (*part.cells, *(cell for row in part.rows or () for cell in row.cells))
        ]
        assert len(keys) == len(set(keys)), template.id
    assert "matrix.train.builder" in [
        cell.key for row in sections(small_playbook, "raci-sheet")["matrix"].rows or () for cell in row.cells
    ]
