"""A template laid out: forms and tables with their rows, columns, choices and prefilled values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from macros import layer
from macros.model.base import Item
from macros.model.template import Choice, Field, Section, Template
from macros.playbook import Playbook


@dataclass(frozen=True)
class Cell:
    """One thing to fill in."""

    key: str
    """Unique in the template: ``section.field`` or ``section.row.field``."""
    label: str
    """What it is, in full, for somebody who does not see the row's and column's headings."""
    field: Field
    choices: tuple[Choice, ...]
    value: str
    """Prefilled text; empty for none."""


@dataclass(frozen=True)
class Row:
    """A row of a table; `name` is empty in a blank one."""

    name: str
    note: str
    """More about the named row; empty for none."""
    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """A section ready to be shown: a form (`rows` is None) or a table."""

    section: Section
    columns: tuple[Field, ...]
    cells: tuple[Cell, ...]
    rows: tuple[Row, ...] | None


def name_of(item: Any, playbook: Playbook) -> str:
    """What people call an item; a member is called by the role's name."""
    role = getattr(item, "role", None)
    return playbook.roles[role].name if role is not None else layer.name_of(item)


def lay_out(template: Template, playbook: Playbook) -> tuple[Sheet, ...]:
    """Resolve a template against the playbook's data.

    Args:
        template: one of the playbook's templates.
        playbook: the data that rows, columns, choices and values are taken from.

    Returns:
        One sheet for each section.
    """
    return tuple(_sheet(section, playbook) for section in template.sections)


def _sheet(section: Section, playbook: Playbook) -> Sheet:
    columns = section.fields
    if section.columns_of is not None and section.cell is not None:
        columns += tuple(
            section.cell.model_copy(update={"id": item.id, "name": name_of(item, playbook)})
            for item in items(playbook, section.columns_of).values()
        )
    if section.rows is None:
        cells = tuple(
            Cell(f"{section.id}.{each.id}", each.name, each, _choices(each, playbook), "") for each in columns
        )
        return Sheet(section, columns, cells, None)
    named = [
        item
        for item in (items(playbook, section.rows.of) if section.rows.of else {}).values()
        if all(str(getattr(item, key)) == value for key, value in section.rows.where.items())
    ]
    rows = [
        _row(section, columns, number, item, playbook)
        for number, item in enumerate([*named, *[None] * section.rows.blank], start=1)
    ]
    return Sheet(section, columns, (), tuple(rows))


def _row(
    section: Section, columns: tuple[Field, ...], number: int, item: Item | None, playbook: Playbook
) -> Row:
    name = name_of(item, playbook) if item is not None else ""
    label = section.rows.label if section.rows else ""
    called = name or f"{label} {number}"
    key = item.id if item is not None else f"row-{number}"
    cells = tuple(
        Cell(
            f"{section.id}.{key}.{each.id}",
            f"{called}: {each.name}",
            each,
            _choices(each, playbook),
            _prefilled(each, item),
        )
        for each in columns
    )
    note = getattr(item, section.rows.note) if item and section.rows and section.rows.note else ""
    return Row(name, note, number, cells)


def items(playbook: Playbook, collection: str) -> Mapping[str, Item]:
    """A list of the playbook by its plural name."""
    found: Mapping[str, Item] = getattr(playbook, collection)
    return found


def _choices(field: Field, playbook: Playbook) -> tuple[Choice, ...]:
    if field.choices_from is None:
        return field.choices
    return tuple(
        Choice(value=item.id, text=name_of(item, playbook))
        for item in items(playbook, field.choices_from).values()
    )


def _prefilled(field: Field, item: Item | None) -> str:
    if item is None or field.prefill is None:
        return ""
    value = getattr(item, field.prefill)
    if isinstance(value, dict):  # a letter for each role
        value = value.get(field.id, "")
    if isinstance(value, tuple):
        return "; ".join(str(each) for each in value)
    return "" if value is None else str(value)
