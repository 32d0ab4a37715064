"""Renamed ids: what upstream says about them has to be true, or company layers are told wrong."""

from __future__ import annotations

from collections.abc import Iterator

from macros.diagnostics import Diagnostic, did_you_mean
from macros.load.reading import Reading
from macros.model.kinds import BY_KEY
from macros.rules.registry import Rule


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Entries of data/renamed.yml that name no list, an id still in use, or nothing that exists."""
    old = {(entry.list, entry.old) for entry, _ in reading.renames}
    upstream = reading.upstream if reading.renames else {}
    seen: set[tuple[str, str]] = set()
    for entry, place in reading.renames:
        if entry.list not in BY_KEY:
            hint = did_you_mean(entry.list, BY_KEY)
            yield place.diagnostic(("list",), f"unknown list '{entry.list}'", hint)
            continue
        one = BY_KEY[entry.list].one
        if (entry.list, entry.old) in seen:
            yield place.diagnostic(("old",), f"{one} '{entry.old}' stands twice", "keep the last one")
        seen.add((entry.list, entry.old))
        if entry.list in reading.unread:
            continue
        known = upstream[entry.list]
        if entry.old in known:
            message = f"{one} '{entry.old}' is still in the playbook"
            yield place.diagnostic(("old",), message, "an id that is in use was not renamed")
        if entry.new is not None and entry.new not in known and (entry.list, entry.new) not in old:
            message = f"unknown {one} '{entry.new}'"
            hint = did_you_mean(entry.new, known) or "leave 'new' out for an item that was removed"
            yield place.diagnostic(("new",), message, hint)


RULES = (
    Rule(
        "renamed-id",
        "error",
        "What was renamed is told truly",
        "`data/renamed.yml` tells company layers where an id went. It names a list, an id that is gone, and "
        "the id that took its place, if any.",
        check,
    ),
)
