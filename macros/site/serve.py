"""`playbook serve`: MkDocs' own live-reload server, but with every build in a fresh process.

`mkdocs serve` builds inside the serving process. There a broken data file ends the server, and
edits of imported modules are not seen. A fresh process for each build has neither problem.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from macros.site.build import command
from macros.site.build import environment as process_environment
from macros.views.render import environment

WATCHED = ("data", "docs", "macros", "overrides", "company", "mkdocs.yml")
"""What a rebuild depends on, below the project's folder; those that exist are watched."""


class Builds:
    """Builds into two folders in turn, so that a half-written site is never served."""

    def __init__(self, root: Path, folder: Path, url: str) -> None:
        self.root = root
        self.folders = self._in_turn(folder)
        self.url = url
        self.site: Path | None = None
        self.message: str | None = None
        """What is wrong with the newest build; None when it is served."""

    @staticmethod
    def _in_turn(folder: Path) -> Iterator[Path]:
        while True:
            yield folder / "a"
            yield folder / "b"

    def build(self) -> None:
        """Build once; remember the site, or what is wrong."""
        target = next(self.folders)
        shutil.rmtree(target, ignore_errors=True)
        result = subprocess.run(  # noqa: S603 - our own command line
            [*command("mkdocs", strict=False), "--quiet", "--site-dir", str(target)],
            cwd=self.root,
            env={**process_environment(), "SITE_URL": self.url},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        output = result.stdout.strip()
        if output:
            print(output, file=sys.stderr, flush=True)
        if result.returncode == 0:
            self.site, self.message = target, None
        else:
            self.message = output or f"The build ended with exit code {result.returncode}."


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
    with tempfile.TemporaryDirectory(prefix="playbook-") as name:
        folder = Path(name)
        broken = folder / "broken"
        broken.mkdir()
        builds = Builds(root, folder, f"http://{host}:{port}/")
        server = LiveReloadServer(_nothing, host, port, root=str(broken))

        def build() -> None:
            builds.build()
            # With nothing to serve every address is an error, and errors show the message.
            server.root = str(broken if builds.message or not builds.site else builds.site)

        def error_page(code: int) -> bytes | None:
            if builds.message is not None:
                return broken_page(builds.message).encode()
            missing = Path(server.root) / f"{code}.html"
            return missing.read_bytes() if missing.is_file() else None

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


def broken_page(message: str) -> str:
    """The page that stands in for every page while the playbook cannot be built."""
    return environment().get_template("broken.html.j2").render(message=message)


def _nothing() -> None:
    """Stands in until the builder that needs the server exists."""
