"""The RACI linter: each rule fires on the mistake it is for, keeps quiet otherwise, and can be turned off."""

from __future__ import annotations

import pytest

from macros.rules.raci import RULES, accountable
from tests.conftest import Copy

RACI, ROLES = "data/raci.yml", "data/roles.yml"
TRAIN, DEPLOY = "{builder: R/A, runner: C, owner: I}", "{builder: R, runner: C, owner: A}"
SHARED = "shared_accountability: Both get up at night., "


def rules(small: Copy) -> list[str]:
    return [problem.rule for problem in small.problems()]


def silence(small: Copy, activity: str, rule: str) -> None:
    """Turn a rule off for an activity."""
    small.edit(
        RACI, f"name: {activity}, ", f"name: {activity}, ignore: [{{rule: {rule}, reason: On purpose.}}], "
    )


def test_the_fixture_has_no_finding(small: Copy) -> None:
    assert not small.problems()


def test_an_activity_without_an_r_is_an_error_at_its_letters(small: Copy) -> None:
    small.edit(RACI, DEPLOY, "{builder: C, runner: C, owner: A}")
    [problem] = small.problems()
    assert (problem.rule, problem.severity) == ("raci-no-responsible", "error")
    assert small.problem() == (
        f"{small.at(RACI, 'roles: {builder: C')}: activities[1].roles: nobody is responsible (R) for 'Deploy'; "
        "give one role an R"
    )
    silence(small, "Deploy", "raci-no-responsible")
    assert rules(small) == []


def test_r_and_a_in_one_letter_is_an_r(small: Copy) -> None:
    small.edit(RACI, DEPLOY, "{builder: C, runner: C, owner: R/A}")
    assert rules(small) == []


def test_an_activity_without_an_a_is_an_error(small: Copy) -> None:
    small.edit(RACI, TRAIN, "{builder: R, runner: C, owner: I}")
    assert rules(small) == ["raci-one-accountable"]
    assert small.problem().endswith(
        "activities[0].roles: nobody is accountable (A) for 'Train'; give one role an A"
    )


def test_a_second_a_is_an_error_at_the_second_a(small: Copy) -> None:
    small.edit(RACI, TRAIN, "{builder: R/A, runner: A, owner: I}")
    assert small.problem() == (
        f"{small.at(RACI, 'A, owner: I')}: activities[0].roles.runner: 2 roles are accountable (A): builder, runner; "
        "keep one A, or say why it is shared in 'shared_accountability'"
    )
    silence(small, "Train", "raci-one-accountable")
    assert rules(small) == []


def test_shared_accountability_without_its_reason_is_an_error(small: Copy) -> None:
    small.edit(RACI, SHARED, "")
    assert rules(small) == ["raci-one-accountable"]
    assert "2 roles are accountable (A): builder, runner" in small.problem()


def test_shared_accountability_with_one_a_is_an_error_at_the_reason(small: Copy) -> None:
    small.edit(RACI, "roles: {builder: A, runner: R/A}", "roles: {builder: C, runner: R/A}")
    assert small.problem() == (
        f"{small.at(RACI, SHARED)}: activities[2].shared_accountability: said to be shared, but only runner is "
        "accountable (A); remove 'shared_accountability', or add the second A"
    )


def test_a_business_decision_outside_the_business_unit_is_an_error_at_the_a(small: Copy) -> None:
    small.edit(RACI, DEPLOY, "{builder: R, runner: A, owner: C}")
    [problem] = small.problems()
    assert (problem.rule, problem.severity) == ("raci-business-decision", "error")
    assert small.problem() == (
        f"{small.at(RACI, 'A, owner: C')}: activities[1].roles.runner: 'Deploy' is a business decision, but runner "
        "holds the A; give the A to a business role (owner)"
    )
    silence(small, "Deploy", "raci-business-decision")
    assert rules(small) == []


def test_where_no_role_is_of_the_business_unit_that_is_said(small: Copy) -> None:
    small.edit(ROLES, "business: true, ", "")
    assert small.problem().endswith("give the A to a business role (none yet)")


def test_the_a_of_a_broken_role_is_no_second_mistake(small: Copy) -> None:
    small.edit(ROLES, "business: true", "business: yes")
    assert "business: `yes` is read as" in small.problem()


