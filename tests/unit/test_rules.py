"""The linter: each rule fires on the mistake it is for, keeps quiet otherwise, and can be turned off."""

from __future__ import annotations

import pytest

from macros.report import line
from macros.rules import READING, RULES
from tests.conftest import Project


def rules(project: Project) -> list[str]:
    return [problem.rule for problem in project.problems()]


def silence(project: Project, after: str, rule: str, file: str = "data/raci.yml") -> None:
    """Turn a rule off for the item that holds the line `after`."""
    project.edit(file, after, f"{after}    ignore:\n      - {{rule: {rule}, reason: On purpose.}}\n")


def test_shipped_data_has_no_problem_and_no_warning(project: Project) -> None:
    assert not project.problems()


# --- RACI -----------------------------------------------------------------------------


def test_activity_without_r_is_an_error(project: Project) -> None:
    project.edit("data/raci.yml", "      ops-engineer: R/A\n      stakeholders: I\n    source: {deck: 30}\n  - id: keep",
                 "      ops-engineer: A\n      stakeholders: I\n    source: {deck: 30}\n  - id: keep")  # fmt: skip
    [problem] = project.problems()
    assert problem.rule == "raci-no-responsible"
    assert problem.severity == "error"
    assert line(problem).startswith("data/raci.yml:51:5: activities[4].roles: nobody is responsible (R)")


def test_activity_without_r_can_be_turned_off_with_a_reason(project: Project) -> None:
    test_activity_without_r_is_an_error(project)
    silence(project, "    name: Incident primary response\n", "raci-no-responsible")
    assert rules(project) == []


def test_activity_without_a_is_an_error(project: Project) -> None:
    project.edit("data/raci.yml", "      ml-engineer: R/A", "      ml-engineer: R")
    assert rules(project) == ["raci-one-accountable"]
    assert "nobody is accountable (A)" in project.problem()


def test_second_a_is_an_error_at_the_second_a(project: Project) -> None:
    project.edit("data/raci.yml", "      data-engineer: C", "      data-engineer: A")
    assert project.problem().startswith(
        "data/raci.yml:9:22: activities[0].roles.data-engineer: 2 roles are accountable (A): "
        "ml-engineer, data-engineer"
    )


def test_shared_accountability_with_a_reason_is_fine_and_without_is_not(project: Project) -> None:
    text = (project.root / "data/raci.yml").read_text("utf-8")
    start = text.index("    shared_accountability")
    end = text.index("    source", start)
    project.edit("data/raci.yml", text[start:end], "")
    assert rules(project) == ["raci-one-accountable"]


def test_shared_accountability_with_one_a_is_an_error(project: Project) -> None:
    project.edit("data/raci.yml", "      data-engineer: R/A", "      data-engineer: R")
    assert rules(project) == ["raci-one-accountable"]


def test_second_a_can_be_turned_off_with_a_reason(project: Project) -> None:
    project.edit("data/raci.yml", "      data-engineer: C", "      data-engineer: A")
    silence(project, "    name: Model development\n", "raci-one-accountable")
    assert rules(project) == []


def test_business_decision_outside_the_business_unit_is_an_error(project: Project) -> None:
    project.edit("data/raci.yml", "      ml-engineer: R\n", "      ml-engineer: R/A\n")
    project.edit("data/raci.yml", "      stakeholders: A\n", "      stakeholders: C\n")
    [problem] = project.problems()
    assert (problem.rule, problem.severity) == ("raci-business-decision", "error")
    assert "'Production deployment' is a business decision, but ml-engineer holds the A" in problem.message
    assert "stakeholders" in problem.hint


def test_business_decision_can_be_turned_off_with_a_reason(project: Project) -> None:
    test_business_decision_outside_the_business_unit_is_an_error(project)
    silence(project, "    name: Production deployment\n", "raci-business-decision")
    assert rules(project) == []


def test_role_without_any_letter_is_a_warning(project: Project) -> None:
    project.edit(
        "data/roles.yml",
        "  - id: stakeholders",
        "  - id: archivist\n    name: Archivist\n    text: Keeps.\n    source: company\n  - id: stakeholders",
    )
    [problem] = project.problems()
    assert (problem.rule, problem.severity) == ("raci-idle-role", "warning")
    silence(project, "    name: Archivist\n", "raci-idle-role", "data/roles.yml")
    assert rules(project) == []


def overload(project: Project) -> None:
    """Make the ops engineer accountable for five of seven activities."""
    for activity in ("model-development", "production-deployment", "data-quality-and-features"):
        text = (project.root / "data/raci.yml").read_text("utf-8")
        start = text.index(f"  - id: {activity}\n")
        end = text.find("  - id: ", start + 5)
        item = text[start : end if end > 0 else len(text)]
        changed = item.replace("R/A", "R").replace("stakeholders: A", "stakeholders: C")
        before, _, after = changed.partition("      ops-engineer: ")
        changed = f"{before}      ops-engineer: A{after[1:]}"
        project.edit("data/raci.yml", item, changed.replace("    business_decision: true\n", ""))


