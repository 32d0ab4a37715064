"""The five chapters: what MLOps is, capabilities, knowledge, organization, growth."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from macros.model.base import Item, Model, Ref, Source, Text

PageRef = Annotated[str, Ref("page")]
RoleRef = Annotated[str, Ref("roles")]
TemplateRef = Annotated[str, Ref("templates", may_go=True)]


class ComponentGroup(Item, key="component_groups", one="component group"):
    """One of the four groups of the MLOps lifecycle; the file's order is the cycle's."""

    name: Text
    purpose: tuple[Text, ...]
    """One line each."""
    page: PageRef
    """Page that explains the group's components."""


class Component(Item, key="components", one="component"):
    """One activity inside a group of the lifecycle."""

    name: Text
    group: Annotated[str, Ref("component_groups")]
    part: Text | None = None
    """Sub-heading inside the group (CI, CD or CT)."""
    text: Text
    """What it is and why it matters."""
    ask: Text
    """The question that shows whether you have it."""
    start: Text
    """The smallest useful first move."""


class Pillar(Item, key="pillars", one="pillar", in_sheets=True):
    """One of the three pillars of essential capabilities."""

    name: Text
    text: Text
    page: PageRef


class Capability(Item, key="capabilities", one="capability", in_sheets=True):
    """One capability inside a pillar: a line of the checklist."""

    name: Text
    pillar: Annotated[str, Ref("pillars")]
    text: Text
    have: Text
    """You have it when this can be seen."""
    start: Text
    """First move when you don't."""


class ChecklistQuestion(Item, key="checklist_questions", one="checklist question", in_sheets=True):
    """A question that uncovers missing capabilities and leads to a pillar."""

    question: Text
    signs: tuple[Text, ...]
    """What people say when the answer is yes."""
    pillar: Annotated[str, Ref("pillars")]
    text: Text


class Silence(Model):
    """Turns one linter rule off for this item, with the reason on record."""

    rule: Annotated[str, Ref("rules")]
    reason: Text


class Role(Item, key="roles", one="role", in_sheets=True):
    """A role: a column of the RACI. A company renames, splits and adds roles here."""

    name: Text
    business: bool = False
    """True for a role of the business unit, where deployment and withdrawal are decided."""
    text: Text
    ignore: tuple[Silence, ...] = ()
    """Linter rules that do not hold for this role, each with its reason."""


class Profile(Item, key="profiles", one="profile"):
    """A group of roles that share requirements."""

    name: Text
    roles: tuple[RoleRef, ...]
    text: Text


class Requirement(Item, key="requirements", one="requirement", in_sheets=True):
    """Something a member must know, or is better off knowing."""

    profile: Annotated[str, Ref("profiles")]
    level: Literal["must-know", "nice-to-have"]
    name: Text
    text: Text


class KnowledgeArea(Item, key="knowledge_areas", one="knowledge area"):
    """A kind of work, and whether it takes ML knowledge."""

    name: Text
    ml_specific: bool
    text: Text


class Misconception(Item, key="misconceptions", one="misconception"):
    """A claim that is often heard, and its correction."""

    claim: Text
    correction: Text
    instead: Text
    """What to do instead."""


class Hypothesis(Model):
    """A possible cause, how to test it and who does."""

    name: Text
    check: Text
    role: RoleRef
    source: Source | None = None
    """Who says so, where it is not the situation's own source."""


class Reading(Model):
    """How one kind of reader understands the same evidence."""

    who: Text
    conclusion: Text
    hypotheses: tuple[Hypothesis, ...] = ()


class Situation(Item, key="situations", one="situation"):
    """An incident worth discussing: what was seen, how it was read, what to do."""

    name: Text
    page: PageRef
    ml_specific: bool
    symptom: Text
    evidence: tuple[Text, ...]
    readings: tuple[Reading, ...]
    actions: tuple[Text, ...]
    lesson: Text


class StakeholderQuestion(Item, key="stakeholder_questions", one="stakeholder question", in_sheets=True):
    """Why, What, How, Risk: the order in which stakeholders are asked."""

    name: Text
    question: Text
    text: Text


