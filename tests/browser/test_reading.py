"""The browser's reader of files finds what the command line's finds; see tests/unit/test_vectors.py."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.vectors.texts import TEXTS
from tests.vectors.workbooks import CASES, HEAVY, SPEC

pytestmark = pytest.mark.browser

READ = """async ([spec, files]) => { const { read } = await import('/playbook/assets/sheets/read.js');
    const results = [];
    for (const [name, content] of files) {
        const bytes = Uint8Array.from(atob(content), each => each.charCodeAt(0));
        try {
            const { name: called, answers, kept } = await read(new File([bytes], name), spec);
            results.push({ name: called, answers: { ...answers }, kept });
        } catch (error) { results.push(String(error.message)); }
    }
    return results; }"""


def read_there(page: Page, spec: Any, files: Sequence[tuple[str, bytes]]) -> list[Any]:
    """What the browser makes of files: a draft's answers, or why it does not read one."""
    given = [(name, base64.b64encode(content).decode()) for name, content in files]
    found: list[Any] = page.evaluate(READ, [spec, given])
    return found


def test_the_browser_reads_workbooks_as_recorded(visit) -> None:
    page = visit().go("templates/raci-sheet/")
    cases = [*CASES, *HEAVY]
    found = read_there(page, SPEC, [("file.xlsx", book.bytes()) for _, book, _ in cases])
    for (name, _, expected), read in zip(cases, found, strict=True):
        if isinstance(expected, str):
            assert isinstance(read, str), name
            assert expected in read, name
        else:
            assert read == {"name": "Red", **expected}, name


def test_the_browser_reads_texts_as_recorded(visit) -> None:
    page = visit().go("templates/raci-sheet/")
    found = read_there(page, SPEC, [(file, content) for _, file, content, _ in TEXTS])
    for (name, file, _, expected), read in zip(TEXTS, found, strict=True):
        if isinstance(expected, str):
            assert isinstance(read, str), (file, name)  # in the words of the browser's own parser
        else:
            assert read == expected, (file, name)
