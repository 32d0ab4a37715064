"""Mistakes in data files, as people meet them."""

from __future__ import annotations

import json

import pytest

from macros.diagnostics import Diagnostic, Diagnostics, did_you_mean, dotted
from macros.report import as_json, github, line, text
from tests.conftest import Project


def test_misspelled_role_is_found_with_its_place_and_the_right_word(project: Project) -> None:
    project.edit("data/raci.yml", "ml-engineer: R/A", "ml-enginer: R/A")
    assert project.problem() == (
        "data/raci.yml:8:7: activities[0].roles.ml-enginer: unknown role; did you mean 'ml-engineer'?"
    )


def test_unknown_key_suggests_the_nearest(project: Project) -> None:
    project.edit("data/raci.yml", "    business_decision: true", "    buisness_decision: true")
    found = [line(problem) for problem in project.problems()]
    assert found == [
        "data/raci.yml:36:5: activities[2].buisness_decision: unknown key; did you mean 'business_decision'?"
    ]


def test_unknown_key_far_from_all_lists_what_is_expected(project: Project) -> None:
    project.edit("data/pillars.yml", "    name: Organization\n", "    name: Organization\n    zzz: x\n")
    assert project.problem().endswith("zzz: unknown key; expected one of id, source, name, text, page")


def test_comma_in_braces_is_explained(project: Project) -> None:
    project.edit("data/comparison_aspects.yml", "name: Budget", "name: Budget, and time")
    assert "a comma ends the text before it in {…}" in project.problem()


def test_missing_key_points_at_the_item(project: Project) -> None:
    project.edit("data/roles.yml", "    name: ML engineer\n", "")
    assert project.problem() == "data/roles.yml:4:5: roles[0]: missing 'name'"


def test_wrong_type_says_what_was_expected_and_found(project: Project) -> None:
    project.edit("data/pillars.yml", "name: Organization", "name: [Organization]")
    assert project.problem() == "data/pillars.yml:4:11: pillars[0].name: expected text, got a list"


def test_yaml_trap_in_text_suggests_quotes(project: Project) -> None:
    project.edit("data/roles.yml", "name: ML engineer", "name: no")
    assert project.problem() == (
        'data/roles.yml:5:11: roles[0].name: `no` is read as a yes/no value; write "no" to keep it as text'
    )


def test_date_in_text_suggests_quotes(project: Project) -> None:
    project.edit("data/roles.yml", "name: ML engineer", "name: 2026-05-01")
    assert '`2026-05-01` is read as a date; write "2026-05-01" to keep it as text' in project.problem()


def test_number_in_text_suggests_quotes(project: Project) -> None:
    project.edit("data/roles.yml", "name: ML engineer", "name: 42")
    assert project.problem().endswith(
        'roles[0].name: expected text, got a number; write "42" to keep it as text'
    )


def test_yes_where_true_is_meant_is_refused(project: Project) -> None:
    project.edit("data/roles.yml", "    business: true", "    business: yes")
    assert project.problem().endswith("`yes` is read as a yes/no value; write true or false")


def test_wrong_letter_lists_the_right_ones(project: Project) -> None:
    project.edit("data/raci.yml", "ops-engineer: I", "ops-engineer: X")
    assert project.problem().endswith(
        "activities[0].roles.ops-engineer: expected 'R', 'A', 'C', 'I' or 'R/A', got 'X'"
    )


def test_id_that_is_not_kebab_case_is_rewritten(project: Project) -> None:
    project.edit("data/wont_do.yml", "id: perfect-documentation", "id: Perfect Documentation")
    assert project.problem().endswith(
        "'Perfect Documentation' is not an id: lower-case words joined by '-'; write 'perfect-documentation'"
    )


def test_duplicate_id_is_found(project: Project) -> None:
    project.edit("data/wont_do.yml", "id: perfect-documentation", "id: copy-another-company")
    assert "duplicate id 'copy-another-company'" in project.problem()


def test_unknown_page_template_component_and_first_step_are_found(project: Project) -> None:
    project.edit("data/audiences.yml", "grow/approaches.md", "grow/aproaches.md")
    project.edit("data/decision_tree.yml", "template: kpi-translation", "template: kpi-translations")
    project.edit("data/decision_tree.yml", "to: translate-goal", "to: translate-gaol")
    project.edit("data/components.yml", "group: data-handling", "group: data-handlin")
    found = text(project.problems())
    assert "unknown page 'grow/aproaches.md'; did you mean 'grow/approaches.md'?" in found
    assert "unknown template 'kpi-translations'; did you mean 'kpi-translation'?" in found
    assert "unknown question or first step 'translate-gaol'; did you mean 'translate-goal'?" in found
    assert "unknown component group 'data-handlin'; did you mean 'data-handling'?" in found


