"""The process for the next edit under `playbook serve`."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.site import waiting

TOLD = {"target": "folder", "url": "http://x/", "project": "project"}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing has to be imported, and the process stays where it is."""
    before = Path.cwd()
    monkeypatch.setattr(waiting, "FOREIGN", ("json", "no_module_of_that_name"))
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(TOLD) + "\n"))
    yield
    os.chdir(before)


def test_the_waiting_process_builds_what_it_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    called: list[tuple[dict[str, str], Path]] = []
    monkeypatch.setattr("macros.site.build.main", lambda **given: called.append((given, Path.cwd())) or 3)
    assert waiting.wait(str(tmp_path)) == 3
    assert called == [(TOLD, tmp_path)]


def test_the_waiting_process_ends_where_there_is_nothing_to_build(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("macros.site.build.main", lambda **_: pytest.fail("built"))
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert waiting.wait(str(tmp_path)) == 0


def test_what_a_build_raises_is_told_in_a_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(**_: object) -> int:
        raise OSError(28, "No space left on device", "site/index.html")

    monkeypatch.setattr("macros.site.build.main", full)
    assert waiting.wait(str(tmp_path)) == 1
    assert capsys.readouterr().out == "OSError: [Errno 28] No space left on device: 'site/index.html'\n"


def test_a_project_that_was_moved_away_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert waiting.wait(str(tmp_path / "gone")) == 1
    assert "No such file or directory" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("a = = b\n", "macros/x.py:1:5: SyntaxError: invalid syntax"),
        ("\n1 / 0\n", "macros/x.py:2:1: ZeroDivisionError: division by zero"),
    ],
)
def test_a_module_that_is_being_edited_is_named_with_its_line(tmp_path: Path, code: str, line: str) -> None:
    path = tmp_path / "macros" / "x.py"
    with pytest.raises(Exception) as raised:  # noqa: PT011 - each has its own
        exec(compile(code, str(path), "exec"), {})  # noqa: S102 - as an import does it
    assert waiting.broken(raised.value, str(tmp_path)) == line
