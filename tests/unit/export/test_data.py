"""The merged data for other tools: JSON, and the RACI as CSV and Excel."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from macros.export import data as module
from macros.export.data import as_json, data_files, raci_excel, raci_rows, write_data
from macros.model.kinds import KINDS
from macros.playbook import Playbook
from macros.sheets.remember import Memory
from tests.conftest import Copy


def data(playbook: Playbook) -> dict[str, Any]:
    """What is in the JSON file."""
    found: dict[str, Any] = json.loads(as_json(playbook))
    return found


def table(playbook: Playbook) -> tuple[list[list[str]], bytes]:
    """The RACI as CSV and as a workbook."""
    files = data_files(playbook, Memory(None))
    return list(csv.reader(io.StringIO(files["raci.csv"].decode("utf-8-sig")))), files["raci.xlsx"]


def test_json_holds_every_list_with_every_item_and_a_version(small_playbook: Playbook) -> None:
    exported = data(small_playbook)
    assert exported["schema_version"] == 1
    assert set(exported) == {kind.key for kind in KINDS} | {"schema_version"}
    for kind in KINDS:
        assert [item["id"] for item in exported[kind.key]] == list(small_playbook.lists[kind.key])


def shape(value: Any) -> Any:
    """The keys of a value at every depth; of a list, those of all its items."""
    if isinstance(value, dict):
        return {key: shape(each) for key, each in value.items()}
    if isinstance(value, list):
        merged: dict[str, Any] = {}
        for each in value:
            found = shape(each)
            merged |= found if isinstance(found, dict) else {}
        return [merged] if merged else []
    return None


def test_an_item_is_said_with_all_its_fields(small_playbook: Playbook) -> None:
    exported = data(small_playbook)
    assert exported["activities"][0] == {
        "id": "train", "name": "Train", "text": "From data to a model.", "roles": {"builder": "R/A", "runner": "C", "owner": "I"},
        "business_decision": False, "shared_accountability": None, "ignore": [],
        "related": ["term:model", "term:sla"], "source": {"origin": "deck", "slides": [17], "changed": False},
    }  # fmt: skip
    for kind in KINDS:
        for item in exported[kind.key]:
            assert set(item) == set(kind.model.model_fields), kind.key


def test_text_of_other_languages_stays_readable(small: Copy) -> None:
    small.edit("data/roles.yml", "name: Builder", "name: Gärtner 🌱")
    assert '"name": "Gärtner 🌱"'.encode() in as_json(small.playbook())


RACI = [
    ["Activity", "Builder", "Runner", "Owner", "Business decision"],
    ["Train", "R/A", "C", "I", "no"],
    ["Deploy", "R", "C", "A", "yes"],
    ["Watch", "A", "R/A", "", "no"],
]


def cells(content: bytes) -> list[list[str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]


def test_csv_and_excel_hold_the_same_raci(small_playbook: Playbook) -> None:
    assert list(raci_rows(small_playbook)) == RACI
    rows, workbook = table(small_playbook)
    assert rows == RACI
    assert cells(workbook) == RACI


def test_a_formula_stays_text_in_csv_and_excel(small: Copy) -> None:
    small.edit("data/raci.yml", "name: Train", "name: '=HYPERLINK(\"x\")'")
    small.edit("data/raci.yml", "name: Deploy", "name: '＠SUM(1)'")
    rows, workbook = table(small.playbook())
    assert (rows[1][0], rows[2][0]) == ('\'=HYPERLINK("x")', "'＠SUM(1)")
    sheet = openpyxl.load_workbook(io.BytesIO(workbook)).active
    assert sheet is not None
    assert sheet["A2"].value == '=HYPERLINK("x")'
    assert sheet["A2"].data_type in ("s", "inlineStr")


def test_text_that_looks_like_excels_escape_stays_text(small: Copy) -> None:
    small.edit("data/raci.yml", "name: Train", "name: _x0041_ =1")
    sheet = openpyxl.load_workbook(io.BytesIO(table(small.playbook())[1])).active
    assert sheet is not None
    assert sheet["A2"].value == "_x005F_x0041_ =1"  # as it stands in the file; Excel shows _x0041_


def test_the_heading_and_the_activities_stay_in_sight(small_playbook: Playbook) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(raci_excel(RACI))).active
    assert sheet is not None
    assert sheet.freeze_panes == "B2"
    assert sheet["A1"].font.bold
    assert sheet["A2"].font.bold
    assert not sheet["B2"].font.bold
    assert sheet["B2"].alignment.horizontal == "center"


def test_the_workbook_is_made_once_for_the_same_letters(
    small: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    monkeypatch.setattr(module, "raci_excel", lambda rows: made.append(rows) or b"PK")
    for _ in range(2):
        assert data_files(small.playbook(), Memory(tmp_path / "memory"))["raci.xlsx"] == b"PK"
    small.edit("data/topics.yml", "name: Where to sit", "name: Where")
    data_files(small.playbook(), Memory(tmp_path / "memory"))
    assert len(made) == 1
    small.edit("data/raci.yml", "{builder: R/A, runner: C, owner: I}", "{builder: R/A, runner: I, owner: I}")
    data_files(small.playbook(), Memory(tmp_path / "memory"))
    assert len(made) == 2


@pytest.mark.parametrize("exists", [True, False])
def test_files_are_written_into_a_folder(small_playbook: Playbook, tmp_path: Path, exists: bool) -> None:
    folder = tmp_path if exists else tmp_path / "a" / "b"
    assert write_data(small_playbook, folder) == [
        folder / name for name in ("playbook.json", "raci.csv", "raci.xlsx")
    ]
    assert (folder / "playbook.json").read_bytes() == as_json(small_playbook)
    assert (folder / "raci.csv").read_bytes().startswith(b"\xef\xbb\xbfActivity,")
    assert cells((folder / "raci.xlsx").read_bytes()) == RACI


def test_the_shape_of_the_export_is_known_from_the_models(small_playbook: Playbook) -> None:
    """A key that is renamed, removed or changes its type asks for a new `SCHEMA_VERSION`."""
    found = shape(data(small_playbook))
    assert set(found["templates"][0]["sections"][0]) == {
        "id",
        "name",
        "help",
        "fields",
        "rows",
        "columns_of",
        "cell",
        "was",
    }
    assert set(found["questions"][0]["answers"][0]) == {"id", "text", "to"}
