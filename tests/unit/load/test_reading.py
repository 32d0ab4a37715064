"""A project as read: one mistake hides no other, and none is told twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.load.files import read_files
from macros.load.reading import Reading, merged
from macros.model.content import Role, WontDo
from macros.report import line
from tests.conftest import SMALL, Copy


def read(small: Copy, **how: bool) -> Reading:
    return merged(read_files(small.project), **how)


def test_valid_items_are_asked_for_by_their_model_in_their_order(small: Copy) -> None:
    reading = read(small)
    assert [entry.item.name for entry in reading.of(Role)] == ["Builder", "Runner", "Owner"]
    assert list(reading.ids(Role)) == ["builder", "runner", "owner"]


def test_a_broken_item_is_declared_and_the_others_are_read(small: Copy) -> None:
    small.edit("data/roles.yml", "name: Builder, ", "")
    reading = read(small)
    assert [entry.item.id for entry in reading.of(Role)] == ["runner", "owner"]
    assert list(reading.ids(Role)) == ["builder", "runner", "owner"]
    assert [line(each) for each in reading.problems] == [
        f"{small.at('data/roles.yml', '{id: builder')}: roles[0]: missing 'name'"
    ]


REFERRED = [
    ("component_groups", "name: Make, "), ("pillars", "name: People, "), ("roles", "name: Builder, "),
    ("profiles", "text: Knows one thing., "), ("stakeholder_questions", "text: Ask this first., "),
    ("exclusions", "text: Others have it., "), ("criteria", "text: In money., "),
    ("comparison_aspects", "name: Cost, "), ("templates/form", "purpose: Every kind of field., "),
]  # fmt: skip


@pytest.mark.parametrize(("file", "text"), REFERRED, ids=lambda each: each)
def test_a_reference_to_a_broken_item_is_no_second_mistake(small: Copy, file: str, text: str) -> None:
    small.edit(f"data/{file}.yml", text, "")
    assert "missing" in small.problem()


def test_all_problems_of_all_files_are_reported_sorted(small: Copy) -> None:
    small.edit("data/roles.yml", "name: Builder, ", "")
    small.edit("data/pillars.yml", "name: People", "name: [x]")
    small.edit("data/wont_do.yml", "wont_do:", "wont-do:")
    small.write("data/topics.yml", "topics: [\n")
    assert [each.split(":")[0] for each in small.lines()] == [
        "data/pillars.yml",
        "data/roles.yml",
        "data/topics.yml",
        "data/wont_do.yml",
        "data/wont_do.yml",
    ]


def test_an_id_twice_is_found_at_the_second_and_the_first_counts(small: Copy) -> None:
    small.edit("data/wont_do.yml", "id: robot", "id: castle")
    assert small.problem() == (
        f"{small.at('data/wont_do.yml', 'castle, name: A robot')}: wont_do[1].id: duplicate id 'castle': "
        "another won't-do item has it; ids are unique in their list"
    )
    assert [entry.item.name for entry in read(small).of(WontDo)] == ["A castle"]


def test_the_same_id_in_two_lists_is_fine(small: Copy) -> None:
    small.edit("data/takeaways.yml", "id: paper", "id: castle")
    assert not small.lines()


def test_the_company_layer_can_be_left_out(small: Copy) -> None:
    small.write("company/roles.yml", "roles: [{id: builder, name: Maker}, {id: bilder}]\n")
    reading = read(small, company=False)
    assert reading.of(Role)[0].item.name == "Builder"
    assert not reading.problems
    assert not reading.ours


def test_the_companys_entries_are_kept_as_they_are_written(small: Copy) -> None:
    small.write("company/roles.yml", "roles: [{id: builder, name: Maker}, {id: runner, after: owner}]\n")
    assert read(small).ours == {
        "roles": {"builder": {"id": "builder", "name": "Maker"}, "runner": {"id": "runner", "after": "owner"}}
    }


def test_where_the_company_removes_an_item_is_known(small: Copy) -> None:
    small.write("company/wont_do.yml", "wont_do:\n  - {id: robot, remove: true}\n")
    place = read(small).removed["wont_do"]["robot"]
    assert line(place.diagnostic((), "m")) == "company/wont_do.yml:2:5: wont_do[0]: m"


def test_upstreams_ids_are_those_of_its_files_whatever_the_company_does(small: Copy) -> None:
    small.write(
        "company/wont_do.yml",
        "wont_do: [{id: robot, remove: true}, {id: x, after: castle, name: X, reason: R}]\n",
    )
    small.edit("data/wont_do.yml", "reason: It falls over., ", "")
    assert read(small).upstream["wont_do"] == {"castle", "robot"}


def test_two_files_of_the_companys_are_merged_one_after_the_other(small: Copy) -> None:
    small.write("company/templates/a.yml", "templates: [{id: form, minutes: 80, name: A}]\n")
    small.write("company/templates/b.yml", "templates: [{id: form, minutes: 90}]\n")
    form = small.playbook().templates["form"]
    assert (form.minutes, form.name) == (90, "A")
    assert set(read(small).ours["templates"]) == {"form"}


def test_an_added_item_that_lacks_a_key_stands_in_the_companys_file(small: Copy) -> None:
    small.write("company/wont_do.yml", "wont_do:\n  - {id: x, after: castle, name: X}\n")
    assert small.problem() == "company/wont_do.yml:2:5: wont_do[0]: missing 'reason'"


def test_a_wrong_value_in_a_change_stands_in_the_companys_file(small: Copy) -> None:
    small.write("company/roles.yml", "roles:\n  - id: owner\n    business: yes\n")
    assert small.problem() == (
        "company/roles.yml:3:15: roles[0].business: `yes` is read as a yes/no value; write true or false"
    )


def test_an_unknown_key_in_a_change_stands_in_the_companys_file(small: Copy) -> None:
    small.write("company/roles.yml", "roles:\n  - {id: builder, nam: X}\n")
    assert small.problem() == "company/roles.yml:2:19: roles[0].nam: unknown key; did you mean 'name'?"


# --- renamed ids -------------------------------------------------------------------------


def renamed(small: Copy, *entries: str) -> None:
    lines = "".join(f"  - {{{entry}}}\n" for entry in entries)
    small.write("data/renamed.yml", f"renamed:\n{lines}")


def test_renamed_ids_are_read_by_list(small: Copy) -> None:
    renamed(small, "list: roles, old: maker, new: builder", "list: roles, old: gone", "list: terms, old: x")
    assert read(small).renamed == {"roles": {"maker": "builder", "gone": None}, "terms": {"x": None}}


def test_an_override_of_an_id_that_upstream_renamed_or_removed_is_told(small: Copy) -> None:
    renamed(
        small, "list: roles, old: maker, new: builder, since: 0.2.0", "list: roles, old: gone, since: 0.2.0"
    )
    small.write("company/roles.yml", "roles:\n  - {id: maker, name: X}\n  - {id: gone, name: Y}\n")
    assert small.lines() == [
        "company/roles.yml:2:10: roles[0].id: role 'maker' was renamed upstream to 'builder'; write id: builder",
        "company/roles.yml:3:10: roles[1].id: role 'gone' was removed upstream; remove this entry, or add the item with 'after:'",
    ]


def test_a_broken_entry_of_renamed_ids_is_told_and_the_others_count(small: Copy) -> None:
    renamed(small, "lst: roles, old: a", "list: roles, old: gone")
    reading = read(small)
    assert [line(each) for each in reading.problems] == [
        "data/renamed.yml:2:5: renamed[0]: missing 'list'",
        "data/renamed.yml:2:6: renamed[0].lst: unknown key; did you mean 'list'?",
    ]
    assert reading.renamed == {"roles": {"gone": None}}


def test_a_playbook_without_renamed_ids_needs_no_file_of_them(small: Copy) -> None:
    (small.root / "data/renamed.yml").unlink()
    assert not small.lines()


def test_renamed_ids_that_are_no_yaml_are_told(small: Copy) -> None:
    small.write("data/renamed.yml", "renamed: [\n")
    assert small.problem().startswith("data/renamed.yml:2:1: YAML: a '[' or '{' that is never closed")


def test_the_fixture_says_every_field_of_every_model_at_least_once() -> None:
    """Else a test on it would prove nothing of that field."""
    reading = merged(read_files(Copy(Path(SMALL)).project))
    for entries in reading.entries.values():
        model = type(entries[0].item)
        said = {name for entry in entries for name in entry.item.model_fields_set}
        assert said | {"related"} == set(model.model_fields), model  # terms relate to all, from their side
