"""Templates: what a team fills in a workshop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field as Constraint

from macros.model import content
from macros.model.base import Id, Item, Model, Ref, Text, kinds_in

FieldType = Literal["text", "long-text", "number", "date", "choice", "checkbox"]

if TYPE_CHECKING:
    Collection = str
else:
    Collection = Literal[tuple(sorted(kind.key for kind in kinds_in(content) if kind.in_sheets))]
"""Lists of the playbook that rows, columns and choices can be taken from."""

Result = Literal["scorecard", "gaps", "one-sheet"]
"""What is worked out from the answers: which candidate to take, which pillar has the gaps, or the
sheet of paper itself."""


class Choice(Model):
    """One option of a choice field."""

    value: Text
    """What is stored."""
    text: Text
    """What is shown."""


class Field(Model):
    """Something to fill in: a line of a form, or a column of a table."""

    id: Id
    name: Text
    type: FieldType = "text"
    help: Text | None = None
    """How to answer well, with an example."""
    required: bool = False
    unit: Text | None = None
    """Shown behind a number, such as % or hours a week."""
    choices: tuple[Choice, ...] = ()
    """Options of a choice field."""
    choices_from: Collection | None = None
    """Options taken from a list of the playbook: each item's id and name."""
    prefill: Text | None = None
    """In a table whose rows come from the playbook: the row item's field shown here, and, where the
    rows have a home, the field that the answer becomes."""
    heading: Text | None = None
    """Another answer of the sheet that heads this column once it is given, such as people.p1."""
    was: tuple[Id, ...] = ()
    """Ids that this field had before: what was answered there moves here."""


class Rows(Model):
    """Rows of a table: taken from the playbook, blank, or both."""

    of: Collection | None = None
    """One row for each item of this list."""
    where: dict[str, str] = Constraint(default_factory=dict)
    """Only items whose field has this value."""
    note: Text | None = None
    """The row item's field shown under its name, such as when a capability counts as there."""
    blank: Annotated[int, Constraint(ge=0, le=30)] = 0
    """Empty rows to add."""
    label: Text = "Item"
    """Heading of the column that names the row."""
    name_from: Collection | None = None
    """An added row is named by choosing from this list, not by typing."""
    home: bool = False
    """The answers can become the company's own version of the list that the rows are taken from."""
    fixed: bool = False
    """Blank rows can be neither added nor removed, since other tables refer to them by number."""


class Section(Model):
    """A part of a template: a form, or a table."""

    id: Id
    name: Text
    help: Text | None = None
    fields: tuple[Field, ...] = ()
    """A form's fields, or a table's columns."""
    rows: Rows | None = None
    """Makes the section a table."""
    columns_of: Collection | None = None
    """One column for each item of this list, each of `cell`'s type."""
    cell: Field | None = None
    """What stands in such a column."""
    was: tuple[Id, ...] = ()
    """Ids that this section had before."""


class Moment(Item, key="moments", one="moment"):
    """When a template is needed: templates are grouped by it, in the file's order."""

    name: Text
    text: Text
    """How to tell that this moment has come."""


class Part(Model):
    """One part of a session."""

    minutes: Annotated[int, Constraint(ge=1)]
    """How long it takes."""
    do: Text
    """What the room does in this time."""


class Feed(Model):
    """Another template that answers of this one go to."""

    template: Annotated[str, Ref("templates", may_go=True)]
    what: Text
    """Which answers, such as "the names and what we ask of them"."""


class Template(Item, key="templates", file="templates/", one="template"):
    """One sheet to fill in: purpose, how to run the session, sections."""

    name: Text
    purpose: Text
    """What the filled sheet decides or shows."""
    people: Text
    """Who is in the room."""
    minutes: Annotated[int, Constraint(ge=5, le=240)]
    """Time to plan, in minutes."""
    run: Annotated[tuple[Text, ...], Constraint(min_length=2)]
    """How to run the session, step by step."""
    done_when: Text
    moment: Annotated[str, Ref("moments", may_go=True)] | None = None
    """When it is needed; a template without one stands in a group of its own at the end."""
    invite: Text | None = None
    """The invitation to the session, to be copied; what has to be replaced stands in [brackets]."""
    bring: tuple[Text, ...] = ()
    """What has to be on the table, one thing a line."""
    plan: tuple[Part, ...] = ()
    """The session by the clock; the parts add up to `minutes`, or the plan is not shown."""
    short: Text | None = None
    """What to do with only 15 minutes."""
    feeds: tuple[Feed, ...] = ()
    """Templates that answers of this one go to."""
    next: Annotated[str, Ref("templates", may_go=True)] | None = None
    """The template that usually follows: the way on at the foot of its page."""
    landscape: bool = False
    """Print sideways: for wide tables."""
    result: Result | None = None
    """What is worked out from the answers and shown beside the sheet."""
    sections: Annotated[tuple[Section, ...], Constraint(min_length=1)]
