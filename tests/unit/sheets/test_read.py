"""Files of answers, as they were downloaded: what is in them, and every mistake at its place."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from macros.diagnostics import Diagnostics
from macros.playbook import Playbook
from macros.report import line
from macros.sheets import read as reading
from macros.sheets.contract import SheetSpec
from macros.sheets.draft import Kept, Row, Saved, fit
from macros.sheets.read import read
from macros.sheets.spec import specs
from macros.sheets.text import CONTINUED


@pytest.fixture(scope="module")
def made(small_playbook: Playbook) -> dict[str, SheetSpec]:
    return specs(small_playbook)


class Reads:
    """Writes a file and reads it."""

    def __init__(self, folder: Path, specs: dict[str, SheetSpec]) -> None:
        self.folder = folder
        self.specs = specs

    def saved(self, content: str | bytes, name: str = "a.yml") -> Saved:
        found = self._read(content, name)
        assert isinstance(found, Saved), [line(each) for each in found]
        return found

    def problems(self, content: str | bytes, name: str = "a.yml") -> list[str]:
        found = self._read(content, name)
        assert isinstance(found, Diagnostics)
        return [line(each) for each in found]

    def _read(self, content: str | bytes, name: str) -> Saved | Diagnostics:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read(path, self.specs)


@pytest.fixture
def file(tmp_path: Path, made: dict[str, SheetSpec]) -> Reads:
    return Reads(tmp_path, made)


WHOLE = """\
template: form
format: 1
draft: Red
saved: '2026-11-25T10:00:00.000Z'
answers:
  basics: {team: Red, hours: 3, day: 2026-01-31, agreed: true, share: 1e3}
  refused:
    - {row: castle, name: A castle, cells: {why: Years}}
    - {name: Ours, note: n, cells: {}}
    - {row: robot, removed: true}
kept:
  - {where: gone.a, value: 3}
