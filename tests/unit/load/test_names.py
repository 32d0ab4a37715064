"""`[[role-id]]` in texts: a role is called what the company calls it, wherever it is named."""

from __future__ import annotations

from macros.diagnostics import Diagnostic
from macros.load.merge import Place, Placed
from macros.load.names import names_of, with_names
from macros.load.yaml import parse
from macros.playbook import load
from macros.report import line
from tests.conftest import Copy


def item(text: str) -> Placed:
    document, _ = parse("data/x.yml", f"items:\n  - {text}\n")
    assert document is not None
    return Placed(document.value["items"][0], Place((document, ("items", 0))))


CALLED = {"builder": "Maker", "runner": "Pager"}


def test_a_name_stands_in_at_every_depth_of_an_item() -> None:
    found = with_names(
        item('{a: "The [[builder]].", b: ["[[runner]] and [[builder]]", {c: "[[runner]]"}], d: 3}'),
        CALLED,
        {},
        [],
        [],
    )
    assert found.value == {"a": "The Maker.", "b": ("Pager and Maker", {"c": "Pager"}), "d": 3}


def test_text_without_double_brackets_is_left_as_it_is() -> None:
    given = item('{a: "[builder] or [[", b: "[x](y.md)"}')
    found: list[Diagnostic] = []
    assert with_names(given, CALLED, {}, found, []).value == given.value
    assert not found


def test_an_unknown_role_is_told_at_its_place_and_its_text_stays() -> None:
    problems: list[Diagnostic] = []
    found = with_names(item('{a: x, b: ["[[bilder]]"]}'), CALLED, {}, problems, [])
    assert found.value["b"] == ("[[bilder]]",)
    assert [line(each) for each in problems] == [
        "data/x.yml:2:16: items[0].b[0]: unknown role 'bilder' in double brackets; did you mean 'builder'?"
    ]


def test_of_a_role_that_the_company_removed_it_is_said_where(small: Copy) -> None:
    small.write("company/roles.yml", "roles:\n  - {id: runner, remove: true}\n")
    found = [each for each in small.lines() if "in double brackets" in each]
    assert [each.partition(": ")[2] for each in found] == [
        "first_steps[1].who: unknown role 'runner' in double brackets; it is removed in company/roles.yml:2; change this item there, too",
        "members[1].first_month: unknown role 'runner' in double brackets; it is removed in company/roles.yml:2; change this item there, too",
    ]


def test_names_are_taken_from_all_roles_that_can_be_read() -> None:
    assert names_of([item("{id: a, name: A}"), item("x"), item("{id: b}")]) == {"a": "A", "b": "None"}


def test_renaming_a_role_flows_into_every_text_that_names_it(small: Copy) -> None:
    small.write("company/roles.yml", "roles:\n  - {id: runner, name: Pager}\n")
    playbook = small.playbook()
    assert playbook.first_steps["care"].who == "The Pager leads."
    assert playbook.members["second"].first_month == "One alert of the Pager."
    assert "[[" not in str(playbook.lists)


def test_for_a_comparison_names_are_left_alone(small: Copy) -> None:
    found = load(small.root, names=False)
    assert "The [[runner]] leads." in str(found.first_steps)  # type: ignore[union-attr]


def test_an_unknown_role_of_the_companys_stands_in_the_companys_file(small: Copy) -> None:
    small.write("company/members.yml", 'members:\n  - {id: first, first_month: "Help the [[runer]]."}\n')
    assert small.problem() == (
        f"{small.at('company/members.yml', chr(34) + 'Help')}: members[0].first_month: unknown role 'runer' in double brackets; "
        "did you mean 'runner'?"
    )


def test_where_roles_cannot_be_read_no_name_is_held_against_a_text(small: Copy) -> None:
    small.write("data/roles.yml", "roles: [\n")
    assert small.problem().startswith("data/roles.yml:2:1: YAML")
