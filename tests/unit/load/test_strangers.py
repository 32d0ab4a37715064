"""Whatever lies in company/ or data/ is used, or told with the nearest place where it would be."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.load.strangers import in_company, in_data, in_docs
from macros.model.kinds import by_file
from macros.project import Project
from macros.report import line


@pytest.fixture
def lay(tmp_path: Path) -> Callable[..., Project]:
    """Lays files into an empty project."""

    def write(*names: str, text: str = "x\n") -> Project:
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return Project(tmp_path)

    return write


def company(project: Project) -> list[str]:
    return [
        line(each).replace(":1:1: is not a file the playbook reads", "")
        for each in in_company(project, by_file())
    ]


def data(project: Project) -> list[str]:
    return [
        line(each).replace(":1:1: is not a file the playbook reads", "")
        for each in in_data(project, by_file())
    ]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("roles.YML", "roles.yml"),
        ("roles.yaml", "roles.yml"),
        ("Roles.yml", "roles.yml"),
        ("roles.yml.txt", "roles.yml"),
        ("roles.json", "roles.yml"),
        ("role.yml", "roles.yml"),
        ("wont-do.yml", "wont_do.yml"),
        ("wont do.yml", "wont_do.yml"),
        ("site.yaml", "site.yml"),
        ("Site.yml.txt", "site.yml"),
        ("macro.py", "macros.py"),
        ("helper.py", "macros.py"),
        ("on-call.md", "company/docs/on-call.md"),
        ("on-call.markdown", "company/docs/on-call.md"),
        ("logo.svg", "company/docs/assets/logo.svg"),
        ("templates/release.yaml", "company/templates/release.yml"),
        ("templates/release.YML", "company/templates/release.yml"),
        ("templates/release.yml.txt", "company/templates/release.yml"),
        ("templates/sub/x.yml", "company/templates/x.yml"),
        ("template/x.yml", "company/templates/x.yml"),
        ("Templates/x.yml", "company/templates/x.yml"),
        ("data/roles.yml", "company/roles.yml"),
        ("data/templates/x.yml", "company/templates/x.yml"),
        ("company/roles.yml", "company/roles.yml"),
        ("Docs/x.md", "company/docs/x.md"),
        ("doc/a/x.md", "company/docs/a/x.md"),
        ("dosc/x.md", "company/docs/x.md"),
        ("assets/logo.svg", "company/docs/assets/logo.svg"),
        ("override/main.html", "company/overrides/main.html"),
        ("Overrides/partials/x.html", "company/overrides/partials/x.html"),
        ("docs/roles.yml", "company/roles.yml"),
        ("docs/site.yml", "company/site.yml"),
        ("docs/templates/x.yml", "company/templates/x.yml"),
    ],
)  # fmt: skip
def test_a_file_that_nobody_reads_is_told_with_its_place(
    lay: Callable[..., Project], name: str, meant: str
) -> None:
    assert company(lay(f"company/{name}")) == [f"company/{name}; did you mean '{meant}'?"]


@pytest.mark.parametrize(
    "name", ["mkdocs.yml", "notes/plan.txt", "budget.xlsx", "x/y/z.bin", "templates.yml"]
)
def test_what_is_near_nothing_is_told_all_the_same(lay: Callable[..., Project], name: str) -> None:
    [found] = company(lay(f"company/{name}"))
    assert found.startswith(f"company/{name}")
    assert "pillars" not in found


@pytest.mark.parametrize("ending", [".markdown", ".mdown", ".mkd", ".MD", ".md.txt", ".rst", ".mdx"])
def test_a_page_with_another_ending_is_told(lay: Callable[..., Project], ending: str) -> None:
    assert company(lay(f"company/docs/a/notes{ending}")) == [
        f"company/docs/a/notes{ending}:1:1: is no page; a page's name ends in .md: rename it to 'notes.md'"
    ]


@pytest.mark.parametrize(
    "name",
    [
        ".#on-call.md", "on-call.md~", "#on-call.md#", ".DS_Store", "Thumbs.db", "desktop.ini", ".on-call.md.swp",
        "on-call.md.orig", "on-call.md.bak", "._x.md", "~$plan.docx", "__pycache__/macros.pyc", ".git/x.yml",
        ".obsidian/x.md", "4913",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "folder", ["company/", "company/docs/", "company/templates/", "data/", "data/templates/"]
)
def test_what_editors_leave_is_nobodys_content(lay: Callable[..., Project], folder: str, name: str) -> None:
    project = lay(f"{folder}{name}", "company/site.yml")
    assert company(project) == data(project) == []
    assert project.company_pages == ()


@pytest.mark.parametrize(
    "name",
    [
        "roles.yml", "site.yml", "macros.py", "templates/release.yml", "docs/x.md", "docs/assets/logo.svg",
        "docs/CNAME", "docs/plan.docx", "docs/assets/data.yml", "overrides/main.html", "README.md", "LICENSE",
        "overrides/.icons/ours/logo.svg", "readme.txt",
    ],
)  # fmt: skip
def test_what_is_used_is_no_stranger(lay: Callable[..., Project], name: str) -> None:
    assert company(lay(f"company/{name}")) == []


def test_what_the_companys_macros_name_is_used(lay: Callable[..., Project]) -> None:
    lay("company/macros.py", text="from lib import x\nopen('company/contacts.json')\n")
    assert company(lay("company/contacts.json", "company/lib/x.py")) == []
    assert len(company(lay("company/others.json"))) == 1


def test_of_a_folder_full_of_strangers_twenty_are_told_and_how_many_more(
    lay: Callable[..., Project],
) -> None:
    found = company(lay(*(f"company/node_modules/{number}.bin" for number in range(25))))
    assert len(found) == 21
    assert found[-1] == "company/node_modules:1:1: holds 5 more files that the playbook does not read"


@pytest.mark.parametrize("name", ["roles.yml", "site.yml", "macros.py", "templates/x.yml"])
def test_a_folder_in_the_place_of_a_file_is_told(lay: Callable[..., Project], name: str) -> None:
    project = lay()
    (project.company / name).mkdir(parents=True)
    assert company(project) == [f"company/{name}:1:1: is a folder, and a file is expected; rename it"]


def test_an_empty_folder_that_nobody_reads_is_told(lay: Callable[..., Project]) -> None:
    project = lay()
    for name in ("Docs", "docs/new", "overrides"):
        (project.company / name).mkdir(parents=True)
    assert company(project) == [
        "company/Docs:1:1: is an empty folder that the playbook does not read; did you mean 'docs'?"
    ]


def test_a_layer_that_is_a_file_is_told(lay: Callable[..., Project]) -> None:
    assert company(lay("company")) == ["company:1:1: is no folder; make one, or delete it"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("roles.yaml", "; did you mean 'roles.yml'?"),
        ("Roles.yml", "; did you mean 'roles.yml'?"),
        ("roles.yml.txt", "; did you mean 'roles.yml'?"),
        ("roles.json", "; did you mean 'roles.yml'?"),
        ("sub/roles.yml", "; did you mean 'data/roles.yml'?"),
        ("templates/sub/x.yml", "; did you mean 'data/templates/x.yml'?"),
        ("templates/x.yaml", "; did you mean 'data/templates/x.yml'?"),
        ("site.yml", ""),
        ("notes.txt", ""),
    ],
)
def test_in_data_a_file_that_nobody_reads_is_told(lay: Callable[..., Project], name: str, hint: str) -> None:
    assert data(lay(f"data/{name}", "data/README.md", "data/schema/roles.schema.json")) == [
        f"data/{name}{hint}"
    ]


@pytest.mark.parametrize("name", [".pages", ".nav.yml", ".well-known/security.txt", ".htaccess"])
def test_hidden_files_that_somebody_means_are_told(lay: Callable[..., Project], name: str) -> None:
    [found] = company(lay(f"company/docs/{name}"))
    assert found.startswith(f"company/docs/{name.partition('/')[0]}:1:1: begins with a dot")


# --- what cannot be read -----------------------------------------------------------------


def test_links_to_nothing_pipes_and_circles_are_told_and_nobody_waits(lay: Callable[..., Project]) -> None:
    project = lay("company/docs/a.md")
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no pipes")
    os.mkfifo(project.company_docs / "p.md")
    os.mkfifo(project.company_docs / "x.png")
    (project.company_docs / "logo.svg").symlink_to("nowhere.svg")
    (project.company_docs / "loop").symlink_to(".")
    (project.company_docs / "self.md").symlink_to("self.md")
    assert [each.partition(";")[0] for each in company(project)] == [
        "company/docs/logo.svg:1:1: is a link to nothing",
        "company/docs/loop:1:1: is a link to a folder around it",
        "company/docs/p.md:1:1: is no file: a pipe, a socket or a device",
        "company/docs/self.md:1:1: is a link to nothing",
        "company/docs/x.png:1:1: is no file: a pipe, a socket or a device",
    ]
    assert project.company_pages == ("a.md",)
    assert project.read_text("company/docs/p.md")[0] is None


def test_in_docs_and_overrides_they_are_told_too(lay: Callable[..., Project]) -> None:
    project = lay("docs/a.md", "overrides/x.html", "README.md")
    (project.docs / "logo.svg").symlink_to("nowhere.svg")
    (project.docs / "b.md").symlink_to("../README.md")
    (project.root / "overrides" / "etc").symlink_to("/")
    assert [line(each).partition(" is ")[0] for each in in_docs(project)] == [
        "docs/logo.svg:1:1:", "overrides/etc:1:1:",
    ]  # fmt: skip
    assert project.pages == ("a.md", "b.md")


def test_a_name_that_cannot_be_written_down_is_told(lay: Callable[..., Project]) -> None:
    try:
        project = lay("company/docs/a\nb.md")
    except OSError:
        pytest.skip("this system has no such names")
    [found] = in_company(project, by_file())
    assert found.message == "has a name with characters that cannot be seen or written everywhere"
    assert "\n" not in line(found)


def test_pages_in_a_folder_that_is_a_link_are_pages(lay: Callable[..., Project]) -> None:
    project = lay("company/docs/a/x.md")
    (project.company_docs / "b").symlink_to("a")
    assert project.company_pages == ("a/x.md", "b/x.md")


def test_a_mac_writes_a_letter_with_an_accent_as_two(lay: Callable[..., Project]) -> None:
    project = lay("company/docs/cafe\u0301.md")
    assert project.company_pages == ("caf\u00e9.md",)
    assert project.page_file("caf\u00e9.md").is_file()
