"""The Python side of the cases that both sides have to judge alike; tests/browser/test_vectors.py is the other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from macros.diagnostics import Diagnostics
from macros.sheets.read import read
from tests.vectors import judge_choice, judge_gaps, judge_raci, judge_scorecard, vectors, workbooks
from tests.vectors.drafts import fitted, grid, markdown, people, plain
from tests.vectors.texts import TEXTS
from tests.vectors.workbooks import CASES, SPEC, Book


def named(case: dict[str, Any]) -> str:
    return str(case["name"])


@pytest.mark.parametrize("case", vectors("raci"), ids=named)
def test_the_linter_judges_the_matrix_as_recorded(case: dict[str, Any]) -> None:
    assert judge_raci(case["roles"], case["activities"]) == case["findings"]


@pytest.mark.parametrize("case", vectors("scorecard"), ids=named)
def test_the_scorecard_judges_the_candidates_as_recorded(case: dict[str, Any]) -> None:
    assert judge_scorecard(case["contenders"], case["criteria"]) == case["verdict"]
    for contender, choice in zip(case["contenders"], case["choices"], strict=True):
        assert judge_choice(contender) == choice["findings"]


@pytest.mark.parametrize("case", vectors("gaps"), ids=named)
def test_the_check_says_where_to_begin_as_recorded(case: dict[str, Any]) -> None:
    assert judge_gaps(case["pillars"]) == case["says"]


@pytest.mark.parametrize("case", vectors("fit"), ids=named)
def test_old_answers_fit_the_sheet_as_recorded(case: dict[str, Any]) -> None:
    assert plain(fitted(case["spec"], case["saved"])) == case["expect"]


@pytest.mark.parametrize("case", vectors("markdown"), ids=named)
def test_a_draft_reads_in_markdown_as_recorded(case: dict[str, Any]) -> None:
    assert markdown(case["spec"], case["saved"]) == case["text"]


@pytest.mark.parametrize("case", vectors("grid"), ids=named)
def test_a_draft_becomes_the_worksheets_that_are_recorded(case: dict[str, Any]) -> None:
    assert grid(case["spec"], case["saved"]) == case["book"]


@pytest.mark.parametrize("case", vectors("people"), ids=named)
def test_stakeholders_stand_on_the_one_sheet_as_recorded(case: dict[str, Any]) -> None:
    assert people(case["stakeholders"]) == case["expect"]


@pytest.mark.parametrize(("name", "book", "expected"), CASES, ids=[case[0] for case in CASES])
def test_a_workbook_is_read_as_recorded(tmp_path: Path, name: str, book: Book, expected: Any) -> None:
    path = tmp_path / "file.xlsx"
    path.write_bytes(book.bytes())
    found = read(path, {"t": SPEC})
    if isinstance(found, Diagnostics):
        assert isinstance(expected, str), found
        assert expected in found[0].message
    else:
        assert workbooks.plain(found) == {"name": "Red", **expected}


@pytest.mark.parametrize(
    ("name", "file", "content", "expected"), TEXTS, ids=[f"{case[1]}: {case[0]}" for case in TEXTS]
)
def test_a_text_is_read_as_recorded(
    tmp_path: Path, name: str, file: str, content: bytes, expected: Any
) -> None:
    (tmp_path / file).write_bytes(content)
    found = read(tmp_path / file, {"t": SPEC})
    if isinstance(found, Diagnostics):
        assert isinstance(expected, str), found
        assert any(expected in each.message for each in found), found
    else:
        assert workbooks.plain(found) == expected


def test_the_cases_meet_every_rule() -> None:
    rules = {finding["rule"] for case in vectors("raci") for finding in case["findings"]}
    assert len(rules) == 5
    assert any(not case["findings"] for case in vectors("raci"))
