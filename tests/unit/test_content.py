"""The deck's facts, copied here independently: names, letters and groupings carry over exactly."""

from __future__ import annotations

import json
import re

import pytest
import yaml

from macros.load.yaml import parse
from macros.model.content import Term
from macros.model.template import Template
from macros.playbook import Playbook
from macros.project import Project as Folder
from macros.report import line
from macros.sheets.clock import by_the_clock
from macros.sheets.contract import SheetSpec
from macros.sheets.spec import sheets
from macros.site.ready import check
from macros.views import tree
from macros.views.blank import blank
from macros.views.links import Linker
from macros.views.reference import sources
from macros.views.render import Context, typesetter
from macros.views.templates import by_moment
from tests.conftest import ROOT, Project
from tests.unit.sheets.test_contract import breaches

ROLES = ["ML engineer", "Data engineer", "Infra engineer", "Ops engineer", "Stakeholders (business owner)"]
RACI = {  # slide 30
    "Model development": "R/A C I I C",
    "Build training pipeline": "R/A R/A C C I",
    "Production deployment": "R I C C A",
    "Monitoring / operation": "C R R R/A I",
    "Incident primary response": "C C C R/A I",
    "Decision to keep serving a model or withdraw it": "C I I I R/A",
    "Data quality and features": "C R/A I I R",
}
COMPONENTS = {  # slides 10 to 13
    "Data handling": [
        "Data ingestion", "Data validation", "Feature engineering", "Data versioning", "Data labeling",
        "Privacy and security",
    ],
    "Train / validate model": [
        "Data splitting", "Design model architecture", "Train model", "Evaluate model", "Validate business KPI",
    ],
    "Deploy / monitoring": ["Infra management", "Serve model", "Observability"],
    "CI / CD / CT": [
        "Code quality check", "Validate pipeline", "Packaging models", "Deploy", "Keep training the model",
        "Manage metadata",
    ],
}  # fmt: skip
PILLARS = {  # slide 16
    "Organization": [
        "Collaboration protocol between ML engineers and other engineers",
        "Adjusting expectations with the business side", "Governance & compliance", "Psychological safety",
    ],
    "Process (operation)": [
        "Release criteria", "Incident response and rollback", "Documentation", "Data / feature / model review",
    ],
    "Technology (fundamental)": [
        "Versioning", "Reproducible pipeline", "Experiment tracking", "Monitoring & alert", "Infrastructure",
    ],
}  # fmt: skip


def test_raci_has_the_decks_letters(playbook: Playbook) -> None:
    assert [role.name for role in playbook.roles.values()] == ROLES
    shown = {
        activity.name: " ".join(activity.roles[role] for role in playbook.roles)
        for activity in playbook.activities.values()
    }
    assert shown == RACI


def test_both_business_decisions_are_marked_and_stakeholders_are_the_business(playbook: Playbook) -> None:
    marked = [item.name for item in playbook.activities.values() if item.business_decision]
    assert marked == ["Production deployment", "Decision to keep serving a model or withdraw it"]
    assert [role.name for role in playbook.roles.values() if role.business] == [ROLES[-1]]


def test_shared_a_of_the_training_pipeline_says_why(playbook: Playbook) -> None:
    shared = [item.name for item in playbook.activities.values() if item.shared_accountability]
    assert shared == ["Build training pipeline"]


def test_components_are_grouped_as_on_the_slides(playbook: Playbook) -> None:
    shown = {
        group.name: [item.name for item in playbook.components.values() if item.group == group.id]
        for group in playbook.component_groups.values()
    }
    assert shown == COMPONENTS


def test_parts_of_ci_cd_ct_hold_the_right_components(playbook: Playbook) -> None:
    parts = [(c.part, c.name) for c in playbook.components.values() if c.part]
    assert [part for part, _ in parts] == ["CI", "CI", "CD", "CD", "CT", "CT"]
    assert [name for _, name in parts] == COMPONENTS["CI / CD / CT"]


def test_pillars_hold_the_decks_capabilities(playbook: Playbook) -> None:
    shown = {
        pillar.name: [item.name for item in playbook.capabilities.values() if item.pillar == pillar.id]
        for pillar in playbook.pillars.values()
    }
    assert shown == PILLARS


def test_checklist_questions_lead_to_their_pillars(playbook: Playbook) -> None:
    assert [(q.question, q.pillar) for q in playbook.checklist_questions.values()] == [
        ("Where did accidents and setbacks occur?", "process"),
        ("What makes model development complicated?", "technology"),
        ("Between whom does the ball lie?", "organization"),
    ]


