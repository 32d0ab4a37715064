"""What other programs find in our files: TypeScript's compiler, zizmor, a shell that runs a step."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import NoReturn

import pytest

from tests.conftest import ROOT, Copy
from tests.unit.test_project import DEPENDABOT, WORKFLOWS, jobs

pytestmark = pytest.mark.slow
SCRIPTS = sorted(path for path in (ROOT / "docs" / "assets").rglob("*.js") if path.parent.name != "vendor")


def lacking(what: str) -> NoReturn:
    """Skip for want of a tool, except where it has to be there."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is not installed, and in CI this has to be measured")
    pytest.skip(f"{what} is not installed")


def compiler() -> Path:
    """TypeScript's compiler as a module, beside the command `tsc`."""
    tsc = shutil.which("tsc") or lacking("TypeScript")
    beside = (
        Path(tsc).resolve().parents[1] / "lib" / "typescript.js",
        Path(tsc).parents[1] / "typescript" / "lib" / "typescript.js",  # where npm writes tsc as a script
    )
    return next((path for path in beside if path.is_file()), None) or lacking("TypeScript's compiler")


def lengths(*scripts: Path) -> dict[str, int]:
    """Lines of every function by its place and name."""
    node = shutil.which("node") or lacking("Node")
    result = subprocess.run(
        [node, str(ROOT / "tests" / "functions.cjs"), str(compiler()), *map(str, scripts)],
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return {
        f"{Path(file).name}:{line} {name}".strip(): lines
        for file, line, name, lines in json.loads(result.stdout)
    }


def test_no_function_of_a_script_is_longer_than_80_lines() -> None:
    found = lengths(*SCRIPTS)
    assert len(found) > 100
    assert not {where: lines for where, lines in found.items() if lines > 80}


def test_functions_are_measured_however_they_are_written(tmp_path: Path) -> None:
    script = tmp_path / "a.js"
    script.write_text(
        "/** Told. */\nexport function one() {\n  return 1;\n}\nconst two = () => {\n  const three = (x) => x;\n"
        "  return three;\n};\nclass A {\n  four() {}\n}\ntwo(function () {\n});\n",
        "utf-8",
    )
    assert lengths(script) == {
        "a.js:2 one": 3,
        "a.js:5 two": 4,
        "a.js:6 three": 1,
        "a.js:10 four": 1,
        "a.js:12": 2,
    }


def test_scripts_are_well_typed() -> None:
    """Types stand in JSDoc; TypeScript's compiler only checks them."""
    tsc = shutil.which("tsc") or lacking("TypeScript")
    result = subprocess.run(
        [tsc, "-p", str(ROOT / "tsconfig.json")], capture_output=True, encoding="utf-8", check=False
    )
    assert result.returncode == 0, result.stdout


def test_workflows_have_no_security_finding() -> None:
    zizmor = shutil.which("zizmor", path=sysconfig.get_path("scripts"))
    assert zizmor
    result = subprocess.run(
        [zizmor, "--offline", "--no-progress", "--persona", "pedantic", *map(str, [*WORKFLOWS, DEPENDABOT])],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout


def publishing(tmp_path: Path, small: Copy, answer: str) -> subprocess.CompletedProcess[str]:
    """Run the step that asks who can read the site, with stand-ins for make, curl and the command's folder."""
    [step] = [step for step in jobs("publish")["build"]["steps"] if "nobody said" in step.get("name", "")]
    folder = tmp_path / "bin"
    folder.mkdir(parents=True)
    for name, text in {
        "make": f'mkdir -p .venv/bin && ln -sf "{sys.executable}" .venv/bin/python && cp "{folder}/playbook" .venv/bin/',
        "curl": answer,
        "playbook": 'exec "$(dirname "$0")/python" -c "from macros.cli import main; main()" "$@"',
    }.items():
        (folder / name).write_text(f"#!/bin/sh\n{text}\n", "utf-8")
        (folder / name).chmod(0o755)
    (tmp_path / "event.json").write_text('{"repository": {"private": true}}', "utf-8")
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", step["run"]], cwd=small.root, check=False, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={
            **os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "GH_TOKEN": "t",
            "GITHUB_API_URL": "https://api.example.com", "GITHUB_REPOSITORY": "a/b",
            "GITHUB_EVENT_PATH": str(tmp_path / "event.json"), "RUNNER_TEMP": str(tmp_path),
        },
    )  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="the step runs on Ubuntu")
def test_publishing_a_private_playbook_to_anyone_stops_until_that_is_meant(
    tmp_path: Path, small: Copy
) -> None:
    stopped = publishing(tmp_path / "one", small, "echo '{\"public\": true}'")
    assert stopped.returncode == 1
    assert "::error file=company/site.yml" in stopped.stdout
    assert publishing(tmp_path / "two", small, "exit 22").returncode == 1
    locked = publishing(tmp_path / "three", small, "echo '{\"public\": false}'")
    assert locked.stdout.endswith("The site can be read by those who may read the repository.\n")
    assert locked.returncode == 0
