"""Every address has one source."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.project import Project
from macros.report import line
from macros.site.sources import two_of_one


def said(root: Path, *names: str) -> list[str]:
    for name in (
        "docs/glossary.md",
        "docs/grow/index.md",
        "docs/assets/x.css",
        "docs/templates/form.md",
        *names,
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# X\n", "utf-8")
    return [line(each) for each in two_of_one(Project(root), ["form"], ["export/playbook.json"])]


@pytest.mark.parametrize(
    ("name", "url", "other"),
    [
        ("glossary/index.md", "glossary/", "glossary.md"),
        ("glossary/README.md", "glossary/", "glossary.md"),
        ("Glossary.md", "Glossary/", "glossary.md"),
        ("grow.md", "grow/", "grow/index.md"),
        ("grow/README.md", "grow/", "grow/index.md"),
        ("Grow/index.md", "Grow/", "grow/index.md"),
    ],
)
def test_a_page_at_the_address_of_ours_is_told(tmp_path: Path, name: str, url: str, other: str) -> None:
    assert said(tmp_path, f"company/docs/{name}") == [
        f"company/docs/{name}:1:1: is published as {url}, and so is docs/{other}; "
        f"to replace that page, call it company/docs/{other}"
    ]


@pytest.mark.parametrize(
    ("names", "url"),
    [
        (("a.md", "a/index.md"), "a/"),
        (("A.md", "a.md"), "a/"),
        (("b/README.md", "b/index.md"), "b/"),
        (("cafe\u0301.md", "caf\u00e9.md"), "caf\u00e9/"),
        (("assets/Logo.png", "assets/logo.png"), "assets/logo.png"),
        (("a/index.html", "a.md"), "a/"),
    ],
)
def test_two_of_the_companys_at_one_address_are_told(
    tmp_path: Path, names: tuple[str, str], url: str
) -> None:
    [found] = said(tmp_path, *(f"company/docs/{name}" for name in names)) or [""]
    if len([path for path in (tmp_path / "company").rglob("*") if path.is_file()]) < 2:
        pytest.skip("this system takes the two names for one")
    assert f"is published as {url}" in found
    assert found.endswith("; rename one of them")


@pytest.mark.parametrize(
    "name", ["glossary.md", "grow/index.md", "assets/x.css", "new.md", "grow/new.md", "README.md"]
)
def test_a_page_at_the_path_of_ours_takes_its_place(tmp_path: Path, name: str) -> None:
    assert said(tmp_path, f"company/docs/{name}") == []


@pytest.mark.parametrize("name", ["llms.txt", "404.html", "export/playbook.json", "templates/form.docx"])
def test_a_file_at_the_address_of_what_a_build_writes_is_told(tmp_path: Path, name: str) -> None:
    assert said(tmp_path, f"company/docs/{name}") == [
        f"company/docs/{name}:1:1: is published as {name}, which each build writes; rename it"
    ]
