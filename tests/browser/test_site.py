"""What holds on every page, in real Chromium."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import AXE

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def findings(page) -> list[str]:
    result = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", RULES)
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in result["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(visit, paths: list[str], scheme: str) -> None:
    window = visit(scheme=scheme)
    found = {}
    for path in paths:
        page = window.go(path)
        page.wait_for_function("document.readyState === 'complete'")
        page.evaluate(AXE)
        problems = findings(page)
        if problems:
            found[path] = problems
    assert not found, json.dumps(found, indent=1)


@pytest.mark.parametrize(
    "path",
    [
        "first-step/#path=none-yet/little/department/one-passes/missing-names",
        "organization/raci/#role-ops-engineer",
    ],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_scripts_are_in_use(visit, path: str, scheme: str) -> None:
    page = visit(scheme=scheme).go(path)
    page.wait_for_selector(".pb-live, [aria-pressed=true]")
    page.evaluate(AXE)
    assert not findings(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_sheet_in_use(visit, scheme: str) -> None:
    page = visit(scheme=scheme).go("templates/raci-sheet/")
    page.wait_for_selector("[data-pb-fill]:not([hidden])")
    page.select_option('[name="matrix.model-development.ops-engineer"]', "A")
    page.locator("[data-pb-row=remove]").nth(1).click()
    page.locator("[data-pb-do=rename]").click()
    page.locator("[data-pb-formats]").select_option("company")
    page.locator("[data-pb-do=download]").click()
    expect(page.locator("[data-pb-alert]")).to_contain_text("Not ready")
    page.evaluate("document.querySelector('[data-pb-kept]').hidden = false")
    page.evaluate("document.querySelector('[data-pb-kept] dl').innerHTML = '<dt>a.b</dt><dd>x</dd>'")
    page.evaluate(AXE)
    assert not findings(page)
    page = visit(scheme=scheme).go("templates/missing-capability-check/")
    page.wait_for_selector("[data-pb-fill]:not([hidden])")
    for number, each in enumerate(page.locator('select[name$=".rating"]').all()):
        each.select_option(str(number % 4))
    expect(page.locator("[data-pb-result]")).to_be_visible()
    page.evaluate(AXE)
    assert not findings(page)


def test_axe_does_find_what_is_wrong(visit) -> None:
    page = visit().go("about/")
    page.evaluate("document.querySelector('article p').style.color = '#bbb'")
    page.evaluate(AXE)
    assert any(found.startswith("color-contrast") for found in findings(page))


def test_no_page_asks_another_host_for_anything_or_complains(visit, paths: list[str]) -> None:
    window = visit()
    for path in paths:
        window.go(path)
    foreign = [
        url
        for url in window.requests
        if not url.startswith((window.address.removesuffix("playbook/"), "data:", "blob:", "about:"))
    ]
    assert not foreign
    assert not window.complaints
    assert len(window.requests) > len(paths)


@pytest.mark.parametrize("javascript", [True, False])
def test_no_page_scrolls_sideways_on_a_phone(visit, paths: list[str], javascript: bool) -> None:
    window = visit(width=390, javascript=javascript)
    wide = []
    for path in paths:
        page = window.go(path)
        if not javascript:
            box = page.locator("article").bounding_box()
            if box and box["x"] + box["width"] > 391:
                wide.append(path)
        elif page.evaluate("document.documentElement.scrollWidth") > 390:
            wide.append(path)
    assert not wide


def test_search_finds_a_component_and_a_first_step(visit) -> None:
    page = visit().go("")
    page.locator("input[name=query]").click()
    # Material reads its index when the field gets the focus, and says when it is ready.
    expect(page.locator(".md-search-result__meta")).to_have_text("Type to start searching")
    page.locator("input[name=query]").press_sequentially("rollback")
    expect(page.locator(".md-search-result__item").first).to_be_visible()


def test_ticks_are_kept_over_a_reload_and_counted(visit) -> None:
    page = visit().go("capabilities/")
    expect(page.locator("[data-pb-count]")).to_have_text("0 of 13 in place.")
    page.get_by_role("checkbox", name="Versioning").check()
    page.get_by_role("checkbox", name="Documentation").check()
    page.reload()
    expect(page.get_by_role("checkbox", name="Versioning")).to_be_checked()
    expect(page.locator("[data-pb-count]")).to_have_text("2 of 13 in place.")


def test_ticks_of_items_that_are_gone_are_kept_for_their_return(visit) -> None:
    page = visit().go("capabilities/")
    page.get_by_role("checkbox", name="Versioning").check()
    key = page.evaluate("Object.keys(localStorage).find(key => key.startsWith('playbook:checklist'))")
    page.evaluate("key => localStorage.setItem(key, JSON.stringify(['versioning', 'gone-item']))", key)
    page.reload()
    page.get_by_role("checkbox", name="Documentation").check()
    assert "gone-item" in page.evaluate("key => localStorage.getItem(key)", key)


def test_disabled_storage_is_told_and_breaks_nothing(visit) -> None:
    window = visit()
    window.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })"
    )
    page = window.go("capabilities/")
    page.get_by_role("checkbox", name="Versioning").check()
    expect(page.locator("[data-pb-count]")).to_contain_text("does not keep ticks")


def test_broken_storage_is_read_as_empty(visit) -> None:
    page = visit().go("capabilities/")
    page.get_by_role("checkbox", name="Versioning").check()
    key = page.evaluate("Object.keys(localStorage).find(key => key.startsWith('playbook:checklist'))")
    for broken in ("{", "null", '{"a": 1}', "[1, null]"):
        page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, broken])
        page.reload()
        expect(page.locator("[data-pb-count]")).to_have_text("0 of 13 in place.")


def test_blank_of_a_template_downloads_as_markdown(visit) -> None:
    page = visit().go("templates/raci-sheet/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Blank as Markdown").click()
    assert waiting.value.suggested_filename == "raci-sheet.md"
    assert waiting.value.path().read_text("utf-8").startswith("# RACI sheet\n")


def test_template_prints_without_navigation_and_with_its_sheet(visit) -> None:
    page = visit().go("templates/raci-sheet/")
    page.emulate_media(media="print")
    expect(page.locator(".md-header")).to_be_hidden()
    expect(page.locator(".pb-downloads")).to_be_hidden()
    expect(page.locator(".pb-form table").first).to_be_visible()


def test_scripts_start_on_pages_that_instant_navigation_brings(visit) -> None:
    """Material announces a page on document$; a fork may turn instant navigation on."""
    page = visit().go("first-step/")
    page.evaluate("""async () => {
      const other = new DOMParser().parseFromString(await (await fetch('../organization/raci/')).text(), 'text/html');
      document.querySelector('article').replaceWith(other.querySelector('article'));
      document$.next(document);
    }""")
    expect(page.get_by_role("button", name="Ops engineer")).to_be_visible()
