"""Worksheets of text as an Excel workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from macros.sheets.text import Worksheet
from macros.sheets.workbook import LOOKS, Book, height, set_up_page

_NAME = 31
"""Most UTF-16 units in a worksheet's name."""
_SHORT = 14
"""Texts of so many characters make a narrow column."""
_UPRIGHT = 130
"""Most characters side by side that can be read on a page that is not turned."""


def write(sheets: Sequence[Worksheet], *, landscape: bool = False, title: str = "") -> bytes:
    """The workbook's bytes. Every cell is text: what begins with = + - @ is no formula.

    Args:
        sheets: what is about the file first, then one for each section.
        landscape: whether it is printed sideways.
        title: the file's title.
    """
    out = io.BytesIO()
    taken: set[str] = set()
    with Book(out, title) as book:
        looks = {name: book.add_format(look) for name, look in LOOKS.items()}
        for number, each in enumerate(sheets):
            sheet = book.add_worksheet(_tab(each.name, taken))
            if number:
                widths = _section(sheet, each, looks)
                sideways = landscape or sum(widths) > _UPRIGHT
                set_up_page(sheet, title, heading=1, landscape=sideways)
            else:
                _about(sheet, each, looks, title)
            if number == 1:
                # What the first sheet has is for the page that opens the file again.
                sheet.activate()
    return out.getvalue()


def _tab(name: str, taken: set[str]) -> str:
    """A worksheet's name, short enough for Excel, and each once."""
    result, number = _cut(name, _NAME), 2
    while result.lower() in taken:
        result, number = f"{_cut(name, _NAME - 4)} {number}", number + 1
    taken.add(result.lower())
    return result


def _cut(text: str, units: int) -> str:
    """A text's beginning of so many UTF-16 units at most."""
    return text.encode("utf-16-le", "replace")[: 2 * units].decode("utf-16-le", "ignore")


def _about(sheet: Any, each: Worksheet, looks: Mapping[str, Any], title: str) -> None:
    for row, line in enumerate(each.rows):
        for column, text in enumerate(line):
            sheet.write_string(row, column, text, looks["name" if column else "id"])
    for column, width in enumerate(each.widths):
        sheet.set_column(column, column, width)
    set_up_page(sheet, title)


def _section(sheet: Any, each: Worksheet, looks: Mapping[str, Any]) -> list[int]:
    """Write a section, or a comparison; returns the widths of the columns that are shown."""
    ids, heads = each.rows[:2]
    has_ids = bool(ids[0])  # a comparison has words in its first column
    is_table = ids[1] == "name"
    widths = list(_widths(each))
    kinds = ["short" if width < given else "cell" for width, given in zip(widths, each.widths, strict=True)]
    kinds[:2] = ["id" if has_ids else "name", "name"]
    if is_table:
        kinds[2] = "note"
    for column, id in enumerate(ids):
        if id:
            sheet.write_string(0, column, id, looks["id"])
    for row, line in enumerate(each.rows[1:], start=1):
        for column, kind in enumerate(kinds):
            look = looks["head" if row == 1 else kind]
            if column < len(line) and line[column]:
                sheet.write_string(row, column, line[column], look)
            else:
                sheet.write_blank(row, column, None, look)
        is_removed = has_ids and line[0].startswith("removed:")
        sheet.set_row(row, height(line[has_ids:], widths[has_ids:]), None, {"hidden": is_removed})
    for column, width in enumerate(widths):
        # Ids are for the page that opens the file again, and a column without a heading is empty.
        sheet.set_column(column, column, width, None, {"hidden": not heads[column]})
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.freeze_panes(2, 2 if is_table else 0)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{len(each.rows)}"})
    _offer(sheet, each)
    return [width for width, head in zip(widths, heads, strict=True) if head]


def _widths(each: Worksheet) -> Iterator[int]:
    """Width of each column in characters; one with nothing but choices or short texts is narrow."""
    heads, lines = each.rows[1], each.rows[2:]
    offered: dict[int, set[str]] = {}
    for _, column, choices in each.choices:
        offered.setdefault(column - 1, set()).update(choices)
    for column, width in enumerate(each.widths):
        texts = [line[column] for line in lines if column < len(line)]
        listed = offered.get(column, ())
        longest = max(map(len, (*texts, *listed)), default=0)
        if column < 3 or longest > _SHORT or not (listed or (texts and all(texts))):
            yield width
        else:
            word = max((len(word) for word in heads[column].split()), default=0)
            yield min(width, max(longest, word, 6) + 4)


_LONGEST = 255
"""Most characters that Excel takes as a list of choices."""


def _offer(sheet: Any, each: Worksheet) -> None:
    """Let people choose where a question has choices; anything else can be written all the same."""
    by_column = sorted(each.choices, key=lambda offered: offered[1])
    for (column, choices), cells in groupby(by_column, key=lambda offered: offered[1:]):
        listed = ",".join(choices)
        if len(listed) > _LONGEST or '"' in listed or any("," in choice for choice in choices):
            continue
        rows = [row for row, _, _ in cells]
        places = [[row - 1, column - 1, row - 1, column - 1] for row in rows]
        options = {
            "validate": "list",
            "source": list(choices),
            "show_error": False,
            "other_cells": places[1:],
        }
        sheet.data_validation(*places[0], options)
