"""The company layer over the playbook's data: change, add, move, remove, replace.

A company's file holds only what differs. Each entry names an item by `id`:

- an item that exists is changed in part: keys given replace those of the item, mappings inside
  it (such as a RACI's `roles`) are merged key by key, and a key set to nothing is taken out;
- `after: <id>` or `before: <id>` adds a new item there, or moves one that exists;
- `remove: true` takes an item out;
- `replace: true` at the top of the file replaces the whole list instead.

An id that does not exist is an error, so that a rename upstream is noticed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from macros.diagnostics import Diagnostic, Where, did_you_mean
from macros.load.order import Order
from macros.load.scalars import read_as
from macros.load.yaml import YamlDocument
from macros.model.base import Changed

DIRECTIVES = ("after", "before", "remove")
"""Keys that say where an item goes; they are no part of it."""


@dataclass(frozen=True)
class Place:
    """Where an item stands: in the playbook's file, in the company's, or in both.

    Args:
        base: document and path of the item in the playbook's data, if it is there.
        company: document and path of the entry in the company's layer, if there is one.
    """

    base: tuple[YamlDocument, Where] | None
    company: tuple[YamlDocument, Where] | None = None

    def diagnostic(
        self, below: Where, message: str, hint: str = "", rule: str = "data", *, of_key: bool = False
    ) -> Diagnostic:
        """A problem with the value at `below` inside the item.

        It names the company's file wherever the company touched the item, since that is the
        file that people can change.
        """
        if self.company is not None:
            document, where = self.company
            reached = document.reach((*where, *below))
            at = reached if len(reached) >= len(where) else where
            of_key = of_key and len(reached) == len(where) + len(below)
        else:
            document, where = self.base or _nowhere()
            at = (*where, *below)
        return document.diagnostic(at, message, hint, rule, of_key=of_key, called=(*where, *below))

    def removal(self) -> str:
        """Hint for what still names an item that the entry here takes out."""
        return f"{self.taken_out()}; change this item there, too"

    def taken_out(self) -> str:
        """Where the entry is that takes an item out, in words."""
        entry = self.diagnostic((), "")
        return f"it is removed in {entry.path}:{entry.line}"


def _nowhere() -> tuple[YamlDocument, Where]:
    raise ValueError("an item stands in at least one file")


@dataclass(frozen=True)
class Placed:
    """An item's value and where it comes from."""

    value: Any
    place: Place


@dataclass
class Merged:
    """What merging gives.

    Args:
        items: the list after merging, in order.
        removed: place of the entry that removed an item, by id.
        problems: what is wrong with the company's entries.
    """

    items: list[Placed]
    removed: dict[str, Place] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)


def merge(
    base: Sequence[Placed], document: YamlDocument, key: str, one: str, renamed: Mapping[str, str | None]
) -> Merged:
    """Merge a company's list over the playbook's.

    Args:
        base: the playbook's items, or what another company file has made of them.
        document: the company's file, whose value is a mapping.
        key: name of the list in it.
        one: what one item is called in a message.
        renamed: new id by old id, or None for an item that was removed upstream.

    Returns:
        The new list. It depends on the arguments only; without entries it is the old one; and
        an item of `base` is missing only where an entry removes it, or `replace` names the list.
    """
    entries = document.value[key]
    if document.value.get("replace") is True:
        ours = [Placed(_ours(value), Place(None, (document, (key, i)))) for i, value in enumerate(entries)]
        kept = {_id(item) for item in ours}
        gone = {_id(item): Place(None, (document, ("replace",))) for item in base}
        return Merged(ours, {name: place for name, place in gone.items() if name not in kept})
    merged = Merged([])
    order = Order((_id(item), item) for item in base)
    seen: set[str] = set()
    for index, value in enumerate(entries):
        place = Place(None, (document, (key, index)))
        name = value.get("id") if isinstance(value, dict) else None
        if not isinstance(name, str):
            found = "none" if isinstance(value, dict) else read_as(value)
            problem = place.diagnostic((), f"expected an item with an id, got {found}", "", "wrong-type")
            merged.problems.append(problem)
        elif name in seen:
            message = f"'{name}' stands twice in this file"
            hint = "put all changes of an item together"
            merged.problems.append(place.diagnostic(("id",), message, hint, "duplicate-id"))
        else:
            seen.add(name)
            merged.problems.extend(_entry(merged, order, Placed(value, place), one, renamed))
    merged.items.extend(order)
    return merged


