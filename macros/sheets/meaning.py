"""What somebody meant who wrote an answer in their own way: a tick, a number, a date, a choice.

The browser reads files the same way, `docs/assets/sheets/meaning.js`, with the words of `SHARED`,
which `playbook schema` copies to the scripts.
"""

from __future__ import annotations

import datetime
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

from macros.sheets.contract import FieldSpec, SectionSpec
from macros.sheets.draft import Value
from macros.sheets.values import is_number, trimmed

SHARED: dict[str, Any] = json.loads((Path(__file__).parent / "reading.json").read_text("utf-8"))
"""What both readers know: words, units, formats, limits and messages."""
FILE = "docs/assets/sheets/reading.json"
"""The scripts' copy of it."""
YES, NO = frozenset(SHARED["yes"]), frozenset(SHARED["no"])
"""Words and marks that tick a box or don't, in lower case."""
DURATIONS: dict[str, int] = SHARED["durations"]
"""How much of a unit a day has: a workbook counts times in days."""
CURRENCIES: dict[str, list[str]] = SHARED["currencies"]
"""What stands for a unit in a cell's format, or beside a number."""
SAYS: dict[str, str] = SHARED["says"]
"""Why a file is not read, after its name."""
FORMATS: dict[str, str] = SHARED["formats"]
"""Number formats that a workbook names by number only. Source: ECMA-376, part 1, 18.8.30."""
MAX_BYTES: int = SHARED["most"]["bytes"]
"""Largest file of answers; a browser keeps half of that for all drafts."""
MAX_UNPACKED: int = SHARED["most"]["unpacked"]
"""Most bytes of a workbook's parts together."""
MAX_VALUES: int = SHARED["most"]["values"]
"""Most answers, or cells with something in them."""
MAX_ELEMENTS: int = SHARED["most"]["elements"]
"""Most elements in a part of a workbook."""

_NUMBERS = (
    (re.compile(r"[-+]?\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?", re.ASCII), " '’", ","),
    (re.compile(r"[-+]?\d{1,3}(?:,\d{2,3})*,\d{3}\.\d+|[-+]?\d{1,3}(?:,\d{2,3})+,\d{3}", re.ASCII), ",", ""),
    (re.compile(r"[-+]?\d{1,3}(?:\.\d{3})+,\d+|[-+]?\d{1,3}(?:\.\d{3}){2,}", re.ASCII), ".", ","),
    (re.compile(r"(?![-+]?[1-9]\d{0,2},\d{3}$)[-+]?\d+,\d*", re.ASCII), "", ","),
)
"""Numbers as people write them: what separates thousands, and the comma before decimals. A comma before
three digits alone, as in 1,250, can be both; it is not read."""
_DATES = (
    re.compile(
        r"(?P<y>\d{4})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?",
        re.ASCII,
    ),
    re.compile(r"(?P<d>\d{1,2})\. ?(?P<m>\d{1,2})\. ?(?P<y>\d{4})", re.ASCII),
)
"""Dates that can be read in one way only; 3/12/2026 is none of them."""


def plain(text: str) -> str:
    """A short answer as it is compared: without blanks around it, and in usual characters."""
    return trimmed(unicodedata.normalize("NFKC", text).replace("−", "-"))


def number(text: str, unit: str = "") -> str | None:
    """A number as files hold it; None for what is none or can be read in two ways.

    Args:
        text: what was written, maybe with the unit.
        unit: the field's.
    """
    text = plain(text)
    for each in CURRENCIES.get(unit, [unit]) if unit else ():
        sign = plain(each)
        if text.startswith(sign) or text.endswith(sign):
            text = trimmed(text.removeprefix(sign) if text.startswith(sign) else text.removesuffix(sign))
            break
    if is_number(text):
        return text
    for form, between, comma in _NUMBERS:
        if form.fullmatch(text):
            for each in between:
                text = text.replace(each, "")
            return text.replace(",", ".") if comma else text
    return None


def date(text: str) -> str | None:
    """A date as ISO 8601; None for what is none or can be read in two ways."""
    for form in _DATES:
        found = form.fullmatch(plain(text))
        if found:
            try:
                return datetime.date(int(found["y"]), int(found["m"]), int(found["d"])).isoformat()
            except ValueError:
                return None
    return None


def tick(text: str) -> bool | None:
    """Whether a box is ticked; None where that is not said."""
    word = re.sub(r"[\ufe0e\ufe0f]", "", plain(text)).lower()
    word = re.sub(r"(?<=.)[!.。]+$", "", word, flags=re.DOTALL)
    return True if word in YES else False if not word or word in NO else None


def choice(asked: FieldSpec, text: str) -> str:
    """What is stored for a choice, given by its value or by what it is called."""
    choices = asked.get("choices", ())
    word = plain(text)
    if any(value in (text, word) for value, _ in choices):
        return text if any(value == text for value, _ in choices) else word
    called = [value for value, label in choices if plain(label).lower() == word.lower()]
    return called[0] if called else text


def meant(asked: FieldSpec, given: Value) -> Value:
    """An answer as the field holds it. What does not fit stays as it was written, and `draft.fit` keeps it.

    Args:
        asked: the field.
        given: what stands in a file.
    """
    if isinstance(given, bool):
        return given
    kind = asked["type"]
    if kind == "checkbox":
        found: Value | None = tick(given)
    elif kind == "number":
        found = number(given, asked.get("unit", "")) if plain(given) else ""
    elif kind == "date":
        found = date(given) if plain(given) else ""
    else:
        found = choice(asked, given) if kind == "choice" and plain(given) else given
    return given if found is None else found


def field_of(section: SectionSpec | None, id: str) -> FieldSpec | None:
    """A section's question by its id, or by one that it had."""
    fields = section["fields"] if section else ()
    return next((each for each in fields if id in (each["id"], *each.get("was", ()))), None)


def shared_text() -> str:
    """What the scripts' copy of `SHARED` holds."""
    return (Path(__file__).parent / "reading.json").read_text("utf-8")
