"""Files that version 0.1.0 wrote, and what they have to say for all time.

`files-0.1.0/` holds four sheets, filled on their pages by that version: downloaded in every format
that can be opened again, downloaded as Markdown, and as the browser kept them. They are never
written anew. What the sheets themselves say (names of rows, questions) may change, so only answers
are compared.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "files-0.1.0"
TEMPLATES = tuple(sorted(path.name for path in FOLDER.iterdir()))
FORMS = ("yml", "json", "xlsx")


def file(template: str, name: str) -> Path:
    """One of a template's files."""
    return FOLDER / template / name


def recorded(template: str) -> dict[str, Any]:
    """The answers, by section."""
    answers: dict[str, Any] = json.loads(file(template, "draft.json").read_text("utf-8"))["answers"]
    return answers


def in_common(answers: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """The answers to what `other` knows, too: its sections, rows and questions.

    A row of the playbook is called as it is called today, so its name is left out.
    """

    def cells(own: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
        return {id: value for id, value in own.items() if id in theirs}

    def rows(own: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> list[dict[str, Any]]:
        known = {row.get("row", ""): row for row in theirs}
        return [
            {
                "row": row.get("row", ""),
                "name": "" if row.get("row") else row.get("name", ""),
                "note": row.get("note", ""),
                "removed": row.get("removed", False),
                "cells": cells(row.get("cells", {}), known[row.get("row", "")].get("cells", {})),
            }
            for row in own
            if row.get("row", "") in known
        ]

    return {
        id: rows(own, other[id]) if isinstance(own, list) else cells(own, other[id])
        for id, own in answers.items()
        if id in other
    }


def answers_in(markdown: str) -> Iterator[str]:
    """Every answer of a sheet written as Markdown: not its headings, questions and names of rows."""
    in_table = False
    for line in markdown.splitlines():
        if line.startswith("- ["):
            yield line[2:5]  # a box, ticked or not
        elif line.startswith("- "):
            yield line.partition(":** ")[2]
        elif line.startswith("| ---"):
            in_table = True
        elif in_table and line.startswith("| "):
            yield from line[2:-2].split(" | ")[1:]
        else:
            in_table = False


def says_all(markdown: str, template: str) -> bool:
    """Whether a Markdown text gives every answer that was recorded, in the same order."""
    found = answers_in(markdown)
    return all(each in found for each in answers_in(file(template, "draft.md").read_text("utf-8")))
