"""The decision tree in reading order, and laid out as a picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from macros.model.tree import Answer, FirstStep, Question
from macros.playbook import Playbook

ROW = 48
"""Height of a row of the picture, in SVG units (about pixels)."""
INDENT = 30
"""How much further right each level begins."""
_WIDTH_OF_CHARACTER = 7.4
"""Generous width of a character at the picture's font size, so that no system font overflows."""


@dataclass(frozen=True)
class PictureRow:
    """One row of the picture: an answer and the node it leads to."""

    node: Question | FirstStep
    answer: Answer | None
    """The answer that leads here; None for the start."""
    depth: int
    again: bool
    """Whether the node is drawn in full further up."""
    x: int
    y: int
    width: int
    """Width of the row's text, whichever of its two lines is longer."""
    box_width: int
    elbow: str | None
    """SVG path from the parent's box to this one."""

    @property
    def is_question(self) -> bool:
        """Whether the node asks something, rather than ending the path."""
        return isinstance(self.node, Question)

    @property
    def label(self) -> str:
        """What stands in the box."""
        return self.node.short if isinstance(self.node, Question) else self.node.name


@dataclass(frozen=True)
class Picture:
    """The tree as rows with coordinates."""

    rows: tuple[PictureRow, ...]
    width: int
    height: int


def root(playbook: Playbook) -> Question:
    """The question that no answer leads to. The linter has proved that there is one."""
    led_to = {answer.to for q in playbook.of(Question).values() for answer in q.answers}
    return next(q for q in playbook.of(Question).values() if q.id not in led_to)


def node(playbook: Playbook, name: str) -> Question | FirstStep:
    """A question or first step by id."""
    return playbook.of(Question).get(name) or playbook.of(FirstStep)[name]


def former(playbook: Playbook) -> Mapping[str, tuple[str, ...]]:
    """Ids that a node had in earlier versions, by its id today, so that old links to it still arrive."""
    found: dict[str, tuple[str, ...]] = {}
    for kind in (Question, FirstStep):
        for old, new in playbook.origins[kind.kind.key].renamed.items():
            if new is not None and old not in playbook.of(kind):
                found[new] = (*found.get(new, ()), old)
    return found


def walk(playbook: Playbook) -> Iterator[tuple[Question | FirstStep, Answer | None, int, int, bool]]:
    """Depth first from the root: node, answer, depth, index of the parent's row, seen before."""
    seen: set[str] = set()
    stack: list[tuple[Question | FirstStep, Answer | None, int, int]] = [(root(playbook), None, 0, -1)]
    index = 0
    while stack:
        here, answer, depth, parent = stack.pop()
        again = here.id in seen
        seen.add(here.id)
        yield here, answer, depth, parent, again
        if isinstance(here, Question) and not again:
            below = [(node(playbook, each.to), each, depth + 1, index) for each in here.answers]
            stack.extend(reversed(below))
        index += 1


def reading_order(playbook: Playbook) -> tuple[Question | FirstStep, ...]:
    """Each node once, as a reader without JavaScript meets it."""
    return tuple(here for here, _, _, _, again in walk(playbook) if not again)


def picture(playbook: Playbook) -> Picture:
    """Lay the tree out like a folder tree: one row an answer, deeper rows further right."""
    rows: list[PictureRow] = []
    for index, (here, answer, depth, parent, again) in enumerate(walk(playbook)):
        label = here.short if isinstance(here, Question) else here.name
        box = round((len(label) + (2 if again else 0)) * _WIDTH_OF_CHARACTER) + 24
        width = max(box, round(len(answer.text if answer else "") * _WIDTH_OF_CHARACTER))
        x, y = depth * INDENT + 2, index * ROW + 4
        elbow = None
        if parent >= 0:
            from_x, from_y = rows[parent].x + 12, rows[parent].y + 45
            elbow = f"M{from_x} {from_y}V{y + 26}q0 6 6 6H{x}"
        rows.append(PictureRow(here, answer, depth, again, x, y, width, box, elbow))
    return Picture(
        tuple(rows),
        width=max(row.x + row.width for row in rows) + 10,
        height=len(rows) * ROW + 4,
    )
