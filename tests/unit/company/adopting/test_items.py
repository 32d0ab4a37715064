"""Entries from an edited list: merged over the old list, they give the new one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.company.adopting import CannotMoveError
from macros.company.adopting.items import entries, over, rebased
from macros.company.adopting.layer import Addition, dumped, with_entries
from macros.load.merge import Place, Placed, merge
from macros.load.yaml import YamlDocument, parse
from macros.model.base import Changed

Values = list[dict[str, Any]]
words = st.sampled_from(["a", "no", "1e3", "2026-05-01", "x: y", "# z", " b ", "é\n", "-", "0o17", '"'])
plain = words | st.integers(-9, 9) | st.booleans()
inner = plain | st.lists(plain, max_size=2).map(tuple)
item_values = st.dictionaries(
    st.sampled_from(["name", "text", "more"]), inner | st.dictionaries(words, inner, max_size=2), max_size=3
)
lists = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), item_values), max_size=7, unique_by=lambda pair: pair[0]
).map(lambda pairs: [{"id": id, **values} for id, values in pairs])


def document(text: str) -> YamlDocument:
    found, problems = parse("company/x.yml", text)
    assert not problems
    assert found is not None
    return found


def applied(before: Values, text: str) -> Values:
    """A list with a file of the layer merged over it, whoever says what."""
    there = document("a: 1")
    base = [Placed(value, Place((there, ("xs", index)))) for index, value in enumerate(before)]
    merged = merge(base, document(text), "xs", "x", {})
    assert merged.problems == []
    return [{key: each for key, each in item.value.items() if key != "source"} for item in merged.items]


@settings(max_examples=60, deadline=None)
@given(lists, lists)
def test_entries_over_the_old_list_give_the_new_one(before: Values, after: Values) -> None:
    try:
        found = entries(before, after)
    except CannotMoveError:
        assert not {item["id"] for item in before} & {item["id"] for item in after}
        return
    if found:
        text = with_entries("company/x.yml", None, "xs", [Addition(entry) for entry in found], "s.json")
        assert applied(before, text) == after
    else:
        assert before == after


@settings(max_examples=40, deadline=None)
@given(lists, lists, item_values)
def test_an_entry_of_the_companys_stays_on_top(before: Values, after: Values, ours: dict[str, Any]) -> None:
    both = [item for item in before if item["id"] in {each["id"] for each in after}]
    if not both or not ours:
        return
    theirs = {"id": both[0]["id"], **ours}
    old = f"xs:\n{Addition(theirs).text(2)}"
    try:
        new = with_entries(
            "company/x.yml", old, "xs", [Addition(each) for each in entries(before, after)], ""
        )
    except CannotMoveError as error:
        assert "company/ says something about" in str(error)  # noqa: PT017 - most cases raise nothing
        return
    assert applied(before, new) == applied(after, old)


def test_entries_are_as_small_as_can_be() -> None:
    before = [{"id": id, "name": id, "in": {"a": 1, "b": 2}} for id in ("one", "two", "three", "four")]
    moved = [before[3], before[0], {**before[2], "in": {"a": 1, "c": 3}}, {"id": "new", "name": "N"}]
    assert entries(before, moved) == [
        {"id": "two", "remove": True},
        {"id": "four", "before": "one"},
        {"id": "three", "in": {"b": None, "c": 3}},
        {"id": "new", "after": "three", "name": "N"},
    ]


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ([{"id": "z"}], "no item of upstream's is left"),
        ([{"id": "a"}, {"id": "a"}], "the id 'a' stands twice"),
        ([{"id": "a"}, {"name": "b"}], "an item has no id"),
        ([{"id": "a", "name": None}], "item 'a' is not valid"),
        ([{"id": "a", "after": "b"}], "item 'a' is not valid"),
    ],
)
def test_what_has_no_entry_is_told(after: Values, said: str) -> None:
    with pytest.raises(CannotMoveError, match=said):
        entries([{"id": "a"}], after)


def test_an_item_that_the_company_removes_is_no_subject_of_an_edit() -> None:
    with pytest.raises(CannotMoveError, match="company/ removes 'a', and it was edited, too"):
        over({"id": "a", "name": "b"}, {"id": "a", "remove": True})


def test_a_word_that_only_some_read_as_a_number_is_quoted() -> None:
    assert dumped({"a": "1e3", "b": "no", "c": "plain"}) == "a: \"1e3\"\nb: 'no'\nc: plain\n"
    assert Changed  # what marks an item as changed is no value of it


OURS = """\
# Ours.
xs:
  # About c.
  - id: c
    name: Ours

  - id: a
    name: "# A"
  # About b.
  - {id: b, name: B}
# The end.
"""


def test_what_stands_in_the_file_stays_comments_too() -> None:
    new = [Addition({"id": "n", "name": "N"}, ("# Why.",)), Addition({"id": "a", "text": "T"})]
    assert with_entries("company/x.yml", OURS, "xs", new, "") == OURS.replace(
        "xs:\n", "xs:\n  # Why.\n  - id: n\n    name: N\n"
    ).replace('    name: "# A"\n', "    text: T\n    name: '# A'\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("replace: true\nxs: [{id: a}]\n", "company/x.yml replaces the whole list"),
        ("xs: [{id: a}]\n", "company/x.yml has its list in brackets"),
        ("xs:\n  -\n    id: a\n", "company/x.yml has its list in an unusual form"),
        (
            "xs:\n  - id: a  # why\n    name: x\n",
            "company/x.yml:2 has an entry for the same item, and a comment with it",
        ),
        ("xs: [\n", "company/x.yml has mistakes of its own"),
    ],
)
def test_a_file_that_would_lose_something_is_left(text: str, said: str) -> None:
    with pytest.raises(CannotMoveError, match=said):
        with_entries("company/x.yml", text, "xs", [Addition({"id": "a", "name": "n"})], "")


def test_a_list_that_the_file_lacks_is_added() -> None:
    text = with_entries("company/x.yml", "ys:\n- {id: a}", "xs", [Addition({"id": "b", "name": "n"})], "")
    assert text == "ys:\n- {id: a}\nxs:\n  - id: b\n    name: n\n"


def test_entries_over_a_newer_list_keep_what_was_said() -> None:
    before = [{"id": id, "name": id} for id in ("one", "two", "three", "four")]
    edited = [{"id": "one", "name": "1"}, {"id": "two", "name": "2"}, {"id": "new", "name": "N"}, before[3]]
    current = [{"id": "eins", "name": "one", "cost": "c"}, {"id": "four", "name": "four"}]
    found = [
        entry for _, entry in rebased(entries(before, edited), edited, current, {"one": "eins", "two": None})
    ]
    assert found == [
        {"id": "eins", "name": "1"},
        {"id": "two", "after": "eins", "name": "2"},
        {"id": "new", "after": "two", "name": "N"},
    ]


def test_an_item_that_upstream_has_added_too_is_changed_in_its_place() -> None:
    item = {"id": "new", "name": "Ours", "source": "kit"}
    edited, current = [{"id": "a"}, item], [{"id": "new", "name": "Theirs"}, {"id": "a"}]
    assert list(rebased(entries([{"id": "a"}], edited), edited, current, {})) == [("new", item)]
