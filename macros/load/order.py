"""A list that is changed by id: each change takes the same time, however long the list is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Generic, TypeVar

T = TypeVar("T")
_END = -1
"""Stands before the first item and behind the last one."""


class Order(Generic[T]):
    """Items one after the other, each at a number that never changes.

    Args:
        named: the items with their ids; an id that stands twice leads to the first of its items.
    """

    def __init__(self, named: Iterable[tuple[str, T]]) -> None:
        self.items: dict[int, T] = {}
        self.ids: dict[str, int] = {}
        self.again: dict[str, list[int]] = {}
        """Further items with an id that another one has."""
        self._after = {_END: _END}
        self._before = {_END: _END}
        self._numbers = count()
        for id, item in named:
            number = self._link(item, self._before[_END])
            if self.ids.setdefault(id, number) != number:
                self.again.setdefault(id, []).append(number)

    def __iter__(self) -> Iterator[T]:
        number = self._after[_END]
        while number != _END:
            yield self.items[number]
            number = self._after[number]

    def take_out(self, id: str) -> None:
        """Take the item with an id out of the list."""
        number = self.ids.pop(id)
        if self.again.get(id):
            self.ids[id] = self.again[id].pop(0)
        before, after = self._before.pop(number), self._after.pop(number)
        self._after[before], self._before[after] = after, before
        del self.items[number]

    def put(self, id: str, item: T, side: str, neighbor: str) -> None:
        """Put an item into the list.

        Args:
            id: its id, which no other one has.
            item: the item.
            side: ``after`` or ``before``.
            neighbor: id of the item beside which it goes.
        """
        number = self.ids[neighbor]
        self.ids[id] = self._link(item, number if side == "after" else self._before[number])

    def _link(self, item: T, before: int) -> int:
        """Link an item in behind another one; returns its number."""
        number = next(self._numbers)
        after = self._after[before]
        self._after[before] = self._before[after] = number
        self._before[number], self._after[number] = before, after
        self.items[number] = item
        return number