def test_unknown_anchor_of_a_page_is_found_and_a_heading_is_an_anchor(project: Project) -> None:
    project.edit("data/audiences.yml", "page: grow/choosing.md", "page: grow/choosing.md#do-not-choose")
    assert not project.problems()
    project.edit("data/audiences.yml", "#do-not-choose", "#do-not-chose")
    assert project.problem().endswith(
        "unknown anchor 'do-not-chose' of page 'grow/choosing.md'; did you mean 'do-not-choose'?"
    )


@pytest.mark.parametrize("file", ["roles", "decision_tree", "templates/raci-sheet", "pillars"])
def test_a_file_that_cannot_be_read_is_one_problem_and_not_a_hundred(project: Project, file: str) -> None:
    (project.root / f"data/{file}.yml").write_text("a: [b\n", "utf-8")
    assert project.problem().startswith(f"data/{file}.yml:1:4: YAML: a '[' that is never closed")


def test_a_reference_to_a_broken_item_is_no_second_mistake(project: Project) -> None:
    project.edit("data/roles.yml", "    name: ML engineer\n", "")
    assert len(project.problems()) == 1


def test_all_problems_of_all_files_are_reported_sorted(project: Project) -> None:
    project.edit("data/roles.yml", "    name: ML engineer\n", "")
    project.edit("data/pillars.yml", "name: Organization", "name: [x]")
    project.edit("data/wont_do.yml", "wont_do:", "wont-do:")
    (project.root / "data" / "topics.yml").write_text("topics: [\n", "utf-8")
    found = [line(problem) for problem in project.problems()]
    assert [each.split(":")[0] for each in found] == [
        "data/pillars.yml",
        "data/roles.yml",
        "data/topics.yml",
        "data/wont_do.yml",
        "data/wont_do.yml",
    ]


def test_file_without_its_list_says_which(project: Project) -> None:
    (project.root / "data" / "topics.yml").write_text("topic: []\n", "utf-8")
    found = text(project.problems())
    assert "data/topics.yml:1:1: topic: unknown key; did you mean 'topics'?" in found
    assert "missing 'topics:'" in found


def test_list_in_place_of_a_mapping_is_refused(project: Project) -> None:
    (project.root / "data" / "topics.yml").write_text("- id: x\n", "utf-8")
    assert project.problem() == "data/topics.yml:1:1: expected 'topics:' at the top, got a list"


def test_missing_file_is_reported(project: Project) -> None:
    (project.root / "data" / "topics.yml").unlink()
    assert project.problem() == "data/topics.yml:1:1: is missing; restore it from upstream"


def test_file_that_nobody_reads_is_reported(project: Project) -> None:
    (project.root / "data" / "rolls.yml").write_text("roles: []\n", "utf-8")
    assert project.problem().startswith("data/rolls.yml:1:1: is not a file the playbook reads; did you mean")


def test_slide_that_the_deck_does_not_have_is_refused(project: Project) -> None:
    project.edit("data/wont_do.yml", "source: {deck: 36}", "source: {deck: 41}")
    assert "expected slide numbers from 1 to 40" in project.problem()


def test_too_few_actions_in_a_first_step_are_counted(project: Project) -> None:
    path = project.root / "data" / "decision_tree.yml"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    start = lines.index("    actions:\n") + 1
    path.write_text("".join(lines[:start] + lines[start + 1 :]), "utf-8")
    assert "expected at least 3 items, got 2" in project.problem()


def test_dotted_paths_read_like_code() -> None:
    assert dotted(("activities", 2, "roles", "ml-engineer")) == "activities[2].roles.ml-engineer"
    assert dotted(()) == ""


def test_nothing_is_suggested_where_nothing_is_near() -> None:
    assert did_you_mean("zzz", ["roles", "topics"]) == ""


def test_json_report_has_every_field() -> None:
    problem = Diagnostic("a.yml", 1, 2, "x", "bad", "good", "some-rule", "warning")
    assert json.loads(as_json(Diagnostics([problem]))) == [
        {
            "path": "a.yml", "line": 1, "column": 2, "where": "x", "message": "bad",
            "hint": "good", "rule": "some-rule", "severity": "warning",
        }
    ]  # fmt: skip


def test_github_report_escapes_what_would_end_the_command() -> None:
    problem = Diagnostic("a,b.yml", 1, 2, "x", "50% \n::error::", "", "r", "error")
    assert github(Diagnostics([problem])) == (
        "::error file=a%2Cb.yml,line=1,col=2,title=r::x: 50%25 %0A::error::"
    )
