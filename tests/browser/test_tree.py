"""Finding the first step: clicking, going back, sending the link, keyboard, and no JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from macros.playbook import Playbook
from macros.views import tree

pytestmark = pytest.mark.browser
PATH = ["none-yet", "little", "department", "one-passes", "missing-names"]


def only(page: Page, name: str) -> None:
    """One question or first step can be seen, and it is this one."""
    expect(page.locator(f"#{name}")).to_be_visible()
    expect(page.locator(".pb-node:visible")).to_have_count(1)


def steps(page: Page, number: int) -> None:
    """The path shown has this many answers."""
    expect(page.locator("[data-pb-path] li")).to_have_count(number)


def answer(page: Page, name: str) -> None:
    page.locator(f".pb-live .pb-node:visible [data-answer={name}]").click()


def test_begins_with_the_first_question_alone(visit) -> None:
    page = visit().go("first-step/")
    expect(page.locator(".pb-node:visible")).to_have_count(1)
    only(page, "phase")
    expect(page.get_by_role("button", name="Back", exact=True)).to_be_hidden()


def test_answers_lead_to_a_first_step_and_the_path_is_shown(visit) -> None:
    page = visit().go("first-step/")
    for name in PATH:
        answer(page, name)
    only(page, "map-stakeholders")
    texts = [
        "There is no model yet", "A colleague loses an hour or a little money",
        "A business department, a customer or a law asks for it", "Yes, one passes all four",
        "A name for each of Why, What, How and Risk",
    ]  # fmt: skip
    expect(page.locator("[data-pb-path] li strong")).to_have_text(texts)
    page.get_by_role("link", name="Open the template: Stakeholder map").click()
    expect(page.locator("h1")).to_have_text(re.compile("Stakeholder map"))


def test_path_is_in_the_url_and_opens_the_same_step_for_a_colleague(visit) -> None:
    first = visit().go("first-step/")
    for name in PATH:
        answer(first, name)
    expect(first).to_have_url(re.compile("#path=none-yet/little/department/one-passes/missing-names$"))
    fragment = first.url.partition("#")[2]
    second = visit().go(f"first-step/#{fragment}")
    only(second, "map-stakeholders")
    steps(second, 5)


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (390, 844)])
def test_the_next_question_comes_into_view_with_its_answers(visit, size: tuple[int, int]) -> None:
    page = visit().go("first-step/")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for name in ("in-use", "people"):
        answer(page, name)
    expect(page.locator("#people-short-name")).to_be_in_viewport()
    expect(page.locator("#people-short [data-answer=said-no]")).to_be_in_viewport(ratio=1)
    answer(page, "said-no")
    expect(page.locator("#write-proposal-name")).to_be_in_viewport(ratio=1)


def test_text_of_a_button_can_be_read_under_the_mouse(visit) -> None:
    page = visit().go(f"first-step/#path={'/'.join(PATH)}")
    button = page.get_by_role("button", name="Start again")
    button.hover()
    page.wait_for_function(
        "b => { const s = getComputedStyle(b); return s.backgroundColor !== s.color && s.backgroundColor !== 'rgba(0, 0, 0, 0)'; }",
        arg=button.element_handle(),
    )


def test_back_goes_one_answer_back_and_so_does_the_browser(visit) -> None:
    page = visit().go("first-step/")
    answer(page, "none-yet")
    answer(page, "little")
    page.get_by_role("button", name="Back", exact=True).click()
    expect(page.locator("#stakes")).to_be_visible()
    page.go_back()
    expect(page.locator("#drive")).to_be_visible()
    page.go_back()
    page.go_back()
    expect(page.locator("#phase")).to_be_visible()


def test_start_again_clears_the_path(visit) -> None:
    page = visit().go(f"first-step/#path={'/'.join(PATH)}")
    page.get_by_role("button", name="Start again").click()
    only(page, "phase")
    steps(page, 0)


def test_click_on_the_path_goes_back_to_that_question(visit) -> None:
    page = visit().go(f"first-step/#path={'/'.join(PATH)}")
    page.locator("[data-pb-path] a").nth(1).click()
    expect(page.locator("#stakes")).to_be_visible()
    steps(page, 1)


def test_link_from_another_version_is_followed_as_far_as_it_fits_and_says_so(visit) -> None:
    page = visit().go("first-step/#path=none-yet/management/number-and-owner/missing-names")
    only(page, "stakes")
    expect(page.get_by_role("status")).to_contain_text("another version of the tree")


def test_link_to_a_question_that_has_another_id_now_opens_what_it_became(visit) -> None:
    page = visit().go("first-step/#stakeholders-known")
    only(page, "not-on-paper")
    page.evaluate("location.hash = '#goal-in-numbers'")
    expect(page.locator("#flagship")).to_be_visible()
    only(page, "flagship")


@pytest.mark.parametrize(
    "fragment",
    ["path=%", "path=<script>", "path=a'b\"c", "path=////", "%", "nonsense", "path=none-yet/%E0%A4%A"],
)
def test_broken_links_never_break_the_page(visit, fragment: str) -> None:
    window = visit()
    page = window.go(f"first-step/#{fragment}")
    expect(page.locator(".pb-node:visible")).to_have_count(1)
    assert not window.complaints


def test_link_to_a_first_step_opens_it_without_inventing_answers(visit) -> None:
    page = visit().go("first-step/#not-for-you")
    only(page, "not-for-you")
    steps(page, 0)


def test_click_in_the_picture_opens_the_step(visit) -> None:
    page = visit().go("first-step/")
    page.locator(".pb-picture a[href='#draw-raci']").first.click()
    expect(page.locator("#draw-raci")).to_be_visible()
    only(page, "draw-raci")


def test_picture_shows_the_path_and_the_step_where_it_was_reached(visit) -> None:
    page = visit().go(f"first-step/#path={'/'.join(PATH)}")
    walked = page.locator(".pb-picture .pb-walked")
    expect(walked.locator("rect")).to_have_count(len(PATH))
    assert page.locator(".pb-picture .pb-line.pb-walked").evaluate_all(
        "lines => lines.map(line => `${line.dataset.start} ${line.dataset.end}`).sort()"
    ) == ["drive flagship", "flagship not-on-paper", "phase stakes", "stakes drive"]
    # The step stands in three boxes, and was reached from one of them.
    expect(page.locator(".pb-picture .pb-entry-step.pb-walked")).to_have_count(1)
    expect(page.locator(".pb-picture .pb-entry-step.pb-walked")).to_have_attribute(
        "data-start", "not-on-paper"
    )


def test_picture_brings_the_place_into_a_narrow_frame(visit) -> None:
    page = visit(width=390).go("first-step/#path=in-use")
    frame, box = (
        page.locator(f".pb-picture {part}").bounding_box() for part in (".pb-scroll", "a[href='#pain'] rect")
    )
    assert frame is not None
    assert box is not None
    assert frame["x"] <= box["x"] < frame["x"] + frame["width"] / 2


def test_keyboard_alone_walks_the_tree_and_focus_follows(visit) -> None:
    page = visit().go("first-step/")
    page.locator("[data-answer=none-yet]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#stakes-name")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.answer") == "little"
    page.keyboard.press("Enter")
    expect(page.locator("#drive-name")).to_be_focused()
    expect(page.locator("#drive-name")).to_be_in_viewport()


def test_copy_link_tells_what_happened(visit) -> None:
    window = visit()
    window.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = window.go("first-step/#path=none-yet")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status")).to_have_text("Link copied.")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_every_answer_of_the_data_can_be_given(visit, playbook: Playbook) -> None:
    page = visit().go("first-step/")
    ways: dict[str, list[str]] = {tree.root(playbook).id: []}
    for id in [node.id for node in tree.reading_order(playbook) if node.id in playbook.questions]:
        for given in playbook.questions[id].answers:
            answers = [*ways[id], given.id]
            ways.setdefault(given.to, answers)
            page.evaluate("hash => { location.hash = hash }", f"#path={'/'.join(answers)}")
            expect(page.locator(f"#{given.to}")).to_be_visible()
            only(page, given.to)
    assert set(ways) == {*playbook.questions, *playbook.first_steps}


def test_without_javascript_the_whole_tree_is_there_and_answers_are_links(visit, playbook: Playbook) -> None:
    page = visit(javascript=False).go("first-step/")
    expect(page.locator(".pb-node:visible")).to_have_count(
        len(playbook.questions) + len(playbook.first_steps)
    )
    expect(page.locator("[data-pb-bar]")).to_be_hidden()
    page.locator("#phase [data-answer=large-team]").click()
    assert page.url.endswith("#not-for-you")
    expect(page.locator("#not-for-you")).to_be_in_viewport()
