"""The decision tree leads everybody, by every path, to a first step."""

from __future__ import annotations

import pytest

from macros.views.tree import reading_order
from tests.conftest import Copy

TREE = "data/decision_tree.yml"


def rules(small: Copy) -> list[str]:
    return [problem.rule for problem in small.problems()]


def test_a_second_root_is_an_error(small: Copy) -> None:
    small.edit(TREE, "text: Not yet, to: asked", "text: Not yet, to: care")
    assert rules(small) == ["tree-one-root"]
    assert small.problem() == (
        f"{small.at(TREE, 'asked, text')}: questions[2].id: no answer leads to 'asked'; only the first question "
        "'begin' may start; let an answer lead to it"
    )


def test_a_circle_is_an_error_that_shows_it(small: Copy) -> None:
    small.edit(TREE, "text: Hardly, to: learn", "text: Hardly, to: used")
    assert rules(small) == ["tree-cycle"]
    assert small.problem() == (
        f"{small.at(TREE, 'used}]')}: questions[2].answers[1].to: goes in a circle: used → asked → used; "
        "lead on, not back"
    )


def test_of_a_long_circle_only_its_end_is_shown(small: Copy) -> None:
    chain = "\n".join(
        f"  - {{id: q{n}, source: kit, text: Q{n}?, short: Q, help: H, "
        f"answers: [{{id: a, text: Go on, to: q{n + 1}}}, {{id: b, text: Stop, to: learn}}]}}"
        for n in range(20)
    )
    small.edit(TREE, "text: Hardly, to: learn", "text: Hardly, to: q0")
    small.edit(TREE, "\nfirst_steps:", f"\n{chain}\nfirst_steps:".replace("to: q20", "to: used"))
    assert rules(small) == ["tree-cycle"]
    assert "goes in a circle: used → … → q8 → q9 → q10 →" in small.problem()


def test_a_tree_that_only_goes_in_circles_has_no_start(small: Copy) -> None:
    small.edit(TREE, "text: Hardly, to: learn", "text: Hardly, to: begin")
    assert rules(small) == ["tree-one-root", "tree-cycle"]
    assert "every question is led to, so the tree has no start" in small.lines()[0]
    assert "begin → used → asked → begin" in small.lines()[1]


def test_two_paths_to_one_question_are_no_circle(small: Copy) -> None:
    small.edit(TREE, "text: There is none, to: learn", "text: There is none, to: asked")
    assert rules(small) == []


def test_a_first_step_that_no_path_reaches_is_an_error(small: Copy) -> None:
    small.edit(TREE, "text: There is none, to: learn", "text: There is none, to: care")
    small.edit(TREE, "text: Hardly, to: learn", "text: Hardly, to: care")
    assert rules(small) == ["tree-unreachable"]
    assert small.problem() == (
        f"{small.at(TREE, 'learn, name')}: first_steps[0].id: no path reaches 'learn'; let an answer lead to it, or remove it"
    )


def test_below_a_second_root_nothing_is_lost_as_well(small: Copy) -> None:
    small.edit(TREE, "text: There is none, to: learn", "text: There is none, to: care")
    small.edit(TREE, "text: Not yet, to: asked", "text: Not yet, to: care")
    assert rules(small) == ["tree-one-root"]


def test_questions_that_lead_to_each_other_only_are_reached_by_no_path(small: Copy) -> None:
    island = (
        "  - {id: one, text: T, short: S, help: H, source: kit, answers: [{id: a, text: A, to: two}, {id: b, text: B, to: care}]}\n"
        "  - {id: two, text: T, short: S, help: H, source: kit, answers: [{id: a, text: A, to: one}, {id: b, text: B, to: care}]}\n"
    )
    small.edit(TREE, "first_steps:\n", f"{island}first_steps:\n")
    assert sorted(rules(small)) == ["tree-cycle", "tree-unreachable", "tree-unreachable"]


def test_an_answer_twice_is_an_error_by_its_id_and_by_its_text(small: Copy) -> None:
    small.edit(TREE, "{id: none, text: There is none, ", "{id: there, text: there is ONE, ")
    assert [each.partition("answers[1].")[2] for each in small.lines()] == [
        "id: answer 'there' stands twice; give each its own id",
        "text: the same answer text stands twice; nobody can choose",
    ]


def test_the_same_answer_to_two_questions_is_fine(small: Copy) -> None:
    small.edit(TREE, "{id: daily, text: Every day, ", "{id: there, text: There is one, ")
    assert rules(small) == []


