"""The one entry for command line, site and tests: `load`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from macros.diagnostics import Diagnostics
from macros.load.collection import without_collection
from macros.load.files import Files, read_files
from macros.load.reading import Reading, merged
from macros.load.relations import PAGE, mirrored
from macros.model.base import Item, typed
from macros.model.content import Role
from macros.model.kinds import KINDS, name_of
from macros.project import Project
from macros.rules import run
from macros.rules.left import left, names, taken_out

T = TypeVar("T", bound=Item)
NONE = Diagnostics()
Lists = Mapping[str, Mapping[str, Item]]
"""Items by id, by the plural name of their list."""


@dataclass(frozen=True)
class Origin:
    """What one list owes to upstream, and what to the company.

    Args:
        upstream: position in upstream's list by id, for the items that come from there.
        renamed: new id by the id that upstream's item had before; None for one that was removed.
        ours: the company's entries as written, by id; those that remove an item, too.
    """

    upstream: Mapping[str, int]
    renamed: Mapping[str, str | None]
    ours: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, eq=False)
class Playbook:
    """The whole playbook, valid and immutable: equal to itself only, so that views can be remembered by it.

    A list is asked for by its model, `playbook.of(Role)`, or by its plural name, `playbook.roles`,
    as partials do.

    Args:
        project: where it was read.
        warnings: what a check mentions.
        lists: items by id, in their order, by the plural name of their list.
        origins: for each list, which of it is upstream's and which the company's.
        files: the files that it was read from, where the company has any; a comparison needs them.
        left: anchors that a page of upstream's keeps for what the company took out, by page.
        taken: what upstream calls what the company took out, by list and id.
    """

    project: Project
    warnings: Diagnostics
    lists: Lists
    origins: Mapping[str, Origin]
    files: Files | None = field(repr=False)
    left: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    taken: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)

    def of(self, model: type[T]) -> Mapping[str, T]:
        """The items of one kind by id, asked for by their model."""
        found: Mapping[str, Any] = self.lists[model.kind.key]
        return found

    @cached_property
    def relations(self) -> Mapping[str, tuple[str, ...]]:
        """What belongs to what, by typed id, from both sides, without what the company removed."""
        found = mirrored(item for items in self.lists.values() for item in items.values())
        there = {typed(item) for items in self.lists.values() for item in items.values()}
        return {
            each: tuple(other for other in others if other in there or other.startswith(f"{PAGE}:"))
            for each, others in found.items()
        }

    def __getattr__(self, key: str) -> Mapping[str, Any]:
        """A list by its plural name.

        Raises:
            AttributeError: there is no such list.
        """
        try:
            return self.__dict__["lists"][key]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(key) from None

    def name_in(self, key: str, id: str) -> str:
        """What people call an item of a list; what upstream calls it, where the company took it out."""
        item = self.lists[key].get(id)
        return self.taken[key][id] if item is None else self.name_of(item)

    def name_of(self, item: Item) -> str:
        """What people call an item; a member is called by the role's name."""
        role = getattr(item, "role", None)
        return name_of(item if role is None else self.of(Role)[role])


def load(root: Path, *, company: bool = True, names: bool = True) -> Playbook | Diagnostics:
    """Read, validate and check everything under `root / "data"`.

    Args:
        root: the project's folder, with data/ and docs/.
        company: whether the company layer is merged over the data.
        names: whether `[[role-id]]` in texts becomes the role's name; a comparison leaves it.

    Returns:
        The playbook (its `warnings` may be non-empty), or every problem found.
    """
    with without_collection():
        return judged(merged(read_files(Project(root)), company=company, names=names))


def judged(reading: Reading, others: Diagnostics = NONE) -> Playbook | Diagnostics:
    """A playbook from what was read, if nothing is wrong with it.

    Args:
        reading: the merged data.
        others: what is wrong with pages and settings, where those were checked, too.
    """
    found = Diagnostics([*reading.problems, *run(reading), *others])
    if found.errors:
        return found
    renamed = reading.renamed
    lists = {
        kind.key: MappingProxyType({entry.item.id: entry.item for entry in reading.entries[kind.key]})
        for kind in KINDS
    }
    origins = {kind.key: _origin(reading, kind.key, renamed.get(kind.key, {})) for kind in KINDS}
    files = reading.files if reading.files.company else None
    taken = taken_out(reading)
    kept = {page: tuple(anchors) for page, anchors in left(reading, taken).items()}
    return Playbook(
        reading.project, found, MappingProxyType(lists), MappingProxyType(origins), files, kept, names(taken)
    )


def _origin(reading: Reading, key: str, renamed: Mapping[str, str | None]) -> Origin:
    places = ((entry.item.id, entry.place.base) for entry in reading.entries[key])
    upstream = {id: int(base[1][1]) for id, base in places if base is not None}
    return Origin(upstream, renamed, reading.ours.get(key, {}))
