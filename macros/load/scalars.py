"""What a bare word of YAML means, where YAML 1.1 and 1.2 agree on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_NUMBER_IN_12 = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+")
_PLAIN_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_PLAIN_FLOAT = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")


@dataclass(frozen=True)
class Ambiguous:
    """A bare word that YAML does not read as text, or reads differently in 1.1 and 1.2.

    No model accepts it, so it ends in a diagnostic that says how to write what was meant.
    """

    raw: str
    reading: str


def plain_scalar(raw: str, tag: str) -> Any:
    """The value of a bare word, where YAML 1.1 and 1.2 agree on it; else `Ambiguous`.

    Args:
        raw: the word as written.
        tag: what YAML 1.1 makes of it: ``str``, ``int``, ``float``, ``bool``, ``null``,
            ``timestamp``, ``merge`` or ``value``.
    """
    if tag == "str":
        # 1e3 is text in YAML 1.1 and a number in 1.2, which editors use.
        return Ambiguous(raw, "a number") if _NUMBER_IN_12.fullmatch(raw) else raw
    if tag == "bool":
        known = {"true": True, "false": False}
        return known.get(raw.lower(), Ambiguous(raw, "a yes/no value"))
    if tag == "null":
        return None
    if tag == "int":
        return int(raw) if _PLAIN_INT.fullmatch(raw) and len(raw) < 19 else Ambiguous(raw, "a number")
    if tag == "float":
        return float(raw) if _PLAIN_FLOAT.fullmatch(raw) else Ambiguous(raw, "a number")
    if tag == "timestamp":
        return Ambiguous(raw, "a date")
    return raw


def read_as(value: object) -> str:
    """What a value was read as, in words."""
    if isinstance(value, Ambiguous):
        return value.reading
    names = {
        bool: "a yes/no value",
        int: "a number",
        float: "a number",
        type(None): "empty",
        tuple: "a list",
        dict: "a mapping",
        str: "text",
    }
    return names[type(value)]
