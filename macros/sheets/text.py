"""A draft as lines and cells: Markdown, and worksheets of text. The same as `docs/assets/sheets/text.js`."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from macros.sheets.contract import FieldSpec, SectionSpec, SheetSpec
from macros.sheets.draft import Draft, Row, Value, is_blank, row_name, rows_by_id

_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>&|~#!$]")
_ENTITIES = "<>&|~!$#{}"


def shown(asked: FieldSpec, value: Value) -> str:
    """What an answer reads as."""
    if asked["type"] == "checkbox":
        return "yes" if value else ""
    text = str(value)
    if asked["type"] == "choice":
        return next((label for each, label in asked.get("choices", ()) if each == text), text)
    unit = asked.get("unit")
    if not text or not unit:
        return text
    return {"$": f"${text}", "%": f"{text}%"}.get(unit, f"{text} {unit}")


def markdown(text: str) -> str:
    """Text that Markdown shows as it is, in a paragraph or in a cell of a table.

    Nothing in it is markup, HTML or a template. Entities where a backslash is not understood
    everywhere.
    """

    def escape(found: re.Match[str]) -> str:
        return f"&#{ord(found[0])};" if found[0] in _ENTITIES else f"\\{found[0]}"

    return _MARKDOWN.sub(escape, text).replace("\n", "<br>")


def as_markdown(spec: SheetSpec, draft: Draft) -> str:
    """A draft as the text of a Markdown file."""
    lines = [f"# {markdown(spec['name'])}: {markdown(draft.name)}", ""]
    for section in spec["sections"]:
        lines += [f"## {markdown(section['name'])}", ""]
        if section.get("table"):
            lines += _table(section, draft)
        else:
            lines += [_line(asked, draft.forms[section["id"]][asked["id"]]) for asked in section["fields"]]
        lines.append("")
    if draft.kept:
        lines += ["## No longer in this sheet", ""]
        lines += [f"- **{markdown(each.where)}:** {markdown(each.value)}" for each in draft.kept]
        lines.append("")
    return "\n".join(lines)


def _line(asked: FieldSpec, value: Value) -> str:
    if asked["type"] == "checkbox":
        return f"- [{'x' if value else ' '}] {markdown(asked['name'])}"
    return f"- **{markdown(asked['name'])}:** {markdown(shown(asked, value)) or '–'}"


def _table(section: SectionSpec, draft: Draft) -> list[str]:
    heads = [section.get("label", "Row"), *(asked["name"] for asked in section["fields"])]
    lines = [f"| {' | '.join(map(markdown, heads))} |", "|" + " --- |" * len(heads)]
    for index, row in enumerate(draft.tables[section["id"]]):
        if is_blank(row):
            continue
        name = markdown(row_name(section, row, index)) + (f"<br>{markdown(row.note)}" if row.note else "")
        lines.append(f"| {' | '.join([name, *(_cell(asked, row) for asked in section['fields'])])} |")
    return lines


def _cell(asked: FieldSpec, row: Row) -> str:
    value = row.cells[asked["id"]]
    if asked["type"] == "checkbox":
        return f"[{'x' if value else ' '}]"
    return markdown(shown(asked, value))


_FORMULA = re.compile("[=+\\-@\t\r＝＋－＠]")
"""What spreadsheets take for the beginning of a formula. Source: OWASP, CSV Injection."""
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?", re.ASCII)


def as_csv(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV.

    Text that a spreadsheet would run as a formula gets an apostrophe before it; a number keeps its
    sign.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_no_formula(text) for text in row])
    return out.getvalue()


def _no_formula(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


CELL = 32_000
"""Most that is put into a cell, in UTF-16 units; Excel's own limit is 32,767."""
CONTINUED = "…"
"""Marks a row in which the answers of the row above go on."""


@dataclass(frozen=True)
class Worksheet:
    """Rows of text: ids in the first row (A1 is the section's), what people read in the second."""

    name: str
    rows: list[list[str]]
    widths: list[int]
    """In characters."""
    choices: list[tuple[int, int, tuple[str, ...]]] = field(default_factory=list)
    """What can be chosen in a cell of a blank: its row and column, counted from 1, and the choices."""


