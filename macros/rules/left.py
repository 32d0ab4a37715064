"""Anchors that stay on upstream's pages for what the company took out.

Upstream's pages and other people's links lead to an item by its anchor. A company that takes the item out
cannot change those; so the page on which the item stood keeps its anchor, at the foot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any

from macros.load.merge import Place
from macros.load.reading import Reading
from macros.model.content import Component
from macros.model.kinds import name_of
from macros.model.template import Template
from macros.rules.shown import anchors_of, anchors_of_item, lists_of_macro, macros_on

_FEET = frozenset(["unmarked", "fill"])
"""Macros that end a page, and show these anchors."""
Taken = Mapping[str, Mapping[str, tuple[dict[str, Any], Place]]]
"""Upstream's items that the company took out, as their files hold them, and where it did; by list and id."""


def taken_out(reading: Reading) -> Taken:
    """What the company took out of upstream's lists, or left out where it replaced one."""
    found: dict[str, dict[str, tuple[dict[str, Any], Place]]] = {}
    for key, removed in reading.removed.items():
        gone = removed.keys() - reading.declared[key].keys()
        for value in (placed.value for placed in reading.files.upstream[key] if gone):
            if isinstance(value, dict) and value.get("id") in gone:
                found.setdefault(key, {})[value["id"]] = (value, removed[value["id"]])
    return found


def left(reading: Reading, taken: Taken) -> Mapping[str, Mapping[str, Place]]:
    """Anchors that stay on each of upstream's pages.

    Args:
        reading: the data, merged.
        taken: what the company took out of it.

    Returns:
        By page, the anchors of items that it showed, each with where the company took the item out.
        A page that the company put in the place of upstream's keeps none: what it says is the company's.
    """
    if not taken:
        return {}
    theirs = set(reading.project.company_pages)
    pages = ((page, _on(page, reading, taken)) for page in reading.project.pages if page not in theirs)
    return {page: dict(found) for page, anchors in pages if (found := list(anchors))}


def names(taken: Taken) -> Mapping[str, Mapping[str, str]]:
    """What upstream calls what the company took out, by list and id: its pages say it still."""
    return {
        key: {id: name_of(SimpleNamespace(**value)) for id, (value, _) in items.items()}
        for key, items in taken.items()
    }


def _page_of(value: Mapping[str, Any], reading: Reading) -> str:
    """The only page that showed an item, where its group or pillar has one; empty for any other item."""
    for key, field in (("component_groups", "group"), ("pillars", "pillar")):
        for placed in reading.files.upstream[key] if field in value else ():
            if isinstance(placed.value, dict) and placed.value.get("id") == value[field]:
                return str(placed.value.get("page", ""))
    return ""


def _on(page: str, reading: Reading, taken: Taken) -> Iterator[tuple[str, Place]]:
    """The anchors that one page keeps, each with where its item was taken out."""
    text = reading.project.page_text(page)[0] or ""
    called = macros_on(text)
    if not _FEET.intersection(called):
        return
    for value, place in taken.get(Template.kind.key, {}).values():
        if page == f"templates/{value['id']}.md":
            sections = (each for each in value.get("sections", ()) if isinstance(each, dict))
            yield from ((str(each["id"]), place) for each in sections if "id" in each)
    shown = {key for name in called for key in lists_of_macro(name) or ()}
    if not shown & taken.keys():
        return
    there = anchors_of(text)
    there |= {each for key in shown for id in reading.declared[key] for each in anchors_of_item(key, id)}
    there |= {entry.item.part.lower() for entry in reading.of(Component) if entry.item.part}
    for key in sorted(shown & taken.keys()):
        for id, (value, place) in taken[key].items():
            if _page_of(value, reading) not in ("", page):
                continue
            part = value.get("part")
            anchors = [*anchors_of_item(key, id), *([part.lower()] if isinstance(part, str) else [])]
            yield from ((each, place) for each in anchors if each not in there)
