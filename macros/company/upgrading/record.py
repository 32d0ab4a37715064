"""What upstream's files were when this copy got them: `upstream/files.txt`.

Most copies have no commit in common with upstream, so git cannot tell what the company changed. The
record can: a file whose content has the id written here is upstream's own.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from macros.company.upgrading.ids import FOLDER, NAME
from macros.project import COMPANY

NEW = f"{FOLDER}/new"
"""Folder for upstream's version of files that the company keeps as its own."""
UNDER_WAY = ".upgrade"
"""Folder of an upgrade that is under way; see `macros.company.upgrading.journal`."""

_TOP = {".git", ".venv", "venv", "site", "dist", ".build", ".cache", UNDER_WAY, FOLDER, COMPANY}
"""At the top of a project: the company's, or made by a tool."""
_ANYWHERE = {"__pycache__", "node_modules", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis"}
_ANYWHERE |= {".DS_Store", ".coverage", "Thumbs.db"}
_MADE = ("tests/browser/shots/",)
_LINE = re.compile(r"([0-9a-f]{40}) (.+)")
_VERSION = "# version: "
_HEAD = """\
# What upstream's files were when this copy got them: the git blob id of the content, and the path.
# `playbook upgrade` and `playbook check` tell your own edits by it. Do not edit it; upgrades write it anew.
"""


@dataclass(frozen=True)
class Record:
    """What upstream's files were.

    Args:
        version: the version of the kit that they are of.
        ids: blob ids of each file, by path. A file that the company keeps beside a newer version of
            upstream's has two: of the version that its edits began from, and of the newer one.
    """

    version: str = ""
    ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def is_upstreams(path: str) -> bool:
    """Whether a path may be upstream's: not the company's layer, nothing built, nothing outside."""
    parts = path.split("/")
    return not (
        parts[0] in _TOP
        or parts[0].startswith(f"{UNDER_WAY}-")
        or not _ANYWHERE.isdisjoint(parts)
        or any(
            part in ("", ".", "..") or part.startswith("._") or part.endswith(".egg-info") for part in parts
        )
        or path.startswith(_MADE)
        or "\\" in path
        or re.search("[\x00-\x1f\x7f:]", path)
    )


def files_below(root: Path) -> Iterator[str]:
    """Paths of all files in a folder that may be upstream's, sorted; links are not followed."""
    found = []
    for folder, below, names in os.walk(root):
        here = Path(folder).relative_to(root).as_posix()
        prefix = "" if here == "." else f"{here}/"
        below[:] = [name for name in below if is_upstreams(f"{prefix}{name}")]
        found += [f"{prefix}{name}" for name in names if is_upstreams(f"{prefix}{name}")]
    yield from sorted(found)


def read_record(root: Path) -> Record | None:
    """The record of a copy; None where it has none.

    What is no line of it is passed over, such as the marks of a merge; a path that cannot be
    upstream's, too.
    """
    try:
        text = (root / NAME).read_text("utf-8", "replace")
    except OSError:
        return None
    version = ""
    ids: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        if found := _LINE.fullmatch(line):
            id, path = found.groups()
            if id not in ids.get(path, ()) and is_upstreams(path):
                ids[path] = (*ids.get(path, ()), id)
        elif line.startswith(_VERSION):
            version = line.removeprefix(_VERSION).strip()
    return Record(version, ids)


def text_of(record: Record) -> str:
    """A record as its file holds it."""
    lines = [f"{id} {path}\n" for path in sorted(record.ids) for id in record.ids[path]]
    return f"{_HEAD}{_VERSION}{record.version}\n{''.join(lines)}"
