"""The site behind nginx with its Content-Security-Policy: nothing that it does is blocked."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser.test_fill_files import download
from tests.conftest import ROOT
from tests.site.conftest import Site, run
from tests.site.nginx import DEPLOY, serving

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(sys.platform == "win32", reason="nginx runs on Linux here"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, mkdocs_site: Site) -> Iterator[str]:
    """The same site as in the other browser tests, with the shipped configuration."""
    folder = tmp_path_factory.mktemp("policy")
    current = folder / "current"
    shutil.copytree(mkdocs_site.folder, current / "site")
    made = run([str(DEPLOY / "csp.py"), str(current / "site")], ROOT, dict(os.environ)).stdout
    (current / "policy.conf").write_text(made, "utf-8")
    with serving(folder / "nginx", current, "playbook") as server:
        yield f"{server}/"


def test_no_page_has_a_script_a_style_or_a_picture_blocked(visit: Callable, paths: list[str]) -> None:
    window = visit()
    for path in paths:
        window.go(path)
    assert window.complaints == []
    assert all(request.startswith((window.address, "data:", "blob:")) for request in window.requests)


def test_search_a_draft_and_its_files_work_under_the_policy(visit: Callable, tmp_path: Path) -> None:
    window = visit()
    page = window.go("templates/stakeholder-map/")
    page.keyboard.press("/")
    page.keyboard.type("ingestion")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    page.keyboard.press("Escape")
    for form in ("docx", "xlsx", "yaml", "md"):
        path = download(page, form, tmp_path)
        assert path.stat().st_size > 100
        if form == "xlsx":
            openpyxl.load_workbook(path)
    assert window.complaints == []


def test_a_script_that_somebody_smuggled_in_does_not_run(visit: Callable) -> None:
    window = visit()
    page = window.go("grow/choosing/")
    page.evaluate(
        """() => { const script = document.createElement("script");
        script.textContent = "window.smuggled = 1"; document.body.append(script) }"""
    )
    assert page.evaluate("() => window.smuggled") is None
    assert any("Content Security Policy" in said for said in window.complaints)
