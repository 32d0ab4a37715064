"""The company layer over the data: change, add, move, remove, replace, and its mistakes."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.load.files import Holding, items
from macros.load.merge import Merged, Place, Placed, merge
from macros.load.yaml import YamlDocument, parse
from macros.model.base import Changed, Kind, Model
from macros.report import line
from tests.conftest import Copy

KIND = Kind("items", "items", Model, "item", "items")
BASE = """\
items:
  - {id: a, name: A, source: kit, roles: {x: R, y: {z: "1"}}, list: [1, 2]}
  - {id: b, name: B, source: company}
  - {id: c, name: C}
"""


def document(name: str, text: str) -> YamlDocument:
    found, problems = parse(name, text)
    assert found is not None
    assert not problems
    return found


def placed(text: str) -> list[Placed]:
    return list(items(Holding(document("data/items.yml", text), (KIND,)), KIND))


def merged(entries: str, renamed: dict[str, str | None] | None = None, base: str = BASE) -> Merged:
    """The base with a company's entries over it."""
    text = f"items:\n{entries}" if "items:" not in entries else entries
    return merge(placed(base), document("company/items.yml", text), "items", "item", renamed or {})


def values(entries: str) -> dict[str, dict[str, Any]]:
    found = merged(entries)
    assert not found.problems, [line(each) for each in found.problems]
    return {each.value["id"]: each.value for each in found.items}


def only(found: Merged) -> str:
    [problem] = found.problems
    return line(problem)


def test_a_replaced_list_names_what_it_took_out() -> None:
    found = merged("replace: true\nitems:\n  - {id: x, name: X}\n  - {id: b, name: B}\n")
    assert sorted(found.removed) == ["a", "c"]
    assert found.removed["a"].removal() == "it is removed in company/items.yml:1; change this item there, too"


def test_relations_to_a_list_that_the_company_replaced_are_passed_over(small: Copy) -> None:
    own = "{id: one, name: One, text: T., roles: {builder: R, runner: C, owner: A}}"
    small.write("company/raci.yml", f"replace: true\nactivities:\n  - {own}\n")
    assert [each for each in small.lines() if "unknown activity" in each] == []


# --- what the forms do -------------------------------------------------------------------


def test_without_entries_nothing_changes() -> None:
    assert merged("items: []").items == placed(BASE)


def test_keys_given_replace_those_of_the_item_and_the_rest_stays() -> None:
    found = values("  - {id: a, name: Ours, list: [3]}\n")["a"]
    assert (found["name"], found["list"], found["roles"]) == ("Ours", (3,), {"x": "R", "y": {"z": "1"}})


def test_mappings_are_merged_key_by_key_at_every_depth() -> None:
    found = values('  - {id: a, roles: {y: {w: "2"}, v: C}}\n')["a"]
    assert found["roles"] == {"x": "R", "y": {"z": "1", "w": "2"}, "v": "C"}


def test_a_key_set_to_nothing_is_taken_out() -> None:
    found = values("  - {id: a, list: , roles: {x: }}\n")["a"]
    assert "list" not in found
    assert found["roles"] == {"y": {"z": "1"}}


def test_a_changed_item_says_so_once_whoever_it_was_by() -> None:
    found = values("  - {id: a, name: Ours}\n  - {id: b, name: Ours}\n  - {id: c, name: Ours}\n")
    assert found["a"]["source"] == Changed("kit")
    assert found["b"]["source"] == "company"
    assert "source" not in found["c"]
    first = merged("  - {id: a, name: Ours}\n")
    again = merge(
        first.items, document("company/more.yml", "items: [{id: a, list: [4]}]"), "items", "item", {}
    )
    assert again.items[0].value["source"] == Changed("kit")


def test_a_source_that_the_company_gives_stands_as_it_is() -> None:
    assert values("  - {id: a, source: {deck: 3}}\n")["a"]["source"] == {"deck": 3}


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("after: a", "a n b c"), ("before: a", "n a b c"), ("after: c", "a b c n"), ("before: c", "a b n c"),
    ],
)  # fmt: skip
def test_an_item_is_added_at_its_place_and_is_the_companys(where: str, expected: str) -> None:
    found = values(f"  - {{id: n, {where}, name: New}}\n")
    assert list(found) == expected.split()
    assert found["n"] == {"id": "n", "name": "New", "source": "company"}


@pytest.mark.parametrize(
    ("entry", "expected"),
    [("{id: c, before: a}", "c a b"), ("{id: a, after: c}", "b c a"), ("{id: a, after: b}", "b a c")],
)
def test_an_item_is_moved_without_being_changed(entry: str, expected: str) -> None:
    found = values(f"  - {entry}\n")
    assert list(found) == expected.split()
    assert found["a"]["source"] == "kit"


def test_an_item_is_moved_and_changed_in_one_entry() -> None:
    found = values("  - {id: a, after: b, name: Ours}\n")
    assert list(found) == ["b", "a", "c"]
    assert (found["a"]["name"], found["a"]["source"]) == ("Ours", Changed("kit"))


