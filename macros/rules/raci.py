"""The RACI linter: a matrix that can be worked with, and decisions where they belong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from macros.diagnostics import Diagnostic
from macros.model.content import Activity, Role
from macros.parse import Draft, Entry
from macros.rules.registry import Rule

RESPONSIBLE = frozenset({"R", "R/A"})
ACCOUNTABLE = frozenset({"A", "R/A"})


def accountable(activity: Activity) -> tuple[str, ...]:
    """Ids of the roles that hold an A."""
    return tuple(role for role, letter in activity.roles.items() if letter in ACCOUNTABLE)


def _ignores(item: Activity | Role, rule: str) -> bool:
    return any(silence.rule == rule for silence in item.ignore)


def _activities(draft: Draft, rule: str) -> Iterator[Entry[Activity]]:
    """Activities to which `rule` applies."""
    return (e for e in draft.entries["activities"] if not _ignores(e.item, rule))


def no_responsible(draft: Draft) -> Iterator[Diagnostic]:
    """Activities without any R."""
    for entry in _activities(draft, "raci-no-responsible"):
        if not RESPONSIBLE.intersection(entry.item.roles.values()):
            message = f"nobody is responsible (R) for '{entry.item.name}'"
            yield entry.diagnostic(("roles",), message, "give one role an R", of_key=True)


def one_accountable(draft: Draft) -> Iterator[Diagnostic]:
    """Activities with no A, or with several that are not shared on purpose."""
    for entry in _activities(draft, "raci-one-accountable"):
        holders = accountable(entry.item)
        if not holders:
            message = f"nobody is accountable (A) for '{entry.item.name}'"
            yield entry.diagnostic(("roles",), message, "give one role an A", of_key=True)
        elif len(holders) > 1 and entry.item.shared_accountability is None:
            message = f"{len(holders)} roles are accountable (A): {', '.join(holders)}"
            hint = "keep one A, or say why it is shared in 'shared_accountability'"
            yield entry.diagnostic(("roles", holders[1]), message, hint)
        elif len(holders) == 1 and entry.item.shared_accountability is not None:
            message = f"said to be shared, but only {holders[0]} is accountable (A)"
            hint = "remove 'shared_accountability', or add the second A"
            yield entry.diagnostic(("shared_accountability",), message, hint, of_key=True)


def business_decision(draft: Draft) -> Iterator[Diagnostic]:
    """Business decisions whose A sits outside the business unit."""
    business = {e.item.id for e in draft.entries["roles"] if e.item.business}
    # A role that is broken or unknown is reported as such; it is not known to be technical.
    technical = {e.item.id for e in draft.entries["roles"]} - business
    for entry in _activities(draft, "raci-business-decision"):
        if not entry.item.business_decision:
            continue
        for role in accountable(entry.item):
            if role in technical:
                message = f"'{entry.item.name}' is a business decision, but {role} holds the A"
                hint = f"give the A to a business role ({', '.join(sorted(business)) or 'none yet'})"
                yield entry.diagnostic(("roles", role), message, hint)


def idle_role(draft: Draft) -> Iterator[Diagnostic]:
    """Roles without a letter in any activity."""
    used = {role for entry in draft.entries["activities"] for role in entry.item.roles}
    for entry in draft.entries["roles"]:
        if entry.item.id not in used and not _ignores(entry.item, "raci-idle-role"):
            message = f"'{entry.item.name}' has no letter in any activity of the RACI"
            yield entry.diagnostic(("id",), message, "give it one, or remove the role")


def overloaded_role(draft: Draft) -> Iterator[Diagnostic]:
    """Roles that are accountable for more than half of the activities."""
    counted = list(_activities(draft, "raci-overloaded-role"))
    held = Counter(role for entry in counted for role in accountable(entry.item))
    for entry in draft.entries["roles"]:
        number = held[entry.item.id]
        if number * 2 > len(counted) and not _ignores(entry.item, "raci-overloaded-role"):
            message = f"'{entry.item.name}' is accountable for {number} of {len(counted)} activities"
            yield entry.diagnostic(("id",), message, "share the load: one absence would stop all")


RULES = (
    Rule(
        "raci-no-responsible",
        "error",
        "Every activity has somebody who does it",
        "An activity without an R is a wish. Give an R to the role whose calendar the work lands "
        "in; two roles can both hold one.",
        no_responsible,
        can_ignore=True,
    ),
    Rule(
        "raci-one-accountable",
        "error",
        "Exactly one role answers for each activity",
        "With no A, nobody decides; with two, each waits for the other at 3 a.m. Keep one. Where "
        "two really answer together, write the reason into `shared_accountability`.",
        one_accountable,
        can_ignore=True,
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
    ),
    Rule(
        "raci-idle-role",
        "warning",
        "Every role has a part",
        "A role that has no letter anywhere is either missing from an activity or not needed. "
        "People in it will not know what is expected of them.",
        idle_role,
        can_ignore=True,
    ),
    Rule(
        "raci-overloaded-role",
        "warning",
        "No role answers for more than half of everything",
        "The role becomes the bottleneck, and its holidays become outages. An activity that "
        "ignores this rule is left out of the count.",
        overloaded_role,
        can_ignore=True,
    ),
)
