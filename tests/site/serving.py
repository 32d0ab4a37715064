"""A project being served by a process of its own, and what it costs there."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import Copy
from tests.site.conftest import COMMAND

PATIENCE = 30


@dataclass
class Serving:
    """A project being served.

    Args:
        project: the project.
        address: its site's.
        process: the server.
        log: file of what the terminal shows.
    """

    project: Copy
    address: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def terminal(self) -> str:
        """What the terminal shows."""
        return self.log.read_text("utf-8", "replace")

    def get(self, path: str = "") -> str:
        """A page, error pages too; empty where there is no answer."""
        return get(self.address + path)

    def shows(self, text: str, path: str = "", what: str = "") -> None:
        """Wait until a page shows a text."""
        wait_for(lambda: text in self.get(path), what or text)

    def number(self, path: str = "") -> int:
        """The live-reload number in a page: a browser reloads when it grows."""
        found = re.search(r"livereload\((\d+),", self.get(path))
        return int(found[1]) if found else 0

    @property
    def costs(self) -> dict[str, int]:
        """Memory of the server in KiB, its threads, open files, processes, and files below .build."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return {
            "memory": int(re.search(r"VmRSS:\s+(\d+)", status)[1]),  # type: ignore[index]
            "threads": int(re.search(r"Threads:\s+(\d+)", status)[1]),  # type: ignore[index]
            "files": len(list(Path(f"/proc/{self.process.pid}/fd").iterdir())),
            "processes": len(children(self.process.pid)),
            "aside": sum(1 for _ in (self.project.root / ".build").rglob("*")),
        }


def get(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310 - this machine
            return str(answer.read().decode("utf-8", "replace"))
    except urllib.error.HTTPError as error:
        return str(error.read().decode("utf-8", "replace"))
    except (urllib.error.URLError, ConnectionError, http.client.HTTPException):
        return ""


def children(pid: int) -> list[int]:
    """Processes that a process has started, and those that they have."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid and fields[0] != "Z":
            found += [int(stat.parent.name), *children(int(stat.parent.name))]
    return found


def wait_for(condition: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.05)
    pytest.fail(f"waited {PATIENCE} s in vain: {what}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _heed() -> None:
    """Ignore no signal, whoever runs the tests: below nohup or a shell's ``&`` some are."""
    for number in (signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)


@contextmanager
def served(
    project: Copy, environment: dict[str, str], log: Path, *arguments: str, before: Sequence[str] = ()
) -> Iterator[Serving]:
    """Serve a project until the block is through.

    Args:
        project: what is served.
        environment: of the process.
        log: takes what the terminal shows.
        arguments: of `playbook serve`; by default a free port.
        before: a command that runs it, such as one that takes something away from it.
    """
    port = free_port()
    with log.open("w") as terminal:
        process = subprocess.Popen(
            [*before, sys.executable, *COMMAND, "serve", *(arguments or ("--port", str(port)))],
            cwd=project.root, env=environment, stdout=terminal, stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            preexec_fn=_heed if os.name == "posix" else None,  # noqa: PLW1509 - no other thread is there
        )  # fmt: skip
        try:
            yield Serving(project, f"http://127.0.0.1:{port}/", process, log)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            process.wait(15)
