"""A site of several hundred pages, and the page that lists many sites, in real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.site.many.portal import write_portal
from macros.site.many.work import Outcome
from tests.browser.conftest import AXE, served
from tests.browser.test_site import findings
from tests.site.conftest import PLAYBOOK, run
from tests.site.test_large import large_project

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Iterator[str]:
    """The address of a large site."""
    root = large_project(tmp_path_factory.mktemp("large") / "project")
    result = run([*PLAYBOOK, "build"], root, environment)
    assert result.returncode == 0, result.stdout
    with served(root / "site") as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_in_the_navigation_of_a_large_site(
    visit, large: str, scheme: str, width: int
) -> None:
    window = visit(scheme=scheme, width=width)
    window.address = large
    for path in ("", "minutes/day-070/", "minutes/day-000/", "organization/raci/"):
        page = window.go(path)
        assert page.locator(".md-nav--primary a.md-nav__link").count() > 10
        if width < 1000:
            page.locator("label.md-header__button[for=__drawer]").click()
            page.wait_for_timeout(500)  # it slides in, and axe looks at colors where they are shown
            assert page.locator(".md-nav--primary").is_visible()
        page.evaluate(AXE)
        assert not findings(page), path
    assert not window.complaints


def test_the_page_of_a_large_list_is_reached_by_keyboard(visit, large: str) -> None:
    window = visit()
    window.address = large
    page = window.go("minutes/day-070/")
    link = page.locator(".md-nav--primary a.md-nav__link", has_text="Day 71").first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/minutes/day-071/")


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page that lists sites, one of them older, one of a name that is hostile and long."""
    folder: Path = tmp_path_factory.mktemp("portal")
    hostile = "r&d <script>document.title='x'</script> " + "w" * 90
    for name in ("bank", "old", "r&d"):
        (folder / name).mkdir()
        (folder / name / "index.html").write_text("<!doctype html><title>Site</title>", "utf-8")
    write_portal(
        [
            Outcome("bank", "Bank MLOps Playbook", built=True, pages=92),
            Outcome("r&d", hostile, built=True, pages=1),
            Outcome("old", "Old one"),
        ],
        folder,
    )
    (folder / "empty").mkdir()
    write_portal([], folder / "empty")
    with served(folder) as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "empty/"])
def test_axe_finds_nothing_on_the_page_that_lists_sites(visit, portal: str, scheme: str, path: str) -> None:
    window = visit(scheme=scheme, width=390)
    window.address = portal
    page = window.go(path)
    page.evaluate(AXE)
    assert not findings(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.title() == "MLOps playbooks"
    assert not window.complaints


def test_each_site_of_the_list_opens(visit, portal: str) -> None:
    window = visit()
    window.address = portal
    page = window.go("")
    for number in range(3):
        page.locator("li a").nth(number).click()
        assert page.title() == "Site"
        page.go_back()
