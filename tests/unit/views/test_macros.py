"""Every macro that a page can call: what it shows, in short."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.model.kinds import KINDS
from macros.model.renamed import RENAMED
from macros.playbook import Playbook
from macros.rules import READING, RULES
from macros.sheets.spec import specs
from macros.views import macros as catalog
from macros.views.blank import blank, blank_path
from macros.views.environment import PARTIALS
from macros.views.links import Linker
from macros.views.render import Context, typesetter
from tests.conftest import Copy

ARGUMENTS: dict[str, list[Any]] = {
    "components": ["run"], "capabilities": ["people"], "situation": ["slow"], "approach": ["down"], "fill": ["form"], "filled": ["form"],
    "name": ["roles", "builder"], "other_rules": ["raci-"], "decision_criteria": ["deployment"],
}  # fmt: skip


@pytest.fixture(scope="module")
def context(small_playbook: Playbook) -> Context:
    return Context(small_playbook, Linker("x/y.md"), typesetter(small_playbook))


def shown(context: Context, name: str, *arguments: Any) -> str:
    return str(catalog.MACROS[name](context, *(arguments or ARGUMENTS.get(name, []))))


def words(text: str) -> str:
    """What of some HTML and Markdown people read."""
    return " ".join(LexborHTMLParser(f"<div>{text}</div>").text(separator=" ").split())


SAYS = {
    "name": ["Builder"],
    "audiences": ["Maker", "You make it.", "Clean first", "The aim"],
    "lifecycle": ["Make", "Clean the data", "Run", "Serve"],
    "components": ["Before", "Check", "Who tries?", "After", "Serve", "Answer within the", "SLA", "deck 4, 5"],
    "pillars": ["People", "Who does it.", "Talk", "Trust", "Tools", "Log"],
    "capabilities": ["Talk", "They meet.", "They met this week.", "Meet today .", "Trust"],
    "checklist_questions": ["What broke?", "It is down.", "Nobody knew.", "Who waits?"],
    "requirements": ["Deep", "Maths", "Can count.", "Wide", "Shell"],
    "knowledge_areas": ["Drift", "The world changes.", "Disks"],
    "misconceptions": ["It is magic.", "It is work.", "Begin small."],
    "situations": ["It got slow", "People wait."],
    "situation": ["People wait.", "The log says so.", "Buy more.", "Too big", "Measure it.", "Runner", "Ask the Builder.", "Look first."],
    "stakeholders": ["What is it for?", "Board", "Money.", "Kim", "Guards"],
    "members": ["Builder", "Train", "One model.", "Runner", "One alert of the Runner.", "Lee"],
    "sourcing": ["Inside", "Fast", "Busy", "Outside", "Dear"],
    "raci_table": ["Builder", "Train", "Deploy", "Both get up at night.", "Watch"],
    "raci_by_role": ["Builder", "Runner", "Owner", "Watch"],
    "business_decisions": ["Deploy", "Owner"],
    "principles": ["Begin small", "One model.", "The orders."],
    "candidates": ["Take Orders.", "Orders passes all 2.", "Chat is out, whatever it scores: It is in fashion."],
    "release_stages": ["Trial", "Ten use it.", "What it does to ten .", "Who says yes: Owner", "When this holds: It is better", "Over"],
    "decision_criteria": ["It is better", "Trial", "3 %", "In the shop", "1 %"],
    "milestones": ["One month", "7", "A page", "Foundation: A job", "If missed: We stop.", "Six months", "It pays."],
    "criteria": ["It is worth it", "Ten a day.", "Fame."],
    "exclusions": ["It is in fashion", "Others have it."],
    "approaches": ["Down", "Up", "Cost", "High", "Low", "Pace"],
    "approach": ["Money", "Haste", "Say so", "Aloud."],
    "wont_do": ["A castle", "It takes years .", "A hut.", "Ann", "2027-06-01", "A robot"],
    "takeaways": ["Take a sheet", "And a pen."],
    "topics": ["Where to sit", "Near whom?", "Near users.", "Who calls?"],
    "decision_tree": ["Is there a model?", "There is one", "Care for it", "The Runner leads.", "It is noted."],
    "tree_picture": ["A model", "In use", "Care for it", "Asked for"],
    "templates": ["Form", "Every kind of field.", "30", "Who does what"],
    "fill": ["Every kind of field.", "Everybody, and the Owner", "30 minutes", "Its name, such as Red", "Going up", "A castle", "It takes years."],
    "filled": ["Form"],
    "glossary": ["Model", "What was trained.", "Service level agreement", "SLA"],
    "data_reference": ["roles", "A role: a column of the RACI"],
    "settings_reference": ["favicon", "Colors", "primary_dark", "NavigationChange"],
    "linter_rules": ["raci-no-responsible", "tree-cycle"],
    "other_rules": ["tree-cycle"],
    "reading_rules": ["yaml-syntax", "unknown-macro"],
    "provenance": ["19", "21"],
    "differences": [],
}  # fmt: skip


@pytest.mark.parametrize("name", SAYS)
def test_a_macro_shows_what_it_is_for(context: Context, name: str) -> None:
    text = words(shown(context, name))
    missing = [each for each in SAYS[name] if each not in text]
    assert not missing, (missing, text)


def test_every_macro_says_what_it_shows() -> None:
    assert all(macro.__doc__ for macro in catalog.MACROS.values())


def test_no_partial_is_unused() -> None:
    package = Path(catalog.__file__).parents[1]
    sources = [*package.rglob("*.py"), *PARTIALS.iterdir()]
    code = "".join(path.read_text("utf-8") for path in sources)
    for partial in PARTIALS.iterdir():
        assert f'"{partial.name}"' in code, partial.name


def test_every_item_is_an_anchor_where_it_is_shown(context: Context) -> None:
    for macro, key in {
        "glossary": "terms", "takeaways": "takeaways", "topics": "topics", "wont_do": "wont_do", "milestones": "milestones",
        "criteria": "criteria", "exclusions": "exclusions", "principles": "principles", "decision_tree": "questions",
    }.items():  # fmt: skip
        text = shown(context, macro)
        for id in context.playbook.lists[key]:
            assert f'id="{id}"' in text or f"#{id}" in text, (macro, id)


# --- arguments -----------------------------------------------------------------------------


def test_components_are_those_of_the_group_under_their_parts(context: Context) -> None:
    assert "Clean" in words(shown(context, "components", "make"))
    assert "Clean" not in words(shown(context, "components", "run"))


def test_capabilities_and_criteria_are_those_that_were_asked_for(context: Context) -> None:
    assert "Log" not in words(shown(context, "capabilities", "people"))
    text = words(shown(context, "decision_criteria", "emergency"))
    assert "Who is called" in text
    assert "It is better" not in text


def test_a_table_of_criteria_is_headed_by_what_they_are(small: Copy) -> None:
    for old in ("decision: withdrawal", "decision: emergency"):
        small.edit("data/decision_criteria.yml", old, f"agreed: Yes., {old}")
    playbook = small.playbook()
    context = Context(playbook, Linker(), typesetter(playbook))
    heads = {
        each: LexborHTMLParser(shown(context, "decision_criteria", each)).css("th")[0].text()
        for each in ("withdrawal", "emergency")
    }
    assert [each.split()[0] for each in heads.values()] == ["Criterion", "Question"]


def test_in_the_lifecycle_the_group_that_is_read_is_marked(context: Context) -> None:
    assert (
        catalog.lifecycle(context, "make") != catalog.lifecycle(context, "run") != catalog.lifecycle(context)
    )


def test_rules_are_chosen_by_the_beginning_of_their_ids(context: Context) -> None:
    raci = shown(context, "linter_rules", "raci-")
    others = shown(context, "other_rules", "raci-")
    for rule in RULES:
        assert (rule.id in raci) == rule.id.startswith("raci-")
        assert (rule.id in others) != rule.id.startswith("raci-")
    assert all(id in shown(context, "reading_rules") for id in READING)


def test_a_name_is_text_for_a_title(context: Context) -> None:
    assert shown(context, "name", "members", "second") == "Runner"
    assert shown(context, "name", "checklist_questions", "broke") == "What broke?"


def test_links_are_seen_from_the_page(context: Context) -> None:
    assert 'href="../../make/#clean"' in shown(context, "audiences")


def test_terms_stand_in_the_order_of_the_alphabet_whatever_their_capitals(small: Copy) -> None:
    term = "  - {id: name-of-it, name: name of it, text: What it is called., source: kit}\n"
    small.write("data/glossary.yml", small.read("data/glossary.yml") + term)
    playbook = small.playbook()
    text = shown(Context(playbook, Linker(), typesetter(playbook)), "glossary")
    found = [text.index(f'id="{id}"') for id in ("model", "name-of-it", "sla")]
    assert found == sorted(found)


# --- sheets --------------------------------------------------------------------------------


@pytest.mark.parametrize("id", ["form", "gaps", "raci-sheet", "scorecard"])
def test_a_sheets_page_hands_its_spec_over_and_offers_its_blanks(context: Context, id: str) -> None:
    tree = LexborHTMLParser(shown(context, "fill", id))
    [form] = tree.css("form[data-pb-spec]")
    assert json.loads(form.attributes["data-pb-spec"] or "") == json.loads(
        json.dumps(specs(context.playbook)[id])
    )
    assert [link.attributes["download"] for link in tree.css("a[download]")] == [
        f"{id}.{form}" for form in catalog.BLANKS
    ]


def test_a_spec_cannot_leave_the_attribute_that_holds_it(small: Copy) -> None:
    hostile = "\"'><b id='out'>&quot;"
    small.edit(
        "data/templates/form.yml", "{id: notes, name: Notes,", f"{{id: notes, name: {json.dumps(hostile)},"
    )
    playbook = small.playbook()
    tree = LexborHTMLParser(catalog.fill(Context(playbook, Linker(), typesetter(playbook)), "form"))
    [form] = tree.css("form[data-pb-spec]")
    assert json.loads(form.attributes["data-pb-spec"] or "")["sections"][3]["name"] == hostile
    assert not tree.css("#out")


def test_the_one_sheet_knows_what_was_committed(context: Context) -> None:
    text = shown(context, "fill", "poster")
    assert "Orders" in text
    assert "Kim (Board)" in text


@pytest.mark.parametrize("id", ["form", "gaps", "poster", "raci-sheet", "scorecard"])
def test_a_blank_has_all_sections_and_whole_tables(context: Context, id: str) -> None:
    item = context.playbook.templates[id]
    text = blank(context, id)
    assert text.startswith(f"# {item.name}\n")
    for section in item.sections:
        assert f"## {section.name}\n" in text
    tables = [block.splitlines() for block in text.split("\n\n") if block.startswith("|")]
    assert len(tables) == sum(section.rows is not None for section in item.sections)
    for rows in tables:
        assert len({row.replace("\\|", "").count("|") for row in rows}) == 1, rows
        assert set(rows[1]) <= set("| -")


def test_where_a_blank_is_published() -> None:
    assert blank_path("form") == "templates/form.md"
    assert blank_path("form", "xlsx") == "templates/form.xlsx"


# --- about the playbook --------------------------------------------------------------------


def test_the_data_reference_has_every_kind_and_field_and_no_unexplained_kind(context: Context) -> None:
    text = catalog.data_reference(context)
    for kind in (*KINDS, RENAMED):
        assert kind.model.__doc__
        assert f"{{: #{kind.key} }}" in text
        for field in kind.model.model_fields:
            assert f"<code>{field}</code>" in text


def test_slides_are_counted_with_what_comes_from_them(context: Context) -> None:
    text = words(catalog.provenance(context))
    assert re.search(r"\b14\b.*2 stakeholder questions.*1 stakeholder\b", text)
    assert re.search(r"\b4\b[^0-9]*2 components", text)


def differences(small: Copy) -> str:
    playbook = small.playbook()
    return words(catalog.differences(Context(playbook, Linker(), typesetter(playbook))))


def test_our_changes_are_shown_by_list_and_pages_besides(small: Copy) -> None:
    untouched = differences(small)
    small.write("company/roles.yml", "roles:\n  - {id: builder, name: Maker}\n")
    small.write("company/wont_do.yml", "wont_do:\n  - {id: robot, remove: true}\n")
    small.write("company/docs/up.md", "# Ours\n")
    text = differences(small)
    assert untouched != text
    for each in ("Roles", "Builder", "Maker", "Won't-do items", "A robot", "up.md"):
        assert each in text, each
        assert each not in untouched, each
    assert text.index("Roles") < text.index("Won't-do items")