class Stakeholder(Item, key="stakeholders", one="stakeholder", in_sheets=True):
    """A group of people with a stake in the team's work."""

    name: Text
    question: Annotated[str, Ref("stakeholder_questions")]
    interest: Text | None = None
    """What they want or fear."""
    ask: Text | None = None
    """What we ask of them."""
    who: Text | None = None
    """Their names, in your company."""
    no_if: Text | None = None
    """What would make them say no, in their words."""
    can_stop: bool = False
    """True where they can stop the initiative."""
    status: Literal["not-asked", "supports", "open", "against"] | None = None
    """Where they stand today."""
    next_talk: Text | None = None
    """Date of the next talk, such as "2027-01-15"."""


class Member(Item, key="members", one="member", in_sheets=True):
    """One of the initial members."""

    role: RoleRef
    duties: tuple[Text, ...] = ()
    first_month: Text | None = None
    """Result of the first month."""
    share: Text | None = None
    """Share of working time that is realistic at the start."""
    who: Text | None = None
    """The person's name, in your company."""
    percent: Annotated[float, Field(ge=0, le=100)] | None = None
    """Share of working time that was agreed, in percent."""
    sourcing: Literal["internal", "external", "borrowed", "open"] | None = None
    """Where the person comes from."""
    starts: Text | None = None
    """First day, such as "2027-01-15"."""
    until: Text | None = None
    """Last day that was agreed, such as "2027-06-30"."""
    agreed_by: Text | None = None
    """The manager who agreed to the share."""
    agreed_on: Text | None = None
    """Day on which the manager agreed."""
    old_work: Text | None = None
    """Who takes over what the person did before."""
    on_call: Text | None = None
    """From when the person is on call, and how it is paid."""
    gap: Text | None = None
    """What this person can't do yet."""


class SourcingOption(Item, key="sourcing_options", one="sourcing option", in_sheets=True):
    """Where initial members come from."""

    name: Text
    pluses: tuple[Text, ...]
    minuses: tuple[Text, ...]
    text: Text


class Activity(Item, key="activities", file="raci", one="activity", in_sheets=True):
    """A row of the RACI."""

    name: Text
    text: Text
    """What the activity covers."""
    roles: Annotated[
        dict[RoleRef, Literal["R", "A", "C", "I", "R/A"]],
        Field(min_length=1),
    ]
    """Letter by role: R responsible, A accountable, C consulted, I informed."""
    business_decision: bool = False
    """True for a decision whose accountable role must belong to the business unit."""
    shared_accountability: Text | None = None
    """Why this activity has more than one A on purpose."""
    ignore: tuple[Silence, ...] = ()
    """Linter rules that do not hold for this activity, each with its reason."""


class Principle(Item, key="principles", one="principle"):
    """A rule for working with the flagship use case."""

    name: Text
    text: Text
    example: Text


class Criterion(Item, key="criteria", one="criterion", in_sheets=True):
    """A test that a flagship candidate passes or fails."""

    name: Text
    text: Text
    passes: Text
    """An example that passes."""
    fails: Text
    """An example that fails."""


class Exclusion(Item, key="exclusions", one="exclusion", in_sheets=True):
    """A reason not to choose a candidate, whatever its score."""

    name: Text
    text: Text


class Candidate(Item, key="candidates", file="flagship", one="candidate", may_be_empty=True):
    """A candidate for the flagship, tested against every exclusion and criterion."""

    name: Text
    owner: Text | None = None
    """The business owner, by name."""
    value: Text | None = None
    """Value a year: sales, cost or man-hours."""
    data: Text | None = None
    """Where the data is."""
    labels: Text | None = None
    """Outcomes to learn from, and after how many days they are known."""
    rule: Text | None = None
    """What a simple rule reaches without a model."""
    risk: Text | None = None
    """Risk class, and whether it decides about people."""
    effort: Text | None = None
    """Effort until the first test."""
    exclusions: tuple[Annotated[str, Ref("exclusions")], ...] = ()
    """Exclusions that apply; one is enough to be out."""
    criteria: dict[Annotated[str, Ref("criteria")], Literal["passes", "unsure", "fails"]] = Field(
        default_factory=dict
    )
    """Verdict by criterion."""
    evidence: dict[Annotated[str, Ref("criteria")], Text] = Field(default_factory=dict)
    """A number, a table or a name for the verdict, by criterion."""
    chosen: bool = False
    """True for the one that you take."""
    because: Text | None = None
    """Why it was chosen."""


