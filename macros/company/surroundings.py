"""What surrounds the layer and would be overlooked: variables of the environment, and a misspelled folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from macros.diagnostics import Diagnostic
from macros.project import COMPANY, Project

READ = ("SITE_NAME", "SITE_URL", "REPO_URL")
"""Variables that mkdocs.yml reads, each as `!ENV [NAME, …]`."""
OURS = "PLAYBOOK_"
"""How a variable begins that can only be meant for us; there is none."""


def check_environment(project: Project, names: Iterable[str]) -> Iterator[Diagnostic]:
    """Variables that look like one of ours, and are none.

    Args:
        project: whose mkdocs.yml reads them.
        names: the environment's.
    """
    for name in names:
        if name in READ or not (name[:2].upper() in ("SI", "RE") or name.upper().startswith(OURS)):
            continue
        bare = name.upper().removeprefix(OURS)
        meant = next((known for known in READ if _is_slip(bare, known)), None)
        if meant or name.upper().startswith(OURS):
            line, column = _place(project, meant or READ[0])
            message = f"the environment has {name!r}, which nothing reads"
            hint = f"did you mean '{meant}'?" if meant else ""
            yield Diagnostic("mkdocs.yml", line, column, "", message, hint, "environment", "warning")


def _is_slip(name: str, known: str) -> bool:
    """Whether two names differ by one slip: a letter more, less or another, or two in the wrong order."""
    one, other = (re.sub(r"[^A-Z0-9]", "", each) for each in (name, known))
    if one == other:
        return True
    same = SequenceMatcher(None, one, other, autojunk=False).ratio()
    return abs(len(one) - len(other)) <= 1 and (same > 0.9 or sorted(one) == sorted(other))


def _place(project: Project, name: str) -> tuple[int, int]:
    """Where mkdocs.yml reads a variable."""
    text = project.read_text("mkdocs.yml")[0] or ""
    at = text.find(name)
    return (text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)) if at >= 0 else (1, 1)


def check_beside(project: Project) -> Iterator[Diagnostic]:
    """A folder beside company/ that is called nearly like it."""
    with os.scandir(project.root) as entries:
        for entry in entries:
            name = entry.name
            if name[:1] in "cC" and name != COMPANY and entry.is_dir():
                plain = name.strip().lower()
                if plain == COMPANY or (
                    abs(len(plain) - len(COMPANY)) <= 1
                    and SequenceMatcher(None, plain, COMPANY).ratio() > 0.85
                ):
                    message, hint = (
                        "is a folder that the playbook does not read",
                        f"did you mean '{COMPANY}'?",
                    )
                    yield Diagnostic.of_file(name, message, hint, "unknown-file")
