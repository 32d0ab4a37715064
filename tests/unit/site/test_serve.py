"""The live server around its builds; tests/site/test_serve.py runs it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
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
        self.code, self.output = 0, ""
        self.returncode: int | None = None
        Waiting.made.append(self)

    def communicate(self, text: str, timeout: float) -> tuple[str, None]:
        self.said.append(text)
        target = Path(json.loads(text)["target"])
        target.mkdir(parents=True)
        (target / "index.html").write_text("built", "utf-8")
        self.returncode = self.code
        return self.output, None

    def poll(self) -> int | None:
        return self.returncode


def never() -> bool:
    return False


@pytest.fixture
def builds(small: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Builds:
    Waiting.made = []
    monkeypatch.setattr(subprocess, "Popen", Waiting)
    return Builds(small.root, tmp_path / "built", "http://127.0.0.1:1/")


def test_each_build_has_a_process_that_was_started_before_it_is_needed(builds: Builds, small: Copy) -> None:
    [first] = Waiting.made
    assert first.command == [sys.executable, str(module.WAITING), str(small.root)]
    assert first.how["cwd"] == small.root
    folder, message = builds.build(never)
    assert [json.loads(each) for each in first.said] == [
        {"target": str(folder), "url": "http://127.0.0.1:1/", "project": str(folder.with_name("project"))}
    ]
    assert len(Waiting.made) == 2
    assert (message, (folder / "index.html").read_text("utf-8")) == ("", "built")


def test_a_site_is_built_into_a_fresh_folder_and_old_ones_go(builds: Builds) -> None:
    first, second, third = (builds.build(never)[0] for _ in range(3))
    assert len({first, second, third}) == 3
    assert not first.exists()
    assert second.exists()
    assert third.exists()


def test_a_broken_build_keeps_the_last_site_and_says_what_is_wrong(builds: Builds) -> None:
    good, _ = builds.build(never)
    for _ in range(3):
        Waiting.made[-1].code, Waiting.made[-1].output = 1, "data/x.yml:1:1: broken\n"
        assert builds.build(never) == (good, "data/x.yml:1:1: broken")
    assert [path for path in builds.folder.iterdir() if path.is_dir()] == [good]


def test_what_a_good_build_says_is_passed_on(builds: Builds, capsys: pytest.CaptureFixture[str]) -> None:
    Waiting.made[-1].output = "a warning\n"
    builds.build(never)
    assert capsys.readouterr().err == "a warning\n"


def test_a_build_that_ends_without_a_word_is_told_by_its_exit_code(builds: Builds) -> None:
    Waiting.made[-1].code = 9
    assert builds.build(never)[1] == "The build ended with exit code 9."


def test_a_process_that_ended_before_it_was_needed_is_replaced(builds: Builds) -> None:
    Waiting.made[-1].returncode = 1
    assert builds.build(never)[1] == ""
    assert len(Waiting.made) == 3


def test_where_no_process_can_be_had_that_is_said_and_it_is_tried_again(
    builds: Builds, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object, **__: object) -> None:
        raise FileNotFoundError(2, "No such file or directory", "the project")

    builds.build(never)
    monkeypatch.setattr(subprocess, "Popen", none)
    builds.build(never)
    assert builds.build(never)[1] == "the project: No such file or directory"
    monkeypatch.setattr(subprocess, "Popen", Waiting)
    assert builds.build(never)[1] == ""


# --- with processes that really run -----------------------------------------------------------


@pytest.fixture
def scripted(small: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Builds by a script of our own."""
    started: list[Builds] = []

    def call(code: str) -> Builds:
        script = tmp_path / "script.py"
        script.write_text(f"import json, os, subprocess, sys, time\ntold = sys.stdin.readline()\n{code}\n")
        monkeypatch.setattr(module, "WAITING", script)
        started.append(Builds(small.root, tmp_path / "built", "http://127.0.0.1:1/"))
        return started[-1]

    yield call
    for each in started:
        each.close()


def test_a_build_that_does_not_end_is_ended_when_there_is_something_newer(
    scripted: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ENDLESS", 0.1)
    monkeypatch.setattr(module, "PAUSE", 0.02)
    builds = scripted("time.sleep(60)")
    process = builds.process
    assert builds.build(lambda: True)[1].startswith("The build took more than")
    assert process.returncode is not None


@pytest.mark.skipif(sys.platform == "win32", reason="processes have no groups there")
def test_a_build_whose_output_somebody_holds_open_is_through_all_the_same(
    scripted: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAUSE", 0.1)
    builds = scripted("subprocess.Popen(['sleep', '60'])\nos._exit(0)")
    start = time.monotonic()
    assert builds.build(never)[1] == ""
    assert time.monotonic() - start < 30


def test_the_waiting_process_is_ended(scripted: Any) -> None:
    builds = scripted("")
    builds.close()
    assert builds.process.returncode is not None


# --- serving ----------------------------------------------------------------------------------


def test_it_builds_shows_and_waits_until_it_is_interrupted(
    builds: Builds, small: Copy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[tuple[str, bool]] = []
    opened: list[str] = []

    def edit(root: Path, built: Any) -> Any:
        [server] = servers
        seen.append((server.shown.message, (server.shown.site / "index.html").is_file()))
        if len(seen) == 2:
            raise KeyboardInterrupt
        Waiting.made[-1].code, Waiting.made[-1].output = 1, "broken"
        return {}

    servers: list[Any] = []

    class Server(module.Server):
        def __init__(self, *where: Any) -> None:
            super().__init__(*where)
            servers.append(self)

    monkeypatch.setattr(module, "Server", Server)
    monkeypatch.setattr(module, "_next", edit)
    monkeypatch.setattr(module, "_end", lambda _: None)
    monkeypatch.setattr(module.webbrowser, "open", opened.append)
    module.serve(small.root, "127.0.0.1", 0, open_browser=True)
    assert seen == [("", True), ("broken", True)]
    assert opened == [servers[0].url]
    said = capsys.readouterr().err
    assert said == f"Serving on {servers[0].url}  (Ctrl+C stops)\nbroken\n"
    assert not (small.root / ".build").exists()


def test_a_taken_port_fails_before_anything_is_built(small: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "Builds", lambda *_: pytest.fail("a build was begun"))
    with module.Server("127.0.0.1", 0) as taken, pytest.raises(OSError, match="in use"):
        module.serve(small.root, "127.0.0.1", taken.server_port)


def test_a_change_is_waited_for(small: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAUSE", 0.01)
    before = module.state(small.root)
    monkeypatch.setattr(module.time, "sleep", lambda _: small.write("docs/up.md", "# New\n"))
    assert module._next(small.root, before) != before


def test_without_a_terminal_nothing_can_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed:
        def write(self, _: str) -> None:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stderr", Closed())
    module.say("something")
