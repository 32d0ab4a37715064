"""The browser's reader of files, for subjects; nothing where there is no Chromium."""

from __future__ import annotations

import base64
import functools
import http.server
import threading
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import FLAGS, Quiet, chromium
from tests.browser.test_reading import READ

ROOT = Path(__file__).parents[2]


@cache
def _page() -> Page | None:
    """A page beside our scripts, which stays open until the process ends."""
    path = chromium()
    if path is None:
        return None
    handler = functools.partial(Quiet, directory=str(ROOT / "docs"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = sync_playwright().start().chromium.launch(executable_path=path, args=FLAGS).new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/assets/playbook.css")
    return page


def read(spec: Any, file: str, content: bytes) -> Any:
    """What the browser makes of a file: its answers, or why it does not read it."""
    page = _page()
    if page is None:
        return None
    given = [spec, [(file, base64.b64encode(content).decode())]]
    return page.evaluate(READ.replace("/playbook/assets", "/assets"), given)[0]
