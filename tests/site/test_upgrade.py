"""The promise, with real git and real commands: a fork takes a newer upstream without a conflict.

What is told in which case is tested in tests/unit/company/test_upgrade.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Copy, copy_small
from tests.site.conftest import PLAYBOOK, run
from tests.unit.company.test_upgrade import EXPECTED, LAYER, Git, git_in, with_upstream

pytestmark = pytest.mark.slow
SITE = {
    "site.yml": "name: Acme Handbook\nnavigation:\n  - {page: acme/on-call.md, after: make.md}\n  - {remove: slow.md}\n",
    "docs/acme/on-call.md": "# On call\n\n{{ hello('Ann') }}\n\n{{ raci_table() }}\n",
    "macros.py": "def define_env(env):\n    @env.macro\n    def hello(name):\n        return f'**Hello {name}**'\n",
    "docs/index.md": "# Ours\n\n## Aim\n\n{{ wont_do() }}\n",
}
"""What a company may say about its site."""


@pytest.fixture
def fork(tmp_path: Path) -> Copy:
    """A fork of an upstream with a full company layer; the newer upstream waits in a branch."""
    fork = Copy(copy_small(tmp_path / "fork"))
    fork.write(".gitignore", ".build/\n.cache/\nsite/\n__pycache__/\n")
    return with_upstream(fork, {**LAYER, **SITE})


@pytest.fixture
def git(fork: Copy) -> Git:
    return git_in(fork.root)


def test_check_before_the_merge_names_exactly_the_overrides_to_look_at(
    fork: Copy, environment: dict[str, str], git: Git
) -> None:
    assert run([*PLAYBOOK, "check"], fork.root, environment).stdout == "All good.\n"
    result = run([*PLAYBOOK, "upgrade", "--check", "upstream"], fork.root, environment)
    assert result.returncode == 1
    told = result.stdout.splitlines()
    assert [line for line in told if line.startswith("company/")] == [
        *EXPECTED[:3],
        *EXPECTED[4:],
        f"{fork.at('company/roles.yml', 'runner')}: roles[0].id: role 'runner' was renamed upstream to 'keeper'; "
        "write id: keeper",
    ]
    assert told[-2:] == [
        "5 to look at.",
        "This copy has history in common with it. Take it with: git merge upstream",
    ]
    assert git("status", "--porcelain") == ""


def test_after_the_merge_the_renamed_override_is_mended_and_both_generators_build(
    fork: Copy, environment: dict[str, str], git: Git
) -> None:
    assert "CONFLICT" not in git("merge", "--no-edit", "upstream")
    result = run([*PLAYBOOK, "check"], fork.root, environment)
    assert result.returncode == 1
    assert result.stdout.splitlines()[0] == (
        f"{fork.at('company/roles.yml', 'runner')}: roles[0].id: role 'runner' was renamed upstream to 'keeper'; "
        "write id: keeper"
    )
    fork.edit("company/roles.yml", "id: runner", "id: keeper")
    for generator in ("mkdocs", "zensical"):
        built = run([*PLAYBOOK, "build", "--generator", generator], fork.root, environment)
        assert built.returncode == 0, built.stdout
        assert "Ours answers the pager." in fork.read("site/organization/raci/index.html")
        assert "Ours is another reason." in fork.read("site/index.html")
        assert "Hello Ann" in fork.read("site/acme/on-call/index.html")
        assert "Ours" in fork.read("site/up/index.html")  # the company's page, not upstream's newer one
        assert "More." not in fork.read("site/up/index.html")
        assert "Acme Handbook" in fork.read("site/make/index.html")


def test_a_revision_that_is_none_ends_the_command_as_misused(fork: Copy, environment: dict[str, str]) -> None:
    result = run([*PLAYBOOK, "upgrade", "--check", "--", "--help"], fork.root, environment)
    assert result.returncode == 2
    assert result.stdout == (
        "Cannot upgrade: there is no file, no playbook's folder and no git revision '--help' here; fetch a revision "
        "first: git fetch upstream\n"
    )