def test_an_item_is_removed_and_it_is_known_where() -> None:
    found = merged("  - {id: b, remove: true}\n")
    assert [each.value["id"] for each in found.items] == ["a", "c"]
    assert line(found.removed["b"].diagnostic((), "m")) == "company/items.yml:2:5: items[0]: m"


def test_a_list_is_replaced_whole() -> None:
    found = values("replace: true\nitems:\n  - {id: x, name: X}\n")
    assert found == {"x": {"id": "x", "name": "X", "source": "company"}}


def test_an_item_added_can_stand_beside_one_added_before() -> None:
    assert list(values("  - {id: n, after: b}\n  - {id: o, after: n}\n")) == ["a", "b", "n", "o", "c"]


def test_where_an_item_comes_from_is_known_of_both_files() -> None:
    first, second, _ = merged("  - {id: a, name: Ours}\n").items
    assert line(first.place.diagnostic(("name",), "m")) == "company/items.yml:2:19: items[0].name: m"
    assert first.place.base is not None
    assert line(second.place.diagnostic(("name",), "m")) == "data/items.yml:3:19: items[1].name: m"


def test_a_problem_with_what_the_company_left_alone_stands_at_its_entry() -> None:
    first = merged("  - {id: a, roles: {x: C}}\n").items[0]
    assert line(first.place.diagnostic(("list", 0), "m")) == "company/items.yml:2:5: items[0].list[0]: m"
    found = first.place.diagnostic(("roles", "y"), "m", of_key=True)
    assert line(found) == "company/items.yml:2:20: items[0].roles.y: m"
    found = first.place.diagnostic(("roles", "x"), "m", of_key=True)
    assert line(found) == "company/items.yml:2:21: items[0].roles.x: m"


def test_an_item_stands_in_at_least_one_file() -> None:
    with pytest.raises(ValueError, match="at least one file"):
        Place(None).diagnostic((), "m")


# --- mistakes ----------------------------------------------------------------------------


def test_changing_an_id_that_does_not_exist_suggests_the_right_one() -> None:
    base = "items:\n  - {id: builder}\n"
    found = merged("  - {id: bilder, name: X}\n", base=base)
    assert only(found) == (
        "company/items.yml:2:10: items[0].id: no item 'bilder' to change; did you mean 'builder'? "
        "to add it, say 'after:' or 'before:'"
    )


def test_removing_an_id_that_does_not_exist_is_an_error() -> None:
    found = merged("  - {id: zzz, remove: true}\n")
    assert only(found).startswith("company/items.yml:2:10: items[0].id: no item 'zzz' to change")


def test_an_id_that_upstream_renamed_or_removed_is_told() -> None:
    found = merged("  - {id: old, name: X}\n  - {id: gone, name: Y}\n", {"old": "a", "gone": None})
    assert [line(each) for each in found.problems] == [
        "company/items.yml:2:10: items[0].id: item 'old' was renamed upstream to 'a'; write id: a",
        "company/items.yml:3:10: items[1].id: item 'gone' was removed upstream; remove this entry, or add the item with 'after:'",
    ]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("{id: a, after: zzz}", "items[0].after: unknown item 'zzz'"),
        ("{id: a, after: bb}", "items[0].after: unknown item 'bb'; did you mean 'b'?"),
        ("{id: a, after: b, before: c}", "items[0].before: both 'after' and 'before'; keep one"),
        ("{id: a, after: a}", "items[0].after: an item cannot stand beside itself"),
        ("{id: a, before: [x]}", "items[0].before: expected an id, got a list"),
        ("{id: a, remove: true, name: X}", "items[0].remove: 'remove: true' stands alone with the id"),
        ("{id: a, remove: false}", "items[0].remove: 'remove: true' stands alone with the id"),
        ("{name: X}", "items[0]: expected an item with an id, got none"),
        ("{id: 3}", "items[0]: expected an item with an id, got none"),
        ("x", "items[0]: expected an item with an id, got text"),
    ],
)
def test_an_entry_that_makes_no_sense_is_told_at_its_place_and_changes_nothing(
    entry: str, expected: str
) -> None:
    found = merged(f"  - {entry}\n")
    assert only(found).startswith("company/items.yml:2:")
    assert expected in only(found)
    assert found.items == placed(BASE)


def test_the_same_item_twice_in_a_file_is_an_error_at_the_second() -> None:
    found = merged("  - {id: a, name: Ours}\n  - {id: a, list: []}\n")
    assert only(found) == (
        "company/items.yml:3:10: items[1].id: 'a' stands twice in this file; put all changes of an item together"
    )


def test_broken_items_of_upstream_are_no_neighbors() -> None:
    found = merged("  - {id: n, after: a}\n", base="items: [x, {id: [y]}, {id: a}]\n")
    assert [each.value if isinstance(each.value, str) else each.value["id"] for each in found.items] == [
        "x",
        ("y",),
        "a",
        "n",
    ]


