"""A list that is changed by id behaves as a list does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from macros.load.order import Order

IDS = "abcdef"
CHANGES = st.lists(
    st.tuples(st.sampled_from(IDS), st.sampled_from(["after", "before"]), st.sampled_from(IDS)), max_size=12
)


@given(CHANGES)
def test_moving_gives_what_moving_in_a_list_gives(changes: list[tuple[str, str, str]]) -> None:
    order, plain = Order((id, id) for id in IDS), list(IDS)
    for id, side, neighbor in changes:
        if id != neighbor:
            order.take_out(id)
            order.put(id, id, side, neighbor)
            plain.remove(id)
            plain.insert(plain.index(neighbor) + (side == "after"), id)
    assert list(order) == plain


def test_an_id_that_stands_twice_leads_to_the_first_and_then_to_the_next() -> None:
    order = Order([("a", 1), ("b", 2), ("a", 3)])
    order.take_out("a")
    assert list(order) == [2, 3]
    order.take_out("a")
    assert list(order) == [2]
    assert "a" not in order.ids


def test_an_empty_list_has_no_items() -> None:
    assert list(Order([])) == []
