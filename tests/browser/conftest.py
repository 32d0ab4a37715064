"""Real Chromium on the built site, served from this machine."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.site.conftest import Site, mkdocs_site

__all__ = ["mkdocs_site"]  # the fixture, shared with tests/site

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]  # fmt: skip


expect.set_options(timeout=20_000)  # a busy machine is slow, not broken


def chromium() -> str | None:
    """Path of an installed Chromium; nothing is ever downloaded."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


PARTS = ", ".join(
    f"[data-pb-{part}]:not([data-pb-started])" for part in ("tree", "roles", "checklist", "spec")
)


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def address(mkdocs_site: Site) -> Iterator[str]:
    """Where the built site is served, under a sub-path as many companies do."""
    folder = mkdocs_site.folder.parent / "server"
    folder.mkdir(exist_ok=True)
    (folder / "playbook").symlink_to(mkdocs_site.folder)
    with served(folder) as root:
        yield f"{root}playbook/"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder as long as it is served."""
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed, and in CI the browser tests have to run")
        pytest.skip("Chromium is not installed; set CHROMIUM to its path to run the browser tests")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


@dataclass
class Visit:
    """A page in a browser, with what it asked for and complained about."""

    page: Page
    address: str
    javascript: bool
    requests: list[str]
    complaints: list[str]

    def go(self, path: str = "") -> Page:
        """Open a page of the site and wait for its scripts."""
        self.page.goto("about:blank")  # else a change of the hash alone would not load the page
        self.page.goto(self.address + path, wait_until="load")
        if self.javascript:  # its modules are asked for once it has loaded
            expect(self.page.locator(PARTS)).to_have_count(0)
        return self.page


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    """Open a browser window: `visit(javascript=False)`, `visit(width=390, scheme="dark")`."""
    opened: list[BrowserContext] = []

    def new(*, javascript: bool = True, width: int = 1280, scheme: str = "light") -> Visit:
        context = browser.new_context(
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        context.set_default_timeout(20_000)
        opened.append(context)
        page = context.new_page()
        found = Visit(page, address, javascript, [], [])
        page.on("request", lambda request: found.requests.append(request.url))
        page.on("pageerror", lambda error: found.complaints.append(str(error)))
        page.on("console", lambda said: found.complaints.append(said.text) if said.type == "error" else None)
        return found

    yield new
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def paths(mkdocs_site: Site) -> list[str]:
    """Addresses of all pages below the site's root."""
    return [page for page in mkdocs_site.pages if page != "404.html"]


AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
