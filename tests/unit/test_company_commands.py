"""`playbook init`, `diff` and `export`."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from pathlib import Path

import openpyxl
import pytest
import yaml

from macros.company.colors import contrast
from macros.company.first_files import quoted
from macros.export.data import data, raci_csv, raci_excel
from macros.export.pages import llms_txt, page_markdown
from macros.playbook import Playbook, load
from tests.conftest import Project
from tests.unit.test_cli import run

# --- init --------------------------------------------------------------------------------


def files(root: Path) -> dict[str, str]:
    folder = root / "company"
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_init_runs_unattended_and_its_result_passes_check(whole_project: Project) -> None:
    result = run("init", "--company", "Acme", "--size", "3", "--sponsor", "management", "--roles", "ml-engineer,stakeholders", "--target", "internal-host", "--language", "de", "--yes", cwd=whole_project.root)  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1] == "Next: make serve (or: playbook serve)"
    written = files(whole_project.root)
    assert sorted(written) == ["docs/our-team.md", "macros.py", "roles.yml", "site.yml"]
    assert yaml.safe_load(written["site.yml"])["name"] == "Acme MLOps Playbook"
    assert "SITE_URL=" in written["site.yml"]
    assert "top-down" in written["docs/our-team.md"]
    assert {item["id"] for item in yaml.safe_load(written["roles.yml"])["roles"]} == {
        "data-engineer",
        "infra-engineer",
        "ops-engineer",
    }
    assert all(text.startswith(("#", '"""')) for text in written.values())  # commented
    assert run("check", cwd=whole_project.root).stdout == "All good.\n"


