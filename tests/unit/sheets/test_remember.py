"""What takes long to make is made once for the same inputs."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.sheets import remember
from macros.sheets.remember import Memory, code


class Counting:
    """Makes something, and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> bytes:
        self.times += 1
        return f"made {self.times}".encode()


def test_the_same_inputs_are_made_once_and_by_the_next_build_not_at_all(tmp_path: Path) -> None:
    make = Counting()
    memory = Memory(tmp_path / "blanks")
    assert memory.recall([b"a", b"b"], make) == b"made 1"
    assert memory.recall([b"a", b"b"], make) == b"made 1"
    assert Memory(tmp_path / "blanks").recall([b"a", b"b"], make) == b"made 1"
    assert make.times == 1


@pytest.mark.parametrize("inputs", [[b"a"], [b"ab"], [b"a", b"b", b""], [b"b", b"a"], []])
def test_any_other_inputs_are_made_anew(tmp_path: Path, inputs: list[bytes]) -> None:
    make = Counting()
    memory = Memory(tmp_path)
    memory.recall([b"a", b"b"], make)
    assert memory.recall(inputs, make) == b"made 2"


def test_without_a_folder_everything_is_made_and_nothing_is_kept() -> None:
    make = Counting()
    memory = Memory(None)
    assert [memory.recall([b"a"], make), memory.recall([b"a"], make)] == [b"made 1", b"made 2"]
    memory.forget_unused()


def test_it_is_made_with_the_arguments_that_it_takes(tmp_path: Path) -> None:
    assert Memory(tmp_path).recall([b"a"], lambda *given: repr(given).encode(), 1, "x") == b"(1, 'x')"


def test_what_nobody_asked_for_is_forgotten(tmp_path: Path) -> None:
    make = Counting()
    first = Memory(tmp_path)
    first.recall([b"a"], make)
    first.recall([b"b"], make)
    second = Memory(tmp_path)
    second.recall([b"a"], make)
    second.forget_unused()
    assert len(list(tmp_path.iterdir())) == 1
    assert Memory(tmp_path).recall([b"a"], make) == b"made 1"
    assert make.times == 2


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    memory = Memory(tmp_path / "file" / "folder")
    assert memory.recall([b"a"], Counting()) == b"made 1"
    memory.forget_unused()


def test_a_rooms_code_and_versions_of_libraries_are_inputs_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = str(tmp_path / "room" / "a.py")
    for name in ("a.py", "b.py", "partials/a.xml.j2", "notes.txt"):
        (tmp_path / "room" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "room" / name).write_text(name, "utf-8")
    code.cache_clear()
    try:
        before = code(module, "pydantic")
        assert code(module, "pydantic") == before != code(module, "click")
        monkeypatch.setattr(remember, "version", lambda _: "0.0.0")
        code.cache_clear()
        other_version = code(module, "pydantic")
        assert other_version != before
        (tmp_path / "room/partials/a.xml.j2").write_text("changed", "utf-8")
        code.cache_clear()
        assert code(module, "pydantic") != other_version
    finally:
        code.cache_clear()


@pytest.mark.parametrize("damage", [b"", b"half", b"x" * 100])
def test_what_is_kept_and_was_damaged_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    make = Counting()
    Memory(tmp_path).recall([b"a"], make)
    [path] = tmp_path.iterdir()
    path.write_bytes(damage)
    assert Memory(tmp_path).recall([b"a"], make) == b"made 2"
    assert Memory(tmp_path).recall([b"a"], make) == b"made 2"


def test_what_somebody_else_put_there_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / "kept" / "a folder" / "below").mkdir(parents=True)
    memory = Memory(tmp_path / "kept")
    memory.recall([b"a"], Counting())
    memory.forget_unused()
    assert len(list((tmp_path / "kept").iterdir())) == 2


def test_a_place_that_is_a_file_is_no_place_to_keep_anything(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("mine", "utf-8")
    make = Counting()
    memory = Memory(tmp_path / "kept")
    assert [memory.recall([b"a"], make), memory.recall([b"a"], make)] == [b"made 1", b"made 2"]
    memory.forget_unused()
    assert (tmp_path / "kept").read_text("utf-8") == "mine"
