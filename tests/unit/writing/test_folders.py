"""A folder in the place of another: whoever looks finds the old one whole, or the new one."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from macros.writing import folders as module
from macros.writing.folders import finish_refill, put_in_place

posix = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")


def folder(root: Path, name: str) -> Path:
    """A folder with a page of its own, one that all have, and a folder that all have."""
    (root / name / "below").mkdir(parents=True)
    for each in (f"{name}.txt", "both.txt", f"below/{name}.txt"):
        (root / name / each).write_text(name, "utf-8")
    return root / name


def inside(place: Path) -> dict[str, str]:
    return {
        path.relative_to(place).as_posix(): path.read_text("utf-8")
        for path in place.rglob("*.*")
        if path.is_file()
    }


def whole(name: str) -> dict[str, str]:
    return {f"{name}.txt": name, "both.txt": name, f"below/{name}.txt": name}


def refuse(code: int, at: str) -> object:
    """A rename that fails for one place, as another file system or a closed folder makes it."""
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if at in (target.name, self.name):
            raise OSError(code, os.strerror(code), str(target))
        return real(self, target)

    return rename


@pytest.fixture(params=["in one step", "in two"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that can let two names change places, and one that cannot."""
    if request.param == "in two":
        monkeypatch.setattr(module, "_exchange", lambda *_: False)


def test_a_folder_takes_the_place_of_another_whole(tmp_path: Path, system: None) -> None:
    place = folder(tmp_path, "old")
    put_in_place(folder(tmp_path, "new"), place)
    assert inside(place) == whole("new")
    assert [path.name for path in tmp_path.iterdir()] == ["old"]


def test_a_folder_takes_a_place_that_is_free(tmp_path: Path) -> None:
    put_in_place(folder(tmp_path, "new"), tmp_path / "a" / "site")
    assert inside(tmp_path / "a" / "site") == whole("new")


@posix
def test_a_place_that_is_a_link_stays_one_and_what_it_leads_to_is_replaced(
    tmp_path: Path, system: None
) -> None:
    (tmp_path / "site").symlink_to(folder(tmp_path, "old"), target_is_directory=True)
    put_in_place(folder(tmp_path, "new"), tmp_path / "site")
    assert (tmp_path / "site").is_symlink()
    assert inside(tmp_path / "old") == whole("new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["old", "site"]


@posix
def test_a_link_that_leads_nowhere_leads_to_the_folder_afterwards(tmp_path: Path) -> None:
    (tmp_path / "site").symlink_to(tmp_path / "missing", target_is_directory=True)
    put_in_place(folder(tmp_path, "new"), tmp_path / "site")
    assert (tmp_path / "site").is_symlink()
    assert inside(tmp_path / "missing") == whole("new")


def test_a_place_that_is_a_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine", "utf-8")
    with pytest.raises(NotADirectoryError):
        put_in_place(folder(tmp_path, "new"), tmp_path / "site")
    assert (tmp_path / "site").read_text("utf-8") == "mine"


@posix
def test_a_folder_keeps_its_permissions(tmp_path: Path) -> None:
    place = folder(tmp_path, "old")
    place.chmod(0o2750)
    put_in_place(folder(tmp_path, "new"), place)
    assert stat.S_IMODE(place.stat().st_mode) == 0o2750


def test_a_mount_point_stays_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: None) -> None:
    place = folder(tmp_path, "old")
    number = place.stat().st_ino
    monkeypatch.setattr(Path, "is_mount", lambda self: self == place)
    put_in_place(folder(tmp_path, "new"), place)
    assert inside(place) == whole("new")
    assert place.stat().st_ino == number


def test_a_mount_point_that_is_full_keeps_the_old_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path, target: Path) -> None:
        target.mkdir()
        (target / "half.txt").write_text("half", "utf-8")
        raise OSError(errno.ENOSPC, "No space left on device")

    place = folder(tmp_path, "old")
    monkeypatch.setattr(Path, "is_mount", lambda self: self == place)
    monkeypatch.setattr("shutil.copytree", full)
    with pytest.raises(OSError, match="No space left"):
        put_in_place(folder(tmp_path, "new"), place)
    assert inside(place) == whole("old")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system forks no processes")
