"""`playbook serve`: every build in a fresh process, and a server that outlives whatever it does.

`mkdocs serve` builds inside the serving process. There a broken data file ends the server, an exception
of a template leaves it stuck, and edits of imported modules are not seen. A fresh process for each build
has none of these problems.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import webbrowser
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

from macros.project import Project
from macros.site.server import Server, Shown, broken, reloading
from macros.site.watch import PAUSE, State, settled, state
from macros.writing.aside import working_folder

WAITING = Path(__file__).with_name("waiting.py")
"""Script of the process that waits for the next edit."""
ENDLESS = 20.0
"""Seconds after which a build that is not through is ended, as soon as there is something newer to build."""


class Builds:
    """Builds into fresh folders, so that a half-written site is never served.

    Each build has a fresh process, which was started before it is needed.

    Args:
        root: the project's folder.
        folder: where built sites go.
        url: address at which the site is served.
    """

    def __init__(self, root: Path, folder: Path, url: str) -> None:
        self.root = root
        self.folder = folder
        self.url = url
        self.number = 0
        self.site = folder / "0"
        self.process: subprocess.Popen[str] | None = None
        self._start()

    def _start(self) -> None:
        """Start the next process; where that cannot be, it is tried again when it is needed."""
        self.process = None
        with suppress(OSError):
            self.process = self._process()

    def _process(self) -> subprocess.Popen[str]:
        return subprocess.Popen(  # noqa: S603 - our own command line
            [sys.executable, str(WAITING), str(self.root)],
            cwd=self.root,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,  # it is ended with whatever it has started, and not by Ctrl-C
        )

    def build(self, is_outdated: Callable[[], bool]) -> tuple[Path, str]:
        """Build once.

        Args:
            is_outdated: whether there is something newer to build; it may be asked often.

        Returns:
            The folder of the last site that could be built, and what is wrong; empty where nothing is.
        """
        for old in self.folder.glob("[0-9]*"):
            if old != self.site:  # nobody is answered from there any more
                shutil.rmtree(old, ignore_errors=True)
        self.number += 1
        target = self.folder / str(self.number)
        told = json.dumps({"target": str(target), "url": self.url, "project": str(self.folder / "project")})
        try:
            if self.process is None or self.process.poll() is not None:
                self.process = self._process()
            output, code = self._outcome(self.process, told, is_outdated), self.process.returncode
        except OSError as error:
            output, code = f"{error.filename or 'A process'}: {error.strerror}", 1
        self._start()
        if code != 0:
            shutil.rmtree(target, ignore_errors=True)
            return self.site, output or f"The build ended with exit code {code}."
        if output:
            say(output)
        self.site = target
        return target, ""

    def _outcome(self, process: subprocess.Popen[str], told: str, is_outdated: Callable[[], bool]) -> str:
        """Wait for a process, and return what it says."""
        end = time.monotonic() + ENDLESS
        given: str | None = f"{told}\n"
        is_through = False
        while True:
            with suppress(subprocess.TimeoutExpired):
                return process.communicate(given, timeout=PAUSE)[0].strip()
            given = None
            if is_through:  # something that it has started holds its output open
                _end(process)
                return ""
            is_through = process.poll() is not None
            if time.monotonic() > end and is_outdated():
                _end(process)
                return f"The build took more than {ENDLESS:.0f} seconds and was ended."

    def close(self) -> None:
        """End the process that waits for the next edit, or the one that builds."""
        if self.process is not None:
            _end(self.process)


def _end(process: subprocess.Popen[str]) -> None:
    """End a process with everything that it has started."""
    with suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(OSError):
                stream.close()
    process.wait()


def serve(root: Path, host: str, port: int, *, open_browser: bool = False) -> None:
    """Serve the playbook until interrupted.

    Args:
        root: the project's folder.
        host: address to listen at.
        port: port to listen at; 0 for any that is free.
        open_browser: whether to open a browser.

    Raises:
        OSError: the address cannot be listened at.
        UnicodeError: the host is no name at all.
    """
    root = root.resolve()
    reloading(broken(""), 0)  # the pages that say what is wrong are read while they are there
    with Server(host, port) as server, ExitStack() as stack:
        try:
            folder = stack.enter_context(working_folder(Project(root).aside, "serve"))
        except OSError:  # the project may not be written to
            made = tempfile.TemporaryDirectory(prefix="playbook-", ignore_cleanup_errors=True)
            folder = Path(stack.enter_context(made))
        builds = Builds(root, folder, server.url)
        try:
            _go_on(root, builds, server, open_browser)
        except KeyboardInterrupt:
            pass
        finally:
            builds.close()
            if server.shown is not None:
                server.shutdown()


def _go_on(root: Path, builds: Builds, server: Server, open_browser: bool) -> None:
    """Build, show, and wait for the next change, for ever."""
    built = state(root)
    while True:
        site, message = builds.build(lambda built=built: state(root) != built)  # type: ignore[misc]
        if message:
            say(message)
        if server.shown is None:
            server.shown = Shown(site, message)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            say(f"Serving on {server.url}  (Ctrl+C stops)")
            if open_browser:
                threading.Thread(target=webbrowser.open, args=(server.url,), daemon=True).start()
        else:
            server.shown.show(site, message)
        built = _next(root, built)


def _next(root: Path, built: State) -> State:
    """Wait until something is not as it was built; returns what is there then."""
    while True:
        start = time.monotonic()
        now = state(root)
        if now != built:
            return settled(now, lambda: state(root))
        time.sleep(max(PAUSE, 10 * (time.monotonic() - start)))


def say(text: str) -> None:
    """Say something on the terminal, where there still is one."""
    with suppress(OSError, ValueError):
        print(text, file=sys.stderr, flush=True)
