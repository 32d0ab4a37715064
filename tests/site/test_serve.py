"""`playbook serve` against a running server: broken edits, their repair, and its end."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Copy
from tests.site.conftest import PLAYBOOK
from tests.site.serving import Serving, children, get, served, wait_for

pytestmark = pytest.mark.slow
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are read from /proc")


@pytest.fixture
def server(whole_small: Copy, environment: dict[str, str], tmp_path: Path) -> Iterator[Serving]:
    """A project being served."""
    with served(whole_small, environment, tmp_path / "terminal.txt") as serving:
        yield serving


def test_broken_edit_is_shown_and_the_next_good_one_repairs_it(server: Serving) -> None:
    project, address = server.project, server.address
    page = address + "organization/raci/"
    wait_for(lambda: "Train" in get(page), "first build")
    before = server.number()
    assert before

    project.edit("data/raci.yml", "builder: R/A", "bilder: R/A")
    message = (
        f"{project.at('data/raci.yml', 'bilder')}: activities[0].roles.bilder: unknown role; did you mean"
    )
    wait_for(lambda: message in get(page), "the message on the page")
    assert message in get(address)
    assert message in server.terminal
    assert "Traceback" not in server.terminal
    broken = server.number()
    assert broken > before  # so an open browser has reloaded

    project.edit("data/raci.yml", "bilder: R/A", "builder: R/A")
    wait_for(lambda: "Train" in get(page), "the repair")
    assert message not in get(page)
    assert server.number() > broken


def test_edits_of_data_partial_module_page_and_style_are_seen(server: Serving) -> None:
    project, address = server.project, server.address
    page = address + "organization/raci/"
    wait_for(lambda: "Train" in get(page), "first build")
    edits = [
        ("data/raci.yml", "name: Train,", "name: Modelling edited,"),
        (
            "macros/views/partials/raci_table.html.j2",
            '<th scope="col">Activity',
            '<th scope="col">Work edited',
        ),
        ("macros/views/raci.py", '"C": "is asked before"', '"C": "module edited"'),
        ("docs/organization/raci.md", "# Who does what", "# One page edited"),
    ]
    for name, old, new in edits:
        project.edit(name, old, new)
        word = next(
            part
            for part in ("Modelling edited", "Work edited", "module edited", "page edited")
            if part in new
        )
        wait_for(lambda word=word: word in get(page), name)
    project.write("docs/assets/ours.css", "/* style edited */")
    wait_for(lambda: "style edited" in get(address + "assets/ours.css"), "style")


def test_broken_module_and_broken_configuration_are_survived(server: Serving) -> None:
    project, address = server.project, server.address
    wait_for(lambda: "The aim" in get(address), "first build")
    project.edit("macros/views/raci.py", "def spoken(", "def spoken(((")
    wait_for(lambda: "could not be built" in get(address) and "raci.py" in get(address), "broken module")
    project.edit("macros/views/raci.py", "def spoken(((", "def spoken(")
    wait_for(lambda: "The aim" in get(address), "repaired module")
    project.edit("mkdocs.yml", "site_name:", "site_nam:")
    wait_for(
        lambda: "could not be built" in get(address) and "site_nam" in get(address), "broken configuration"
    )
    project.edit("mkdocs.yml", "site_nam:", "site_name:")
    wait_for(lambda: "The aim" in get(address), "repaired configuration")


def test_while_a_build_runs_everybody_gets_the_site_before(server: Serving) -> None:
    server.shows("Train", "organization/raci/")
    server.project.write(
        "company/macros.py",
        "import time\ndef define_env(env):\n    @env.macro\n    def slow():\n        time.sleep(4)\n        return 'slept'\n",
    )
    server.project.write("company/docs/slow.md", "# Slow\n\n{{ slow() }}\n")
    time.sleep(1.5)  # the build has begun
    start = time.monotonic()
    assert "Train" in server.get("organization/raci/")
    assert time.monotonic() - start < 1
    assert "slept" not in server.get("slow/")
    server.shows("slept", "slow/")


@linux
def test_a_full_disk_is_told_on_the_page_and_survived(
    whole_small: Copy, environment: dict[str, str], tmp_path: Path
) -> None:
    """The limit on a file's size stands in for a disk that is full: it is an error of the same kind."""
    with served(whole_small, environment, tmp_path / "terminal.txt") as server:
        server.shows("Train", "organization/raci/")
        import resource

        [waiting] = children(server.process.pid)
        resource.prlimit(waiting, resource.RLIMIT_FSIZE, (20_000, 20_000))
        whole_small.edit("data/raci.yml", "name: Train,", "name: Train more,")
        server.shows("could not be built", "organization/raci/")
        assert "Traceback" not in server.get()
        whole_small.edit("data/raci.yml", "name: Train more,", "name: Train most,")
        server.shows("Train most", "organization/raci/")


