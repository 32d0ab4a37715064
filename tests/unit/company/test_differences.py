"""What differs between a playbook and upstream's."""

from __future__ import annotations

import pytest

from macros.company.differences import (
    Difference,
    OwnPage,
    as_text,
    changed_fields,
    company_pages,
    compare,
    differences,
)
from macros.diagnostics import Diagnostics
from macros.model.content import Activity, Milestone, Role
from macros.model.kinds import BY_KEY
from macros.playbook import Playbook
from macros.report import line
from tests.conftest import Copy


def found(small: Copy) -> tuple[list[Difference], list[OwnPage]]:
    result = compare(small.playbook())
    assert not isinstance(result, Diagnostics)
    return result


def test_an_untouched_fork_differs_in_nothing(small: Copy) -> None:
    assert found(small) == ([], [])
    assert as_text([], []) == ""


LAYER = {
    "raci.yml": "activities:\n  - {id: train, name: Ours, roles: {runner: I, owner: }}\n",
    "wont_do.yml": "wont_do:\n  - {id: robot, remove: true}\n  - {id: x, after: castle, name: X, reason: R}\n",
    "docs/up.md": "# Ours\n",
    "docs/a/ours.md": "# Ours\n",
}


def test_each_item_and_page_is_named_with_what_changed(small: Copy) -> None:
    for name, text in LAYER.items():
        small.write(f"company/{name}", text)
    assert as_text(*found(small)).splitlines() == [
        "changed  activity 'train' (Train)",
        "           name: Train → Ours",
        "           roles.runner: C → I",
        "           roles.owner: I → (nothing)",
        "added    won't-do item 'x' (X)",
        "removed  won't-do item 'robot' (A robot)",
        "added    page a/ours.md",
        "replaced page up.md",
    ]


def test_lists_come_in_the_order_of_the_reference(small: Copy) -> None:
    small.write("company/wont_do.yml", "wont_do: [{id: castle, name: C}]\n")
    small.write("company/roles.yml", "roles: [{id: builder, name: B}]\n")
    assert [each.kind.key for each in found(small)[0]] == ["roles", "wont_do"]


def test_provenance_and_order_are_no_differences(small: Copy) -> None:
    small.write(
        "company/wont_do.yml", "wont_do: [{id: robot, before: castle}, {id: castle, source: company}]\n"
    )
    assert found(small)[0] == []


def test_a_renamed_role_alone_differs_and_not_each_text_that_names_it(small: Copy) -> None:
    small.write("company/roles.yml", "roles:\n  - {id: runner, name: Pager}\n")
    assert [(each.kind.key, each.id) for each in found(small)[0]] == [("roles", "runner")]


def test_without_a_data_file_of_the_companys_only_pages_are_compared(small: Copy) -> None:
    small.write("company/docs/ours.md", "# Ours\n")
    assert found(small) == ([], [OwnPage("ours.md", "added")])


def test_where_upstream_by_itself_is_broken_its_problems_are_told(small: Copy) -> None:
    small.edit("data/raci.yml", "builder: R/A", "bilder: R/A")
    small.write("company/raci.yml", "activities: [{id: train, roles: {bilder: , builder: R/A}}]\n")
    result = compare(small.playbook())
    assert isinstance(result, Diagnostics)
    assert line(result[0]).startswith("data/raci.yml:")


def test_pages_are_added_or_stand_in_for_the_playbooks(small: Copy) -> None:
    small.write("company/docs/up.md", "# Ours\n")
    small.write("company/docs/ours.md", "# Ours\n")
    assert list(company_pages(small.project)) == [OwnPage("ours.md", "added"), OwnPage("up.md", "replaced")]


# --- fields ------------------------------------------------------------------------------


def fields(before: object, after: object) -> list[tuple[str, str, str]]:
    return [(each.name, each.before, each.after) for each in changed_fields(before, after)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "id", "changes", "expected"),
    [
        ("roles", "builder", {"name": "B"}, [("name", "Builder", "B")]),
        ("roles", "builder", {"business": True}, [("business", "false", "true")]),
        ("milestones", "six", {"month": 7, "number": "3"}, [("month", "6", "7"), ("number", "", "3")]),
        ("milestones", "one", {"number": None}, [("number", "7", "")]),
        ("profiles", "wide", {"roles": ("runner",)}, [("roles", "runner; owner", "runner")]),
        ("activities", "train", {"roles": {"builder": "R/A", "owner": "A"}}, [("roles.runner", "C", ""), ("roles.owner", "I", "A")]),
    ],
)  # fmt: skip
def test_each_key_that_differs_is_shown_as_text(
    small_playbook: Playbook,
    key: str,
    id: str,
    changes: dict[str, object],
    expected: list[tuple[str, str, str]],
) -> None:
    item = small_playbook.lists[key][id]
    assert fields(item, item.model_copy(update=changes)) == expected


def test_lists_of_parts_are_shown_with_their_keys(small_playbook: Playbook) -> None:
    item = small_playbook.lists["approaches"]["down"]
    [(name, before, _)] = fields(item, item.model_copy(update={"steps": ()}))
    assert (name, before) == ("steps", "name: Say so, text: Aloud.")


def test_two_playbooks_are_compared_list_by_list(small_playbook: Playbook) -> None:
    lists = dict(small_playbook.lists)
    roles = dict(small_playbook.of(Role))
    new = {
        **lists,
        "roles": {"builder": roles["builder"].model_copy(update={"text": "T"}), "new": roles["owner"]},
    }
    assert [(each.id, each.what) for each in differences(lists, new)] == [
        ("builder", "changed"), ("new", "added"), ("runner", "removed"), ("owner", "removed"),
    ]  # fmt: skip
    assert [(each.id, each.what) for each in differences(new, lists)] == [
        ("builder", "changed"), ("runner", "added"), ("owner", "added"), ("new", "removed"),
    ]  # fmt: skip
    assert BY_KEY["roles"].model is Role
    assert {Activity, Milestone} <= {kind.model for kind in BY_KEY.values()}
