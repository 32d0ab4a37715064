"""The filled example of a template, opened in the form."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.test_fill import TEAM, ready, saved, sheet, stored

pytestmark = pytest.mark.browser

LOAD = '[data-pb-do="example"]'


def test_the_example_opens_as_a_draft_of_its_own_and_ours_stays(visit) -> None:
    page = sheet(visit)
    page.fill(TEAM, "Our team")
    saved(page, "draft.answers.scope.team === 'Our team'")
    page.click(LOAD)
    saved(page, "draft.name === 'Example: Wrenfield Market'")
    expect(page.locator(TEAM)).to_have_value("Forecast team")
    expect(page.locator("[data-pb-drafts] option")).to_have_count(2)
    expect(page.locator("[data-pb-kept]")).to_be_hidden()
    ours = next(each for each in stored(page) if each["name"] == "Draft 1")
    assert ours["answers"]["scope"]["team"] == "Our team"

    page.click(LOAD)  # once more: a third draft, with a number
    saved(page, "draft.name === 'Example: Wrenfield Market (2)'")
    assert len(stored(page)) == 3


def test_the_example_is_fetched_when_it_is_asked_for_and_from_this_site_alone(visit) -> None:
    window = visit()
    page = ready(window.go("templates/kpi-translation/"))
    before = len(window.requests)
    assert not any("/examples/" in each for each in window.requests)
    page.click(LOAD)
    saved(page, "draft.name === 'Example: Wrenfield Market'")
    assert f"{window.address}examples/kpi-translation.json" in window.requests[before:]
    assert all(each.startswith(window.address) for each in window.requests if not each.startswith("about:"))
    assert not window.complaints


def test_an_example_that_cannot_be_had_changes_nothing(visit) -> None:
    page = sheet(visit)
    page.fill(TEAM, "Our team")
    page.route("**/examples/*.json", lambda route: route.fulfill(status=404))
    page.click(LOAD)
    expect(page.locator("[data-pb-alert]")).to_contain_text("was not loaded, and nothing was changed")
    expect(page.locator(TEAM)).to_have_value("Our team")


def test_an_example_is_not_taken_for_our_own_design(visit) -> None:
    page = sheet(visit)
    page.click(LOAD)
    saved(page, "draft.name === 'Example: Wrenfield Market'")
    page.goto(page.url.replace("raci-sheet", "one-sheet"))
    ready(page)
    expect(page.locator("[data-pb-assembled]")).to_contain_text("Assembled from the playbook")
