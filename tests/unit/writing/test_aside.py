"""Folders to work in, locks that end with their process, and blocks that nothing breaks."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.writing import aside as module
from macros.writing.aside import alone, left_behind, unbroken, working_folder

posix = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked and killed")


def killed_in(parent: Path, kind: str) -> None:
    """A process that is killed while it works in a folder."""
    pid = os.fork()
    if pid == 0:
        with working_folder(parent, kind) as folder:
            (folder / "half.txt").write_bytes(b"half")
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(pid, 0)


def test_a_working_folder_is_gone_afterwards_with_all_that_was_made_for_it(tmp_path: Path) -> None:
    with working_folder(tmp_path / "aside", "build") as folder:
        (folder / "x").write_bytes(b"x")
    assert list(tmp_path.iterdir()) == []


def test_it_is_gone_after_an_error_too(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), working_folder(tmp_path / "aside", "build"):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_two_at_once_have_two_folders_and_one_after_the_other_have_the_same(tmp_path: Path) -> None:
    with working_folder(tmp_path, "build") as first, working_folder(tmp_path, "build") as second:
        assert first != second
        assert first.is_dir()
        assert second.is_dir()
    with working_folder(tmp_path, "build") as third:
        assert third == first


@posix
def test_what_a_killed_process_left_is_gone_with_the_next_and_a_running_ones_is_kept(tmp_path: Path) -> None:
    with working_folder(tmp_path, "build") as running:
        killed_in(tmp_path, "build")
        assert (tmp_path / "build-2" / "half.txt").is_file()
        with working_folder(tmp_path, "build") as folder:
            assert list(folder.iterdir()) == []
        assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == [running.name]


@posix
def test_each_kind_is_left_to_those_who_know_it(tmp_path: Path) -> None:
    killed_in(tmp_path, "writing")
    with working_folder(tmp_path, "build"):
        assert (tmp_path / "writing-1" / "half.txt").is_file()
    assert [path.name for path in left_behind(tmp_path, "writing")] == ["writing-1"]
    assert list(tmp_path.iterdir()) == []


def test_what_is_in_use_is_not_left_behind(tmp_path: Path) -> None:
    with working_folder(tmp_path, "build"):
        assert list(left_behind(tmp_path, "build")) == []


def test_one_process_waits_for_the_other(tmp_path: Path) -> None:
    order: list[str] = []

    def second() -> None:
        with alone(tmp_path, "placing"):
            order.append("second")

    with alone(tmp_path, "placing"):
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(0.05)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
    assert list(tmp_path.iterdir()) == []


@posix
def test_where_there_are_no_locks_a_mark_holds_for_an_hour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("fcntl.flock", none)
    with working_folder(tmp_path, "build") as first:
        with working_folder(tmp_path, "build") as second:
            assert first != second
        then = time.time() - module._FOR_SURE - 1
        os.utime(tmp_path / "build-1.lock", (then, then))
        with working_folder(tmp_path, "build") as third:
            assert third == first


# --- what nothing breaks -----------------------------------------------------------------------


@pytest.fixture
def ended() -> Iterator[list[int]]:
    """Signals as they arrive."""
    seen: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: seen.append(number))
    yield seen
    signal.signal(signal.SIGTERM, before)


@posix
def test_a_signal_waits_until_the_block_is_through(ended: list[int]) -> None:
    with unbroken():
        os.kill(os.getpid(), signal.SIGTERM)
        assert ended == []
    assert ended == [signal.SIGTERM]


@posix
def test_what_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with unbroken():
        os.kill(os.getpid(), signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_IGN
    signal.signal(signal.SIGTERM, before)


def test_another_thread_may_do_it_too() -> None:
    done: list[bool] = []

    def work() -> None:
        with unbroken():
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]
