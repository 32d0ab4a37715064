"""The pages for those who work on the kit: links lead somewhere, and files that are named are there."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from macros.company.differences import company_pages
from macros.project import UNPUBLISHED
from macros.project import Project as Folder
from macros.rules.shown import anchors_of
from tests.conftest import ROOT, Project
from tests.rooms import ROOMS

FOLDER = ROOT / "docs" / "contributing"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(FOLDER.rglob("*.md"))]
CODE = re.compile(r"^( *)```.*?^\1```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
PART = re.compile(r"`((?:macros|tests|docs|data|\.github|\.ci)/[\w./-]+)`")
WRITTEN_LATER = {"data/risks.yml", "docs/grow/risks.md", "macros/views/partials/risks.html.j2"}
"""The example of a new concept."""


def prose(path: Path) -> str:
    """A page without its blocks of code."""
    return CODE.sub("", path.read_text("utf-8"))


def links(path: Path) -> list[tuple[str, str]]:
    """Relative links of a page: file and anchor."""
    found = (link.partition("#") for link in LINK.findall(prose(path)))
    return [(target, anchor) for target, _, anchor in found if "://" not in target]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_to_files_and_headings(page: Path) -> None:
    for target, anchor in links(page):
        path = (page.parent / target).resolve() if target else page
        assert path.exists(), target
        assert path.is_relative_to(ROOT), target
        if anchor:
            assert anchor in anchors_of(path.read_text("utf-8")), f"{target}#{anchor}"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_that_are_named_are_there(page: Path) -> None:
    for name in set(PART.findall(prose(page))) - WRITTEN_LATER:
        assert (ROOT / name).exists(), name


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_functions_and_scripts_that_are_named_are_there(page: Path) -> None:
    spans = set(re.findall(r"`([^`]+)`", prose(page)))
    heads = "|".join(name for names, _ in ROOMS for name in names)
    for name in spans:
        if re.fullmatch(r"[\w-]+\.js", name):
            assert list((ROOT / "docs" / "assets").rglob(name)), name
        elif re.fullmatch(rf"(?:{heads})(?:\.\w+)+", name) and not name.endswith((".json", ".py")):
            assert resolved(f"macros.{name}"), name


def resolved(name: str) -> bool:
    """Whether a dotted name is a module, or something in one."""
    try:
        return importlib.import_module(name) is not None
    except ModuleNotFoundError:
        module, _, inside = name.rpartition(".")
        return hasattr(importlib.import_module(module), inside)


def test_every_page_is_reached_from_the_first_one() -> None:
    reached: set[Path] = set()
    waiting = [FOLDER / "index.md"]
    while waiting:
        page = waiting.pop()
        if page not in reached:
            reached.add(page)
            inside = ((page.parent / target).resolve() for target, _ in links(page) if target.endswith(".md"))
            waiting += [path for path in inside if path.is_relative_to(FOLDER)]
    assert reached == set(FOLDER.rglob("*.md"))


def test_each_decision_says_what_it_costs_and_what_would_change_it() -> None:
    for page in (FOLDER / "decisions").glob("*.md"):
        headings = re.findall(r"^## (.*)$", page.read_text("utf-8"), re.MULTILINE)
        assert headings[-3:] == ["What was weighed", "What it costs", "What would change it"], page.name
        assert "**Decided:**" in page.read_text("utf-8"), page.name


# --- no part of the site ----------------------------------------------------------------


def test_the_playbook_has_none_of_these_pages(project: Project) -> None:
    assert not [page for page in Folder(ROOT).all_pages if page.startswith(f"{UNPUBLISHED}/")]
    project.edit("data/pillars.yml", "page: capabilities/organization.md", "page: contributing/index.md")
    assert "unknown page 'contributing/index.md'" in project.problem()


def test_a_page_of_the_companys_in_a_folder_of_that_name_replaces_none(tmp_path: Path) -> None:
    for folder in ("docs", "company/docs"):
        (tmp_path / folder / UNPUBLISHED).mkdir(parents=True)
        (tmp_path / folder / UNPUBLISHED / "index.md").write_text("# X\n", "utf-8")
    there = Folder(tmp_path)
    assert there.all_pages == {"contributing/index.md"}
    assert [page.what for page in company_pages(there)] == ["added"]
