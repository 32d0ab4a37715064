"""Text for spreadsheets: nothing that somebody wrote becomes a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What spreadsheets take for the beginning of a formula. Source: OWASP, CSV Injection."""
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def as_csv(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV. Text that a spreadsheet would run as a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([f"'{text}" if text.startswith(_FORMULA) else text for text in row])
    return out.getvalue()


def put(sheet: Any, row: int, column: int, text: str) -> Any:
    """Write text into a cell of an openpyxl worksheet, counted from 1; returns the cell.

    Text that begins with = stays text. Excel reads `_x0041_` as an escaped letter, so that
    underscore is escaped.
    """
    cell = sheet.cell(row, column, _ESCAPED.sub("_x005F_", text))
    cell.data_type = "s"
    return cell
