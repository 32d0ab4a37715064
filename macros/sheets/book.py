"""A draft laid out as a workbook: what stands where, how wide and how high. `docs/assets/sheets/book.js`
lays it out alike.

All sections stand on one worksheet, below each other, so that it prints on few pages. The columns are
those of the widest table, and the others' cells go over several of them. What the readers of files need
is hidden: ids in column A and in a row above each section, and a worksheet about the draft. What is
there for people alone has its own words in column A, behind a `MARK`: so a reader leaves it out, unless
somebody has changed it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from macros.sheets.cells import answer, number_cell, written
from macros.sheets.columns import (
    NAME,
    TOTAL,
    TOTAL_SIDEWAYS,
    UPRIGHT,
    Answer,
    Part,
    all_widths,
    columns,
    height,
    places_of,
    want,
)
from macros.sheets.contract import FieldSpec, SectionSpec, SheetSpec
from macros.sheets.draft import Draft, Row, Value, clean, is_blank, rows_by_id
from macros.sheets.meaning import meant
from macros.sheets.text import CONTINUED, MARK, called, head, pieces, results
from macros.sheets.values import is_date, is_number, trimmed

ABOUT = "About"
"""The worksheet about the draft, which nobody sees."""


@dataclass(frozen=True)
class Spot:
    """A cell as laid out.

    Args:
        at: its column, counted from 0.
        span: how many columns it goes over.
        text: what it says; of a number, as the file holds it.
        look: how it looks, by name.
        code: a number's format; empty for text.
        choices: what can be chosen.
    """

    at: int
    span: int
    text: str
    look: str = "cell"
    code: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """A row of the worksheet; a hidden one has the height 0."""

    cells: list[Spot]
    height: int


@dataclass(frozen=True)
class Book:
    """A workbook.

    Args:
        name: of its worksheet.
        widths: of the columns, in characters; 0 is hidden.
        lines: rows from the top.
        frozen: how many of them stay in sight.
        landscape: whether it is printed sideways.
        about: what the worksheet about the draft says; empty for a comparison.
        filtered: first row and last, counted from 0, of a table with a filter.
    """

    name: str
    widths: list[int]
    lines: list[Line]
    frozen: int
    landscape: bool
    about: list[list[str]] = field(default_factory=list)
    filtered: tuple[int, int] = (0, 0)


def lay_out(spec: SheetSpec, draft: Draft, *, blank_rows: bool = False) -> Book:
    """A draft as a workbook.

    Args:
        spec: the laid-out template.
        draft: its answers.
        blank_rows: whether rows that nobody has touched are there, to be filled in.
    """
    parts = [_part(spec, each, draft, blank_rows=blank_rows) for each in spec["sections"]]
    if draft.kept:
        rows = [("", [Answer(each.where, look="name"), Answer(each.value)]) for each in draft.kept]
        ids = ["kept:", "where", "value"]
        parts.append(
            Part("No longer in this sheet", ids, ["Was asked as", "Answer"], True, False, False, [], rows)
        )
    landscape = bool(spec.get("landscape")) or max(map(columns, parts), default=0) > UPRIGHT
    widths = all_widths(parts, TOTAL_SIDEWAYS if landscape else TOTAL)
    lines = list(_title(spec, draft, widths))
    frozen = len(lines)
    for each in parts:
        lines += _section(each, widths, roomy=blank_rows)
    about = [["template", spec["id"]], ["format", "1"], ["draft", draft.name], ["saved", draft.saved]]
    return Book(sheet_name(spec["name"]), widths, lines, frozen, landscape, about)


def sheet_name(name: str) -> str:
    """A worksheet's name: at most 31 characters, none that Excel refuses, and not that of `ABOUT`."""
    short = clean(re.sub(r"[\[\]:*?/\\']", " ", name))
    short = trimmed(short.encode("utf-16-le", "replace")[: 2 * 28].decode("utf-16-le", "ignore")) or "Sheet"
    return f"{short} 2" if short.lower() in (ABOUT.lower(), "history") else short


# --- what is said ---------------------------------------------------------------------------


def _part(spec: SheetSpec, section: SectionSpec, draft: Draft, *, blank_rows: bool) -> Part:
    names = called(spec, draft)
    fields = section["fields"]
    if not section.get("table"):
        cells = draft.forms[section["id"]]
        asked = [
            (
                each["id"],
                [
                    Answer(head(each, names), look="name"),
                    replace(_said(each, cells[each["id"]], names), look="answer"),
                ],
            )
            for each in fields
        ]
        return Part(section["name"], [section["id"], "question", "answer"], [], True, False, False, [], asked)
    rows = [row for row in draft.tables[section["id"]] if blank_rows or not is_blank(row)]
    known = rows_by_id(section)
    made = [_row(section, row, known.get(row.row), names) for row in rows]
    named = any(cells[0].text for _, cells in made) or bool(section.get("named") or section.get("rows"))
    noted = bool(section.get("noted")) or any(cells[1].text for _, cells in made)
    made += [
        (f"removed:{id}", [Answer(known[id]["name"] if id in known else "")])
        for id in draft.removed[section["id"]]
    ]
    heads = [section.get("label", "Row"), "What it covers" if section.get("noted") else ""]
    heads += [head(each, names) for each in fields]
    wants = [
        want(each, heads[2 + at], [cells[2 + at].text for _, cells in made if len(cells) > 2])
        for at, each in enumerate(fields)
    ]
    ids = [section["id"], "name", "note", *(each["id"] for each in fields)]
    return Part(section["name"], ids, heads, named or noted, noted, True, wants, made)


