"""Template definitions: each contradiction is found at its place."""

from __future__ import annotations

import pytest

from tests.conftest import Copy

FORM, SHEET = "data/templates/form.yml", "data/templates/raci-sheet.yml"
FIELD = '{id: team, name: Team, required: true, help: "Its name, such as Red"}'
HOME = "rows: {of: wont_do, blank: 1, label: What, home: true}"
TABLE = "rows: {of: activities, note: text, blank: 1, label: Activity, home: true}"


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("{id: team, name: T, type: choice}", "fields[0]: a choice without choices; add 'choices' or 'choices_from'"),
        ("{id: team, name: T, choices: [{value: a, text: A}]}", "fields[0]: choices on a text field; set 'type: choice'"),
        ("{id: team, name: T, choices_from: roles}", "fields[0]: choices on a text field; set 'type: choice'"),
        ("{id: team, name: T, type: choice, choices: [{value: a, text: A}], choices_from: roles}",
         "fields[0]: both 'choices' and 'choices_from'; keep one"),
        ("{id: team, name: T, unit: kg}", "fields[0].unit: a unit on a text field; set 'type: number'"),
        ("{id: team, name: T, prefill: name}", "fields[0].prefill: nothing to prefill from; set 'rows: of:'"),
        ("{id: day, name: T}", "fields[3].id: duplicate id 'day'"),
        ("{id: team, name: T, type: choice, choices: [{value: a, text: A}, {value: a, text: B}]}",
         "fields[0].choices[1].id: duplicate id 'a'"),
        ("{id: team, name: T, was: [story]}", "fields[0].was[0]: 'story' is still an id here; an old answer would fit twice"),
        ("{id: team, name: T, was: [tale]}", "fields[1].was[0]: 'tale' is still an id here; an old answer would fit twice"),
    ],
)  # fmt: skip
def test_a_field_that_contradicts_itself_is_an_error(small: Copy, new: str, expected: str) -> None:
    small.edit(FORM, FIELD, new)
    assert small.problem().startswith(f"{FORM}:")
    assert small.problem().endswith(f"templates[0].sections[0].{expected}")


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (SHEET, "columns_of: roles,", "", "sections[1].cell: a 'cell' without 'columns_of'; say which columns"),
        (SHEET, TABLE, TABLE.replace("note: text", "note: txt"), "rows.note: unknown field 'txt' of activities; did you mean 'text'?"),
        (SHEET, TABLE, "rows: {blank: 0}", "sections[1].rows: has no rows; set 'of' or 'blank'"),
        (SHEET, f"\n       {TABLE},", "", "sections[1].columns_of: columns need 'rows'; say which rows"),
        (SHEET, "prefill: roles", "prefill: rolls", "cell.prefill: unknown field 'rolls' of activities; did you mean 'roles'?"),
        (SHEET, "fields: [{id: team, name: Team, required: true}, {id: date, name: Date, type: date}]", "help: x",
         "sections[0]: has nothing to fill in; add 'fields' or 'columns_of'"),
        ("data/templates/poster.yml", "\n       cell: {id: letter", "\n       help: x, celk: {id: letter", "did you mean 'cell'?"),
        (FORM, "prefill: reason", "prefill: resaon", "fields[0].prefill: unknown field 'resaon' of wont_do; did you mean 'reason'?"),
        (FORM, HOME, "rows: {blank: 1, home: true}", "rows.home: a home without 'of'; say which list the answers become"),
        (FORM, "name_from: roles}", "name_from: roles, home: true}",
         "rows.home: a sheet becomes one file, and 'wont_do' has its home here already; make it a template of its own"),
        (FORM, "was: [start]", "was: [notes]", "sections[0].was[0]: 'notes' is still an id here; an old answer would fit twice"),
        (FORM, "{id: crew,", "{id: notes,", "sections[3].id: duplicate id 'notes'"),
        (FORM, "next: raci-sheet,", "next: raci-sheet, result: gaps,", "result: the result 'gaps' needs a section 'questions'"),
        (FORM, "rows: {blank: 2, label: Note}", "rows: {blank: 2, label: Note, name_from: roles}",
         "rows.name_from: only tables whose rows come 'of' a list name their added rows; set 'of', or make it a choice field"),
        ("data/templates/gaps.yml", "where: {pillar: people}", "where: {piller: people}",
         "sections[1].rows.where.piller: unknown field; did you mean 'pillar'?"),
        ("data/templates/scorecard.yml", "{id: a, name: Candidate 1, heading: candidates.row-1.name, type: checkbox}",
         "{id: a, name: Candidate 1, heading: candidates.row-9.name, type: checkbox}",
         "heading: no answer 'candidates.row-9.name' in this sheet; did you mean 'candidates.row-3.name'?"),
        ("data/templates/scorecard.yml", "{id: decision, name", "{id: decisions, name", "result: the result 'scorecard' needs a section 'decision'; did you mean 'decisions'?"),
        ("data/templates/poster.yml", "{id: start, name", "{id: begin, name", "result: the result 'one-sheet' needs a section 'start'"),
    ],
)  # fmt: skip
def test_a_section_that_contradicts_itself_is_found_with_its_place(
    small: Copy, file: str, old: str, new: str, expected: str
) -> None:
    small.edit(file, old, new)
    found = small.lines()
    assert any(each.startswith(f"{file}:") and each.endswith(expected) for each in found), found


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("{minutes: 10, do: Ask.}", "{minutes: 15, do: Ask.}",
         "plan: the parts take 35 minutes, and the session 30; make them add up, or write minutes: 35"),
        ("{template: raci-sheet,", "{template: form,",
         "feeds[0].template: a template feeds itself; name the template that takes the answers"),
        ("what: The team}]", "what: The team}, {template: raci-sheet, what: The day}]",
         "feeds[1].template: 'raci-sheet' is fed twice; say both in one 'what'"),
        ("next: raci-sheet", "next: form", "next: a template follows itself; name another one, or leave it out"),
        ("{template: raci-sheet,", "{template: raci-shet,",
         "feeds[0].template: unknown template 'raci-shet'; did you mean 'raci-sheet'?"),
        ("moment: start", "moment: strat", "moment: unknown moment 'strat'; did you mean 'start'?"),
    ],
)  # fmt: skip
def test_a_session_that_contradicts_itself_is_an_error(
    small: Copy, old: str, new: str, expected: str
) -> None:
    small.edit(FORM, old, new)
    assert small.problem().endswith(f"templates[0].{expected}")


