"""The decision tree in reading order."""

from __future__ import annotations

import pytest

from macros.playbook import Playbook
from macros.views.tree import former, node, reading_order, root
from tests.conftest import Copy


def test_reading_order_has_every_node_once_and_begins_with_the_root(small_playbook: Playbook) -> None:
    assert root(small_playbook).id == "begin"
    assert [each.id for each in reading_order(small_playbook)] == ["begin", "used", "care", "asked", "learn"]


def test_a_node_is_a_question_or_a_first_step(small_playbook: Playbook) -> None:
    assert node(small_playbook, "used").id == "used"
    assert node(small_playbook, "care").id == "care"
    with pytest.raises(KeyError):
        node(small_playbook, "zzz")


def test_former_ids_stand_by_the_id_of_today(small: Copy) -> None:
    small.write(
        "data/renamed.yml",
        "renamed:\n  - {list: questions, old: before, new: asked, since: 0.3.0}\n"
        "  - {list: questions, old: earlier, new: asked, since: 0.3.0}\n"
        "  - {list: first_steps, old: gone, since: 0.3.0}\n",
    )
    assert former(small.playbook()) == {"asked": ("before", "earlier")}


def test_an_id_that_the_company_uses_anew_is_no_former_one(small: Copy) -> None:
    small.write(
        "data/renamed.yml", "renamed:\n  - {list: first_steps, old: before, new: care, since: 0.3.0}\n"
    )
    small.write(
        "company/decision_tree.yml",
        "first_steps:\n  - {id: before, after: care, name: Begin, why: So., actions: [a, b, c], who: You, template: form, "
        "read: [{page: index.md, text: Home}], done_when: Done.}\n"
        "questions:\n  - id: begin\n    answers:\n      - {id: one, text: There is one, to: used}\n"
        "      - {id: two, text: Not yet, to: before}\n",
    )
    assert former(small.playbook()) == {}
