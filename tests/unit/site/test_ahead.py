"""A playbook as an upgrade is going to leave it: no file that is kept breaks it, where that can be had."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from macros.company.upgrading.run import Upgrade, planned
from macros.company.upgrading.versions import opened
from macros.site.ahead import mistakes, planned_to_work
from tests.conftest import SMALL, Copy
from tests.unit.company.upgrading.conftest import written


@pytest.fixture
def small(small: Copy) -> Copy:
    written(small.root)
    return small


@pytest.fixture
def newer(tmp_path: Path) -> Copy:
    """A newer version, in which a role has another id and a page has moved."""
    newer = Copy(Path(shutil.copytree(SMALL, tmp_path / "newer")))
    for path in sorted((newer.root / "data").rglob("*.yml")):
        path.write_text(re.sub(r"\brunner\b", "keeper", path.read_text("utf-8")), "utf-8", newline="\n")
    newer.write("data/renamed.yml", "renamed:\n  - {list: roles, old: runner, new: keeper, since: 0.2.0}\n")
    (newer.root / "docs/slow.md").rename(newer.root / "docs/slowly.md")
    newer.edit("mkdocs.yml", "slow.md", "slowly.md")
    return newer


def upgrade(small: Copy, newer: Copy) -> tuple[Upgrade, Upgrade]:
    """An upgrade as it is planned at first, and as it is made."""
    with opened(small.root, str(newer.root)) as version:
        found = planned(small.root, version, "newer")
        made = planned_to_work(found, "newer", "")
        return found, made


def what(made: Upgrade, path: str) -> str:
    return next(step.what for step in made.steps if step.path == path)


def test_kept_data_that_breaks_the_playbook_is_put_together_with_upstreams(small: Copy, newer: Copy) -> None:
    small.edit("data/roles.yml", "name: Builder", "name: Maker")
    found, made = upgrade(small, newer)
    assert (what(found, "data/roles.yml"), what(made, "data/roles.yml")) == ("kept", "merged")
    assert mistakes(found)
    assert not mistakes(made)
    [merged] = [step.content.decode() for step in made.steps if step.what == "merged"]
    assert "name: Maker" in merged
    assert "id: keeper" in merged


def test_a_navigation_that_lists_what_has_moved_is_put_together(small: Copy, newer: Copy) -> None:
    small.edit("mkdocs.yml", "site_name: Small", "site_name: Acme")
    found, made = upgrade(small, newer)
    assert [each.message for each in mistakes(found)] == ["lists the page 'slow.md', which is not there"]
    assert (what(found, "mkdocs.yml"), what(made, "mkdocs.yml")) == ("kept", "merged")


def test_a_kept_file_that_breaks_nothing_stays_as_it_is(small: Copy, newer: Copy) -> None:
    small.write("docs/up.md", "# Ours\n\n" + small.read("docs/up.md"))
    newer.write("docs/up.md", newer.read("docs/up.md") + "\nMore.\n")
    _, made = upgrade(small, newer)
    assert what(made, "docs/up.md") == "kept"
    assert not mistakes(made)


def test_what_is_wrong_with_the_newer_version_itself_is_no_ones_edit(small: Copy, newer: Copy) -> None:
    small.write("docs/up.md", "# Ours\n")
    newer.write("docs/up.md", "# Theirs\n")
    newer.edit("data/roles.yml", "id: owner", "id: boss")
    found, made = upgrade(small, newer)
    assert found == made
    assert not mistakes(made)


def test_kept_data_that_is_older_than_the_newer_models_is_put_together(small: Copy, newer: Copy) -> None:
    small.edit("data/wont_do.yml", "name: A robot", "name: Our robot")
    newer.edit("data/wont_do.yml", "instead: A hut., ", "instead: A hut., cost: Weeks, ")
    found, made = upgrade(small, newer)
    assert [each.message for each in mistakes(found)] == ["is older than its models"]
    assert what(made, "data/wont_do.yml") == "merged"
