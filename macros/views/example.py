"""A filled sheet to read: what was answered, without what was left empty; and links to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from macros.model.template import Template
from macros.sheets.contract import FieldSpec, SectionSpec, SheetSpec
from macros.sheets.draft import Cells, Draft, row_name
from macros.sheets.spec import sheets
from macros.sheets.text import shown
from macros.views.links import Linker
from macros.views.render import Context
from macros.views.text import in_heading

FORMATS = ("docx", "xlsx", "json")
"""Formats in which a filled sheet is published; its template's page opens the last."""


def path_of(id: str, ending: str) -> str:
    """Where a filled sheet is published, below the site's root."""
    return f"examples/{id}.{ending}"


def of_template(context: Context, id: str) -> dict[str, Any] | None:
    """What a template's page shows of its example; None where nobody filled it."""
    found = context.examples.get(id)
    if found is None:
        return None
    return {
        "name": found.saved.name,
        "own": found.own,
        "day": found.saved.saved[:10],
        "sections": answered(sheets(context.playbook)[id].spec, found.draft),
        "files": {ending: path_of(id, ending) for ending in FORMATS},
    }


def filled(context: Context, id: str, text: str = "") -> str:
    """A link to a template as the example company filled it, or else to the template.

    Args:
        context: the playbook and the page.
        id: the template's; where a company has removed it, the text stands without a link.
        text: what the link says; the template's name by default.
    """
    item = context.playbook.of(Template).get(id)
    shown = in_heading(text or (item.name if item else id))
    if item is None:
        return shown
    anchor = "#example" if id in context.examples else ""
    # A link of Markdown, so that an abbreviation in it gets no second one.
    target = Linker(context.link.path, from_source=True).page(f"templates/{id}.md{anchor}")
    return f"[{shown}]({target})"


@dataclass(frozen=True)
class Answer:
    """One answer.

    Args:
        asked: the question, or the heading of its column.
        text: what was answered, as it reads; empty where nothing was.
        type: the field's type.
    """

    asked: str
    text: str
    type: str

    @property
    def lines(self) -> list[str]:
        """The answer line by line."""
        return self.text.split("\n")


@dataclass(frozen=True)
class Answered:
    """A section with answers.

    Args:
        name: its heading.
        label: what a row is; empty for a form.
        heads: headings of the columns that somebody wrote in.
        rows: a row's name, note and answers, one for each heading; a form has one.
    """

    name: str
    label: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[Answer, ...]], ...]


def answered(spec: SheetSpec, draft: Draft) -> list[Answered]:
    """The sections in which something was answered."""
    heads = {
        each["name"]: text
        for section in spec["sections"]
        for each in section["fields"]
        if (text := _written(each.get("heading", ""), draft))
    }
    made = (
        _table(each, draft, heads) if each.get("table") else _form(each, draft, heads)
        for each in spec["sections"]
    )
    return [each for each in made if each.rows]


def _written(place: str, draft: Draft) -> str:
    """The answer that heads a column: ``people.p1`` or ``candidates.row-1.name``; else nothing."""
    section, *row, id = place.split(".") if place else ("", "")
    if not row:
        return str(draft.forms.get(section, {}).get(id, ""))
    added = [each for each in draft.tables.get(section, ()) if not each.row]
    at = int(row[0].removeprefix("row-")) - 1
    return str(added[at].cells.get(id, "")) if at < len(added) else ""


def _form(section: SectionSpec, draft: Draft, heads: Mapping[str, str]) -> Answered:
    given = _answers(section["fields"], draft.forms[section["id"]], heads)
    said = tuple(each for each in given if each.text)
    return Answered(section["name"], "", (), (("", "", said),) if said else ())


def _table(section: SectionSpec, draft: Draft, heads: Mapping[str, str]) -> Answered:
    """A table without the rows in which nothing was answered, and without such columns.

    A column that another answer heads stays: what is not ticked in it is an answer, too.
    """
    rows = [(at, row) for at, row in enumerate(draft.tables[section["id"]]) if any(row.cells.values())]
    fields = [
        each
        for each in section["fields"]
        if "heading" in each or any(row.cells[each["id"]] for _, row in rows)
    ]
    lines = tuple(
        (row_name(section, row, at), row.note, tuple(_answers(fields, row.cells, heads))) for at, row in rows
    )
    return Answered(
        section["name"], section.get("label", ""), tuple(_asked(each, heads) for each in fields), lines
    )


def _answers(fields: Iterable[FieldSpec], cells: Cells, heads: Mapping[str, str]) -> Iterator[Answer]:
    for each in fields:
        text = shown(each, cells[each["id"]])
        # A choice that is called as a column stands for what heads it.
        yield Answer(
            _asked(each, heads), heads.get(text, text) if each["type"] == "choice" else text, each["type"]
        )


def _asked(field: FieldSpec, heads: Mapping[str, str]) -> str:
    return heads.get(field["name"], field["name"]) if "heading" in field else field["name"]
