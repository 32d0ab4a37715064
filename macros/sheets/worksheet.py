"""A worksheet's cells out of its XML; see `macros.sheets.xlsx`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from macros.sheets.cells import Cell, date_cell, number_cell
from macros.sheets.values import trimmed, whole

Attributes = dict[str, str]
"""Of an element, without prefixes."""


@dataclass
class Sheet:
    """A worksheet: its cells that are not empty by row and column, and remarks on cells."""

    name: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    remarks: list[tuple[int, int, str]] = field(default_factory=list)


_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def decoded(text: str) -> str:
    """Text with its escaped characters, `_x000D_`, as Excel reads them.

    Source: ECMA-376, part 1, 22.9.2.19.
    """
    if "_x" not in text:
        return text
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class Reading:
    """The cells of a worksheet while its part is read."""

    def __init__(self, sheet: Sheet, shared: tuple[list[str], list[str], bool]) -> None:
        self.sheet = sheet
        self.texts, self.codes, self.since_1904 = shared
        self.count = self.row = self.column = 0
        self.given: Attributes = {}
        self.value = self.formula = ""
        self.pieces: list[str] = []
        self.has_formula = self.furigana = self.inside = False

    def start(self, tag: str, given: Attributes) -> None:
        if tag == "row":
            self.row = whole(given["r"]) if given.get("r") else self.row + 1
            self.column = 0
        elif tag == "c":
            row, column = position(given["r"]) if given.get("r") else (self.row, self.column + 1)
            self.row, self.column = row or self.row, column
            self.given, self.value, self.formula = given, "", ""
            self.pieces = []
            self.has_formula, self.inside = False, True
        elif tag == "f":
            self.has_formula = True
        elif tag == "rPh":
            self.furigana = True

    def end(self, tag: str, text: str) -> None:
        if not self.inside:
            return
        if tag == "v":
            self.value = text
        elif tag == "f":
            self.formula = text
        elif tag == "t" and not self.furigana:
            self.pieces.append(text)
        elif tag == "rPh":
            self.furigana = False
        elif tag == "c":
            self.inside = False
            cell = self.cell()
            if cell.shown:
                self.count += 1
                self.sheet.rows.setdefault(self.row, {})[self.column] = cell

    def cell(self) -> Cell:
        """The cell that ends here."""
        kind, value = self.given.get("t", "n"), self.value
        if kind == "inlineStr":
            return Cell(decoded("".join(self.pieces) or value))
        if not value:
            # A program that does not reckon leaves a formula without its result.
            return Cell(f"={decoded(self.formula)}" if self.has_formula else "")
        if kind == "s":
            number = whole(value)
            return Cell(self.texts[number] if 0 <= number < len(self.texts) else "")
        if kind == "b":
            return Cell("TRUE" if trimmed(value) in ("1", "true") else "FALSE")
        if kind == "d":
            return date_cell(trimmed(value))
        if kind == "n":
            style = whole(self.given.get("s") or "0")
            code = self.codes[style] if 0 <= style < len(self.codes) else ""
            return number_cell(trimmed(value), code, since_1904=self.since_1904)
        return Cell(decoded(value))  # the text of a formula, or an error


def position(reference: str) -> tuple[int, int]:
    """Row and column of a reference such as ``$B$3``, counted from 1; 0 for what it does not say."""
    letters, digits = re.fullmatch(r"\$?([A-Za-z]{0,3})\$?(\d{0,9})", reference, re.ASCII).groups()  # type: ignore[union-attr]
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return int(digits or 0), column


def letters(column: int) -> str:
    """A column as people name it."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
