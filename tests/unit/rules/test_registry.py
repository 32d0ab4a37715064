"""The list of rules, and how a rule speaks."""

from __future__ import annotations

import string

from macros.rules import READING, RULES
from macros.rules.registry import Says
from tests.conftest import Copy


def test_ids_are_unique_and_none_is_a_reading_rule() -> None:
    ids = [rule.id for rule in RULES] + list(READING)
    assert len(ids) == len(set(ids))


def test_every_rule_says_what_it_asks_for_and_why() -> None:
    for rule in RULES:
        assert rule.title[0].isupper(), rule.id
        assert rule.why.endswith((".", "any.")), rule.id
    assert all(text.rstrip("`").endswith((".", "`.")) for text in READING.values())


def test_only_rules_of_the_raci_can_be_turned_off() -> None:
    assert {rule.id.split("-")[0] for rule in RULES if rule.can_ignore} == {"raci"}


def test_what_a_rule_says_has_its_values_in_their_places() -> None:
    says = Says("{name} holds {count}", "give {count} away")
    assert says.of(name="A", count=2) == ("A holds 2", "give 2 away")
    assert Says("nothing").of() == ("nothing", "")


def test_words_for_the_browser_are_plain_placeholders() -> None:
    for rule in RULES:
        for says in rule.says.values():
            for text in (says.message, says.hint):
                named = [name for _, name, form, _ in string.Formatter().parse(text) if name is not None]
                assert all(name.isidentifier() for name in named), (rule.id, text)


def test_findings_bear_their_rules_id_and_severity(small: Copy) -> None:
    small.edit("data/flagship.yml", "ready: passes", "ready: fails")
    small.edit("data/raci.yml", "{builder: R/A", "{bilder: R/A")
    found = {problem.rule: problem.severity for problem in small.problems()}
    assert found["flagship-fails"] == "warning"
    assert found["unknown-reference"] == "error"


def test_every_id_of_a_problem_is_explained(small: Copy) -> None:
    """What people look up has to be there to be found."""
    small.write("data/topics.yml", "topicz: [\n")
    small.write("data/pillars.yml", "pillars: []\npillarz: 3\n")
    small.write("data/roles.yml", "roles: [{id: a, name: no, text: [x], source: 9, zzz: x}, {id: a}]\n")
    small.write("company/rolls.yml", "x: 1\n")
    known = {rule.id for rule in RULES} | set(READING)
    assert {problem.rule for problem in small.problems()} <= known
