"""Template definitions that can be rendered and filled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from macros.diagnostics import Diagnostic, Where, did_you_mean
from macros.load.reading import Entry, Reading
from macros.model.kinds import BY_KEY
from macros.model.template import Field, Result, Section, Template
from macros.rules.registry import Rule

_NEEDED: dict[Result, tuple[str, ...]] = {
    "scorecard": ("candidates", "exclusions", "criteria", "decision"),
    "gaps": ("questions",),
    "one-sheet": ("purpose", "stakeholders", "members", "raci", "start"),
}
"""Sections that a result is worked out from."""


def _places(section: Section) -> Iterator[tuple[Where, Field]]:
    """Fields of a section and where they stand in it."""
    for index, each in enumerate(section.fields):
        yield ("fields", index), each
    if section.cell is not None:
        yield ("cell",), section.cell


def fields(reading: Reading) -> Iterator[Diagnostic]:
    """Sections and fields that contradict themselves."""
    for entry in reading.of(Template):
        yield from _twice(entry, ("sections",), [section.id for section in entry.item.sections])
        for index, section in enumerate(entry.item.sections):
            path: Where = ("sections", index)
            yield from _twice(entry, (*path, "fields"), [each.id for each in section.fields])
            yield from _section(entry, path, section)
            yield from _former(entry, (*path, "fields"), section.fields)
            for below, each in _places(section):
                yield from _field(entry, (*path, *below), each, section)
        yield from _former(entry, ("sections",), entry.item.sections)
        yield from _result(entry)
        yield from _homes(entry)
        yield from _session(entry)


def _session(entry: Entry[Template]) -> Iterator[Diagnostic]:
    """A template that feeds itself or another one twice, or follows itself."""
    item = entry.item
    fed: set[str] = set()
    for index, each in enumerate(item.feeds):
        path: Where = ("feeds", index, "template")
        if each.template == item.id:
            message = "a template feeds itself"
            yield entry.diagnostic(path, message, "name the template that takes the answers")
        elif each.template in fed:
            yield entry.diagnostic(path, f"'{each.template}' is fed twice", "say both in one 'what'")
        fed.add(each.template)
    if item.next == item.id:
        yield entry.diagnostic(("next",), "a template follows itself", "name another one, or leave it out")


def _plans(reading: Reading, *, halved: bool) -> Iterator[Diagnostic]:
    """Plans that do not fit into their session.

    Args:
        reading: all data.
        halved: whether to look at templates of which the company changed only the plan or the minutes.
    """
    ours = reading.ours.get(Template.kind.key, {})
    for entry in reading.of(Template):
        item, written = entry.item, ours.get(entry.item.id, {})
        planned = sum(part.minutes for part in item.plan)
        is_half = entry.place.base is not None and ("plan" in written) != ("minutes" in written)
        if item.plan and planned != item.minutes and is_half == halved:
            message = f"the parts take {planned} minutes, and the session {item.minutes}"
            hint = f"make them add up, or write minutes: {planned}"
            if halved and "minutes" in written:
                hint = "the playbook's plan is not shown; write your own, or plan: null"
            yield entry.diagnostic(("minutes" if halved else "plan",), message, hint)


def plan(reading: Reading) -> Iterator[Diagnostic]:
    """Plans that do not add up."""
    yield from _plans(reading, halved=False)


def half_plan(reading: Reading) -> Iterator[Diagnostic]:
    """Plans of which the company changed one half."""
    yield from _plans(reading, halved=True)


def _former(entry: Entry[Template], path: Where, named: Sequence[Section | Field]) -> Iterator[Diagnostic]:
    """Former ids that are in use, so that nobody could tell where an old answer belongs."""
    taken = {each.id for each in named}
    for index, each in enumerate(named):
        for place, former in enumerate(each.was):
            if former in taken:
                message = f"'{former}' is still an id here"
                yield entry.diagnostic((*path, index, "was", place), message, "an old answer would fit twice")
            taken.add(former)


def _result(entry: Entry[Template]) -> Iterator[Diagnostic]:
    known = [section.id for section in entry.item.sections]
    for needed in _NEEDED[entry.item.result] if entry.item.result else ():
        if needed not in known:
            message = f"the result '{entry.item.result}' needs a section '{needed}'"
            yield entry.diagnostic(("result",), message, did_you_mean(needed, known))
    answers = {
        f"{section.id}{row}.{each.id}"
        for section in entry.item.sections
        for each in section.fields
        for row in (
            [f".row-{number}" for number in range(1, section.rows.blank + 1)] if section.rows else [""]
        )
    }
    for index, section in enumerate(entry.item.sections):
        for below, each in _places(section):
            if each.heading is not None and each.heading not in answers:
                message = f"no answer '{each.heading}' in this sheet"
                hint = did_you_mean(each.heading, sorted(answers))
                yield entry.diagnostic(("sections", index, *below, "heading"), message, hint)


def _homes(entry: Entry[Template]) -> Iterator[Diagnostic]:
    """Tables with a home: one list for the whole sheet, since it becomes one file."""
    lists = []
    for index, section in enumerate(entry.item.sections):
        if section.rows is None or not section.rows.home:
            continue
        path: Where = ("sections", index, "rows", "home")
        if section.rows.of is None:
            yield entry.diagnostic(path, "a home without 'of'", "say which list the answers become")
            continue
        lists.append(section.rows.of)
        if lists[0] != section.rows.of:
            message = f"a sheet becomes one file, and '{lists[0]}' has its home here already"
            yield entry.diagnostic(path, message, "make it a template of its own")
        named = [each.prefill for _, each in _places(section) if each.prefill]
        if not named:
            yield entry.diagnostic(path, "no answer has a place in the list", "name one in 'prefill'")


def _twice(entry: Entry[Template], path: Where, ids: list[str]) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for index, name in enumerate(ids):
        if name in seen:
            yield entry.diagnostic((*path, index, "id"), f"duplicate id '{name}'")
        seen.add(name)


def _section(entry: Entry[Template], path: Where, section: Section) -> Iterator[Diagnostic]:
    if not section.fields and section.columns_of is None:
        yield entry.diagnostic(path, "has nothing to fill in", "add 'fields' or 'columns_of'")
    if section.columns_of is not None and section.cell is None:
        yield entry.diagnostic((*path, "columns_of"), "columns without a 'cell'", "say what to fill in")
    if section.cell is not None and section.columns_of is None:
        yield entry.diagnostic((*path, "cell"), "a 'cell' without 'columns_of'", "say which columns")
    if section.rows is None:
        if section.columns_of is not None:
            yield entry.diagnostic((*path, "columns_of"), "columns need 'rows'", "say which rows")
        return
    if section.rows.of is None and not section.rows.blank:
        yield entry.diagnostic((*path, "rows"), "has no rows", "set 'of' or 'blank'")
    if section.rows.name_from is not None and section.rows.of is None:
        message = "only tables whose rows come 'of' a list name their added rows"
        yield entry.diagnostic((*path, "rows", "name_from"), message, "set 'of', or make it a choice field")
    if section.rows.of is not None:
        known = tuple(BY_KEY[section.rows.of].model.model_fields)
        if section.rows.note is not None and section.rows.note not in known:
            message = f"unknown field '{section.rows.note}' of {section.rows.of}"
            hint = did_you_mean(section.rows.note, known)
            yield entry.diagnostic((*path, "rows", "note"), message, hint)
        for key in section.rows.where:
            if key not in known:
                yield entry.diagnostic(
                    (*path, "rows", "where", key),
                    "unknown field",
                    did_you_mean(key, known),
                    of_key=True,
                )


def _field(entry: Entry[Template], path: Where, each: Field, section: Section) -> Iterator[Diagnostic]:
    has_choices = bool(each.choices) or each.choices_from is not None
    if each.type == "choice" and not has_choices:
        yield entry.diagnostic(path, "a choice without choices", "add 'choices' or 'choices_from'")
    if each.type != "choice" and has_choices:
        yield entry.diagnostic(path, f"choices on a {each.type} field", "set 'type: choice'")
    if each.choices and each.choices_from is not None:
        yield entry.diagnostic(path, "both 'choices' and 'choices_from'", "keep one")
    yield from _twice(entry, (*path, "choices"), [choice.value for choice in each.choices])
    if each.unit is not None and each.type != "number":
        yield entry.diagnostic((*path, "unit"), f"a unit on a {each.type} field", "set 'type: number'")
    if each.prefill is not None:
        if section.rows is None or section.rows.of is None:
            yield entry.diagnostic((*path, "prefill"), "nothing to prefill from", "set 'rows: of:'")
            return
        known = tuple(BY_KEY[section.rows.of].model.model_fields)
        if each.prefill not in known:
            message = f"unknown field '{each.prefill}' of {section.rows.of}"
            yield entry.diagnostic((*path, "prefill"), message, did_you_mean(each.prefill, known))


def page(reading: Reading) -> Iterator[Diagnostic]:
    """Templates without a page of their own."""
    for entry in reading.of(Template):
        name = f"docs/templates/{entry.item.id}.md"
        if not any((root / name).is_file() for root in (reading.project.root, reading.project.company)):
            message = f"the template has no page {name}"
            yield entry.diagnostic(("id",), message, "copy another template's page and change its id")


RULES = (
    Rule(
        "template-page",
        "error",
        "Every template has a page",
        "First steps and lists link to `docs/templates/<id>.md`. The page holds two macro calls; copy "
        "a neighbor and change the id. `hide: footer` takes away the theme's way on, since the sheet "
        "says itself what comes next.",
        page,
    ),
    Rule(
        "template-definition",
        "error",
        "A template's definition makes sense",
        "Choices on choice fields only, columns with cells and rows, prefill from a field that exists, "
        "former ids that are free, results with the sections that they are worked out from, answers that go "
        "to another sheet.",
        fields,
    ),
    Rule(
        "template-plan",
        "error",
        "A plan by the clock adds up",
        "The minutes of its parts are the session's. Otherwise a room ends without its last part, which "
        "is often the decision.",
        plan,
    ),
    Rule(
        "template-half-plan",
        "warning",
        "Minutes and plan are changed together",
        "Your layer changed how long a session takes, or its plan, and not the other one. Until both "
        "agree the page shows no plan.",
        half_plan,
    ),
)
