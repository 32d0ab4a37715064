"""Answers in a workbook: found by the ids in its cells, wherever those stand.

`docs/assets/sheets/grid.js` finds the same.

A sheet may have been renamed, copied, moved or hidden, rows sorted, blank ones put in, and columns
moved. What stands beside the questions is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from macros.sheets.cells import Cell, answer
from macros.sheets.contract import SectionSpec, SheetSpec
from macros.sheets.draft import Cells, Draft, Kept, Row, Value, clean
from macros.sheets.meaning import field_of
from macros.sheets.text import CONTINUED, MARK, called
from macros.sheets.values import trimmed
from macros.sheets.worksheet import Sheet, letters

ABOUT = ("template", "format", "draft", "saved")
"""What the sheet about a draft says, a line each."""


@dataclass
class _Block:
    """Rows below one heading of ids.

    Args:
        number: the heading's row.
        id: the section's, or ``kept:``.
        kind: ``form``, ``table`` or ``kept``.
        columns: what each column holds: ``id``, ``name``, ``note``, ``answer``, or a field as ``.field``.
        rows: cells by what their column holds; extra columns by their letter as ``+D``.
        heads: what the second row calls the columns, in the same way.
    """

    number: int
    id: str
    kind: str
    columns: Mapping[int, str]
    rows: list[dict[str, Cell]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    heads: dict[str, Cell] = field(default_factory=dict)


def about(sheets: Iterable[Sheet]) -> dict[str, str]:
    """What the sheet about the draft says; empty where there is none."""
    best: dict[str, str] = {}
    for sheet in sheets:
        found = _about(sheet)
        if "template" in found and ("format" in found or not best):
            best = found
            if "format" in found:
                break
    return best


def _about(sheet: Sheet) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in sheet.rows.values():
        texts = _texts(row)
        if len(texts) > 1 and texts[0] in ABOUT:
            found.setdefault(texts[0], texts[1])
    return found


def _texts(row: Mapping[int, Cell]) -> list[str]:
    """What its cells say that are not blank, from left to right."""
    texts = (trimmed(clean(row[column].shown)) for column in sorted(row))
    return [text for text in texts if text]


def answers(spec: SheetSpec, sheets: Iterable[Sheet]) -> tuple[dict[str, Cells | list[Row]], list[Kept]]:
    """Answers by section, and what belongs to no question.

    Args:
        spec: the template that they fill.
        sheets: of the workbook.
    """
    reading = _Reading(spec)
    for sheet in sheets:
        reading.sheet(sheet)
    _named_again(spec, reading.answers)
    return reading.answers, reading.kept


def _named_again(spec: SheetSpec, answers: Mapping[str, Cells | list[Row]]) -> None:
    """Put the column's id where a choice says what the column is called, such as a candidate's name."""
    forms = {id: given for id, given in answers.items() if isinstance(given, dict)}
    tables = {
        id: [row for row in given if not row.removed]
        for id, given in answers.items()
        if isinstance(given, list)
    }
    names = called(spec, Draft("", forms=forms, tables=tables))
    for section in spec["sections"]:
        cells = next((forms[id] for id in (section["id"], *section.get("was", ())) if id in forms), {})
        for asked in section["fields"]:
            choices = [value for value, _ in asked.get("choices", ())]
            if (
                choices
                and all(each in names for each in choices)
                and cells.get(asked["id"]) not in ("", *choices)
            ):
                said = trimmed(str(cells.get(asked["id"], ""))).lower()
                found = [each for each in choices if names[each].lower() == said]
                if len(found) == 1:
                    cells[asked["id"]] = found[0]


class _Reading:
    def __init__(self, spec: SheetSpec) -> None:
        self.spec = spec
        self.answers: dict[str, Cells | list[Row]] = {}
        self.kept: list[Kept] = []

    def sheet(self, sheet: Sheet) -> None:
        """Take up what a worksheet says."""
        outside: list[str] = []
        places: dict[tuple[int, int], str] = {}
        block: _Block | None = None
        is_about = {"template", "format"} <= _about(sheet).keys()
        blocks = []
        for number, cells in sheet.rows.items():
            begun = _heading(number, cells)
            texts = _texts(cells)
            if texts and texts[0][0] == MARK:
                # For people alone; what somebody has written over it is kept.
                if "\t".join(texts) != texts[0] + "\t" + texts[0][1:]:
                    self.keep(sheet.name, "\t".join(texts[1:]))
            elif begun:
                block = begun
                blocks.append(block)
            elif block is not None:
                row = {
                    block.columns.get(column, f"+{letters(column)}"): cell
                    for column, cell in sorted(cells.items())
                }
                block.rows.append(row)
                block.numbers.append(number)
            elif texts and not (is_about and texts[0] in ABOUT):
                outside.append("\t".join(texts))
        for each in blocks:
            self.block(each, places)
        if outside:
            self.keep(sheet.name, "\n".join(outside))
        for row_number, column, said in sheet.remarks:
            where = places.get((row_number, column)) or f"{sheet.name} {letters(column)}{row_number}"
            self.keep(f"{where} (remark)", said)

    def keep(self, where: str, value: str) -> None:
        if value:
            self.kept.append(Kept(clean(where), clean(value)))

    def block(self, block: _Block, places: dict[tuple[int, int], str]) -> None:
        """Take up the rows below a heading."""
        section = next(
            (each for each in self.spec["sections"] if block.id in (each["id"], *each.get("was", ()))), None
        )
        _take_labels(block, section)
        columns = {what: column for column, what in block.columns.items()}
        before = len(self.answers.get(block.id, ()))
        for number, row in _joined(block):
            id = _text(row, "id")
            if block.kind == "kept":
                self.keep(_text(row, "name"), _shown(row, "answer"))
                continue
            called = id or _text(row, "name") or "row"
            if block.kind == "form":
                places[number, columns["answer"]] = f"{block.id}.{called}"
                self.form(block.id, section, row)
            else:
                for what, column in columns.items():
                    places[number, column] = f"{block.id}.{called}{what if what[0] == '.' else ''}"
                self.row(block.id, section, row, columns, before)
            for what, cell in row.items():
                if what[0] == "+":
                    head = _text(block.heads, what) or what[1:]
                    self.keep(f"{block.id}.{called}: {head}", cell.shown)

    def form(self, home: str, section: SectionSpec | None, row: Mapping[str, Cell]) -> None:
        id, cell = _text(row, "id"), row.get("answer", Cell(""))
        if not id:
            said = [_text(row, "name"), clean(cell.shown)] if cell.shown else [_text(row, "name")]
            self.keep(f"{home}: {said[0]}" if len(said) > 1 and said[0] else home, said[-1])
            return
        given = self.answers.setdefault(home, {})
        if isinstance(given, dict):
            self.merge(given, {id: _answer(section, id, cell)}, home)
        else:
            self.keep(f"{home}.{id}", cell.shown)

    def row(
        self,
        home: str,
        section: SectionSpec | None,
        row: Mapping[str, Cell],
        columns: Iterable[str],
        before: int,
    ) -> None:
        """Take up a table's row; one of the team's that stood on an earlier sheet (`before`) is a copy."""
        id = _text(row, "id")
        given = self.answers.setdefault(home, [])
        fields = [what[1:] for what in columns if what[0] == "."]
        cells = {each: _answer(section, each, row.get(f".{each}", Cell(""))) for each in fields}
        new = Row(id, clean(_shown(row, "name")), clean(_shown(row, "note")), cells)
        if id.startswith("removed:"):
            new = Row(id.removeprefix("removed:"), removed=True)
        if isinstance(given, dict) or not (id or new.name or new.note or any(cells.values())):
            for what, value in cells.items():
                self.keep(f"{home}.{new.name or 'row'}.{what}", "yes" if value is True else str(value or ""))
            return
        there = next((each for each in given if id and each.row == new.row), None)
        if there is None and (id or new not in given[:before]):
            given.append(new)
        elif there is not None and not there.removed:
            self.merge(there.cells, cells, f"{home}.{id}")

    def merge(self, into: Cells, cells: Cells, where: str) -> None:
        """Answers that stand in two places: the first counts, and another one is kept."""
        for id, value in cells.items():
            if into.get(id, "") in ("", False):
                into[id] = value
            elif value not in ("", False, into[id]):
                self.keep(f"{where}.{id}", "yes" if value is True else str(value))


def _answer(section: SectionSpec | None, id: str, cell: Cell) -> Value:
    return answer(field_of(section, id), replace(cell, shown=clean(cell.shown)))


def _heading(number: int, cells: Mapping[int, Cell]) -> _Block | None:
    """The rows that begin with a line of ids, if this is one."""
    columns = [column for column in sorted(cells) if trimmed(clean(cells[column].shown))]
    texts = _texts(cells)
    kinds = {("question", "answer"): "form", ("where", "value"): "kept", ("name", "note"): "table"}
    kind = kinds.get((texts[1], texts[2])) if len(texts) > 2 else None
    if kind is None or (kind == "kept") != (texts[0] == "kept:"):
        return None
    known = ["id", "name", "note" if kind == "table" else "answer"]
    fields = [f".{text}" for text in texts[3:]] if kind == "table" else []
    return _Block(number, texts[0], kind, dict(zip(columns, [*known, *fields], strict=False)))


def _take_labels(block: _Block, section: SectionSpec | None) -> None:
    """Take the row of people's headings out of a block, wherever it was sorted to."""
    labels = {"form": ("Question", "Answer"), "kept": ("Was asked as", "Answer")}.get(block.kind, ("", ""))
    if section and block.kind == "table":
        labels = (section.get("label", "Row"), "What it covers" if section.get("noted") else "")
    names = {f".{each['id']}": each["name"] for each in (section["fields"] if section else ())}
    own = [index for index, row in enumerate(block.rows) if not _text(row, "id")]
    at = next((index for index in own if _says(block.rows[index], labels, names)), None)
    if at is None and own[:1] == [0] and block.numbers[0] == block.number + 1:
        # It says something else in an older file, though not in all of its columns.
        texts = {_text(block.rows[0], what) for what in block.rows[0]}
        at = 0 if section is None or texts & {*labels, *names.values()} - {""} else None
    if at is not None:
        block.heads = block.rows.pop(at)
        block.numbers.pop(at)


def _says(row: Mapping[str, Cell], labels: tuple[str, str], names: Mapping[str, str]) -> bool:
    """Whether a row has a block's headings."""
    second = _text(row, "note") or _text(row, "answer")
    fields = {what: _text(row, what) for what in row if what[0] == "."}
    return (_text(row, "name"), second) == labels and all(
        names.get(what) == text for what, text in fields.items()
    )


def _joined(block: _Block) -> Iterator[tuple[int, dict[str, Cell]]]:
    """Rows with their numbers; answers that went on in rows below are put together again."""
    found: list[tuple[int, dict[str, Cell]]] = []
    for number, row in zip(block.numbers, block.rows, strict=True):
        if _text(row, "id") == CONTINUED and found:
            last = found[-1][1]
            for what, cell in row.items():
                if what != "id":
                    last[what] = Cell(last[what].shown + cell.shown if what in last else cell.shown)
        else:
            found.append((number, dict(row)))
    return iter(found)


def _text(row: Mapping[str, Cell], what: str) -> str:
    return trimmed(clean(_shown(row, what)))


def _shown(row: Mapping[str, Cell], what: str) -> str:
    return row[what].shown if what in row else ""
