"""What a rebuild depends on, as it is at a moment: whatever changes makes a difference."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.site import watch as module
from macros.site.watch import settled, state
from tests.conftest import Copy

posix = pytest.mark.skipif(sys.platform == "win32", reason="times and links are different there")
PAGE = "docs/up.md"


def _keeping_size_and_time(small: Copy) -> None:
    before = (small.root / PAGE).stat()
    small.write(PAGE, small.read(PAGE).swapcase())
    os.utime(small.root / PAGE, ns=(before.st_atime_ns, before.st_mtime_ns))


def _atomically(small: Copy) -> None:
    before = (small.root / PAGE).stat()
    new = small.write(f"{PAGE}.tmp", small.read(PAGE))
    os.utime(new, ns=(before.st_atime_ns, before.st_mtime_ns))
    new.replace(small.root / PAGE)


@posix
@pytest.mark.parametrize(
    "change",
    [
        lambda small: small.write(PAGE, "# Other\n"),
        _keeping_size_and_time,
        _atomically,
        lambda small: os.utime(small.root / PAGE, (0, 0)),
        lambda small: (small.root / PAGE).chmod(0o600),
        lambda small: (small.root / PAGE).unlink(),
        lambda small: small.write("docs/new/page.md", ""),
        lambda small: small.write("company/roles.yml", ""),
        lambda small: (small.root / "data").rename(small.root / "elsewhere"),
        lambda small: (small.root / "mkdocs.yml").unlink(),
        lambda small: (small.root / "docs/a.md").symlink_to("nowhere"),
    ],
)
def test_what_changes_makes_a_difference(small: Copy, change: Callable[[Copy], object]) -> None:
    before = state(small.root)
    assert before == state(small.root)
    change(small)
    assert state(small.root) != before


@pytest.mark.parametrize(
    "name", [".#up.md", "up.md~", "4913", ".up.md.swp", "#up.md#", "~$up.docx", ".DS_Store"]
)
def test_what_editors_and_systems_put_beside_makes_none(small: Copy, name: str) -> None:
    before = state(small.root)
    small.write(f"docs/{name}", "x")
    small.write("docs/__pycache__/x.pyc", "")
    small.write("site/index.html", "")
    small.write(".build/x", "")
    assert state(small.root) == before


@posix
def test_a_link_that_leads_in_circles_ends(small: Copy) -> None:
    (small.root / "docs/loop").symlink_to(".")
    assert len(state(small.root)) < 200


def test_a_project_that_is_not_there_is_a_state_too(tmp_path: Path) -> None:
    assert state(tmp_path / "gone") == state(tmp_path / "gone")


def test_a_change_is_built_once_nothing_follows() -> None:
    states = iter([{"a": (2,)}, {"a": (3,)}, {"a": (3,)}, {"a": (4,)}])
    waited: list[float] = []
    assert settled({"a": (1,)}, lambda: next(states), waited.append) == {"a": (3,)}
    assert waited == [module.SETTLED] * 3


def test_changes_that_never_end_are_built_all_the_same() -> None:
    numbers = iter(range(10_000))
    found = settled({}, lambda: {"a": (next(numbers),)}, lambda _: None)
    assert found == {"a": (int(module.PATIENCE / module.SETTLED) - 1,)}