def test_requirements_are_split_as_on_the_slide(playbook: Playbook) -> None:
    counts: dict[tuple[str, str], int] = {}
    for item in playbook.requirements.values():
        counts[item.profile, item.level] = counts.get((item.profile, item.level), 0) + 1
    assert counts == {
        ("ml-engineer", "must-know"): 3,
        ("ml-engineer", "nice-to-have"): 2,
        ("non-ml-engineer", "must-know"): 3,
        ("non-ml-engineer", "nice-to-have"): 2,
    }


def test_knowledge_areas_are_split_as_on_the_slide(playbook: Playbook) -> None:
    areas = list(playbook.knowledge_areas.values())
    assert [area.ml_specific for area in areas] == [True] * 4 + [False] * 5


def test_click_through_situation_has_four_hypotheses_and_only_with_an_ml_engineer(playbook: Playbook) -> None:
    situation = playbook.situations["click-through-rate-fell"]
    assert [
        [each.name for each in reading.hypotheses if each.source and each.source.slides == (25,)] for reading in situation.readings
    ] == [
        [],
        [
            "Drift is occurring", "Data that was absent from the training set",
            "A fault in the label collection pipeline", "A problem in data preprocessing",
        ],
    ]  # fmt: skip
    marks = [each.source.origin for each in situation.readings[1].hypotheses if each.source]
    assert marks == ["deck"] * 4 + ["kit"] * 2
    assert "20%" in situation.name
    assert situation.ml_specific
    assert not playbook.situations["responses-stopped"].ml_specific


def test_stakeholders_are_asked_in_the_decks_order(playbook: Playbook) -> None:
    asked = {
        question.name: [s.name for s in playbook.stakeholders.values() if s.question == question.id]
        for question in playbook.stakeholder_questions.values()
    }
    assert asked == {
        "Why": ["Management layer", "Business department"],
        "What": ["ML engineer", "Data scientist", "Data engineer"],
        "How": ["SRE", "Platform engineer"],
        "Risk": ["Legal", "Compliance", "IT systems", "Security"],
    }


def test_every_stage_towards_users_is_decided_by_the_business(playbook: Playbook) -> None:
    decides = {
        stage.name: playbook.roles[stage.decides].business for stage in playbook.release_stages.values()
    }
    assert decides == {"Shadow": False, "Limited": True, "Full": True, "Withdrawn": True}
    assert {item.stage for item in playbook.decision_criteria.values()} == {*playbook.release_stages, None}


def test_no_criterion_of_a_shadow_run_is_an_effect_on_the_business_kpi(playbook: Playbook) -> None:
    before_users = [
        item for item in playbook.decision_criteria.values() if item.stage in ("shadow", "limited")
    ]
    assert before_users
    assert not [item.id for item in before_users if "kpi" in item.id or "KPI" in item.name]


def test_initial_members_are_the_four_of_slide_29(playbook: Playbook) -> None:
    assert [playbook.roles[m.role].name for m in playbook.members.values()] == [
        "Data engineer", "Infra engineer", "ML engineer", "Ops engineer",
    ]  # fmt: skip


def test_flagship_has_three_criteria_of_the_deck_and_one_of_the_kit(playbook: Playbook) -> None:
    assert [item.source.origin for item in playbook.criteria.values()] == ["deck", "deck", "deck", "kit"]
    assert len(playbook.exclusions) == 3


def test_approaches_have_all_rows_of_the_summary_and_the_kits_budget(playbook: Playbook) -> None:
    for approach in playbook.approaches.values():
        assert [cell.aspect for cell in approach.comparison] == list(playbook.comparison_aspects)
        assert len(approach.steps) == 4
    budget = playbook.approaches["top-down"].comparison[1]
    assert (budget.aspect, budget.source.origin) == ("budget", "kit")


def test_tree_has_questions_and_first_steps_enough_and_says_no_honestly(playbook: Playbook) -> None:
    assert len(playbook.questions) >= 8
    assert len(playbook.first_steps) >= 9
    assert playbook.first_steps["not-for-you"].source.slides == (4,)


def test_every_first_step_opens_a_template_and_every_deck_slide_with_content_is_used(
    playbook: Playbook,
) -> None:
    slides: set[int] = set()
    for items in playbook.lists.values():
        for item in items.values():
            slides.update(*(each.slides for each in sources(item)))
    content = {9, 10, 11, 12, 13, 16, 17, 20, 21, 22, 23, 24, 25, 28, 29, 30, 32, 33, 34, 35, 36, 37, 39, 40}
    assert content <= slides
    assert all(step.template in playbook.templates for step in playbook.first_steps.values())


