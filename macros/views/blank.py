"""A template's blank as Markdown, and where blanks are published."""

from __future__ import annotations

from macros.model.template import Template
from macros.sheets.clock import by_the_clock
from macros.sheets.spec import sheets
from macros.views.render import Context

BLANKS = {"docx": "Blank for Word", "xlsx": "Blank for Excel", "md": "Blank as Markdown"}
"""Formats in which each template's blank is published, and what they are called."""


def blank_path(id: str, ending: str = "md") -> str:
    """Where a template's blank is published, below the site's root."""
    return f"templates/{id}.{ending}"


def blank(context: Context, id: str) -> str:
    """A template's blank as Markdown."""
    item = context.playbook.of(Template)[id]
    partial = context.partials.get_template("blank.md.j2")
    text = partial.render(item=item, parts=sheets(context.playbook)[id].parts, clock=by_the_clock(item))
    # Jinja drops the line break behind a tag, so table rows are written with an empty line.
    lines = text.splitlines()
    kept = [
        line
        for before, line, after in zip(["", *lines], lines, [*lines[1:], ""], strict=False)
        if line.strip() or not (before.startswith("|") and after.startswith("|"))
    ]
    return "\n".join(kept) + "\n"
