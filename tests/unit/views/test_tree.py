"""The decision tree in reading order, and laid out as a picture."""

from __future__ import annotations

import pytest

from macros.playbook import Playbook
from macros.views.tree import INDENT, ROW, former, node, picture, reading_order, root, walk
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


def test_the_tree_is_walked_depth_first_and_a_node_met_again_is_not_entered(small_playbook: Playbook) -> None:
    assert [(here.id, answer and answer.id, depth, parent, again) for here, answer, depth, parent, again in walk(small_playbook)] == [
        ("begin", None, 0, -1, False),
        ("used", "there", 1, 0, False),
        ("care", "daily", 2, 1, False),
        ("asked", "never", 2, 1, False),
        ("care", "often", 3, 3, True),
        ("learn", "hardly", 3, 3, False),
        ("learn", "none", 1, 0, True),
    ]  # fmt: skip


def test_the_picture_has_a_row_for_each_answer_and_no_box_leaves_it(small_playbook: Playbook) -> None:
    drawn = picture(small_playbook)
    assert len(drawn.rows) == 7
    assert all(row.x + max(row.box_width, row.width) <= drawn.width for row in drawn.rows)
    assert [row.y for row in drawn.rows] == [4 + ROW * number for number in range(7)]
    assert drawn.height == 7 * ROW + 4
    assert [row.x for row in drawn.rows] == [2 + INDENT * depth for depth in (0, 1, 2, 2, 3, 3, 1)]


def test_boxes_are_labeled_with_few_words(small_playbook: Playbook) -> None:
    rows = picture(small_playbook).rows
    assert [(row.label, row.is_question) for row in rows[:3]] == [
        ("A model", True),
        ("In use", True),
        ("Care for it", False),
    ]


def test_a_row_is_as_wide_as_the_longer_of_its_lines(small_playbook: Playbook) -> None:
    first, second, *_ = picture(small_playbook).rows
    assert first.width == first.box_width
    assert second.width > second.box_width  # "There is one" is longer than "In use"


def test_each_row_hangs_below_its_question(small_playbook: Playbook) -> None:
    rows = picture(small_playbook).rows
    assert rows[0].elbow is None
    assert rows[4].elbow == f"M{rows[3].x + 12} {rows[3].y + 45}V{rows[4].y + 26}q0 6 6 6H{rows[4].x}"
