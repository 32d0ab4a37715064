"""A draft, or a blank sheet, as a Word document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from macros.model.inline import as_plain
from macros.model.template import Template
from macros.sheets.clock import by_the_clock
from macros.sheets.contract import FieldSpec, SectionSpec, SheetSpec
from macros.sheets.draft import Draft, Row, Value, clean, is_blank, row_name, rows_by_id
from macros.sheets.office import pack
from macros.sheets.text import called, head, results, shown

PARTIALS = Path(__file__).parent / "partials"
_PARTS = {
    "[Content_Types].xml": "content_types",
    "_rels/.rels": "package_rels",
    "docProps/core.xml": "core",
    "word/document.xml": "document",
    "word/_rels/document.xml.rels": "document_rels",
    "word/styles.xml": "styles",
    "word/numbering.xml": "numbering",
    "word/settings.xml": "settings",
    "word/header.xml": "header",
    "word/footer.xml": "footer",
}
"""What a document consists of, and the partial that each part is made from."""

# Lengths are in twips, of which a centimeter has 567.
_A4 = (11906, 16838)
_MARGIN = 1021
_LETTER = 105
"""About what a letter takes in bold."""
_PADDING = 210
"""Left and right of a cell's text."""

_FEW = 6
"""So many choices are printed on a blank; a longer list would hide the question."""
_SHORT = 15
"""Texts of so many letters stand on one line."""
_WORDS = (24, 16, 12, 9, 6)
"""A word of more letters may be broken: the first of these with which a table is no wider than the page."""
_LONG = 1500
"""A row with a text of so many letters may go on on the next page."""


@dataclass(frozen=True)
class _Cell:
    text: str
    note: str = ""
    """Smaller, in a line of its own below the text."""
    style: str = "Cell"
    shaded: bool = False
    centered: bool = False


@dataclass(frozen=True)
class _Line:
    """A row of a table."""

    cells: Sequence[_Cell]
    height: int = 0
    """At least so high."""

    @property
    def whole(self) -> bool:
        """Whether it stands on one page."""
        return all(len(each.text) < _LONG for each in self.cells)


@dataclass(frozen=True)
class _Section:
    """A heading with its table."""

    name: str
    help: str
    rows: Sequence[_Line]
    widths: Sequence[int]
    headed: bool = False
    """Whether the first row has headings."""


def write(spec: SheetSpec, draft: Draft, about: Template | None = None) -> bytes:
    """The document's bytes.

    Args:
        spec: the laid-out template.
        draft: its answers.
        about: the template, for a blank: it says how to run the session, and has the rows and
            choices that are still to be filled in.
    """
    page = _A4[::-1] if spec.get("landscape") else _A4
    width = page[0] - 2 * _MARGIN
    values = {
        "title": spec["name"],
        "subtitle": " · ".join(filter(None, [str(spec.get("company", "")), draft.name, draft.saved[:10]])),
        "company": spec.get("company", ""),
        "date": "" if about else draft.saved[:10],
        "results": results(spec, draft),
        "about": about,
        "brief": _brief(about) if about else (),
        "clock": by_the_clock(about) if about else (),
        "sections": list(_sections(spec, draft, width, blank=about is not None)),
        "page": page,
        "margin": _MARGIN,
        "width": width,
    }
    return pack({part: _render(partial, **values) for part, partial in _PARTS.items()})


