"""What went wrong while a generator ran, in a line."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.project import Project
from macros.site.trouble import MACROS_LOG, shorten, told
from tests.conftest import Copy


def raised(small: Copy, name: str, code: str) -> Exception:
    """What a file of the project raises when it is run."""
    path = small.write(name, code)
    try:
        exec(compile(code, str(path), "exec"), {})  # noqa: S102 - as a generator does it
    except Exception as error:
        return error
    raise AssertionError("it raised nothing")


def test_the_innermost_place_in_the_project_is_named(small: Copy) -> None:
    error = raised(small, "company/macros.py", "import json\n\njson.loads('{')\n")
    assert told(error, small.project).startswith("company/macros.py:3:1: JSONDecodeError: Expecting")


def test_an_exception_from_elsewhere_has_no_place(small: Copy) -> None:
    assert told(ValueError("wrong"), small.project) == "ValueError: wrong"


def test_a_place_in_an_assembled_project_is_named_as_the_company_knows_it(small: Copy) -> None:
    small.write("company/overrides/main.html", "")
    made = Project(small.root / ".build/build-1/project")
    made.mark_assembled(small.project)
    error = raised(small, ".build/build-1/project/overrides/main.html", "1 / 0\n")
    assert told(error, made) == "company/overrides/main.html:1:1: ZeroDivisionError: division by zero"


def test_zensicals_words_around_an_exception_are_taken_off(small: Copy) -> None:
    path = small.root / "company/macros.py"
    error = RuntimeError(
        f'Python error: ValueError: wrong\nTraceback (most recent call last):\n  File "{path}", line 4, in x\n'
    )
    assert told(error, small.project) == "company/macros.py:4:1: ValueError: wrong"


@pytest.fixture
def log() -> Iterator[logging.Logger]:
    logger = logging.getLogger(MACROS_LOG)
    before = list(logger.filters)
    yield logger
    logger.filters = before


def said(log: logging.Logger, text: str) -> str:
    record = log.makeRecord(log.name, logging.WARNING, "", 0, text, (), None)
    log.filter(record)
    return record.getMessage()


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        (
            "company/macros.py",
            "company/macros.py:4:1: ZeroDivisionError: division by zero (on the page a/up.md)",
        ),
        (None, "docs/a/up.md: ZeroDivisionError: division by zero"),
    ],
)
def test_a_pages_error_is_told_without_a_traceback(
    small: Copy, log: logging.Logger, frame: str | None, expected: str
) -> None:
    shorten(small.project)
    trace = f'  File "{small.root / frame}", line 4, in bad\n' if frame else ""
    text = f"ERROR # _Macro Rendering Error_\n\n_File_: `a/up.md`\n\n_ZeroDivisionError_: division by zero\n\n```\nTraceback (most recent call last):\n{trace}```"
    assert said(log, text) == expected


@pytest.mark.parametrize(
    ("head", "line"),
    [("", 3), ("---\ntitle: Up\n---\n", 6), ("---\ntitle: Up\n---\n\n\n", 8), ("\n\n", 5)],
)
def test_a_mistake_in_an_expression_is_told_with_its_line(
    small: Copy, log: logging.Logger, head: str, line: int
) -> None:
    small.write("company/docs/ours.md", f"{head}# Ours\n\n{{{{ 1 / 0 }}}}\n")
    shorten(small.project)
    trace = '  File "/site-packages/x.py", line 9, in render\n  File "<template>", line 3, in top-level template code\n'
    text = f"_File_: `ours.md`\n\n_ZeroDivisionError_: division by zero\n\n```\nTraceback (most recent call last):\n{trace}```"
    expected = f"company/docs/ours.md:{line}:1: ZeroDivisionError: division by zero"
    assert said(log, text) == expected
    error = RuntimeError(
        f"Python error: ZeroDivisionError: division by zero\nTraceback (most recent call last):\n{trace}"
    )
    assert told(error, small.project, "ours.md") == expected


def test_what_zensical_raises_outside_of_a_page_is_not_the_last_pages(small: Copy) -> None:
    error = RuntimeError(
        'Python error: ValueError: wrong\nTraceback (most recent call last):\n  File "x", line 1\n'
    )
    assert told(error, small.project, "up.md") == "ValueError: wrong"


def test_other_messages_are_left_as_they_are(small: Copy, log: logging.Logger) -> None:
    shorten(small.project)
    assert said(log, "Functions found: define_env") == "Functions found: define_env"


def test_a_page_in_a_folder_with_a_strange_name_does_not_stop_it(tmp_path: Path) -> None:
    assert told(OSError(2, "No such file", "\udce9.md"), Project(tmp_path)).startswith("FileNotFoundError:")
