"""The live server around its builds; tests/site/test_serve.py runs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from macros.site import serve as module
from macros.site.serve import Builds
from tests.conftest import Copy


class Waiting:
    """Stands in for the process that waits for the next edit."""

    made: list[Waiting] = []

    def __init__(self, command: list[str], **how: Any) -> None:
        self.command, self.how = command, how
        self.said: list[str] = []
        self.returncode, self.output = 0, ""
        Waiting.made.append(self)

    def communicate(self, text: str) -> tuple[str, None]:
        self.said.append(text)
        target = Path(text.splitlines()[0]) if text.strip() else None
        if target is not None and self.returncode == 0:
            target.mkdir(parents=True)
            (target / "index.html").write_text("built", "utf-8")
        return self.output, None


@pytest.fixture
def builds(small: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Builds:
    Waiting.made = []
    monkeypatch.setattr(subprocess, "Popen", Waiting)
    return Builds(small.root, tmp_path / "built", "http://127.0.0.1:1/")


def test_each_build_has_a_process_that_was_started_before_it_is_needed(builds: Builds, small: Copy) -> None:
    [first] = Waiting.made
    assert first.command == [sys.executable, str(module.WAITING)]
    assert first.how["cwd"] == small.root
    folder = builds.build()
    assert first.said == [f"{folder}\nhttp://127.0.0.1:1/\n"]
    assert len(Waiting.made) == 2
    assert (folder / "index.html").read_text("utf-8") == "built"


def test_a_site_is_built_into_a_fresh_folder_and_old_ones_go(builds: Builds) -> None:
    first, second, third = (builds.build() for _ in range(3))
    assert len({first, second, third}) == 3
    assert not first.exists()
    assert second.exists()
    assert third.exists()


def test_a_broken_build_shows_its_problems_in_the_place_of_every_page(
    builds: Builds, capsys: pytest.CaptureFixture[str]
) -> None:
    Waiting.made[-1].returncode, Waiting.made[-1].output = 1, "data/x.yml:1:1: <b>broken</b>\n"
    folder = builds.build()
    for page in ("index.html", "make/index.html", "organization/raci/index.html", "404.html"):
        text = (folder / page).read_text("utf-8")
        assert "data/x.yml:1:1: &lt;b&gt;broken&lt;/b&gt;" in text
    assert capsys.readouterr().err == "data/x.yml:1:1: <b>broken</b>\n"


def test_a_build_that_ends_without_a_word_is_told_by_its_exit_code(builds: Builds) -> None:
    Waiting.made[-1].returncode = 9
    assert "The build ended with exit code 9." in (builds.build() / "index.html").read_text("utf-8")


def test_the_waiting_process_is_ended(builds: Builds) -> None:
    builds.close()
    assert Waiting.made[-1].said == ["\n\n"]


class Server:
    """Stands in for MkDocs' server."""

    made: list[Server] = []

    def __init__(self, builder: Any, host: str, port: int, root: str) -> None:
        self.root, self.watched, self.ended = root, [], False
        Server.made.append(self)

    def watch(self, path: str) -> None:
        self.watched.append(Path(path).name)

    def serve(self, *, open_in_browser: bool) -> None:
        self.opened = open_in_browser
        self.first = Path(self.root, "index.html").read_text("utf-8")
        self.missing = self.error_handler(404)  # type: ignore[attr-defined]
        raise KeyboardInterrupt

    def shutdown(self) -> None:
        self.ended = True


def test_what_a_site_depends_on_is_watched_until_interrupted(
    builds: Builds, small: Copy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    small.write("company/roles.yml", "roles: []\n")
    monkeypatch.setattr(module, "LiveReloadServer", Server)
    module.serve(small.root, "127.0.0.1", 0, open_browser=True)
    [server] = Server.made
    assert server.watched == ["data", "docs", "company", "mkdocs.yml"]
    assert (server.opened, server.first, server.missing, server.ended) == (True, "built", None, True)
    assert "Serving on http://127.0.0.1:0/" in capsys.readouterr().err


def test_a_taken_port_fails_before_anything_is_built(small: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(*_: object) -> None:
        raise OSError(98, "taken")

    monkeypatch.setattr(module.socket, "create_server", taken)
    monkeypatch.setattr(module, "Builds", lambda *_: pytest.fail("a build was begun"))
    with pytest.raises(OSError, match="taken"):
        module.serve(small.root, "127.0.0.1", 1)
