"""A project as read: its files merged with the company's, every item validated on its own.

One mistake hides no other: what is valid, what is declared and what is wrong stand side by side.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from macros.diagnostics import Diagnostic, Where
from macros.load.files import Files, items
from macros.load.merge import Place, Placed, merge
from macros.load.names import Linked, names_of, with_names
from macros.load.words import translate
from macros.model.base import Item, Kind
from macros.model.kinds import KINDS
from macros.model.renamed import RENAMED, Renamed
from macros.project import Project

T = TypeVar("T", bound=Item)
UNKNOWN = frozenset({"unknown-file", "unknown-key"})
"""What is wrong with files of a newer version only because this one has never heard of it."""


@dataclass(frozen=True)
class Entry(Generic[T]):
    """A valid item and where it stands."""

    item: T
    place: Place

    def diagnostic(self, below: Where, message: str, hint: str = "", *, of_key: bool = False) -> Diagnostic:
        """A problem with the value at `below` inside this item (or with its key)."""
        return self.place.diagnostic(below, message, hint, of_key=of_key)


@dataclass
class Reading:
    """All data as read.

    Args:
        files: what was read.
        entries: valid items by kind, in their order after merging.
        declared: every id by kind, of broken items too: a reference to one is no second mistake.
        removed: ids by kind that the company layer took out, and where it says so.
        ours: the company layer's entries as written, by kind and id.
        renames: what upstream has renamed or removed, each with its place.
        broken: kinds of which an item is broken, so that it is not among the valid ones.
        problems: what is wrong so far.
        linked: texts with links in them.
    """

    files: Files
    entries: dict[str, list[Entry[Any]]] = field(default_factory=dict)
    declared: dict[str, dict[str, None]] = field(default_factory=dict)
    removed: dict[str, dict[str, Place]] = field(default_factory=dict)
    ours: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    renames: list[tuple[Renamed, Place]] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    problems: list[Diagnostic] = field(default_factory=list)
    linked: list[Linked] = field(default_factory=list)

    @property
    def project(self) -> Project:
        """Where it was read."""
        return self.files.project

    @property
    def unread(self) -> set[str]:
        """Lists that could not be read whole; what refers to them is not judged."""
        return self.files.unread

    def of(self, model: type[T]) -> list[Entry[T]]:
        """The valid items of one kind, asked for by their model."""
        return self.entries[model.kind.key]

    def ids(self, model: type[Item]) -> dict[str, None]:
        """Every id of one kind, of broken items too."""
        return self.declared[model.kind.key]

    def whole(self, model: type[Item]) -> bool:
        """Whether every item of a kind is valid: what is counted over some of them proves nothing."""
        return model.kind.key not in self.unread | self.broken

    @property
    def upstream(self) -> dict[str, set[str]]:
        """Ids of the playbook's own items by kind, whatever the company makes of them."""
        return {
            key: {placed.value["id"] for placed in found if _named(placed.value)}
            for key, found in self.files.upstream.items()
        }

    @property
    def renamed(self) -> dict[str, dict[str, str | None]]:
        """New id (or None for an item that is gone) by old id, for each list."""
        found: dict[str, dict[str, str | None]] = {}
        for entry, _ in self.renames:
            found.setdefault(entry.list, {})[entry.old] = entry.new
        return found


def _named(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("id"), str)


def merged(files: Files, *, company: bool = True, names: bool = True, ahead: bool = False) -> Reading:
    """Merge the company's files over the playbook's, and validate item by item.

    Args:
        files: what was read.
        company: whether the company layer counts.
        names: whether `[[role-id]]` in texts becomes the role's name; a comparison leaves it.
        ahead: whether the files may be newer than this code: what it does not know is passed over.
    """
    known = [each for each in files.problems if not (ahead and each.rule in UNKNOWN)]
    reading = Reading(files, problems=known)
    _renames(reading)
    lists = {key: list(placed) for key, placed in files.upstream.items()}
    if company:
        reading.problems += files.company_problems
        _company(lists, reading)
    called = names_of(lists["roles"]) if names and "roles" not in reading.unread else None
    gone = reading.removed.get("roles", {})
    for kind in KINDS:
        reading.entries[kind.key] = []
        reading.declared[kind.key] = {}
        for placed in lists[kind.key]:
            named = (
                placed
                if called is None
                else with_names(placed, called, gone, reading.problems, reading.linked)
            )
            _item(kind, named, reading, ahead=ahead)
    return reading


def _renames(reading: Reading) -> None:
    """What upstream has renamed or removed."""
    for placed in reading.files.renamed:
        try:
            reading.renames.append((Renamed.model_validate(placed.value), placed.place))
        except ValidationError as error:
            reading.problems.extend(translate(placed.place, RENAMED.model, error))


def _company(lists: dict[str, list[Placed]], reading: Reading) -> None:
    """Merge the company layer's files over the lists in place."""
    renamed = reading.renamed
    for holding in reading.files.company:
        for kind in holding.kinds:
            entries = (placed.value for placed in items(holding, kind))
            reading.ours.setdefault(kind.key, {}).update(
                {str(entry.get("id")): entry for entry in entries if isinstance(entry, dict)}
            )
            result = merge(lists[kind.key], holding.document, kind.key, kind.one, renamed.get(kind.key, {}))
            lists[kind.key] = result.items
            reading.removed.setdefault(kind.key, {}).update(result.removed)
            reading.problems.extend(result.problems)


def _item(kind: Kind, placed: Placed, reading: Reading, *, ahead: bool) -> None:
    """Validate one item; register its id even where the rest is wrong."""
    value = placed.value
    if _named(value):
        name = value["id"]
        declared = reading.declared[kind.key]
        if name in declared:
            message = f"duplicate id '{name}': another {kind.one} has it"
            hint = "ids are unique in their list"
            reading.problems.append(placed.place.diagnostic(("id",), message, hint, "duplicate-id"))
            reading.broken.add(kind.key)
            return
        declared[name] = None
    try:
        item = kind.model.model_validate(value, extra="ignore" if ahead else None)
    except ValidationError as error:
        reading.problems.extend(translate(placed.place, kind.model, error))
        reading.broken.add(kind.key)
    else:
        reading.entries[kind.key].append(Entry(item, placed.place))