def test_init_asks_and_takes_answers_from_the_terminal(whole_project: Project) -> None:
    import subprocess
    import sys

    answers = "Acme\n2\nnobody\nml-engineer\nnot-yet\nen\n"
    result = subprocess.run(
        [sys.executable, "-c", "from macros.cli import main; main()", "init"],
        cwd=whole_project.root, input=answers, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert "Who wants it (management, engineers, nobody) [engineers]:" in result.stdout
    assert "finding our first step" in files(whole_project.root)["docs/our-team.md"]


def test_init_refuses_to_overwrite_and_writes_nothing(whole_project: Project) -> None:
    path = whole_project.root / "company" / "site.yml"
    path.parent.mkdir()
    path.write_text("name: Mine\n", "utf-8")
    result = run("init", "--yes", cwd=whole_project.root)
    assert result.returncode == 1
    assert result.stderr == "Nothing was written: company/site.yml exist. Use --force to overwrite.\n"
    assert files(whole_project.root) == {"site.yml": "name: Mine\n"}
    assert run("init", "--yes", "--force", cwd=whole_project.root).returncode == 0
    assert "Our company" in path.read_text("utf-8")


def test_init_refuses_a_role_that_is_none_and_suggests_one(whole_project: Project) -> None:
    result = run("init", "--roles", "ml-enginer", "--yes", cwd=whole_project.root)
    assert result.returncode == 2
    assert "unknown role 'ml-enginer'; did you mean 'ml-engineer'?" in result.stderr
    assert not (whole_project.root / "company").exists()


@pytest.mark.parametrize(
    "name", ['A "B" <script>', "{{ 7*7 }}", "a: b # c", "- x", "line\nbreak", "\\", "Ünïcode 🙂", "{% raw %}"]
)
def test_any_company_name_gives_files_that_pass_check(whole_project: Project, name: str) -> None:
    assert run("init", "--company", name, "--yes", cwd=whole_project.root).returncode == 0
    assert run("check", cwd=whole_project.root).stdout == "All good.\n"
    assert "<script>" not in "".join(files(whole_project.root).values())


def test_quoted_text_is_read_back_by_yaml() -> None:
    for text in ('a"b', "a\\b", "# x", "no", "1e3"):
        assert yaml.safe_load(quoted(text)) == text


# --- diff --------------------------------------------------------------------------------


def test_diff_of_an_untouched_fork_says_so(whole_project: Project) -> None:
    assert run("diff", cwd=whole_project.root).stdout == "Nothing differs from upstream.\n"


def test_diff_names_each_item_with_what_changed(whole_project: Project) -> None:
    company = whole_project.root / "company"
    company.mkdir()
    (company / "raci.yml").write_text(
        "activities:\n  - id: monitoring-operation\n    name: Watching\n    roles: {data-engineer: C, infra-engineer: }\n",
        "utf-8",
    )
    (company / "wont_do.yml").write_text(
        "wont_do:\n  - {id: perfect-documentation, remove: true}\n"
        "  - {id: x, after: copy-another-company, name: X, reason: R, instead: I}\n",
        "utf-8",
    )
    assert run("diff", cwd=whole_project.root).stdout.splitlines() == [
        "changed  activity 'monitoring-operation' (Monitoring / operation)",
        "           name: Monitoring / operation → Watching",
        "           roles.data-engineer: R → C",
        "           roles.infra-engineer: R → (nothing)",
        "added    won't-do item 'x' (X)",
        "removed  won't-do item 'perfect-documentation' (Perfect documentation)",
    ]


def test_diff_of_a_broken_layer_reports_the_problem(whole_project: Project) -> None:
    company = whole_project.root / "company"
    company.mkdir()
    (company / "roles.yml").write_text("roles:\n  - {id: zzz, name: X}\n", "utf-8")
    result = run("diff", cwd=whole_project.root)
    assert result.returncode == 1
    assert result.stdout.startswith("company/roles.yml:2:10:")


# --- export ------------------------------------------------------------------------------


def test_json_holds_every_list_with_every_item_and_a_version(playbook: Playbook) -> None:
    exported = json.loads(json.dumps(data(playbook)))
    assert exported["schema_version"] == 1
    lists = {name for name in vars(playbook) if name not in ("root", "warnings", "layers")}
    assert set(exported) == lists | {"schema_version"}
    for name in lists:
        assert [item["id"] for item in exported[name]] == list(getattr(playbook, name))
    assert exported["activities"][0]["roles"]["ml-engineer"] == "R/A"


def test_text_that_looks_like_excels_escape_stays_text_in_the_raci(playbook: Playbook) -> None:
    first, *rest = playbook.activities.values()
    named = first.model_copy(update={"name": "_x0041_ =1"})
    changed = dataclasses.replace(playbook, activities={each.id: each for each in (named, *rest)})
    book = raci_excel(changed)
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    assert sheet is not None
    assert sheet["A2"].value == "_x005F_x0041_ =1"  # as it stands in the file; Excel shows _x0041_
    assert sheet["A2"].data_type == "s"


def test_csv_and_excel_hold_the_same_raci(playbook: Playbook) -> None:
    rows = list(csv.reader(io.StringIO(raci_csv(playbook))))
    sheet = openpyxl.load_workbook(io.BytesIO(raci_excel(playbook))).active
    assert sheet is not None
    cells = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert cells == rows
    assert len(rows) == 8
    assert rows[1] == ["Model development", "R/A", "C", "I", "I", "C", "no"]


def test_formulas_stay_text_in_csv_and_excel(project: Project) -> None:
    project.edit("data/raci.yml", "name: Model development", "name: '=HYPERLINK(\"x\")'")
    project.edit("data/raci.yml", "name: Build training pipeline", "name: '@SUM(1)'")
    playbook = load(project.root)
    assert isinstance(playbook, Playbook)
    rows = list(csv.reader(io.StringIO(raci_csv(playbook))))
    assert (rows[1][0], rows[2][0]) == ('\'=HYPERLINK("x")', "'@SUM(1)")
    sheet = openpyxl.load_workbook(io.BytesIO(raci_excel(playbook))).active
    assert sheet is not None
    assert (sheet["A2"].value, sheet["A2"].data_type) == ('=HYPERLINK("x")', "s")


def test_page_as_markdown_has_text_and_tables_and_no_html() -> None:
    html = (
        "<html><nav>menu</nav><article><h1>T<a class='headerlink'>¶</a></h1><p>a <strong>b</strong></p>"
        "<table><tr><th>H</th></tr><tr><td><span class='pb-letters'><b>R</b><b>A</b><span class='pb-sr'>x</span></span></td></tr></table>"
        "<form><input></form><p hidden>h</p></article></html>"
    )
    assert page_markdown(html) == "# T\n\na **b**\n\n| H |\n| --- |\n| R/A |\n"


def test_llms_txt_lists_pages_by_section_with_their_address() -> None:
    text = llms_txt("N", "D.", {"index.md": "Home", "grow/choosing/index.md": "Choose"}, "https://x/")
    assert text.startswith("# N\n\n> D.\n")
    assert "## Overview\n\n- [Home](https://x/index.md)\n" in text
    assert "## Grow\n\n- [Choose](https://x/grow/choosing/index.md)\n" in text
    assert "(https://x/export/playbook.json)" in text


def test_build_writes_every_export(whole_project: Project) -> None:
    assert run("build", cwd=whole_project.root).returncode == 0
    site = whole_project.root / "site"
    listed = set()
    import re

    for target in re.findall(r"\]\(([^)]+)\)", (site / "llms.txt").read_text("utf-8")):
        assert (site / target).is_file(), target
        listed.add(target)
    pages = {path.with_suffix(".md").relative_to(site).as_posix() for path in site.rglob("index.html")}
    assert pages <= listed
    assert len(pages) > 60
    raci = (site / "organization/raci/index.md").read_text("utf-8")
    assert "| R/A | C | I | I | C |" in raci
    assert "<" not in raci.replace("<br>", "")


# --- settings ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#ffffff", "#ffffff", 1.0)],
)
def test_contrast_is_wcags(first: str, second: str, expected: float) -> None:
    assert contrast(first, second) == pytest.approx(expected, abs=0.01)