def test_all_templates_of_the_kit_are_there(playbook: Playbook) -> None:
    assert set(playbook.templates) == {
        "one-sheet", "stakeholder-map", "initial-members", "sourcing-decision", "raci-sheet",
        "decision-criteria", "flagship-scorecard", "kpi-translation", "milestones", "wont-do-list",
        "missing-capability-check", "release-criteria", "incident-runbook", "model-review",
        "skills-matrix", "small-improvement-log", "management-proposal", "discussion-record",
        "model-card", "incident-review", "handover-agreement", "llm-release", "model-register",
        "monitoring-plan",
    }  # fmt: skip


def test_navigation_has_the_templates_as_their_page_groups_them(playbook: Playbook) -> None:
    navigation = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8").partition("\nnav:\n")[2])
    [groups] = [entry["Templates"] for entry in navigation if "Templates" in entry]
    listed = [(name, ids) for group in groups if isinstance(group, dict) for name, ids in group.items()]
    assert listed == [
        (moment.name, [f"templates/{each.id}.md" for each in here])
        for moment, here in by_moment(playbook)
        if moment
    ]


def test_every_page_of_a_template_leaves_the_way_on_to_the_template(playbook: Playbook) -> None:
    for id in playbook.of(Template):
        assert "hide: [toc, footer]" in (ROOT / f"docs/templates/{id}.md").read_text("utf-8"), id


def test_every_template_can_be_called_for_prepared_and_led(playbook: Playbook) -> None:
    for id, each in playbook.of(Template).items():
        assert each.invite, id
        subject, blank, *text = each.invite.splitlines()
        assert subject.startswith("Subject: "), id
        assert f"{each.minutes} minutes" in subject, id
        assert blank == "", id
        assert 4 <= len(text) <= 8, id
        assert len(each.bring) >= 2, id
        assert by_the_clock(each), id
        assert each.feeds, id
        assert each.short or each.minutes <= 15, id


def test_an_answer_of_version_0_2_0_still_has_its_place(playbook: Playbook) -> None:
    """Drafts in browsers and committed files keep what they said: no field went without a `was`."""
    recorded = json.loads((ROOT / "tests/vectors/fields-0.2.0.json").read_text("utf-8"))
    templates = playbook.of(Template)
    for id, sections in recorded.items():
        today = {name: each for each in templates[id].sections for name in (each.id, *each.was)}
        for section, fields in sections.items():
            asked = {name: each.type for each in today[section].fields for name in (each.id, *each.was)}
            assert fields.items() <= asked.items(), (id, section)


def test_only_the_discussion_record_ends_the_way_through_the_templates(playbook: Playbook) -> None:
    assert [id for id, each in playbook.of(Template).items() if each.next is None] == ["discussion-record"]


def test_third_takeaway_is_not_about_a_planet(playbook: Playbook) -> None:
    text = playbook.takeaways["first-use-case"].text.lower()
    assert "mars" not in text
    assert "foundation" in text


# --- what a reader looks up ------------------------------------------------------------------

LOOKED_UP = [
    "shadow run", "canary", "drift", "AI Act", "prompt", "vendor model", "model card", "postmortem",
    "handover", "cost per prediction", "sponsor", "business owner", "guardrail", "evaluation set",
    "prompt injection", "agent", "DPIA", "SLO", "SLI", "SLA", "RAG", "human oversight", "model register",
    "withdrawal", "limited release", "ground truth", "hub-and-spoke",
]  # fmt: skip


@pytest.mark.parametrize("word", LOOKED_UP)
def test_glossary_explains_what_a_reader_looks_up(word: str, playbook: Playbook) -> None:
    terms = [f"{term.name} {term.abbreviation or ''}" for term in playbook.of(Term).values()]
    assert any(re.search(rf"\b{re.escape(word)}\b", term, re.IGNORECASE) for term in terms)


def test_every_term_of_the_glossary_is_used_somewhere_else(playbook: Playbook) -> None:
    """On a page or in the data; whole words, plural or not, by name or abbreviation."""
    files = [
        *(path for path in (ROOT / "docs").rglob("*.md") if "contributing" not in path.parts),
        *(path for path in (ROOT / "data").rglob("*.yml") if path.name != "glossary.yml"),
    ]
    text = " ".join(" ".join(path.read_text("utf-8").split()) for path in files)
    unused = [
        term.name
        for term in playbook.of(Term).values()
        if not any(
            re.search(rf"\b{re.escape(word)}s?\b", text, re.IGNORECASE)
            for word in [*re.split(r"[()]", term.name), term.abbreviation or ""]
            if word.strip()
        )
    ]
    assert unused == []


