"""A file written whole or not at all, and several files: all or none."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.project import Project
from macros.writing import files as module
from macros.writing.files import finish_left, keep, kept, write_all, write_whole

posix = pytest.mark.skipif(sys.platform == "win32", reason="links and modes are different there")


def tree(root: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too, and every empty folder."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else b"/"
        for path in root.rglob("*")
        if path.is_file() or not any(path.iterdir())
    }


def full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_file_is_written_with_the_folders_that_it_needs(tmp_path: Path) -> None:
    Project(tmp_path).write("a/b/c.txt", b"x")
    assert tree(tmp_path) == {"a/b/c.txt": b"x"}


@pytest.mark.parametrize("step", ["write_bytes", "replace"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_when_writing_ends_early_the_old_file_is_there_still_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    (tmp_path / "a.txt").write_bytes(b"old")
    real = Path.write_bytes

    def fail(self: Path, content: object) -> int:
        if step == "write_bytes":
            real(self, b"half")
        raise error

    monkeypatch.setattr(Path, step, fail)
    with pytest.raises(type(error)):
        write_whole(tmp_path / "a.txt", b"new")
    assert tree(tmp_path) == {"a.txt": b"old"}


def test_two_processes_write_aside_under_names_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Path] = []
    real = Path.replace
    monkeypatch.setattr(Path, "replace", lambda self, target: (seen.append(self), real(self, target))[1])
    for number in (1, 2):
        monkeypatch.setattr(os, "getpid", lambda number=number: number)
        write_whole(tmp_path / "a.txt", b"x")
    assert len(set(seen)) == 2


def test_a_name_may_be_as_long_as_the_system_allows(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 250 + ".txt")
    write_whole(path, b"x")
    assert path.read_bytes() == b"x"


@posix
def test_a_link_stays_one_and_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"old")
    (tmp_path / "a.txt").chmod(0o600)
    (tmp_path / "link.txt").symlink_to("a.txt")
    write_whole(tmp_path / "link.txt", b"new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "a.txt").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o600


@posix
def test_a_device_is_written_to_and_stays_one() -> None:
    write_whole(Path(os.devnull), b"x")
    assert not Path(os.devnull).is_file()
    assert Path(os.devnull).exists()


# --- several files --------------------------------------------------------------------------

CONTENTS = {"a.txt": b"new a", "new/b.txt": b"new b", "gone/c.txt": None}
AFTER = {"a.txt": b"new a", "new/b.txt": b"new b", "d.txt": b"d"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A file to change, one to remove, one to leave; beside them, one to make."""
    for name, text in {"a.txt": b"old a", "gone/c.txt": b"old c", "d.txt": b"d"}.items():
        write_whole(tmp_path / name, text)
    return tmp_path


def test_several_files_are_written_and_removed(folder: Path) -> None:
    write_all(folder, CONTENTS)
    assert tree(folder) == AFTER


@pytest.mark.parametrize("at", range(3))
def test_an_error_at_any_of_them_leaves_all_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    before = tree(folder)
    _break(monkeypatch, at, full)
    with pytest.raises(OSError, match="No space left"):
        write_all(folder, CONTENTS)
    assert tree(folder) == before


def test_a_full_disk_while_they_are_put_aside_leaves_all_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(folder)
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        write_all(folder, CONTENTS)
    assert tree(folder) == before


def test_a_folder_where_a_file_is_to_be_is_an_error(folder: Path) -> None:
    with pytest.raises(IsADirectoryError):
        write_all(folder, {"gone": b"x"})


def _break(monkeypatch: pytest.MonkeyPatch, at: int, how: Callable[..., None]) -> None:
    """Let the move number `at` end in some way, and all others be made."""
    real, moves = module._put, iter(range(100))

    def put(new: Path, path: Path) -> None:
        if next(moves) == at:
            how()
        real(new, path)

    monkeypatch.setattr(module, "_put", put)


def _kill(folder: Path, at: int) -> None:
    """Write in a process of its own that is killed at a move; at -1 before the journal is there."""
    pid = os.fork()
    if pid == 0:
        patch = pytest.MonkeyPatch()
        if at < 0:
            patch.setattr(module, "write_whole", lambda *_: os._exit(9))
        else:
            _break(patch, at, lambda: os._exit(9))
        write_all(folder, CONTENTS)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9


@posix
@pytest.mark.parametrize("at", range(3))
def test_after_a_kill_between_the_moves_the_next_command_makes_the_rest(folder: Path, at: int) -> None:
    _kill(folder, at)
    assert finish_left(folder) == list(CONTENTS)[at:]
    assert tree(folder) == AFTER


@posix
def test_a_kill_before_the_first_move_leaves_all_as_it_was(folder: Path) -> None:
    before = tree(folder)
    _kill(folder, -1)
    assert finish_left(folder) == []
    assert tree(folder) == before


@posix
def test_a_file_that_was_changed_after_the_kill_is_left_as_it_is(folder: Path) -> None:
    _kill(folder, 0)
    (folder / "a.txt").write_bytes(b"changed by hand")
    assert finish_left(folder) == ["new/b.txt", "gone/c.txt"]
    assert tree(folder) == {**AFTER, "a.txt": b"changed by hand"}


def test_where_nothing_was_begun_there_is_nothing_to_finish(folder: Path) -> None:
    assert finish_left(folder) == []


@posix
def test_links_among_them_stay_links(folder: Path) -> None:
    (folder / "link.txt").symlink_to("a.txt")
    write_all(folder, {"link.txt": b"through"})
    assert (folder / "link.txt").is_symlink()
    assert (folder / "a.txt").read_bytes() == b"through"


def test_a_file_on_another_file_system_is_copied(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if self.parent.parent.name == ".build" and self.name.startswith("new-"):
            raise OSError(18, "Invalid cross-device link")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    write_all(folder, CONTENTS)
    assert tree(folder) == AFTER


def test_a_file_is_on_the_disk_before_it_is_moved_and_what_is_only_kept_need_not_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    real = Path.replace
    monkeypatch.setattr(os, "fsync", lambda _: done.append("fsync"))
    monkeypatch.setattr(Path, "replace", lambda self, to: (done.append("replace"), real(self, to))[1])
    write_whole(tmp_path / "a", b"x")
    keep(tmp_path / "b", b"x")
    assert done == ["fsync", "replace", "replace"]
    assert kept(tmp_path / "b") == b"x"
