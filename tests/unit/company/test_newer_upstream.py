"""A newer upstream has lists and keys that this version has never heard of."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from macros.company.upgrade import compared
from macros.project import Project
from tests.conftest import SMALL


@pytest.fixture
def sides(tmp_path: Path) -> tuple[Project, Project]:
    """A company's project that renames a role, and the newer upstream."""
    ours, newer = (Project(Path(shutil.copytree(SMALL, tmp_path / name))) for name in ("ours", "newer"))
    role = role_of(ours)
    ours.write("company/roles.yml", f"roles:\n  - {{id: {role}, name: Ours}}\n".encode())
    return ours, newer


def role_of(project: Project) -> str:
    """Id of the first role."""
    text, _ = project.read_text("data/roles.yml")
    return (text or "").partition("id: ")[2].partition(",")[0].split()[0]


def change(project: Project, name: str, old: str, new: str) -> None:
    text, _ = project.read_text(name)
    assert text is not None
    assert old in text
    project.write(name, text.replace(old, new, 1).encode())


def test_a_list_that_is_new_upstream_is_no_mistake(sides: tuple[Project, Project]) -> None:
    ours, newer = sides
    newer.write("data/unheard_of.yml", b"unheard_of:\n  - {id: a, name: A, source: kit}\n")
    assert compared(ours, newer, "newer") == []


def test_a_key_that_is_new_upstream_is_no_mistake_and_hides_no_change(sides: tuple[Project, Project]) -> None:
    ours, newer = sides
    role = role_of(newer)
    change(newer, "data/roles.yml", f"id: {role}, name: ", f"id: {role}, level: 3, name: New ")
    level, name = compared(ours, newer, "newer")
    assert (name.path, name.line) == ("company/roles.yml", 2)
    assert level.message.endswith("upstream changed level: '' → '3'")
    assert "upstream changed name (you override it)" in name.message
