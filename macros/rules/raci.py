"""The RACI linter: a matrix that can be worked with, and decisions where they belong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from macros.diagnostics import Diagnostic
from macros.load.reading import Entry, Reading
from macros.model.content import Activity, Role
from macros.rules.registry import Rule, Says

RESPONSIBLE = frozenset({"R", "R/A"})
ACCOUNTABLE = frozenset({"A", "R/A"})

NO_RESPONSIBLE = {"none": Says("nobody is responsible (R) for '{name}'", "give one role an R")}
ONE_ACCOUNTABLE = {
    "none": Says("nobody is accountable (A) for '{name}'", "give one role an A"),
    "several": Says(
        "{count} roles are accountable (A): {holders}",
        "keep one A, or say why it is shared in 'shared_accountability'",
    ),
    "alone": Says(
        "said to be shared, but only {holder} is accountable (A)",
        "remove 'shared_accountability', or add the second A",
    ),
}
BUSINESS_DECISION = {
    "technical": Says(
        "'{name}' is a business decision, but {role} holds the A",
        "give the A to a business role ({business})",
    ),
    "none": Says("none yet"),
}
IDLE_ROLE = {
    "idle": Says("'{name}' has no letter in any activity of the RACI", "give it one, or remove the role")
}
OVERLOADED_ROLE = {
    "overloaded": Says(
        "'{name}' is accountable for {number} of {all} activities",
        "share the load: one absence would stop all",
    )
}


def accountable(activity: Activity) -> tuple[str, ...]:
    """Ids of the roles that hold an A."""
    return tuple(role for role, letter in activity.roles.items() if letter in ACCOUNTABLE)


def _ignores(item: Activity | Role, rule: str) -> bool:
    return any(silence.rule == rule for silence in item.ignore)


def _activities(reading: Reading, rule: str) -> Iterator[Entry[Activity]]:
    """Activities to which `rule` applies."""
    return (e for e in reading.of(Activity) if not _ignores(e.item, rule))


def _countable(reading: Reading) -> bool:
    """Whether all letters are known, and whose: with a hole in the matrix, counting them proves nothing."""
    roles = {entry.item.id for entry in reading.of(Role)}
    return reading.whole(Activity) and all(entry.item.roles.keys() <= roles for entry in reading.of(Activity))


def no_responsible(reading: Reading) -> Iterator[Diagnostic]:
    """Activities without any R."""
    for entry in _activities(reading, "raci-no-responsible"):
        if not RESPONSIBLE.intersection(entry.item.roles.values()):
            said = NO_RESPONSIBLE["none"].of(name=entry.item.name)
            yield entry.diagnostic(("roles",), *said, of_key=True)


def one_accountable(reading: Reading) -> Iterator[Diagnostic]:
    """Activities with no A, or with several that are not shared on purpose."""
    for entry in _activities(reading, "raci-one-accountable"):
        holders = accountable(entry.item)
        if not holders:
            said = ONE_ACCOUNTABLE["none"].of(name=entry.item.name)
            yield entry.diagnostic(("roles",), *said, of_key=True)
        elif len(holders) > 1 and entry.item.shared_accountability is None:
            said = ONE_ACCOUNTABLE["several"].of(count=len(holders), holders=", ".join(holders))
            yield entry.diagnostic(("roles", holders[1]), *said)
        elif len(holders) == 1 and entry.item.shared_accountability is not None:
            said = ONE_ACCOUNTABLE["alone"].of(holder=holders[0])
            yield entry.diagnostic(("shared_accountability",), *said, of_key=True)


def business_decision(reading: Reading) -> Iterator[Diagnostic]:
    """Business decisions whose A sits outside the business unit."""
    business = {e.item.id for e in reading.of(Role) if e.item.business}
    # A role that is broken or unknown is reported as such; it is not known to be technical.
    technical = {e.item.id for e in reading.of(Role)} - business
    named = ", ".join(sorted(business)) or BUSINESS_DECISION["none"].message
    for entry in _activities(reading, "raci-business-decision"):
        if not entry.item.business_decision:
            continue
        for role in accountable(entry.item):
            if role in technical:
                said = BUSINESS_DECISION["technical"].of(name=entry.item.name, role=role, business=named)
                yield entry.diagnostic(("roles", role), *said)


def idle_role(reading: Reading) -> Iterator[Diagnostic]:
    """Roles without a letter in any activity."""
    if not _countable(reading):
        return
    used = {role for entry in reading.of(Activity) for role in entry.item.roles}
    for entry in reading.of(Role):
        if entry.item.id not in used and not _ignores(entry.item, "raci-idle-role"):
            yield entry.diagnostic(("id",), *IDLE_ROLE["idle"].of(name=entry.item.name))


def overloaded_role(reading: Reading) -> Iterator[Diagnostic]:
    """Roles that are accountable for more than half of the activities."""
    if not _countable(reading):
        return
    counted = list(_activities(reading, "raci-overloaded-role"))
    held = Counter(role for entry in counted for role in accountable(entry.item))
    for entry in reading.of(Role):
        number = held[entry.item.id]
        if number * 2 > len(counted) and not _ignores(entry.item, "raci-overloaded-role"):
            said = OVERLOADED_ROLE["overloaded"].of(name=entry.item.name, number=number, all=len(counted))
            yield entry.diagnostic(("id",), *said)


RULES = (
    Rule(
        "raci-no-responsible",
        "error",
        "Every activity has somebody who does it",
        "An activity without an R is a wish. Give an R to the role whose calendar the work lands "
        "in; two roles can both hold one.",
        no_responsible,
        can_ignore=True,
        says=NO_RESPONSIBLE,
    ),
    Rule(
        "raci-one-accountable",
        "error",
        "Exactly one role answers for each activity",
        "With no A, nobody decides; with two, each waits for the other at 3 a.m. Keep one. Where "
        "two really answer together, write the reason into `shared_accountability`.",
        one_accountable,
        can_ignore=True,
        says=ONE_ACCOUNTABLE,
    ),
    Rule(
        "raci-business-decision",
        "error",
        "Business decisions are made in the business unit",
        "Whether a model goes live, and whether it is kept or withdrawn, is a bet with the "
        "business's money and customers. The deck is firm on this (slide 30): the A sits in a "
        "role marked `business: true`. Engineers advise; they do not carry that bet alone.",
        business_decision,
        can_ignore=True,
        says=BUSINESS_DECISION,
    ),
    Rule(
        "raci-idle-role",
        "warning",
        "Every role has a part",
        "A role that has no letter anywhere is either missing from an activity or not needed. "
        "People in it will not know what is expected of them.",
        idle_role,
        can_ignore=True,
        says=IDLE_ROLE,
    ),
    Rule(
        "raci-overloaded-role",
        "warning",
        "No role answers for more than half of everything",
        "The role becomes the bottleneck, and its holidays become outages. An activity that "
        "ignores this rule is left out of the count.",
        overloaded_role,
        can_ignore=True,
        says=OVERLOADED_ROLE,
    ),
)
