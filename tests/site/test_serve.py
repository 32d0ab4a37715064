"""`playbook serve` against a running server: a broken edit, its repair, an edited module."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

import pytest

from tests.conftest import Project
from tests.site.conftest import PLAYBOOK

pytestmark = pytest.mark.slow
PATIENCE = 30


@pytest.fixture
def server(
    whole_project: Project, environment: dict[str, str], tmp_path
) -> Iterator[tuple[Project, str, Callable[[], str]]]:
    """A project being served, its address, and what the terminal shows."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path / "terminal.txt"
    with log.open("w") as terminal:
        process = subprocess.Popen(
            [sys.executable, *PLAYBOOK, "serve", "--port", str(port)],
            cwd=whole_project.root, env=environment, stdout=terminal, stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        yield whole_project, f"http://127.0.0.1:{port}/", lambda: log.read_text("utf-8")
        process.terminate()
        process.wait(10)


def get(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310 - this machine
            return str(answer.read().decode())
    except (urllib.error.URLError, ConnectionError):
        return ""


def wait_for(condition: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.1)
    pytest.fail(f"waited {PATIENCE} s in vain: {what}")


def epoch(html: str) -> str:
    """The live-reload number in a page: a browser reloads when it grows."""
    found = re.search(r"livereload\((\d+),", html)
    return found[1] if found else ""


def test_broken_edit_is_shown_and_the_next_good_one_repairs_it(server) -> None:
    project, address, terminal = server
    page = address + "organization/raci/"
    wait_for(lambda: "Model development" in get(page), "first build")
    before = epoch(get(page))
    assert before

    project.edit(
        "data/raci.yml", "ml-engineer: R/A\n      data-engineer: C", "ml-enginer: R/A\n      data-engineer: C"
    )
    message = "data/raci.yml:8:7: activities[0].roles.ml-enginer: unknown role; did you mean"
    wait_for(lambda: message in get(page), "the message on the page")
    assert message in get(address)
    assert message in terminal()
    assert "Traceback" not in terminal()
    broken = epoch(get(page))
    assert int(broken) > int(before)  # so an open browser has reloaded

    project.edit("data/raci.yml", "ml-enginer", "ml-engineer")
    wait_for(lambda: "Model development" in get(page), "the repair")
    assert message not in get(page)
    assert int(epoch(get(page))) > int(broken)


def test_edits_of_data_partial_module_page_and_style_are_seen(server) -> None:
    project, address, _ = server
    page = address + "organization/raci/"
    wait_for(lambda: "Model development" in get(page), "first build")
    edits = [
        ("data/raci.yml", "name: Model development", "name: Modelling edited"),
        (
            "macros/views/partials/raci_table.html.j2",
            '<th scope="col">Activity</th>',
            '<th scope="col">Work edited</th>',
        ),
        ("macros/views/raci.py", '"C": "is asked before"', '"C": "module edited"'),
        ("docs/organization/raci.md", "One table settles most arguments", "One page edited"),
    ]
    for name, old, new in edits:
        project.edit(name, old, new)
        word = next(
            part
            for part in ("Modelling edited", "Work edited", "module edited", "page edited")
            if part in new
        )
        wait_for(lambda word=word: word in get(page), name)
    project.edit("docs/assets/playbook.css", ":root,", "/* style edited */ :root,")
    wait_for(lambda: "style edited" in get(address + "assets/playbook.css"), "style")


def test_broken_module_and_broken_configuration_are_survived(server) -> None:
    project, address, _ = server
    wait_for(lambda: "MLOps Playbook" in get(address), "first build")
    project.edit("macros/views/raci.py", "def spoken(", "def spoken(((")
    wait_for(lambda: "could not be built" in get(address) and "raci.py" in get(address), "broken module")
    project.edit("macros/views/raci.py", "def spoken(((", "def spoken(")
    wait_for(lambda: "Pick your way" in get(address), "repaired module")
    project.edit("mkdocs.yml", "site_name:", "site_nam:")
    wait_for(
        lambda: "could not be built" in get(address) and "site_nam" in get(address), "broken configuration"
    )
    project.edit("mkdocs.yml", "site_nam:", "site_name:")
    wait_for(lambda: "Pick your way" in get(address), "repaired configuration")


def test_taken_port_is_told_in_one_line(environment: dict[str, str], whole_project: Project) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = subprocess.run(
            [sys.executable, *PLAYBOOK, "serve", "--port", str(port)],
            cwd=whole_project.root, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=30,
        )  # fmt: skip
    assert result.returncode == 2
    assert (
        result.stderr == f"Cannot serve at 127.0.0.1:{port}: Address already in use. Try --port {port + 1}.\n"
    )