# --- what a whole layer does --------------------------------------------------------------


def test_a_layer_with_nothing_in_it_changes_nothing(small: Copy) -> None:
    before = small.playbook()
    small.write("company/README.md", "# Ours\n")
    after = small.playbook()
    assert (after.lists, after.origins, after.warnings) == (before.lists, before.origins, before.warnings)


def test_a_changed_role_keeps_its_slides_and_says_that_it_was_changed(small: Copy) -> None:
    small.write("company/roles.yml", "roles:\n  - {id: builder, name: Maker}\n")
    role = small.playbook().roles["builder"]
    assert (role.name, role.text) == ("Maker", "Makes the model.")
    assert (role.source.origin, role.source.slides, role.source.changed) == ("deck", (9, 10), True)


def test_letters_are_merged_role_by_role_and_nothing_takes_one_out(small: Copy) -> None:
    small.write("company/raci.yml", "activities:\n  - {id: train, roles: {runner: I, owner: }}\n")
    assert small.playbook().activities["train"].roles == {"builder": "R/A", "runner": "I"}


def test_a_template_is_changed_added_and_removed_from_any_file_of_its_folder(small: Copy) -> None:
    added = "{id: ours, after: form, name: Ours, purpose: P, people: P, minutes: 5, run: [A, B], done_when: D, sections: [{id: s, name: S, fields: [{id: f, name: F}]}]}"
    small.write("company/templates/a.yml", "templates:\n  - {id: form, minutes: 90}\n")
    small.write("company/templates/b.yml", f"templates:\n  - {added}\n  - {{id: poster, remove: true}}\n")
    small.write("company/takeaways.yml", "takeaways:\n  - {id: paper, template: ours}\n")
    small.write("company/docs/templates/ours.md", '# Ours\n\n{{ fill("ours") }}\n')
    templates = small.playbook().templates
    assert list(templates) == ["form", "ours", "gaps", "raci-sheet", "scorecard"]
    assert templates["form"].minutes == 90
    assert templates["ours"].source.origin == "company"


def test_tags_that_build_objects_are_refused_in_the_layer(small: Copy) -> None:
    small.write("company/roles.yml", "roles:\n  - {id: builder, name: !!python/name:os.system x}\n")
    assert "the tag !!python/name:os.system is not allowed" in small.problem()


# --- properties --------------------------------------------------------------------------

ids = st.sampled_from(["a", "b", "c", "d", "e", "f"])
contents = st.dictionaries(
    st.sampled_from(["name", "text", "roles"]),
    st.text(max_size=3) | st.none() | st.dictionaries(ids, st.text(max_size=2) | st.none(), max_size=2),
    max_size=3,
)
bases = st.lists(ids, unique=True, max_size=5).flatmap(
    lambda names: st.tuples(*[contents.map(lambda value, name=name: {"id": name, **value}) for name in names])
)
entries = st.lists(
    st.tuples(
        ids, contents, st.dictionaries(st.sampled_from(["after", "before"]), ids, max_size=1), st.booleans()
    ).map(
        lambda parts: (
            {"id": parts[0], "remove": True} if parts[3] else {"id": parts[0], **parts[1], **parts[2]}
        )
    ),
    max_size=4,
)
EMPTY = document("company/x.yml", "items: []\n")


def run(base: tuple[Any, ...], overlay: list[dict[str, Any]]) -> Merged:
    over = YamlDocument("company/x.yml", {"items": tuple(overlay)}, EMPTY.root)
    placed = [Placed(item, Place((EMPTY, ("items", n)))) for n, item in enumerate(base)]
    return merge(placed, over, "items", "item", {})


@settings(max_examples=300, deadline=None)
@given(bases, entries)
def test_merging_is_deterministic_and_leaves_its_arguments_alone(base: Any, overlay: Any) -> None:
    kept = copy.deepcopy((base, overlay))
    first, second = run(base, overlay), run(base, overlay)
    assert [each.value for each in first.items] == [each.value for each in second.items]
    assert [line(each) for each in first.problems] == [line(each) for each in second.problems]
    assert (base, overlay) == kept


@given(bases)
def test_an_empty_overlay_is_the_identity(base: Any) -> None:
    found = run(base, [])
    assert tuple(each.value for each in found.items) == base
    assert not found.problems


@settings(max_examples=300, deadline=None)
@given(bases, entries)
def test_no_item_vanishes_unless_the_overlay_names_it(base: Any, overlay: Any) -> None:
    found = run(base, overlay)
    left = [each.value["id"] for each in found.items]
    named = {entry["id"] for entry in overlay if entry.get("remove")}
    assert {item["id"] for item in base} - set(left) <= named
    untouched = [item["id"] for item in base if item["id"] not in {entry["id"] for entry in overlay}]
    assert [name for name in left if name in untouched] == untouched
    assert len(left) == len(set(left))
