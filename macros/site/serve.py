"""`playbook serve`: MkDocs' own live-reload server, but with every build in a fresh process.

`mkdocs serve` builds inside the serving process. There a broken data file ends the server, and
edits of imported modules are not seen. A fresh process for each build has neither problem.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from macros.project import Project
from macros.views.environment import environment
from macros.views.links import page_url

WATCHED = ("data", "docs", "macros", "overrides", "company", "mkdocs.yml")
"""What a rebuild depends on, below the project's folder; those that exist are watched."""


WAITING = Path(__file__).with_name("waiting.py")
"""Script of the process that waits for the next edit."""


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
        self.next = self._start()

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(  # noqa: S603 - our own command line
            [sys.executable, str(WAITING)],
            cwd=self.root,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )

    def build(self) -> Path:
        """Build once; return the folder to serve: the site, or pages that say what is wrong."""
        self.number += 1
        target = self.folder / str(self.number)
        process = self.next
        output = process.communicate(f"{target}\n{self.url}\n")[0].strip()
        self.next = self._start()
        if output:
            print(output, file=sys.stderr, flush=True)
        if process.returncode != 0:
            shutil.rmtree(target, ignore_errors=True)
            self._write_broken(target, output or f"The build ended with exit code {process.returncode}.")
        shutil.rmtree(self.folder / str(self.number - 2), ignore_errors=True)
        return target

    def close(self) -> None:
        """End the process that waits for the next edit."""
        self.next.communicate("\n\n")

    def _write_broken(self, target: Path, message: str) -> None:
        """Put the message in the place of every page, so that whoever has one open sees it."""
        page = environment().get_template("broken.html.j2").render(message=message)
        for source in Project(self.root).all_pages:
            path = target / page_url(source) / "index.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page, "utf-8")
        (target / "404.html").write_text(page, "utf-8")


def serve(root: Path, host: str, port: int, *, open_browser: bool = False) -> None:
    """Serve the playbook until interrupted.

    Args:
        root: the project's folder.
        host: address to listen at.
        port: port to listen at.
        open_browser: whether to open a browser.

    Raises:
        OSError: the address cannot be listened at.
    """
    socket.create_server((host, port)).close()  # fails now rather than after the first build
    with tempfile.TemporaryDirectory(prefix="playbook-") as name:
        builds = Builds(root, Path(name), f"http://{host}:{port}/")
        server = LiveReloadServer(_nothing, host, port, root=name)

        def build() -> None:
            server.root = str(builds.build())

        def error_page(code: int) -> bytes | None:
            page = Path(server.root) / f"{code}.html"
            return page.read_bytes() if page.is_file() else None

        server.builder = build
        server.error_handler = error_page
        build()
        for each in WATCHED:
            if (root / each).exists():
                server.watch(str(root / each))
        print(f"Serving on http://{host}:{port}/  (Ctrl+C stops)", file=sys.stderr, flush=True)
        try:
            server.serve(open_in_browser=open_browser)  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            pass
        finally:
            server.shutdown()
            builds.close()


def _nothing() -> None:
    """Stands in until the builder that needs the server exists."""
