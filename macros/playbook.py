"""The one entry for command line, site and tests: `load`."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from macros.diagnostics import Diagnostics
from macros.model import KINDS, content, template, tree
from macros.parse import Draft, parse
from macros.rules import run


@dataclass(frozen=True)
class Layer:
    """What one list owes to upstream, and what to the company.

    Args:
        upstream: position in upstream's list by id, for the items that come from there.
        renamed: new id by the id that upstream's item had before; None for one that was removed.
        ours: the company's entries as written, by id; those that remove an item, too.
    """

    upstream: Mapping[str, int]
    renamed: Mapping[str, str | None]
    ours: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Playbook:
    """The whole playbook, valid and immutable: each list as a mapping from id to item.

    `layers` says, for each list, which of it is upstream's and which the company's.
    """

    root: Path
    warnings: Diagnostics
    layers: Mapping[str, Layer]
    component_groups: Mapping[str, content.ComponentGroup]
    components: Mapping[str, content.Component]
    pillars: Mapping[str, content.Pillar]
    capabilities: Mapping[str, content.Capability]
    checklist_questions: Mapping[str, content.ChecklistQuestion]
    roles: Mapping[str, content.Role]
    profiles: Mapping[str, content.Profile]
    requirements: Mapping[str, content.Requirement]
    knowledge_areas: Mapping[str, content.KnowledgeArea]
    misconceptions: Mapping[str, content.Misconception]
    situations: Mapping[str, content.Situation]
    stakeholder_questions: Mapping[str, content.StakeholderQuestion]
    stakeholders: Mapping[str, content.Stakeholder]
    members: Mapping[str, content.Member]
    sourcing_options: Mapping[str, content.SourcingOption]
    activities: Mapping[str, content.Activity]
    principles: Mapping[str, content.Principle]
    criteria: Mapping[str, content.Criterion]
    exclusions: Mapping[str, content.Exclusion]
    candidates: Mapping[str, content.Candidate]
    decision_criteria: Mapping[str, content.DecisionCriterion]
    milestones: Mapping[str, content.Milestone]
    comparison_aspects: Mapping[str, content.ComparisonAspect]
    approaches: Mapping[str, content.Approach]
    wont_do: Mapping[str, content.WontDo]
    takeaways: Mapping[str, content.Takeaway]
    topics: Mapping[str, content.Topic]
    terms: Mapping[str, content.Term]
    audiences: Mapping[str, content.Audience]
    questions: Mapping[str, tree.Question]
    first_steps: Mapping[str, tree.FirstStep]
    templates: Mapping[str, template.Template]


def load(root: Path, *, layer: bool = True, names: bool = True) -> Playbook | Diagnostics:
    """Read, validate and check everything under `root / "data"`.

    Args:
        root: the project's folder, with data/ and docs/.
        layer: whether the company layer is merged over the data.
        names: whether `[[role-id]]` in texts becomes the role's name; a comparison leaves it.

    Returns:
        The playbook (its `warnings` may be non-empty), or every problem found.
    """
    with _no_collection():
        draft = parse(root, layer=layer, names=names)
        found = Diagnostics([*draft.problems, *run(draft)])
    if found.errors:
        return found
    lists = {
        kind.key: MappingProxyType({entry.item.id: entry.item for entry in draft.entries[kind.key]})
        for kind in KINDS
    }
    layers = {kind.key: _layer(draft, kind.key) for kind in KINDS}
    return Playbook(root=root, warnings=found, layers=MappingProxyType(layers), **lists)


def _layer(draft: Draft, key: str) -> Layer:
    places = ((entry.item.id, entry.place.base) for entry in draft.entries[key])
    upstream = {id: int(base[1][1]) for id, base in places if base is not None}
    return Layer(upstream, draft.renamed.get(key, {}), draft.ours.get(key, {}))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Pause Python's garbage collector.

    Reading allocates much and frees little, so collections find nothing; they took half of the
    time of `load`.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
