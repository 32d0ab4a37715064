"""A draft as lines and cells: Markdown, and worksheets of text. The same as `docs/assets/sheets/text.js`."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

from macros.sheets import gaps, scorecard
from macros.sheets.contract import FieldSpec, SectionSpec, SheetSpec
from macros.sheets.draft import Draft, Row, Value, is_blank, row_name

_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>&|~#!$]")
_ENTITIES = "<>&|~!$#{}"


def called(spec: SheetSpec, draft: Draft) -> dict[str, str]:
    """What columns are called by another answer, such as a candidate's name, by the column's id."""
    found: dict[str, str] = {}
    for section in spec["sections"]:
        for asked in section["fields"]:
            text = _answered(draft, str(asked.get("heading", "")).split("."))
            if text:
                found[asked["id"]] = text
    return found


def _answered(draft: Draft, path: Sequence[str]) -> str:
    """The answer at a form's ``people.p1`` or a table's ``candidates.row-1.name``, on one line."""
    section, *row, id = path if len(path) in (2, 3) else ("", "")
    if row:
        added = [each.cells for each in draft.tables.get(section, ()) if not each.row]
        number = int(row[0].removeprefix("row-")) - 1
        cells = added[number] if number < len(added) else {}
    else:
        cells = draft.forms.get(section, {})
    return re.sub("[\n\t ]+", " ", str(cells.get(id) or "")).strip(" ")


def head(asked: FieldSpec, names: Mapping[str, str]) -> str:
    """What a column or a question is called."""
    return names.get(asked["id"], asked["name"]) if asked.get("heading") else asked["name"]


def shown(asked: FieldSpec, value: Value, names: Mapping[str, str] | None = None) -> str:
    """What an answer reads as; a choice among columns by what those are called."""
    if asked["type"] == "checkbox":
        return "yes" if value else ""
    text = str(value)
    if asked["type"] == "choice":
        choices = dict(asked.get("choices", ()))
        if names and text in choices and all(each in names for each in choices):
            return names[text]
        return choices.get(text, text)
    unit = asked.get("unit")
    if not text or not unit:
        return text
    return {"$": f"${text}", "%": f"{text}%"}.get(unit, f"{text} {unit}")


def results(spec: SheetSpec, draft: Draft) -> list[str]:
    """What a sheet says of its answers, in sentences; nothing where it says nothing."""
    if spec.get("result") == "gaps":
        said = [gaps.verdict(gaps.of(spec, draft))]
    elif spec.get("result") == "scorecard":
        said = list(scorecard.said(spec, draft))
    else:
        said = []
    return [each for each in said if each]


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
    names = called(spec, draft)
    lines = [f"# {markdown(spec['name'])}: {markdown(draft.name)}", ""]
    for text in results(spec, draft):
        lines += [f"**{markdown(text)}**", ""]
    for section in spec["sections"]:
        lines += [f"## {markdown(section['name'])}", ""]
        if section.get("table"):
            lines += _table(section, draft, names)
        else:
            cells = draft.forms[section["id"]]
            lines += [_line(asked, cells[asked["id"]], names) for asked in section["fields"]]
        lines.append("")
    if draft.kept:
        lines += ["## No longer in this sheet", ""]
        lines += [f"- **{markdown(each.where)}:** {markdown(each.value)}" for each in draft.kept]
        lines.append("")
    return "\n".join(lines)


def _line(asked: FieldSpec, value: Value, names: Mapping[str, str]) -> str:
    if asked["type"] == "checkbox":
        return f"- [{'x' if value else ' '}] {markdown(asked['name'])}"
    return f"- **{markdown(asked['name'])}:** {markdown(shown(asked, value, names)) or '–'}"


def _table(section: SectionSpec, draft: Draft, names: Mapping[str, str]) -> list[str]:
    heads = [section.get("label", "Row"), *(head(asked, names) for asked in section["fields"])]
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
MARK = "~"
"""Begins the first cell of a worksheet's row that is there for people alone."""
CONTINUED = "…"
"""Marks a row in which the answers of the row above go on."""


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
