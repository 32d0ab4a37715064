"""Every page of the Customize chapter is executed: its examples are written, its commands run.

A block with a title is a file of the example's fork. A console block holds commands behind `$`
and what they print; the output is compared line by line.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Copy, copy_project
from tests.site.conftest import PLAYBOOK, run
from tests.unit.company.upgrading.conftest import written

pytestmark = pytest.mark.slow
PAGES = sorted(page for page in (ROOT / "docs" / "customize").glob("*.md") if page.stem != "large")
"""What `large.md` says takes minutes; `make scale` measures it, and test_many.py runs its command."""
BLOCK = re.compile(
    r'^```(?P<language>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<text>.*?)^```$', re.MULTILINE | re.DOTALL
)
RAW = re.compile(r"\{% (?:end)?raw %\}")


@pytest.fixture
def fork(tmp_path: Path) -> Copy:
    """A fork as a company has it: the playbook, its examples, git."""
    root = copy_project(tmp_path / "fork")

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


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.stem != "copies"], ids=lambda page: page.stem
)
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
    assert shown == [
        *[("copies.md", "console"), ("copies.md", "console")],
        *[("updates.md", "console"), ("updates.md", "text"), ("updates.md", "console")],
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="the page's lines are for a shell")
def test_of_the_ways_to_a_copy_the_clone_has_the_history_and_the_others_have_what_the_page_says(
    tmp_path: Path,
) -> None:
    def shell(script: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        # No word of git's is in another language, and nobody's settings count.
        settings = {
            **os.environ,
            "LC_ALL": "C",
            "GIT_CONFIG_GLOBAL": str(tmp_path / "gitconfig"),
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        return subprocess.run(
            ["bash", "-e", "-c", script], cwd=cwd, env=settings, encoding="utf-8", check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    (tmp_path / "gitconfig").write_text("[user]\n\tname = Ada\n\temail = ada@example.com\n", "utf-8")
    kit, new = tmp_path / "kit", tmp_path / "new.git"
    make = (
        f"git init -q -b main {kit} && cd {kit} && for n in 1 2; do git commit -q --allow-empty -m $n; done"
    )
    assert shell(f"{make} && git init -q --bare -b main {new}", tmp_path).returncode == 0
    page = next(page for page in PAGES if page.stem == "copies").read_text("utf-8")
    cloning, asking = (block["text"] for block in BLOCK.finditer(page))
    cloning = cloning.replace("<address of the kit>", f"file://{kit}")
    cloning = cloning.replace("<address of your new, empty repository>", str(new))
    made = shell(cloning, tmp_path)
    assert made.returncode == 0, made.stdout
    assert "in common: git merge works" in shell(asking, tmp_path / "playbook").stdout

    shallow = (
        f"git clone -q --depth 1 file://{kit} shallow && cd shallow && git remote rename origin upstream"
    )
    pushed = shell(f"{shallow} && git init -q --bare ../empty.git && git push ../empty.git main", tmp_path)
    assert "shallow update not allowed" in pushed.stdout
    assert (
        shell(
            "git fetch -q --unshallow upstream && git push -q ../empty.git main", tmp_path / "shallow"
        ).returncode
        == 0
    )

    begin = f"git init -q -b main template && cd template && git commit -q --allow-empty -m Template && git remote add upstream {kit}"
    assert shell(begin, tmp_path).returncode == 0
    assert "in common" not in shell(asking, tmp_path / "template").stdout
    assert (
        "refusing to merge unrelated histories"
        in shell("git merge upstream/main", tmp_path / "template").stdout
    )


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
