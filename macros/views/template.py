"""A template laid out: forms and tables with their rows, columns, choices and prefilled values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_type_hints

from macros import layer
from macros.model import KINDS
from macros.model.base import Item
from macros.model.content import Activity, Role
from macros.model.template import Choice, Field, Section, Template
from macros.playbook import Playbook
from macros.views.text import as_plain

_KINDS = {kind.key: kind for kind in KINDS}


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
    """Prefilled text; empty for none, ``true`` for a ticked box."""


@dataclass(frozen=True)
class Row:
    """A row of a table; `id` and `name` are empty in a blank one."""

    id: str
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
    names: tuple[Choice, ...]
    """What an added row can be called; empty where its name is typed."""
    blank: Row | None
    """The row that is added; None for a form, and where rows can be neither added nor removed."""

    @property
    def has_names(self) -> bool:
        """Whether a blank row of this table has a name to fill in."""
        return self.section.rows is not None and self.section.rows.of is not None


def name_of(item: Any, playbook: Playbook) -> str:
    """What people call an item; a member is called by the role's name."""
    role = getattr(item, "role", None)
    return playbook.roles[role].name if role is not None else layer.name_of(item)


def lay_out(
    template: Template, playbook: Playbook, known: Mapping[str, str] | None = None
) -> tuple[Sheet, ...]:
    """Resolve a template against the playbook's data.

    Args:
        template: one of the playbook's templates.
        playbook: the data that rows, columns, choices and values are taken from.
        known: values by cell key that are filled in beside those that the template asks for.

    Returns:
        One sheet for each section.
    """
    return tuple(_sheet(section, playbook, known or {}) for section in template.sections)


def _sheet(section: Section, playbook: Playbook, known: Mapping[str, str]) -> Sheet:
    columns = section.fields
    if section.columns_of is not None and section.cell is not None:
        letters = tuple(
            section.cell.model_copy(update={"id": item.id, "name": name_of(item, playbook)})
            for item in items(playbook, section.columns_of).values()
        )
        columns = (*letters, *columns)
    if section.rows is None:
        cells = tuple(
            Cell(key, each.name, each, _choices(each, playbook), known.get(key, ""))
            for each in columns
            for key in [f"{section.id}.{each.id}"]
        )
        return Sheet(section, columns, cells, None, (), None)
    rows = section.rows
    named = [
        item
        for item in (items(playbook, rows.of) if rows.of else {}).values()
        if all(str(getattr(item, key)) == value for key, value in rows.where.items())
    ]
    laid_out = [
        _row(section, columns, (number, item), playbook, known)
        for number, item in enumerate([*named, *[None] * rows.blank], start=1)
    ]
    names: tuple[Choice, ...] = ()
    if rows.name_from is not None:
        pool = items(playbook, rows.name_from).values()
        names = tuple(Choice(value=item.id, text=name_of(item, playbook)) for item in pool)
    can_grow = rows.blank > 0 and not rows.fixed
    blank = _row(section, columns, (0, None), playbook, known) if can_grow else None
    return Sheet(section, columns, (), tuple(laid_out), names, blank)