def _row(
    section: SectionSpec, row: Row, known: Mapping[str, object] | None, names: Mapping[str, str]
) -> tuple[str, list[Answer]]:
    name, note = (known["name"], known.get("note", "")) if known else (row.name, row.note)
    cells = [_said(each, row.cells[each["id"]], names) for each in section["fields"]]
    return row.row, [Answer(str(name), look="name"), Answer(str(note), look="note"), *cells]


def _said(asked: FieldSpec, value: Value, names: Mapping[str, str]) -> Answer:
    """An answer as a cell shows it; only what is read again as the same answer."""
    if asked["type"] == "checkbox":
        return Answer("yes" if value else "", choices=("yes",), look="short")
    text = str(value)
    if asked["type"] == "choice":
        labels = tuple(_label(asked, each, names) for each, _ in asked.get("choices", ()))
        return Answer(_label(asked, text, names) if text else "", choices=labels, look="short")
    found = as_number(asked, text)
    return Answer(text, *found, look="number") if found else Answer(text)


def _label(asked: FieldSpec, value: str, names: Mapping[str, str]) -> str:
    """What a choice is called, where that leads back to it."""
    choices = dict(asked.get("choices", ()))
    mine = {each: names.get(each, "") for each in choices}
    name = mine.get(value, "")
    others = [text.lower() for each, text in (*choices.items(), *mine.items()) if each != value]
    if name and all(mine.values()) and name.lower() not in [*others, *choices]:
        return name
    label = choices.get(value, value)
    return label if meant(asked, label) == value else value


def as_number(asked: FieldSpec, text: str) -> tuple[str, str] | None:
    """A number or a date as a cell holds it, with its format; None for what a reader would not find again.

    Args:
        asked: the field.
        text: its answer.
    """
    if asked["type"] == "date" and is_date(text):
        days = (datetime.date.fromisoformat(text) - datetime.date(1899, 12, 30)).days
        value, code = str(days), "yyyy-mm-dd"
        if days < 61:
            return None
    elif asked["type"] == "number" and is_number(text) and len(text) < 16:
        unit = str(asked.get("unit", ""))
        decimals = len(text.partition(".")[2])
        core = f"#,##0{'.' + '0' * decimals if decimals else ''}"
        value = written(float(text) / 100) if unit == "%" else text
        code = {"": core, "$": f'"$"{core}', "%": f"{core}%"}.get(unit, f'{core}" {unit}"')
    else:
        return None
    return (value, code) if answer(asked, number_cell(value, code, since_1904=False)) == text else None


# --- where it stands ------------------------------------------------------------------------


def _title(spec: SheetSpec, draft: Draft, widths: Sequence[int]) -> Iterator[Line]:
    """What is above the sections: the sheet, whose it is, and what it says."""
    whose = " · ".join(filter(None, [str(spec.get("company", "")), draft.name, draft.saved[:10]]))
    yield _shown(spec["name"], "title", widths, 26)
    if whose != spec["name"]:
        yield _shown(whose, "whose", widths, 18)
    for text in results(spec, draft):
        yield _shown(text, "result", widths, height(text, sum(widths)))


def _shown(text: str, look: str, widths: Sequence[int], high: int) -> Line:
    """A line for people, with its mark."""
    text = trimmed(clean(text))[:2000]
    mark = Spot(0, 1, MARK + text, "id")
    return Line([mark, Spot(NAME, len(widths) - NAME, text, look)], high)


def _section(part: Part, widths: Sequence[int], *, roomy: bool) -> Iterator[Line]:
    places = places_of(part, widths)
    yield Line([], 12)
    yield _shown(part.name, "section", widths, 22)
    ids = [Spot(at, 1, id, "id") for (at, _), id in zip(places, part.ids[1:], strict=True)]
    yield Line([Spot(0, 1, part.ids[0], "id"), *ids], 0)
    hidden = {*([] if part.named else [0]), *([1] if part.table and not part.noted else [])}
    heads = [
        Spot(at, span, text, "head")
        for index, ((at, span), text) in enumerate(zip(places, part.heads, strict=bool(part.heads)))
        if index not in hidden
    ]
    if heads:
        yield Line(heads, max([20, *(height(each.text, _wide(each, widths) - 1) for each in heads)]))
    for id, cells in part.rows:
        removed = id.startswith("removed:")
        parts = [pieces(each.text) for each in cells]
        for at in range(max(map(len, parts))):
            spots = [Spot(0, 1, CONTINUED if at else id, "id")] if id or at else []
            for index, (each, (column, span)) in enumerate(zip(cells, places, strict=False)):
                if index in hidden:
                    continue
                text = parts[index][at] if at < len(parts[index]) else ""
                if each.code:
                    spots.append(Spot(column, span, each.value if not at else "", each.look, each.code))
                else:
                    spots.append(Spot(column, span, text, each.look, "", each.choices))
            least = 20 if not roomy else 34 if part.table else 30
            high = max([least, *(height(each.text, _wide(each, widths)) for each in spots[bool(id or at) :])])
            yield Line(spots, 0 if removed else high)


def _wide(spot: Spot, widths: Sequence[int]) -> int:
    return sum(widths[spot.at : spot.at + spot.span])
