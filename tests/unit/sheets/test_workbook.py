"""Workbooks whose cells are text."""

from __future__ import annotations

import io

import openpyxl
import pytest

from macros.sheets.workbook import Book, height


@pytest.mark.parametrize(
    ("texts", "widths", "least", "expected"),
    [
        ([], [], 20, 20), (["a"], [10], 20, 20), (["a\nb\nc"], [10], 20, 48), (["x" * 110], [10], 20, 168),
        (["a", "x" * 33], [10, 10], 20, 63), (["x" * 10_000], [10], 20, 409), (["", ""], [10, 10], 30, 30),
    ],
)  # fmt: skip
def test_a_row_is_as_high_as_the_text_with_the_most_lines(
    texts: list[str], widths: list[int], least: float, expected: float
) -> None:
    assert height(texts, widths, least) == pytest.approx(expected)


def test_a_text_without_what_xml_cannot_hold_is_written_all_the_same() -> None:
    out = io.BytesIO()
    with Book(out, "T") as book:
        book.add_worksheet("S").write_string(0, 0, "a\x00b\ud800c<")
    found = openpyxl.load_workbook(io.BytesIO(out.getvalue()))
    assert found["S"]["A1"].value == "a b c<"
    assert found.properties.title == "T"
