"""An edited data file as entries of the layer, with the comments that were written into it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from macros.company.adopting import CannotMoveError
from macros.company.adopting.items import entries
from macros.company.adopting.layer import Addition, comments_of
from macros.load.yaml import YamlDocument, parse
from macros.model.kinds import BY_KEY

Additions = dict[str, list[Addition]]
"""Entries by the list that they are of."""


def additions(
    name: str, before: str, after: str, renamed: Mapping[str, Mapping[str, str | None]]
) -> Additions:
    """What an edited file of data/ says that upstream's does not.

    Args:
        name: the file.
        before: upstream's text that the edits began from.
        after: the text as it is.
        renamed: new id by old id, by list: what upstream renamed since.

    Raises:
        CannotMoveError: the layer cannot say it, or a comment would be lost.
    """
    old, new = _read(name, before), _read(name, after)
    if set(old.value) != set(new.value) or not set(old.value) <= set(BY_KEY):
        raise CannotMoveError("its lists were changed, not only items of them")
    said = {comment for _, comment in comments_of(before)}
    left = {line: comment for line, comment in comments_of(after) if comment not in said}
    found: Additions = {}
    for key in new.value:
        spans = _spans(new, key)
        for entry in entries(old.value[key], new.value[key]):
            beside = [line for line in left if entry["id"] in spans and line in spans[entry["id"]]]
            comments = tuple(left.pop(line) for line in sorted(beside))
            renamed_to = renamed.get(key, {})
            found.setdefault(key, []).append(Addition(_with_new_ids(entry, renamed_to), comments))
    if left:
        raise CannotMoveError(f"the comment in line {min(left)} would be lost")
    return found


def _read(name: str, text: str) -> YamlDocument:
    document, problems = parse(name, text)
    if document is None or problems or not isinstance(document.value, Mapping):
        raise CannotMoveError("it has mistakes; 'playbook check' says which")
    if not all(isinstance(value, tuple) for value in document.value.values()):
        raise CannotMoveError("it has mistakes; 'playbook check' says which")
    return document


def _with_new_ids(entry: dict[str, Any], renamed: Mapping[str, str | None]) -> dict[str, Any]:
    """An entry that names items as upstream does now."""
    result = dict(entry)
    for key in ("id", "after", "before"):
        if key in result and result[key] in renamed:
            new = renamed[result[key]]
            if new is None:
                raise CannotMoveError(f"upstream has removed '{result[key]}'")
            result[key] = new
    return result


def _spans(document: YamlDocument, key: str) -> dict[str, range]:
    """The lines of each item, counted from 1, by its id."""
    nodes = document.node((key,)).value
    starts = [node.start_mark.line + 1 for node in nodes]
    ends = [*starts[1:], nodes[-1].end_mark.line + 2] if nodes else []
    ids = [str(value["id"]) if isinstance(value, Mapping) else "" for value in document.value[key]]
    return {id: range(start, end) for id, start, end in zip(ids, starts, ends, strict=True)}
