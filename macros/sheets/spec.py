"""A laid-out template as plain values: what the script on its page works with, and the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, cast, get_origin

from macros.company.settings import Site, load_site
from macros.model.content import Activity, Role
from macros.model.inline import as_plain
from macros.model.kinds import BY_KEY
from macros.model.template import Choice, Field, Template
from macros.playbook import Playbook
from macros.rules import flagship, raci
from macros.rules.registry import Rule
from macros.sheets import gaps, scorecard
from macros.sheets.contract import (
    FieldSpec,
    HomeSpec,
    NamedValue,
    RoleSpec,
    RowSpec,
    RuleSpec,
    SectionSpec,
    SheetSpec,
)
from macros.sheets.layout import SheetCell, SheetRow, SheetSection, lay_out


def spec(template: Template, playbook: Playbook, parts: Iterable[SheetSection]) -> SheetSpec:
    """A laid-out template as plain values; see `macros.sheets.contract`.

    Args:
        template: one of the playbook's templates.
        playbook: the data that it was laid out with.
        parts: its sections as laid out.
    """
    sections = [_section(part, playbook) for part in parts]
    has_raci = any(each.get("roles") for each in sections)
    values = {
        "id": template.id,
        "name": template.name,
        "company": _company(playbook),
        "result": template.result,
        "landscape": template.landscape,
        "sections": sections,
        "home": _home(template, playbook),
        "rules": rules_spec(
            (*(raci.RULES if has_raci else ()), *(flagship.RULES if template.result == "scorecard" else ()))
        ),
        "verdicts": dict(_WORDS.get(template.result or "", {})),
    }
    return cast(SheetSpec, _said(values))


@lru_cache(maxsize=2)
def _company(playbook: Playbook) -> str:
    """The company's name, where it has given its site one."""
    found = load_site(playbook.project)
    return found.settings.name or "" if isinstance(found, Site) else ""


_WORDS = {"scorecard": scorecard.VERDICTS, "gaps": gaps.WORDS}
"""What a result says, by what is worked out."""


@dataclass(frozen=True)
class Sheet:
    """A template laid out for filling.

    Args:
        parts: its sections, as pages and files show them.
        spec: the same as plain values.
    """

    parts: tuple[SheetSection, ...]
    spec: SheetSpec


def sheet(template: Template, playbook: Playbook, known: Mapping[str, str] | None = None) -> Sheet:
    """A template laid out; see `macros.sheets.layout.lay_out`."""
    parts = lay_out(template, playbook, known)
    return Sheet(parts, spec(template, playbook, parts))


@lru_cache(maxsize=2)
def sheets(playbook: Playbook) -> Mapping[str, Sheet]:
    """Every template laid out, by id: pages, blanks and files need the same."""
    return {id: sheet(item, playbook) for id, item in playbook.of(Template).items()}


def specs(playbook: Playbook) -> dict[str, SheetSpec]:
    """`spec` of every template, by id."""
    return {id: each.spec for id, each in sheets(playbook).items()}


def rules_spec(rules: Iterable[Rule]) -> dict[str, RuleSpec]:
    """The texts of the rules that the browser checks, too; by id."""
    return {
        rule.id: {
            "severity": rule.severity,
            "says": {case: {"message": says.message, "hint": says.hint} for case, says in rule.says.items()},
        }
        for rule in rules
        if rule.says
    }


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    """Only what says something, to keep the page small."""
    return {key: value for key, value in values.items() if value not in (None, "", (), [], {}, False)}


