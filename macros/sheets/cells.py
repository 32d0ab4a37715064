"""A workbook's cell as people see it: its value under its number format."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from macros.sheets.contract import FieldSpec
from macros.sheets.draft import Value
from macros.sheets.meaning import CURRENCIES, DURATIONS, meant
from macros.sheets.values import BLANK, is_number, trimmed


@dataclass(frozen=True)
class Cell:
    """What stands in a cell.

    Args:
        shown: as people see it; dates as ISO 8601, so that they can be read in one way only.
        value: the number behind it, as text; empty where there is none.
        kind: ``text``, ``bool``, ``number``, ``percent``, ``time`` (of the day, or a duration) or ``date``.
        beside: what the format puts before and behind a number, such as a currency.
    """

    shown: str
    value: str = ""
    kind: str = "text"
    beside: str = ""


def answer(asked: FieldSpec | None, cell: Cell) -> Value:
    """What a cell answers, by its format and the field's type and unit; see `meaning.meant`."""
    if asked is None or not cell.value or asked["type"] in ("text", "long-text", "date"):
        return meant(asked, cell.shown) if asked else cell.shown
    if asked["type"] != "number":
        return meant(
            asked, cell.shown if cell.kind in ("date", "time", "percent") or cell.beside else cell.value
        )
    unit = asked.get("unit", "")
    if cell.kind == "percent":
        return written(float(cell.value) * 100) if unit == "%" else cell.shown
    if cell.kind == "time":
        if unit not in DURATIONS:
            return cell.shown
        milliseconds = int(float(cell.value) * 86_400_000 + 0.5)
        return written(milliseconds * DURATIONS[unit] / 86_400_000)
    fits = cell.kind == "number" and cell.beside in ("", unit, *CURRENCIES.get(unit, ()))
    return cell.value if fits else meant(asked, cell.shown)


_DIGITS = Context(prec=15, rounding=ROUND_HALF_UP)


def _precise(value: float) -> float:
    """A number with 15 digits, rounded as a browser rounds it."""
    return float(_DIGITS.create_decimal(value))


def written(value: float) -> str:
    """A number with the 15 digits that a workbook holds, without an exponent where it can be."""
    value = _precise(value)
    if value == 0:
        return "0"
    if 1e-6 <= abs(value) < 1e21:
        return f"{Decimal(repr(value)):f}".removesuffix(".0")
    digits, _, power = f"{Decimal(repr(value)).normalize():e}".partition("e")
    return f"{digits}e{int(power):+d}"


