"""The list of all kinds of data."""

from __future__ import annotations

import pytest

from macros.model.content import Member, Misconception, StakeholderQuestion, Topic
from macros.model.kinds import BY_KEY, KINDS, by_file, name_of
from macros.model.template import Rows
from macros.playbook import Playbook


def test_every_kind_has_a_key_and_a_model_of_its_own_and_words() -> None:
    for part in ("key", "model", "many"):
        found = [getattr(kind, part) for kind in KINDS]
        assert len(found) == len(set(found)), part
    assert all(kind.one and kind.many for kind in KINDS)


def test_a_kind_is_found_by_its_key() -> None:
    assert BY_KEY["roles"].one == "role"
    assert list(BY_KEY) == [kind.key for kind in KINDS]


def test_files_hold_one_list_but_for_the_trees_which_holds_two() -> None:
    files = by_file()
    assert [kind.key for kind in files["decision_tree"]] == ["questions", "first_steps"]
    assert {file for file, kinds in files.items() if len(kinds) > 1} == {"decision_tree"}
    assert {file for file in files if file.endswith("/")} == {"templates/"}
    assert {file: kinds[0].key for file, kinds in files.items() if file not in (kinds[0].key, "decision_tree")} == {
        "raci": "activities", "flagship": "candidates", "glossary": "terms", "templates/": "templates",
    }  # fmt: skip


def test_only_what_a_company_alone_has_may_be_empty() -> None:
    assert [kind.key for kind in KINDS if kind.may_be_empty] == ["candidates"]


def test_rows_of_a_sheet_come_from_every_list_that_says_so_and_from_no_other() -> None:
    allowed = str(Rows.model_json_schema()["properties"]["of"])
    for kind in KINDS:
        assert (f"'{kind.key}'" in allowed) == kind.in_sheets, kind.key
    assert {kind.in_sheets for kind in KINDS} == {True, False}


@pytest.mark.parametrize(
    ("key", "id", "name"),
    [
        ("roles", "builder", "Builder"), ("checklist_questions", "broke", "What broke?"), ("misconceptions", "magic", "It is magic."),
        ("stakeholder_questions", "reason", "Reason"), ("questions", "begin", "Is there a model?"), ("members", "first", "builder"),
    ],
)  # fmt: skip
def test_an_item_is_called_by_its_name_its_question_its_claim_or_its_text(
    small_playbook: Playbook, key: str, id: str, name: str
) -> None:
    assert name_of(small_playbook.lists[key][id]) == name


def test_what_has_no_name_at_all_is_called_nothing() -> None:
    assert name_of(object()) == ""


def test_models_explain_themselves() -> None:
    for kind in KINDS:
        assert (kind.model.__doc__ or "").strip().endswith("."), kind.key
    assert {Member, Misconception, StakeholderQuestion, Topic} <= {kind.model for kind in KINDS}
