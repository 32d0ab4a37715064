"""Templates as an example company filled them."""

from __future__ import annotations

import json

import pytest

from macros.diagnostics import Diagnostics
from macros.playbook import Playbook, load
from macros.report import line
from macros.sheets.examples import KIT, OWN, as_json, check_own, examples
from tests.conftest import Copy

FORM = """template: form
format: 1
draft: Red
saved: "2026-03-12T10:00:00Z"
answers:
  basics:
    team: Orders
"""


def loaded(copy: Copy) -> Playbook:
    found = load(copy.root)
    assert isinstance(found, Playbook), found
    return found


@pytest.fixture
def filled(small: Copy) -> Copy:
    small.write(f"{KIT}/form.yml", FORM)
    return small


def test_a_file_of_the_kits_example_is_shown_with_its_template(filled: Copy) -> None:
    found = examples(loaded(filled))
    assert list(found) == ["form"]
    assert not found["form"].own
    assert found["form"].draft.name == "Example: Red"
    assert found["form"].draft.forms["basics"]["team"] == "Orders"


def test_the_companys_own_takes_its_place(filled: Copy) -> None:
    filled.write(f"{OWN}/form.yml", FORM.replace("Orders", "Prices"))
    found = examples(loaded(filled))
    assert found["form"].own
    assert found["form"].draft.forms["basics"]["team"] == "Prices"


def test_a_company_can_do_without_the_kits(filled: Copy) -> None:
    assert examples(loaded(filled), kit=False) == {}


def test_an_example_that_its_template_has_no_place_for_is_not_shown(filled: Copy) -> None:
    filled.write(f"{KIT}/form.yml", FORM + "    color: blue\n")
    assert examples(loaded(filled)) == {}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (FORM + "    color: blue\n", "the sheet has no place for the answer to 'basics.color'"),
        (FORM.replace("form\n", "gaps\n", 1), "fills the template 'gaps'; rename it to 'gaps.yml'"),
        (FORM.replace("template: form", "template: from"), "unknown template 'from'; did you mean 'form'?"),
    ],
)
def test_what_is_wrong_with_the_companys_own_is_told(small: Copy, content: str, message: str) -> None:
    small.write(f"{OWN}/form.yml", content)
    told = [line(each) for each in check_own(loaded(small))]
    assert any(each.startswith(f"{OWN}/form.yml:") and message in each for each in told), told


def test_a_row_that_the_company_has_added_is_none_of_the_examples(filled: Copy) -> None:
    rows = "template: raci-sheet\nformat: 1\ndraft: Red\nanswers:\n  matrix:\n    - {row: train, cells: {builder: R/A}}\n"
    filled.write(f"{KIT}/raci-sheet.yml", rows)
    playbook = loaded(filled)
    assert len(playbook.activities) > 1
    assert [row.row for row in examples(playbook)["raci-sheet"].draft.tables["matrix"] if row.row] == [
        "train"
    ]


def test_the_file_for_the_page_is_a_draft_named_after_the_example(filled: Copy) -> None:
    value = json.loads(as_json(examples(loaded(filled))["form"]))
    assert value == {
        "template": "form",
        "format": "1",
        "draft": "Example: Red",
        "saved": "2026-03-12T10:00:00Z",
        "answers": {"basics": {"team": "Orders"}},
    }


def test_a_filled_sheet_in_company_is_no_stranger(filled: Copy) -> None:
    filled.write(f"{OWN}/form.yml", FORM)
    assert not isinstance(load(filled.root), Diagnostics)
