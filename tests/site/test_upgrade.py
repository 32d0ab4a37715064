"""The promise, with real git: a fork of an older upstream takes a newer one without a conflict."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Project, copy_project
from tests.site.conftest import PLAYBOOK, run
from tests.site.test_company import LAYER

pytestmark = pytest.mark.slow
STATES = Path(__file__).parent / "upstream"
"""Two frozen upstreams: what they change in the playbook that the tests copy. `old` is what the
fork began from, `new` what it merges: pages, data and macros changed, a role renamed."""


def apply_state(root: Path, name: str) -> None:
    """Make a copy of the playbook an upstream state: its files, over the shared ones."""
    shutil.copytree(STATES / name, root, dirs_exist_ok=True)


@pytest.fixture
def git(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    def call(*arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
        return subprocess.run(
            ["git", *who, *arguments], cwd=tmp_path / "fork", check=check, capture_output=True, text=True
        )

    return call


@pytest.fixture
def fork(tmp_path: Path, git) -> Project:
    """A fork of the old upstream with a full company layer; the new one waits in `upstream`."""
    root = copy_project(tmp_path / "fork")
    (root / ".gitignore").write_text(".build/\n.cache/\nsite/\n")
    apply_state(root, "old")
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "old upstream")
    git("checkout", "-qb", "upstream")
    apply_state(root, "new")
    git("add", "-A")
    git("commit", "-qm", "new upstream")
    git("checkout", "-q", "main")
    layer = {
        **LAYER,
        "roles.yml": "roles:\n  - {id: ops-engineer, text: Ours answers the pager.}\n",
        "wont_do.yml": "wont_do:\n  - {id: perfect-documentation, reason: Ours is another reason.}\n  - {id: ours, after: perfect-documentation, name: Ours, reason: R, instead: I}\n",
        "members.yml": "members:\n  - {id: data-engineer, share: All of it.}\n",
    }  # fmt: skip
    for name, text in layer.items():
        path = root / "company" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    git("add", "-A")
    git("commit", "-qm", "our layer")
    return Project(root)


def test_fork_of_the_old_upstream_is_sound(fork: Project, environment) -> None:
    assert run([*PLAYBOOK, "check"], fork.root, environment).stdout == "All good.\n"


def test_check_before_the_merge_names_exactly_the_overrides_to_look_at(
    fork: Project, environment, git
) -> None:
    before = git("status", "--porcelain").stdout
    result = run([*PLAYBOOK, "upgrade", "--check", "upstream"], fork.root, environment)
    assert result.returncode == 1
    assert result.stdout.splitlines() == [
        "company/docs/grow/wont-do.md:1: upstream changed the page grow/wont-do.md that yours replaces",
        "company/raci.yml:2: activity 'model-development': upstream changed roles.ops-engineer: 'I' → ''",
        "company/raci.yml:2: activity 'model-development': upstream changed roles.reliability-engineer: '' → 'I'",
        "company/roles.yml:2: role 'ops-engineer' was renamed upstream to 'reliability-engineer'",
        "company/wont_do.yml:2: won't-do item 'perfect-documentation': upstream changed reason (you override it): "
        "'First make the foundation that works.' → 'First make the foundation that works, then write.'",
        "5 to look at. The merge itself has no conflict with company/; mend these after it.",
    ]
    assert git("status", "--porcelain").stdout == before


def test_merge_has_no_conflict_and_check_names_the_renamed_override_alone(
    fork: Project, environment, git
) -> None:
    merged = git("merge", "--no-edit", "upstream", check=False)
    assert merged.returncode == 0, merged.stdout
    assert "CONFLICT" not in merged.stdout
    result = run([*PLAYBOOK, "check"], fork.root, environment)
    assert result.returncode == 1
    problems = [line for line in result.stdout.splitlines() if line.startswith(("company/", "data/"))]
    assert problems == [
        "company/roles.yml:2:10: roles[0].id: role 'ops-engineer' was renamed upstream to 'reliability-engineer'; "
        "write id: reliability-engineer"
    ]
    fork.edit("company/roles.yml", "id: ops-engineer", "id: reliability-engineer")
    assert run([*PLAYBOOK, "check"], fork.root, environment).stdout == "All good.\n"
    for generator in ("mkdocs", "zensical"):
        built = run([*PLAYBOOK, "build", "--generator", generator], fork.root, environment)
        assert built.returncode == 0, built.stdout
    site = fork.root / "site"
    assert "Ours answers the pager." in (site / "organization/raci/index.html").read_text("utf-8")
    assert "Ours is another reason." in (site / "grow/wont-do/index.html").read_text("utf-8")
    assert "a new sentence of upstream" in (site / "about/index.html").read_text("utf-8")
    assert "Who answers for this" in (site / "acme/on-call/index.html").read_text("utf-8")


@pytest.mark.parametrize("ref", ["nowhere", "--help", "main:data", ""])
def test_revision_that_is_none_is_told_and_exits_2(fork: Project, environment, ref: str) -> None:
    result = run([*PLAYBOOK, "upgrade", f"--check={ref}"], fork.root, environment)
    assert result.returncode == 2
    assert "Traceback" not in result.stdout
    assert "no revision" in result.stdout


def test_broken_upstream_is_told(fork: Project, environment, git) -> None:
    git("checkout", "-q", "upstream")
    fork.edit(
        "data/raci.yml", "ml-engineer: R/A\n      data-engineer: C", "ml-enginer: R/A\n      data-engineer: C"
    )
    git("commit", "-qam", "broken")
    git("checkout", "-q", "main")
    result = run([*PLAYBOOK, "upgrade", "--check", "upstream"], fork.root, environment)
    assert result.returncode == 2
    assert "upstream has problems of its own:\ndata/raci.yml:" in result.stdout