def test_a_first_step_named_like_a_question_is_an_error(small: Copy) -> None:
    small.edit(TREE, "  - {id: care,", "  - {id: used,")
    assert "tree-name-clash" in rules(small)
    assert any("first_steps[1].id: 'used' is also a question" in each for each in small.lines())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("text: There is one, to: used", "text: There is one, to: usd"),
        ("text: Not yet, to: asked", "text: Not yet, to: askd"),
    ],
)
def test_a_misspelled_answer_is_one_mistake_and_leaves_no_question_unled(
    small: Copy, old: str, new: str
) -> None:
    small.edit(TREE, old, new)
    assert "unknown question or first step" in small.problem()


def test_a_misspelled_answer_makes_no_first_step_unreachable(small: Copy) -> None:
    small.edit(TREE, "text: There is none, to: learn", "text: There is none, to: lern")
    small.edit(TREE, "text: Hardly, to: learn", "text: Hardly, to: lern")
    assert rules(small) == ["unknown-reference", "unknown-reference"]


@pytest.mark.parametrize("text", ['text: "Is it used?", ', "short: In use, ", "text: Every day, "])
def test_a_broken_question_leaves_no_hole_to_complain_about(small: Copy, text: str) -> None:
    small.edit(TREE, text, "")
    assert "missing" in small.problem()


def test_a_tree_deeper_than_pythons_stack_is_checked(small: Copy) -> None:
    steps = small.read(TREE)
    steps = steps[steps.index("first_steps:") :]
    ends = ("learn", "care")
    names = [f"q{n}" for n in range(1500)]
    questions = [
        f"  - {{id: {name}, text: T, short: S, help: H, source: kit, answers: ["
        f"{{id: a, text: A, to: {names[n + 1] if n + 1 < len(names) else ends[0]}}}, "
        f"{{id: b, text: B, to: {ends[n % 2]}}}]}}\n"
        for n, name in enumerate(names)
    ]
    small.write(TREE, f"questions:\n{''.join(questions)}{steps}")
    assert rules(small) == []


# --- a company's tree over a newer playbook ------------------------------------------------------

PAST = """\
questions:
  - id: begin
    answers:
      - {id: there, text: There is one, to: asked}
      - {id: none, text: There is none, to: learn}
"""


def test_a_question_that_the_companys_answers_lead_past_is_left_out_with_a_warning(small: Copy) -> None:
    small.write("company/decision_tree.yml", PAST)
    [warning] = small.playbook().warnings
    assert (warning.rule, warning.severity) == ("tree-left-out", "warning")
    assert small.problem() == (
        "company/decision_tree.yml:2:9: warning: questions[0].id: the tree leads past 1 of the playbook's "
        "questions and first steps: used; let answers lead to them, or remove them"
    )
    assert [each.id for each in reading_order(small.playbook())] == ["begin", "asked", "care", "learn"]


def test_a_question_of_the_companys_own_has_to_be_led_to(small: Copy) -> None:
    answers = "answers: [{id: a, text: A, to: care}, {id: b, text: B, to: learn}]"
    small.write(
        "company/decision_tree.yml",
        f"{PAST}  - {{id: ours, after: asked, text: T, short: S, help: H, {answers}}}\n",
    )
    assert sorted(rules(small)) == ["tree-left-out", "tree-one-root"]


def test_a_question_that_the_company_changed_has_to_be_led_to(small: Copy) -> None:
    small.write("company/decision_tree.yml", f"{PAST}  - {{id: used, short: Our words}}\n")
    assert rules(small) == ["tree-one-root"]


def test_what_is_removed_is_not_told(small: Copy) -> None:
    small.write("company/decision_tree.yml", f"{PAST}  - {{id: used, remove: true}}\n")
    assert rules(small) == []


def test_a_company_that_only_changes_words_begins_where_the_playbook_does(small: Copy) -> None:
    small.write("company/decision_tree.yml", "questions:\n  - {id: asked, short: Our words}\n")
    assert rules(small) == []
    assert reading_order(small.playbook())[0].id == "begin"


def test_answers_written_for_the_tree_of_an_older_version_still_make_a_tree(project: Copy) -> None:
    project.write(
        "company/decision_tree.yml",
        "questions:\n  - id: phase\n    answers:\n"
        "      - {id: none-yet, text: No model, to: drive}\n"
        "      - {id: in-use, text: Some models, to: pain}\n"
        "      - {id: large-team, text: A large team, to: not-for-you}\n",
    )
    [warning] = project.playbook().warnings
    assert warning.rule == "tree-left-out"
    order = [each.id for each in reading_order(project.playbook())]
    assert order[:2] == ["phase", "drive"]
    assert "stakes" not in order
