"""From the meeting to the repository: a sheet's file for company/, checked, built and seen."""

from __future__ import annotations

import functools
import http.server
import random
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page, expect

from macros.diagnostics import Diagnostics
from macros.playbook import Playbook, load
from macros.report import text
from macros.sheets.layout import lay_out
from macros.sheets.spec import spec
from tests.browser.conftest import Quiet
from tests.browser.test_fill import ready, sheet
from tests.browser.test_fill_files import HOSTILE, download
from tests.conftest import ROOT, Project, copy_project
from tests.site.conftest import PLAYBOOK, run

pytestmark = pytest.mark.browser

EVIL = "<img src=x onerror=alert(1)> {{ 7*7 }} *so* [a](missing.md) [[nobody]] & _x_"


def raci(page: Page) -> None:
    page.fill('[name="scope.team"]', "Forecast\u2028activities: []")
    page.select_option('[name="matrix.monitoring-operation.data-engineer"]', "C")
    page.fill('[name="matrix.row-8"]', f"Answer the stores {EVIL}")
    page.fill('[name="matrix.row-8:note"]', f"Every morning. {EVIL}")
    page.select_option('[name="matrix.row-8.stakeholders"]', "R/A")
    page.locator('[name="matrix.row-8"]').press("Alt+ArrowUp")
    page.get_by_role("button", name="Remove: Incident primary response").click()
    page.fill('[name="holders.ml-engineer.who"]', "Priya")
    page.fill('[name="holders.ops-engineer.who"]', "Elena")
    page.fill('[name="holders.ops-engineer.deputy"]', "Sam")
    page.fill('[name="people.names"]', "Priya\nElena")


def stakeholders(page: Page) -> None:
    page.fill('[name="why.management-layer.who"]', f"Maria Okafor {EVIL}")
    page.fill('[name="how.sre.ask"]', "")
    page.fill("#risk tbody tr:last-child th input", "Works council")
    page.fill("#risk tbody tr:last-child td input >> nth=0", "Jonas Weber")
    page.fill('[name="risk.legal.next"]', "2027-01-15")


def members(page: Page) -> None:
    page.fill('[name="members.ml-engineer.who"]', f"Priya Nair {EVIL}")
    page.fill('[name="members.ml-engineer.share"]', "80.5")
    page.select_option('[name="members.ml-engineer.from"]', "internal")
    page.select_option('[name="members.row-5"]', "ops-engineer")
    page.fill('[name="members.row-5.who"]', "Second Ops")


def criteria(page: Page) -> None:
    page.fill('[name="model.model"]', "Fresh food")
    page.fill('[name="deployment.kpi-in-limited-release.threshold"]', f"At least 3 % lower {EVIL}")
    page.fill('[name="withdraw.row-9"]', "The owner has left")
    page.fill('[name="withdraw.row-9.threshold"]', "For four weeks")
    page.fill('[name="emergency.switch-off.answer"]', "Whoever is on call")


def flagship(page: Page) -> None:
    page.fill('[name="candidates.row-1.name"]', f"Order forecast {EVIL}")
    page.fill('[name="candidates.row-1.owner"]', "Head of logistics")
    page.fill('[name="candidates.row-2.name"]', "Internal chat")
    page.check('[name="exclusions.everything-into-an-llm.b"]')
    for criterion in ("value-in-numbers", "data-exists", "failure-not-fatal", "owner-is-waiting"):
        page.select_option(f'[name="criteria.{criterion}.a"]', "passes")
    page.select_option('[name="decision.chosen"]', "a")
    page.fill('[name="decision.because"]', "The owner waits")


def milestones(page: Page) -> None:
    page.fill('[name="milestones.month-3.number"]', f"One store {EVIL}")
    page.fill('[name="milestones.month-12.missed"]', "We stop")


def wont_do(page: Page) -> None:
    page.fill('[name="list.row-5"]', f"A feature store {EVIL}")
    page.fill('[name="list.row-5.reason"]', "One model needs none")
    page.get_by_role("button", name="Remove: Perfect documentation").click()


