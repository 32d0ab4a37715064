"""An edited data file as entries of the layer, with the comments that were written into it."""

from __future__ import annotations

from collections.abc import Mapping

from macros.company.adopting import CannotMoveError
from macros.company.adopting.items import entries, rebased
from macros.company.adopting.layer import Addition, comments_of
from macros.load.yaml import YamlDocument, parse
from macros.model.kinds import BY_KEY

Additions = dict[str, list[Addition]]
"""Entries by the list that they are of."""


def additions(
    name: str, before: str, after: str, now: str, renamed: Mapping[str, Mapping[str, str | None]]
) -> Additions:
    """What an edited file of data/ says that upstream's does not.

    Args:
        name: the file.
        before: upstream's text that the edits began from.
        after: the text as it is.
        now: upstream's text over which the entries are going to lie.
        renamed: new id by old id, by list: what upstream renamed since.

    Raises:
        CannotMoveError: the layer cannot say it, or a comment would be lost.
    """
    old, new, current = _read(name, before), _read(name, after), _read(name, now)
    if set(old.value) != set(new.value) or not set(old.value) <= set(BY_KEY) & set(current.value):
        raise CannotMoveError("its lists were changed, not only items of them")
    said = {comment for _, comment in comments_of(before)}
    left = {line: comment for line, comment in comments_of(after) if comment not in said}
    found: Additions = {}
    for key, edited in new.value.items():
        spans = _spans(new, key)
        entries_of = entries(old.value[key], edited)
        if before == now:
            pairs = [(entry["id"], entry) for entry in entries_of]
        else:
            pairs = list(rebased(entries_of, edited, current.value[key], renamed.get(key, {})))
        for id, entry in pairs:
            beside = [line for line in left if id in spans and line in spans[id]]
            comments = tuple(left.pop(line) for line in sorted(beside))
            if len(entry) > 1:
                found.setdefault(key, []).append(Addition(entry, comments))
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


def _spans(document: YamlDocument, key: str) -> dict[str, range]:
    """The lines of each item, counted from 1, by its id."""
    nodes = document.node((key,)).value
    starts = [node.start_mark.line + 1 for node in nodes]
    ends = [*starts[1:], nodes[-1].end_mark.line + 2] if nodes else []
    ids = [str(value["id"]) if isinstance(value, Mapping) else "" for value in document.value[key]]
    return {id: range(start, end) for id, start, end in zip(ids, starts, ends, strict=True)}
