"""Templates among each other: by moment, and which answers go where."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from macros.model.template import Moment, Template
from macros.playbook import Playbook
from macros.sheets.clock import by_the_clock
from macros.views.render import Context, render


def by_moment(playbook: Playbook) -> list[tuple[Moment | None, list[Template]]]:
    """Every template under its moment, in the order of moments; those without one come last.

    Inside a moment, a template stands before the one that follows it.
    """
    known = playbook.of(Moment)
    ordered = sorted(playbook.of(Template).values(), key=lambda each: -_still_to_come(playbook, each))
    groups = []
    for moment in (*known.values(), None):
        here = [each for each in ordered if known.get(each.moment or "") == moment]
        if here:
            groups.append((moment, here))
    return groups


def _still_to_come(playbook: Playbook, template: Template) -> int:
    """How many templates follow a template, one after the other; a circle is walked once."""
    walked = {template.id}
    while (following := after(playbook, template)) and following.id not in walked:
        walked.add(following.id)
        template = following
    return len(walked)


def after(playbook: Playbook, template: Template) -> Template | None:
    """The template that usually follows; none where the company took it out."""
    return playbook.of(Template).get(template.next or "")


@dataclass(frozen=True)
class Flow:
    """Answers that go from one sheet to another."""

    source: Template
    target: Template
    what: str


@lru_cache(maxsize=2)
def flows(playbook: Playbook) -> tuple[Flow, ...]:
    """Every way that answers take, in the order of the templates; what the company took out is left out."""
    templates = playbook.of(Template)
    return tuple(
        Flow(source, templates[feed.template], feed.what)
        for source in templates.values()
        for feed in source.feeds
        if feed.template in templates
    )


ROW = 26
"""Height of a row of the picture, in SVG units (about pixels)."""
_WIDTH_OF_CHARACTER = 7.4
"""Generous width of a character at the picture's font size, so that no system font overflows."""
_BEND = 0.42
"""How far an arc goes to the right, as a share of its height."""


@dataclass(frozen=True)
class PictureLine:
    """One line of the picture: a moment's name, or a template with the arcs that begin at it."""

    name: str
    template: Template | None
    """None for a moment."""
    y: int
    color: int
    """Number of the moment, from 0."""
    arcs: tuple[tuple[str, Flow, bool], ...]
    """SVG path of each, what goes that way, and whether it leads back to an earlier line."""


@dataclass(frozen=True)
class Picture:
    """Which sheet feeds which, as a list with arcs beside it.

    Args:
        lines: from top to bottom.
        names: width of the column with the names; arcs begin right of it.
        width: of the whole.
        height: of the whole.
    """

    lines: tuple[PictureLine, ...]
    names: int
    width: int
    height: int


def picture(playbook: Playbook) -> Picture:
    """Lay out which sheet feeds which; arcs downward go on to a later sheet, arcs upward come back."""
    places: dict[str, int] = {}
    rows: list[tuple[str, Template | None, int]] = []
    for color, (moment, here) in enumerate(by_moment(playbook)):
        rows.append((moment.name if moment else NO_MOMENT, None, color))
        rows += [(each.name, each, color) for each in here]
    for index, (_, template, _) in enumerate(rows):
        if template:
            places[template.id] = index * ROW + ROW // 2
    names = int(max((len(name) for name, _, _ in rows), default=0) * _WIDTH_OF_CHARACTER) + 12
    lines = tuple(
        PictureLine(
            name,
            template,
            index * ROW + ROW // 2,
            color,
            tuple(
                (_arc(names + 8, begins, ends), flow, ends < begins)
                for flow in flows(playbook)
                if flow.source == template
                for begins, ends in [(places[flow.source.id], places[flow.target.id])]
            ),
        )
        for index, (name, template, color) in enumerate(rows)
    )
    farthest = max(
        (abs(places[flow.source.id] - places[flow.target.id]) for flow in flows(playbook)), default=0
    )
    return Picture(lines, names, int(names + 24 + farthest * _BEND), len(rows) * ROW)


def _arc(x: int, start: int, end: int) -> str:
    """Path from one line to another, around the right."""
    bend = x + round(abs(end - start) * _BEND * 4 / 3)
    return f"M{x},{start} C{bend},{start} {bend},{end} {x},{end}"


NO_MOMENT = "At any time"
"""What the group of templates without a moment is called."""


def _earlier(playbook: Playbook, template: Template) -> list[Template]:
    """Sheets that feed a sheet and are filled before it; what comes back from a later one is no condition."""
    feeding = {flow.source.id for flow in flows(playbook) if flow.target == template}
    order = [each for _, here in by_moment(playbook) for each in here]
    return [each for each in order[: order.index(template)] if each.id in feeding]


def around(playbook: Playbook, template: Template) -> dict[str, Any]:
    """What a template's page says of its session and of the sheets before and after it."""
    return {
        "moment": playbook.of(Moment).get(template.moment or ""),
        "clock": by_the_clock(template),
        "earlier": _earlier(playbook, template),
        "fed_by": [flow for flow in flows(playbook) if flow.target == template],
        "feeds": [flow for flow in flows(playbook) if flow.source == template],
        "next": after(playbook, template),
    }


def everything(context: Context) -> str:
    """All templates by their moment, and which takes answers from which."""
    playbook = context.playbook
    return render(
        "templates.html.j2",
        context,
        groups=by_moment(playbook),
        elsewhere=NO_MOMENT,
        flows=flows(playbook),
        picture=picture(playbook),
    )
