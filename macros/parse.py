"""Plain values to models: every item on its own, so that one mistake hides no other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path as FilePath
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from macros.diagnostics import Diagnostic, Path, did_you_mean, dotted
from macros.merge import DIRECTIVES, Place, Placed, merge
from macros.model import KINDS, Kind, by_file
from macros.model.base import Item
from macros.source import Ambiguous, Document, read, reading

T = TypeVar("T", bound=Item)

COMPANY = "company"
"""Folder of the fork's own layer; upstream ships it with a README only."""
RENAMED = "renamed"
"""Stem of the file under data/ that says which ids upstream renamed or removed."""


@dataclass(frozen=True)
class Entry(Generic[T]):
    """A valid item and where it stands."""

    item: T
    place: Place

    def diagnostic(
        self,
        below: Path,
        message: str,
        hint: str = "",
        *,
        of_key: bool = False,
    ) -> Diagnostic:
        """A problem with the value at `below` inside this item (or with its key)."""
        return self.place.diagnostic(below, message, hint, of_key=of_key)


@dataclass
class Draft:
    """All data as read: what is valid, what is declared, what is wrong.

    Args:
        root: the project's folder.
        entries: valid items by kind, in their order after merging.
        declared: every id by kind, of broken items too: a reference to one is no second mistake.
        removed: ids by kind that the company layer took out, and where it says so.
        ours: the company layer's entries as written, by kind and id.
        renamed: what upstream has renamed or removed; see `renames`.
        unread: lists that could not be read whole; what refers to them is not judged.
        problems: what is wrong so far.
    """

    root: FilePath
    entries: dict[str, list[Entry[Any]]] = field(default_factory=dict)
    declared: dict[str, dict[str, None]] = field(default_factory=dict)
    removed: dict[str, dict[str, Place]] = field(default_factory=dict)
    ours: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    renamed: dict[str, dict[str, str | None]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    problems: list[Diagnostic] = field(default_factory=list)


def parse(root: FilePath, *, layer: bool = True, names: bool = True) -> Draft:
    """Read every file under data/, merge the company layer over it, validate item by item."""
    draft = Draft(root, renamed=renames(root))
    lists: dict[str, list[Placed]] = {kind.key: [] for kind in KINDS}
    kinds = by_file()
    for file, kinds_in_file in kinds.items():
        paths = list(_files(root, "data", file))
        if not paths:
            draft.problems.append(_missing(f"data/{file}*.yml" if file.endswith("/") else f"data/{file}.yml"))
            draft.unread.update(kind.key for kind in kinds_in_file)
        for name in paths:
            document, problems = read(root, name)
            draft.problems.extend(problems)
            found = list(_lists(document, kinds_in_file, draft, all_of_them=True))
            draft.unread.update(kind.key for kind in kinds_in_file if kind not in found)
            for kind in found:
                lists[kind.key] += _placed(document, kind)
    draft.problems.extend(_strangers(root, "data", kinds, {RENAMED}))
    if layer:
        _company(root, kinds, lists, draft)
    called = _called(lists["roles"]) if names and "roles" not in draft.unread else None
    for kind in KINDS:
        draft.entries[kind.key] = []
        draft.declared[kind.key] = {}
        for placed in lists[kind.key]:
            _item(kind, placed if called is None else _with_names(placed, called, draft), draft)
    return draft


_ROLE_NAME = re.compile(r"\[\[([^\[\]\n]{1,80})\]\]")
"""`[[ops-engineer]]` in any text stands for what the role is called here."""


def _called(roles: Iterable[Placed]) -> dict[str, str]:
    """Name by id of every role."""
    values = (placed.value for placed in roles if isinstance(placed.value, dict))
    return {str(value.get("id")): str(value.get("name")) for value in values}


def _with_names(placed: Placed, called: Mapping[str, str], draft: Draft) -> Placed:
    """An item whose texts name roles by what the company calls them."""

    def name(found: re.Match[str], path: Path) -> str:
        if found[1] in called:
            return called[found[1]]
        hint = did_you_mean(found[1], called)
        message = f"unknown role '{found[1]}' in double brackets"
        draft.problems.append(placed.place.diagnostic(path, message, hint, "unknown-reference"))
        return found[0]

    def resolve(value: Any, path: Path) -> Any:
        if isinstance(value, str):
            return _ROLE_NAME.sub(lambda found: name(found, path), value) if "[[" in value else value
        if isinstance(value, dict):
            return {key: resolve(each, (*path, key)) for key, each in value.items()}
        if isinstance(value, tuple):
            return tuple(resolve(each, (*path, index)) for index, each in enumerate(value))
        return value

    return Placed(resolve(placed.value, ()), placed.place)


def _placed(document: Document | None, kind: Kind) -> Iterator[Placed]:
    """The items of one list of a file in data/."""
    if document is not None:
        for index, value in enumerate(document.value[kind.key]):
            yield Placed(value, Place((document, (kind.key, index))))


def _company(
    root: FilePath, kinds: Mapping[str, tuple[Kind, ...]], lists: dict[str, list[Placed]], draft: Draft
) -> None:
    """Merge the company layer's files over the lists in place."""
    folder = root / COMPANY
    if not folder.is_dir():
        return
    draft.problems.extend(escaping(root, COMPANY))
    draft.problems.extend(_strangers(root, COMPANY, kinds, {"site"}))
    for file, kinds_in_file in kinds.items():
        for name in _files(root, COMPANY, file):
            document, problems = read(root, name)
            draft.problems.extend(problems)
            for kind in _lists(document, kinds_in_file, draft, all_of_them=False):
                assert document is not None  # noqa: S101 - there are no lists without it
                entries = (placed.value for placed in _placed(document, kind))
                draft.ours.setdefault(kind.key, {}).update(
                    {str(entry.get("id")): entry for entry in entries if isinstance(entry, dict)}
                )
                merged = merge(lists[kind.key], document, kind.key, kind.one, draft.renamed.get(kind.key, {}))
                lists[kind.key] = merged.items
                draft.removed.setdefault(kind.key, {}).update(merged.removed)
                draft.problems.extend(merged.problems)


def _files(root: FilePath, folder: str, file: str) -> Iterator[str]:
    """Names of the files of one concept in data/ or in the company layer."""
    if not file.endswith("/"):
        name = f"{folder}/{file}.yml"
        if (root / name).is_file():
            yield name
        return
    for each in sorted((root / folder / file).glob("*.yml")):
        yield f"{folder}/{file}{each.name}"


def escaping(root: FilePath, folder: str) -> Iterator[Diagnostic]:
    """Links below `folder` that lead out of it: a fork's own layer must not read other files."""
    home = (root / folder).resolve()
    for path in sorted((root / folder).rglob("*")):
        if path.is_symlink() and not path.resolve().is_relative_to(home):
            name = path.relative_to(root).as_posix()
            message = f"is a link that leads out of {folder}/"
            yield Diagnostic(name, 1, 1, "", message, "copy the file instead", "outside-company")


def renames(root: FilePath) -> dict[str, dict[str, str | None]]:
    """What upstream has renamed or removed: new id (or None) by old id, for each list.

    Args:
        root: the project's folder, whose data/renamed.yml says so.
    """
    name = f"data/{RENAMED}.yml"
    if not (root / name).is_file():
        return {}
    document, _ = read(root, name)
    found: dict[str, dict[str, str | None]] = {}
    entries = document.value.get("renamed") if document and isinstance(document.value, dict) else None
    for entry in entries if isinstance(entries, tuple) else ():
        if isinstance(entry, dict) and entry.keys() >= {"list", "old"}:
            found.setdefault(str(entry["list"]), {})[str(entry["old"])] = entry.get("new")
    return found


def overrides(root: FilePath) -> Iterator[tuple[Kind, str, frozenset[str], Place]]:
    """Every entry of the company layer: list, id, the keys it sets, and where it stands."""
    for file, kinds in by_file().items():
        for name in _files(root, COMPANY, file):
            document, _ = read(root, name)
            for kind in _lists(document, kinds, Draft(root), all_of_them=False):
                for placed in _placed(document, kind):
                    if isinstance(placed.value, dict) and isinstance(placed.value.get("id"), str):
                        keys = frozenset(placed.value) - {"id", *DIRECTIVES}
                        yield kind, placed.value["id"], keys, placed.place


def _missing(name: str) -> Diagnostic:
    message = "is missing"
    return Diagnostic(name, 1, 1, "", message, "restore it from upstream", "missing-file")


def _strangers(
    root: FilePath, folder: str, kinds: Mapping[str, tuple[Kind, ...]], others: set[str]
) -> Iterator[Diagnostic]:
    """Files that nobody reads, such as a misspelled name: silence would hide the mistake."""
    known = {file for file in kinds if not file.endswith("/")} | others
    for each in sorted((root / folder).glob("*.y*ml")):
        if each.suffix != ".yml" or each.stem not in known:
            hint = did_you_mean(each.name, [f"{stem}.yml" for stem in known])
            name = f"{folder}/{each.name}"
            message = "is not a file the playbook reads"
            yield Diagnostic(name, 1, 1, "", message, hint, "unknown-file")


def _lists(
    document: Document | None, kinds: tuple[Kind, ...], draft: Draft, *, all_of_them: bool
) -> Iterator[Kind]:
    """Kinds whose list can be read from a file; what is wrong with the file is reported."""
    if document is None:
        return
    keys = [kind.key for kind in kinds]
    allowed = keys if all_of_them else [*keys, "replace"]

    def complain(path: Path, message: str, hint: str, rule: str, *, of_key: bool = False) -> None:
        line, column = document.position(path, of_key=of_key)
        where = dotted(path)
        draft.problems.append(Diagnostic(document.path, line, column, where, message, hint, rule))

    if not isinstance(document.value, dict):
        expected = " and ".join(f"'{key}:'" for key in keys)
        message = f"expected {expected} at the top, got {reading(document.value)}"
        complain((), message, "", "wrong-type")
        return
    for key in document.value:
        if key not in allowed:
            hint = did_you_mean(key, allowed) or f"expected {' or '.join(allowed)}"
            complain((key,), "unknown key", hint, "unknown-key", of_key=True)
    if document.value.get("replace", True) is not True:
        complain(("replace",), "expected true", "remove it to merge by id", "wrong-value")
        return
    for kind in kinds:
        if kind.key not in document.value:
            if all_of_them:
                complain((), f"missing '{kind.key}:'", "", "missing-key")
            continue
        items = document.value[kind.key]
        if not isinstance(items, tuple):
            message = f"expected a list of items, got {reading(items)}"
            complain((kind.key,), message, "", "wrong-type")
            continue
        if not items and not kind.may_be_empty:
            complain((kind.key,), "the list is empty", f"add a {kind.one}", "empty-list")
        yield kind


def _item(kind: Kind, placed: Placed, draft: Draft) -> None:
    """Validate one item; register its id even where the rest is wrong."""
    value = placed.value
    name = value.get("id") if isinstance(value, dict) else None
    if isinstance(name, str):
        declared = draft.declared[kind.key]
        if name in declared:
            message = f"duplicate id '{name}': another {kind.one} has it"
            hint = "ids are unique in their list"
            draft.problems.append(placed.place.diagnostic(("id",), message, hint, "duplicate-id"))
            return
        declared[name] = None
    try:
        item = kind.item.model_validate(value)
    except ValidationError as error:
        draft.problems.extend(translate(placed.place, kind.item, error))
    else:
        draft.entries[kind.key].append(Entry(item, placed.place))


# --- pydantic's errors in our words -------------------------------------------------------


def translate(place: Place, model: type[BaseModel], error: ValidationError) -> Iterator[Diagnostic]:
    """Each of pydantic's errors as one diagnostic at the value it is about."""
    for problem in error.errors(include_url=False):
        below = tuple(part for part in problem["loc"] if part != "[key]")
        of_key = "[key]" in problem["loc"] or problem["type"] == "extra_forbidden"
        rule, message, hint = _say(model, problem)
        if problem["type"] == "missing":
            below = below[:-1]  # there is no such key: point at what lacks it
        yield place.diagnostic(below, message, hint, rule, of_key=of_key)


def _say(model: type[BaseModel], problem: Mapping[str, Any]) -> tuple[str, str, str]:
    """Rule, message and hint for one pydantic error."""
    kind, value, context = problem["type"], problem["input"], problem.get("ctx", {})
    loc = problem["loc"]
    if kind == "extra_forbidden":
        known = _keys_at(model, loc[:-1])
        hint = did_you_mean(str(loc[-1]), known) or f"expected one of {', '.join(known)}"
        if value is None and not hint.startswith("did"):
            hint = "a comma ends the text before it in {…}: put that text in quotes"
        return "unknown-key", "unknown key", hint
    if kind == "missing":
        return "missing-key", f"missing '{loc[-1]}'", ""
    if isinstance(value, Ambiguous):
        return "yaml-trap", f"`{value.raw}` is read as {value.reading}", _rewrite(kind, value)
    if kind == "string_type":
        if isinstance(value, (bool, int, float)):
            shown = str(value).lower() if isinstance(value, bool) else str(value)
            message = f"expected text, got {reading(value)}"
            return "yaml-trap", message, f'write "{shown}" to keep it as text'
        return "wrong-type", f"expected text, got {reading(value)}", ""
    if kind == "literal_error":
        expected = _options(context["expected"])
        message = f"expected {_either(expected)}, got {_shown(value)}"
        hint = did_you_mean(value, expected) if isinstance(value, str) else ""
        return "wrong-value", message, hint
    if kind == "string_too_short":
        return "wrong-value", "expected text, got nothing", ""
    if kind == "string_pattern_mismatch":
        if loc[-1] == "id":
            message = f"{_shown(value)} is not an id: lower-case words joined by '-'"
            return "wrong-value", message, _kebab_hint(value)
        return "wrong-value", f"{_shown(value)} does not match {context['pattern']}", ""
    if kind in _TYPES:
        return "wrong-type", f"expected {_TYPES[kind]}, got {reading(value)}", ""
    if kind in ("too_short", "too_long"):
        bound = f"at least {context['min_length']}" if "min_length" in context else ""
        bound = bound or f"at most {context['max_length']}"
        return "wrong-value", f"expected {bound} items, got {context['actual_length']}", ""
    if kind == "value_error":
        return "wrong-value", str(context["error"]), ""
    plain = str(problem["msg"])
    return "wrong-value", plain[:1].lower() + plain[1:], ""


_TYPES = {
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
}


def _rewrite(kind: str, value: Ambiguous) -> str:
    if kind == "bool_type":
        return "write true or false"
    if kind in ("int_type", "float_type"):
        return "write it in plain digits"
    return f'write "{value.raw}" to keep it as text'


def _options(expected: str) -> list[str]:
    """The values in pydantic's "'a', 'b' or 'c'"."""
    return [part.strip().strip("'") for part in expected.replace(" or ", ", ").split(", ")]


def _either(words: Iterable[str]) -> str:
    quoted = [f"'{word}'" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def _shown(value: object) -> str:
    return f"'{value[:60]}'" if isinstance(value, str) else reading(value)


def _kebab_hint(value: object) -> str:
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in str(value).lower()).split()
    return f"write '{'-'.join(words)}'" if words else ""


@cache
def _keys_of(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(model.model_fields)


def _keys_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> tuple[str, ...]:
    """Keys that the mapping at `loc` inside `model` may have."""
    for part in loc:
        if isinstance(part, int) or part not in model.model_fields:
            continue
        inner = _model_in(model.model_fields[part].annotation)
        if inner is not None:
            model = inner
    return _keys_of(model)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model inside `tuple[Model, ...]`, `Model | None` and the like."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)
