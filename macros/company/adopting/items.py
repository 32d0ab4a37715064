"""From an edited list to the entries of the layer that say the same: the inverse of `macros.load.merge`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from macros.company.adopting import CannotMoveError
from macros.load.scalars import Ambiguous

Item = Mapping[str, Any]
Entry = dict[str, Any]
_PLACED = ("after", "before", "remove")
_PLACES = frozenset(["after", "before"])


def entries(before: Sequence[Item], after: Sequence[Item]) -> list[Entry]:
    """Entries that turn one list into another.

    Args:
        before: upstream's items.
        after: the items as they were edited.

    Returns:
        The smallest entries, in the order in which they are applied.

    Raises:
        CannotMoveError: an item has no id, or has it twice; or the layer cannot say it.
    """
    old, new = _by_id(before), _by_id(after)
    if not any(id in old for id in new):
        raise CannotMoveError("no item of upstream's is left; say 'replace: true' in company/ instead")
    found: list[Entry] = [{"id": id, "remove": True} for id in old if id not in new]
    stay = _in_order([id for id in old if id in new], list(new))
    there = [id for id in old if id in stay]
    wanted = list(new)
    for index, id in enumerate(wanted):
        entry: Entry = {"id": id}
        if id not in stay:
            if index:
                entry["after"] = wanted[index - 1]
            else:
                entry["before"] = there[0]
        entry.update(_changes(old[id], new[id]) if id in old else {**new[id]})
        if len(entry) > 1:
            found.append(entry)
    return found


def rebased(
    found: Sequence[Entry], edited: Sequence[Item], current: Sequence[Item], renamed: Mapping[str, str | None]
) -> Iterator[tuple[str, Entry]]:
    """Entries that were made against an older list, for the one that upstream has now.

    Args:
        found: the entries.
        edited: the items as they were edited.
        current: upstream's items now.
        renamed: new id by old id; None for an item that upstream has removed.

    Returns:
        Each entry that is still needed, with the id that its item had. An item that was edited here and
        that upstream has removed is added, whole: what was said in it is not lost.
    """
    order = [str(item["id"]) for item in edited]
    whole = dict(zip(order, edited, strict=True))
    known = {str(item["id"]) for item in current}

    def place(id: str) -> Entry:
        at = order.index(id)
        for key, others in (("after", reversed(order[:at])), ("before", iter(order[at + 1 :]))):
            for other in others:
                if (renamed.get(other) or other) in known:
                    return {key: renamed.get(other) or other}
        raise CannotMoveError("no item of upstream's is left beside it")

    for entry in found:
        id = renamed.get(entry["id"]) or entry["id"]
        if "remove" in entry:
            if id in known:
                yield entry["id"], {"id": id, "remove": True}
            continue
        there = id in known
        said = entry if there else whole[entry["id"]]
        values = {key: value for key, value in said.items() if key not in ("id", *_PLACED)}
        # Of an item that upstream has added meanwhile, too, the place is upstream's.
        moved = not there or ("source" not in entry and not _PLACES.isdisjoint(entry))
        known.add(id)
        yield entry["id"], {"id": id, **(place(entry["id"]) if moved else {}), **values}


def _by_id(items: Sequence[Item]) -> dict[str, Item]:
    found: dict[str, Item] = {}
    for item in items:
        id = item.get("id") if isinstance(item, Mapping) else None
        if not isinstance(id, str):
            raise CannotMoveError("an item has no id")
        if id in found:
            raise CannotMoveError(f"the id '{id}' stands twice")
        if not _is_plain(item) or any(key in item for key in _PLACED):
            raise CannotMoveError(f"item '{id}' is not valid; 'playbook check' says why")
        found[id] = item
    return found


def _is_plain(value: Any) -> bool:
    """Whether a value is whole: no bare word that YAML reads in two ways, no key without a value."""
    if isinstance(value, Mapping):
        return all(map(_is_plain, value.values()))
    if isinstance(value, tuple):
        return all(map(_is_plain, value))
    return not isinstance(value, Ambiguous) and value is not None


def _changes(old: Item, new: Item) -> Entry:
    """Keys that differ: mappings inside key by key, a key that is gone as nothing, lists whole."""
    found: Entry = {}
    for key in {**old, **new}:
        before, after = old.get(key), new.get(key)
        if key == "id" or (before == after and type(before) is type(after)):
            continue
        if isinstance(before, Mapping) and isinstance(after, Mapping) and key != "source":
            found[key] = _changes(before, after)
        else:
            found[key] = after
    return found


def _in_order(old: list[str], new: list[str]) -> set[str]:
    """The most ids that stand in the same order in both: those need not be moved."""
    place = {id: index for index, id in enumerate(new)}
    best: list[list[str]] = []
    for id in old:
        longest: list[str] = []
        for chain in best:
            if place[chain[-1]] < place[id] and len(chain) > len(longest):
                longest = chain
        best.append([*longest, id])
    return set(sorted(best, key=len)[-1])


def over(entry: Entry, ours: Mapping[str, Any]) -> Entry:
    """An entry with one of the company's on top, which says more about the same item."""
    if ours.get("remove") is True:
        raise CannotMoveError(f"company/ removes '{ours['id']}', and it was edited, too")
    result = {key: value for key, value in entry.items() if not (key in _PLACED and _is_placed(ours))}
    for key, value in ours.items():
        inside = result.get(key)
        if key in result and isinstance(inside, Mapping) != isinstance(value, Mapping):
            raise CannotMoveError(f"company/ says something about '{key}', and it was edited, too")
        both = isinstance(inside, Mapping) and isinstance(value, Mapping) and key != "source"
        result[key] = over(dict(inside), value) if both and inside is not None else value
    return result


def _is_placed(ours: Mapping[str, Any]) -> bool:
    return "after" in ours or "before" in ours
