"""Writes a first `company/` from a few answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from macros.model.content import Role
from macros.places.addresses import page_and_anchor
from macros.playbook import Playbook
from macros.project import COMPANY, Project
from macros.writing.files import write_all

PARTIALS = Path(__file__).parent / "init"
"""Templates of the files that are written, one for each."""

SPONSORS = {
    "management": "grow/top-down.md",
    "engineers": "grow/bottom-up.md",
    "nobody": "first-step.md",
}
"""Where the drive comes from, and the page that fits it."""

TARGETS = ("github-pages", "internal-host", "not-yet")
"""Where the site is published."""


@dataclass(frozen=True)
class Answers:
    """What `playbook init` asks.

    Args:
        company: the company's name.
        size: number of people in the team at the start.
        sponsor: a key of `SPONSORS`.
        roles: ids of the roles that somebody fills today.
        target: one of `TARGETS`.
        language: language of the theme's own words, such as ``en``.
    """

    company: str
    size: int
    sponsor: str
    roles: tuple[str, ...]
    target: str
    language: str


def files(answers: Answers, playbook: Playbook) -> dict[str, str]:
    """Text of each file to write, by its path below the project's folder."""
    env = Environment(  # noqa: S701 - YAML and Markdown; text is quoted by the filters below
        loader=FileSystemLoader(PARTIALS),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters["yaml"] = quoted
    env.filters["markdown"] = literally
    env.globals["linked"] = partial(_linked, playbook.project)
    answers = replace(answers, company=_plain(answers.company) or "Our company")
    roles = playbook.of(Role).values()
    missing = [role for role in roles if role.id not in answers.roles]
    there = [role for role in roles if role.id in answers.roles]
    return {
        f"{COMPANY}/{path.name.removesuffix('.j2').replace('__', '/')}": env.get_template(path.name).render(
            answers=answers, missing=missing, there=there, page=SPONSORS[answers.sponsor]
        )
        for path in sorted(PARTIALS.glob("*.j2"))
        if missing or path.name != "roles.yml.j2"
    }


def _plain(text: str) -> str:
    """A name without the characters that are markup in a page, end an attribute or cannot be seen."""
    # A zero-width joiner holds an emoji of several people together.
    seen = "".join(letter if letter.isprintable() or letter == "\u200d" else " " for letter in text)
    return " ".join(seen.translate(str.maketrans('<>"{}', "‹›”()")).split())


def _linked(project: Project, text: str, reference: str) -> str:
    """A Markdown link to a page of the playbook; the text alone where there is no such page."""
    return f"[{text}]({reference})" if page_and_anchor(reference)[0] in project.all_pages else text


def literally(text: str) -> str:
    """Text as Markdown that shows it as it is."""
    return re.sub(r"([\\`*_\[\]#|~&])", r"\\\1", text)


def quoted(text: str) -> str:
    """Text as a YAML string, whatever it holds; also safe inside Markdown and Jinja."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'


def write(project: Project, contents: dict[str, str], *, force: bool = False) -> list[str]:
    """Write the files, all or none.

    Args:
        project: where they go.
        contents: text by path below it.
        force: whether files that exist are overwritten.

    Returns:
        Paths that exist already and kept anything from being written; empty on success.

    Raises:
        OSError: they cannot be written; none of them is.
    """
    existing = [name for name in contents if (project.root / name).exists()]
    if existing and not force:
        return existing
    write_all(project.root, {name: text.encode() for name, text in contents.items()})
    return []
