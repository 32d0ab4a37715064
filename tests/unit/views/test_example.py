"""A filled sheet to read."""

from __future__ import annotations

import pytest

from macros.playbook import Playbook
from macros.sheets.draft import Row, Saved
from macros.sheets.examples import Example, fit
from macros.sheets.spec import specs
from macros.views import example, macros
from macros.views.example import answered
from macros.views.links import Linker
from macros.views.render import Context, typesetter

EVIL = "<img src=x onerror=alert(1)> {{ x }}\n# No heading"


def filled(playbook: Playbook, **answers: object) -> Example:
    saved = Saved("form", "Red", "2026-03-12", answers)  # type: ignore[arg-type]
    return Example(saved, False, fit(specs(playbook)["form"], saved))


def context(playbook: Playbook, **answers: object) -> Context:
    found = {"form": filled(playbook, **answers)} if answers else {}
    return Context(playbook, Linker("x/y.md"), typesetter(playbook), examples=found)


def test_what_was_left_empty_is_not_shown(small_playbook: Playbook) -> None:
    rows = [Row(cells={"text": "", "done": True}), Row(cells={"text": "", "done": False})]
    draft = filled(small_playbook, basics={"team": "Red", "hours": "2"}, notes=rows).draft
    shown = [
        each for each in answered(specs(small_playbook)["form"], draft) if each.name in ("Basics", "Notes")
    ]
    basics, notes = shown
    assert [(each.asked, each.text) for each in basics.rows[0][2]] == [("Team", "Red"), ("Hours", "2 h")]
    assert notes.heads == ("Done",)
    assert [[each.text for each in row[2]] for row in notes.rows] == [["yes"]]


def test_a_column_is_headed_by_the_answer_that_it_is_about(small_playbook: Playbook) -> None:
    spec = specs(small_playbook)["scorecard"]
    names = [Row(cells={"name": "Orders"}), Row(cells={"name": "Chat"})]
    first = next(iter(small_playbook.exclusions))
    exclusions = [Row(row=first, cells={"a": True})]
    saved = Saved("scorecard", "Red", "", {"candidates": names, "exclusions": exclusions})
    table = next(each for each in answered(spec, fit(spec, saved)) if "Orders" in each.heads)
    assert "Chat" in table.heads


def test_an_example_is_text_and_nothing_else(small_playbook: Playbook) -> None:
    page = macros.fill(context(small_playbook, basics={"story": EVIL, "team": EVIL}), "form")
    assert "<img" not in page
    assert "{{" not in page
    assert "\n# No heading" not in page
    assert "&lt;img" in page


def test_a_page_without_an_example_has_no_word_of_one(small_playbook: Playbook) -> None:
    page = macros.fill(context(small_playbook), "form")
    assert "#example" not in page
    assert 'data-pb-do="example"' not in page


@pytest.mark.parametrize(
    ("answers", "id", "link"),
    [
        ({"basics": {"team": "Red"}}, "form", "[Form](../templates/form.md#example)"),
        ({}, "form", "[Form](../templates/form.md)"),
        ({}, "no-such-template", "no-such-template"),
    ],
)
def test_a_link_to_a_filled_sheet_leads_to_what_there_is(
    small_playbook: Playbook, answers: dict[str, object], id: str, link: str
) -> None:
    assert example.filled(context(small_playbook, **answers), id) == link
