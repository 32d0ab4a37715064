"""`playbook serve` in a browser: a tab that is open follows every edit by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import Copy
from tests.site.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_an_open_tab_shows_what_is_wrong_and_the_repair(
    browser: Browser, whole_small: Copy, environment: dict[str, str], tmp_path: Path
) -> None:
    with served(whole_small, environment, tmp_path / "terminal.txt") as server:
        server.shows("Train", "organization/raci/")
        tab = browser.new_page()
        tab.set_default_timeout(30_000)
        for address, name, wanted in (
            ("organization/raci/", "docs/up.md", "Train"),
            ("not-there-yet/", "docs/not-there-yet.md", "Here now"),
        ):
            tab.goto(server.address + address)
            whole_small.edit("data/raci.yml", "builder: R/A", "bilder: R/A")
            expect(tab.get_by_text("could not be built")).to_be_visible(timeout=30_000)
            whole_small.write(name, "# Here now\n")
            whole_small.edit("data/raci.yml", "bilder: R/A", "builder: R/A")
            expect(tab.locator("article").get_by_text(wanted).first).to_be_visible(timeout=30_000)
        tab.close()
