"""A workbook as it was laid out, as an Excel file. `docs/assets/sheets/excel.js` writes the same."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from macros.sheets.book import ABOUT, Book, Line
from macros.sheets.workbook import LOOKS, set_up_page
from macros.sheets.workbook import Book as File

_LONGEST = 255
"""Most characters that Excel takes as a list of choices."""
_PAGES = 3
"""A sheet is made so small that it fits on so many pages."""


def write(books: Sequence[Book], *, title: str = "", footer: str = "") -> bytes:
    """The workbook's bytes. What is no number of a number's field is text: ``=1+1`` is no formula.

    Args:
        books: a worksheet each, all with different names.
        title: the file's title, and the head of each page.
        footer: stands at the foot of each page.
    """
    out = io.BytesIO()
    with File(out, title) as file:
        looks = _Looks(file)
        for book in books:
            sheet = file.add_worksheet(book.name)
            _sheet(sheet, book, looks)
            set_up_page(
                sheet, title, footer=footer, landscape=book.landscape, pages=0 if book.filtered[1] else _PAGES
            )
        for book in books:
            if book.about:
                # What the first sheet has is for the page that opens the file again.
                about = file.add_worksheet(ABOUT)
                for row, line in enumerate(book.about):
                    for column, text in enumerate(line):
                        about.write_string(row, column, text)
                about.very_hidden()
    return out.getvalue()


class _Looks:
    """Formats of a file by the look's name and the number's format, each made once."""

    def __init__(self, file: File) -> None:
        self.file = file
        self.made: dict[tuple[str, str], Any] = {}

    def of(self, look: str, code: str = "") -> Any:
        """A format as XlsxWriter has it."""
        if (look, code) not in self.made:
            wanted: dict[str, Any] = {**LOOKS[look], **({"num_format": code} if code else {})}
            self.made[look, code] = self.file.add_format(wanted)
        return self.made[look, code]


def _sheet(sheet: Any, book: Book, looks: _Looks) -> None:
    for row, line in enumerate(book.lines):
        _line(sheet, row, line, looks)
    for column, width in enumerate(book.widths):
        sheet.set_column(column, column, width or None, None, {"hidden": not width})
    if book.filtered[1]:
        sheet.autofilter(book.filtered[0], 1, book.filtered[1], len(book.widths) - 1)
    sheet.hide_gridlines(2)
    sheet.freeze_panes(book.frozen, 0)
    sheet.repeat_rows(0, max(book.frozen - 1, 0))
    sheet.print_area(0, 1 if book.filtered[1] else 3, max(len(book.lines) - 1, 0), len(book.widths) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{len(book.lines)}"})
    _offer(sheet, book)


def _line(sheet: Any, row: int, line: Line, looks: _Looks) -> None:
    sheet.set_row(row, line.height or None, None, {"hidden": not line.height})
    for spot in line.cells:
        look = looks.of(spot.look, spot.code)
        for column in range(spot.at, spot.at + spot.span):
            sheet.write_blank(row, column, None, look)
        if spot.span > 1:
            sheet.merge_range(row, spot.at, row, spot.at + spot.span - 1, "", look)
        if spot.code and spot.text:
            sheet.write_number(row, spot.at, float(spot.text), look)
        elif spot.text:
            sheet.write_string(row, spot.at, spot.text, look)


def _offer(sheet: Any, book: Book) -> None:
    """Let people choose where a question has choices; anything else can be written all the same."""
    places: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for row, line in enumerate(book.lines):
        for spot in line.cells:
            if spot.choices and line.height:
                places.setdefault(spot.choices, []).append((row, spot.at))
    for choices, cells in places.items():
        if _can_be_offered(choices):
            others = [[row, column, row, column] for row, column in cells[1:]]
            options = {
                "validate": "list",
                "source": list(choices),
                "show_error": False,
                "other_cells": others,
            }
            row, column = cells[0]
            sheet.data_validation(row, column, row, column, options)


def _can_be_offered(choices: Sequence[str]) -> bool:
    listed = ",".join(choices)
    return len(listed) <= _LONGEST and '"' not in listed and not any("," in each for each in choices)