class ReleaseStage(Item, key="release_stages", one="release stage", in_sheets=True):
    """A stage of a model's life in production, from the first run beside the old method to its withdrawal."""

    name: Text
    text: Text
    """Who uses the predictions in this stage."""
    shows: Text
    """What can be measured in this stage, and what cannot."""
    decides: RoleRef
    """Who says yes to entering it."""


class DecisionCriterion(Item, key="decision_criteria", one="decision criterion", in_sheets=True):
    """What decides whether a model goes live or is withdrawn, or who decides in an emergency."""

    name: Text
    decision: Literal["deployment", "withdrawal", "emergency"]
    stage: Annotated[str, Ref("release_stages")] | None = None
    """The stage that this criterion opens."""
    text: Text | None = None
    """What is meant, with an example."""
    agreed: Text | None = None
    """The threshold, name or rule that your company agreed on."""
    measured: Text | None = None
    """Where and by whom it is measured."""
    today: Text | None = None
    """Value today."""


class Milestone(Item, key="milestones", one="milestone", in_sheets=True):
    """A date with one number, and what happens when it is missed."""

    name: Text
    month: Annotated[int, Field(ge=1, le=60)]
    """Months after the start."""
    text: Text
    """What the date has to show."""
    number: Text | None = None
    """The one number that your company agreed on."""
    visible: Text | None = None
    """What people can see by then."""
    foundation: Text | None = None
    """What has been added to the foundation."""
    spent: Text | None = None
    """What may have been spent by then, in people and machines."""
    missed: Text | None = None
    """What happens when it is missed."""
    decides: Text | None = None
    """Who decides on that date to go on, change or stop."""


class Step(Model):
    """A numbered step."""

    name: Text
    text: Text


class Aspect(Model):
    """One cell of the comparison of approaches, with its own provenance."""

    aspect: Annotated[str, Ref("comparison_aspects")]
    text: Text
    source: Source


class ComparisonAspect(Item, key="comparison_aspects", one="aspect", in_sheets=True):
    """A row of the comparison of approaches."""

    name: Text


class Approach(Item, key="approaches", one="approach"):
    """A way to grow the team: top-down or bottom-up."""

    name: Text
    idea: Text
    page: PageRef
    strengths: tuple[Text, ...]
    risks: tuple[Text, ...]
    steps: tuple[Step, ...]
    comparison: tuple[Aspect, ...]


class WontDo(Item, key="wont_do", one="won't-do item", many="won't-do items", in_sheets=True):
    """Something not to do in the first year, and why."""

    name: Text
    reason: Text
    instead: Text | None = None
    asked_by: Text | None = None
    """Who asks for it."""
    review: Text | None = None
    """Date on which you look again, such as "2027-06-01"."""


class Takeaway(Item, key="takeaways", one="takeaway"):
    """What to remember."""

    name: Text
    text: Text
    template: TemplateRef


class Topic(Item, key="topics", one="topic", in_sheets=True):
    """A question to discuss in your company."""

    name: Text
    text: Text
    sides: tuple[Text, ...]
    """Positions that people take, so that the discussion starts from all of them."""
    ask: tuple[Text, ...]
    """Questions that move the discussion on."""


class Term(Item, key="terms", file="glossary", one="term"):
    """A word of the field. An abbreviation gets a tooltip wherever it occurs."""

    name: Text
    abbreviation: Annotated[str, Field(pattern=r"^[A-Za-z0-9/&+-]{2,12}$")] | None = None
    text: Text


class Link(Model):
    """A page to go to, with the reason to go there."""

    page: PageRef
    text: Text


class Audience(Item, key="audiences", one="audience"):
    """A reader, and the way through the playbook that fits."""

    name: Text
    text: Text
    links: tuple[Link, ...]
