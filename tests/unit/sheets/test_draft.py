"""Drafts: old answers fit into the sheet as it is today, and none is ever lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.playbook import Playbook
from macros.sheets.contract import SheetSpec
from macros.sheets.draft import (
    Cells,
    Draft,
    Kept,
    Row,
    Saved,
    clean,
    create,
    fit,
    initial,
    is_blank,
    row_name,
    rows_by_id,
)
from macros.sheets.spec import specs
from tests.unit.sheets.test_contract import breaches

SPEC: SheetSpec = {
    "id": "sheet",
    "name": "Sheet",
    "sections": [
        {
            "id": "basics", "name": "Basics", "was": ["start", "begin"],
            "fields": [
                {"id": "team", "name": "Team", "type": "text", "value": "Red"},
                {"id": "story", "name": "Story", "type": "long-text", "was": ["tale"]},
                {"id": "hours", "name": "Hours", "type": "number", "unit": "h"},
                {"id": "day", "name": "Day", "type": "date"},
                {"id": "mood", "name": "Mood", "type": "choice", "choices": [("up", "Going up"), ("down", "Going down")]},
                {"id": "agreed", "name": "Agreed", "type": "checkbox"},
                {"id": "open", "name": "Open", "type": "checkbox", "value": "true"},
            ],
        },
        {
            "id": "refused", "name": "Refused", "table": True, "label": "What", "named": True, "noted": True, "open": True,
            "blank": 1, "renamed": {"moat": "castle"},
            "rows": [
                {"id": "castle", "name": "A castle", "values": {"why": "Years."}},
                {"id": "robot", "name": "A robot", "note": "Falls."},
                {"id": "tower", "name": "A tower"},
            ],
            "fields": [{"id": "why", "name": "Why", "type": "text"}, {"id": "until", "name": "Until", "type": "date"}],
        },
        {
            "id": "fixed", "name": "Fixed", "table": True, "label": "Candidate", "blank": 3,
            "fields": [{"id": "called", "name": "Called", "type": "text"}],
        },
        {
            "id": "crew", "name": "Crew", "table": True, "named": True, "open": True, "blank": 1,
            "names": [("builder", "Builder"), ("runner", "Runner")],
            "rows": [{"id": "first", "name": "Owner"}],
            "fields": [{"id": "share", "name": "Share", "type": "number"}],
        },
        {
            "id": "listed", "name": "Listed", "table": True, "label": "Rule",
            "rows": [{"id": "one", "name": "One"}],
            "fields": [{"id": "a", "name": "A", "type": "checkbox"}, {"id": "b", "name": "B", "type": "text"}],
        },
    ],
}  # fmt: skip


def fitted(answers: dict[str, Any], *kept: Kept) -> Draft:
    return fit(SPEC, Saved("sheet", "Draft", "2026-01-01", answers, kept))


def rows(draft: Draft, section: str) -> list[str]:
    return [row.row or row.name or "-" for row in draft.tables[section]]


def test_the_spec_of_these_tests_keeps_the_contract() -> None:
    assert not list(breaches(SPEC, SheetSpec))


# --- a new draft ---------------------------------------------------------------------------


def test_a_new_draft_is_prefilled_and_has_its_blank_rows() -> None:
    draft = create(SPEC, "New")
    assert (draft.name, draft.saved, draft.kept) == ("New", "", [])
    assert draft.forms["basics"] == {
        "team": "Red", "story": "", "hours": "", "day": "", "mood": "", "agreed": False, "open": True,
    }  # fmt: skip
    assert rows(draft, "refused") == ["castle", "robot", "tower", "-"]
    assert draft.tables["refused"][0].cells == {"why": "Years.", "until": ""}
    assert rows(draft, "fixed") == ["-", "-", "-"]
    assert draft.removed == {"refused": [], "fixed": [], "crew": [], "listed": []}


def test_without_answers_a_draft_is_a_new_one_with_its_name_and_date() -> None:
    draft = fitted({})
    assert (draft.name, draft.saved) == ("Draft", "2026-01-01")
    new = create(SPEC, "Draft")
    assert (draft.forms, draft.tables, draft.removed, draft.kept) == (new.forms, new.tables, new.removed, [])


def test_blank_is_an_added_row_that_nobody_touched() -> None:
    assert is_blank(Row(cells={"a": "", "b": False}))
    for row in (Row("castle"), Row(name="x"), Row(note="x"), Row(cells={"a": "x"}), Row(cells={"a": True})):
        assert not is_blank(row)


@pytest.mark.parametrize(
    ("type", "value", "prefilled", "expected"),
    [
        ("text", "Red", None, "Red"), ("text", None, None, ""), ("text", "Red", "", ""), ("text", "Red", "Blue", "Blue"),
        ("checkbox", None, None, False), ("checkbox", "true", None, True), ("checkbox", "true", "", False),
        ("checkbox", None, "true", True), ("checkbox", None, "yes", False),
    ],
)  # fmt: skip
def test_what_a_field_holds_before_anybody_answers(
    type: Any, value: str | None, prefilled: str | None, expected: object
) -> None:
    asked: Any = {"id": "x", "name": "X", "type": type, **({"value": value} if value is not None else {})}
    assert initial(asked, prefilled) == expected


# --- forms ---------------------------------------------------------------------------------


def test_answers_stand_in_their_fields_and_the_others_stay_prefilled() -> None:
    draft = fitted({"basics": {"story": "Once", "agreed": True, "open": False, "mood": "down"}})
    assert draft.forms["basics"] == {
        "team": "Red", "story": "Once", "hours": "", "day": "", "mood": "down", "agreed": True, "open": False,
    }  # fmt: skip
    assert draft.kept == []


@pytest.mark.parametrize("section", ["start", "begin"])
def test_answers_move_from_former_ids_of_sections_and_fields(section: str) -> None:
    draft = fitted({section: {"tale": "Once"}})
    assert draft.forms["basics"]["story"] == "Once"
    assert draft.kept == []


def test_todays_id_is_stronger_than_a_former_one_and_the_other_answer_is_kept() -> None:
    draft = fitted({"basics": {"tale": "Old", "story": "New"}, "start": {"team": "Blue"}})
    assert (draft.forms["basics"]["story"], draft.forms["basics"]["team"]) == ("New", "Red")
    assert draft.kept == [Kept("basics.tale", "Old"), Kept("start.row.team", "Blue")]


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("hours", "many", "many"), ("hours", "1,5", "1,5"), ("hours", "٣", "٣"), ("day", "soon", "soon"), ("day", "2026-1-1", "2026-1-1"),
        ("mood", "sideways", "sideways"), ("mood", "Going up", "Going up"), ("agreed", "perhaps", "perhaps"),
        ("team", True, "true"), ("team", False, "false"),
    ],
)  # fmt: skip
def test_what_a_field_cannot_hold_is_kept_and_the_field_is_empty(
    field: str, value: object, kept: str
) -> None:
    draft = fitted({"basics": {field: value}})
    assert draft.forms["basics"][field] in ("", False)
    assert draft.kept == [Kept(f"basics.{field}", kept)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("hours", "0"), ("hours", "-5"), ("hours", "+1.5"), ("hours", ".5"), ("hours", "5."), ("hours", "1e-3"), ("hours", ""),
        ("day", "2026-01-31"), ("day", ""), ("mood", "up"), ("mood", ""), ("agreed", False), ("team", ""), ("team", "a\nb"),
    ],
)  # fmt: skip
def test_what_a_field_can_hold_stands_in_it(field: str, value: object) -> None:
    draft = fitted({"basics": {field: value}})
    assert draft.forms["basics"][field] == value
    assert draft.kept == []


def test_answers_to_questions_and_sections_that_are_gone_are_kept() -> None:
    draft = fitted(
        {"basics": {"budget": "40", "none": "", "unticked": False, "ticked": True}, "gone": {"a": "x"}}
    )
    assert draft.kept == [Kept("basics.budget", "40"), Kept("basics.ticked", "yes"), Kept("gone.row.a", "x")]


def test_a_form_that_became_a_table_and_a_table_that_became_a_form_are_kept() -> None:
    draft = fitted(
        {
            "basics": [Row("castle", cells={"why": "x"}), Row(name="Ours", note="n", cells={"why": "y"}), Row("robot", removed=True)],
            "refused": {"why": "z"},
        }
    )  # fmt: skip
    assert draft.kept == [
        Kept("basics.castle.why", "x"), Kept("basics.name", "Ours"), Kept("basics.Ours.note", "n"),
        Kept("basics.Ours.why", "y"), Kept("refused.row.why", "z"),
    ]  # fmt: skip
    assert draft.forms["basics"]["team"] == "Red"
    assert rows(draft, "refused") == ["castle", "robot", "tower", "-"]


# --- tables --------------------------------------------------------------------------------


def test_rows_keep_the_order_in_which_they_were_saved() -> None:
    draft = fitted({"refused": [Row("tower"), Row(name="Ours"), Row("castle"), Row("robot")]})
    assert rows(draft, "refused") == ["tower", "Ours", "castle", "robot"]


def test_a_saved_row_has_its_answers_and_what_it_left_out_stays_prefilled() -> None:
    draft = fitted(
        {"refused": [Row("castle", cells={"until": "2027-01-01"}), Row("robot", cells={"why": "x"})]}
    )
    assert [row.cells for row in draft.tables["refused"][:2]] == [
        {"why": "Years.", "until": "2027-01-01"}, {"why": "x", "until": ""},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("saved", "expected"),
    [
        (["castle", "tower"], ["castle", "robot", "tower", "-"]), (["robot", "tower"], ["castle", "robot", "tower", "-"]),
        (["castle", "robot"], ["castle", "robot", "tower", "-"]), (["tower", "castle"], ["tower", "castle", "robot", "-"]),
        ([], ["castle", "robot", "tower", "-"]),
    ],
)  # fmt: skip
def test_a_row_that_the_playbook_has_gained_stands_behind_its_neighbor(
    saved: list[str], expected: list[str]
) -> None:
    assert rows(fitted({"refused": [Row(id) for id in saved]}), "refused") == expected


def test_a_removed_row_stays_removed_and_new_ones_find_their_place_beside_the_gap() -> None:
    draft = fitted({"refused": [Row("castle"), Row("robot", removed=True)]})
    assert rows(draft, "refused") == ["castle", "tower", "-"]
    assert draft.removed["refused"] == ["robot"]


def test_a_removed_row_that_is_gone_or_stands_in_the_table_is_forgotten() -> None:
    draft = fitted({"refused": [Row("castle"), Row("gone", removed=True), Row("castle", removed=True)]})
    assert draft.removed["refused"] == []
    assert "castle" in rows(draft, "refused")


def test_an_answer_to_a_renamed_row_moves_to_its_new_id() -> None:
    draft = fitted({"refused": [Row("moat", cells={"why": "Wet."}), Row("robot")]})
    assert rows(draft, "refused") == ["castle", "robot", "tower", "-"]
    assert draft.tables["refused"][0].cells["why"] == "Wet."
    assert draft.kept == []


def test_a_renamed_row_that_was_removed_stays_removed_under_its_new_id() -> None:
    draft = fitted({"refused": [Row("moat", removed=True)]})
    assert draft.removed["refused"] == ["castle"]
    assert rows(draft, "refused") == ["robot", "tower", "-"]


def test_a_row_that_the_playbook_no_longer_has_becomes_the_teams_own() -> None:
    draft = fitted(
        {"refused": [Row("gone", "A dragon", cells={"why": "Fire."}), Row("nameless", cells={"why": "x"})]}
    )
    own = [row for row in draft.tables["refused"] if not row.row]
    assert [(row.name, row.cells["why"]) for row in own] == [("A dragon", "Fire."), ("nameless", "x")]


def test_the_same_row_twice_stands_once_and_once_more_as_the_teams_own() -> None:
    draft = fitted(
        {
            "refused": [
                Row("castle", "A castle", cells={"why": "a"}),
                Row("castle", "A castle", cells={"why": "b"}),
            ]
        }
    )
    assert rows(draft, "refused") == ["castle", "robot", "tower", "A castle"]
    assert [row.cells["why"] for row in draft.tables["refused"]] == ["a", "", "", "b"]


def test_where_rows_cannot_be_added_a_row_that_is_gone_is_kept() -> None:
    draft = fitted(
        {
            "listed": [
                Row("one", cells={"a": True}),
                Row("gone", "Gone", cells={"a": True, "b": "x"}),
                Row("one", cells={"b": "y"}),
            ]
        }
    )
    assert rows(draft, "listed") == ["one"]
    assert draft.tables["listed"][0].cells == {"a": True, "b": ""}
    assert draft.kept == [Kept("listed.gone.a", "yes"), Kept("listed.gone.b", "x"), Kept("listed.one.b", "y")]


def test_a_fixed_table_takes_as_many_rows_as_it_has_and_keeps_the_next() -> None:
    draft = fitted({"fixed": [Row(cells={"called": letter}) for letter in "abcd"]})
    assert [row.cells["called"] for row in draft.tables["fixed"]] == ["a", "b", "c"]
    assert draft.kept == [Kept("fixed.row.called", "d")]


def test_a_fixed_table_with_fewer_rows_is_filled_up() -> None:
    draft = fitted({"fixed": [Row(cells={"called": "a"})]})
    assert [row.cells["called"] for row in draft.tables["fixed"]] == ["a", "", ""]


def test_an_open_table_takes_every_row_and_needs_no_blank_one_then() -> None:
    draft = fitted({"refused": [Row(name=name, cells={"why": "x"}) for name in "abc"]})
    assert rows(draft, "refused") == ["castle", "robot", "tower", "a", "b", "c"]


def test_a_chosen_name_that_is_no_choice_any_more_is_kept_and_its_row_stays() -> None:
    draft = fitted(
        {"crew": [Row(name="runner", cells={"share": "50"}), Row(name="smith", cells={"share": "20"})]}
    )
    assert [(row.name, row.cells["share"]) for row in draft.tables["crew"] if not row.row] == [
        ("runner", "50"),
        ("", "20"),
    ]
    assert draft.kept == [Kept("crew.name", "smith")]


def test_a_note_stays_where_there_is_a_place_for_notes_and_is_kept_elsewhere() -> None:
    draft = fitted(
        {"refused": [Row(name="Ours", note="Why not")], "crew": [Row(name="runner", note="On call")]}
    )
    assert [row.note for row in draft.tables["refused"] if row.name] == ["Why not"]
    assert draft.kept == [Kept("crew.note", "On call")]


def test_what_a_cell_cannot_hold_is_kept_with_its_row() -> None:
    draft = fitted(
        {
            "refused": [
                Row("castle", cells={"until": "soon", "cost": "much"}),
                Row(name="Ours", cells={"until": "later"}),
            ]
        }
    )
    assert draft.kept == [
        Kept("refused.castle.until", "soon"), Kept("refused.castle.cost", "much"), Kept("refused.row.until", "later"),
    ]  # fmt: skip


# --- what was kept before ------------------------------------------------------------------


def test_a_kept_answer_returns_when_its_place_is_there_again_and_free() -> None:
    draft = fitted({}, Kept("basics.story", "Once"), Kept("refused.robot.why", "It falls"))
    assert draft.forms["basics"]["story"] == "Once"
    assert draft.tables["refused"][1].cells["why"] == "It falls"
    assert draft.kept == []


def test_a_kept_answer_never_overwrites_another() -> None:
    draft = fitted(
        {"basics": {"story": "Today's"}}, Kept("basics.story", "Once"), Kept("refused.castle.why", "Mine")
    )
    assert draft.forms["basics"]["story"] == "Today's"
    assert draft.tables["refused"][0].cells["why"] == "Years."
    assert draft.kept == [Kept("basics.story", "Once"), Kept("refused.castle.why", "Mine")]


def test_of_two_kept_answers_to_one_question_the_first_returns() -> None:
    draft = fitted({}, Kept("basics.story", "First"), Kept("basics.story", "Second"))
    assert draft.forms["basics"]["story"] == "First"
    assert draft.kept == [Kept("basics.story", "Second")]


@pytest.mark.parametrize(
    "where",
    ["basics.gone", "gone.story", "basics.row.story", "basics.agreed", "refused.why", "refused.gone.why", "refused", "",
     "basics.hours", "basics.mood", "basics.day"],
)  # fmt: skip
def test_a_kept_answer_without_a_place_that_can_hold_it_stays_kept(where: str) -> None:
    draft = fitted({}, Kept(where, "words"))
    assert draft.kept == [Kept(where, "words")]


def test_what_was_kept_before_stands_before_what_is_kept_now() -> None:
    draft = fitted({"basics": {"budget": "40"}}, Kept("gone.a", "x"))
    assert draft.kept == [Kept("gone.a", "x"), Kept("basics.budget", "40")]


# --- names and text ------------------------------------------------------------------------


def test_a_row_is_called_by_the_playbook_by_its_choice_by_its_name_or_by_its_number() -> None:
    refused, crew = SPEC["sections"][1], SPEC["sections"][3]
    assert row_name(refused, Row("castle", "Old name"), 0) == "A castle"
    assert row_name(crew, Row(name="runner"), 1) == "Runner"
    assert row_name(refused, Row(name="Ours"), 3) == "Ours"
    assert row_name(refused, Row(), 3) == "What 4"
    assert row_name(crew, Row(), 0) == "Row 1"
    assert list(rows_by_id(refused)) == ["castle", "robot", "tower"]


def test_what_no_file_can_hold_becomes_a_space() -> None:
    assert clean("a\x00b\x1bc\ud800d\r\ne\rf\tg\uffff") == "a b c d\ne\nf\tg "


# --- properties ----------------------------------------------------------------------------

words = st.sampled_from(["", "x", "5", "2026-01-01", "up", "true"])
cell_values = words | st.booleans()


def cells_of(ids: list[str]) -> st.SearchStrategy[Cells]:
    return st.dictionaries(st.sampled_from([*ids, "gone"]), cell_values, max_size=4)


def section_answers(section: Any) -> st.SearchStrategy[Any]:
    ids = [field["id"] for field in section["fields"]] + [
        old for field in section["fields"] for old in field.get("was", ())
    ]
    if not section.get("table"):
        return cells_of(ids)
    known = [row["id"] for row in section.get("rows", ())] + ["gone", "moat"]
    named = st.sampled_from(["", "Ours", "builder"]) if section.get("named") else st.just("")
    playbooks = st.builds(Row, row=st.sampled_from(known), cells=cells_of(ids))
    removed = st.builds(Row, row=st.sampled_from(known), removed=st.just(True))
    own = st.builds(Row, name=named, note=st.sampled_from(["", "n"]), cells=cells_of(ids))
    # Nobody can remove a row where none can be added.
    return st.lists(playbooks | removed | own if section.get("open") else playbooks | own, max_size=5)


def saved_for(spec: SheetSpec) -> st.SearchStrategy[Saved]:
    parts = {each["id"]: section_answers(each) for each in spec["sections"]}
    answers = st.fixed_dictionaries({}, optional={**parts, "gone": cells_of(["a"])})
    return answers.map(lambda given: Saved(spec["id"], "Draft", "", given))


def told(draft: Draft) -> list[str]:
    """Every answer of a draft, in it or beside it."""
    inside = list(draft.forms.values())
    inside += [row.cells for table in draft.tables.values() for row in table]
    texts = ["yes" if value is True else str(value) for cells in inside for value in cells.values() if value]
    return [*texts, *(kept.value for kept in draft.kept)]


def as_saved(draft: Draft) -> Saved:
    answers: dict[str, Cells | list[Row]] = {**draft.forms}
    for id, table in draft.tables.items():
        answers[id] = [
            *(row for row in table if not is_blank(row)),
            *(Row(gone, removed=True) for gone in draft.removed[id]),
        ]
    return Saved("sheet", draft.name, draft.saved, answers, tuple(draft.kept))


@settings(max_examples=150, deadline=None)
@given(saved_for(SPEC))
def test_no_answer_is_ever_lost(saved: Saved) -> None:
    left = told(fit(SPEC, saved))
    for answers in saved.answers.values():
        for row in [Row(cells=answers)] if isinstance(answers, dict) else answers:
            for value in row.cells.values():
                if value not in ("", False):
                    text = "yes" if value is True else str(value)
                    assert text in left or str(value).lower() in left


@settings(max_examples=150, deadline=None)
@given(saved_for(SPEC))
def test_fitting_what_fits_already_changes_nothing(saved: Saved) -> None:
    once = fit(SPEC, saved)
    once.kept = []  # an answer that was kept may return at the second time
    again = fit(SPEC, as_saved(once))
    assert (again.forms, again.removed, again.kept) == (once.forms, once.removed, [])
    for id, table in once.tables.items():
        assert [row for row in again.tables[id] if not is_blank(row)] == [
            row for row in table if not is_blank(row)
        ]


def test_a_new_draft_of_every_template_fits_itself(small_playbook: Playbook) -> None:
    for spec in specs(small_playbook).values():
        draft = create(spec, "Draft")
        assert fit(spec, as_saved(draft)) == draft
