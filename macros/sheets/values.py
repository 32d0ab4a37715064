"""What numbers and dates look like in files and drafts."""

from __future__ import annotations

import datetime
import re

_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", re.IGNORECASE | re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


_EDGES = re.compile(r"^[\s\ufeff]+|[\s\ufeff]+$")


def trimmed(text: str) -> str:
    """Text without blanks around it, as a browser trims it."""
    return _EDGES.sub("", text)


def is_number(text: str) -> bool:
    """Whether a text is a number as files hold it."""
    return bool(_NUMBER.fullmatch(text))


def is_date(text: str) -> bool:
    """Whether a text is a day of the calendar, as ISO 8601."""
    try:
        return bool(_DATE.fullmatch(text) and datetime.date.fromisoformat(text))
    except ValueError:
        return False