def test_role_accountable_for_more_than_half_is_a_warning(project: Project) -> None:
    overload(project)
    [problem] = project.problems()
    assert (problem.rule, problem.severity) == ("raci-overloaded-role", "warning")
    assert problem.message == "'Ops engineer' is accountable for 5 of 7 activities"


def test_activities_that_ignore_the_load_are_left_out_of_the_count(project: Project) -> None:
    overload(project)
    for name in ("Model development", "Production deployment", "Data quality and features"):
        silence(project, f"    name: {name}\n", "raci-overloaded-role")
    assert rules(project) == []


def test_unknown_rule_to_turn_off_is_an_error(project: Project) -> None:
    silence(project, "    name: Model development\n", "raci-no-respnsible")
    assert "unknown rule 'raci-no-respnsible'; did you mean 'raci-no-responsible'?" in project.problem()


# --- decision tree --------------------------------------------------------------------


def test_second_root_is_an_error(project: Project) -> None:
    project.edit("data/decision_tree.yml", "to: last-accident", "to: rehearse-rollback")
    assert rules(project) == ["tree-one-root"]
    assert "no answer leads to 'last-accident'" in project.problem()


def test_cycle_is_an_error_that_shows_the_circle(project: Project) -> None:
    project.edit("data/decision_tree.yml", "to: fill-one-sheet", "to: stakeholders-known")
    found = project.problems()
    assert [problem.rule for problem in found] == ["tree-cycle", "tree-unreachable"]
    assert (
        "stakeholders-known → members-named → who-decides → flagship → milestones-agreed → stakeholders-known"
        in found[0].message
    )


def test_tree_that_only_goes_in_circles_has_no_start(project: Project) -> None:
    project.edit("data/decision_tree.yml", "to: not-for-you", "to: phase")
    assert set(rules(project)) == {"tree-one-root", "tree-cycle"}


def test_first_step_that_no_path_reaches_is_an_error(project: Project) -> None:
    project.edit("data/decision_tree.yml", "to: not-for-you", "to: drive")
    assert rules(project) == ["tree-unreachable"]
    assert "no path reaches 'not-for-you'" in project.problem()


def test_answer_twice_is_an_error(project: Project) -> None:
    project.edit("data/decision_tree.yml", "{id: notebooks, text: Models exist in notebooks and none is used",
                 "{id: none-yet, text: there is no model yet")  # fmt: skip
    assert rules(project) == ["tree-answer-twice", "tree-answer-twice"]


def test_first_step_named_like_a_question_is_an_error(project: Project) -> None:
    project.edit("data/decision_tree.yml", "  - id: set-milestones\n", "  - id: flagship\n")
    assert "tree-name-clash" in rules(project)


def test_a_tree_deeper_than_pythons_stack_is_checked(project: Project) -> None:
    names = [f"q{n}" for n in range(3000)]
    steps = (project.root / "data/decision_tree.yml").read_text("utf-8")
    steps = steps[steps.index("first_steps:") :]
    ends = [part.split("\n")[0] for part in steps.split("  - id: ")[1:]]
    questions = [
        f"  - {{id: {name}, text: T, short: S, help: H, source: kit, answers: ["
        f"{{id: a, text: A, to: {names[n + 1] if n + 1 < len(names) else ends[0]}}}, "
        f"{{id: b, text: B, to: {ends[n % len(ends)]}}}]}}"
        for n, name in enumerate(names)
    ]
    (project.root / "data/decision_tree.yml").write_text(
        "questions:\n" + "\n".join(questions) + "\n" + steps, "utf-8"
    )
    assert rules(project) == []


# --- templates ------------------------------------------------------------------------

FIELD = "{id: team, name: Team or model, required: true}"


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("{id: team, name: T, type: choice}", "a choice without choices"),
        ("{id: team, name: T, choices: [{value: a, text: A}]}", "choices on a text field"),
        ("{id: team, name: T, type: choice, choices: [{value: a, text: A}], choices_from: roles}", "both"),
        ("{id: team, name: T, unit: kg}", "a unit on a text field"),
        ("{id: team, name: T, prefill: name}", "nothing to prefill from"),
        ("{id: date, name: T}", "duplicate id 'date'"),
        ("{id: team, name: T, type: txt}", "did you mean 'text'?"),
        ("{id: team, name: T, type: choice, choices_from: rolls}", "did you mean 'roles'?"),
        (
            "{id: team, name: T, type: choice, choices: [{value: a, text: A}, {value: a, text: B}]}",
            "duplicate id 'a'",
        ),
    ],
)
def test_field_that_contradicts_itself_is_an_error(project: Project, new: str, expected: str) -> None:
    project.edit("data/templates/raci-sheet.yml", FIELD, new)
    assert expected in project.problem()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("columns_of: roles", "help: x", "a 'cell' without 'columns_of'"),
        (
            "rows: {of: activities, note: text, blank: 2",
            "rows: {of: activities, note: txt, blank: 2",
            "did you mean 'text'?",
        ),
        ("rows: {of: activities, note: text, blank: 2", "rows: {blank: 0", "has no rows"),
        ("prefill: roles", "prefill: rolls", "did you mean 'roles'?"),
    ],
)
def test_table_that_contradicts_itself_is_an_error(
    project: Project, old: str, new: str, expected: str
) -> None:
    path = "data/templates/raci-sheet.yml"
    if new == "help: x":
        project.edit(
            path,
            "        help: The playbook's letters are filled in. Change what is different with you.\n",
            "",
        )
    project.edit(path, old, new)
    assert any(expected in line(problem) for problem in project.problems())


