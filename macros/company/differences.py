"""What differs between a playbook and upstream's, item by item and page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from macros.diagnostics import Diagnostics
from macros.load.reading import merged
from macros.model.base import Item, Kind
from macros.model.kinds import KINDS, name_of
from macros.playbook import Lists, Playbook, judged
from macros.project import Project

What = Literal["added", "changed", "removed"]


@dataclass(frozen=True)
class FieldChange:
    """One key of an item before and after, as text; empty where it is not there."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """One item that differs from upstream.

    Args:
        kind: the list it is in.
        id: its id.
        name: what people call it.
        what: whether the company added, changed or removed it.
        fields: the keys that differ; empty for an item added or removed.
    """

    kind: Kind
    id: str
    name: str
    what: What
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class OwnPage:
    """A page that the company added, or put in the place of the playbook's."""

    path: str
    what: Literal["added", "replaced"]


def differences(before: Lists, after: Lists) -> Iterator[Difference]:
    """What `after` says that `before` does not, list by list, in the order of the lists.

    Args:
        before: the lists without the company layer, or older ones.
        after: the lists with it, or newer ones.
    """
    for kind in KINDS:
        old, new = before[kind.key], after[kind.key]
        for id, item in new.items():
            if id not in old:
                yield Difference(kind, id, name_of(item), "added")
            elif fields := tuple(changed_fields(old[id], item)):
                yield Difference(kind, id, name_of(old[id]), "changed", fields)
        for id, item in old.items():
            if id not in new:
                yield Difference(kind, id, name_of(item), "removed")


def changed_fields(before: Item, after: Item) -> Iterator[FieldChange]:
    """Keys in which two versions of an item differ; provenance does not count."""
    return changed_values(before.model_dump(), after.model_dump())


def changed_values(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[FieldChange]:
    """As `changed_fields`, of items as their files hold them."""
    for key in {**before, **after}:
        if key != "source":
            yield from _compare(before.get(key), after.get(key), key)


def _compare(old: Any, new: Any, path: str) -> Iterator[FieldChange]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in {**old, **new}:
            yield from _compare(old.get(key), new.get(key), f"{path}.{key}" if path else str(key))
        return
    yield FieldChange(path, _shown(old), _shown(new))


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "; ".join(_shown(each) for each in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_shown(each)}" for key, each in value.items())
    return str(value)


def company_pages(project: Project) -> Iterator[OwnPage]:
    """The company's pages, and which of them stand in for the playbook's."""
    for name in project.company_pages:
        yield OwnPage(name, "replaced" if name in project.pages else "added")


def compare(playbook: Playbook) -> tuple[list[Difference], list[OwnPage]] | Diagnostics:
    """How a playbook differs from upstream's.

    Args:
        playbook: with the company's layer.

    Returns:
        Items and pages that differ; or every problem, where upstream's data has one by itself.
    """
    pages = list(company_pages(playbook.project))
    if playbook.files is None:
        return [], pages
    sides = [judged(merged(playbook.files, company=company, names=False)) for company in (False, True)]
    for side in sides:
        if isinstance(side, Diagnostics):
            return side
    before, after = (side.lists for side in sides if isinstance(side, Playbook))
    return list(differences(before, after)), pages


def _line(field: FieldChange) -> str:
    return f"           {field.name}: {field.before or '(nothing)'} → {field.after or '(nothing)'}"


def as_text(items: list[Difference], pages: list[OwnPage]) -> str:
    """Differences for a terminal: one item a line, its keys below it."""
    lines = []
    for item in items:
        lines.append(f"{item.what:8} {item.kind.one} '{item.id}' ({item.name})")
        lines += map(_line, item.fields)
    lines += [f"{page.what:8} page {page.path}" for page in pages]
    return "\n".join(lines)