_TOKEN = re.compile(
    r'"([^"]*)"?|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[(h+|m+|s+)\]|\[[^\]]*\]|(AM/PM|A/P|上午/下午)|(General)|(E[+-])|(.)',
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Look:
    """A section of a number format, taken apart.

    Args:
        date: whether it shows a day, a month or a year.
        time: whether it shows a time.
        seconds: whether it shows seconds.
        total: whether hours go on beyond a day.
        core: placeholders of digits; empty where the number is shown as it is.
        before: text in front of the digits.
        behind: text after them.
    """

    date: bool
    time: bool
    seconds: bool
    total: bool
    core: str
    before: str
    behind: str


@lru_cache(maxsize=256)
def looks(code: str) -> tuple[Look, ...]:
    """A number format, a section for each sign."""
    sections: list[list[tuple[str, str]]] = [[]]
    for found in _TOKEN.finditer(code):
        quoted, escaped, currency, total, noon, general, power, char = found.groups()
        literal = next((each for each in (quoted, escaped, currency) if each is not None), None)
        if char == ";":
            sections.append([])
        elif literal is not None:
            sections[-1].append(("text", literal))
        elif char is not None:
            sections[-1].append(("code", char))
        else:
            for kind, part in (("total", total), ("noon", noon), ("none", general or power)):
                if part:
                    sections[-1].append((kind, part))
    return tuple(_look(each) for each in sections[:3])


def _look(tokens: Sequence[tuple[str, str]]) -> Look:
    codes = "".join(part for kind, part in tokens if kind == "code").lower()
    kinds = {kind for kind, _ in tokens}
    time = bool(kinds & {"total", "noon"} or re.search("[hs]", codes))
    date = bool(re.search("[ydgbe]" if time else "[ydgbem]", codes))
    core = before = behind = ""
    whole = "none" not in kinds and "/" not in codes and "@" not in codes
    for kind, part in tokens:
        if kind == "code" and part in "0#?.,":
            whole = whole and not behind
            core += part
        elif kind in ("text", "code"):
            if core:
                behind += part
            else:
                before += part
    if not whole or not re.search("[0#?]", core):
        core = before = behind = ""
    return Look(date, time, "s" in codes, "total" in kinds, core, before, behind)


_LAST_DAY = 2958466
"""Number of the first day after the year 9999."""


def number_cell(text: str, code: str, *, since_1904: bool = False) -> Cell:
    """A cell with a number.

    Args:
        text: the number as the file has it.
        code: its number format; empty for none.
        since_1904: whether days are counted from 1904.
    """
    value = float(text) if is_number(text) else math.inf
    if math.isinf(value):
        return Cell(text)
    raw = text if re.fullmatch("-?[1-9][0-9]*", text) else written(value)
    every = looks(code)
    first = every[0]
    if first.date or first.time:
        shown = _moment(value, first, since_1904)
        return Cell(shown, raw, "date" if first.date else "time") if shown else Cell(raw, raw, "number")
    which = 1 if value < 0 and len(every) > 1 else 2 if value == 0 and len(every) > 2 else 0
    look = every[which]
    if not look.core:
        return Cell(raw, raw, "number")
    shown = _digits(abs(value), look)
    text = f"{'-' if value < 0 and which == 0 else ''}{look.before}{shown}{look.behind}"
    beside = re.sub(rf"[{BLANK}()+\-%]", "", look.before + look.behind)
    return Cell(trimmed(text), raw, "percent" if "%" in look.before + look.behind else "number", beside)


def _digits(value: float, look: Look) -> str:
    """A number's digits as a format shows them."""
    whole, _, part = look.core.partition(".")
    thousands = len(look.core) - len(look.core.rstrip(","))
    percents = (look.before + look.behind).count("%")
    value = _precise(value * 100.0**percents / 1000.0**thousands)
    most = min(sum(each in "0#?" for each in part), 20)
    least = min(part.count("0"), most)
    step = Decimal(1).scaleb(-most)
    number = Decimal(repr(value)).quantize(step, ROUND_HALF_UP, context=Context(prec=400))
    digits, _, decimals = f"{number:f}".partition(".")
    digits = digits.rjust(min(whole.count("0"), 20), "0")
    if "," in whole.rstrip(","):
        digits = re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", digits)
    while len(decimals) > least and decimals.endswith("0"):
        decimals = decimals[:-1]
    return f"{digits}.{decimals}" if decimals else digits


def _moment(value: float, look: Look, since_1904: bool) -> str:
    """A number of days as a date, a time or both; empty where it is none."""
    if not 0 <= value < _LAST_DAY - 1462:
        return ""
    seconds = int(value * 86_400 + 0.5)
    days, rest = divmod(seconds, 86_400)
    hours = seconds // 3600 if look.total else rest // 3600
    clock = f"{hours:02d}:{rest // 60 % 60:02d}" + (f":{rest % 60:02d}" if look.seconds else "")
    if not look.date or (not days and not since_1904):
        return clock
    # Day 60 is a 29 February 1900 that there never was: days before it count from one day later.
    start = datetime.date(1904, 1, 1) if since_1904 else datetime.date(1899, 12, 31 if days < 60 else 30)
    day = (start + datetime.timedelta(days)).isoformat()
    return f"{day} {clock}" if look.time else day


_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(:\d\d)?(?:\.\d+)?Z?)?", re.ASCII)


def date_cell(text: str) -> Cell:
    """A cell whose date is written as ISO 8601."""
    found = _ISO.fullmatch(text)
    if not found:
        return Cell(text)
    day, clock, seconds = found.groups()
    if not clock or (clock == "00:00" and (seconds or ":00") == ":00"):
        return Cell(day)
    return Cell(f"{day} {clock}{'' if seconds in (None, ':00') else seconds}")
