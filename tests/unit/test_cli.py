"""The `playbook` command: what it prints and how it exits."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT, Project

BROKEN = "data/raci.yml:8:7: activities[0].roles.ml-enginer: unknown role; did you mean 'ml-engineer'?"


def run(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    code = "from macros.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=cwd, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_check_of_the_shipped_playbook_is_clean() -> None:
    result = run("check")
    assert (result.returncode, result.stdout, result.stderr) == (0, "All good.\n", "")


def test_check_reports_problems_and_exits_1_without_a_traceback(project: Project) -> None:
    project.edit("data/raci.yml", "ml-engineer: R/A", "ml-enginer: R/A")
    result = run("check", "--root", str(project.root))
    assert result.returncode == 1
    assert result.stdout == BROKEN + "\n"
    assert result.stderr == "1 error, 0 warnings\n"


def test_check_as_json_is_json_and_nothing_else(project: Project) -> None:
    project.edit("data/raci.yml", "ml-engineer: R/A", "ml-enginer: R/A")
    result = run("check", "--format", "json", "--root", str(project.root))
    [problem] = json.loads(result.stdout)
    assert (problem["path"], problem["line"], problem["column"]) == ("data/raci.yml", 8, 7)
    assert result.returncode == 1
    assert json.loads(run("check", "--format", "json").stdout) == []


def test_check_for_github_prints_annotations(project: Project) -> None:
    project.edit("data/raci.yml", "ml-engineer: R/A", "ml-enginer: R/A")
    result = run("check", "--format", "github", "--root", str(project.root))
    assert result.stdout.startswith("::error file=data/raci.yml,line=8,col=7,title=unknown-reference::")


def test_warnings_are_shown_and_do_not_fail(project: Project) -> None:
    project.edit(
        "data/roles.yml",
        "  - id: stakeholders",
        "  - id: archivist\n    name: Archivist\n    text: Keeps.\n    source: company\n  - id: stakeholders",
    )
    result = run("check", "--root", str(project.root))
    assert result.returncode == 0
    assert ": warning: roles[4].id: 'Archivist' has no letter" in result.stdout
    assert "0 errors, 1 warning" in result.stdout


def test_misuse_exits_2() -> None:
    assert run("check", "--format", "xml").returncode == 2
    assert run("chekc").returncode == 2


def test_check_of_a_folder_without_data_says_what_is_missing(tmp_path: Path) -> None:
    result = run("check", "--root", str(tmp_path))
    assert result.returncode == 1
    assert "data/raci.yml:1:1: is missing" in result.stdout
    assert "Traceback" not in result.stderr


def test_command_finds_the_playbook_from_a_folder_below_it() -> None:
    assert run("check", cwd=ROOT / "docs" / "grow").returncode == 0


def test_check_starts_without_mkdocs() -> None:
    code = (
        "import sys\nfrom macros.cli import main\n"
        "try:\n    main(['check'])\nexcept SystemExit as end:\n    assert end.code == 0\n"
        "loaded = sorted(name for name in sys.modules if name.split('.')[0] in ('mkdocs', 'mkdocs_macros', 'zensical'))\n"
        "assert not loaded, loaded\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert result.returncode == 0, result.stderr


def test_schema_check_notices_a_schema_that_is_out_of_date(whole_project: Project) -> None:
    assert run("schema", "--check", cwd=whole_project.root).returncode == 0
    (whole_project.root / "data/schema/raci.schema.json").write_text("{}\n", "utf-8")
    result = run("schema", "--check", cwd=whole_project.root)
    assert result.returncode == 1
    assert result.stdout == "data/schema/raci.schema.json: out of date; run 'playbook schema'\n"
    assert run("schema", cwd=whole_project.root).stdout == "wrote data/schema/raci.schema.json\n"
    assert run("schema", "--check", cwd=whole_project.root).returncode == 0
