"""A draft: what was answered on one sheet. The same as `docs/assets/sheets/draft.js`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from macros.sheets.contract import FieldSpec, RowSpec, SectionSpec, SheetSpec
from macros.sheets.values import is_date, is_number, trimmed

Value = str | bool
Cells = dict[str, Value]

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass
class Row:
    """A row of a table: the playbook's (`row` is its id), or one that was added."""

    row: str = ""
    name: str = ""
    note: str = ""
    cells: Cells = field(default_factory=dict)
    removed: bool = False


@dataclass(frozen=True)
class Kept:
    """An answer that the sheet has no place for any more."""

    where: str
    value: str


@dataclass(frozen=True)
class Saved:
    """Answers as they stand in a file.

    Args:
        template: id of the template that they fill.
        name: the draft's name.
        saved: when it was saved, as ISO 8601; empty where nobody says.
        answers: cells by question, or rows, by section.
        kept: what had no place any more.
    """

    template: str
    name: str
    saved: str
    answers: Mapping[str, Cells | list[Row]]
    kept: tuple[Kept, ...] = ()


@dataclass
class Draft:
    """Answers in the sheet as it is today."""

    name: str
    saved: str = ""
    forms: dict[str, Cells] = field(default_factory=dict)
    tables: dict[str, list[Row]] = field(default_factory=dict)
    removed: dict[str, list[str]] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)


def clean(text: str) -> str:
    """Text without what no file format can hold, and with one kind of line break."""
    return _UNWRITABLE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def initial(asked: FieldSpec, prefilled: str | None = None) -> Value:
    """What a field holds before anybody answers."""
    value = str(asked.get("value", "")) if prefilled is None else prefilled
    return value == "true" if asked["type"] == "checkbox" else value


def is_blank(row: Row) -> bool:
    """Whether nobody has touched an added row."""
    return not (row.row or row.name or row.note or any(row.cells.values()))


def _cells(section: SectionSpec, values: Mapping[str, str]) -> Cells:
    return {each["id"]: initial(each, values.get(each["id"], "")) for each in section["fields"]}


def rows_by_id(section: SectionSpec) -> dict[str, RowSpec]:
    """A section's rows of the playbook."""
    return {row["id"]: row for row in section.get("rows", ())}


def _listed(section: SectionSpec, row: RowSpec) -> Row:
    """A row of the playbook, as it is prefilled."""
    return Row(row["id"], cells=_cells(section, row.get("values", {})))


def create(spec: SheetSpec, name: str) -> Draft:
    """A new draft, as the page is prefilled."""
    draft = Draft(name)
    for section in spec["sections"]:
        if not section.get("table"):
            draft.forms[section["id"]] = {each["id"]: initial(each) for each in section["fields"]}
            continue
        rows = [_listed(section, row) for row in section.get("rows", ())]
        draft.tables[section["id"]] = _pad(section, rows)
        draft.removed[section["id"]] = []
    return draft


def _pad(section: SectionSpec, rows: list[Row]) -> list[Row]:
    """As many blank rows at the end as a new sheet has."""
    own = sum(not row.row for row in rows)
    rows += [Row(cells=_cells(section, {})) for _ in range(own, section.get("blank", 0))]
    return rows


def _fits(asked: FieldSpec, value: Value) -> bool:
    """Whether a field can hold a value; else it is kept beside the sheet."""
    if asked["type"] == "checkbox":
        return isinstance(value, bool)
    if not isinstance(value, str):
        return False
    if value == "":
        return True
    if asked["type"] == "choice":
        return any(each == value for each, _ in asked.get("choices", ()))
    if asked["type"] == "number":
        return is_number(value)
    return asked["type"] != "date" or is_date(value)


def _found(answers: Mapping[str, object], named: FieldSpec | SectionSpec) -> str | None:
    """The id under which something was answered: today's, or one that it had before."""
    return next((id for id in (named["id"], *named.get("was", ())) if id in answers), None)


def _as_written(value: Value) -> str:
    return value if isinstance(value, str) else str(value).lower()


def _text(value: Value) -> str:
    return "yes" if value is True else str(value)


def _row_answers(row: Row, where: str) -> Iterator[Kept]:
    """Every answer of a row that has no place."""
    called = f"{where}.{row.row or row.name or 'row'}"
    if row.name and not row.row:
        yield Kept(f"{where}.name", row.name)
    if row.note and not row.row:
        yield Kept(f"{called}.note", row.note)
    for id, value in row.cells.items():
        if value not in ("", False):
            yield Kept(f"{called}.{id}", _text(value))


def _all_answers(id: str, answers: Cells | list[Row]) -> Iterator[Kept]:
    """Every answer of a section that has no place."""
    if isinstance(answers, dict):
        yield from _row_answers(Row(cells=answers), id)
    else:
        for row in answers:
            if not row.removed:
                yield from _row_answers(row, id)


