"""Worksheets of text as an Excel workbook, and back."""

from __future__ import annotations

import datetime
import io
import re
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from macros.sheets.office import stable
from macros.sheets.text import Worksheet

_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_READ = re.compile(r"_x005F_(?=x[0-9A-Fa-f]{4}_)")
_SMALL = Font(size=8, color="6B7785")
_BOLD = Font(bold=True)


def write(sheets: Sequence[Worksheet], *, landscape: bool = False) -> bytes:
    """The workbook's bytes. Every cell is text: what begins with = + - @ is no formula."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, each in enumerate(sheets):
        sheet = book.create_sheet(each.name)
        for row, line in enumerate(each.rows, start=1):
            for column, text in enumerate(line, start=1):
                if not text:
                    continue
                cell = put(sheet, row, column, text)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if number and (row == 1 or (column == 1 and row > 2)):
                    cell.font = _SMALL
                elif (number and row == 2) or column == 2:
                    cell.font = _BOLD
        for column, width in enumerate(each.widths, start=1):
            sheet.column_dimensions[get_column_letter(column)].width = width
        if number:
            sheet.freeze_panes = "A3"
            # Ids are for the page that opens the file again.
            sheet.row_dimensions[1].hidden = sheet.column_dimensions["A"].hidden = True
        _offer(sheet, each)
        if landscape:
            sheet.page_setup.orientation = "landscape"
    out = io.BytesIO()
    book.save(out)
    return stable(out.getvalue())


_LONGEST = 255
"""Most characters that Excel takes as a list of choices."""


def _offer(sheet: Any, each: Worksheet) -> None:
    """Let people choose where a question has choices; anything else can be written all the same."""
    lists: dict[tuple[str, ...], DataValidation] = {}
    for row, column, choices in each.choices:
        listed = ",".join(choices)
        if len(listed) > _LONGEST or '"' in listed or any("," in choice for choice in choices):
            continue
        if choices not in lists:
            lists[choices] = DataValidation("list", formula1=f'"{listed}"', showErrorMessage=False)
            sheet.add_data_validation(lists[choices])
        lists[choices].add(sheet.cell(row, column))


def put(sheet: Any, row: int, column: int, text: str) -> Any:
    """Write text into a cell of an openpyxl worksheet, counted from 1; returns the cell.

    Text that begins with = stays text. Excel reads `_x0041_` as an escaped letter, so that
    underscore is escaped.
    """
    cell = sheet.cell(row, column, _ESCAPED.sub("_x005F_", text))
    cell.data_type = "s"
    return cell


def read(path: Path) -> list[list[list[str]]]:
    """Rows of text of each worksheet.

    Raises:
        ValueError: it is not a workbook that can be read.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles, which nobody reads here
            book = load_workbook(path, read_only=True, data_only=True)
            return [
                [[_text(value) for value in line] for line in sheet.iter_rows(values_only=True)]
                for sheet in book.worksheets
            ]
    except Exception as error:  # a broken archive fails in as many ways as it has parts
        raise ValueError("is not an Excel workbook that can be read") from error


def _text(value: object) -> str:
    """A cell as text; somebody may have typed a number or a date in Excel."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _READ.sub("_", str(value))
