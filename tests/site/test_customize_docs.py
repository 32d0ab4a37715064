"""Every page of the Customize chapter is executed: its examples are written, its commands run.

A block with a title is a file of the example's fork. A console block holds commands behind `$`
and what they print; the output is compared line by line.
"""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT, Copy, copy_project
from tests.site.conftest import PLAYBOOK, run
from tests.unit.company.upgrading.conftest import written

pytestmark = pytest.mark.slow
PAGES = sorted((ROOT / "docs" / "customize").glob("*.md"))
BLOCK = re.compile(
    r'^```(?P<language>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<text>.*?)^```$', re.MULTILINE | re.DOTALL
)
RAW = re.compile(r"\{% (?:end)?raw %\}")


@pytest.fixture
def fork(tmp_path: Path) -> Copy:
    """A fork as a company has it: the playbook, its examples, git."""
    root = copy_project(tmp_path / "fork")
    import shutil

    shutil.copytree(ROOT / "examples", root / "examples")
    written(root)
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "-qm", "fork"],
    ):
        subprocess.run(["git", *command], cwd=root, check=True)
    return Copy(root)


def execute(command: str, fork: Copy, environment: dict[str, str]) -> str:
    """Run a command of the docs and return what it prints."""
    words = shlex.split(command)
    if words[0] == "playbook":
        return run([*PLAYBOOK, *words[1:]], fork.root, environment).stdout
    assert words[0] == "cp", f"{command}: the docs use a command that this test does not know"
    return subprocess.run(words, cwd=fork.root, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_examples_and_commands_of_the_page_work(page: Path, fork: Copy, environment) -> None:
    text = page.read_text("utf-8")
    blocks = list(BLOCK.finditer(text))
    files = [block for block in blocks if block["title"]]
    commands = 0
    if page.stem == "site":  # its settings name files that stand in blocks below
        files.sort(key=lambda block: block["title"] == "company/site.yml")
    for block in files:
        path = fork.root / block["title"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(RAW.sub("", block["text"]), "utf-8")
    for block in blocks:
        if block["language"] != "console" or not block["text"].startswith("$ "):
            continue
        for part in re.split(r"^\$ ", block["text"], flags=re.MULTILINE)[1:]:
            command, _, expected = part.partition("\n")
            assert execute(command, fork, environment).rstrip() == expected.rstrip(), command
            commands += 1
    assert files or commands
    if files:
        built = run([*PLAYBOOK, "build", "--no-strict"], fork.root, environment)
        assert built.returncode == 0, built.stdout


def test_every_example_of_the_chapter_was_seen() -> None:
    """A block that is neither a file nor a command must be shown on purpose."""
    shown = [
        (page.name, block["language"])
        for page in PAGES
        for block in BLOCK.finditer(page.read_text("utf-8"))
        if not block["title"] and not (block["language"] == "console" and block["text"].startswith("$ "))
    ]
    # Taking an update needs a second repository; tests/site/test_upgrade.py does it with real git.
    assert shown == [("updates.md", "console"), ("updates.md", "text"), ("updates.md", "console")]


def test_raci_rules_page_shows_a_working_example(project: Copy) -> None:
    text = (ROOT / "docs/reference/raci-rules.md").read_text("utf-8")
    [block] = BLOCK.finditer(text)
    path = project.root / "data/raci.yml"
    ignore = block["text"][block["text"].index("    ignore:") :]
    raci = path.read_text("utf-8").replace(
        "    name: Incident primary response\n", f"    name: Incident primary response\n{ignore}"
    )
    path.write_text(raci, "utf-8")
    assert not project.problems()
