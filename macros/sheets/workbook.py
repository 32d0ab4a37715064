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

_CELL = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#C3CBD4"}
LOOKS: dict[str, dict[str, Any]] = {
    "head": {**_CELL, "bold": True, "valign": "vcenter", "bg_color": "#E3EBF4", "font_color": "#14365C"},
    "name": {**_CELL, "bold": True},
    "note": {**_CELL, "font_color": "#4A5766"},
    "cell": _CELL,
    "short": {**_CELL, "align": "center"},
    "id": {"font_size": 8, "font_color": "#6B7785", "valign": "top"},
}
"""What cells look like: headings, what a row is called, more about it, what is filled in, the same
in a narrow column, ids."""


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
        # A row for which a height is set would not grow when somebody writes more into it.
        super()._xml_start_tag_unencoded(tag, [each for each in attributes if each[0] != "customHeight"])


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


def set_up_page(sheet: Any, title: str, *, heading: int | None = None, landscape: bool = False) -> None:
    """Prepare a worksheet for printing: A4, as wide as the page, title and headings on each page.

    Args:
        sheet: the worksheet.
        title: what the whole workbook is.
        heading: index of the row that has the headings.
        landscape: whether it is printed sideways.
    """
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.9, bottom=0.75)
    sheet.fit_to_pages(1, 0)
    if heading is not None:
        sheet.repeat_rows(heading)
    if title:
        # An ampersand begins a command there, and Excel takes 255 characters.
        sheet.set_header(f"&L{title[:100].replace('&', '&&')}")
    sheet.set_footer("&L&A&R&P / &N")
