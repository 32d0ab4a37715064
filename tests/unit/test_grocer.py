"""The worked example, Wrenfield Market: each sheet whole, and its numbers agree across all of them."""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml

from macros.playbook import Playbook, load
from macros.report import line
from macros.sheets.contract import FieldSpec
from macros.sheets.draft import Cells, create
from macros.sheets.examples import Example, check_own, examples
from macros.sheets.spec import specs
from tests.conftest import ROOT, copy_parts

LAYER = ROOT / "examples/grocer"

# --- facts: who, how much, when -----------------------------------------------------------

STORES, PRODUCTS, SALES = 20, 640, 120_000_000
BEFORE, TARGET, REACHED, LATER = 4.10, 3.77, 3.81, 3.76
SHARES = {"data-engineer": 50, "infra-engineer": 25, "ml-engineer": 100, "ops-engineer": 20}
NAMES = {
    "data-engineer": "Kofi Boateng",
    "infra-engineer": "Piotr Nowak",
    "ml-engineer": "Elif Arslan",
    "ops-engineer": "Sam Delgado",
}
MONTH, CLOUD, COACH = 11_000, 1_400, 15 * 1_200
"""Dollars: a person for a month, the cloud for a month, the coach."""
WORTH = 396_000
"""Dollars a year, at the target."""
COST = 155_100
"""Dollars: what the proposal asks for, six months."""


def test_the_arithmetic_of_the_story_is_right() -> None:
    assert round((BEFORE - TARGET) / BEFORE * 100) == 8
    assert round((BEFORE - TARGET) / 100 * SALES) == WORTH
    assert round((BEFORE - REACHED) / BEFORE * 100) == 7
    assert round((BEFORE - REACHED) / 100 * SALES) == 348_000
    assert round((REACHED - TARGET) / (BEFORE - TARGET) * 100) == 12
    assert round((16 * 3.72 + 4 * 4.17) / STORES, 2) == REACHED
    assert round(BEFORE / 100 * SALES) == 4_920_000
    assert LATER < TARGET
    assert sum(SHARES.values()) == 195
    assert round(sum(SHARES.values()) / 100 * 6 * MONTH + 6 * CLOUD + COACH) == COST
    assert round(1.05 * 12 * MONTH + 12 * CLOUD) == 155_400
    assert round(1.05 * MONTH + CLOUD) == 12_950
    assert COST + 6 * 12_950 == 232_800
    assert WORTH / 12 == 33_000
    assert round(155_400 / 348_000 * 100) == 45
    assert round((1 - 3.87 / 4.10) * 100, 1) == 5.6
    assert 21 / 28 == 0.75
    assert 41 / 42 >= 29 / 30
    assert STORES * PRODUCTS * 28 == 358_400
    assert round(CLOUD / (STORES * PRODUCTS * 30) * 1000, 2) == 3.65
    assert 640 + 420 == 1_060
    assert 420 * 14 + 640 * 7 == 10_360
    assert 39 / 40 == 0.975
    assert round(900 * 0.04) == 36


DAYS = {
    "2024-11-18": "Mon", "2024-11-21": "Thu", "2025-01-13": "Mon", "2025-02-17": "Mon", "2025-04-07": "Mon",
    "2025-06-02": "Mon", "2025-06-23": "Mon", "2025-06-25": "Wed", "2025-06-27": "Fri", "2025-06-30": "Mon",
}  # fmt: skip


@pytest.mark.parametrize("day", DAYS)
def test_days_of_the_week_are_those_of_the_calendar(day: str) -> None:
    assert datetime.date.fromisoformat(day).strftime("%a") == DAYS[day]


def test_times_of_the_incident_add_up() -> None:
    began, noticed, restored = (
        datetime.datetime.fromisoformat(f"2025-06-{each}:00Z")
        for each in ("24T08:00", "25T05:50", "25T07:05")
    )
    assert (noticed - began).total_seconds() / 60 == 1310
    assert (restored - noticed).total_seconds() / 60 == 75
    assert (datetime.date(2025, 6, 23) - datetime.date(2025, 6, 12)).days == 11


# --- the sheets ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def filled(playbook: Playbook) -> Mapping[str, Example]:
    return examples(playbook)


def form(filled: Mapping[str, Example], template: str, section: str) -> Cells:
    return filled[template].draft.forms[section]


def cells(filled: Mapping[str, Example], template: str, section: str) -> dict[str, Cells]:
    """Cells of a table by row, or by the name of an added one."""
    rows = enumerate(filled[template].draft.tables[section])
    return {each.row or each.name or str(at): each.cells for at, each in rows if any(each.cells.values())}


def test_every_template_is_filled_without_anything_left_over(
    playbook: Playbook, filled: Mapping[str, Example]
) -> None:
    assert {path.stem for path in (LAYER / "sheets").glob("*.yml")} == set(playbook.templates)
    assert list(filled) == list(playbook.templates)
    assert {example.saved.name for example in filled.values()} == {"Wrenfield Market"}


