"""A session by the clock."""

from __future__ import annotations

from dataclasses import dataclass

from macros.model.template import Template


@dataclass(frozen=True)
class Stretch:
    """A part of a session by the clock.

    Args:
        begins: such as "0:10".
        ends: such as "0:25".
        do: what the room does.
        at: where it begins, in percent of the session.
        share: how much of the session it takes, in percent.
    """

    begins: str
    ends: str
    do: str
    at: float
    share: float


def by_the_clock(template: Template) -> list[Stretch]:
    """A template's plan with a running clock; empty where it does not fit into the session."""
    whole = template.minutes
    if sum(part.minutes for part in template.plan) != whole:
        return []
    stretches, now = [], 0
    for part in template.plan:
        end = now + part.minutes
        at, share = round(100 * now / whole, 2), round(100 * part.minutes / whole, 2)
        stretches.append(Stretch(_clock(now), _clock(end), part.do, at, share))
        now = end
    return stretches


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"
