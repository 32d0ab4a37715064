"""What belongs to an item, in a reader's order: who, which sheet, what it needs, what happens, which word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from macros.load.relations import PAGE
from macros.model.base import Item, Kind, typed
from macros.model.content import (
    Activity,
    Capability,
    Component,
    ComponentGroup,
    Criterion,
    DecisionCriterion,
    Exclusion,
    KnowledgeArea,
    Member,
    Milestone,
    Misconception,
    Pillar,
    Principle,
    Requirement,
    Role,
    Situation,
    Stakeholder,
    Takeaway,
    Term,
    Topic,
    WontDo,
)
from macros.model.kinds import BY_WORD
from macros.model.template import Template
from macros.model.tree import FirstStep
from macros.playbook import Playbook

_PAGES: Mapping[type[Item], str] = {
    Activity: "organization/raci.md#{}",
    Criterion: "grow/choosing.md#{}",
    DecisionCriterion: "organization/decision-criteria.md#{}",
    Exclusion: "grow/choosing.md#{}",
    FirstStep: "first-step.md#{}",
    KnowledgeArea: "ml-knowledge/where-needed.md#{}",
    Member: "organization/members.md#{}",
    Milestone: "grow/top-down.md#{}",
    Misconception: "ml-knowledge/misconceptions.md#{}",
    Principle: "grow/flagship.md#{}",
    Requirement: "ml-knowledge/requirements.md#{}",
    Role: "organization/raci.md#role-{}",
    Stakeholder: "organization/stakeholders.md#{}",
    Takeaway: "takeaways.md#{}",
    Template: "templates/{}.md",
    Term: "glossary.md#{}",
    Topic: "takeaways.md#{}",
    WontDo: "grow/wont-do.md#{}",
}
"""Where an item of a kind is shown, by its id; what has a page in the data is not here."""

_ROWS: tuple[tuple[str, tuple[type[Item], ...]], ...] = (
    ("Who", (Activity, Role, Member, Stakeholder)),
    ("Sheet", (Template,)),
    (
        "You need",
        (Component, Capability, Requirement, KnowledgeArea, Criterion, DecisionCriterion, Principle),
    ),
    ("It happens", (Situation, Misconception)),
    ("Avoid", (WontDo, Exclusion)),
    ("Word", (Term,)),
)
"""What stands in which row; anything else is something to read."""
READ = "Read"


@dataclass(frozen=True)
class Entry:
    """Something that belongs to an item.

    Args:
        name: what it is called.
        page: where it is shown, below docs/, with its anchor; empty for what no page shows.
        letters: for an activity: who is responsible or accountable for it, each with the letter.
    """

    name: str
    page: str
    letters: tuple[tuple[str, str], ...] = ()


def related(playbook: Playbook, item: Item) -> list[tuple[str, list[Entry]]]:
    """What belongs to an item, from both sides of each relation.

    Returns:
        Rows in the order in which a reader asks, each with its heading; empty rows are left out.
    """
    rows: dict[str, list[Entry]] = {label: [] for label in (*(label for label, _ in _ROWS), READ)}
    for relation in playbook.relations.get(typed(item), ()):
        word, _, id = relation.partition(":")
        if word == PAGE:
            rows[READ].append(Entry(page_title(playbook, id), id))
            continue
        kind = BY_WORD[word]
        found = playbook.lists[kind.key][id]
        rows[_row(kind)].append(
            Entry(playbook.name_of(found), place(playbook, found), tuple(_letters(playbook, item, found)))
        )
    return [(label, entries) for label, entries in rows.items() if entries]


def _row(kind: Kind) -> str:
    return next((label for label, models in _ROWS if kind.model in models), READ)


def _letters(playbook: Playbook, item: Item, activity: Item) -> Iterator[tuple[str, str]]:
    """Who does an activity and who answers for it; seen from a member, only what that member does."""
    if not isinstance(activity, Activity):
        return
    own = item.role if isinstance(item, Member) else None
    for role, letter in activity.roles.items():
        if role == own or (own is None and ("R" in letter or "A" in letter)):
            yield letter, playbook.of(Role)[role].name


def place(playbook: Playbook, item: Item) -> str:
    """The page below docs/ on which an item is shown, with its anchor; empty where there is none."""
    if isinstance(item, Component):
        return f"{playbook.of(ComponentGroup)[item.group].page}#{item.id}"
    if isinstance(item, Capability):
        return f"{playbook.of(Pillar)[item.pillar].page}#{item.id}"
    if isinstance(item, Situation | Pillar | ComponentGroup):
        return item.page
    pattern = _PAGES.get(type(item), "")
    return pattern.format(item.id)


_TITLE = re.compile(r"^# +(.+?)(?: *\{[^{}]*\})?$", re.MULTILINE)
_NAME = re.compile(r"""\{\{ *name\(["'](\w+)["'], *["']([\w-]+)["']\) *\}\}""")


def page_title(playbook: Playbook, reference: str) -> str:
    """A page's main heading; its path where it has none.

    Args:
        playbook: whose pages they are.
        reference: the page below docs/, with an anchor or without.
    """
    page = reference.partition("#")[0]
    found = _TITLE.search(playbook.project.page_text(page)[0] or "")
    if found is None:
        return page
    return _NAME.sub(lambda name: playbook.name_in(name[1], name[2]), found[1])
