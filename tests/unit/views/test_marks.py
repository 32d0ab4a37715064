"""Marks stand behind what they cover, once for a table whose rows agree."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from macros.model.base import Source
from macros.views.environment import environment
from macros.views.marks import mark, named, shared_source

DECK, AFTER, KIT = Source("deck", (30,)), Source("after", (30, 31)), Source("kit")


@dataclass(frozen=True)
class Row:
    """A row of a table."""

    source: Source


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (DECK, "deck 30"), (AFTER, "after 30, 31"), (KIT, "kit"), (Source("company"), "ours"),
        (Source("deck", (30,), changed=True), "changed by us"),
    ],
)  # fmt: skip
def test_a_mark_says_who_it_comes_from(source: Source, said: str) -> None:
    assert f">{said}</small>" in mark(environment(), source)


def test_a_row_that_agrees_with_the_head_of_its_table_is_not_marked_again() -> None:
    assert mark(environment(), DECK, shared=DECK) == ""
    assert "kit" in mark(environment(), KIT, shared=DECK)


def test_nothing_is_marked_where_nothing_is_shared() -> None:
    assert mark(environment(), None) == named(environment(), None) == ""


@pytest.mark.parametrize(
    ("sources", "shared"),
    [
        ([DECK, DECK, DECK], DECK), ([DECK, DECK, KIT], DECK),
        ([DECK, KIT], None), ([DECK], None), ([], None), ([DECK, AFTER, KIT], None),
    ],
)  # fmt: skip
def test_a_head_says_what_more_than_half_of_its_rows_have(
    sources: list[Source], shared: Source | None
) -> None:
    assert shared_source(Row(each) for each in sources) == shared


def test_the_mark_below_a_heading_is_a_line_of_its_own() -> None:
    assert named(environment(), DECK).startswith('<p class="pb-named"><small')
