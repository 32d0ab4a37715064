"""Items are connected, each relation leads to something, and it is written once."""

from __future__ import annotations

import pytest

from tests.conftest import Copy

TERMS = "data/glossary.yml"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("capability:talk", "capability:tlak", "unknown capability 'tlak'; did you mean 'talk'?"),
        ("capability:talk", "capabilty:talk", "unknown kind 'capabilty' in 'capabilty:talk'; did you mean 'capability'?"),
        ("capability:talk", "page:indx.md", "unknown page 'indx.md'; did you mean 'index.md'?"),
        ("capability:talk", "page:make.md#cleen", "unknown anchor 'cleen' of page 'make.md'; did you mean 'clean'?"),
    ],
)  # fmt: skip
def test_a_relation_that_leads_nowhere_is_an_error_with_the_nearest_word(
    small: Copy, old: str, new: str, said: str
) -> None:
    small.edit(TERMS, old, new)
    assert any(problem.endswith(f"terms[0].related[3]: {said}") for problem in small.lines())


def test_a_relation_without_a_kind_is_an_error(small: Copy) -> None:
    small.edit(TERMS, "capability:talk", "talk")
    assert any("'talk' does not match" in problem for problem in small.lines())


def test_an_item_with_fewer_than_two_relations_is_told(small: Copy) -> None:
    small.edit("data/capabilities.yml", "{id: talk,", "{id: talk, related: [term:model],")
    small.edit(TERMS, "capability:talk, ", "")
    small.edit(TERMS, "capability:log, ", "")
    assert small.lines() == [
        f"{small.at('data/capabilities.yml', 'talk')}: warning: capabilities[0].id: 'talk' has one relation: a "
        "reader cannot go on from it; name two things that belong to it, such as related: [template:one-sheet, term:drift]",
        f"{small.at('data/capabilities.yml', 'log, name')}: warning: capabilities[2].id: 'log' has no relation: a "
        "reader cannot go on from it; name two things that belong to it, such as related: [template:one-sheet, term:drift]",
    ]


def test_a_relation_that_is_written_on_both_sides_is_told_at_the_second(small: Copy) -> None:
    small.edit("data/capabilities.yml", "{id: talk,", "{id: talk, related: [term:model],")
    small.edit(
        TERMS, "related: *all", "related: [capability:talk, capability:trust, capability:trust, term:sla]"
    )
    told = [problem.partition("warning: ")[2] for problem in small.lines() if "cannot go on" not in problem]
    assert told == [
        "terms[0].related[3]: 'capability:talk' names this item already; a relation is written on one side",
        "terms[1].related[2]: 'capability:trust' is named twice",
        "terms[1].related[3]: 'term:sla' is this item itself",
    ]


def test_what_the_company_removed_is_no_broken_relation(small: Copy) -> None:
    small.write(
        "company/misconceptions.yml",
        "misconceptions: [{id: ours, claim: C, "
        "correction: D, instead: E, after: magic, related: [term:model, capability:talk]}, {id: magic, remove: true}]\n",
    )
    assert small.lines() == []
    assert "misconception:magic" not in small.playbook().relations["term:model"]


def test_a_company_relates_its_own_items_to_ours(small: Copy) -> None:
    small.write(
        "company/glossary.yml",
        "terms: [{id: drift, name: Drift, text: It moves., after: sla, related: [capability:talk]}]\n",
    )
    assert small.playbook().relations["capability:talk"] == ("term:model", "term:sla", "term:drift")
