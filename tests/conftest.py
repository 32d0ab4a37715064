"""What all tests share: a small playbook to break, the shipped one, and copies of both."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from macros.diagnostics import Diagnostics
from macros.playbook import Playbook, load
from macros.project import Project as Folder
from macros.report import line
from macros.site.ready import check
from tests.completing import complete

ROOT = Path(__file__).resolve().parents[1]
SMALL = complete(ROOT / "tests" / "small")
"""A complete playbook of few words: what units are tested with. Its wording is made for tests."""
SOURCES = ("data", "docs", "examples", "macros", "overrides", "mkdocs.yml")

# In CI every run sees the same examples; elsewhere each run may find something new.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


def _loaded(root: Path) -> Playbook:
    found = load(root)
    assert isinstance(found, Playbook), [line(problem) for problem in found]
    return found


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    """The shipped playbook: for tests of its content, and of what is published from it."""
    return _loaded(ROOT)


@pytest.fixture(scope="session")
def small_playbook() -> Playbook:
    """The small playbook."""
    return _loaded(SMALL)


@dataclass
class Copy:
    """A copy of a playbook in a folder of its own, to break."""

    root: Path

    def read(self, name: str) -> str:
        """The text of a file."""
        return (self.root / name).read_text("utf-8")

    def write(self, name: str, text: str) -> Path:
        """Write a file, whatever was there before."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
        return path

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace text in a file; it must be there once, or nobody knew what the test proves."""
        text = self.read(name)
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def at(self, name: str, text: str) -> str:
        """Where a text stands, as messages say it: `data/raci.yml:3:14`."""
        whole = self.read(name)
        assert whole.count(text) == 1, f"{text!r} is {whole.count(text)} times in {name}"
        before = whole[: whole.index(text)]
        return f"{name}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"

    @property
    def project(self) -> Folder:
        """The copy as the product sees it, listed anew."""
        return Folder(self.root)

    def playbook(self) -> Playbook:
        """The copy read, where all is well."""
        return _loaded(self.root)

    def problems(self) -> Diagnostics:
        """What loading finds; empty when all is well."""
        found = load(self.root)
        return found.warnings if isinstance(found, Playbook) else found

    def lines(self) -> list[str]:
        """What loading finds, as people see it."""
        return [line(problem) for problem in self.problems()]

    def problem(self) -> str:
        """The only problem, as people see it."""
        found = self.lines()
        assert len(found) == 1, found
        return found[0]

    def problem_after(self, name: str, old: str, new: str) -> str:
        """The only problem after an edit, as people see it; it is in the edited file."""
        self.edit(name, old, new)
        found = self.problem()
        assert found.startswith(f"{name}:"), found
        return found

    def check(self) -> list[str]:
        """What checking data, pages and settings finds, as people see it."""
        found = check(self.project)
        return [line(problem) for problem in (found if isinstance(found, Diagnostics) else found[0].warnings)]


Project = Copy
"""The name under which tests/browser knows it."""


@pytest.fixture
def small(tmp_path: Path) -> Copy:
    """The small playbook, to break."""
    root = tmp_path / "small"
    folders, files = _small()
    for folder in folders:
        os.mkdir(root / folder)  # noqa: PTH102 - hundreds of tests do this: as few calls as can be
    for name, content in files:
        with open(f"{root}/{name}", "xb") as file:  # noqa: PTH123 - likewise
            file.write(content)
    return Copy(root)


@cache
def _small() -> tuple[list[str], list[tuple[str, bytes]]]:
    """Folders of the small playbook, each before what is in it, and its files with their contents."""
    found = sorted(SMALL.rglob("*"))
    names = [(path.relative_to(SMALL).as_posix(), path) for path in found]
    return (
        ["", *(name for name, path in names if path.is_dir())],
        [(name, path.read_bytes()) for name, path in names if path.is_file()],
    )


@pytest.fixture
def project(tmp_path: Path) -> Copy:
    """The shipped data and pages, to break."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("assets"))
    return Copy(tmp_path)


def copy_project(target: Path) -> Path:
    """Copy what a build needs into a new folder."""
    target.mkdir(parents=True)
    return copy_parts(target, SOURCES)


def copy_parts(target: Path, names: Iterable[str]) -> Path:
    """Copy files and folders of the project into a folder that is there."""
    for name in names:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target / name)
    return target


@pytest.fixture
def whole_project(tmp_path: Path) -> Copy:
    """Everything that a build of the shipped playbook needs, to break."""
    return Copy(copy_project(tmp_path / "project"))


def copy_small(target: Path) -> Path:
    """The small playbook with what a build of it needs besides."""
    shutil.copytree(SMALL, target)
    shutil.copytree(ROOT / "macros", target / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    return target


@pytest.fixture
def whole_small(tmp_path: Path) -> Copy:
    """The small playbook with all that a build of it needs, to break."""
    return Copy(copy_small(tmp_path / "whole"))


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """An environment in which a copy's own macros are imported, whatever is installed."""
    settings = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"}
    for name in ("SITE_URL", "REPO_URL", "SITE_NAME"):
        settings.pop(name, None)
    return settings
