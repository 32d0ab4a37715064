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

REWRITE = """async ([spec, name, content]) => {
    const { read } = await import('/assets/sheets/read.js');
    const { fit } = await import('/assets/sheets/draft.js');
    const { write } = await import('/assets/sheets/write.js');
    const open = async file => fit(spec, await read(file, spec)).draft;
    const plain = ({ forms, tables, removed, kept, name }) => ({ forms, removed, kept, name,
        tables: Object.fromEntries(Object.entries(tables).map(([id, rows]) => [id, rows.map(
            ({ row = '', name = '', note = '', cells }) => ({ row, name, note, cells }))])) });
    const draft = await open(new File([Uint8Array.from(atob(content), each => each.charCodeAt(0))], name));
    const found = [];
    for (const format of ['json', 'yaml', 'xlsx']) {
        const { blob, name } = await write(format, spec, draft, []);
        const bytes = new Uint8Array(await blob.arrayBuffer());
        const again = await open(new File([blob], name));
        found.push([name, plain(again), btoa(Array.from(bytes, each => String.fromCharCode(each)).join(''))]);
    }
    return found; }"""

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


def rewritten(spec: Any, file: str, content: bytes) -> list[tuple[str, Any, bytes]]:
    """A file that the browser reads, written by it in each format and read again.

    Returns:
        For each format the new file's name, the draft that it holds for the browser, and its bytes.
    """
    page = _page()
    assert page is not None
    found = page.evaluate(REWRITE, [spec, file, base64.b64encode(content).decode()])
    return [(name, draft, base64.b64decode(written)) for name, draft, written in found]
