"""Under each item: who, which sheet, what it needs, what happens, which word."""

from __future__ import annotations

import pytest

from macros.model.content import Capability, Member, Term
from macros.playbook import Playbook
from macros.views.related import Entry, page_title, place, related
from tests.conftest import Copy

CAPABILITIES = "data/capabilities.yml"


def test_rows_stand_in_the_order_in_which_a_reader_asks(small: Copy) -> None:
    small.edit(
        CAPABILITIES,
        "{id: talk,",
        "{id: talk, related: [page:make.md#clean, capability:log, situation:slow, template:form, activity:deploy],",
    )
    playbook = small.playbook()
    found = related(playbook, playbook.of(Capability)["talk"])
    assert [label for label, _ in found] == ["Who", "Sheet", "You need", "It happens", "Word", "Read"]
    assert [entry.name for _, entries in found for entry in entries] == [
        "Deploy", "Form", "Log", "It got slow", "Model", "Service level agreement", page_title(playbook, "make.md"),
    ]  # fmt: skip


def test_an_activity_says_who_does_it_and_who_answers_for_it(small: Copy) -> None:
    small.edit(CAPABILITIES, "{id: talk,", "{id: talk, related: [activity:deploy],")
    playbook = small.playbook()
    [(_, [entry]), *_] = related(playbook, playbook.of(Capability)["talk"])
    assert entry == Entry("Deploy", "organization/raci.md#deploy", (("R", "Builder"), ("A", "Owner")))


def test_a_member_sees_only_the_members_own_letter(small: Copy) -> None:
    small.edit("data/members.yml", "{id: second,", "{id: second, related: [activity:deploy],")
    playbook = small.playbook()
    [(_, [entry]), *_] = related(playbook, playbook.of(Member)["second"])
    assert entry.letters == (("C", "Runner"),)


def test_what_has_no_relation_shows_nothing(small: Copy) -> None:
    small.edit("data/glossary.yml", ", related: *all}", "}")
    playbook = small.playbook()
    assert related(playbook, playbook.of(Term)["sla"]) == []


def test_every_relation_of_the_playbook_leads_to_a_page_that_there_is(playbook: Playbook) -> None:
    for items in playbook.lists.values():
        for item in items.values():
            for _, entries in related(playbook, item):
                for entry in entries:
                    assert entry.page.partition("#")[0] in playbook.project.all_pages, entry


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("templates/raci-sheet.md", "RACI sheet"),
        ("grow/choosing.md#data-exists", "Choose the flagship"),
    ],
)
def test_a_pages_title_is_its_main_heading_with_names_filled_in(
    playbook: Playbook, page: str, title: str
) -> None:
    assert page_title(playbook, page) == title


def test_what_no_page_shows_has_no_place(small_playbook: Playbook) -> None:
    assert place(small_playbook, small_playbook.audiences["maker"]) == ""