def test_a_role_without_any_letter_is_a_warning(small: Copy) -> None:
    idler = "  - {id: idler, name: Idler, text: Rests., source: kit}\n  - {id: owner,"
    small.edit(ROLES, "  - {id: owner,", idler)
    [problem] = small.problems()
    assert (problem.rule, problem.severity) == ("raci-idle-role", "warning")
    assert small.problem() == (
        f"{small.at(ROLES, 'idler')}: warning: roles[2].id: 'Idler' has no letter in any activity of the RACI; "
        "give it one, or remove the role"
    )
    small.edit(ROLES, "text: Rests.", "text: Rests., ignore: [{rule: raci-idle-role, reason: New.}]")
    assert rules(small) == []


WATCH_COUNTS = ("ignore: [{rule: raci-overloaded-role, reason: There are two of us.}], ", "")


def test_a_role_accountable_for_more_than_half_is_a_warning(small: Copy) -> None:
    small.edit(RACI, *WATCH_COUNTS)
    [problem] = small.problems()
    assert (problem.rule, problem.severity) == ("raci-overloaded-role", "warning")
    assert problem.message == "'Builder' is accountable for 2 of 3 activities"


def test_a_role_accountable_for_half_is_fine(small: Copy) -> None:
    """The fixture: watch is left out of the count, so builder and owner have one of two each."""
    small.edit(ROLES, "ignore: [{rule: raci-overloaded-role, reason: It decides.}]", "ignore: []")
    assert rules(small) == []


def test_a_role_may_be_overloaded_with_a_reason(small: Copy) -> None:
    small.edit(RACI, *WATCH_COUNTS)
    small.edit(
        ROLES,
        "text: Makes the model., ",
        "text: Makes the model., ignore: [{rule: raci-overloaded-role, reason: Yes.}], ",
    )
    assert rules(small) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("business_decision", "buisness_decision", "activities[1].buisness_decision: unknown key; did you mean 'business_decision'?"),
        (DEPLOY, "{builder: R, runner: X, owner: A}", "expected 'R', 'A', 'C', 'I' or 'R/A', got 'X'"),
        ("name: Deploy, ", "", "activities[1]: missing 'name'"),
        ("id: deploy, ", "", "activities[1]: missing 'id'"),
        ("id: watch", "id: train", "duplicate id 'train'"),
        ("reason: There are two of us.", "reasn: Two.", None),
    ],
)  # fmt: skip
def test_a_broken_activity_does_not_make_roles_idle_or_overloaded(
    small: Copy, old: str, new: str, expected: str | None
) -> None:
    small.edit(RACI, old, new)
    found = small.problems()
    assert not [problem for problem in found if problem.rule.startswith("raci-")]
    if expected is not None:
        assert small.problem().endswith(expected) or expected in small.problem()


def test_a_misspelled_role_does_not_make_the_meant_one_idle(small: Copy) -> None:
    for letters in (TRAIN, DEPLOY, "{builder: A, runner: R/A}"):
        small.edit(RACI, letters, letters.replace("runner", "runer"))
    assert set(rules(small)) == {"unknown-reference"}


def test_where_the_raci_cannot_be_read_no_role_is_called_idle(small: Copy) -> None:
    small.write(RACI, "activities: [\n")
    assert rules(small) == ["yaml-syntax"]


def test_an_unknown_rule_to_turn_off_is_an_error(small: Copy) -> None:
    small.edit(ROLES, "rule: raci-overloaded-role", "rule: raci-overloaded-rol")
    assert small.problem().endswith(
        "unknown rule 'raci-overloaded-rol'; did you mean 'raci-overloaded-role'?"
    )


def test_rules_broken_by_a_change_of_the_companys_stand_in_its_file(small: Copy) -> None:
    small.write("company/raci.yml", "activities:\n  - {id: deploy, roles: {owner: C, runner: A}}\n")
    assert small.problem() == (
        f"{small.at('company/raci.yml', 'A}}')}: activities[0].roles.runner: 'Deploy' is a business decision, "
        "but runner holds the A; give the A to a business role (owner)"
    )


def test_accountable_are_those_who_hold_an_a_by_itself_or_with_an_r(small: Copy) -> None:
    activities = small.playbook().activities
    assert accountable(activities["watch"]) == ("builder", "runner")
    assert accountable(activities["deploy"]) == ("owner",)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_can_be_turned_off_and_is_explained(rule) -> None:  # type: ignore[no-untyped-def]
    assert rule.can_ignore
    assert len(rule.why) > 60