@cache
def _environment() -> Environment:
    """Whatever a partial prints is text, never markup, and nothing in it is what XML cannot hold."""
    env = Environment(
        loader=FileSystemLoader(PARTIALS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters["clean"] = clean
    env.filters["plain"] = as_plain
    return env


def _render(partial: str, **values: object) -> str:
    return _environment().get_template(f"{partial}.xml.j2").render(values)


def _brief(about: Template) -> list[tuple[str, str]]:
    """How to run the session."""
    return [
        ("Who is in the room", about.people),
        ("Time", f"{about.minutes} minutes"),
        ("Done when", about.done_when),
        *([("What to bring", "; ".join(about.bring))] if about.bring else ()),
    ]


def _sections(spec: SheetSpec, draft: Draft, width: int, *, blank: bool) -> Iterator[_Section]:
    names = called(spec, draft)
    for section in spec["sections"]:
        make = _table if section.get("table") else _form
        yield make(section, draft, names, width, blank)
    if draft.kept:
        rows = [_Line([_asked(each.where), _Cell(each.value)]) for each in draft.kept]
        yield _Section("No longer in this sheet", "", rows, _halves(width))


def _halves(width: int) -> list[int]:
    """Widths of questions and answers."""
    return [width * 2 // 5, width - width * 2 // 5]


def _asked(name: str, note: str = "") -> _Cell:
    return _Cell(name, note, "CellName", shaded=True)


def _form(section: SectionSpec, draft: Draft, names: Mapping[str, str], width: int, blank: bool) -> _Section:
    cells = draft.forms[section["id"]]
    rows = [
        _Line(
            [_asked(_name(each, names, blank), _hint(each, blank)), _answer(each, cells[each["id"]], names)],
            _room(each, cells[each["id"]]) if blank else 0,
        )
        for each in section["fields"]
    ]
    return _Section(section["name"], section.get("help", "") if blank else "", rows, _halves(width))


def _name(asked: FieldSpec, names: Mapping[str, str], blank: bool) -> str:
    name = head(asked, names)
    return f"{name}\u00a0*" if blank and asked.get("required") else name


def _hint(asked: FieldSpec, blank: bool) -> str:
    """What can be answered, on a blank."""
    choices = [text for _, text in asked.get("choices", ())]
    few = "\u00a0/ ".join(choices) if len(choices) <= _FEW else ""
    return ", ".join(filter(None, [asked.get("unit", ""), few])) if blank else ""


def _answer(asked: FieldSpec, value: Value, names: Mapping[str, str], *, centered: bool = False) -> _Cell:
    if asked["type"] == "checkbox":
        return _Cell("☑" if value else "☐", style="CellBox", centered=centered)
    return _Cell(shown(asked, value, names), centered=centered and asked["type"] == "choice")


def _room(asked: FieldSpec, value: Value, *, in_table: bool = False) -> int:
    """How high a row has to be for somebody to write into it by hand."""
    if asked["type"] in ("checkbox", "choice") or value:
        return 454
    if asked["type"] == "long-text":
        return 737 if in_table else 1134
    return 567


def _table(section: SectionSpec, draft: Draft, names: Mapping[str, str], width: int, blank: bool) -> _Section:
    fields = section["fields"]
    heads = [
        _Cell(
            _name(each, names, blank),
            _hint(each, blank),
            "CellHead",
            True,
            each["type"] in ("checkbox", "choice"),
        )
        for each in fields
    ]
    rows = [_Line([_Cell(section.get("label", "Row"), style="CellHead", shaded=True), *heads])]
    for index, row in enumerate(draft.tables[section["id"]]):
        if blank or not is_blank(row):
            cells = [_answer(each, row.cells[each["id"]], names, centered=True) for each in fields]
            room = max((_room(each, row.cells[each["id"]], in_table=True) for each in fields), default=0)
            rows.append(_Line([_called(section, row, index, blank), *cells], room if blank else 0))
    help = section.get("help", "") if blank else ""
    return _Section(section["name"], help, rows, _widths(fields, rows, width), headed=True)


def _called(section: SectionSpec, row: Row, index: int, blank: bool) -> _Cell:
    """A row's first cell: what it is called, which is to be filled in where a row has a name."""
    if is_blank(row) and section.get("named"):
        return _Cell("")
    known = rows_by_id(section)
    note = known[row.row].get("note", "") if blank and row.row in known else ""
    return _asked(row_name(section, row, index), row.note or note)


def _widths(fields: Sequence[FieldSpec], rows: Sequence[_Line], width: int) -> list[int]:
    """Widths of a table's columns: each has what it needs, and the rest goes to where people write.

    Args:
        fields: the columns behind the first.
        rows: headings first.
        width: of the table.
    """
    first, *others = zip(*(line.cells for line in rows), strict=True)
    share = 6 if any(each.note for each in first) else 3 if any(" " in each.text for each in first[1:]) else 1
    columns = [(max(len(_longest_word(each.text)) for each in first), share)]
    columns += [_column(each, cells) for each, cells in zip(fields, others, strict=True)]
    shares = [share for _, share in columns]
    for word in _WORDS:
        taken = [min(letters, word) * _LETTER + _PADDING for letters, _ in columns]
        rest = width - sum(taken)
        if rest >= 0:
            return [each + rest * share // sum(shares) for each, share in zip(taken, shares, strict=True)]
    return [width // len(columns)] * len(columns)


_NEEDS = {"long-text": (12, 6), "text": (8, 4), "date": (10, 0), "number": (6, 0)}
"""Letters that an answer needs, and its share of what is left."""


def _column(asked: FieldSpec, cells: Sequence[_Cell]) -> tuple[int, int]:
    """Letters that a column needs, and its share of what is left."""
    title, *answers = cells
    letters, share = _NEEDS.get(asked["type"], (4, 0))
    if answers and share and all(0 < len(each.text) <= _SHORT for each in answers):
        letters, share = max(len(each.text) for each in answers), 0
    texts = [_longest_word(each.text) for each in cells]
    if not share:
        # A narrow column is as wide as its heading and its choices, where those are short.
        on_one_line = [title.text, title.note, *(text for _, text in asked.get("choices", ()))]
        texts += [text if len(text) <= _SHORT else _longest_word(text) for text in on_one_line]
    return max(letters, *map(len, texts)), share


def _longest_word(text: str) -> str:
    return max(re.split(r"[ \n]", text), key=len)
