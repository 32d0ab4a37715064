"""Every macro that a page can call, by name.

A macro is a function from the page's context (and its own arguments) to Markdown with
HTML in it. An argument annotated with `Ref` is an id; the page check proves that it exists.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Annotated, Any

from macros.company.differences import compare
from macros.diagnostics import Diagnostics
from macros.model.base import Ref, Source
from macros.model.content import (
    Approach,
    Candidate,
    Capability,
    Component,
    ComponentGroup,
    Criterion,
    DecisionCriterion,
    Exclusion,
    Situation,
    Term,
)
from macros.model.settings import SiteSettings
from macros.model.template import Template
from macros.rules import READING, RULES
from macros.sheets import scorecard
from macros.sheets.spec import sheet, sheets
from macros.views import example, one_sheet, raci, reference, templates, tree
from macros.views import tree_picture as drawing
from macros.views.blank import BLANKS, blank_path
from macros.views.layered import BOX
from macros.views.marks import mark
from macros.views.render import Context, render
from macros.views.text import in_title


def name(context: Context, kind: str, id: str) -> str:
    """An item's name as text, for a page's title: ``# {{ name("templates", "raci-sheet") }}``."""
    return in_title(context.playbook.name_in(kind, id))


def audiences(context: Context) -> str:
    """Ways through the playbook by who the reader is."""
    return render("audiences.html.j2", context)


def lifecycle(context: Context, group: Annotated[str | None, Ref("component_groups")] = None) -> str:
    """The four groups as a cycle, with `group` marked as the one being read."""
    groups = tuple(context.playbook.of(ComponentGroup).values())
    return render("lifecycle.html.j2", context, groups=groups, current=group)


def components(context: Context, group: Annotated[str, Ref("component_groups")]) -> str:
    """A group's components, under the headings of their parts (CI, CD, CT) where they have any."""
    found = [item for item in context.playbook.of(Component).values() if item.group == group]
    parts = [(part, list(items)) for part, items in groupby(found, key=lambda item: item.part)]
    return render("components.html.j2", context, parts=parts)


def pillars(context: Context) -> str:
    """The three pillars as a checklist."""
    return render("pillars.html.j2", context)


def capabilities(context: Context, pillar: Annotated[str, Ref("pillars")]) -> str:
    """A pillar's capabilities in full."""
    found = [item for item in context.playbook.of(Capability).values() if item.pillar == pillar]
    return render("capabilities.html.j2", context, items=found)


def situation(context: Context, id: Annotated[str, Ref("situations")]) -> str:
    """One situation: evidence, how it is read, what to do."""
    item = context.playbook.of(Situation).get(id)
    return render("situation.html.j2", context, item=item) if item else _gone(context)


def approach(context: Context, id: Annotated[str, Ref("approaches")]) -> str:
    """One approach: strengths, risks, steps."""
    item = context.playbook.of(Approach).get(id)
    return render("approach.html.j2", context, item=item) if item else _gone(context)


def raci_table(context: Context) -> str:
    """The whole RACI as a table."""
    return render(
        "raci_table.html.j2", context, letters=raci.LETTERS, meanings=raci.MEANINGS, spoken=raci.spoken
    )


def raci_by_role(context: Context) -> str:
    """What each role is responsible, accountable, consulted and informed for."""
    columns = raci.by_role(context.playbook)
    return render("raci_by_role.html.j2", context, columns=columns, letters=raci.LETTERS)


def decision_tree(context: Context) -> str:
    """Every question and first step, readable without JavaScript and walkable with it."""
    return render(
        "tree.html.j2",
        context,
        root=tree.root(context.playbook),
        nodes=tree.reading_order(context.playbook),
        former=tree.former(context.playbook),
    )


def tree_picture(context: Context) -> str:
    """The whole tree as an SVG picture."""
    return render(
        "tree_picture.html.j2",
        context,
        picture=drawing.picture(context.playbook),
        box_width=BOX,
        line_height=drawing.LINE,
    )


def decision_criteria(context: Context, decision: str) -> str:
    """What was agreed for one decision: ``deployment``, ``withdrawal`` or ``emergency``."""
    found = [item for item in context.playbook.of(DecisionCriterion).values() if item.decision == decision]
    label = "Question" if decision == "emergency" else "Criterion"
    return render("decision_criteria.html.j2", context, items=found, label=label)


def candidates(context: Context) -> str:
    """The company's candidates for the flagship, and which to take."""
    playbook = context.playbook
    contenders = [
        scorecard.Contender(
            item.name,
            [playbook.of(Exclusion)[id].name for id in item.exclusions],
            {playbook.of(Criterion)[id].name: verdict for id, verdict in item.criteria.items()},
        )
        for item in playbook.of(Candidate).values()
    ]
    names = [item.name for item in playbook.of(Criterion).values()]
    return render("candidates.html.j2", context, verdict=scorecard.judge(contenders, names))


def fill(context: Context, id: Annotated[str, Ref("templates")]) -> str:
    """A template: how to run it, its blanks, and the sheet."""
    playbook, item = context.playbook, context.playbook.of(Template).get(id)
    if item is None:
        return _gone(context) + unmarked(context)
    known = one_sheet.committed(playbook) if item.result == "one-sheet" else {}
    laid_out = sheet(item, playbook, known) if known else sheets(playbook)[id]
    parts, handed = laid_out.parts, laid_out.spec
    shown = render(
        "template.html.j2",
        context,
        item=item,
        parts=parts,
        spec=json.dumps(handed, ensure_ascii=False, separators=(",", ":")),
        home=handed["home"]["file"] if "home" in handed else "",
        blanks=[(blank_path(id, ending), label) for ending, label in BLANKS.items()],
        poster=one_sheet.poster(parts, known) if item.result == "one-sheet" else None,
        letters=raci.LETTERS,
        example=example.of_template(context, id),
        **templates.around(playbook, item),
    )
    return shown + unmarked(context, *item.source.slides)


