"""What the Python side makes of drafts, in the form in which tests/vectors/ records it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from macros.model.content import Stakeholder
from macros.sheets.book import lay_out
from macros.sheets.draft import Draft, Kept, Row, Saved, fit
from macros.sheets.text import as_markdown
from macros.views import one_sheet


def as_saved(template: str, saved: Mapping[str, Any]) -> Saved:
    """A draft as the command line reads it."""

    def row(given: Mapping[str, Any]) -> Row:
        head = (given.get(key, "") for key in ("row", "name", "note"))
        return Row(*head, dict(given.get("cells", {})), given.get("removed", False))

    answers = {
        id: [row(each) for each in given] if isinstance(given, list) else dict(given)
        for id, given in saved["answers"].items()
    }
    kept = tuple(Kept(**each) for each in saved.get("kept", ()))
    return Saved(template, saved["name"], saved["saved"], answers, kept)


def fitted(spec: Mapping[str, Any], saved: Mapping[str, Any]) -> Draft:
    """A draft in the sheet of today."""
    return fit(spec, as_saved(spec["id"], saved))


def plain(draft: Draft) -> dict[str, Any]:
    """A draft as it is recorded: what a row does not have is empty."""
    return {
        "forms": draft.forms,
        "tables": {
            id: [
                {"row": each.row, "name": each.name, "note": each.note, "cells": each.cells} for each in rows
            ]
            for id, rows in draft.tables.items()
        },
        "removed": draft.removed,
        "kept": [{"where": each.where, "value": each.value} for each in draft.kept],
        "name": draft.name,
    }


def markdown(spec: Mapping[str, Any], saved: Mapping[str, Any]) -> str:
    """A draft as Markdown."""
    return as_markdown(spec, fitted(spec, saved))


def grid(spec: Mapping[str, Any], saved: Mapping[str, Any]) -> dict[str, Any]:
    """A draft laid out as a workbook."""
    found: dict[str, Any] = json.loads(json.dumps(asdict(lay_out(spec, fitted(spec, saved)))))
    return found


def people(stakeholders: list[dict[str, str]]) -> dict[str, str]:
    """What the one-sheet says of the stakeholders of one question."""
    return one_sheet.people(
        Stakeholder.model_construct(**{"who": None, "ask": None, **each}) for each in stakeholders
    )
