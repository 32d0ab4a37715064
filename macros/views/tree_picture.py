"""The decision tree drawn as a map: questions in layers, each with the first steps that it can end in.

A question stands in the layer below the lowest question that leads to it. `layered` finds the places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from unicodedata import east_asian_width

from macros.model.tree import FirstStep, Question
from macros.playbook import Playbook
from macros.views.layered import BOX, LANE, MARGIN, Edge, Slot, columns, ordered, width_of
from macros.views.tree import node, reading_order, root

LINE = 18
"""Height of a line of text in a box."""
_LETTERS = 23
"""Letters in a line: so few that it fits in the widest of the system fonts, a bold title too."""
_BETWEEN = 44
"""Height between two layers, for the lines."""
_FAR = 4
"""A line over more layers than this is not drawn; the box names the question that it would lead to."""


@dataclass(frozen=True)
class Entry:
    """One thing that a question's box lists: a first step, or a question too far away for a line."""

    node: Question | FirstStep
    lines: tuple[str, ...]
    y: int
    """Baseline of its first line."""

    @property
    def is_question(self) -> bool:
        """Whether it is a question."""
        return isinstance(self.node, Question)


@dataclass(frozen=True)
class Box:
    """A question with what it ends in."""

    node: Question
    title: tuple[str, ...]
    entries: tuple[Entry, ...]
    x: int
    y: int
    height: int


@dataclass(frozen=True)
class Line:
    """A line from a question to the next one."""

    start: str
    end: str
    path: str


@dataclass(frozen=True)
class Picture:
    """The map with coordinates."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: int
    height: int


def picture(playbook: Playbook) -> Picture:
    """Lay the tree out. Sizes are in SVG units; everything lies between 0 and width or height."""
    questions = {each.id: each for each in reading_order(playbook) if isinstance(each, Question)}
    layer_of = _layers(questions, root(playbook).id)
    edges = _edges(questions, layer_of)
    layers = ordered(edges, layer_of)
    left = columns(layers, edges, layer_of)
    drawn = frozenset(edges)
    content = {id: _content(playbook, question, drawn) for id, question in questions.items()}

    boxes: dict[str, Box] = {}
    spans: list[tuple[int, int]] = []
    y = MARGIN
    for number, layer in enumerate(layers):
        for slot in layer:
            if slot[0] == slot[1]:
                title, listed = content[slot[0]]
                boxes[slot[0]] = _box(questions[slot[0]], title, listed, left[number][slot], y)
        below = y + max(boxes[id].height for id, end in layer if id == end)
        spans.append((y, below))
        y = below + _BETWEEN
    lines = tuple(_line(edge, boxes, left, layer_of, spans) for edge in edges)
    width = max(left[number][slot] + width_of(slot) for number, layer in enumerate(layers) for slot in layer)
    return Picture(tuple(boxes.values()), lines, width + MARGIN, spans[-1][1] + MARGIN)


# --- layers --------------------------------------------------------------------------------


def _layers(questions: Mapping[str, Question], start: str) -> dict[str, int]:
    """The layer of each question: the most answers that lead to it."""
    waiting = dict.fromkeys(questions, 0)
    for question in questions.values():
        for to in {answer.to for answer in question.answers} & questions.keys():
            waiting[to] += 1
    found = {start: 0}
    ready = [start]
    while ready:
        id = ready.pop()
        for to in dict.fromkeys(answer.to for answer in questions[id].answers if answer.to in questions):
            found[to] = max(found.get(to, 0), found[id] + 1)
            waiting[to] -= 1
            if not waiting[to]:
                ready.append(to)
    return found


def _edges(questions: Mapping[str, Question], layer_of: Mapping[str, int]) -> list[Edge]:
    """What is drawn as a line, each once."""
    leads = ((id, answer.to) for id, question in questions.items() for answer in question.answers)
    near = ((id, to) for id, to in leads if to in questions and layer_of[to] - layer_of[id] <= _FAR)
    return list(dict.fromkeys(near))


# --- boxes and lines -----------------------------------------------------------------------

Listed = tuple[Question | FirstStep, tuple[str, ...]]


def _content(
    playbook: Playbook, question: Question, drawn: frozenset[Edge]
) -> tuple[tuple[str, ...], tuple[Listed, ...]]:
    """Lines of a box's title, and what it lists: where its answers lead, unless a line leads there."""
    leads = dict.fromkeys(each.to for each in question.answers)
    listed = [node(playbook, to) for to in leads if (question.id, to) not in drawn]
    return _lines(question.short), tuple((each, _lines(_label(each))) for each in listed)


def _label(each: Question | FirstStep) -> str:
    return f"↓ {each.short}" if isinstance(each, Question) else each.name


def _lines(text: str) -> tuple[str, ...]:
    wide = any(east_asian_width(letter) in "WF" for letter in text)
    return tuple(wrap(text, _LETTERS // 2 if wide else _LETTERS))


def _box(question: Question, title: tuple[str, ...], listed: Sequence[Listed], x: int, y: int) -> Box:
    entries: list[Entry] = []
    below = y + LINE * len(title) + 14
    for each, lines in listed:
        entries.append(Entry(each, lines, below + 13))
        below += LINE * len(lines) + 5
    return Box(question, title, tuple(entries), x, y, below + 2 - y)


def _line(
    edge: Edge,
    boxes: Mapping[str, Box],
    left: Sequence[Mapping[Slot, int]],
    layer_of: Mapping[str, int],
    spans: Sequence[tuple[int, int]],
) -> Line:
    """From the bottom of a box, down through its lanes, to the top of the other box."""
    start, end = edge
    first, last = layer_of[start], layer_of[end]
    x = boxes[start].x + BOX // 2
    path = f"M{x} {boxes[start].y + boxes[start].height}V{spans[first][1]}"
    for layer in range(first + 1, last + 1):
        to = boxes[end].x + BOX // 2 if layer == last else left[layer][edge] + LANE // 2
        top, bottom = spans[layer]
        path += _bend(x, to, spans[layer - 1][1], top)
        if layer < last:
            path += f"V{bottom}"
        x = to
    return Line(start, end, path)


def _bend(x: int, to: int, y: int, below: int) -> str:
    """A curve that leaves and arrives vertically."""
    half = (y + below) // 2
    return f"C{x} {half} {to} {half} {to} {below}"