"""


def test_all_of_a_file_is_read(file: Reads) -> None:
    assert file.saved(WHOLE) == Saved(
        "form", "Red", "2026-11-25T10:00:00.000Z",
        {
            "basics": {"team": "Red", "hours": "3", "day": "2026-01-31", "agreed": True, "share": "1e3"},
            "refused": [Row("castle", "A castle", cells={"why": "Years"}), Row(name="Ours", note="n"), Row("robot", removed=True)],
        },
        (Kept("gone.a", "3"),),
    )  # fmt: skip


def test_a_draft_without_a_name_is_called_like_its_file(file: Reads) -> None:
    assert file.saved("template: form\nformat: 1\nanswers: {}\n", "red team.yaml").name == "red team"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("template: raci-shet\nformat: 1\nanswers: {}\n", ["a.yml:1:11: template: unknown template 'raci-shet'; did you mean 'raci-sheet'?"]),
        ("format: 1\nanswers: {}\n", ["a.yml:1:1: does not say which template it fills; add 'template:' with its id"]),
        ("template: [form]\nformat: 1\nanswers: {}\n", ["a.yml:1:1: does not say which template it fills; add 'template:' with its id"]),
        ("template: raci-sheet\nanswers: [x]\n", [
            "a.yml:1:1: expected 'format: 1'; the format that this playbook reads",
            "a.yml:2:10: answers: expected 'answers:' by section of the template",
        ]),
        ("template: form\nformat: 2\n", [
            "a.yml:1:1: expected 'answers:' by section of the template",
            "a.yml:2:9: format: expected 'format: 1'; the format that this playbook reads",
        ]),
        ("template: raci-sheet\nformat: 1\nanswers:\n  scope: {team: [x]}\n  matrix:\n    - {row: a, cels: {}}\n    - x\n", [
            "a.yml:4:17: answers.scope.team: expected text, got a list",
            "a.yml:6:7: answers.matrix[0]: missing 'cells'",
            "a.yml:6:16: answers.matrix[0].cels: unknown key; did you mean 'cells'?",
            "a.yml:7:7: answers.matrix[1]: expected a row with 'cells', got text",
        ]),
        ("template: form\nformat: 1\nanswers: {basics: x, notes: [{cells: [x]}]}\n", [
            "a.yml:3:19: answers.basics: expected answers by question, got text",
            "a.yml:3:38: answers.notes[0].cells: expected answers by question, got a list",
        ]),
        ("template: form\nformat: 1\nanswers: {}\nkept: x\ndraft: [a]\n", [
            "a.yml:4:7: kept: expected a list, got text",
            "a.yml:5:8: draft: expected text, got a list",
        ]),
        ("template: form\nformat: 1\nanswers: {}\nkept: [{where: a}, x]\n", [
            "a.yml:4:8: kept[0]: expected an answer with 'where' and 'value'",
            "a.yml:4:20: kept[1]: expected an answer with 'where' and 'value'",
        ]),
        ("template: form\nformat: 1\nanswers: {notes: [{cells: {}, zzz: 1}]}\n", [
            "a.yml:3:31: answers.notes[0].zzz: unknown key; expected one of row, name, note, cells, removed",
        ]),
        ("template: [\n", ["a.yml:2:1: YAML: a '[' or '{' that is never closed, or an empty place; close it"]),
        ("- a\n", ["a.yml:1:1: expected answers to a template, got a list"]),
        ("", ["a.yml:1:1: is empty; fill it, or delete the file"]),
        ("a: 1\na: 2\n", ["a.yml:2:1: a: duplicate key 'a', first in line 1; only one can count; remove the other"]),
    ],
)  # fmt: skip
def test_a_file_with_mistakes_gets_all_of_them_with_their_places(
    file: Reads, content: str, expected: list[str]
) -> None:
    assert file.problems(content) == expected


def test_control_characters_in_answers_become_spaces(file: Reads) -> None:
    saved = file.saved('template: form\nformat: 1\nanswers: {basics: {team: "a\\x07b\\nc"}}\n')
    assert saved.answers["basics"] == {"team": "a b\nc"}


def test_a_file_of_another_kind_is_told(file: Reads) -> None:
    assert file.problems("x", "a.docx") == [
        "a.docx:1:1: is no file of answers; those end in .yml, .yaml, .json, .xlsx or .xlsm"
    ]


def test_a_file_that_is_no_text_or_not_there_is_told(
    file: Reads, tmp_path: Path, made: dict[str, SheetSpec]
) -> None:
    assert file.problems(b"caf\xe9")[0].startswith("a.yml:1:4: is not UTF-8 text")
    found = read(tmp_path / "none.yml", made)
    assert isinstance(found, Diagnostics)
    assert line(found[0]).startswith("none.yml:1:1: cannot be read: ")


@pytest.mark.parametrize("name", ["a.yml", "a.json", "a.xlsx"])
def test_a_file_that_is_too_large_is_not_read(
    file: Reads, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 10)
    [problem] = file.problems(b"x" * 11, name)
    assert "is larger than 10 MiB, and no draft is" in problem


# --- JSON ----------------------------------------------------------------------------------


def test_json_is_read_like_yaml(file: Reads) -> None:
    value = {
        "template": "form", "format": 1, "draft": "Red", "saved": "now",
        "answers": {"basics": {"agreed": True}, "notes": [{"cells": {"text": "x"}}]}, "kept": [{"where": "a.b", "value": "c"}],
    }  # fmt: skip
    assert file.saved(json.dumps(value), "a.json") == Saved(
        "form",
        "Red",
        "now",
        {"basics": {"agreed": True}, "notes": [Row(cells={"text": "x"})]},
        (Kept("a.b", "c"),),
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{\n "template": }', "a.json:2:14: JSON: Expecting value"),
        ('{\n "template": "raci-shet", "format": 1, "answers": {}}', "a.json:2:14: template: unknown template 'raci-shet'; did you mean 'raci-sheet'?"),
        ("", "a.json:1:1: JSON: Expecting value"),
        ("[" * 100_000, "a.json:1:1: JSON that cannot be read"),
        ("3", "a.json:1:1: expected answers to a template, got a number"),
    ],
)  # fmt: skip
def test_broken_json_says_where(file: Reads, content: str, expected: str) -> None:
    assert file.problems(content, "a.json") == [expected]


def test_escaped_characters_of_json_are_read(file: Reads, made: dict[str, SheetSpec]) -> None:
    value = {
        "template": "raci-sheet",
        "format": 1,
        "draft": "🙂",
        "answers": {"scope": {"team": "é🙂\u2028"}},
    }
    saved = file.saved(json.dumps(value), "a.json")
    assert saved.name == "🙂"
    assert fit(made["raci-sheet"], saved).forms["scope"]["team"] == "é🙂\u2028"


# --- Excel ---------------------------------------------------------------------------------

ABOUT = [["template", "form"], ["format", "1"], ["draft", "Red"], ["saved", "now"]]


def workbook(*sheets: tuple[str, list[list[str]]], about: list[list[str]] | None = None) -> bytes:
    """A workbook as version 0.2.0 wrote it: ids in the first row and column, a worksheet for each section."""
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    first.title = "About"
    made = [(first, ABOUT if about is None else about)]
    made += [(book.create_sheet(name), rows) for name, rows in sheets]
    for sheet, rows in made:
        for number, texts in enumerate(rows, start=1):
            for column, text in enumerate(texts, start=1):
                cell = sheet.cell(number, column, text or None)
                cell.data_type = "s" if text else "n"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_read_by_the_ids_in_its_first_rows(file: Reads) -> None:
    content = workbook(
        ("Renamed by somebody", [["basics", "question", "answer"], ["", "Question", "Answer"], ["team", "Team", "Red"], ["agreed", "Agreed", "x"]]),
        ("B", [["refused", "name", "note", "why", "until"], ["", "What", "", "Why", "Until"], ["castle", "A castle", "", "Years", ""],
               ["", "Ours", "n", "W", ""], ["removed:robot", "A robot", ""]]),
        ("C", [["kept:", "where", "value"], ["", "Was asked as", "Answer"], ["", "gone.a", "x"]]),
        ("Notes of somebody", [["", ""], ["", "y"]]),
    )  # fmt: skip
    assert file.saved(content, "a.xlsx") == Saved(
        "form", "Red", "now",
        {
            "basics": {"team": "Red", "agreed": True},
            "refused": [
                Row("castle", "A castle", "", {"why": "Years", "until": ""}), Row("", "Ours", "n", {"why": "W", "until": ""}),
                Row("robot", removed=True),
            ],
        },
        (Kept("gone.a", "x"), Kept("Notes of somebody", "y")),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "typed", "expected"),
    [
        ("agreed", "yes", True), ("agreed", " YES ", True), ("agreed", "x", True), ("agreed", "true", True), ("agreed", "1", True),
        ("agreed", "no", False), ("agreed", "", False), ("mood", "Going up", "up"), ("mood", "going UP ", "up"), ("mood", "up", "up"),
        ("mood", "sideways", "sideways"), ("story", "yes", "yes"), ("tale", "Once", "Once"), ("gone", "yes", "yes"),
    ],
)  # fmt: skip
def test_what_somebody_typed_into_a_cell_is_understood(
    file: Reads, field: str, typed: str, expected: object
) -> None:
    content = workbook(("A", [["basics", "question", "answer"], ["", "", ""], [field, "Q", typed]]))
    assert file.saved(content, "a.xlsx").answers["basics"] == {field: expected}


def test_a_choices_value_is_not_taken_for_what_another_choice_is_called(
    tmp_path: Path, made: dict[str, SheetSpec]
) -> None:
    basics = made["form"]["sections"][0]
    choices = [("up", "down"), ("down", "Under")]
    fields = [{**each, "choices": choices} if each["id"] == "mood" else each for each in basics["fields"]]
    file = Reads(tmp_path, {"form": {**made["form"], "sections": [{**basics, "fields": fields}]}})  # type: ignore[typeddict-item]
    lines = [["basics", "question", "answer"], ["", "", ""], ["mood", "Q", "down"]]
    assert file.saved(workbook(("A", lines)), "a.xlsx").answers["basics"] == {"mood": "down"}


def test_a_section_under_its_former_id_is_understood_too(file: Reads) -> None:
    content = workbook(("A", [["start", "question", "answer"], ["", "", ""], ["agreed", "Q", "x"]]))
    assert file.saved(content, "a.xlsx").answers == {"start": {"agreed": True}}


def test_text_that_goes_on_below_is_put_together(file: Reads) -> None:
    content = workbook(
        (
            "A",
            [
                ["basics", "question", "answer"],
                ["", "", ""],
                ["story", "Q", "one "],
                [CONTINUED, "", "two "],
                [CONTINUED, "", "three"],
            ],
        ),
        (
            "B",
            [
                ["notes", "name", "note", "text", "done"],
                ["", "", "", "", ""],
                ["", "", "", "a", "x"],
                [CONTINUED, "", "", "b", ""],
            ],
        ),
    )
    answers = file.saved(content, "a.xlsx").answers
    assert answers["basics"] == {"story": "one two three"}
    assert answers["notes"] == [Row(cells={"text": "ab", "done": True})]


def test_numbers_and_dates_that_somebody_typed_are_text(file: Reads, tmp_path: Path) -> None:
    import datetime

    path = tmp_path / "b.xlsx"
    path.write_bytes(
        workbook(
            (
                "A",
                [
                    ["basics", "question", "answer"],
                    ["", "", ""],
                    ["hours", "H", "x"],
                    ["day", "D", "x"],
                    ["team", "T", "x"],
                ],
            )
        )
    )
    book = openpyxl.load_workbook(path)
    sheet = book["A"]
    sheet["C3"], sheet["C4"], sheet["C5"] = 3.0, datetime.datetime(2026, 1, 31), 2.5  # noqa: DTZ001 - as Excel has it
    book.save(path)
    assert file.saved(path.read_bytes(), "a.xlsx").answers["basics"] == {
        "hours": "3",
        "day": "2026-01-31",
        "team": "2.5",
    }


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04", "is not an Excel workbook that can be read"),
        (b"hello", "is text, and its name says that it is a workbook"),
        (b"\xd0\xcf\x11\xe0 old", "is a workbook in Excel's old format (.xls); save it as .xlsx"),
        (
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
            "is protected by a password; save a copy without one",
        ),
    ],
)
def test_a_workbook_that_is_none_is_told(file: Reads, content: bytes, expected: str) -> None:
    assert file.problems(content, "a.xlsx") == [f"a.xlsx:1:1: {expected}"]


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ([["x"]], "does not say which template it fills; expected a workbook that the sheet wrote"),
        ([["template", "fom"], ["format", "1"]], "unknown template 'fom'; did you mean 'form'?"),
        ([["template", "form"], ["format", "2"]], "its format is '2', and this playbook reads format 1"),
        ([["template", "form"]], "its format is '', and this playbook reads format 1"),
    ],
)
def test_a_workbook_of_somebody_elses_is_told(file: Reads, about: Any, expected: str) -> None:
    assert file.problems(workbook(about=about), "a.xlsx") == [f"a.xlsx:1:1: {expected}"]


def test_a_workbook_that_is_not_there_is_told(tmp_path: Path, made: dict[str, SheetSpec]) -> None:
    found = read(tmp_path / "none.xlsx", made)
    assert isinstance(found, Diagnostics)
    assert line(found[0]).startswith("none.xlsx:1:1: cannot be read: ")


# --- files that bite -----------------------------------------------------------------------


@pytest.mark.parametrize("ending", [".yml", ".json", ".xlsx"])
def test_a_pipe_and_a_device_are_told_at_once(
    tmp_path: Path, made: dict[str, SheetSpec], ending: str
) -> None:
    pipe, device = tmp_path / f"pipe{ending}", tmp_path / f"zero{ending}"
    os.mkfifo(pipe)
    device.symlink_to("/dev/zero")
    for path in (pipe, device):
        found = read(path, made)
        assert isinstance(found, Diagnostics)
        assert line(found[0]) == f"{path.name}:1:1: cannot be read: it is not a regular file"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", "[" + "[]," * 500_001 + "[]]"),
        ("a.yml", "[" + "a," * 210_000 + "a]"),
        ("b.yml", "a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c]\n"),
    ],
)  # fmt: skip
def test_more_values_than_anybody_answers_are_told(file: Reads, name: str, content: str) -> None:
    [problem] = file.problems(content, name)
    assert "holds more" in problem


def test_a_name_with_a_line_break_is_told_in_one_line(tmp_path: Path, made: dict[str, SheetSpec]) -> None:
    path = tmp_path / "a\nb\x1b[31m.yml"
    path.write_text("", "utf-8")
    found = read(path, made)
    assert isinstance(found, Diagnostics)
    assert found[0].path == "a\\nb\\x1b[31m.yml"
