"""What upstream's files held when this copy got them, for a three-way difference.

The record has ids only. Their contents are in git where the copy was committed before it was edited,
and otherwise in an archive beside the record, which holds the texts that a company is likely to edit.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from macros.company.upgrading.ids import FOLDER, blob_id
from macros.company.upgrading.versions import git

PATTERN = "base-*.tar.xz"
"""Its name has the contents' digest: two branches that both write one never conflict in a merge."""
_LARGEST = 2**20
_UNLIKELY = ("tests/", "examples/", "data/schema/", "docs/contributing/", "requirements/", "LICENSE")


@dataclass
class Base:
    """Contents by blob id, from wherever they can be had.

    Args:
        root: the copy.
        folders: further git work trees that may have them, such as a newer version's.
    """

    root: Path
    folders: tuple[Path, ...] = ()
    _known: dict[str, bytes] | None = field(default=None, repr=False)

    def add(self, id: str, content: bytes) -> None:
        """Take a content that is known from elsewhere."""
        if self._known is None:
            self._known = dict(_archived(self.root))
        self._known[id] = content

    def content(self, id: str) -> bytes | None:
        """What has this id; None where nobody has it."""
        if self._known is None:
            self._known = dict(_archived(self.root))
        if id in self._known:
            return self._known[id]
        for folder in (self.root, *self.folders):
            found = git(folder, "cat-file", "blob", id) if (folder / ".git").exists() else None
            if found is not None and found.returncode == 0 and blob_id(found.stdout) == id:
                self._known[id] = found.stdout
                return found.stdout
        return None


def _archived(root: Path) -> Iterator[tuple[str, bytes]]:
    """Contents in the archives beside the record; one that is broken gives what can be read of it."""
    for path in sorted((root / FOLDER).glob(PATTERN)):
        try:
            with tarfile.open(path, "r:xz") as tar:
                for info in tar:
                    file = tar.extractfile(info) if info.isreg() and info.size <= _LARGEST else None
                    if file is not None:
                        content = file.read()
                        yield blob_id(content), content
        except (OSError, EOFError, tarfile.TarError):
            continue


def is_kept(path: str, content: bytes) -> bool:
    """Whether a file's content goes into the archive: a text that a company is likely to edit."""
    vendored = "/vendor/" in path
    return not (vendored or path.startswith(_UNLIKELY) or len(content) > _LARGEST or b"\0" in content[:8000])


def archive(contents: Mapping[str, bytes], record: str) -> tuple[str, bytes]:
    """An archive of contents: the same bytes for the same contents.

    Args:
        contents: by the name that they get in it.
        record: the text of the record that it belongs to; it stands first, so that git takes no
            archive for a changed copy of another one.

    Returns:
        Its path in a project, and its bytes.
    """
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:xz", preset=6, format=tarfile.PAX_FORMAT) as tar:
        for name, content in [("files.txt", record.encode()), *sorted(contents.items())]:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return f"{FOLDER}/{PATTERN.replace('*', blob_id(record.encode())[:12])}", packed.getvalue()


def stale(root: Path, kept: Iterable[str]) -> list[str]:
    """Archives beside the record that no longer belong to it."""
    found = [f"{FOLDER}/{path.name}" for path in (root / FOLDER).glob(PATTERN)]
    return sorted(set(found) - set(kept))
