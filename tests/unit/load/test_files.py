"""Which files a playbook reads, and what is wrong with a file as a whole."""

from __future__ import annotations

import pytest

from macros.load.files import Files, items, read_files
from macros.model.kinds import KINDS, by_file
from macros.report import line
from tests.conftest import Copy

FILES = sorted("templates/form" if file == "templates/" else file for file in by_file())


def read(small: Copy) -> Files:
    return read_files(small.project)


def test_every_list_is_read_with_its_items_in_their_order(small: Copy) -> None:
    files = read(small)
    assert set(files.upstream) == {kind.key for kind in KINDS}
    assert [each.value["id"] for each in files.upstream["roles"]] == ["builder", "runner", "owner"]
    assert [each.value["id"] for each in files.upstream["templates"]] == [
        "form", "gaps", "poster", "raci-sheet", "scorecard",
    ]  # fmt: skip
    assert not files.problems
    assert not files.unread
    assert not files.company


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_cannot_be_read_is_one_problem_and_not_a_hundred(small: Copy, file: str) -> None:
    small.write(f"data/{file}.yml", "a: [b\n")
    assert small.problem().startswith(f"data/{file}.yml:1:4: YAML: a '[' that is never closed")


@pytest.mark.parametrize("file", ["topics", "roles", "decision_tree", "raci", "pillars"])
def test_a_missing_file_is_reported_alone(small: Copy, file: str) -> None:
    (small.root / f"data/{file}.yml").unlink()
    assert small.problem() == f"data/{file}.yml:1:1: is missing; restore it from upstream"


def test_a_folder_without_any_file_is_missing(small: Copy) -> None:
    for path in (small.root / "data/templates").iterdir():
        path.unlink()
    assert small.problem() == "data/templates/*.yml:1:1: is missing; restore it from upstream"


def test_a_file_without_its_list_says_which(small: Copy) -> None:
    small.write("data/topics.yml", "topic: []\n")
    assert small.lines() == [
        "data/topics.yml:1:1: missing 'topics:'",
        "data/topics.yml:1:1: topic: unknown key; did you mean 'topics'?",
    ]


def test_of_two_lists_in_a_file_the_one_that_is_there_is_read(small: Copy) -> None:
    small.edit("data/decision_tree.yml", "first_steps:", "last_steps:")
    files = read(small)
    assert files.unread == {"first_steps"}
    assert len(files.upstream["questions"]) == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- id: x\n", "expected 'topics:' at the top, got a list"),
        ("topics\n", "expected 'topics:' at the top, got text"),
        ("topics: {id: x}\n", "topics: expected a list of items, got a mapping"),
        ("topics:\n", "topics: expected a list of items, got empty"),
        ("topics: []\n", "topics: the list is empty; add a topic"),
    ],
)
def test_a_file_of_another_shape_says_what_is_expected(small: Copy, text: str, said: str) -> None:
    small.write("data/topics.yml", text)
    assert small.problem().startswith("data/topics.yml:1:")
    assert small.problem().endswith(said)


def test_a_file_of_two_lists_names_both(small: Copy) -> None:
    small.write("data/decision_tree.yml", "[]\n")
    assert "expected 'questions:' and 'first_steps:' at the top, got a list" in small.problem()


def test_a_list_that_only_a_company_fills_may_be_empty(small: Copy) -> None:
    small.write("data/flagship.yml", "candidates: []\n")
    assert not small.lines()


def test_a_file_that_nobody_reads_is_reported(small: Copy) -> None:
    small.write("data/rolls.yml", "roles: []\n")
    assert small.problem() == (
        "data/rolls.yml:1:1: is not a file the playbook reads; did you mean 'roles.yml'?"
    )


def test_a_file_with_another_ending_is_reported(small: Copy) -> None:
    (small.root / "data/topics.yml").rename(small.root / "data/topics.yaml")
    assert small.lines() == [
        "data/topics.yaml:1:1: is not a file the playbook reads; did you mean 'topics.yml'?",
        "data/topics.yml:1:1: is missing; restore it from upstream",
    ]


def test_schemas_for_editors_are_no_strangers_in_data(small: Copy) -> None:
    small.write("data/schema/company/roles.schema.json", "{}")
    assert not small.lines()


# --- the company's -----------------------------------------------------------------------


def test_the_companys_files_are_read_in_the_order_in_which_they_are_merged(small: Copy) -> None:
    small.write("company/templates/b.yml", "templates: [{id: form, minutes: 90}]\n")
    small.write("company/templates/a.yml", "templates: [{id: form, minutes: 80}]\n")
    small.write("company/roles.yml", "roles: [{id: builder, name: B}]\n")
    files = read(small)
    names = [holding.document.path for holding in files.company]
    assert names == ["company/roles.yml", "company/templates/a.yml", "company/templates/b.yml"]
    [entry] = items(files.company[0], files.company[0].kinds[0])
    assert entry.value == {"id": "builder", "name": "B"}


def test_a_company_may_hold_one_of_two_lists_and_none(small: Copy) -> None:
    small.write("company/decision_tree.yml", "first_steps: [{id: learn, name: Ask}]\n")
    small.write("company/flagship.yml", "candidates: []\n")
    assert not small.lines()


def test_what_is_wrong_with_the_companys_files_is_told_apart(small: Copy) -> None:
    small.write("company/rolls.yml", "roles: []\n")
    small.write("company/roles.yml", "replace: yes\nroles: [{id: builder, name: A}]\n")
    small.write("company/topics.yml", "topicz: []\n")
    files = read(small)
    assert not files.problems
    assert [line(each) for each in files.company_problems] == [
        "company/rolls.yml:1:1: is not a file the playbook reads; did you mean 'roles.yml'?",
        "company/roles.yml:1:10: replace: expected true; remove it to merge by id",
        "company/topics.yml:1:1: topicz: unknown key; did you mean 'topics'?",
    ]


def test_settings_and_readme_of_the_company_are_no_strangers(small: Copy) -> None:
    small.write("company/site.yml", "name: Acme\n")
    small.write("company/README.md", "# Ours\n")
    assert not read(small).company_problems


def test_renamed_ids_are_no_file_of_the_companys(small: Copy) -> None:
    small.write("company/renamed.yml", "renamed: []\n")
    assert "company/renamed.yml:1:1: is not a file the playbook reads" in small.problem()
