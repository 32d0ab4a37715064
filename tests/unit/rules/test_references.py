"""Every reference leads somewhere."""

from __future__ import annotations

import pytest

from macros.model.base import Ref
from macros.model.content import Activity, Audience, Situation
from macros.model.tree import Question
from macros.playbook import Playbook
from macros.rules.references import references
from macros.rules.shown import anchors_of
from tests.conftest import Copy


def test_references_are_found_at_every_depth_with_their_place(small_playbook: Playbook) -> None:
    situation = small_playbook.of(Situation)["slow"]
    assert list(references(situation)) == [
        (("page",), Ref("page"), "slow.md", False),
        (("readings", 1, "hypotheses", 0, "role"), Ref("roles"), "runner", False),
    ]
    assert list(references(small_playbook.of(Activity)["train"])) == [
        (("roles", role), Ref("roles"), role, True) for role in ("builder", "runner", "owner")
    ]
    assert (("ignore", 0, "rule"), Ref("rules"), "raci-overloaded-role", False) in references(
        small_playbook.of(Activity)["watch"]
    )
    assert [found[1:3] for found in references(small_playbook.of(Question)["begin"])] == [
        (Ref("nodes"), "used"), (Ref("nodes"), "learn"),
    ]  # fmt: skip
    assert len(list(references(small_playbook.of(Audience)["maker"]))) == 2


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("raci", "{builder: R/A", "{bilder: R/A", "activities[0].roles.bilder: unknown role; did you mean 'builder'?"),
        ("audiences", "page: index.md#aim", "page: indx.md", "links[1].page: unknown page 'indx.md'; did you mean 'index.md'?"),
        ("decision_tree", "template: form", "template: forms", "first_steps[0].template: unknown template 'forms'; did you mean 'form'?"),
        ("decision_tree", "There is one, to: used", "There is one, to: usd", "questions[0].answers[0].to: unknown question or first step 'usd'; did you mean 'used'?"),
        ("components", "group: make", "group: mak", "components[0].group: unknown component group 'mak'; did you mean 'make'?"),
        ("capabilities", "pillar: tools", "pillar: tolls", "unknown pillar 'tolls'; did you mean 'tools'?"),
        ("flagship", "{worth: unsure}", "{wroth: unsure}", "criteria.wroth: unknown criterion; did you mean 'worth'?"),
        ("flagship", "[fashion]", "[fashon]", "exclusions[0]: unknown exclusion 'fashon'; did you mean 'fashion'?"),
        ("approaches", "aspect: pace", "aspect: peace", "unknown aspect 'peace'; did you mean 'pace'?"),
        ("profiles", "[runner, owner]", "[runner, zzz]", "profiles[1].roles[1]: unknown role 'zzz'"),
        ("templates/form", "next: raci-sheet", "next: raci-shet", "templates[0].next: unknown template 'raci-shet'; did you mean 'raci-sheet'?"),
        ("roles", "rule: raci-overloaded-role", "rule: flagship-one", "roles[2].ignore[0].rule: unknown rule 'flagship-one'"),
    ],
)  # fmt: skip
def test_a_misspelled_reference_is_the_only_mistake_and_the_right_one_is_suggested(
    small: Copy, file: str, old: str, new: str, expected: str
) -> None:
    assert small.problem_after(f"data/{file}.yml", old, new).endswith(expected)


def test_a_key_that_refers_is_pointed_at_itself(small: Copy) -> None:
    small.edit("data/raci.yml", "{builder: R/A", "{bilder: R/A")
    assert small.problem().startswith(small.at("data/raci.yml", "bilder"))


def test_an_unknown_anchor_of_a_page_is_found(small: Copy) -> None:
    small.edit("data/audiences.yml", "index.md#aim", "index.md#aims")
    assert small.problem().endswith("unknown anchor 'aims' of page 'index.md'; did you mean 'aim'?")


@pytest.mark.parametrize("anchor", ["aim", "castle", "role-builder", "own", "by-hand", "two-words"])
def test_headings_items_roles_and_written_anchors_are_anchors(small: Copy, anchor: str) -> None:
    small.write(
        "docs/index.md",
        '# Small\n\n## Aim\n\n## X {: #own }\n\n<b id="by-hand">x</b>\n\n### Two  words!\n{{ wont_do() }}\n{{ raci_by_role() }}',
    )
    small.edit("data/audiences.yml", "index.md#aim", f"index.md#{anchor}")
    assert not small.problems()


def test_anchors_of_the_companys_page_count_where_it_has_one(small: Copy) -> None:
    small.write("company/docs/index.md", "# Ours\n\n## Why\n")
    assert "unknown anchor 'aim' of page 'index.md'" in small.problem()
    small.edit("data/audiences.yml", "index.md#aim", "index.md#why")
    assert not small.problems()


def test_a_page_of_the_companys_own_can_be_linked_to(small: Copy) -> None:
    small.write("company/docs/ours.md", "# Ours\n")
    small.edit("data/audiences.yml", "page: index.md#aim", "page: ours.md")
    assert not small.problems()


def test_while_a_list_cannot_be_read_no_anchor_is_judged(small: Copy) -> None:
    small.edit("data/audiences.yml", "make.md#clean", "make.md#zzz")
    small.write("data/components.yml", "components: [\n")
    assert "YAML" in small.problem()


def test_what_the_company_removed_and_is_still_used_lists_each_place(small: Copy) -> None:
    small.write("company/roles.yml", "roles:\n  - {id: runner, remove: true}\n")
    found = small.lines()
    hint = "it is removed in company/roles.yml:2; change this item there, too"
    assert all(each.endswith(hint) for each in found), found
    assert [each.split(":")[0] for each in found] == [
        "data/decision_tree.yml", "data/members.yml", "data/members.yml", "data/profiles.yml",
        "data/raci.yml", "data/raci.yml", "data/raci.yml", "data/situations.yml",
    ]  # fmt: skip


def test_a_question_that_the_company_removed_is_told_where_an_answer_leads_to_it(small: Copy) -> None:
    small.write("company/decision_tree.yml", "questions:\n  - {id: asked, remove: true}\n")
    assert small.problem().endswith(
        "unknown question or first step 'asked'; it is removed in company/decision_tree.yml:2; change this item there, too"
    )


def test_an_answer_of_the_companys_that_leads_to_a_renamed_question_is_told_the_new_id(small: Copy) -> None:
    small.write(
        "data/renamed.yml", "renamed:\n  - {list: questions, old: before, new: asked, since: 0.3.0}\n"
    )
    small.write(
        "company/decision_tree.yml",
        "questions:\n  - id: begin\n    answers:\n      - {id: one, text: There is one, to: used}\n"
        "      - {id: two, text: Not yet, to: before}\n",
    )
    assert any(
        each.endswith("unknown question or first step 'before'; it was renamed upstream to 'asked'")
        for each in small.lines()
    )


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("# Who answers for what?", "who-answers-for-what"), ("## CI / CD", "ci-cd"), ("### A_b c", "a_b-c"),
        ("## With anchor {: #other }", "other"), ("## Über uns", "uber-uns"), ("## 目的", "_1"),
    ],
)  # fmt: skip
def test_headings_get_the_anchors_that_python_markdown_makes(heading: str, anchor: str) -> None:
    assert anchor in anchors_of(f"text\n\n{heading}\n")


def test_anchors_are_written_in_braces_or_as_html() -> None:
    assert anchors_of("a {: #one .x }\n<p id='two'>\n<i id=\"three\">") == {"one", "two", "three"}
