"""Every diagnostic's place exists: the file, the line, the column; and half-finished merges are told as that."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from macros.diagnostics import Diagnostic, Diagnostics
from macros.project import Project
from macros.report import line
from macros.site.ready import check
from tests.conftest import SMALL, Copy

GIVEN = {
    "data/topics.yml": (SMALL / "data/topics.yml").read_text("utf-8"),
    "company/roles.yml": "roles:\n  - {id: builder, name: Bäcker}\n  - id: new\n    after: owner\n    text: ü [x](y.md)\n",
    "company/site.yml": "name: Größe\nlanguage: de\nnavigation:\n  - {page: x.md, after: index.md}\n",
    "company/docs/x.md": "---\ntitle: Ä\n---\n# X 🙂\n\n{{ raci_table() }} [x](index.md#aim)\n\n{{ wont_do }}\n",
    "mkdocs.yml": (SMALL / "mkdocs.yml").read_text("utf-8"),
}
PIECES = [
    "\t", "\r", "\n", "\r\n", "\u2028", "\x85", "é", "🙂", ":", "[", "]", "{", "}", "'", '"', "#", "&a", "*a", "!x ",
    "- ", "? ", "|", ">", "%", "@", "`", "\x07", "\x00", "{{", "}}", "{%", "](", "---\n", "<<<<<<< a\n", "\ufeff", "\ud7ff",
]  # fmt: skip


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("places") / "small"))


def problems(root: Path) -> Diagnostics:
    found = check(Project(root))
    return found if isinstance(found, Diagnostics) else found[0].warnings


def assert_exists(root: Path, problem: Diagnostic) -> None:
    """The place of a problem is one that an editor can go to."""
    path = root / problem.path
    if not path.is_file():
        assert path.exists() or problem.rule == "missing-file", problem
        return
    lines = re.split("\r\n|\r|\n", path.read_bytes().decode("utf-8-sig", "replace"))
    assert 1 <= problem.line <= len(lines) + 1, problem
    length = len(lines[problem.line - 1]) if problem.line <= len(lines) else 0
    assert 1 <= problem.column <= length + 1, (problem, lines[problem.line - 1 : problem.line])


Edit = tuple[str, str, float, int, str]
"""File, what is put into it, where, how many characters are taken out there, and how its lines end."""
EDITS = st.tuples(
    st.sampled_from(sorted(GIVEN)),
    st.sampled_from(PIECES),
    st.floats(0, 1),
    st.integers(0, 12),
    st.sampled_from(["\n", "\r\n", ""]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edit=EDITS)
@example(("company/roles.yml", "[", 1.0, 0, "\n"))
@example(("company/roles.yml", "\x00", 0.9, 0, "\n"))
@example(("company/roles.yml", "\u2028", 0.5, 0, "\r\n"))
@example(("company/docs/x.md", "\u2028{{ foo }}", 0.8, 0, "\r\n"))
@example(("company/docs/x.md", "{% if %}", 1.0, 0, ""))
@example(("data/topics.yml", "", 0.5, 12, ""))
@example(("mkdocs.yml", "\u2028", 0.5, 0, "\n"))
def test_whatever_is_wrong_its_place_exists(sandbox: Path, edit: Edit) -> None:
    shutil.rmtree(sandbox / "company", ignore_errors=True)
    for each, text in GIVEN.items():
        path = sandbox / each
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((edited(text, edit) if each == edit[0] else text).encode())
    for problem in problems(sandbox):
        assert_exists(sandbox, problem)


def edited(text: str, edit: Edit) -> str:
    """A text after an edit."""
    _, piece, at, cut, ends = edit
    index = int(at * len(text))
    changed = text[:index] + piece + text[index + cut :]
    return changed.replace("\n", ends) if ends else changed.rstrip("\n")


@pytest.mark.parametrize(
    "name",
    [
        "data/topics.yml",
        "company/roles.yml",
        "company/site.yml",
        "company/docs/x.md",
        "docs/down.md",
        "company/macros.py",
        "mkdocs.yml",
    ],
)
@pytest.mark.parametrize("marker", ["<<<<<<< HEAD", ">>>>>>> upstream/main"])
def test_a_conflict_that_git_left_is_told_at_its_marker(small: Copy, name: str, marker: str) -> None:
    small.write("company/docs/y.md", "# Y\n")
    small.write(name, f"# é\n\n{marker}\n")
    found = [line(each) for each in problems(small.root) if each.path == name]
    assert found == [
        f"{name}:3:1: holds a conflict that git left here: a merge is not finished; "
        "keep one side, and delete the lines with <<<<<<<, ======= and >>>>>>>"
    ]


def test_a_page_may_show_what_a_conflict_looks_like(small: Copy) -> None:
    small.write("docs/down.md", "# Down\n\n```\n<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n```\n")
    assert problems(small.root) == ()


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85", "\r"])
def test_a_line_end_that_editors_do_not_show_is_told_at_its_place(small: Copy, end: str) -> None:
    small.edit("data/topics.yml", "Near whom?", f"Near{end}whom?")
    column = (small.root / "data/topics.yml").read_bytes().decode().split("\n")[1].index(end) + 1
    assert small.problem().startswith(
        f"data/topics.yml:2:{column}: contains U+{ord(end):04X}, which ends a line"
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_file_in_another_encoding_says_so(small: Copy, encoding: str) -> None:
    (small.root / "data/topics.yml").write_bytes(small.read("data/topics.yml").encode(encoding))
    assert small.problem() == (
        "data/topics.yml:1:1: is not UTF-8 text: it is UTF-16, or no text at all; save the file with UTF-8 encoding"
    )
