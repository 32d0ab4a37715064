"""The decision tree drawn as a map."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from macros.playbook import Playbook
from macros.views.tree_picture import BOX, Box, Picture, picture
from tests.conftest import Copy


@pytest.fixture(params=["small", "shipped"])
def walked(request: pytest.FixtureRequest, small_playbook: Playbook, playbook: Playbook) -> Playbook:
    """The small tree and ours."""
    return small_playbook if request.param == "small" else playbook


def verticals(path: str) -> list[tuple[int, int, int]]:
    """Straight parts of a line: x, from y, to y."""
    found: list[tuple[int, int, int]] = []
    x = y = 0
    for letter, text in re.findall(r"([MVC])([-\d ]+)", path):
        numbers = [int(number) for number in text.split()]
        if letter == "V":
            found.append((x, y, numbers[0]))
            y = numbers[0]
        else:
            x, y = numbers[-2:]
    return found


def inside(box: Box, x: int, above: int, below: int) -> bool:
    """Whether a vertical line runs behind a box."""
    return box.x < x < box.x + BOX and max(above, box.y) < min(below, box.y + box.height)


def test_each_answer_is_a_line_or_stands_in_its_questions_box(walked: Playbook) -> None:
    drawn = picture(walked)
    assert {box.node.id for box in drawn.boxes} == set(walked.questions)
    for box in drawn.boxes:
        lines = {line.end for line in drawn.lines if line.start == box.node.id}
        listed = {entry.node.id for entry in box.entries}
        assert lines | listed == {answer.to for answer in box.node.answers}
        assert not lines & listed


def test_boxes_do_not_overlap_and_nothing_leaves_the_picture(walked: Playbook) -> None:
    drawn = picture(walked)
    for one, other in combinations(drawn.boxes, 2):
        beside = one.x + BOX <= other.x or other.x + BOX <= one.x
        assert beside or one.y + one.height <= other.y or other.y + other.height <= one.y
    for box in drawn.boxes:
        assert box.x >= 0
        assert box.x + BOX <= drawn.width
        assert box.y + box.height <= drawn.height
        assert all(box.y < entry.y < box.y + box.height for entry in box.entries)


def test_no_line_runs_behind_a_box(walked: Playbook) -> None:
    drawn = picture(walked)
    behind = [
        (line.start, line.end, box.node.id)
        for line in drawn.lines
        for part in verticals(line.path)
        for box in drawn.boxes
        if inside(box, *part)
    ]
    assert not behind


def test_lines_lead_down_from_box_to_box(walked: Playbook) -> None:
    drawn = picture(walked)
    boxes = {box.node.id: box for box in drawn.boxes}
    for line in drawn.lines:
        start, end = boxes[line.start], boxes[line.end]
        assert line.path.startswith(f"M{start.x + BOX // 2} {start.y + start.height}V")
        assert line.path.endswith(f" {end.x + BOX // 2} {end.y}")
        assert start.y + start.height < end.y


def test_a_text_that_is_too_long_for_its_box_takes_more_lines(small: Copy) -> None:
    before = heights(picture(small.playbook()))
    small.edit(
        "data/decision_tree.yml", "name: Care for it", "name: Care for the model that is in use every day"
    )
    after = heights(picture(small.playbook()))
    assert after["used"] > before["used"]


def test_wide_letters_take_twice_the_room(small: Copy) -> None:
    small.edit("data/decision_tree.yml", "name: Care for it", "name: 動いているモデルを毎日見守る")
    [used] = [box for box in picture(small.playbook()).boxes if box.node.id == "used"]
    [care] = [entry for entry in used.entries if entry.node.id == "care"]
    assert [len(text) for text in care.lines] == [11, 3]


def heights(drawn: Picture) -> dict[str, int]:
    """Height of each box."""
    return {box.node.id: box.height for box in drawn.boxes}


def test_a_question_far_below_is_named_in_the_box_in_place_of_a_line(small: Copy) -> None:
    chain = "\n".join(
        f"  - {{id: q{number}, text: Ask, short: Ask {number}, help: Ask., source: kit, "
        f"answers: [{{id: a, text: A, to: {f'q{number + 1}' if number < 5 else 'used'}}}, {{id: b, text: B, to: care}}]}}"
        for number in range(6)
    )
    small.edit("data/decision_tree.yml", "\nfirst_steps:", f"\n{chain}\nfirst_steps:")
    small.edit("data/decision_tree.yml", "text: There is one, to: used", "text: There is one, to: q0")
    small.edit("data/decision_tree.yml", "text: There is none, to: learn", "text: There is none, to: used")
    drawn = picture(small.playbook())
    [begin] = [box for box in drawn.boxes if box.node.id == "begin"]
    assert [(entry.node.id, entry.lines) for entry in begin.entries] == [("used", ("↓ In use",))]
    assert [line.end for line in drawn.lines if line.start == "begin"] == ["q0"]
