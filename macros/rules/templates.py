"""Template definitions that can be rendered and filled."""

from __future__ import annotations

from collections.abc import Iterator

from macros.diagnostics import Diagnostic, Path, did_you_mean
from macros.model import KINDS
from macros.model.template import Field, Section, Template
from macros.parse import COMPANY, Draft, Entry
from macros.rules.registry import Rule

_MODELS = {kind.key: kind.item for kind in KINDS}


def _places(section: Section) -> Iterator[tuple[Path, Field]]:
    """Fields of a section and where they stand in it."""
    for index, each in enumerate(section.fields):
        yield ("fields", index), each
    if section.cell is not None:
        yield ("cell",), section.cell


def fields(draft: Draft) -> Iterator[Diagnostic]:
    """Sections and fields that contradict themselves."""
    for entry in draft.entries["templates"]:
        yield from _twice(entry, ("sections",), [section.id for section in entry.item.sections])
        for index, section in enumerate(entry.item.sections):
            path: Path = ("sections", index)
            yield from _twice(entry, (*path, "fields"), [each.id for each in section.fields])
            yield from _section(entry, path, section)
            for below, each in _places(section):
                yield from _field(entry, (*path, *below), each, section)


def _twice(entry: Entry[Template], path: Path, ids: list[str]) -> Iterator[Diagnostic]:
    for index, name in enumerate(ids):
        if name in ids[:index]:
            yield entry.diagnostic((*path, index, "id"), f"duplicate id '{name}'")


def _section(entry: Entry[Template], path: Path, section: Section) -> Iterator[Diagnostic]:
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
    if section.rows.of is not None:
        known = tuple(_MODELS[section.rows.of].model_fields)
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


def _field(entry: Entry[Template], path: Path, each: Field, section: Section) -> Iterator[Diagnostic]:
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
        known = tuple(_MODELS[section.rows.of].model_fields)
        if each.prefill not in known:
            message = f"unknown field '{each.prefill}' of {section.rows.of}"
            yield entry.diagnostic((*path, "prefill"), message, did_you_mean(each.prefill, known))


def page(draft: Draft) -> Iterator[Diagnostic]:
    """Templates without a page of their own."""
    for entry in draft.entries["templates"]:
        name = f"docs/templates/{entry.item.id}.md"
        if not any((draft.root / folder / name).is_file() for folder in ("", COMPANY)):
            message = f"the template has no page {name}"
            yield entry.diagnostic(("id",), message, "copy another template's page and change its id")


RULES = (
    Rule(
        "template-page",
        "error",
        "Every template has a page",
        "First steps and lists link to `docs/templates/<id>.md`. The page holds two macro calls; copy "
        "a neighbor and change the id.",
        page,
    ),
    Rule(
        "template-definition",
        "error",
        "A template's definition makes sense",
        "Choices on choice fields only, columns with cells and rows, prefill from a field that exists.",
        fields,
    ),
)
