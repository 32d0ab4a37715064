"""Plain values to models: every item on its own, so that one mistake hides no other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path as FilePath
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from macros.diagnostics import Diagnostic, Path, did_you_mean, dotted
from macros.model import KINDS, Kind, by_file
from macros.model.base import Item
from macros.source import Ambiguous, Document, read, reading

T = TypeVar("T", bound=Item)


@dataclass(frozen=True)
class Entry(Generic[T]):
    """A valid item and where it stands."""

    item: T
    document: Document
    path: Path

    def diagnostic(
        self,
        below: Path,
        message: str,
        hint: str = "",
        *,
        of_key: bool = False,
    ) -> Diagnostic:
        """A problem with the value at `below` inside this item (or with its key)."""
        path = (*self.path, *below)
        line, column = self.document.position(path, of_key=of_key)
        return Diagnostic(self.document.path, line, column, dotted(path), message, hint)


@dataclass
class Draft:
    """All data as read: what is valid, what is declared, what is wrong.

    Args:
        root: the project's folder.
        entries: valid items by kind, in the order of their files.
        declared: every id by kind, of broken items too: a reference to one is no second mistake.
        problems: what is wrong so far.
    """

    root: FilePath
    entries: dict[str, list[Entry[Any]]] = field(default_factory=dict)
    declared: dict[str, dict[str, None]] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)


def parse(root: FilePath) -> Draft:
    """Read every file under data/ and validate it item by item."""
    draft = Draft(root)
    for kind in KINDS:
        draft.entries[kind.key] = []
        draft.declared[kind.key] = {}
    kinds = by_file()
    for file, kinds_in_file in kinds.items():
        for name in _files(root, file, draft):
            document, problems = read(root, name)
            draft.problems.extend(problems)
            if document is not None:
                _file(document, kinds_in_file, draft)
    draft.problems.extend(_strangers(root, kinds))
    return draft


def _files(root: FilePath, file: str, draft: Draft) -> Iterator[str]:
    """Names of the files of one concept; a missing one is a problem."""
    if not file.endswith("/"):
        name = f"data/{file}.yml"
        if (root / name).is_file():
            yield name
        else:
            draft.problems.append(_missing(name))
        return
    found = sorted((root / "data" / file).glob("*.yml"))
    if not found:
        draft.problems.append(_missing(f"data/{file}*.yml"))
    for each in found:
        yield f"data/{file}{each.name}"


def _missing(name: str) -> Diagnostic:
    message = "is missing"
    return Diagnostic(name, 1, 1, "", message, "restore it from upstream", "missing-file")


def _strangers(root: FilePath, kinds: Mapping[str, tuple[Kind, ...]]) -> Iterator[Diagnostic]:
    """Files that nobody reads, such as a misspelled name: silence would hide the mistake."""
    known = {file for file in kinds if not file.endswith("/")}
    for each in sorted((root / "data").glob("*.y*ml")):
        if each.suffix != ".yml" or each.stem not in known:
            hint = did_you_mean(each.name, [f"{stem}.yml" for stem in known])
            name = f"data/{each.name}"
            yield Diagnostic(name, 1, 1, "", "is not a file the playbook reads", hint, "unknown-file")


def _file(document: Document, kinds: tuple[Kind, ...], draft: Draft) -> None:
    """Validate the lists of one file."""
    keys = [kind.key for kind in kinds]

    def complain(path: Path, message: str, hint: str, rule: str, *, of_key: bool = False) -> None:
        line, column = document.position(path, of_key=of_key)
        draft.problems.append(Diagnostic(document.path, line, column, dotted(path), message, hint, rule))

    if not isinstance(document.value, dict):
        expected = " and ".join(f"'{key}:'" for key in keys)
        message = f"expected {expected} at the top, got {reading(document.value)}"
        complain((), message, "", "wrong-type")
        return
    for key in document.value:
        if key not in keys:
            hint = did_you_mean(key, keys) or f"expected {' or '.join(keys)}"
            complain((key,), "unknown key", hint, "unknown-key", of_key=True)
    for kind in kinds:
        if kind.key not in document.value:
            complain((), f"missing '{kind.key}:'", "", "missing-key")
            continue
        items = document.value[kind.key]
        if not isinstance(items, tuple):
            message = f"expected a list of items, got {reading(items)}"
            complain((kind.key,), message, "", "wrong-type")
            continue
        if not items:
            complain((kind.key,), "the list is empty", f"add a {kind.one}", "empty-list")
        for index, value in enumerate(items):
            _item(document, kind, (kind.key, index), value, draft)


def _item(document: Document, kind: Kind, path: Path, value: Any, draft: Draft) -> None:
    """Validate one item; register its id even where the rest is wrong."""
    name = value.get("id") if isinstance(value, dict) else None
    if isinstance(name, str):
        declared = draft.declared[kind.key]
        if name in declared:
            line, column = document.position((*path, "id"))
            message = f"duplicate id '{name}': another {kind.one} has it"
            draft.problems.append(
                Diagnostic(
                    document.path, line, column, dotted((*path, "id")), message,
                    "ids are unique in their list", "duplicate-id",
                )
            )  # fmt: skip
            return
        declared[name] = None
    try:
        item = kind.item.model_validate(value)
    except ValidationError as error:
        draft.problems.extend(_translate(document, kind.item, path, error))
    else:
        draft.entries[kind.key].append(Entry(item, document, path))


# --- pydantic's errors in our words -------------------------------------------------------


def _translate(
    document: Document, model: type[BaseModel], path: Path, error: ValidationError
) -> Iterator[Diagnostic]:
    """Each of pydantic's errors as one diagnostic at the value it is about."""
    for problem in error.errors(include_url=False):
        where = [*path]
        of_key = False
        for part in problem["loc"]:
            if part == "[key]":
                of_key = True
            else:
                where.append(part)
        place = tuple(where)
        rule, message, hint = _say(model, problem)
        if problem["type"] == "missing":
            # There is no such key: point at the item that lacks it.
            line, column = document.position(place[:-1])
            place = place[:-1]
        else:
            if problem["type"] == "extra_forbidden":
                of_key = True
            line, column = document.position(place, of_key=of_key)
        yield Diagnostic(document.path, line, column, dotted(place), message, hint, rule)


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
