"""macros/project.py: where things are in a project."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.project import Project, read_text
from macros.report import line
from macros.writing import ASIDE
from tests.conftest import ROOT, SMALL, Copy


def test_a_project_is_found_from_a_folder_below_it() -> None:
    assert Project.around(SMALL / "docs" / "organization").root == SMALL
    assert Project.around(SMALL).root == SMALL


def test_elsewhere_it_is_the_one_that_the_package_lies_in(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("", "utf-8")  # a MkDocs site, but no playbook
    assert Project.around(tmp_path).root == ROOT


def test_folders_have_their_places() -> None:
    project = Project(Path("x"))
    named = (
        project.data,
        project.docs,
        project.company,
        project.company_docs,
        project.cache,
        project.aside,
    )
    assert [path.as_posix() for path in named] == [
        "x/data", "x/docs", "x/company", "x/company/docs", "x/.cache/playbook", "x/.build",
    ]  # fmt: skip


def test_pages_are_sorted_paths_below_docs_and_the_companys_count(small: Copy) -> None:
    small.write("company/docs/z/ours.md", "# Ours\n")
    small.write("company/docs/up.md", "# Ours\n")
    small.write("company/docs/picture.png", "")
    project = small.project
    assert project.pages[:3] == ("down.md", "first-step.md", "index.md")
    assert project.pages == tuple(sorted(project.pages))
    assert "organization/raci.md" in project.pages
    assert project.company_pages == ("up.md", "z/ours.md")
    assert project.all_pages == {*project.pages, "z/ours.md"}


def test_pages_are_listed_once_for_each_project(small: Copy) -> None:
    project = small.project
    first = project.pages, project.company_pages, project.all_pages
    small.write("docs/new.md", "# New\n")
    small.write("company/docs/new.md", "# New\n")
    assert (project.pages, project.company_pages, project.all_pages) == first
    assert "new.md" in small.project.pages


def test_a_page_is_made_from_the_companys_file_where_it_has_one(small: Copy) -> None:
    small.write("company/docs/up.md", "# Ours\n")
    assert small.project.page_file("up.md") == small.root / "company/docs/up.md"
    assert small.project.page_file("down.md") == small.root / "docs/down.md"


def test_files_are_named_relative_to_the_project_with_forward_slashes(small: Copy) -> None:
    assert small.project.name(small.root / "data" / "roles.yml") == "data/roles.yml"


def test_a_project_is_its_own_origin_unless_it_was_put_together(small: Copy) -> None:
    project = small.project
    assert project.origin is project
    assembled = Project(project.aside)
    assembled.mark_assembled(project)
    assert Project(project.aside).origin.root == small.root.resolve()


def test_the_origin_of_an_assembled_project_moves_with_both(small: Copy, tmp_path: Path) -> None:
    Project(small.project.aside).mark_assembled(small.project)
    moved = small.root.rename(tmp_path / "moved")
    assert Project(moved / ASIDE).origin.root == moved.resolve()


# --- reading -----------------------------------------------------------------------------


def test_text_is_read_as_utf8_with_or_without_a_mark(tmp_path: Path) -> None:
    for mark in (b"", b"\xef\xbb\xbf"):
        (tmp_path / "a.txt").write_bytes(mark + "ü\n".encode())
        assert read_text(tmp_path, "a.txt") == ("ü\n", [])
        assert Project(tmp_path).read_text("a.txt") == ("ü\n", [])


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"caf\xe9", "a.txt:1:4: "), (b"a\nb\n\xff", "a.txt:3:1: "), ("ü".encode() + b"\xe9", "a.txt:1:2: ")],
)
def test_text_that_is_not_utf8_is_told_with_its_place(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    text, [problem] = read_text(tmp_path, "a.txt")
    assert text is None
    assert line(problem).startswith(said + "is not UTF-8 text (byte 0x")


def test_text_over_its_limit_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * (2**20 + 1))
    _, [problem] = read_text(tmp_path, "a.txt", limit=2**20)
    assert line(problem) == ("a.txt:1:1: is 1.0 MiB; at most 1 MiB is read; split it, or move prose to docs/")
    assert read_text(tmp_path, "a.txt", limit=2**20 + 1)[1] == []


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    text, [problem] = read_text(tmp_path, "a.txt")
    assert text is None
    assert line(problem) == "a.txt:1:1: cannot be read: No such file or directory"
    assert problem.rule == "unreadable-file"


# --- links that lead out -----------------------------------------------------------------


def link(path: Path, target: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.symlink_to(target)
    except OSError:
        pytest.skip("this system makes no links")


def test_a_link_that_leads_out_of_the_layer_is_found(small: Copy, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret", "utf-8")
    link(small.root / "company" / "docs" / "x.md", tmp_path / "secret.md")
    assert small.lines() == [
        "company/docs/x.md:1:1: is a link that leads out of company/; copy the file instead"
    ]
    assert small.project.company_pages == ()


def test_a_link_inside_the_layer_is_fine(small: Copy) -> None:
    small.write("company/docs/a.md", "# A\n")
    link(small.root / "company" / "docs" / "b.md", small.root / "company" / "docs" / "a.md")
    assert not small.lines()
    assert small.project.company_pages == ("a.md", "b.md")