def fit(spec: SheetSpec, saved: Saved) -> Draft:
    """Put saved answers into the sheet as it is today; what has no place any more is in `kept`."""
    draft = create(spec, saved.name)
    draft.saved = saved.saved
    kept: list[Kept] = []
    used = set()
    for section in spec["sections"]:
        name = _found(saved.answers, section)
        if name is None:
            continue
        used.add(name)
        answers = saved.answers[name]
        if isinstance(answers, list) != bool(section.get("table")):
            kept += _all_answers(name, answers)
        elif isinstance(answers, dict):
            kept += _fill(section, answers, draft.forms[section["id"]], section["id"])
        else:
            kept += _fill_table(section, answers, draft)
    for id, answers in saved.answers.items():
        if id not in used:
            kept += _all_answers(id, answers)
    still = [each for each in saved.kept if not _restore(spec, draft, each)]
    draft.kept = [*still, *(Kept(trimmed(clean(each.where)), each.value) for each in kept)]
    return draft


def _fill(section: SectionSpec, given: Cells, into: Cells, where: str) -> Iterator[Kept]:
    """Put a row's or a form's answers into their fields; what does not fit is handed back."""
    kept, used = [], set()
    for asked in section["fields"]:
        id = _found(given, asked)
        if id is None:
            continue
        used.add(id)
        if _fits(asked, given[id]):
            into[asked["id"]] = given[id]
        else:
            into[asked["id"]] = initial(asked, "")
            kept.append(Kept(f"{where}.{asked['id']}", _as_written(given[id])))
    for id, value in given.items():
        if id not in used and value not in ("", False):
            kept.append(Kept(f"{where}.{id}", _text(value)))
    return iter(kept)


def _fill_table(section: SectionSpec, given: Sequence[Row], draft: Draft) -> Iterator[Kept]:
    known = rows_by_id(section)
    former = section.get("renamed", {})
    rows: list[Row] = []
    kept: list[Kept] = []
    seen: set[str] = set()
    home = section["id"]
    can_grow, named = bool(section.get("open")), bool(section.get("named"))
    for each in given:
        id = former.get(each.row, each.row)
        spare = bool(id) and (id not in known or id in seen)
        if each.removed:
            if id in known and id not in seen:
                if can_grow:
                    draft.removed[home].append(id)
                seen.add(id)
        elif id and not spare:
            seen.add(id)
            row = _listed(section, known[id])
            kept += _fill(section, each.cells, row.cells, f"{home}.{id}")
            rows.append(row)
        elif (spare and not (can_grow and named)) or (
            not spare and not can_grow and sum(not row.row for row in rows) >= section.get("blank", 0)
        ):
            kept += _row_answers(each, home)
        else:
            rows.append(_own_row(section, each, kept))
    before = ""
    for listed in section.get("rows", ()):
        if listed["id"] not in seen:
            at = next((index for index, row in enumerate(rows) if row.row == before), len(rows) - 1)
            rows.insert(at + 1 if before else 0, _listed(section, listed))
        if listed["id"] not in draft.removed[home]:
            before = listed["id"]
    draft.tables[home] = _pad(section, rows)
    return iter(kept)


def _own_row(section: SectionSpec, each: Row, kept: list[Kept]) -> Row:
    """A row that was added, or one that the playbook no longer has: the team's own."""
    home = section["id"]
    row = Row(cells=_cells(section, {}))
    name = each.name or each.row
    names = section.get("names")
    if section.get("named") and name:
        if names is None or any(value == name for value, _ in names):
            row.name = name
        else:
            kept.append(Kept(f"{home}.name", name))
    elif each.name and not each.row:
        kept.append(Kept(f"{home}.name", each.name))
    if section.get("noted") and each.note:
        row.note = each.note
    elif each.note and not each.row:
        kept.append(Kept(f"{home}.note", each.note))
    kept += _fill(section, each.cells, row.cells, f"{home}.{each.row or 'row'}")
    return row


def _restore(spec: SheetSpec, draft: Draft, kept: Kept) -> bool:
    """Put a kept answer back if its place is there again and free."""
    parts = kept.where.split(".")
    section = next((each for each in spec["sections"] if each["id"] == parts[0]), None)
    asked = next((each for each in section["fields"] if each["id"] == parts[-1]), None) if section else None
    if section is None or asked is None or asked["type"] == "checkbox" or not _fits(asked, kept.value):
        return False
    cells: Cells | None = None
    if section.get("table") and len(parts) == 3:
        cells = next((row.cells for row in draft.tables[section["id"]] if row.row == parts[1]), None)
    elif not section.get("table") and len(parts) == 2:
        cells = draft.forms[section["id"]]
    if cells is None or cells[asked["id"]] not in ("", False):
        return False
    cells[asked["id"]] = kept.value
    return True


def row_name(section: SectionSpec, row: Row, index: int) -> str:
    """What a row is called."""
    listed = next((each["name"] for each in section.get("rows", ()) if row.row and each["id"] == row.row), "")
    chosen = next((text for value, text in section.get("names", ()) if row.name and value == row.name), "")
    return listed or chosen or row.name or f"{section.get('label', 'Row')} {index + 1}"
