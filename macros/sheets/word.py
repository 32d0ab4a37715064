"""A draft, or a blank sheet, as a Word document."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt

from macros.model.template import Template
from macros.sheets.contract import FieldSpec, SectionSpec, SheetSpec
from macros.sheets.draft import Draft, Value, is_blank, row_name, rows_by_id
from macros.sheets.office import stable
from macros.sheets.text import shown

_FEW = 6
"""So many choices are printed on a blank; a longer list would hide the question."""


def write(spec: SheetSpec, draft: Draft, about: Template | None = None) -> bytes:
    """The document's bytes.

    Args:
        spec: the laid-out template.
        draft: its answers.
        about: the template, for a blank: it says how to run the session, and has the rows and
            choices that are still to be filled in.
    """
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    if spec.get("landscape"):
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = page.page_height, page.page_width
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(1.8)
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(10)
    document.core_properties.title = spec["name"]
    document.core_properties.author = "MLOps playbook"
    document.add_heading(spec["name"], 0)
    if about is None:
        document.add_paragraph(", ".join(filter(None, [draft.name, draft.saved[:10]])))
    else:
        _brief(document, about)
    for section in spec["sections"]:
        document.add_heading(section["name"], 1)
        if about is not None and section.get("help"):
            document.add_paragraph(section["help"])
        if section.get("table"):
            _table(document, _rows(section, draft, about is not None), headed=True)
        else:
            cells = draft.forms[section["id"]]
            lines = [
                [_asked(each, about is not None), _answer(each, cells[each["id"]])]
                for each in section["fields"]
            ]
            _table(document, lines, headed=False)
    if draft.kept:
        document.add_heading("No longer in this sheet", 1)
        _table(document, [[each.where, each.value] for each in draft.kept], headed=False)
    out = io.BytesIO()
    document.save(out)
    return stable(out.getvalue())


def _brief(document: Any, about: Template) -> None:
    """Purpose and how to run it, on a blank."""
    document.add_paragraph(about.purpose)
    for label, text in (
        ("Who is in the room", about.people),
        ("Time", f"{about.minutes} minutes"),
        ("Done when", about.done_when),
    ):
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(text)
    for each in about.run:
        document.add_paragraph(each, style="List Number")


def _asked(each: FieldSpec, blank: bool) -> str:
    name = f"{each['name']} *" if blank and each.get("required") else str(each["name"])
    choices = [text for _, text in each.get("choices", ())]
    if blank and each.get("unit"):
        name += f" ({each['unit']})"
    return f"{name} ({' / '.join(choices)})" if blank and 0 < len(choices) <= _FEW else name


def _answer(asked: FieldSpec, value: Value) -> str:
    if asked["type"] == "checkbox":
        return "☑" if value else "☐"
    return shown(asked, value)


def _rows(section: SectionSpec, draft: Draft, blank: bool) -> list[list[str]]:
    lines = [[section.get("label", "Row"), *(_asked(each, blank) for each in section["fields"])]]
    known = rows_by_id(section)
    for index, row in enumerate(draft.tables[section["id"]]):
        if is_blank(row) and not blank:
            continue
        name = "" if is_blank(row) else row_name(section, row, index)
        note = row.note or (known[row.row].get("note", "") if blank and row.row in known else "")
        cells = [_answer(each, row.cells[each["id"]]) for each in section["fields"]]
        lines.append(["\n".join(filter(None, [name, note])), *cells])
    return lines


def _table(document: Any, lines: Sequence[Sequence[str]], *, headed: bool) -> None:
    """A table with borders; a line break in a text stays one."""
    table = document.add_table(rows=0, cols=len(lines[0]))
    table.style = "Table Grid"
    for index, line in enumerate(lines):
        row = table.add_row()
        for column, (cell, text) in enumerate(zip(row.cells, line, strict=True)):
            run = cell.paragraphs[0].add_run(text)
            run.bold = column == 0 or (headed and index == 0)
        if headed and index == 0:
            # The heading stands on each page.
            mark = OxmlElement("w:tblHeader")
            mark.set(qn("w:val"), "true")
            row._tr.get_or_add_trPr().append(mark)