def pieces(text: str) -> list[str]:
    """A text in parts that a cell can hold; no character is cut in half."""
    if len(text) * 2 <= CELL:
        return [text]
    parts, start, units = [], 0, 0
    for index, letter in enumerate(text):
        size = 2 if ord(letter) > 0xFFFF else 1
        if units + size > CELL:
            parts.append(text[start:index])
            start, units = index, 0
        units += size
    return [*parts, text[start:]]


def as_grid(spec: SheetSpec, draft: Draft, *, blank_rows: bool = False) -> list[Worksheet]:
    """A draft as worksheets of text.

    Args:
        spec: the laid-out template.
        draft: its answers.
        blank_rows: whether rows that nobody has touched are there, to be filled in.

    Returns:
        A sheet about the draft, and one for each section.
    """
    about = [["template", spec["id"]], ["format", "1"], ["draft", draft.name], ["saved", draft.saved]]
    sheets = [Worksheet("About", about, [14, 60])]
    taken = {"about"}
    for section in spec["sections"]:
        fields, noted = section["fields"], section.get("noted")
        rows: list[list[str]] = []
        choices: list[tuple[int, int, tuple[str, ...]]] = []
        if section.get("table"):
            rows.append([section["id"], "name", "note", *(each["id"] for each in fields)])
            note = "What it covers" if noted else ""
            rows.append(["", section.get("label", "Row"), note, *(each["name"] for each in fields)])
            known = rows_by_id(section)
            for row in draft.tables[section["id"]]:
                if is_blank(row) and not blank_rows:
                    continue
                listed = known.get(row.row, {"name": row.name, "note": row.note})
                head = [row.row, listed["name"], listed.get("note", "")]
                rows += _continued([*head, *(_raw(row.cells[each["id"]]) for each in fields)])
                choices += [
                    (len(rows), column, _choices(each)) for column, each in enumerate(fields, start=4)
                ]
            rows += [
                [f"removed:{id}", known[id]["name"] if id in known else "", ""]
                for id in draft.removed[section["id"]]
            ]
            wide = [40 if each["type"] == "long-text" else 18 for each in fields]
            widths = [16, 32, 40 if noted else 6, *wide]
        else:
            rows += [[section["id"], "question", "answer"], ["", "Question", "Answer"]]
            for each in fields:
                answer = _raw(draft.forms[section["id"]][each["id"]])
                rows += _continued([each["id"], each["name"], answer])
                choices.append((len(rows), 3, _choices(each)))
            widths = [16, 40, 80]
        offered = [each for each in choices if each[2]] if blank_rows else []
        sheets.append(Worksheet(_sheet_name(section["name"], taken), rows, widths, offered))
    if draft.kept:
        rows = [["kept:", "where", "value"], ["", "Was asked as", "Answer"]]
        for kept in draft.kept:
            rows += _continued(["", kept.where, kept.value])
        sheets.append(Worksheet(_sheet_name("No longer in this sheet", taken), rows, [16, 40, 80]))
    return sheets


def _choices(asked: FieldSpec) -> tuple[str, ...]:
    """What a cell offers; a tick is a yes."""
    if asked["type"] == "checkbox":
        return ("yes",)
    return tuple(label for _, label in asked.get("choices", ()))


def _raw(value: Value) -> str:
    return ("yes" if value else "") if isinstance(value, bool) else value


def _continued(line: list[str]) -> list[list[str]]:
    parts = [pieces(text) for text in line]
    return [
        [
            CONTINUED if column == 0 and at else (each[at] if at < len(each) else "")
            for column, each in enumerate(parts)
        ]
        for at in range(max(map(len, parts)))
    ]


def _sheet_name(name: str, taken: set[str]) -> str:
    """A worksheet's name: at most 31 characters, none that Excel refuses, each once."""
    base = re.sub(r"[\[\]:*?/\\']", " ", name).strip()[:28] or "Sheet"
    result, number = base, 2
    while result.lower() in taken:
        result, number = f"{base} {number}", number + 1
    taken.add(result.lower())
    return result