def test_it_is_in_no_sheet_older_than_the_sheet_says(filled: Mapping[str, Example]) -> None:
    saved = [example.saved.saved for example in filled.values()]
    assert all(re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:00Z", each) for each in saved)
    assert min(saved)[:10] == "2024-11-18"
    assert max(saved)[:10] == "2026-01-12"


ACCEPTED = {("release-criteria", "operation.monitoring")}
"""The one line that was open, and accepted in writing."""
NOT_OURS = {("decision-criteria", "withdraw.vendor-retires-it")}


def unanswered(playbook: Playbook, template: str, example: Example) -> Iterator[str]:
    for section in specs(playbook)[template]["sections"]:
        id = section["id"]
        given: dict[str, Cells] = {id: example.draft.forms.get(id, {})}
        if section.get("table"):
            rows = [row for row in example.draft.tables[id] if row.row or row.name or any(row.cells.values())]
            known = {row.row for row in rows}
            yield from (f"{id}.{row['id']}" for row in section.get("rows", ()) if row["id"] not in known)
            given = {f"{id}.{row.row or row.name or 'row'}": row.cells for row in rows}
        for place, answers in given.items():
            yield from (
                f"{place}.{each['id']}" for each in required(section["fields"]) if not answers[each["id"]]
            )


def required(fields: list[FieldSpec]) -> list[FieldSpec]:
    return [each for each in fields if each.get("required")]


PARTLY = {
    "discussion-record": "topics",
    "handover-agreement": "duties",
}
"""Tables of which the team answered only the rows that concern it."""


@pytest.mark.parametrize("path", sorted((LAYER / "sheets").glob("*.yml")), ids=lambda path: path.stem)
def test_a_sheet_is_read_alike_by_either_reader_of_yaml(path: Path) -> None:
    """The reader in Python refuses a question mark in a bare word; the one in C does not."""
    assert yaml.load(path.read_text("utf-8"), yaml.SafeLoader) == yaml.load(
        path.read_text("utf-8"), yaml.CSafeLoader
    )


def test_every_question_that_a_sheet_cannot_do_without_is_answered(
    playbook: Playbook, filled: Mapping[str, Example]
) -> None:
    open_lines = {
        (template, place)
        for template, example in filled.items()
        for place in unanswered(playbook, template, example)
        if not place.startswith(f"{PARTLY.get(template)}.")
    }
    assert open_lines == ACCEPTED


def test_the_sheets_name_the_same_people(filled: Mapping[str, Example]) -> None:
    for template in ("initial-members", "one-sheet"):
        members = cells(filled, template, "members")
        for role, name in NAMES.items():
            assert members[role]["who"] == name
            assert members[role]["share"] == str(SHARES[role])
    assert [form(filled, "skills-matrix", "people")[f"p{number}"] for number in (1, 2, 3, 4)] == [
        NAMES[role] for role in ("ml-engineer", "data-engineer", "infra-engineer", "ops-engineer")
    ]
    people = form(filled, "management-proposal", "how")["people"]
    for role, name in NAMES.items():
        assert f"{name} {SHARES[role]}%" in str(people)
    sponsors = [
        form(filled, "kpi-translation", "goal"), form(filled, "milestones", "agreement"),
        form(filled, "one-sheet", "purpose"), form(filled, "wont-do-list", "backing"),
    ]  # fmt: skip
    assert all(str(each["sponsor"]).startswith("Maria Okafor") for each in sponsors)
    owners = [
        form(filled, "decision-criteria", "model"), form(filled, "release-criteria", "decision"),
        form(filled, "monitoring-plan", "model"), form(filled, "model-card", "model"),
        form(filled, "handover-agreement", "model"), form(filled, "management-proposal", "why"),
        cells(filled, "flagship-scorecard", "candidates")["0"], cells(filled, "kpi-translation", "kpis")["0"],
    ]  # fmt: skip
    assert all(str(each["owner"]).startswith("Dana Whitfield") for each in owners)


def test_the_sheets_name_the_same_numbers(filled: Mapping[str, Example]) -> None:
    kpi = cells(filled, "kpi-translation", "kpis")["0"]
    assert str(kpi["today"]).startswith("4.1%")
    assert str(kpi["target"]).startswith("3.77%")
    assert form(filled, "kpi-translation", "model")["worth"] == str(WORTH)
    assert form(filled, "management-proposal", "request")["worth"] == str(WORTH)
    assert form(filled, "management-proposal", "how")["cost"] == str(COST)
    assert cells(filled, "flagship-scorecard", "candidates")["0"]["value"] == f"${WORTH:,}"
    assert str(form(filled, "milestones", "start")["kpi-today"]).startswith("4.1%")
    dates = cells(filled, "milestones", "milestones")
    assert str(dates["month-3"]["number"]).startswith("3 stores")
    assert str(dates["month-6"]["number"]).startswith(f"{STORES} stores")
    assert str(dates["month-12"]["number"]).startswith(f"{TARGET}%")
    goal = str(form(filled, "one-sheet", "purpose")["goal"])
    assert all(each in goal for each in ("8%", "4.1%", "3.77%"))


def test_the_sheets_name_the_same_days(filled: Mapping[str, Example]) -> None:
    limited = "April 7 to May 18"
    assert limited in str(form(filled, "release-criteria", "model-quality")["kpi"])
    assert limited in str(form(filled, "model-card", "evaluation")["live"])
    versions = {each["version"]: each["live"] for each in cells(filled, "model-card", "history").values()}
    assert versions["1.1"] == "2025-04-07"
    assert versions["1.2"] == form(filled, "release-criteria", "release")["date"] == "2025-06-02"
    open_check = form(filled, "release-criteria", "decision")["conditions"]
    assert "June 30, 2025" in str(open_check)
    handed = cells(filled, "handover-agreement", "open").values()
    assert next(each["by"] for each in handed if "Pack sizes" in str(each["point"])) == "2025-06-30"


def test_both_sheets_with_letters_say_the_same(filled: Mapping[str, Example]) -> None:
    sheet, poster = cells(filled, "raci-sheet", "matrix"), cells(filled, "one-sheet", "raci")
    for activity, letters in poster.items():
        assert {role: sheet[activity][role] for role in letters} == letters
    assert sheet["build-training-pipeline"]["ml-engineer"] == "R/A"
    assert sheet["build-training-pipeline"]["data-engineer"] == "R"
    assert "Supplier pack sizes" in sheet


# --- the layer ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Playbook:
    """The playbook with the grocer's layer over it."""
    root = copy_parts(tmp_path_factory.mktemp("grocer"), ["data", "docs", "mkdocs.yml"])
    shutil.copytree(LAYER, root / "company")
    found = load(root)
    assert isinstance(found, Playbook), found
    return found


def test_its_layer_has_no_problem_and_no_warning(company: Playbook) -> None:
    assert [line(each) for each in company.warnings] == []
    assert [line(each) for each in check_own(company)] == []
    assert list(examples(company)) == list(company.templates)


HOMES = [
    "raci-sheet", "stakeholder-map", "initial-members", "decision-criteria", "milestones", "wont-do-list",
]  # fmt: skip


@pytest.mark.parametrize("template", HOMES)
def test_its_layer_is_what_its_sheet_gave_it(
    company: Playbook, filled: Mapping[str, Example], template: str
) -> None:
    spec = specs(company)[template]
    fresh = create(spec, "")
    for section in spec["sections"]:
        if not section.get("home"):
            continue
        keys = [each["id"] for each in section["fields"] if each.get("key")]
        names = {each["id"]: each["name"] for each in section.get("rows", ())}
        prefilled = {
            names[row.row]: {key: row.cells[key] for key in keys}
            for row in fresh.tables[section["id"]]
            if row.row
        }
        upstream = {id: company.name_of(item) for id, item in company.lists[section["of"]].items()}
        answered = {
            upstream.get(id, id): {key: given[key] for key in keys}
            for id, given in cells(filled, template, section["id"]).items()
        }
        assert answered == prefilled


def test_its_candidates_are_those_of_the_scorecard(company: Playbook, filled: Mapping[str, Example]) -> None:
    rows = cells(filled, "flagship-scorecard", "candidates").values()
    assert [each.name for each in company.candidates.values()] == [row["name"] for row in rows]
    assert [each.chosen for each in company.candidates.values()] == [True, False, False]


# --- the story ----------------------------------------------------------------------------

STORY = (ROOT / "docs/stories/grocer.md").read_text("utf-8")


def test_the_story_opens_every_filled_sheet(playbook: Playbook) -> None:
    told = re.findall(r'filled\("([a-z-]+)"', STORY)
    assert sorted(told) == sorted(playbook.templates)


@pytest.mark.parametrize(
    "said",
    ["20 stores", "120 million", "4.92 million", "4.1%", "3.77%", "8% lower", "396,000", "1.95 people", "155,100",
     "15 days of a coach", "21 of 28 days", "3.87% against 4.10%", "5.6% lower", "1,060 trays", "640 were sold",
     "420 thrown away", "10,360", "39 of 40", "**3.81%**", "348,000", "12% of the way", "3.72%", "4.17%", "3.76%"],
)  # fmt: skip
def test_the_story_has_the_numbers_of_the_sheets(said: str) -> None:
    assert said in STORY


def test_the_story_is_read_in_ten_minutes() -> None:
    assert 1_200 <= len(STORY.split()) <= 1_850
