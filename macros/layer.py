"""Reads a playbook with and without its company layer, and says what differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from macros.diagnostics import Diagnostics
from macros.model import KINDS, Kind
from macros.model.base import Item
from macros.parse import COMPANY
from macros.playbook import Playbook, load
from macros.source import pages_below

ASSEMBLED = ".build"
"""Folder below the project's in which it is put together for a build; see `macros.site.assemble`."""

What = Literal["added", "changed", "removed"]


@dataclass(frozen=True)
class Field:
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
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True)
class Page:
    """A page that the company added, or put in the place of the playbook's."""

    path: str
    what: Literal["added", "replaced"]


def differences(before: Playbook, after: Playbook) -> Iterator[Difference]:
    """What `after` says that `before` does not, list by list, in the order of the lists.

    Args:
        before: the playbook without the company layer, or an older one.
        after: the playbook with it, or a newer one.
    """
    for kind in KINDS:
        old: dict[str, Item] = dict(getattr(before, kind.key))
        new: dict[str, Item] = dict(getattr(after, kind.key))
        for id, item in new.items():
            if id not in old:
                yield Difference(kind, id, name_of(item), "added")
            elif fields := tuple(changed_fields(old[id], item)):
                yield Difference(kind, id, name_of(old[id]), "changed", fields)
        for id, item in old.items():
            if id not in new:
                yield Difference(kind, id, name_of(item), "removed")


def changed_fields(before: Item, after: Item) -> Iterator[Field]:
    """Keys in which two versions of an item differ; provenance does not count."""
    old, new = before.model_dump(exclude={"source"}), after.model_dump(exclude={"source"})
    yield from _compare(old, new, "")


def _compare(old: Any, new: Any, path: str) -> Iterator[Field]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in {**old, **new}:
            yield from _compare(old.get(key), new.get(key), f"{path}.{key}" if path else str(key))
        return
    yield Field(path, _shown(old), _shown(new))


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


def name_of(item: Any) -> str:
    """What people call an item, whichever model it is of."""
    for field in ("name", "question", "claim", "text", "role"):
        value = getattr(item, field, None)
        if value:
            return str(value)
    return str(item.id)


def company_pages(root: Path) -> Iterator[Page]:
    """The company's pages, and which of them stand in for the playbook's."""
    # An assembled project holds the company's pages in docs/ already; the one it came from does not.
    upstream = (root.parent if root.name == ASSEMBLED else root) / "docs"
    for name in pages_below(root / COMPANY / "docs"):
        yield Page(name, "replaced" if (upstream / name).is_file() else "added")


def compare(root: Path) -> tuple[list[Difference], list[Page]] | Diagnostics:
    """How a project's playbook differs from upstream's.

    Args:
        root: the project's folder.

    Returns:
        Items and pages that differ; or every problem, where either playbook has one.
    """
    upstream = load(root, layer=False, names=False)
    if isinstance(upstream, Diagnostics):
        return upstream
    ours = load(root, names=False)
    if isinstance(ours, Diagnostics):
        return ours
    return list(differences(upstream, ours)), list(company_pages(root))


def _line(field: Field) -> str:
    return f"           {field.name}: {field.before or '(nothing)'} → {field.after or '(nothing)'}"


def as_text(items: list[Difference], pages: list[Page]) -> str:
    """Differences for a terminal: one item a line, its keys below it."""
    lines = []
    for item in items:
        lines.append(f"{item.what:8} {item.kind.one} '{item.id}' ({item.name})")
        lines += map(_line, item.fields)
    lines += [f"{page.what:8} page {page.path}" for page in pages]
    return "\n".join(lines)
