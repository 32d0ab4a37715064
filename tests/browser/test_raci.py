"""The RACI: highlight, view by role, and the whole of it without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PAGE = "organization/raci/"


def test_row_and_column_under_the_pointer_light_up(visit) -> None:
    page = visit().go(PAGE)
    cell = page.locator("tr#production-deployment td[data-role=ops-engineer]")
    cell.hover()
    expect(page.locator("tr#production-deployment")).to_have_class("pb-lit-row")
    lit = page.locator(".pb-raci-table .pb-lit")
    assert lit.count() == 8  # seven activities and the heading
    assert {each.get_attribute("data-role") for each in lit.all()} == {"ops-engineer"}
    page.locator("h1").hover()
    expect(page.locator(".pb-lit, .pb-lit-row")).to_have_count(0)


def test_row_and_column_light_up_for_the_keyboard_too(visit) -> None:
    page = visit().go(PAGE)
    page.locator("th[data-role=ml-engineer] a").focus()
    assert page.locator(".pb-raci-table td.pb-lit").count() == 7


def test_picking_a_role_shows_only_its_part_and_marks_its_column(visit) -> None:
    page = visit().go(PAGE)
    expect(page.locator(".pb-role:visible")).to_have_count(5)
    button = page.get_by_role("button", name="Ops engineer")
    button.click()
    expect(page.locator(".pb-role:visible")).to_have_count(1)
    expect(button).to_have_attribute("aria-pressed", "true")
    assert page.url.endswith("#role-ops-engineer")
    assert page.locator("td.pb-picked").count() == 7
    visible = page.locator("#role-ops-engineer dd").all_inner_texts()
    assert visible[0].splitlines() == ["Monitoring / operation", "Incident primary response"]
    page.get_by_role("button", name="anybody").click()
    expect(page.locator(".pb-role:visible")).to_have_count(5)


def test_link_to_a_role_opens_it_picked(visit) -> None:
    page = visit().go(f"{PAGE}#role-data-engineer")
    expect(page.locator(".pb-role:visible")).to_have_count(1)
    expect(page.locator("#role-data-engineer")).to_be_in_viewport()


def test_letters_are_read_out_in_words(visit) -> None:
    page = visit().go(PAGE)
    cell = page.locator("tr#model-development td[data-role=ml-engineer]")
    assert "responsible and accountable" in cell.inner_text()


def test_without_javascript_table_and_roles_are_whole_and_linked(visit) -> None:
    page = visit(javascript=False).go(PAGE)
    expect(page.locator(".pb-role:visible")).to_have_count(5)
    expect(page.locator("[data-pb-picker]")).to_be_hidden()
    page.locator("th[data-role=stakeholders] a").click()
    expect(page.locator("#role-stakeholders")).to_be_in_viewport()
