"""A draft as PDF: the sheet as its page prints it, by the Chromium that is installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from macros.sheets.contract import FieldSpec, SectionSpec, SheetSpec
from macros.sheets.draft import Draft, Value, is_blank, row_name, rows_by_id
from macros.sheets.text import shown

PARTIALS = Path(__file__).parent / "partials"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
"""What Chromium and the browsers made from it are called."""
_SECONDS = 120
_WIDE = 6
"""Columns that a page upright has room for, as in docs/assets/sheets/paper.js."""


class NoPdfError(Exception):
    """No PDF can be made here; the text says why and what helps."""


def chromium() -> str | None:
    """Path of an installed Chromium: what the variable CHROMIUM says, or the first known name found."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def write(spec: SheetSpec, draft: Draft, style: str, company: str) -> bytes:
    """A draft as the bytes of a PDF file.

    Args:
        spec: the laid-out template.
        draft: its answers.
        style: the style sheet of the site, which says how a sheet is printed.
        company: the site's name, for the title block.

    Raises:
        NoPdfError: if there is no Chromium, or it writes nothing.
    """
    found = chromium()
    if found is None:
        raise NoPdfError(
            "PDF is written by Chromium, Chrome or Edge, and none is installed; set CHROMIUM to its path."
        )
    with tempfile.TemporaryDirectory(prefix="playbook-pdf-") as name:
        folder = Path(name)
        (folder / "sheet.html").write_text(html(spec, draft, style, company), "utf-8")
        command = [
            found, "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            f"--user-data-dir={folder / 'profile'}", "--no-pdf-header-footer",
            f"--print-to-pdf={folder / 'sheet.pdf'}", (folder / "sheet.html").as_uri(),
        ]  # fmt: skip
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.insert(1, "--no-sandbox")  # root, as in a container: Chromium won't start otherwise
        try:
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True)  # noqa: S603 - our own page
            return (folder / "sheet.pdf").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise NoPdfError(f"{found} has written no PDF: {error}") from None


def html(spec: SheetSpec, draft: Draft, style: str, company: str) -> str:
    """The sheet as a page of its own; the arguments are those of `write`."""
    sections = [
        {"section": section, "columns": _columns(section, draft), "rows": _rows(section, draft)}
        for section in spec["sections"]
        if not section.get("table") or _rows(section, draft)
    ]
    most = max((len(each["fields"]) for each in spec["sections"] if each.get("table")), default=0)
    made = _environment().get_template("paper.html.j2")
    foot = " · ".join((company, spec["name"], draft.name))
    return made.render(
        spec=spec, draft=draft, sections=sections, style=style, company=company,
        foot='"' + " ".join(foot.split()).replace("\\", "\\\\").replace('"', '\\"') + '"',
        wide=bool(spec.get("landscape")) or most > _WIDE,
    )  # fmt: skip


def _columns(section: SectionSpec, draft: Draft) -> list[tuple[FieldSpec, str]]:
    """A table's columns with their heads; one that waits for a name and holds nothing is left out."""
    rows = draft.tables.get(section["id"], [])
    found = []
    for asked in section["fields"]:
        named = _headed(asked.get("heading"), draft)
        if not asked.get("heading") or named or any(row.cells[asked["id"]] for row in rows):
            found.append((asked, named or asked["name"]))
    return found


def _headed(heading: str | None, draft: Draft) -> str:
    """The answer that heads a column, such as `people.row-1.name`; empty while it is not given."""
    if not heading:
        return ""
    section, *row, asked = heading.split(".")
    if not row:
        return str(draft.forms.get(section, {}).get(asked, ""))
    own = [each for each in draft.tables.get(section, []) if not each.row]
    index = int(row[0].removeprefix("row-")) - 1
    return str(own[index].cells.get(asked, "")) if index < len(own) else ""


def _rows(section: SectionSpec, draft: Draft) -> list[tuple[str, str, dict[str, Value]]]:
    """Rows that say something: name, note and cells."""
    known = rows_by_id(section)
    return [
        (
            row_name(section, row, index) if row.row or row.name else "",
            row.note or (known[row.row].get("note", "") if row.row else ""),
            row.cells,
        )
        for index, row in enumerate(draft.tables.get(section["id"], []))
        if not is_blank(row)
    ]


def said(asked: FieldSpec, value: Value) -> str:
    """What an answer reads as on paper; a tick is a box."""
    if asked["type"] == "checkbox":
        return "☑" if value else "☐"
    return shown(asked, value)


def _long(text: str) -> str:
    """The class of a cell with a word for which no column is made wider."""
    return " pb-print-break" if re.search(r"\S{22}", text) else ""


@cache
def _environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(PARTIALS),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.globals |= {"said": said, "long": _long}
    return env
