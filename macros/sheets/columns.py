"""Columns of a workbook that all sections of a sheet share, and where their cells stand in them.

Widths are in characters and whole numbers, so that `docs/assets/sheets/book.js` finds the same ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from macros.sheets.contract import FieldSpec

NAME = 3
NOTE = 4
FIRST = 5
"""Columns of what a row is called, of more about it, and the first to be filled in. Ids have 0; where rows
have no names, 1 and 2 stand for name and note, hidden, and the first answer has the place of the name."""
TOTAL, TOTAL_SIDEWAYS = 118, 176
"""Widths of all columns together, in characters: what can be read on A4."""
UPRIGHT = 5
"""So many columns behind the first can be read on a page that is not turned."""
HIGHEST = 409
"""No row is higher, in points."""
_LINE = 15
"""Height of a line, in points."""
_NARROW = 16
"""Columns that are not wider keep their width."""


@dataclass(frozen=True)
class Answer:
    """What a cell is to say: its text as people read it, and a number's format with its value."""

    text: str
    value: str = ""
    code: str = ""
    choices: tuple[str, ...] = ()
    look: str = "cell"


@dataclass
class Part:
    """A section, before its columns have their places.

    Args:
        ids: of its columns: the section's own, what names a row, a note, fields.
        named: whether its rows have names.
        noted: whether it shows notes.
        table: whether it is one.
        wants: width that each field would like, in characters.
        rows: ids with their cells, as many as `ids` has behind the first.
    """

    name: str
    ids: list[str]
    heads: list[str]
    named: bool
    noted: bool
    table: bool
    wants: list[int]
    rows: list[tuple[str, list[Answer]]]


def _size(text: str) -> int:
    """Width of a text without line breaks, in characters; East Asian ones and emoji are wide."""
    return sum(2 if ord(each) > 0x2E7F else 1 for each in text)


def _word(text: str) -> int:
    """Width of the longest word."""
    return max(map(_size, re.split(r"[ \n]", text)))


def _longest(text: str) -> int:
    """Width of the longest line."""
    return max(map(_size, text.split("\n")))


def want(asked: FieldSpec, title: str, texts: Sequence[str]) -> int:
    """Width that a column would like."""
    word = min(_word(title), 16) + 2
    labels = [label for _, label in asked.get("choices", ())]
    if asked["type"] in ("choice", "checkbox", "date", "number"):
        longest = max(map(_longest, [*labels, *texts, "x" * 10 if asked["type"] == "date" else ""]))
        return max(word, min(longest + 2, 16), 7)
    longest = max(map(_longest, texts), default=0)
    if not longest:
        return max(word, 34 if asked["type"] == "long-text" else 18)
    return max(word, min(longest + 2, 12), min(longest // 3, 44))


def columns(part: Part) -> int:
    """How many columns a table has behind the first, and the notes."""
    return len(part.wants) - (not part.named)


def all_widths(parts: Sequence[Part], total: int) -> list[int]:
    """Widths of the columns, which are those of the table with most of them."""
    tables = [each for each in parts if each.table]
    count = max(map(columns, tables), default=1)
    widest = [each.wants[not each.named :] for each in tables if columns(each) == count]
    widths = [max(wants[at] for wants in widest) for at in range(count)] if widest else [total]
    notes = [
        _longest(cells[1].text) for each in tables if each.noted for _, cells in each.rows if len(cells) > 1
    ]
    note = max(16, min(max(notes) // 2, 44)) if notes else 0
    names = [
        min(_longest(cells[0].text) // 2 + 4, 30) for each in tables if each.named for _, cells in each.rows
    ]
    names += [_word(each.heads[0]) + 2 for each in tables if each.named]
    names += [each.wants[0] for each in tables if not each.named and columns(each) == count]
    names += [(total * 3 // 10 - note) for each in parts if not each.table]
    widths = [max([12, *names]), note, *widths]
    # What is left goes to all columns, and what is too much is taken from those of texts.
    taken = sum(widths)
    if taken < total:
        widths = [each * total // taken for each in widths]
    else:
        free = sum(each for each in widths if each > _NARROW)
        rest = max(total - taken + free, free * 3 // 5)
        widths = [max(each * rest // free, 12) if each > _NARROW else each for each in widths]
    return [0, 0, 0, *widths]


def _spans(wants: Sequence[int], widths: Sequence[int]) -> list[int]:
    """Over how many columns each cell goes, so that it comes near to the width that it wants."""
    total, need = sum(widths), sum(wants)
    spans: list[int] = []
    at = done = asked = 0
    for index, want in enumerate(wants):
        left = len(wants) - index - 1
        asked += want
        count, done = 1, done + widths[at]
        while at + count < len(widths) - left and (
            not left
            or abs((done + widths[at + count]) * need - total * asked) <= abs(done * need - total * asked)
        ):
            done += widths[at + count]
            count += 1
        spans.append(count)
        at += count
    return spans


def places_of(part: Part, widths: Sequence[int]) -> list[tuple[int, int]]:
    """Column and span of each cell of a section's rows, behind the ids."""
    if not part.table:
        return _halves(widths)
    if part.named:
        places = [(NAME, 1 if part.noted or not widths[NOTE] else 2), (NOTE, 1)]
        at, spans = FIRST, _spans(part.wants, widths[FIRST:])
    else:
        places, at = [(1, 1), (2, 1)], NAME
        spans = _spans(part.wants, [widths[NAME] + widths[NOTE], *widths[FIRST:]])
        spans[0] += 1
    for span in spans:
        places.append((at, span))
        at += span
    return places


def _halves(widths: Sequence[int]) -> list[tuple[int, int]]:
    """Places of questions and answers."""
    last = len(widths) - 1
    until, done = NOTE, widths[NAME] + widths[NOTE]
    if widths[NOTE] and widths[NAME] * 4 >= sum(widths):
        until, done = NAME, widths[NAME]
    while until < last - 1 and done * 4 < sum(widths):
        until += 1
        done += widths[until]
    return [(NAME, until - NAME + 1), (until + 1, last - until)]


def height(text: str, width: int) -> int:
    """How high a row has to be for a text, in points; in narrow columns words leave more of a line empty."""
    room = max(width * 6 // 5 if width > _NARROW else width, 1)
    lines = sum(1 + max(_size(line) - 1, 0) // room for line in text.split("\n"))
    return min(_LINE * lines + 3, HIGHEST)