def test_rows_for_prompt_and_evaluation_set_can_be_taken_as_they_are_written(project: Project) -> None:
    page = (ROOT / "docs" / "llm.md").read_text("utf-8")
    [_, rows, _] = re.split(r"```(?:yaml)?\n", page)
    project.write("company/raci.yml", rows)
    added = project.playbook().activities
    assert project.lines() == []
    assert added["prompt"].roles["ml-engineer"] == "R/A"
    assert added["evaluation-set"].roles["stakeholders"] == "R/A"


# --- what we ship works as a whole ---------------------------------------------------------


def test_checking_it_finds_no_problem_and_no_warning() -> None:
    playbook, site = check(Folder(ROOT))  # type: ignore[misc]
    assert [line(each) for each in playbook.warnings] == []
    assert site.configuration is None


def test_every_path_of_the_tree_ends_in_a_first_step(playbook: Playbook) -> None:
    def ends(name: str, length: int) -> int:
        if name in playbook.first_steps:
            return 1
        assert length < 20
        return sum(ends(answer.to, length + 1) for answer in playbook.questions[name].answers)

    assert ends(tree.root(playbook).id, 0) > len(playbook.first_steps)


def test_every_sheet_keeps_the_contract_and_has_names_for_its_controls(playbook: Playbook) -> None:
    for id, sheet in sheets(playbook).items():
        assert not list(breaches(sheet.spec, SheetSpec)), id
        keys = [
            cell.key
            for part in sheet.parts
            for cell in (*part.cells, *(cell for row in part.rows or () for cell in row.cells))
        ]
        assert len(keys) == len(set(keys)), id


def test_every_blank_has_all_sections_and_whole_tables(playbook: Playbook) -> None:
    context = Context(playbook, Linker(), typesetter(playbook))
    for id, template in playbook.of(Template).items():
        text = blank(context, id)
        assert all(f"## {section.name}\n" in text for section in template.sections), id
        for table in (block.splitlines() for block in text.split("\n\n") if block.startswith("|")):
            assert len({row.replace("\\|", "").count("|") for row in table}) == 1, (id, table)


def test_both_parsers_of_pyyaml_read_the_data_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {path.name: path.read_text("utf-8") for path in (ROOT / "data").rglob("*.yml")}
    fast = {name: parse(name, text) for name, text in texts.items()}
    monkeypatch.setattr("macros.load.yaml._Loader", yaml.SafeLoader)
    for name in ("decision_tree.yml", "raci.yml", "raci-sheet.yml", "one-sheet.yml"):
        assert parse(name, texts[name]) == fast[name], name


MAKERS = (
    "contributing/",
    "customize/",
    "reference/",
    "publish.md",
    "our-changes.md",
    "generators.md",
    "about.md",
)
"""Pages for those who keep a copy, and the page about the marks: nothing there is after the deck."""


def test_every_readers_page_says_where_its_unmarked_text_comes_from(playbook: Playbook) -> None:
    pages = [page for page in playbook.project.pages if not page.startswith(MAKERS)]
    ends = ("{{ unmarked(", "{{ fill(")
    silent = [
        page for page in pages if not (ROOT / "docs" / page).read_text().splitlines()[-1].startswith(ends)
    ]
    assert silent == []


def test_no_first_step_template_or_term_is_marked_as_the_decks(playbook: Playbook) -> None:
    written = [*playbook.first_steps.values(), *playbook.templates.values(), *playbook.terms.values()]
    assert [item.id for item in written if item.source.origin == "deck"] == []


SENT = re.compile(
    r"\b(?:[Ww]rite|[Pp]ut|[Nn]ote|[Ee]nter|line in)\b[^.|]*?\[[^\]]+\]\((?:\.\./)*templates/([a-z-]+)\.md(?:#([\w-]+))?\)"
)
"""A sentence that sends a reader to a sheet with something to write there."""


def test_whoever_is_sent_to_a_sheet_to_write_something_lands_where_it_is_written(playbook: Playbook) -> None:
    sent = [
        (page, *found)
        for page in playbook.project.pages
        if not page.startswith((*MAKERS, "templates/"))
        for found in SENT.findall((ROOT / "docs" / page).read_text("utf-8"))
    ]
    assert len(sent) > 10
    nowhere = [
        (page, template, section)
        for page, template, section in sent
        if section not in {each.id for each in playbook.templates[template].sections}
    ]
    assert nowhere == []