def glossary(context: Context) -> str:
    """All terms in alphabetical order."""
    terms = sorted(context.playbook.of(Term).values(), key=lambda term: term.name.casefold())
    return render("glossary.html.j2", context, terms=terms)


def data_reference(context: Context) -> str:
    """Every kind of data with its keys, from the models."""
    return render("data_reference.html.j2", context, kinds=reference.kinds())


def settings_reference(context: Context) -> str:
    """Every key of `company/site.yml`, from its models."""
    return render("settings_reference.html.j2", context, models=reference.models(SiteSettings))


def linter_rules(context: Context, prefix: str = "") -> str:
    """The linter's rules whose id begins with `prefix`."""
    chosen = [rule for rule in RULES if rule.id.startswith(prefix)]
    return render("rules.html.j2", context, rules=chosen)


def other_rules(context: Context, without: str) -> str:
    """The linter's rules whose id does not begin with `without`."""
    chosen = [rule for rule in RULES if not rule.id.startswith(without)]
    return render("rules.html.j2", context, rules=chosen)


def reading_rules(context: Context) -> str:
    """What is refused while files are read."""
    return render("reading_rules.html.j2", context, rules=READING)


def provenance(context: Context) -> str:
    """What each slide of the deck says here, and what goes after it."""
    return render("provenance.html.j2", context, slides=reference.slides(context.playbook))


def deck(context: Context, *slides: int) -> str:
    """The mark behind a sentence of a page that slides of the deck say: ``{{ deck(19) }}``."""
    return str(mark(context.partials, Source("deck", slides)))


def unmarked(context: Context, *after: int) -> str:
    """The line at a page's foot that says where its unmarked text comes from.

    It holds the anchors of what the company took out, so that links to them still arrive at the page.

    Args:
        context: the playbook and the page.
        after: slides of the deck whose ideas the text goes after; none for the kit's own.
    """
    left = context.playbook.left.get(context.link.path, ())
    return render("unmarked.html.j2", context, after=after, left=left)


def _gone(context: Context) -> str:
    """In the place of what the company took out: links to the page arrive, and the reader is told."""
    return render("gone.html.j2", context)


def differences(context: Context) -> str:
    """How the playbook differs from upstream's: each item and page that the company touched."""
    found = compare(context.playbook)
    items, pages = ([], []) if isinstance(found, Diagnostics) else found
    by_kind = groupby(items, key=lambda item: item.kind)
    groups = [(kind.many.capitalize(), list(group)) for kind, group in by_kind]
    return render("differences.html.j2", context, items=items, pages=pages, groups=groups)


def _whole(partial: str, text: str) -> Callable[[Context], str]:
    """A macro without arguments that shows one partial."""

    def macro(context: Context) -> str:
        return render(partial, context)

    macro.__doc__ = text
    return macro


MACROS: Mapping[str, Callable[..., Any]] = {
    "name": name,
    "audiences": audiences,
    "lifecycle": lifecycle,
    "components": components,
    "pillars": pillars,
    "capabilities": capabilities,
    "checklist_questions": _whole("checklist_questions.html.j2", "The three questions that find gaps."),
    "requirements": _whole("requirements.html.j2", "What members must know, by profile."),
    "knowledge_areas": _whole("knowledge_areas.html.j2", "Where ML knowledge is needed, and where not."),
    "misconceptions": _whole("misconceptions.html.j2", "Claims and their corrections."),
    "situations": _whole("situations.html.j2", "All situations as cards."),
    "situation": situation,
    "stakeholders": _whole("stakeholders.html.j2", "Stakeholders by question."),
    "members": _whole("members.html.j2", "The initial members."),
    "sourcing": _whole("sourcing.html.j2", "Where members come from."),
    "raci_table": raci_table,
    "raci_by_role": raci_by_role,
    "business_decisions": _whole("business_decisions.html.j2", "Decisions of the business unit."),
    "principles": _whole("principles.html.j2", "Principles for the flagship."),
    "candidates": candidates,
    "release_stages": _whole(
        "release_stages.html.j2", "From shadow run to withdrawal: who says yes, and when."
    ),
    "decision_criteria": decision_criteria,
    "milestones": _whole("milestones.html.j2", "The dates at which something has to be shown."),
    "criteria": _whole("criteria.html.j2", "Criteria for the flagship."),
    "exclusions": _whole("exclusions.html.j2", "What rules a candidate out."),
    "approaches": _whole("approaches.html.j2", "The approaches side by side."),
    "approach": approach,
    "wont_do": _whole("wont_do.html.j2", "What not to do, and why."),
    "takeaways": _whole("takeaways.html.j2", "What to remember."),
    "topics": _whole("topics.html.j2", "Topics to discuss."),
    "decision_tree": decision_tree,
    "tree_picture": tree_picture,
    "templates": templates.everything,
    "fill": fill,
    "filled": example.filled,
    "glossary": glossary,
    "data_reference": data_reference,
    "settings_reference": settings_reference,
    "linter_rules": linter_rules,
    "other_rules": other_rules,
    "reading_rules": reading_rules,
    "provenance": provenance,
    "deck": deck,
    "unmarked": unmarked,
    "differences": differences,
}
"""Macro by the name under which pages call it."""