def _section(part: SheetSection, playbook: Playbook) -> SectionSpec:
    section, rows = part.section, part.section.rows
    cells = part.cells if part.rows is None else (part.blank or part.rows[0]).cells
    values = {
        "id": section.id,
        "name": section.name,
        "help": section.help,
        "was": list(section.was),
        "fields": [_field(part, cell) for cell in cells],
        "label": rows and rows.label,
        "names": _choices(part.names),
        "named": part.has_names,
        "noted": bool(rows and rows.of and rows.note),
        "note": rows and rows.note,
        "open": part.blank is not None,
        "home": rows and rows.home,
        "of": rows and rows.of,
        "where": rows and dict(rows.where),
        "table": rows is not None,
        "blank": rows and rows.blank,
        "rows": [_row(row, part, playbook) for row in part.rows or () if row.id],
        "roles": _roles(playbook) if section.columns_of == Role.kind.key else None,
        "renamed": rows and rows.of and _renamed(playbook, rows.of),
    }
    return cast(SectionSpec, _said(values))


def _choices(choices: Iterable[Choice]) -> list[NamedValue]:
    return [(choice.value, choice.text) for choice in choices]


def _field(part: SheetSection, cell: SheetCell) -> FieldSpec:
    field = cell.field
    values = {
        "id": field.id,
        "name": field.name,
        "type": field.type,
        "unit": field.unit,
        "required": field.required,
        "was": list(field.was),
        "heading": field.heading,
        "key": _key(part, field),
        "value": cell.value if part.rows is None else "",
        "choices": _choices(cell.choices),
    }
    return cast(FieldSpec, _said(values))


def _row(row: SheetRow, part: SheetSection, playbook: Playbook) -> RowSpec:
    values: dict[str, Any] = {
        "id": row.id,
        "name": row.name,
        "note": as_plain(row.note),
        "values": {cell.field.id: cell.value for cell in row.cells if cell.value},
    }
    if part.section.rows and part.section.rows.of == Activity.kind.key:
        activity = playbook.of(Activity)[row.id]
        values |= {
            "business": activity.business_decision,
            "shared": activity.shared_accountability,
            "ignore": _ignored(activity),
        }
    return cast(RowSpec, _said(values))


def _roles(playbook: Playbook) -> list[RoleSpec]:
    return [
        cast(
            RoleSpec,
            _said({"id": role.id, "name": role.name, "business": role.business, "ignore": _ignored(role)}),
        )
        for role in playbook.of(Role).values()
    ]


def _renamed(playbook: Playbook, key: str) -> dict[str, str]:
    """New id by former id, for the rows of a list."""
    return {old: new for old, new in playbook.origins[key].renamed.items() if new}


def _ignored(item: Activity | Role) -> list[str]:
    """Rules that the item turns off."""
    return [silence.rule for silence in item.ignore]


def _key(part: SheetSection, field: Field) -> str | None:
    """Where an answer stands in the data: a field of the row's item, or one entry of such a field."""
    rows = part.section.rows
    if rows is None or not rows.home or rows.of is None or field.prefill is None:
        return None
    is_mapping = field.prefill in _mappings(rows.of)
    return f"{field.prefill}.{field.id}" if is_mapping else field.prefill


@cache
def _mappings(key: str) -> frozenset[str]:
    """Fields of a list's items that are mappings, such as the letters of an activity."""
    fields = BY_KEY[key].model.model_fields
    return frozenset(name for name, field in fields.items() if get_origin(field.annotation) is dict)


def _home_list(template: Template) -> str | None:
    """The list of the playbook that a filled template can replace the company's version of."""
    if template.result == "scorecard":
        return "candidates"
    return next((each.rows.of for each in template.sections if each.rows and each.rows.home), None)


def _home(template: Template, playbook: Playbook) -> HomeSpec | None:
    key = _home_list(template)
    if key is None:
        return None
    kind, owed = BY_KEY[key], playbook.origins[key]
    return {
        "list": key,
        "file": kind.file,
        "one": kind.one,
        "upstream": sorted(owed.upstream, key=owed.upstream.__getitem__)
        + [id for id, entry in owed.ours.items() if "remove" in entry],
        "ours": {id: dict(entry) for id, entry in owed.ours.items()},
        "needed": [name for name, field in kind.model.model_fields.items() if field.is_required()],
    }
