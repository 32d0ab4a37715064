"""A copy of a tiny upstream, without history in common, and newer versions of it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from macros.company.upgrading.base import Base
from macros.company.upgrading.ids import NAME, blob_id
from macros.company.upgrading.journal import Change, make
from macros.company.upgrading.record import Record, files_below
from macros.company.upgrading.run import contents, make_it, planned, recorded
from macros.company.upgrading.told import steps_of
from macros.company.upgrading.versions import Version, opened

FILES = {
    "mkdocs.yml": "site_name: Small\n",
    "pyproject.toml": '[project]\nversion = "0.1.0"\n',
    "data/roles.yml": "roles:\n- one\n- two\n- three\n- four\n- five\n",
    "docs/index.md": "# Home\n\nWelcome.\n\nTwo.\n\nThree.\n",
    "docs/old.md": "# Old\n",
    "macros/code.py": "print(1)\n",
}


@dataclass
class Tree:
    """A folder of texts."""

    root: Path

    def __getitem__(self, name: str) -> str:
        return (self.root / name).read_bytes().decode()

    def __setitem__(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())

    def __delitem__(self, name: str) -> None:
        (self.root / name).unlink()

    def files(self) -> dict[str, str]:
        """Every file with its text, but for the record and its archive."""
        paths = (path for path in sorted(self.root.rglob("*")) if path.is_file())
        named = {path.relative_to(self.root).as_posix(): path for path in paths}
        return {
            name: path.read_bytes().decode()
            for name, path in named.items()
            if name != NAME and not name.startswith("upstream/base-")
        }


@dataclass
class Kit(Tree):
    """A copy, and the newer version that it takes."""

    newer: Tree

    def told(self, *merge: str) -> list[str]:
        """What an upgrade says beforehand."""
        with opened(self.root, str(self.newer.root)) as version:
            return list(steps_of(planned(self.root, version, "newer", merge=merge)))

    def upgrade(self, *merge: str) -> list[str]:
        """Make an upgrade; what it said beforehand."""
        told = self.told(*merge)
        with opened(self.root, str(self.newer.root)) as version:
            make_it(planned(self.root, version, "newer", merge=merge))
        return told


def written(root: Path) -> None:
    """Write a record of a folder's files as they are."""
    ids = {path: blob_id((root / path).read_bytes()) for path in files_below(root)}
    record = Record("0.1.0", {path: (id,) for path, id in ids.items()})
    change = Change()
    recorded(root, record, contents(record, Version("", "", root, ids), Base(root)), change)
    make(root, change)


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny upstream, with its record."""
    tree = Tree(tmp_path_factory.mktemp("upstream") / "kit")
    for name, text in FILES.items():
        tree[name] = text
    written(tree.root)
    return tree.root


@pytest.fixture
def kit(tmp_path: Path, pristine: Path) -> Kit:
    """A copy of it, and a newer version that is the same so far."""
    newer = Tree(Path(shutil.copytree(pristine, tmp_path / "newer")))
    return Kit(Path(shutil.copytree(pristine, tmp_path / "copy")), newer)
