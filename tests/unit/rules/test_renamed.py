"""Renamed ids: what upstream says of them has to be true."""

from __future__ import annotations

import pytest

from macros.playbook import load
from tests.conftest import Copy

FILE = "data/renamed.yml"


def renamed(small: Copy, *entries: str) -> list[str]:
    small.write(FILE, "renamed:\n" + "".join(f"  - {{{entry}}}\n" for entry in entries))
    return small.lines()


def test_what_is_true_has_no_finding(small: Copy) -> None:
    assert not renamed(
        small, "list: roles, old: maker, new: builder, since: 0.2.0", "list: wont_do, old: moat"
    )


@pytest.mark.parametrize(
    ("entry", "place", "expected"),
    [
        ("list: rolls, old: maker, new: builder", "rolls", "list: unknown list 'rolls'; did you mean 'roles'?"),
        ("list: roles, old: runner, new: builder", "runner", "old: role 'runner' is still in the playbook; an id that is in use was not renamed"),
        ("list: roles, old: maker, new: bilder", "bilder", "new: unknown role 'bilder'; did you mean 'builder'?"),
        ("list: roles, old: maker, new: zzz", "zzz", "new: unknown role 'zzz'; leave 'new' out for an item that was removed"),
        ("list: roles, old: runner", "runner", "old: role 'runner' is still in the playbook; an id that is in use was not renamed"),
    ],
)  # fmt: skip
def test_what_is_not_true_is_told_at_its_place(small: Copy, entry: str, place: str, expected: str) -> None:
    found = renamed(small, entry)
    assert found == [f"{small.at(FILE, place)}: renamed[0].{expected}"]


def test_an_id_twice_is_told_at_the_second(small: Copy) -> None:
    found = renamed(small, "list: roles, old: maker, new: builder", "list: roles, old: maker, new: runner")
    assert found == ["data/renamed.yml:3:24: renamed[1].old: role 'maker' stands twice; keep the last one"]


def test_an_id_may_be_renamed_in_two_lists_and_twice_in_a_row(small: Copy) -> None:
    assert not renamed(
        small, "list: roles, old: maker, new: smith", "list: roles, old: smith, new: builder", "list: terms, old: maker"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("renamed: [\n", "YAML: a '[' or '{' that is never closed, or an empty place"),
        ("renamed: [{lst: roles, old: x}]\n", "renamed[0].lst: unknown key; did you mean 'list'?"),
        ("renamd: []\n", "renamd: unknown key; did you mean 'renamed'?"),
        ("renamed: {}\n", "renamed: expected a list of items, got a mapping"),
        ("renamed: [{list: roles, old: X y}]\n", "renamed[0].old: 'X y' is not an id: lower-case words joined by '-'; write 'x-y'"),
        ("renamed: [{list: roles, old: x, since: soon}]\n", "renamed[0].since: 'soon' does not match"),
        ("renamed: [x]\n", "renamed[0]: expected a mapping, got text"),
    ],
)  # fmt: skip
def test_a_file_that_says_nothing_of_use_is_told(small: Copy, text: str, expected: str) -> None:
    small.write(FILE, text)
    assert any(expected in each and each.startswith(f"{FILE}:") for each in small.lines()), small.lines()


def test_ids_of_a_list_that_cannot_be_read_are_not_judged(small: Copy) -> None:
    small.write("data/roles.yml", "roles: [\n")
    found = renamed(small, "list: roles, old: maker, new: zzz")
    assert len(found) == 1
    assert found[0].startswith("data/roles.yml")


def test_an_item_that_the_company_removed_is_still_upstreams(small: Copy) -> None:
    renamed(small, "list: wont_do, old: moat, new: castle")
    small.write("company/wont_do.yml", "wont_do:\n  - {id: castle, remove: true}\n")
    assert not small.lines()


def test_an_item_that_the_company_added_under_an_old_id_is_no_mistake_of_upstreams(small: Copy) -> None:
    renamed(small, "list: wont_do, old: moat, new: castle")
    small.write("company/wont_do.yml", "wont_do:\n  - {id: moat, after: castle, name: Moat, reason: Wet.}\n")
    assert not small.lines()
    playbook = load(small.root)
    assert "moat" in playbook.wont_do  # type: ignore[union-attr]
