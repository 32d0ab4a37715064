"""Which companies a folder holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.site.many.companies import Company, Skipped, companies


def holding(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("roles: []\n", "utf-8")


def test_each_folder_is_a_company_in_the_order_of_names(tmp_path: Path) -> None:
    holding(tmp_path, "retail & co/roles.yml", "Bank/roles.yml", "日本/docs/a.md")
    assert list(companies(tmp_path)) == [
        Company(name, tmp_path / name) for name in ("Bank", "retail & co", "日本")
    ]


def test_of_a_whole_copy_of_the_kit_its_layer_counts(tmp_path: Path) -> None:
    holding(tmp_path, "bank/company/roles.yml", "bank/data/roles.yml")
    assert list(companies(tmp_path)) == [Company("bank", tmp_path / "bank/company")]


@pytest.mark.parametrize("name", [".git/x", "~$a/x", "bank~/x", "__pycache__/x", "Thumbs.db"])
def test_hidden_files_and_what_editors_leave_is_nothing(tmp_path: Path, name: str) -> None:
    holding(tmp_path, name)
    assert list(companies(tmp_path)) == []


def test_what_is_no_company_is_told(tmp_path: Path) -> None:
    holding(tmp_path, "bank/roles.yml", "README.md", "Index.HTML/roles.yml", "a\nb/roles.yml", "bin/.keep")
    (tmp_path / "link").symlink_to(tmp_path / "bank")
    (tmp_path / "none").mkdir()
    assert [each for each in companies(tmp_path) if isinstance(each, Skipped)] == [
        Skipped("Index.HTML", "has the name of the page that lists the sites"),
        Skipped("README.md", "is a file"),
        Skipped("a\nb", "has a name that cannot be a part of an address"),
        Skipped("bin", "is empty"),
        Skipped("link", "is a link; put the folder itself there"),
        Skipped("none", "is empty"),
    ]


def test_of_two_names_that_are_one_on_some_file_systems_the_second_is_told(tmp_path: Path) -> None:
    holding(tmp_path, "Bank/roles.yml", "bank/roles.yml")
    assert list(companies(tmp_path))[1:] == [
        Skipped("bank", "has the name of 'Bank', where capitals don't count")
    ]