@linux
@pytest.mark.parametrize(("number", "code"), [("SIGINT", 0), ("SIGTERM", 143), ("SIGHUP", 129)])
@pytest.mark.parametrize("when", ["idle", "building"])
def test_it_ends_with_all_that_it_has_started(server: Serving, number: str, code: int, when: str) -> None:
    server.shows("Train", "organization/raci/")
    wait_for(lambda: len(children(server.process.pid)) == 1, "the next process")
    if when == "building":
        server.project.write("docs/new.md", "# New\n")
        time.sleep(0.6)
    started = children(server.process.pid)
    server.process.send_signal(getattr(signal, number))
    assert server.process.wait(10) == code
    wait_for(lambda: not any(Path(f"/proc/{each}/cmdline").exists() for each in started), "its processes")
    assert not (server.project.root / ".build").exists()
    assert "Traceback" not in server.terminal


@linux
def test_a_killed_server_leaves_nothing_that_the_next_one_does_not_clear_away(
    whole_small: Copy, environment: dict[str, str], tmp_path: Path
) -> None:
    with served(whole_small, environment, tmp_path / "first.txt") as server:
        server.shows("Train", "organization/raci/")
        started = children(server.process.pid)
        server.process.kill()
        server.process.wait()
    wait_for(lambda: not any(Path(f"/proc/{each}/cmdline").exists() for each in started), "its processes")
    assert (whole_small.root / ".build").exists()
    with served(whole_small, environment, tmp_path / "second.txt") as server:
        server.shows("Train", "organization/raci/")
    assert not (whole_small.root / ".build").exists()


def test_a_free_port_is_found_and_named(
    whole_small: Copy, environment: dict[str, str], tmp_path: Path
) -> None:
    with served(whole_small, environment, tmp_path / "terminal.txt", "--port", "0") as server:
        wait_for(lambda: "Serving on" in server.terminal, "the address")
        [address] = re.findall(r"http://\S+", server.terminal)
        assert "The aim" in get(address)


READ_ONLY = ("unshare", "-rm", "sh", "-c", 'mount -o bind,ro . . && cd "$PWD" && exec "$@"', "sh")
"""Runs a command in a current folder that may not be written to."""


@linux
def test_a_project_that_may_not_be_written_to_is_served_all_the_same(
    whole_small: Copy, environment: dict[str, str], tmp_path: Path
) -> None:
    if (
        shutil.which("unshare") is None
        or subprocess.run([*READ_ONLY, "true"], cwd=tmp_path, check=False).returncode
    ):
        pytest.skip("this system gives no file systems of one's own")
    without_home = {name: value for name, value in environment.items() if name != "HOME"}
    log = tmp_path / "terminal.txt"
    with served(whole_small, without_home, log, before=READ_ONLY) as server:
        server.shows("Train", "organization/raci/")
        assert not (whole_small.root / ".build").exists()


def test_taken_port_is_told_in_one_line(environment: dict[str, str], whole_small: Copy) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = subprocess.run(
            [sys.executable, *PLAYBOOK, "serve", "--port", str(port)],
            cwd=whole_small.root, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=30,
        )  # fmt: skip
    assert result.returncode == 2
    assert (
        result.stderr == f"Cannot serve at 127.0.0.1:{port}: Address already in use. Try --port {port + 1}.\n"
    )
