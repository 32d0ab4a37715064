"""Templates as an example company filled them: files of answers, put into the sheets as they are today."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from macros.diagnostics import Diagnostic, Diagnostics, did_you_mean
from macros.playbook import Playbook
from macros.project import COMPANY
from macros.sheets.contract import SheetSpec
from macros.sheets.draft import Draft, Row, Saved, Value, fit
from macros.sheets.read import read
from macros.sheets.spec import specs

KIT = "examples/grocer/sheets"
"""Folder of the kit's own example, below the project's; each file has a template's id for its name."""
OWN = f"{COMPANY}/sheets"
"""Folder of the company's. A sheet there takes the place of the kit's for its template."""


@dataclass(frozen=True)
class Example:
    """A template that was filled in.

    Args:
        saved: the answers as they stand in the file.
        own: whether it is the company's own, and not the kit's.
        draft: the same in today's sheet. Only rows that the file knows are in it: what this company has
            added to the playbook is none of the example's.
    """

    saved: Saved
    own: bool
    draft: Draft


def examples(playbook: Playbook, *, kit: bool = True) -> dict[str, Example]:
    """Filled sheets by the id of their template.

    A sheet with answers that today's template has no place for is left out: a company that changed
    the template would show an example that does not look like it.

    Args:
        playbook: whose templates.
        kit: whether the kit's example counts, or the company's own alone.
    """
    laid_out = specs(playbook)
    found: dict[str, Example] = {}
    for folder in ((KIT,) if kit else ()) + (OWN,):
        for path in _files(playbook, folder):
            example = _example(path, laid_out)
            if isinstance(example, Example) and not example.draft.kept:
                found[path.stem] = example
    return {id: found[id] for id in laid_out if id in found}


def check_own(playbook: Playbook) -> Iterator[Diagnostic]:
    """What is wrong with the company's own filled sheets."""
    paths = _files(playbook, OWN)
    laid_out = specs(playbook) if paths else {}
    for path in paths:
        name = f"{OWN}/{path.name}"
        example = _example(path, laid_out)
        if isinstance(example, Diagnostics):
            yield from (replace(problem, path=name) for problem in example)
            continue
        template = example.saved.template
        if path.stem != template:
            hint = f"rename it to '{template}.yml'"
            yield Diagnostic.of_file(name, f"fills the template '{template}'", hint, "answers-file")
        known = [each["id"] for each in laid_out[template]["sections"]]
        for kept in example.draft.kept:
            message = f"the sheet has no place for the answer to '{kept.where}'"
            hint = did_you_mean(kept.where.partition(".")[0], known) or "remove it"
            yield Diagnostic.of_file(name, message, hint, "answers-file")


def _files(playbook: Playbook, folder: str) -> list[Path]:
    return sorted((playbook.project.root / folder).glob("*.yml"))


def _example(path: Path, laid_out: Mapping[str, SheetSpec]) -> Example | Diagnostics:
    saved = read(path, laid_out)
    if isinstance(saved, Diagnostics):
        return saved
    draft = fit(laid_out[saved.template], saved)
    draft.name = f"Example: {saved.name}"
    for section in laid_out[saved.template]["sections"]:
        id = section["id"]
        if section.get("table"):
            given = _rows_of(saved, [id, *section.get("was", ())], section.get("renamed", {}))
            draft.tables[id] = [row for row in draft.tables[id] if not row.row or row.row in given]
    return Example(saved, path.parent.parent.name == COMPANY, draft)


def _rows_of(saved: Saved, sections: list[str], renamed: Mapping[str, str]) -> set[str]:
    """Ids of the playbook's rows that a file has answers to, as they are today."""
    rows = next((saved.answers[id] for id in sections if id in saved.answers), [])
    listed = rows if isinstance(rows, list) else []
    return {renamed.get(each.row, each.row) for each in listed}


def as_json(example: Example) -> bytes:
    """A filled sheet as a file that its template's page opens, as a draft named after the example."""
    saved = example.saved
    answers = {
        id: [_row(row) for row in given] if isinstance(given, list) else given
        for id, given in saved.answers.items()
    }
    values = {
        "template": saved.template,
        "format": "1",
        "draft": example.draft.name,
        "saved": saved.saved,
        "answers": answers,
    }
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def _row(row: Row) -> dict[str, Any]:
    values: dict[str, str | bool | dict[str, Value]] = {"row": row.row, "name": row.name, "note": row.note}
    values |= {"removed": True} if row.removed else {"cells": row.cells}
    return {key: value for key, value in values.items() if value != ""}