@pytest.mark.parametrize("moves", range(7))
def test_a_refill_that_is_killed_between_two_renames_is_done_by_the_next_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: None, moves: int
) -> None:
    place, new = folder(tmp_path, "old"), folder(tmp_path, "new")
    monkeypatch.setattr(Path, "is_mount", lambda self: self == place)
    child = os.fork()
    if child == 0:
        real = module._change

        def change(one: Path, other: Path, left: list[None] = [None] * (moves // 2)) -> None:
            if not left:
                if moves % 2:
                    real(one, other)
                os._exit(9)
            left.pop()
            real(one, other)

        module._change = change
        put_in_place(new, place)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert finish_refill(place) == (code == 9)
    assert inside(place) == whole("new")
    assert sorted(path.name for path in place.iterdir()) == ["below", "both.txt", "new.txt"]
    assert not finish_refill(place)


def test_a_refill_that_fails_between_two_renames_is_done_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = folder(tmp_path, "old")
    monkeypatch.setattr(Path, "is_mount", lambda self: self == place)
    with monkeypatch.context() as broken:
        broken.setattr(module, "_exchange", lambda *_: False)
        broken.setattr(Path, "rename", refuse(errno.EIO, "new.txt"))
        with pytest.raises(OSError, match="Input/output"):
            put_in_place(folder(tmp_path, "new"), place)
    assert finish_refill(place)
    assert inside(place) == whole("new")


@pytest.mark.parametrize("is_mount", [False, True])
def test_what_takes_a_place_is_on_the_disk_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_mount: bool
) -> None:
    place = folder(tmp_path, "old")
    seen = []
    monkeypatch.setattr(Path, "is_mount", lambda self: is_mount and self == place)
    monkeypatch.setattr(module, "flush", lambda at: seen.append((at.name, inside(place) == whole("old"))))
    put_in_place(folder(tmp_path, "new"), place)
    assert seen[0] == ("new", True)
    assert [name for name, _ in seen] == (["new", ".new"] if is_mount else ["new"])


def test_from_another_file_system_it_is_copied_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: None
) -> None:
    place, new = folder(tmp_path, "old"), folder(tmp_path, "new")
    real = module._swap

    def swap(one: Path, other: Path) -> None:
        if one == new:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        real(one, other)

    monkeypatch.setattr(module, "_swap", swap)
    put_in_place(new, place)
    assert inside(place) == whole("new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "old"]


@posix
@pytest.mark.parametrize("code", [errno.EACCES, errno.EXDEV])
def test_a_folder_that_itself_cannot_be_moved_is_refilled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def never(*_: Path) -> None:
        raise OSError(code, os.strerror(code))

    place = folder(tmp_path, "old")
    monkeypatch.setattr(module, "_swap", never)
    put_in_place(folder(tmp_path, "new"), place)
    assert inside(place) == whole("new")
    assert sorted(path.name for path in place.iterdir()) == ["below", "both.txt", "new.txt"]


def test_when_the_second_of_two_renames_fails_the_old_folder_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, new = folder(tmp_path, "old"), folder(tmp_path, "new")
    monkeypatch.setattr(module, "_exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", refuse(errno.EIO, "new"))
    with pytest.raises(OSError, match="Input/output"):
        put_in_place(new, place)
    assert inside(place) == whole("old")


def test_what_a_killed_process_left_is_cleared_away(tmp_path: Path) -> None:
    place = folder(tmp_path, "old")
    folder(tmp_path, ".new-old")
    folder(place, ".new")
    put_in_place(folder(tmp_path, "new"), place)
    assert inside(place) == whole("new")
    assert [path.name for path in tmp_path.iterdir()] == ["old"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux' own call")
def test_names_on_two_file_systems_cannot_change_places(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"cross-device|busy|permitted"):
        module._exchange(folder(tmp_path, "new"), Path("/proc"))
