"""The playbook's data, defined once: every list, its file, its model.

Docstrings here become the Data reference page, and `schema` turns the models into JSON
Schemas for editors.
"""

from __future__ import annotations

from dataclasses import dataclass

from macros.model import content, template, tree
from macros.model.base import Item

__all__ = ["KINDS", "Kind", "by_file"]


@dataclass(frozen=True)
class Kind:
    """One concept.

    Args:
        key: plural name: the list's key in its file, and the kind's name in references.
        file: path under data/, without `.yml`; ``templates/`` stands for a folder of files.
        item: model of one entry.
        one: what one entry is called in a message.
        may_be_empty: whether the playbook may come without any, since only a company has them.
    """

    key: str
    file: str
    item: type[Item]
    one: str
    may_be_empty: bool = False

    @property
    def many(self) -> str:
        """What several entries are called."""
        return f"{self.one}s" if self.key == "wont_do" else self.key.replace("_", " ")


KINDS: tuple[Kind, ...] = (
    Kind("component_groups", "component_groups", content.ComponentGroup, "component group"),
    Kind("components", "components", content.Component, "component"),
    Kind("pillars", "pillars", content.Pillar, "pillar"),
    Kind("capabilities", "capabilities", content.Capability, "capability"),
    Kind("checklist_questions", "checklist_questions", content.ChecklistQuestion, "question"),
    Kind("roles", "roles", content.Role, "role"),
    Kind("profiles", "profiles", content.Profile, "profile"),
    Kind("requirements", "requirements", content.Requirement, "requirement"),
    Kind("knowledge_areas", "knowledge_areas", content.KnowledgeArea, "knowledge area"),
    Kind("misconceptions", "misconceptions", content.Misconception, "misconception"),
    Kind("situations", "situations", content.Situation, "situation"),
    Kind(
        "stakeholder_questions",
        "stakeholder_questions",
        content.StakeholderQuestion,
        "stakeholder question",
    ),
    Kind("stakeholders", "stakeholders", content.Stakeholder, "stakeholder"),
    Kind("members", "members", content.Member, "member"),
    Kind("sourcing_options", "sourcing_options", content.SourcingOption, "sourcing option"),
    Kind("activities", "raci", content.Activity, "activity"),
    Kind("principles", "principles", content.Principle, "principle"),
    Kind("criteria", "criteria", content.Criterion, "criterion"),
    Kind("exclusions", "exclusions", content.Exclusion, "exclusion"),
    Kind("candidates", "flagship", content.Candidate, "candidate", may_be_empty=True),
    Kind("decision_criteria", "decision_criteria", content.DecisionCriterion, "decision criterion"),
    Kind("milestones", "milestones", content.Milestone, "milestone"),
    Kind("comparison_aspects", "comparison_aspects", content.ComparisonAspect, "aspect"),
    Kind("approaches", "approaches", content.Approach, "approach"),
    Kind("wont_do", "wont_do", content.WontDo, "won't-do item"),
    Kind("takeaways", "takeaways", content.Takeaway, "takeaway"),
    Kind("topics", "topics", content.Topic, "topic"),
    Kind("terms", "glossary", content.Term, "term"),
    Kind("audiences", "audiences", content.Audience, "audience"),
    Kind("questions", "decision_tree", tree.Question, "question"),
    Kind("first_steps", "decision_tree", tree.FirstStep, "first step"),
    Kind("templates", "templates/", template.Template, "template"),
)
"""Every kind of data, in the order in which the Data reference lists them."""


def by_file() -> dict[str, tuple[Kind, ...]]:
    """Kinds by the file that holds them."""
    files: dict[str, tuple[Kind, ...]] = {}
    for kind in KINDS:
        files[kind.file] = (*files.get(kind.file, ()), kind)
    return files
