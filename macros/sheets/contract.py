"""What a page hands to its script: the one definition of it, for Python and for the browser.

`playbook schema` writes `docs/assets/sheets/types.d.ts` from these classes. A key that says
nothing (an empty text, a false switch) is left out, to keep the page small.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal, NotRequired, TypedDict, get_args, get_origin, get_type_hints, is_typeddict

from macros.model.reference import attribute_docs

NamedValue = tuple[str, str]


class FieldSpec(TypedDict):
    """Something to fill in: a line of a form, or a column of a table."""

    id: str
    name: str
    type: Literal["text", "long-text", "number", "date", "choice", "checkbox"]
    unit: NotRequired[str]
    required: NotRequired[bool]
    was: NotRequired[list[str]]
    """Ids that it had before."""
    heading: NotRequired[str]
    """Another answer that heads this column once it is given, such as people.row-1.name."""
    key: NotRequired[str]
    """Where the answer stands in the playbook's data: `interest`, or `roles.ml-engineer`."""
    value: NotRequired[str]
    """What a form's field is prefilled with."""
    choices: NotRequired[list[NamedValue]]
    """What is stored and what is shown."""


class RowSpec(TypedDict):
    """A row of the playbook's."""

    id: str
    name: str
    note: NotRequired[str]
    values: NotRequired[dict[str, str]]
    """What its cells are prefilled with, by field."""
    business: NotRequired[bool]
    """Of an activity of the RACI: what the linter asks for, where the sheet has no column for it."""
    shared: NotRequired[str]
    ignore: NotRequired[list[str]]


class RoleSpec(TypedDict):
    """A column of the RACI."""

    id: str
    name: str
    business: NotRequired[bool]
    ignore: NotRequired[list[str]]


class SectionSpec(TypedDict):
    """A part of a sheet: a form, or a table."""

    id: str
    name: str
    help: NotRequired[str]
    was: NotRequired[list[str]]
    fields: list[FieldSpec]
    table: NotRequired[bool]
    label: NotRequired[str]
    """Heading of the column that names the row."""
    names: NotRequired[list[NamedValue]]
    """What an added row can be called, where its name is chosen."""
    named: NotRequired[bool]
    """Whether an added row has a name."""
    noted: NotRequired[bool]
    """Whether rows have a note under their name."""
    note: NotRequired[str]
    """The field of the row's item that the note is."""
    open: NotRequired[bool]
    """Whether rows can be added, removed and moved."""
    home: NotRequired[bool]
    """Whether its answers become the company's own version of the list."""
    of: NotRequired[str]
    where: NotRequired[dict[str, str]]
    blank: NotRequired[int]
    rows: NotRequired[list[RowSpec]]
    roles: NotRequired[list[RoleSpec]]
    """Roles that are columns here, for the linter."""
    renamed: NotRequired[dict[str, str]]
    """New id by former id of the list that the rows come from."""


class HomeSpec(TypedDict):
    """The file of the company's layer that the answers can become."""

    list: str
    file: str
    one: str
    upstream: list[str]
    """Ids of upstream's list, in its order."""
    ours: dict[str, dict[str, Any]]
    """The company's entries as they are committed, by id."""
    needed: list[str]
    """Keys that an item of the list cannot do without."""


class SaysSpec(TypedDict):
    """What a rule says of a case, with {placeholders}."""

    message: str
    hint: str


class RuleSpec(TypedDict):
    """A rule of the linter that the sheet is held to while it is filled."""

    severity: Literal["error", "warning"]
    says: dict[str, SaysSpec]
    """By case."""


class SheetSpec(TypedDict):
    """A template laid out for filling."""

    id: str
    name: str
    company: NotRequired[str]
    """Whose playbook it is; a file to hand out says so."""
    result: NotRequired[Literal["scorecard", "gaps", "one-sheet"]]
    landscape: NotRequired[bool]
    sections: list[SectionSpec]
    home: NotRequired[HomeSpec]
    rules: NotRequired[dict[str, RuleSpec]]
    """The linter's rules for this sheet, by id."""
    verdicts: NotRequired[dict[str, str]]
    """What the result says, with {placeholders}."""


CONTRACT = (FieldSpec, RowSpec, RoleSpec, SectionSpec, HomeSpec, SaysSpec, RuleSpec, SheetSpec)
"""Every type that the page and its script share."""

TYPES = "docs/assets/sheets/types.d.ts"
"""File that `as_typescript` is written into."""

_HEAD = """// What the page hands over to its script. Written by `playbook schema` from
// macros/sheets/contract.py: change it there.
"""


def as_typescript() -> str:
    """The contract as TypeScript interfaces, the text of a file."""
    return "\n".join([_HEAD, *("\n".join([*_interface(each), ""]) for each in CONTRACT)])


def _interface(contract: Any) -> Iterator[str]:
    """One class as the lines of an interface."""
    docs = attribute_docs(contract)
    yield f"/** {' '.join((contract.__doc__ or '').split())} */"
    yield f"export interface {contract.__name__} {{"
    for name, hint in get_type_hints(contract, include_extras=True).items():
        optional = get_origin(hint) is NotRequired
        inner = get_args(hint)[0] if optional else hint
        if name in docs:
            yield f"  /** {' '.join(docs[name].split())} */"
        key = name if re.fullmatch(r"[A-Za-z_]\w*", name) else f'"{name}"'
        yield f"  {key}{'?' if optional else ''}: {_type(inner)};"
    yield "}"


_PLAIN = {str: "string", bool: "boolean", int: "number", float: "number", Any: "unknown"}


def _type(hint: Any) -> str:
    """A Python type as TypeScript's."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    if is_typeddict(hint):
        return str(hint.__name__)
    parts = get_args(hint)
    origin = get_origin(hint)
    if origin is Literal:
        return " | ".join(f'"{part}"' for part in parts)
    if origin is tuple:
        return f"[{', '.join(map(_type, parts))}]"
    if origin is list:
        return f"{_type(parts[0])}[]"
    if origin is dict:
        return f"Record<{_type(parts[0])}, {_type(parts[1])}>"
    raise TypeError(f"no TypeScript for {hint}")
