"""Every reference leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

from macros.diagnostics import Diagnostic, Where, did_you_mean
from macros.load.reading import Entry, Reading
from macros.load.relations import PAGE
from macros.model.base import Ref
from macros.model.kinds import BY_KEY, BY_WORD
from macros.places.addresses import page_and_anchor
from macros.rules.raci import RULES as RACI_RULES
from macros.rules.registry import Rule
from macros.rules.targets import Targets

Found = tuple[Where, Ref, str, bool]
"""Where inside the item, what it refers to, id written there, and whether it is a key."""


def references(item: BaseModel) -> Iterator[Found]:
    """Every reference inside an item."""
    for name, annotation, marks in _fields(type(item)):
        yield from _walk(getattr(item, name), annotation, marks, (name,))


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, Any, tuple[Any, ...]], ...]:
    """Fields that can hold references: name, annotation, marks on the field itself."""
    return tuple(
        (name, field.annotation, tuple(field.metadata))
        for name, field in model.model_fields.items()
        if any(isinstance(mark, Ref) for mark in field.metadata) or _may_refer(field.annotation)
    )


def _may_refer(annotation: Any) -> bool:
    if isinstance(annotation, Ref):
        return True
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return bool(_fields(annotation))
    marks = getattr(annotation, "__metadata__", ())
    return any(isinstance(mark, Ref) for mark in marks) or any(
        _may_refer(part) for part in get_args(annotation) if part is not ...
    )


def _walk(value: Any, annotation: Any, marks: tuple[Any, ...], where: Where) -> Iterator[Found]:
    if isinstance(value, str):
        for mark in (*marks, *_marks(annotation)):
            if isinstance(mark, Ref):
                yield where, mark, value, False
    elif isinstance(value, BaseModel):
        for below, ref, name, is_key in references(value):
            yield (*where, *below), ref, name, is_key
    elif isinstance(value, tuple):
        inner = _inside(annotation, tuple)[0]
        for index, each in enumerate(value):
            yield from _walk(each, inner, (), (*where, index))
    elif isinstance(value, dict):
        of_key = _inside(annotation, dict)[0]
        for key in value:
            for mark in getattr(of_key, "__metadata__", ()):
                if isinstance(mark, Ref):
                    yield (*where, key), mark, key, True


def _marks(annotation: Any) -> Iterator[Any]:
    """Marks on an annotation, and on the parts of a union."""
    yield from getattr(annotation, "__metadata__", ())
    if get_origin(annotation) is UnionType or get_origin(annotation) is Union:
        for part in get_args(annotation):
            yield from _marks(part)


def _inside(annotation: Any, container: type) -> tuple[Any, ...]:
    """Arguments of the container inside an annotation, through unions and Annotated."""
    if get_origin(annotation) is container:
        return get_args(annotation)
    for part in get_args(annotation):
        found = _inside(part, container)
        if found:
            return found
    return ()


_ONE = {key: kind.one for key, kind in BY_KEY.items()} | {
    "nodes": "question or first step",
    "rules": "rule",
}


def check(reading: Reading) -> Iterator[Diagnostic]:
    """References to ids that no item has, and to pages that are not there."""
    known = {kind: dict.fromkeys(ids) for kind, ids in reading.declared.items()}
    # A list that could not be read is reported as such; what refers to it is no second mistake.
    unread = reading.unread | ({"nodes"} if reading.unread & {"questions", "first_steps"} else set())
    known["nodes"] = {**known["questions"], **known["first_steps"]}
    known["rules"] = dict.fromkeys(rule.id for rule in RACI_RULES if rule.can_ignore)
    targets = Targets(reading)
    for entries in reading.entries.values():
        for entry in entries:
            for where, ref, name, is_key in references(entry.item):
                kind = ref.kind
                if kind == "page":
                    yield from _page(targets, entry, where, name)
                elif kind == "related":
                    yield from _related(reading, targets, entry, where, name)
                elif ref.may_go and name in reading.removed.get(kind, ()):
                    continue
                elif name not in known[kind] and kind not in unread:
                    message = f"unknown {_ONE[kind]}" + ("" if is_key else f" '{name}'")
                    hint = _gone(reading, kind, name) or did_you_mean(name, known[kind])
                    yield entry.diagnostic(where, message, hint, of_key=is_key)


def _gone(reading: Reading, kind: str, name: str) -> str:
    """What became of an item that is still referred to: the company took it out, or upstream renamed it."""
    kinds = ("questions", "first_steps") if kind == "nodes" else (kind,)
    for each in kinds:
        place = reading.removed.get(each, {}).get(name)
        if place is not None:
            return place.removal()
        new = reading.renamed.get(each, {}).get(name)
        if new is not None:
            return f"it was renamed upstream to '{new}'"
    return ""


def _related(
    reading: Reading, targets: Targets, entry: Entry[Any], where: Where, relation: str
) -> Iterator[Diagnostic]:
    """A relation is a word for a kind and an id; what the company removed is no longer shown."""
    word, _, name = relation.partition(":")
    if word == PAGE:
        yield from _page(targets, entry, where, name)
        return
    kind = BY_WORD.get(word)
    if kind is None:
        hint = did_you_mean(word, [*BY_WORD, PAGE])
        yield entry.diagnostic(where, f"unknown kind '{word}' in '{relation}'", hint)
    elif kind.key not in reading.unread | reading.broken and name not in reading.removed.get(kind.key, {}):
        known = reading.declared[kind.key]
        if name not in known:
            now = reading.renamed.get(kind.key, {}).get(name)
            hint = f"it is now '{word}:{now}'" if now else did_you_mean(name, known)
            yield entry.diagnostic(where, f"unknown {kind.one} '{name}'", hint)


def _page(targets: Targets, entry: Entry[Any], where: Where, reference: str) -> Iterator[Diagnostic]:
    """A page reference is a path under docs/, with an anchor where wanted."""
    page, anchor = page_and_anchor(reference)
    if page not in targets.project.all_pages:
        hint = did_you_mean(page, targets.project.all_pages)
        yield entry.diagnostic(where, f"unknown page '{page}'", hint)
    elif anchor and (problem := targets.anchor(page, anchor)):
        message, hint, severity = problem.told(upstream=entry.place.company is None)
        yield replace(entry.diagnostic(where, message, hint), severity=severity)


RULES = (
    Rule(
        "unknown-reference",
        "error",
        "Every reference leads to something",
        "A role, template, question or page that is named must exist. After renaming an id, "
        "each place that still uses the old one is listed.",
        check,
    ),
)