def _row(
    section: Section,
    columns: tuple[Field, ...],
    numbered: tuple[int, Item | None],
    playbook: Playbook,
    known: Mapping[str, str],
) -> Row:
    number, item = numbered
    name = name_of(item, playbook) if item is not None else ""
    label = section.rows.label if section.rows else ""
    called = name or f"{label} {number}"
    row = item.id if item is not None else f"row-{number}"
    cells = tuple(
        Cell(
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
    return Row(item.id if item is not None else "", name, note or "", number, cells)


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
        value = "; ".join(str(each) for each in value)
    if isinstance(value, bool):
        return "true" if value else ""
    if isinstance(value, float):
        return f"{value:g}"
    if field.type in ("text", "long-text") and value is not None:
        return as_plain(str(value))
    return "" if value is None else str(value)


# --- what the browser works with ----------------------------------------------------------


def spec(template: Template, playbook: Playbook, sheets: tuple[Sheet, ...]) -> dict[str, Any]:
    """A laid-out template as plain values: what the script on its page works with.

    Returns:
        ``id``, ``name``, ``sections`` (each with ``fields``, and for a table ``rows``) and
        ``home`` where the answers can become a file of the company layer.
    """
    return _filled(
        id=template.id,
        name=template.name,
        result=template.result,
        landscape=template.landscape,
        sections=[_section_spec(sheet, playbook) for sheet in sheets],
        home=_home(template, playbook),
        rules=_rules(template),
        verdicts=_VERDICTS if template.result == "scorecard" else None,
    )


_RACI_RULES = {
    "raci-no-responsible": {
        "severity": "error",
        "says": {"none": {"message": "nobody is responsible (R) for '{name}'", "hint": "give one role an R"}},
    },
    "raci-one-accountable": {
        "severity": "error",
        "says": {
            "none": {"message": "nobody is accountable (A) for '{name}'", "hint": "give one role an A"},
            "several": {
                "message": "{count} roles are accountable (A): {holders}",
                "hint": "keep one A, or say why it is shared in 'shared_accountability'",
            },
            "alone": {
                "message": "said to be shared, but only {holder} is accountable (A)",
                "hint": "remove 'shared_accountability', or add the second A",
            },
        },
    },
    "raci-business-decision": {
        "severity": "error",
        "says": {
            "technical": {
                "message": "'{name}' is a business decision, but {role} holds the A",
                "hint": "give the A to a business role ({business})",
            },
            "none": {"message": "none yet", "hint": ""},
        },
    },
    "raci-idle-role": {
        "severity": "warning",
        "says": {
            "idle": {
                "message": "'{name}' has no letter in any activity of the RACI",
                "hint": "give it one, or remove the role",
            }
        },
    },
    "raci-overloaded-role": {
        "severity": "warning",
        "says": {
            "overloaded": {
                "message": "'{name}' is accountable for {number} of {all} activities",
                "hint": "share the load: one absence would stop all",
            }
        },
    },
}
_FLAGSHIP_RULES = {
    "flagship-excluded": {
        "severity": "error",
        "says": {
            "excluded": {
                "message": "'{name}' is chosen, but it is excluded: {exclusions}",
                "hint": "an exclusion beats any score",
            }
        },
    },
    "flagship-fails": {
        "severity": "warning",
        "says": {
            "fails": {
                "message": "'{name}' is chosen, but it fails: {criteria}",
                "hint": "take one that passes all criteria",
            }
        },
    },
}
_VERDICTS = {
    "none-yet": "No candidate yet.",
    "name-one": "Name one, with its business owner.",
    "take": "Take {name}.",
    "several": "{names} and {last} qualify. Take the one whose owner has the earlier date; "
    "if they share it, {first}.",
    "nearest": "None qualifies yet. {name} comes nearest: settle what is open there.",
    "look-on": "None qualifies. Look for another candidate, and begin with its owner.",
    "out": "{name} is out, whatever it scores: {exclusions}.",
    "fails": "{name} fails: {criteria}.",
    "open": "{name} passes {passed} of {all}; open: {criteria}.",
    "passes": "{name} passes all {all}.",
}


def _rules(template: Template) -> dict[str, Any] | None:
    """What the linter can say of a filled sheet, by rule."""
    if template.result == "scorecard":
        return _FLAGSHIP_RULES
    matrix = any(
        each.columns_of == "roles" and each.rows and each.rows.of == "activities"
        for each in template.sections
    )
    return _RACI_RULES if matrix else None


def specs(playbook: Playbook) -> dict[str, dict[str, Any]]:
    """`spec` of every template, by id."""
    return {id: spec(item, playbook, lay_out(item, playbook)) for id, item in playbook.templates.items()}


def _filled(**values: Any) -> dict[str, Any]:
    """Only what says something, to keep the page small."""
    return {key: value for key, value in values.items() if value not in (None, "", (), [], {}, False)}


def _section_spec(sheet: Sheet, playbook: Playbook) -> dict[str, Any]:
    section, rows = sheet.section, sheet.section.rows
    cells = sheet.cells if sheet.rows is None else (sheet.blank or sheet.rows[0]).cells
    return _filled(
        id=section.id,
        name=section.name,
        help=section.help,
        was=list(section.was),
        fields=[
            _filled(
                id=cell.field.id,
                name=cell.field.name,
                type=cell.field.type,
                unit=cell.field.unit,
                required=cell.field.required,
                was=list(cell.field.was),
                heading=cell.field.heading,
                key=_key(sheet, cell.field),
                value=cell.value if sheet.rows is None else "",
                choices=[[choice.value, choice.text] for choice in cell.choices],
            )
            for cell in cells
        ],
        label=rows.label if rows else None,
        names=[[choice.value, choice.text] for choice in sheet.names],
        named=sheet.has_names,
        noted=bool(rows and rows.of and rows.note),
        note=rows.note if rows else None,
        open=sheet.blank is not None,
        home=bool(rows and rows.home),
        of=rows.of if rows else None,
        where=dict(rows.where) if rows else None,
        table=rows is not None,
        blank=rows.blank if rows else 0,
        rows=[
            _filled(
                id=row.id,
                name=row.name,
                note=as_plain(row.note),
                values={cell.field.id: cell.value for cell in row.cells if cell.value},
                **(_linted(playbook.activities[row.id]) if rows and rows.of == "activities" else {}),
            )
            for row in sheet.rows or ()
            if row.id
        ],
        roles=[
            _filled(id=role.id, name=role.name, business=role.business, ignore=_ignored(role))
            for role in playbook.roles.values()
            if section.columns_of == "roles"
        ],
        renamed=_renamed(playbook, rows.of) if rows and rows.of else None,
    )


def _renamed(playbook: Playbook, key: str) -> dict[str, str]:
    """New id by former id, for the rows of a list."""
    return {old: new for old, new in playbook.layers[key].renamed.items() if new}


def _linted(activity: Activity) -> dict[str, Any]:
    """What the linter needs to know of an activity beside its letters."""
    return {
        "business": activity.business_decision,
        "shared": activity.shared_accountability,
        "ignore": _ignored(activity),
    }


def _ignored(item: Activity | Role) -> list[str]:
    """Rules that the item turns off."""
    return [silence.rule for silence in item.ignore]


def _key(sheet: Sheet, field: Field) -> str | None:
    """Where an answer stands in the data: a field of the row's item, or one entry of such a field."""
    rows = sheet.section.rows
    if rows is None or not rows.home or rows.of is None or field.prefill is None:
        return None
    kind = get_type_hints(_KINDS[rows.of].item)[field.prefill]
    return f"{field.prefill}.{field.id}" if str(kind).startswith("dict") else field.prefill


def _home_list(template: Template) -> str | None:
    """The list of the playbook that a filled template can replace the company's version of."""
    if template.result == "scorecard":
        return "candidates"
    return next((each.rows.of for each in template.sections if each.rows and each.rows.home), None)


def _home(template: Template, playbook: Playbook) -> dict[str, Any] | None:
    key = _home_list(template)
    if key is None:
        return None
    kind, owed = _KINDS[key], playbook.layers[key]
    return {
        "list": key,
        "file": kind.file,
        "one": kind.one,
        "upstream": sorted(owed.upstream, key=owed.upstream.__getitem__)
        + [id for id, entry in owed.ours.items() if "remove" in entry],
        "ours": {id: dict(entry) for id, entry in owed.ours.items()},
        "needed": [name for name, field in kind.item.model_fields.items() if field.is_required()],
    }
