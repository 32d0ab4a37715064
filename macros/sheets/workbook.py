"""Workbooks whose cells are text: nothing that somebody wrote becomes a formula."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import IO, Any
from xml.sax.saxutils import escape

from xlsxwriter import Workbook
from xlsxwriter.sharedstrings import SharedStringTable
from xlsxwriter.worksheet import Worksheet

_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_FONT = {"font_name": "Calibri", "font_size": 11}
_CELL = {**_FONT, "text_wrap": True, "valign": "top", "border": 1, "border_color": "#C3CBD4"}
_DARK = "#14365C"
LOOKS: dict[str, dict[str, Any]] = {
    "title": {**_FONT, "bold": True, "font_size": 18, "font_color": _DARK, "valign": "vcenter"},
    "whose": {**_FONT, "font_color": "#4A5766", "valign": "top"},
    "result": {**_FONT, "bold": True, "text_wrap": True, "valign": "top", "bg_color": "#F4F7FA"},
    "section": {**_FONT, "bold": True, "font_size": 13, "font_color": _DARK, "valign": "vcenter"},
    "head": {**_CELL, "bold": True, "valign": "vcenter", "bg_color": "#E3EBF4", "font_color": _DARK},
    "name": {**_CELL, "bold": True},
    "note": {**_CELL, "font_color": "#4A5766"},
    "cell": _CELL,
    "answer": {**_CELL, "align": "left"},
    "short": {**_CELL, "align": "center"},
    "number": {**_CELL, "align": "right"},
    "apart": {**_CELL, "bg_color": "#FBE9CF"},
    "id": {"font_size": 8, "font_color": "#6B7785", "valign": "top"},
}
"""What cells look like: the sheet's name, whose it is and what it says, a section's name, headings, what
a row is called, more about it, what is filled in, the same in a narrow column, numbers, where people are
apart, ids."""


class _Sheet(Worksheet):
    """A worksheet with its texts in the cells."""

    fh: Any

    def _xml_string_element(self, index: str, attributes: Sequence[tuple[str, Any]] = ()) -> None:
        # XlsxWriter would take a text between <r> and </r> for markup. And Excel reads _x0041_ as an
        # escaped letter: each underscore before one is escaped, not only each second in a row.
        text = escape(_UNWRITABLE.sub(" ", _ESCAPED.sub("_x005F_", index)))
        place = "".join(f' {name}="{value}"' for name, value in attributes)
        self.fh.write(f'<c{place} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>')

    def _xml_start_tag_unencoded(self, tag: str, attributes: Sequence[tuple[str, Any]] = ()) -> None:
        # A row for which a height is set would not grow when somebody writes more into it. Where cells
        # are joined it would not grow anyway, and a program that measures the row would make it too low.
        row = next((int(value) - 1 for name, value in attributes if name == "r"), -1) if tag == "row" else -1
        joined = row in self.joined_rows
        kept = [each for each in attributes if each[0] != "customHeight" or joined]
        super()._xml_start_tag_unencoded(tag, kept)

    @property
    def joined_rows(self) -> set[int]:
        """Rows in which cells are joined, counted from 0."""
        return {first for first, *_ in self.merge}


class _Texts(SharedStringTable):
    """No table of texts: a cell holds its text, not a number."""

    def _get_shared_string_index(self, string: str) -> str:
        return string


class Book(Workbook):
    """A workbook whose cells are text, whatever they look like: write them with `write_string`.

    The same cells make the same bytes whenever they are written.

    Args:
        out: what the file is written to when the workbook is closed.
        title: its title.
    """

    worksheet_class = _Sheet

    def __init__(self, out: IO[bytes], title: str) -> None:
        super().__init__(out, {"in_memory": True})
        self.str_table = _Texts()
        created = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
        self.set_properties({"title": title, "author": "MLOps playbook", "created": created})


def height(texts: Sequence[str], widths: Sequence[float], least: float = 20) -> float:
    """How high a row has to be to show its texts, in points; not every program finds that out itself.

    Args:
        texts: of its cells.
        widths: of its columns, in characters.
        least: what it is at least.
    """
    lines = max(
        (
            sum(1 + int(len(line) / (1.1 * width)) for line in text.split("\n"))
            for text, width in zip(texts, widths, strict=False)
            if text
        ),
        default=1,
    )
    return min(max(15.0 * lines + 3, least), 409)


def set_up_page(
    sheet: Any,
    title: str,
    *,
    heading: int | None = None,
    landscape: bool = False,
    footer: str = "",
    pages: int = 0,
) -> None:
    """Prepare a worksheet for printing: A4, as wide as the page, title and headings on each page.

    Args:
        sheet: the worksheet.
        title: what the whole workbook is.
        heading: index of the row that has the headings.
        landscape: whether it is printed sideways.
        footer: stands at the foot of each page.
        pages: most pages that it takes; 0 for any number.
    """
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.7)
    sheet.fit_to_pages(1, pages)
    if heading is not None:
        sheet.repeat_rows(heading)
    if title:
        # An ampersand begins a command there, and Excel takes 255 characters.
        sheet.set_header(f"&L{_printed(title)}")
    sheet.set_footer(f"&L{_printed(footer) if footer else '&A'}&RPage &P of &N")


def _printed(text: str) -> str:
    return text[:100].replace("&", "&&")