def _entry(
    merged: Merged, order: Order[Placed], entry: Placed, one: str, renamed: Mapping[str, str | None]
) -> Iterator[Diagnostic]:
    """Apply one entry to the list in place, or say why not."""
    value, place = entry.value, entry.place
    name = value["id"]
    at = order.ids.get(name)
    target, problem = _target(place, value, name, order.ids, one)
    if problem is not None:
        yield problem
        return
    if at is None and (value.get("remove") is not None or target is None):
        yield place.diagnostic(("id",), *_unknown(name, order.ids, one, renamed), "unknown-override")
        return
    if value.get("remove") is not None:
        if value["remove"] is not True or len(value) > 2:
            yield place.diagnostic(("remove",), "'remove: true' stands alone with the id", "", "wrong-value")
            return
        order.take_out(name)
        merged.removed[name] = place
        return
    item = _combined(order.items[at] if at is not None else None, value, place)
    if target is None:
        order.items[order.ids[name]] = item
        return
    if at is not None:
        order.take_out(name)
    order.put(name, item, *target)


def _target(
    place: Place, value: dict[str, Any], name: str, ids: Collection[str], one: str
) -> tuple[tuple[str, str] | None, Diagnostic | None]:
    """Where an entry wants its item: ("after" or "before", id); None for where it is."""
    wanted = [key for key in ("after", "before") if key in value]
    if not wanted:
        return None, None
    key = wanted[0]
    if len(wanted) > 1:
        return None, place.diagnostic(("before",), "both 'after' and 'before'", "keep one", "wrong-value")
    if not isinstance(value[key], str):
        message = f"expected an id, got {read_as(value[key])}"
        return None, place.diagnostic((key,), message, "", "wrong-type")
    if value[key] == name:
        return None, place.diagnostic((key,), "an item cannot stand beside itself", "", "wrong-value")
    if value[key] not in ids:
        message, hint = f"unknown {one} '{value[key]}'", did_you_mean(value[key], ids)
        return None, place.diagnostic((key,), message, hint, "unknown-override")
    return (key, value[key]), None


def _unknown(name: str, ids: Collection[str], one: str, renamed: Mapping[str, str | None]) -> tuple[str, str]:
    """Message and hint for an entry whose id the playbook does not have."""
    if name in renamed:
        new = renamed[name]
        if new is None:
            return f"{one} '{name}' was removed upstream", "remove this entry, or add the item with 'after:'"
        return f"{one} '{name}' was renamed upstream to '{new}'", f"write id: {new}"
    hint = did_you_mean(name, ids)
    return f"no {one} '{name}' to change", " ".join(
        filter(None, [hint, "to add it, say 'after:' or 'before:'"])
    )


def _id(item: Placed) -> str:
    name = item.value.get("id") if isinstance(item.value, dict) else None
    return name if isinstance(name, str) else ""


def _combined(base: Placed | None, value: dict[str, Any], place: Place) -> Placed:
    changes = {key: each for key, each in value.items() if key not in DIRECTIVES}
    if base is None:
        return Placed(_ours(changes), place)
    if len(changes) == 1:  # only moved
        return Placed(base.value, Place(base.place.base, place.company))
    combined = _over(base.value, changes)
    if "source" not in changes and "source" in combined:
        source = combined["source"]
        combined["source"] = source if isinstance(source, Changed) or source == "company" else Changed(source)
    return Placed(combined, Place(base.place.base, place.company))


def _over(base: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """A mapping with changes: mappings inside are merged, nothing takes a key out, else replace."""
    result = dict(base)
    for key, value in changes.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, dict) and isinstance(result.get(key), dict) and key != "source":
            result[key] = _over(result[key], value)
        else:
            result[key] = value
    return result


def _ours(value: Any) -> Any:
    """An item that the company adds says so, unless it says otherwise."""
    return {"source": "company", **value} if isinstance(value, dict) else value
