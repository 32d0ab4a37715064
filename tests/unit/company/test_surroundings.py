"""Variables and folders that are called nearly like ours are told."""

from __future__ import annotations

import re

import pytest

from macros.company.surroundings import READ, check_beside, check_environment
from macros.report import line
from tests.conftest import ROOT, Copy


def test_the_variables_that_are_known_are_those_of_mkdocs_yml() -> None:
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert set(re.findall(r"!ENV \[(\w+)", text)) == set(READ)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("SITE_URl", "SITE_URL"), ("site_url", "SITE_URL"), ("SITEURL", "SITE_URL"), ("SITE_ULR", "SITE_URL"),
        ("SITE_URLS", "SITE_URL"), ("REPO-URL", "REPO_URL"), ("PLAYBOOK_SITE_NAME", "SITE_NAME"),
    ],
)  # fmt: skip
def test_a_misspelled_variable_is_a_warning_where_the_right_one_is_read(
    small: Copy, name: str, meant: str
) -> None:
    small.write("mkdocs.yml", f"a: 1\nb: !ENV [{meant}, x]\n")
    assert [line(each) for each in check_environment(small.project, [name])] == [
        f"mkdocs.yml:2:10: warning: the environment has '{name}', which nothing reads; did you mean '{meant}'?"
    ]


def test_a_variable_that_can_only_be_meant_for_us_is_told_too(small: Copy) -> None:
    [found] = check_environment(small.project, ["PLAYBOOK_COLOR"])
    assert found.message == "the environment has 'PLAYBOOK_COLOR', which nothing reads"


@pytest.mark.parametrize("name", [*READ, "SITE_ID", "REPO_NAME", "PATH", "BASE_URL", "RESITE", "SITE"])
def test_other_variables_are_nobodys_business(small: Copy, name: str) -> None:
    assert list(check_environment(small.project, [name])) == []


@pytest.mark.parametrize(
    ("name", "told"), [("Company", 1), ("compny", 1), ("company ", 1), ("config", 0), ("companies", 0)]
)
def test_a_folder_called_nearly_like_the_layers_is_told(small: Copy, name: str, told: int) -> None:
    (small.root / name).mkdir()
    (small.root / "company").mkdir(exist_ok=True)
    found = [line(each) for each in check_beside(small.project)]
    assert (
        found == [f"{name}:1:1: is a folder that the playbook does not read; did you mean 'company'?"] * told
    )
