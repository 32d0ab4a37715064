"""Files of version 0.1.0 on the command line; tests/browser/test_older_files.py opens them on their pages."""

from __future__ import annotations

from typing import Any

import pytest

from macros.playbook import Playbook
from macros.sheets.draft import Saved, fit, is_blank
from macros.sheets.files import convert
from macros.sheets.read import read
from macros.sheets.spec import specs
from tests.vectors.older import FORMS, TEMPLATES, answers_in, file, in_common, recorded, says_all


@pytest.fixture(scope="module")
def laid_out(playbook: Playbook) -> dict[str, Any]:
    return specs(playbook)


def answers(spec: dict[str, Any], saved: Saved) -> dict[str, Any]:
    """What was answered, in the form that a file has."""
    draft = fit(spec, saved)
    result: dict[str, Any] = dict(draft.forms)
    for section, rows in draft.tables.items():
        result[section] = [
            {"row": row.row, "name": row.name, "note": row.note, "cells": row.cells}
            for row in rows
            if not is_blank(row)
        ]
        result[section] += [{"row": id, "removed": True} for id in draft.removed[section]]
    return result


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_file_of_the_first_version_says_what_it_said(
    laid_out: dict[str, Any], template: str, form: str
) -> None:
    saved = read(file(template, f"draft.{form}"), laid_out)
    assert isinstance(saved, Saved), saved
    spec = laid_out[template]
    found, said = answers(spec, saved), recorded(template)
    assert in_common(found, said) == in_common(said, found)
    written, _ = convert(spec, saved, "md")
    assert says_all(written.decode(), template)


def test_the_recorded_files_hold_answers_of_every_kind() -> None:
    said = [recorded(template) for template in TEMPLATES]
    rows = [row for each in said for section in each.values() if isinstance(section, list) for row in section]
    assert any(row.get("removed") for row in rows)
    assert any(row.get("note") for row in rows)
    assert any("row" not in row and row.get("name") for row in rows)
    cells = [row.get("cells", {}) for row in rows]
    cells += [section for each in said for section in each.values() if isinstance(section, dict)]
    values = [value for each in cells for value in each.values()]
    assert True in values
    assert any("\n" in str(value) for value in values)
    assert any(str(value).startswith("=") for value in values)
    written = [file(template, "draft.md").read_text("utf-8") for template in TEMPLATES]
    assert sum(len(list(answers_in(each))) for each in written) > 100
