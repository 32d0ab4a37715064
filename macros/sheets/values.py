"""What numbers and dates look like in files and drafts."""

from __future__ import annotations

import datetime
import re

BLANK = "\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
"""Characters that are blanks, for brackets of a pattern: those of a browser. Python's ``\\s`` has others."""
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", re.IGNORECASE | re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_WHOLE = re.compile(f"[{BLANK}]*([-+]?[0-9]+)[{BLANK}]*")
_EDGES = re.compile(rf"\A[{BLANK}]+|[{BLANK}]+\Z")


def trimmed(text: str) -> str:
    """Text without blanks around it, as a browser trims it."""
    return _EDGES.sub("", text)


def whole(text: str) -> int:
    """A whole number in a part of a workbook. `int` takes other digits and underscores, too.

    Raises:
        ValueError: it is none.
    """
    found = _WHOLE.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no whole number")
    return int(found[1])


def is_number(text: str) -> bool:
    """Whether a text is a number as files hold it."""
    return bool(_NUMBER.fullmatch(text))


def is_date(text: str) -> bool:
    """Whether a text is a day of the calendar, as ISO 8601."""
    try:
        return bool(_DATE.fullmatch(text) and datetime.date.fromisoformat(text))
    except ValueError:
        return False
