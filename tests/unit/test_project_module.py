"""macros/project.py: where things are in a project, and writing a file whole or not at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from macros import project
from macros.project import ASSEMBLED, Project, read_text, write_whole
from macros.report import line
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
        project.assembled,
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
    assembled = Project(project.assembled)
    assembled.mark_assembled(project)
    assert Project(project.assembled).origin.root == small.root.resolve()


def test_the_origin_of_an_assembled_project_moves_with_both(small: Copy, tmp_path: Path) -> None:
    Project(small.project.assembled).mark_assembled(small.project)
    moved = small.root.rename(tmp_path / "moved")
    assert Project(moved / ASSEMBLED).origin.root == moved.resolve()


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


# --- writing -----------------------------------------------------------------------------


def test_a_file_is_written_with_the_folders_that_it_needs(tmp_path: Path) -> None:
    Project(tmp_path).write("a/b/c.txt", b"x")
    assert (tmp_path / "a/b/c.txt").read_bytes() == b"x"
    assert [path.name for path in (tmp_path / "a/b").iterdir()] == ["c.txt"]


@pytest.mark.parametrize("step", ["write_bytes", "replace"])
def test_when_writing_fails_the_old_file_is_there_still_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    real = Path.write_bytes

    def fail(self: Path, content: object) -> int:
        if step == "write_bytes":
            real(self, b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, step, fail)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_two_processes_write_aside_under_names_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Path] = []
    real = Path.replace
    monkeypatch.setattr(Path, "replace", lambda self, target: (seen.append(self), real(self, target))[1])
    for number in (1, 2):
        monkeypatch.setattr(os, "getpid", lambda number=number: number)
        write_whole(tmp_path / "a.txt", b"x")
    assert len(set(seen)) == 2


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
    assert [line(each) for each in small.project.escaping()] == [
        "company/docs/x.md:1:1: is a link that leads out of company/; copy the file instead"
    ]
    assert small.lines() == [line(each) for each in small.project.escaping()]


def test_a_link_inside_the_layer_is_fine(small: Copy) -> None:
    small.write("company/docs/a.md", "# A\n")
    link(small.root / "company" / "docs" / "b.md", small.root / "company" / "docs" / "a.md")
    assert not list(small.project.escaping())


# --- a folder in the place of another ------------------------------------------------------


def folder(root: Path, name: str) -> Path:
    (root / name / "below").mkdir(parents=True)
    (root / name / "below" / f"{name}.txt").write_text(name, "utf-8")
    return root / name


def inside(place: Path) -> list[str]:
    return sorted(path.name for path in place.rglob("*.txt"))


@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_folder_takes_the_place_of_another_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_exchange: bool
) -> None:
    if not can_exchange:
        monkeypatch.setattr(project, "_exchanged", lambda *_: False)
    new, place = folder(tmp_path, "new"), folder(tmp_path, "old")
    project.put_in_place(new, place)
    assert inside(place) == ["new.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["old"]


def test_a_folder_takes_a_place_that_is_free(tmp_path: Path) -> None:
    project.put_in_place(folder(tmp_path, "new"), tmp_path / "a" / "site")
    assert inside(tmp_path / "a" / "site") == ["new.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_place_that_is_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "site").symlink_to(folder(tmp_path, "old"), target_is_directory=True)
    project.put_in_place(folder(tmp_path, "new"), tmp_path / "site")
    assert (tmp_path / "site").is_symlink()
    assert inside(tmp_path / "old") == ["new.txt"]


def test_a_folder_that_cannot_be_put_in_place_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = folder(tmp_path, "old")
    monkeypatch.setattr(project, "_exchanged", lambda *_: False)
    with pytest.raises(OSError, match="No such file"):
        project.put_in_place(tmp_path / "missing", place)
    assert inside(place) == ["old.txt"]