def test_template_without_a_page_is_an_error(project: Project) -> None:
    (project.root / "data/templates/raci-sheet.yml").rename(project.root / "data/templates/x.yml")
    project.edit("data/templates/x.yml", "id: raci-sheet", "id: raci-sheets")
    assert "template-page" in rules(project)


def test_rule_ids_are_unique_and_none_is_a_reading_rule() -> None:
    ids = [rule.id for rule in RULES] + list(READING)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.id.startswith("raci-")], ids=lambda rule: rule.id
)
def test_every_raci_rule_can_be_turned_off_and_is_explained(rule) -> None:
    assert rule.can_ignore
    assert len(rule.why) > 60


SHEET = "data/templates/wont-do-list.yml"
HOME = "rows: {of: wont_do, blank: 3, label: What, home: true}"


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (SHEET, "prefill: reason}", "prefill: resaon}", "unknown field 'resaon' of wont_do; did you mean 'reason'?"),
        (SHEET, HOME, "rows: {of: wontdo, blank: 3}", "did you mean 'wont_do'?"),
        (SHEET, HOME, "rows: {blank: 3, home: true}", "a home without 'of'"),
        (SHEET, "fields:\n          - {id: sponsor", "rows: {of: roles, home: true}\n        fields:\n          - {id: sponsor",
         "a sheet becomes one file, and 'wont_do' has its home here already"),
        (SHEET, "type: long-text, required", "type: longtext, required", "did you mean 'long-text'?"),
        (SHEET, "{id: told,", "{id: told, was: [sponsor],", "'sponsor' is still an id here"),
        (SHEET, "- id: backing", "- id: backing\n        was: [list]", "'list' is still an id here"),
        (SHEET, "    source:", "    result: gap\n    source:", "did you mean 'gaps'?"),
        (SHEET, "    source:", "    result: gaps\n    source:", "the result 'gaps' needs a section 'questions'"),
        (SHEET, "rows: {of: wont_do,", "rows: {of: wont_do, hmoe: true,", "did you mean 'home'?"),
        ("data/templates/flagship-scorecard.yml", "heading: candidates.row-1.name", "heading: candidates.row-9.name",
         "no answer 'candidates.row-9.name' in this sheet; did you mean 'candidates.row-3.name'?"),
        ("data/templates/small-improvement-log.yml", "rows: {blank: 5,", "rows: {blank: 5, name_from: roles,",
         "only tables whose rows come 'of' a list name their added rows"),
    ],
)  # fmt: skip
def test_mistake_in_a_sheets_definition_is_found_with_its_place(
    project: Project, file: str, old: str, new: str, message: str
) -> None:
    project.edit(file, old, new)
    found = [line(problem) for problem in project.problems()]
    assert any(message in each and each.startswith(f"{file}:") for each in found), found


# --- flagship -------------------------------------------------------------------------


def flagship(project: Project, *candidates: str) -> list[str]:
    """Findings on a company's candidates."""
    (project.root / "company").mkdir(exist_ok=True)
    lines = ["replace: true", "candidates:", *(f"  - {{{each}}}" for each in candidates)]
    (project.root / "company/flagship.yml").write_text("\n".join(lines) + "\n", "utf-8")
    return [line(problem) for problem in project.problems()]


def test_chosen_candidate_that_is_excluded_is_an_error(project: Project) -> None:
    [found] = flagship(project, "id: chat, name: Chat, chosen: true, exclusions: [popular-elsewhere]")
    assert found == (
        "company/flagship.yml:3:28: candidates[0].chosen: 'Chat' is chosen, but it is excluded: "
        "Because it is popular at other companies; an exclusion beats any score"
    )


def test_chosen_candidate_that_fails_a_criterion_is_a_warning(project: Project) -> None:
    [found] = flagship(project, "id: x, name: X, chosen: true, criteria: {data-exists: fails}")
    assert "'X' is chosen, but it fails: The data already exists" in found
    assert project.problems()[0].severity == "warning"


def test_two_flagships_are_an_error(project: Project) -> None:
    [found] = flagship(project, "id: x, name: X, chosen: true", "id: y, name: Y, chosen: true")
    assert "'Y' is chosen beside 'X'; a flagship is one" in found


def test_candidates_that_nobody_chose_are_fine(project: Project) -> None:
    assert flagship(project, "id: x, name: X, exclusions: [popular-elsewhere]", "id: y, name: Y") == []
