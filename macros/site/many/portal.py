"""The page that lists the sites of all companies, and the table that sums a run up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from macros.site.many.companies import PORTAL
from macros.site.many.work import Outcome
from macros.views.environment import environment
from macros.writing.files import write_whole

MARK = '<meta name="generator" content="playbook build-all">'
"""What the page says of itself, so that no other page is ever overwritten."""


@dataclass(frozen=True)
class Line:
    """A site in the list."""

    title: str
    href: str
    pages: int
    old: bool


def is_free(output: Path) -> bool:
    """Whether a folder's portal page is ours, or may be: it is written without asking."""
    try:
        return MARK in (output / PORTAL).read_text("utf-8", errors="replace")
    except OSError:
        return not (output / PORTAL).exists()


def write_portal(outcomes: Sequence[Outcome], output: Path) -> None:
    """Write the page.

    Args:
        outcomes: what became of each company; one that failed is listed where an older site of it stands.
        output: folder of all sites.
    """
    listed = [each for each in outcomes if each.built or (output / each.name / "index.html").is_file()]
    lines = [
        Line(each.title, f"{quote(each.name)}/index.html", each.pages, not each.built)
        for each in sorted(listed, key=lambda each: (each.title.casefold(), each.name))
    ]
    page = environment().get_template("portal.html.j2").render(lines=lines)
    write_whole(output / PORTAL, page.encode())


def table(outcomes: Sequence[Outcome], output: Path) -> str:
    """All companies as a table for a terminal, in the order of their names."""
    rows = [("Company", "Result", "Seconds", "Pages", "Warnings", "Where")]
    for each in sorted(outcomes, key=lambda each: each.name):
        where = (output / each.name).as_posix() if each.built else ""
        result = "built" if each.built else "failed"
        rows.append(
            (each.name, result, f"{each.seconds:.1f}", str(each.pages or ""), str(each.warnings), where)
        )
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "\n".join(_aligned(row, widths) for row in rows)


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    """Words to the left, numbers to the right."""
    words = [row[at].ljust(widths[at]) for at in range(2)]
    numbers = [row[at].rjust(widths[at]) for at in range(2, 5)]
    return "  ".join([*words, *numbers, row[5]]).rstrip()
