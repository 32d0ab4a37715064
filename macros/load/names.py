"""`[[role-id]]` in texts: a role is called what the company calls it, wherever it is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from macros.diagnostics import Diagnostic, Where, did_you_mean
from macros.load.merge import Place, Placed

_ROLE_NAME = re.compile(r"\[\[([^\[\]\n]{1,80})\]\]")
"""`[[ops-engineer]]` in any text stands for what the role is called here."""


Linked = tuple[Place, Where, str]
"""A text with a link in it, and where it stands: its item, and where in that."""


def names_of(roles: Iterable[Placed]) -> dict[str, str]:
    """Name by id of every role."""
    values = (placed.value for placed in roles if isinstance(placed.value, dict))
    return {str(value.get("id")): str(value.get("name")) for value in values}


def with_names(
    placed: Placed,
    called: Mapping[str, str],
    removed: Mapping[str, Place],
    problems: list[Diagnostic],
    linked: list[Linked],
) -> Placed:
    """An item whose texts name roles by what the company calls them.

    Args:
        placed: the item.
        called: name by id of every role.
        removed: place of the entry that removed a role, by its id.
        problems: takes what is wrong with the item's texts.
        linked: takes the texts with links in them, so that nobody has to look through all again.
    """

    def name(found: re.Match[str], where: Where) -> str:
        if found[1] in called:
            return called[found[1]]
        gone = removed.get(found[1])
        hint = gone.removal() if gone else did_you_mean(found[1], called)
        message = f"unknown role '{found[1]}' in double brackets"
        problems.append(placed.place.diagnostic(where, message, hint, "unknown-reference"))
        return found[0]

    def resolve(value: Any, where: Where) -> Any:
        if isinstance(value, str):
            if "](" in value:
                linked.append((placed.place, where, value))
            return _ROLE_NAME.sub(lambda found: name(found, where), value) if "[[" in value else value
        if isinstance(value, dict):
            return {key: resolve(each, (*where, key)) for key, each in value.items()}
        if isinstance(value, tuple):
            return tuple(resolve(each, (*where, index)) for index, each in enumerate(value))
        return value

    return Placed(resolve(placed.value, ()), placed.place)
