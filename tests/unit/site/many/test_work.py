"""One company's site: laid out, checked, and its problems called by their own files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from macros.diagnostics import Diagnostic, Diagnostics
from macros.project import Project
from macros.site.many.companies import Company
from macros.site.many.run import _outcome
from macros.site.many.work import Wanted, lay_out, named
from tests.conftest import SMALL


@pytest.fixture
def company(tmp_path: Path) -> Company:
    (tmp_path / "all/bank").mkdir(parents=True)
    (tmp_path / "all/bank/roles.yml").write_text("roles: []\n", "utf-8")
    return Company("bank", tmp_path / "all/bank")


@pytest.fixture
def laid_out(tmp_path: Path, company: Company) -> Project:
    kit = tmp_path / "kit"
    kit.mkdir()
    for name in ("data", "docs", "mkdocs.yml"):
        (kit / name).symlink_to(SMALL / name)
    os.mkfifo(company.layer / "pipe")
    (company.layer / "out.md").symlink_to("/etc/hostname")
    (tmp_path / "work").mkdir()
    return lay_out(Wanted(Project(kit), tmp_path / "sites", "mkdocs", True), company, tmp_path / "work")


def test_the_kit_is_the_same_for_all_and_the_layer_is_the_companys(laid_out: Project) -> None:
    assert laid_out.data.resolve() == (SMALL / "data").resolve()
    assert (laid_out.company / "roles.yml").read_text("utf-8") == "roles: []\n"
    assert not laid_out.company.is_symlink()


def test_links_stay_links_so_that_they_are_told_and_no_pipe_is_waited_for(laid_out: Project) -> None:
    assert (laid_out.company / "out.md").is_symlink()
    assert not (laid_out.company / "pipe").exists()


def test_what_is_remembered_is_shared(laid_out: Project, tmp_path: Path) -> None:
    assert laid_out.cache.resolve() == (tmp_path / "kit/.cache/companies").resolve()


def test_a_problem_names_the_companys_file_where_it_lies(
    company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = Diagnostics(
        [Diagnostic("company/roles.yml", 3, 1, "", "m"), Diagnostic("data/a.yml", 1, 1, "", "m")]
    )
    assert [each.path for each in named(found, company)] == ["all/bank/roles.yml", "data/a.yml"]


def test_a_process_that_dies_is_a_failed_company(tmp_path: Path, company: Company) -> None:
    (tmp_path / "said.txt").write_text("half a", "utf-8")
    outcome = _outcome(company, tmp_path, -9)
    assert (outcome.name, outcome.built) == ("bank", False)
    assert outcome.said == "half a\nits process ended with exit code -9"
