#!/usr/bin/env python3
"""Writes `upstream/`: what the kit's files are, so that a copy of it can tell its own edits.

    record.py            write upstream/files.txt, if it is out of date
    record.py --archive  and their contents, as a release does
    record.py --check    exit 1 if upstream/files.txt is out of date

For the kit itself. In a company's copy it would call the company's edits upstream's, so it refuses there.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from macros.company.upgrading.base import Base, archive, stale  # noqa: E402
from macros.company.upgrading.ids import NAME, blob_id  # noqa: E402
from macros.company.upgrading.journal import Change, Written, make  # noqa: E402
from macros.company.upgrading.record import Record, is_upstreams, text_of  # noqa: E402
from macros.company.upgrading.run import contents  # noqa: E402
from macros.company.upgrading.versions import Version, number_of  # noqa: E402

FIRST = "21d93e73ddc569e1fcbf8f7f377ed9b800795f4a"
"""The first commit of the kit's own history: most copies do not have it."""
LAYER = {"README.md"}
"""What the kit itself has in company/."""


def version(root: Path) -> Version:
    """The kit's own files as they are: what is under version control, or would be."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    files = (path for path in listed.stdout.split("\0") if is_upstreams(path) and (root / path).is_file())
    return Version(
        "the kit", number_of(root), root, {path: blob_id((root / path).read_bytes()) for path in files}
    )


def is_the_kit(root: Path) -> bool:
    """Whether this is the kit itself: all of its history, and nobody's layer."""
    folder = root / "company"
    layer = folder.is_dir() and any(each.name not in LAYER for each in folder.iterdir())
    return (
        not layer
        and subprocess.run(
            ["git", "merge-base", "--is-ancestor", FIRST, "HEAD"], cwd=root, capture_output=True, check=False
        ).returncode
        == 0
    )


def text(root: Path) -> str:
    """The record of the files as they are."""
    found = version(root)
    return text_of(Record(found.number, {path: (id,) for path, id in found.ids.items()}))


def write(root: Path, *, with_archive: bool) -> list[str]:
    """Write the record where it is out of date, and its archive where that is wanted.

    Returns:
        The paths that were written or removed.
    """
    found = version(root)
    record = Record(found.number, {path: (id,) for path, id in found.ids.items()})
    change = Change()
    change.write[NAME] = Written(text_of(record).encode())
    if with_archive:
        name, packed = archive(contents(record, found, Base(root)), text_of(record))
        change.write[name] = Written(packed)
        change.remove += stale(root, [name])
    for path in [each for each in change.write if (root / each).is_file()]:
        if (root / path).read_bytes() == change.write[path].content:
            del change.write[path]
    make(root, change)
    return [*change.write, *change.remove]


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Run a command; 0 when all is well, 1 when not."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--archive", action="store_true")
    parser.add_argument("--force", action="store_true", help="even where this does not look like the kit")
    chosen = parser.parse_args(arguments)
    if not (chosen.force or is_the_kit(root)):
        if not chosen.check:
            print("This is a copy of the kit: 'playbook upgrade' writes its record.", file=sys.stderr)
        return 0 if chosen.check else 1
    if chosen.check:
        if (root / NAME).is_file() and (root / NAME).read_text("utf-8") == text(root):
            return 0
        print(f"{NAME} is out of date; run 'make record'.")
        return 1
    for path in write(root, with_archive=chosen.archive):
        print(f"changed {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
