"""The site's navigation with the company's changes."""

from __future__ import annotations

from typing import Any

import pytest

from macros.company.navigation import FLAT, OURS, leaves, navigation
from macros.model.settings import SiteSettings
from tests.conftest import Copy

NAV: list[Any] = [
    {"Home": "index.md"},
    {"Work": ["make.md", {"Running": "run.md"}, {"Deeper": ["up.md", "down.md"]}]},
    {"Sheets": ["templates/form.md"]},
]


def changed(small: Copy, *changes: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    return navigation(NAV, SiteSettings.model_validate({"navigation": changes}), small.project)


def sound(small: Copy, *changes: dict[str, Any]) -> list[Any]:
    nav, problems = changed(small, *changes)
    assert not problems
    return nav


def test_without_changes_it_is_the_playbooks(small: Copy) -> None:
    assert sound(small) == NAV


@pytest.mark.parametrize(
    ("where", "work"),
    [
        ({"after": "make.md"}, ["make.md", "slow.md", {"Running": "run.md"}, {"Deeper": ["up.md", "down.md"]}]),
        ({"before": "make.md"}, ["slow.md", "make.md", {"Running": "run.md"}, {"Deeper": ["up.md", "down.md"]}]),
        ({"after": "run.md"}, ["make.md", {"Running": "run.md"}, "slow.md", {"Deeper": ["up.md", "down.md"]}]),
        ({"before": "Running"}, ["make.md", "slow.md", {"Running": "run.md"}, {"Deeper": ["up.md", "down.md"]}]),
        ({"after": "up.md"}, ["make.md", {"Running": "run.md"}, {"Deeper": ["up.md", "slow.md", "down.md"]}]),
        ({"after": "Deeper"}, ["make.md", {"Running": "run.md"}, {"Deeper": ["up.md", "down.md"]}, "slow.md"]),
    ],
)  # fmt: skip
def test_a_page_is_placed_behind_or_before_a_page_or_a_section(
    small: Copy, where: dict[str, str], work: list[Any]
) -> None:
    assert sound(small, {"page": "slow.md", **where}) == [NAV[0], {"Work": work}, NAV[2]]


def test_a_page_may_get_a_title(small: Copy) -> None:
    assert sound(small, {"page": "slow.md", "after": "index.md", "title": "Slow"})[1] == {"Slow": "slow.md"}


def test_a_page_that_stands_elsewhere_is_moved(small: Copy) -> None:
    nav = sound(small, {"page": "run.md", "before": "Home"})
    assert nav[:2] == ["run.md", {"Home": "index.md"}]
    assert list(leaves(nav)).count("run.md") == 1


def test_a_section_is_made_of_pages_that_leave_their_old_places(small: Copy) -> None:
    nav = sound(small, {"section": "Ours", "pages": ("up.md", "slow.md"), "after": "Home"})
    assert nav[1] == {"Ours": ["up.md", "slow.md"]}
    assert list(leaves(nav)).count("up.md") == 1


def test_a_page_or_a_section_is_taken_out(small: Copy) -> None:
    assert sound(small, {"remove": "Work"}) == [NAV[0], NAV[2]]
    assert "run.md" not in leaves(sound(small, {"remove": "run.md"}))
    assert "down.md" not in leaves(sound(small, {"remove": "down.md"}))


def test_changes_are_made_one_after_the_other(small: Copy) -> None:
    nav = sound(
        small,
        {"section": "New", "pages": ("slow.md",), "after": "Home"},
        {"page": "make.md", "after": "slow.md"},
    )
    assert nav[1] == {"New": ["slow.md", "make.md"]}


def test_the_playbooks_navigation_is_left_alone(small: Copy) -> None:
    before = repr(NAV)
    changed(small, {"remove": "Work"}, {"page": "slow.md", "after": "index.md"})
    assert repr(NAV) == before


def test_pages_of_the_companys_that_nobody_places_get_a_section_of_their_own(small: Copy) -> None:
    for name in ("b.md", "a/c.md", "up.md"):
        small.write(f"company/docs/{name}", "# Ours\n")
    assert sound(small)[-1] == {OURS: ["a/c.md", "b.md"]}
    assert sound(small, {"page": "b.md", "after": "index.md"})[-1] == {OURS: ["a/c.md"]}


def test_a_page_of_the_companys_that_is_taken_out_stays_out(small: Copy) -> None:
    small.write("company/docs/up.md", "# Ours\n")
    assert "up.md" not in leaves(sound(small, {"remove": "up.md"}))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"page": "slwo.md", "after": "index.md"}, ("page", "unknown page 'slwo.md'", "did you mean 'slow.md'?")),
        ({"section": "S", "pages": ("slow.md", "zzz"), "after": "index.md"}, ("pages", "unknown page 'zzz'", "")),
        ({"page": "slow.md", "after": "Wrok"}, ("after", "nothing in the navigation is called 'Wrok'", "did you mean 'Work'?")),
        ({"page": "slow.md", "before": "Shets"}, ("before", "nothing in the navigation is called 'Shets'", "did you mean 'Sheets'?")),
        ({"remove": "Hom"}, ("remove", "nothing in the navigation is called 'Hom'", "did you mean 'Home'?")),
        ({"page": "slow.md"}, ("page", "no place", "say 'after:' or 'before:' with a page or a section's title")),
        ({"section": "S", "pages": ("slow.md",)}, ("section", "no place", "say 'after:' or 'before:' with a page or a section's title")),
        ({"page": "slow.md", "remove": "index.md"}, ("", "expected one of 'page', 'section' or 'remove'", "")),
        ({"after": "index.md"}, ("", "expected one of 'page', 'section' or 'remove'", "")),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_made_says_why(
    small: Copy, change: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    _, problems = changed(small, {"remove": "down.md"}, change)
    assert problems == [(1, *expected)]


def test_pages_of_a_navigation_are_found_at_every_depth() -> None:
    assert list(leaves(NAV)) == ["index.md", "make.md", "run.md", "up.md", "down.md", "templates/form.md"]


def test_many_pages_without_a_place_are_shown_by_their_folders(small: Copy) -> None:
    for number in range(FLAT):
        small.write(f"company/docs/run-books/night/page-{number:02}.md", "# P\n")
    small.write("company/docs/run-books/index.md", "# R\n")
    small.write("company/docs/run-books/HR.md", "# H\n")
    small.write("company/docs/HR_rules/a.md", "# A\n")
    assert sound(small)[-1] == {
        OURS: [
            {"HR rules": ["HR_rules/a.md"]},
            {
                "Run books": [
                    "run-books/index.md",
                    "run-books/HR.md",
                    {"Night": [f"run-books/night/page-{number:02}.md" for number in range(FLAT)]},
                ]
            },
        ]
    }


def test_a_page_that_was_placed_twice_stands_at_its_last_place(small: Copy) -> None:
    small.write("company/docs/ours.md", "# Ours\n")
    nav = sound(
        small,
        {"page": "ours.md", "after": "index.md"},
        {"section": "New", "pages": ("ours.md",), "after": "Work"},
    )
    assert [*leaves(nav)].count("ours.md") == 1
    assert {"New": ["ours.md"]} in nav