def test_a_company_that_changes_the_minutes_alone_is_warned_and_builds(small: Copy) -> None:
    small.write("company/templates/form.yml", "templates:\n  - {id: form, minutes: 90}\n")
    [found] = small.playbook().warnings
    assert found.rule == "template-half-plan"
    assert found.message == "the parts take 30 minutes, and the session 90"
    assert found.hint == "the playbook's plan is not shown; write your own, or plan: null"


def test_a_company_takes_out_a_template_that_others_feed_and_lead_to(small: Copy) -> None:
    small.write("company/templates/form.yml", "templates:\n  - {id: gaps, remove: true}\n")
    small.edit(FORM, "next: raci-sheet, moment: start", "next: gaps, moment: later")
    small.edit(FORM, "{template: raci-sheet,", "{template: gaps,")
    small.write("company/moments.yml", "moments:\n  - {id: later, remove: true}\n")
    assert small.lines() == []


def test_columns_without_a_cell_are_an_error(small: Copy) -> None:
    small.edit(FORM, "{id: notes, name: Notes,", "{id: notes, name: Notes, columns_of: roles,")
    assert small.problem().endswith("sections[3].columns_of: columns without a 'cell'; say what to fill in")


def test_a_home_that_no_answer_goes_to_is_an_error(small: Copy) -> None:
    small.edit(FORM, ", prefill: reason", "")
    small.edit(FORM, ", prefill: review", "")
    assert small.problem() == (
        f"{small.at(FORM, 'true}, fields: [')}: templates[0].sections[1].rows.home: no answer has a place in the list; "
        "name one in 'prefill'"
    )


def test_two_tables_may_have_their_home_in_one_list(small: Copy) -> None:
    second = "{id: later, name: Later, rows: {of: wont_do, home: true}, fields: [{id: why, name: Why, prefill: reason}]},"
    small.edit(FORM, "      {id: crew,", f"      {second}\n      {{id: crew,")
    assert not small.problems()


def test_a_template_without_a_page_is_an_error(small: Copy) -> None:
    small.edit(FORM, "{id: form,", "{id: forms,")
    small.edit("data/decision_tree.yml", "template: form", "template: forms")
    small.edit("data/glossary.yml", "template:form,", "template:forms,")
    [problem] = small.problems()
    assert problem.rule == "template-page"
    assert small.problem() == (
        f"{small.at(FORM, 'forms')}: templates[0].id: the template has no page docs/templates/forms.md; "
        "copy another template's page and change its id"
    )
    small.write("company/docs/templates/forms.md", "# Ours\n")
    assert not small.problems()
