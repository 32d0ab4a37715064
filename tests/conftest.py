"""What all tests share: the project's folder, and a copy of it to break."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from macros.diagnostics import Diagnostics
from macros.playbook import Playbook, load

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("data", "docs", "macros", "overrides", "mkdocs.yml")


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    """The shipped playbook."""
    loaded = load(ROOT)
    assert isinstance(loaded, Playbook), loaded
    return loaded


@dataclass
class Project:
    """A copy of the project in a folder of its own."""

    root: Path

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace text in a file; the text must be there, or the test would prove nothing."""
        path = self.root / name
        text = path.read_text("utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), "utf-8")

    def problems(self) -> Diagnostics:
        """What loading finds; empty when all is well."""
        loaded = load(self.root)
        return loaded.warnings if isinstance(loaded, Playbook) else loaded

    def problem(self) -> str:
        """The only problem, as people see it."""
        from macros.report import line

        found = self.problems()
        assert len(found) == 1, found
        return line(found[0])


def ignore_caches(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name == "__pycache__"]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Data and pages to break. Pages are links: no test of data changes them."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    return Project(tmp_path)


def copy_project(target: Path) -> Path:
    """Copy what a build needs into a new folder."""
    target.mkdir(parents=True)
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=ignore_caches)
        else:
            shutil.copy(source, target / name)
    return target


@pytest.fixture
def whole_project(tmp_path: Path) -> Project:
    """Everything that a build needs, to break."""
    return Project(copy_project(tmp_path / "project"))


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """An environment in which a copy's own macros are imported, whatever is installed."""
    settings = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"}
    for name in ("SITE_URL", "REPO_URL", "SITE_NAME"):
        settings.pop(name, None)
    return settings
