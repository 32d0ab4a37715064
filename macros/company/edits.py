"""Edits of upstream's own files in this copy: found by `upstream/files.txt`, told by a check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from macros.company.upgrading.ids import NAME, blob_id
from macros.diagnostics import Diagnostic
from macros.project import UNPUBLISHED, Project

RULE = "direct-edit"
_READ = ("data/", "docs/", "mkdocs.yml")
"""Where the files begin that make up the site."""
_NOT_READ = (f"docs/{UNPUBLISHED}/", "docs/assets/vendor/", "data/schema/")
HINT = "'playbook adopt' moves it into company/, where updates leave it alone"


class Edit(NamedTuple):
    """A file of the site's that is not as upstream left it."""

    path: str
    what: Literal["changed", "added"]
    """Whether upstream has such a file at all."""


def edits(project: Project) -> Iterator[Edit]:
    """Files in data/ and docs/ that were changed or added here; none where nobody knows what they were.

    Files that were removed are no edits: nothing is left that could be lost.
    """
    known = _known(project)
    for path, ids in known.items():
        try:
            with open(f"{project.root}/{path}", "rb") as file:  # noqa: PTH123 - a third of the time of a Path
                content = file.read()
        except OSError:
            continue
        if blob_id(content) not in ids:
            yield Edit(path, "changed")
    if known:
        pages = [f"docs/{page}" for page in project.pages]
        templates = [f"data/templates/{each.name}" for each in project.data.glob("templates/*.yml")]
        for path in (*pages, *templates):
            if path not in known:
                yield Edit(path, "added")


def _known(project: Project) -> dict[str, list[str]]:
    """Ids by path of the files that a check looks at: `read_record` does more, and takes longer."""
    known: dict[str, list[str]] = {}
    try:
        with open(f"{project.root}/{NAME}", encoding="utf-8", errors="replace") as file:  # noqa: PTH123
            for line in file:
                id, _, path = line.rstrip("\n").partition(" ")
                if path.startswith(_READ) and not path.startswith(_NOT_READ) and ".." not in path:
                    known.setdefault(path, []).append(id)
    except OSError:
        return {}
    return known


def check_edits(project: Project) -> Iterator[Diagnostic]:
    """A warning for each file that was edited instead of overridden."""
    for edit in edits(project):
        message = (
            "is upstream's, and was changed here"
            if edit.what == "changed"
            else "was added beside upstream's files"
        )
        yield Diagnostic(edit.path, 1, 1, "", message, HINT, RULE, "warning")
