"""Pages turned into Markdown by a second process, or here where it cannot be had."""

from __future__ import annotations

import io
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from macros.export import beside as module
from macros.export.beside import Beside, main

PAGES = {
    "index.html": "<article><h1>Home</h1></article>",
    "a/index.html": "<article><h1>A</h1><p>x</p></article>",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, html in PAGES.items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(html, "utf-8")
    return tmp_path / "site"


@pytest.fixture(autouse=True)
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Folders for which partials would have been compiled, which takes a fifth of a second."""
    return compiles_nothing(monkeypatch)


def compiles_nothing(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Have the second process note what it would compile."""
    folders: list[Path] = []
    monkeypatch.setattr(module, "compile_partials", folders.append)
    return folders


class Process:
    """Stands in for the second process: works when it is waited for."""

    def __init__(self, command: list[str], **_: Any) -> None:
        self.cache = Path(command[-1])
        self.stdin = io.StringIO()
        self.killed = False

    def communicate(self) -> tuple[str, None]:
        out = io.StringIO()
        main(self.cache, io.StringIO(self.stdin.getvalue()), out)
        return out.getvalue(), None

    def kill(self) -> None:
        self.killed = True


class Dies(Process):
    """Takes nothing and says nothing."""

    def __init__(self, command: list[str], **how: Any) -> None:
        super().__init__(command, **how)
        self.stdin = Closed()  # type: ignore[assignment]

    def communicate(self) -> tuple[str, None]:
        return "", None


class Closed(io.StringIO):
    """A pipe that nobody reads any more."""

    def write(self, _: str) -> int:
        raise BrokenPipeError

    def flush(self) -> None:
        raise BrokenPipeError


def cannot_be_had(*_: Any, **__: Any) -> None:
    raise OSError("no more processes")


@pytest.mark.parametrize("process", [Process, Dies, cannot_be_had])
def test_every_page_has_its_markdown_whatever_becomes_of_the_process(
    tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch, process: Any
) -> None:
    monkeypatch.setattr(subprocess, "Popen", process)
    beside = Beside(tmp_path / "cache")
    beside.send("index.html", site / "index.html")
    beside.begin(site)
    assert beside.finish(site) == {"a/index.md": "A", "index.md": "Home"}
    assert (site / "a/index.md").read_text("utf-8") == "# A\n\nx\n"
    beside.close()


def test_a_page_that_was_handed_over_is_taken_from_where_it_was(
    tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "Popen", Process)
    (tmp_path / "index.html").write_text("<article><h1>As it was sent</h1></article>", "utf-8")
    beside = Beside(tmp_path / "cache")
    beside.send("index.html", tmp_path / "index.html")
    beside.begin(site)
    assert beside.finish(site)["index.md"] == "As it was sent"


def test_a_page_that_was_moved_before_it_was_read_is_taken_from_the_site(
    tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "Popen", Process)
    beside = Beside(tmp_path / "cache")
    beside.send("index.html", tmp_path / "gone.html")
    beside.begin(site)
    assert beside.finish(site)["index.md"] == "Home"


def test_what_is_not_waited_for_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", Process)
    beside = Beside(tmp_path / "cache")
    beside.close()
    assert beside.process is not None
    assert beside.process.killed  # type: ignore[attr-defined]


def test_only_a_first_build_has_the_partials_compiled(tmp_path: Path, compiled: list[Path]) -> None:
    main(tmp_path, io.StringIO(), io.StringIO())
    assert compiled == [tmp_path / "partials"]
    (tmp_path / "pages").mkdir()
    main(tmp_path, io.StringIO(), io.StringIO())
    assert len(compiled) == 1


def test_the_process_says_nothing_where_the_site_never_comes(tmp_path: Path, site: Path) -> None:
    out = io.StringIO()
    main(tmp_path, io.StringIO(json.dumps(["index.html", str(site / "index.html")]) + "\n"), out)
    assert out.getvalue() == ""
