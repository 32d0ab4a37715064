"""A template laid out: forms and tables with their rows, columns, choices and prefilled values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from macros.model.base import Item
from macros.model.inline import as_plain
from macros.model.template import Choice, Field, Section, Template
from macros.playbook import Playbook


@dataclass(frozen=True)
class SheetCell:
    """One thing to fill in."""

    key: str
    """Unique in the template: ``section.field`` or ``section.row.field``."""
    label: str
    """What it is, in full, for somebody who does not see the row's and column's headings."""
    field: Field
    choices: tuple[Choice, ...]
    value: str
    """Prefilled text; empty for none, ``true`` for a ticked box."""


@dataclass(frozen=True)
class SheetRow:
    """A row of a table; `id` and `name` are empty in a blank one."""

    id: str
    name: str
    note: str
    """More about the named row; empty for none."""
    number: int
    cells: tuple[SheetCell, ...]


@dataclass(frozen=True)
class SheetSection:
    """A section ready to be shown: a form (`rows` is None) or a table."""

    section: Section
    columns: tuple[Field, ...]
    cells: tuple[SheetCell, ...]
    rows: tuple[SheetRow, ...] | None
    names: tuple[Choice, ...]
    """What an added row can be called; empty where its name is typed."""
    blank: SheetRow | None
    """The row that is added; None for a form, and where rows can be neither added nor removed."""

    @property
    def has_names(self) -> bool:
        """Whether a blank row of this table has a name to fill in."""
        return self.section.rows is not None and self.section.rows.of is not None


def lay_out(
    template: Template, playbook: Playbook, known: Mapping[str, str] | None = None
) -> tuple[SheetSection, ...]:
    """Resolve a template against the playbook's data.

    Args:
        template: one of the playbook's templates.
        playbook: the data that rows, columns, choices and values are taken from.
        known: values by cell key that are filled in beside those that the template asks for.

    Returns:
        Its sections, ready to be shown.
    """
    return tuple(_sheet(section, playbook, known or {}) for section in template.sections)


def _sheet(section: Section, playbook: Playbook, known: Mapping[str, str]) -> SheetSection:
    columns = section.fields
    if section.columns_of is not None and section.cell is not None:
        letters = tuple(
            section.cell.model_copy(update={"id": item.id, "name": playbook.name_of(item)})
            for item in playbook.lists[section.columns_of].values()
        )
        columns = (*letters, *columns)
    if section.rows is None:
        cells = tuple(
            SheetCell(key, each.name, each, _choices(each, playbook), known.get(key, ""))
            for each in columns
            for key in [f"{section.id}.{each.id}"]
        )
        return SheetSection(section, columns, cells, None, (), None)
    rows = section.rows
    named = [
        item
        for item in (playbook.lists[rows.of] if rows.of else {}).values()
        if all(str(getattr(item, key)) == value for key, value in rows.where.items())
    ]
    laid_out = [
        _row(section, columns, (number, item), playbook, known)
        for number, item in enumerate([*named, *[None] * rows.blank], start=1)
    ]
    names: tuple[Choice, ...] = ()
    if rows.name_from is not None:
        pool = playbook.lists[rows.name_from].values()
        names = tuple(Choice(value=item.id, text=playbook.name_of(item)) for item in pool)
    can_grow = rows.blank > 0 and not rows.fixed
    blank = _row(section, columns, (0, None), playbook, known) if can_grow else None
    return SheetSection(section, columns, (), tuple(laid_out), names, blank)


def _row(
    section: Section,
    columns: tuple[Field, ...],
    numbered: tuple[int, Item | None],
    playbook: Playbook,
    known: Mapping[str, str],
) -> SheetRow:
    number, item = numbered
    name = playbook.name_of(item) if item is not None else ""
    label = section.rows.label if section.rows else ""
    called = name or f"{label} {number}"
    row = item.id if item is not None else f"row-{number}"
    cells = tuple(
        SheetCell(
            key,
            f"{called}: {each.name}",
            each,
            _choices(each, playbook),
            known.get(key) or _prefilled(each, item),
        )
        for each in columns
        for key in [f"{section.id}.{row}.{each.id}"]
    )
    note = getattr(item, section.rows.note) if item and section.rows and section.rows.note else ""
    return SheetRow(item.id if item is not None else "", name, note or "", number, cells)


def _choices(field: Field, playbook: Playbook) -> tuple[Choice, ...]:
    if field.choices_from is None:
        return field.choices
    return tuple(
        Choice(value=item.id, text=playbook.name_of(item))
        for item in playbook.lists[field.choices_from].values()
    )


def _prefilled(field: Field, item: Item | None) -> str:
    if item is None or field.prefill is None:
        return ""
    value = getattr(item, field.prefill)
    if isinstance(value, dict):  # a letter for each role
        value = value.get(field.id, "")
    if isinstance(value, tuple):
        value = "; ".join(str(each) for each in value)
    if isinstance(value, bool):
        return "true" if value else ""
    if isinstance(value, float):
        return f"{value:g}"
    if field.type in ("text", "long-text") and value is not None:
        return as_plain(str(value))
    return "" if value is None else str(value)