SHEETS = {
    "raci-sheet": (raci, "raci", "organization/raci/", ["Answer the stores", "Every morning."]),
    "stakeholder-map": (stakeholders, "stakeholders", "organization/stakeholders/", ["Maria Okafor", "Works council", "Next talk: 2027-01-15"]),
    "initial-members": (members, "members", "organization/members/", ["Priya Nair", "80.5%", "Second Ops"]),
    "decision-criteria": (criteria, "decision_criteria", "organization/decision-criteria/", ["At least 3 % lower", "The owner has left", "Whoever is on call"]),
    "flagship-scorecard": (flagship, "flagship", "grow/choosing/", ["Order forecast", "Head of logistics", "our flagship", "Internal chat, or turning"]),
    "milestones": (milestones, "milestones", "grow/top-down/", ["One store", "We stop"]),
    "wont-do-list": (wont_do, "wont_do", "grow/wont-do/", ["A feature store", "One model needs none"]),
}  # fmt: skip
EVIL_SHOWN = "<img src=x onerror=alert(1)> {{ 7*7 }} *so* [a](missing.md)"


def problems(root: Path) -> str:
    loaded = load(root)
    return text(loaded) if isinstance(loaded, Diagnostics) else ""


def test_every_sheet_with_a_home_ends_as_a_page_of_the_site(visit, tmp_path: Path, environment) -> None:
    project = copy_project(tmp_path / "project")
    (project / "company").mkdir()
    window = visit()
    for id, (fill, stem, _, _) in SHEETS.items():
        page = ready(window.go(f"templates/{id}/"))
        fill(page)
        path = download(page, "company", project / "company")
        assert path.name == f"{stem}.yml"
        first = path.read_text("utf-8").splitlines()[0]
        schema = first.removeprefix("# yaml-language-server: $schema=")
        assert first != schema
        assert (path.parent / schema).resolve().is_file()
        checked = run(
            ["-m", "check_jsonschema", "--schemafile", str((path.parent / schema).resolve()), str(path)],
            project,
            environment,
        )
        assert checked.returncode == 0, checked.stdout
    result = run([*PLAYBOOK, "check"], project, environment)
    assert result.returncode == 0, result.stdout
    result = run([*PLAYBOOK, "build"], project, environment)
    assert result.returncode == 0, result.stdout
    handler = functools.partial(Quiet, directory=str(project / "site"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for _, _, path, shown in SHEETS.values():
            page = window.page
            page.goto(f"http://127.0.0.1:{server.server_port}/{path}")
            for words in shown:
                expect(page.locator("article")).to_contain_text(words)
            expect(page.locator("article")).to_contain_text(EVIL_SHOWN)
            assert page.locator("article img").count() == 0
        page.goto(f"http://127.0.0.1:{server.server_port}/organization/raci/")
        expect(page.locator("article")).not_to_contain_text("Incident primary response")
        page.goto(f"http://127.0.0.1:{server.server_port}/templates/one-sheet/")
        poster = page.locator(".pb-poster")
        for words in ("Maria Okafor", "Priya Nair", "Order forecast", "Answer the stores", "A feature store"):
            expect(poster).to_contain_text(words)
        # The sheet begins with what was committed, and shows what readers of the site see.
        page.goto(f"http://127.0.0.1:{server.server_port}/templates/stakeholder-map/")
        expect(page.locator('[name="why.management-layer.who"]')).to_have_value(f"Maria Okafor {EVIL}")
        server.shutdown()
    assert not window.complaints


def test_a_sheet_that_the_linter_refuses_gives_no_file_and_says_why(visit) -> None:
    page = sheet(visit)
    page.select_option('[name="matrix.model-development.ops-engineer"]', "A")
    page.fill('[name="matrix.row-9.shared"]', "A row without a name")
    page.locator("[data-pb-formats]").select_option("company")
    page.locator("[data-pb-do=download]").click()
    alert = page.locator("[data-pb-alert]")
    expect(alert).to_contain_text("Not ready for company/")
    expect(alert).to_contain_text("2 roles are accountable (A)")
    expect(alert).to_contain_text("needs a name")


def test_an_untouched_sheet_gives_no_file(visit) -> None:
    page = sheet(visit, "wont-do-list")
    page.locator("[data-pb-formats]").select_option("company")
    page.locator("[data-pb-do=download]").click()
    expect(page.locator("[data-pb-alert]")).to_contain_text("Nothing differs from the playbook")


def test_what_an_item_cannot_do_without_is_asked_for(visit) -> None:
    page = sheet(visit, "wont-do-list")
    page.fill('[name="list.row-5"]', "No reason yet")
    page.locator("[data-pb-formats]").select_option("company")
    page.locator("[data-pb-do=download]").click()
    expect(page.locator("[data-pb-alert]")).to_contain_text("“No reason yet” needs “Reason”")


# --- on top of what is committed -------------------------------------------------------

WRITE = """async ([spec, saved]) => {
    const { fit } = await import('/playbook/assets/sheets/draft.js');
    const { companyFile, fileText } = await import('/playbook/assets/sheets/home.js');
    const { dump } = await import('/playbook/assets/vendor/js-yaml.mjs');
    const { draft } = fit(spec, saved);
    const made = companyFile(spec, draft, []);
    if (made.problems) return made;
    return fileText(spec.home.list, spec.home.file, made.comments, dump(made.value, { lineWidth: -1, noRefs: true })); }"""


def spec_of(root: Path, id: str) -> dict[str, Any]:
    playbook = load(root)
    assert isinstance(playbook, Playbook), text(playbook)
    item = playbook.templates[id]
    return spec(item, playbook, lay_out(item, playbook))


def as_shown(spec: dict[str, Any]) -> dict[str, Any]:
    """The answers of a sheet that nobody has touched."""
    return {
        section["id"]: [
            {
                "row": row["id"],
                "cells": {
                    f["id"]: (
                        row.get("values", {}).get(f["id"], "") == "true"
                        if f["type"] == "checkbox"
                        else row.get("values", {}).get(f["id"], "")
                    )
                    for f in section["fields"]
                },
            }
            for row in section.get("rows", [])
        ]
        if section.get("table")
        else {f["id"]: False if f["type"] == "checkbox" else "" for f in section["fields"]}
        for section in spec["sections"]
    }


def write(page: Page, spec: dict[str, Any], answers: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = page.evaluate(
        WRITE, [spec, {"name": "D", "saved": "2026-11-25", "answers": answers}]
    )
    return made


COMMITTED = """\
activities:
  - id: model-development
    name: Build the model
    ignore: [{rule: raci-overloaded-role, reason: Small team}]
  - id: data-quality-and-features
    after: model-development
  - id: incident-primary-response
    remove: true
  - id: ours
    after: keep-or-withdraw
    name: Our own
    text: With `code` and **bold**.
    roles: {ops-engineer: R/A}
    ignore: [{rule: raci-idle-role, reason: Why not}]
"""


def test_a_new_file_keeps_what_was_committed_before(visit, project: Project) -> None:
    """Names, silences, moves and removals that the sheet does not ask about stay in the new file."""
    (project.root / "company").mkdir()
    (project.root / "company" / "raci.yml").write_text(COMMITTED, "utf-8")
    before = load(project.root)
    assert isinstance(before, Playbook), text(before)
    spec = spec_of(project.root, "raci-sheet")
    answers = as_shown(spec)
    answers["matrix"][0]["cells"]["infra-engineer"] = "C"
    made = write(sheet(visit), spec, answers)
    (project.root / "company" / "raci.yml").write_text(made["text"], "utf-8")
    after = load(project.root)
    assert isinstance(after, Playbook), text(after)
    assert list(after.activities) == list(before.activities)
    changed = {id: item for id, item in after.activities.items() if item != before.activities[id]}
    assert list(changed) == ["model-development"]
    assert changed["model-development"].roles["infra-engineer"] == "C"
    assert changed["model-development"].name == "Build the model"
    assert "`code`" in after.activities["ours"].text


def test_a_list_that_the_company_replaced_stays_replaced(visit, project: Project) -> None:
    (project.root / "company").mkdir()
    ours = "replace: true\nactivities:\n  - {id: one, name: One, text: T., roles: {ops-engineer: R, stakeholders: A}}\n"
    (project.root / "company" / "raci.yml").write_text(ours, "utf-8")
    spec = spec_of(project.root, "raci-sheet")
    answers = as_shown(spec)
    answers["matrix"][0]["cells"]["ml-engineer"] = "R"
    letters = {"ops-engineer": "R", "stakeholders": "A"}
    cells = answers["matrix"][0]["cells"]
    answers["matrix"].insert(
        0, {"name": "Two", "cells": {**dict.fromkeys(cells, ""), **letters, "business": False}}
    )
    made = write(sheet(visit), spec, answers)
    (project.root / "company" / "raci.yml").write_text(made["text"], "utf-8")
    after = load(project.root)
    assert isinstance(after, Playbook), text(after)
    assert [(each.id, dict(each.roles)) for each in after.activities.values()] == [
        ("two", letters),
        ("one", {**letters, "ml-engineer": "R"}),
    ]


@pytest.mark.parametrize("id", [id for id in SHEETS if id != "flagship-scorecard"])
def test_any_filled_sheet_becomes_a_file_that_says_the_same(visit, tmp_path: Path, id: str) -> None:
    """Answers at random, over and over upon the file of the time before: checked, and shown as typed."""
    chance = random.Random(id)  # noqa: S311 - the same each time
    page = sheet(visit)
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    (tmp_path / "company").mkdir()
    for attempt in range(12):
        spec = spec_of(tmp_path, id)
        answers = as_shown(spec)
        for section in spec["sections"]:
            if not section.get("table"):
                continue
            rows = answers[section["id"]]
            for row in rows:
                for field in section["fields"]:
                    if chance.random() < 0.3:
                        row["cells"][field["id"]] = any_answer(field, chance)
            if section.get("open"):
                for row in rows:
                    if chance.random() < 0.15:
                        row["removed"] = True
                chance.shuffle(rows)
                for number in range(chance.randrange(3)):
                    cells = {field["id"]: any_answer(field, chance) for field in section["fields"]}
                    name = (
                        chance.choice([value for value, _ in section["names"]])
                        if section.get("names")
                        else f"{chance.choice(HOSTILE)} {attempt}.{number}"
                    )
                    rows.insert(
                        chance.randrange(len(rows) + 1),
                        {
                            "name": name,
                            "note": chance.choice(HOSTILE) if section.get("noted") else "",
                            "cells": cells,
                        },
                    )
            need(section, rows)
        made = write(page, spec, answers)
        if "problems" in made:
            assert made["problems"] == [
                "Nothing differs from the playbook, so there is nothing to commit."
            ], made
            continue
        stem = spec["home"]["file"]
        (tmp_path / "company" / f"{stem}.yml").write_text(made["text"], "utf-8")
        found = [each for each in problems(tmp_path).splitlines() if "raci-" not in each]
        assert not found, (found, made["text"])
        shown = as_shown(spec_of(tmp_path, id))
        for section in spec["sections"]:
            if section.get("home"):
                # The RACI's letters may break rules here, which the sheet would say; the texts have to stand.
                assert said(section, shown[section["id"]]) == said(
                    section, [r for r in answers[section["id"]] if not r.get("removed")]
                )


def any_answer(field: dict[str, Any], chance: random.Random) -> Any:
    if field["type"] == "checkbox":
        return chance.random() < 0.5
    if field["type"] == "choice":
        return chance.choice([value for value, _ in field["choices"]])
    if field["type"] == "number":
        return chance.choice(["20", "0.5", "1e1", "100"])
    if field["type"] == "date":
        return chance.choice(["2027-01-31", ""])
    return chance.choice([*HOSTILE, ""])


def need(section: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    """Fill what an item cannot do without."""
    for row in rows:
        for field in section["fields"]:
            if field.get("required") and field.get("key") and row["cells"][field["id"]] == "":
                row["cells"][field["id"]] = "20" if field["type"] == "number" else "needed"
        letters = [
            field["id"] for field in section["fields"] if (field.get("key") or "").startswith("roles.")
        ]
        if letters:  # a matrix that the linter accepts
            for id in letters:
                row["cells"][id] = "I"
            row["cells"][letters[-1]] = "R/A"
            row["cells"]["shared"] = ""


def said(section: dict[str, Any], rows: list[dict[str, Any]]) -> list[list[Any]]:
    """What a table says: white space apart, and numbers by their value."""

    def plain(field: dict[str, Any], value: Any) -> Any:
        if field["type"] == "number":
            return float(value) if value else ""
        return " ".join(value.split()) if isinstance(value, str) else value

    return [[plain(field, row["cells"][field["id"]]) for field in section["fields"]] for row in rows]


def test_the_file_is_yaml_with_the_meeting_above_it(visit, tmp_path: Path) -> None:
    page = sheet(visit)
    raci(page)
    content = download(page, "company", tmp_path).read_text("utf-8")
    assert "# Who stands behind each role, ML engineer: Name: Priya\n" in content
    assert "# Who stands behind each role, Ops engineer: Name: Elena; Deputy: Sam\n" in content
    assert "# Who was in the room and said yes: Priya\n# Elena\n" in content
    assert "# Team or model: Forecast\n# activities: []\n" in content
    entries = {each["id"]: each for each in yaml.safe_load(content)["activities"]}
    assert entries["monitoring-operation"] == {"id": "monitoring-operation", "roles": {"data-engineer": "C"}}
    assert entries["incident-primary-response"] == {"id": "incident-primary-response", "remove": True}
    assert len(entries) == 3


def test_a_tick_that_is_taken_off_is_written_as_false(visit, tmp_path: Path) -> None:
    page = sheet(visit)
    page.uncheck('[name="matrix.production-deployment.business"]')
    content = download(page, "company", tmp_path).read_text("utf-8")
    assert yaml.safe_load(content)["activities"] == [
        {"id": "production-deployment", "business_decision": False}
    ]
