"""Many files changed as one: a kill at any step, a full disk, two at once."""

from __future__ import annotations

import errno
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from macros.company.upgrading import journal
from macros.company.upgrading.journal import Change, Written, finish, is_interrupted, make
from tests.unit.company.upgrading.conftest import Tree

BEFORE = {"a.txt": "a", "b/c.txt": "c", "b/d.txt": "d", "macros/x.py": "x", "macros/own.py": "own"}
AFTER = {"a.txt": "A", "b/d.txt": "d", "e/f.txt": "F", "macros/y.py": "Y", "macros/own.py": "own"}
CHANGE = Change(
    {"a.txt": Written(b"A"), "e/f.txt": Written(b"F", executable=True), "macros/y.py": Written(b"Y")},
    ["b/c.txt", "macros/x.py"],
)
STEPS = ("write_bytes", "write_text", "mkdir", "rename", "replace", "rmdir")
"""What changes something on the disk."""


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    tree = Tree(tmp_path / "project")
    for name, text in BEFORE.items():
        tree[name] = text
    return tree


class Killed(BaseException):
    """Nobody catches it, as nobody catches a kill."""


def failing(monkeypatch: pytest.MonkeyPatch, at: int, error: BaseException) -> list[str]:
    """Let one step of all fail; the steps that were made."""
    made: list[str] = []

    def wrapped(name: str) -> None:
        real = getattr(Path, name)

        def step(self: Path, *args: object, **kwargs: object) -> object:
            made.append(name)
            if len(made) - 1 == at:
                raise error
            return real(self, *args, **kwargs)

        monkeypatch.setattr(Path, name, step)

    for name in STEPS:
        wrapped(name)
    return made


def states(tree: Tree) -> dict[str, str]:
    return {name: text for name, text in tree.files().items() if not name.startswith((".upgrade", ".build"))}


def test_files_are_written_and_removed(tree: Tree) -> None:
    make(tree.root, CHANGE)
    assert tree.files() == AFTER
    assert not is_interrupted(tree.root)
    if sys.platform != "win32":
        assert (tree.root / "e/f.txt").stat().st_mode & 0o111


def test_after_a_kill_at_any_step_it_is_the_old_state_or_is_completed(
    tree: Tree, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    outcomes = []
    for at in range(200):
        copy = Tree(Path(shutil.copytree(tree.root, tmp_path / str(at))))
        made = failing(monkeypatch, at, Killed())
        try:
            make(copy.root, CHANGE)
            break
        except Killed:
            pass
        finally:
            monkeypatch.undo()
        begun = is_interrupted(copy.root)
        if begun:
            assert finish(copy.root) == "code"
        assert states(copy) in ((AFTER,) if begun else (BEFORE, AFTER)), made
        make(copy.root, CHANGE)
        assert states(copy) == AFTER
        outcomes.append(begun)
    assert outcomes.count(True) > 8
    assert outcomes.count(False) > 5


def test_when_any_step_fails_all_is_as_it_was(
    tree: Tree, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    failed = 0
    for at in range(200):
        copy = Tree(Path(shutil.copytree(tree.root, tmp_path / str(at))))
        failing(monkeypatch, at, OSError(errno.ENOSPC, "No space left on device"))
        try:
            make(copy.root, CHANGE)
        except OSError:
            failed += 1
            monkeypatch.undo()
            assert states(copy) == BEFORE
            assert not is_interrupted(copy.root)
        else:
            monkeypatch.undo()
            assert states(copy) == AFTER
            if at > 60:
                break
    assert failed > 12


def test_who_comes_while_a_change_is_made_waits_until_it_is_made(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = journal._forward
    code = (
        "import sys; from pathlib import Path; from macros.company.upgrading.journal import finish, is_interrupted\n"
        "root = Path(sys.argv[1]); print(is_interrupted(root), flush=True); print(repr(finish(root)))"
    )
    waiting: list[subprocess.Popen[str]] = []

    def forward(root: Path, written: object) -> None:
        waiting.append(
            subprocess.Popen([sys.executable, "-c", code, str(root)], stdout=subprocess.PIPE, text=True)
        )
        assert waiting[0].stdout is not None
        assert waiting[0].stdout.readline() == "True\n"
        real(root, written)  # type: ignore[arg-type]

    monkeypatch.setattr(journal, "_forward", forward)
    make(tree.root, CHANGE)
    assert waiting[0].communicate()[0] == "''\n", "there was nothing left to do"
    assert tree.files() == AFTER


def test_a_file_moves_to_another_file_system_too(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if self.name == "f.txt" and ".upgrade" in self.as_posix():
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    make(tree.root, CHANGE)
    assert tree.files() == AFTER
