"""Where `site/` lies, and what stands in the way: links, mounts, full and read-only disks, two builds at once.

File systems are mounted for a moment in a name space of the test's own, where the system lets us.
"""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from tests.conftest import Copy
from tests.site.conftest import COMMAND
from tests.site.test_kills import files

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="mounts are Linux'"),
]
BUILD = f"{sys.executable} -c '{COMMAND[1]}' build"


@pytest.fixture
def old(whole_small: Copy, environment: dict[str, str]) -> dict[str, bytes]:
    """A site that was built, and a page that changed since."""
    subprocess.run(
        ["bash", "-c", BUILD], cwd=whole_small.root, env=environment, check=True, capture_output=True
    )
    before = files(whole_small.root / "site")
    whole_small.write("docs/up.md", "# Up\n\nChanged since.\n")
    return before


def mounted(project: Copy, environment: dict[str, str], code: str) -> subprocess.CompletedProcess[str]:
    """Run shell code in a name space in which it may mount; `site/` is copied to `seen/` at its end."""
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-rm", "true"], check=False).returncode:
        pytest.skip("this system gives no file systems of one's own")
    return subprocess.run(
        ["unshare", "-rm", "bash", "-c", f"{code}\ncode=$?\ncp -rL site ../seen\nexit $code"],
        cwd=project.root, env=environment, check=False, capture_output=True, encoding="utf-8",
    )  # fmt: skip


def test_a_site_that_is_a_mount_point_is_refilled(
    whole_small: Copy, environment: dict[str, str], old: dict[str, bytes]
) -> None:
    result = mounted(
        whole_small, environment,
        f"cp -r site ../old && mount -t tmpfs none site && cp -r ../old/. site && touch site/left.html && {BUILD}",
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    seen = files(whole_small.root.parent / "seen")
    assert b"Changed since." in seen["up/index.html"]
    assert set(seen) == set(old)


def test_a_mount_point_without_room_keeps_the_old_site(
    whole_small: Copy, environment: dict[str, str], old: dict[str, bytes]
) -> None:
    result = mounted(
        whole_small, environment,
        f"cp -r site ../old && mount -t tmpfs -o size=5m none site && cp -r ../old/. site && {BUILD}",
    )  # fmt: skip
    assert result.returncode == 1
    assert result.stderr.endswith(
        "The site: cannot be written: No space left on device; site/ is as it was.\n"
    )
    assert files(whole_small.root.parent / "seen") == old


@pytest.mark.parametrize("generator", ["mkdocs", "zensical"])
def test_a_full_disk_keeps_the_old_site(
    whole_small: Copy, environment: dict[str, str], old: dict[str, bytes], generator: str
) -> None:
    result = mounted(
        whole_small, environment,
        f"mkdir .build && mount -t tmpfs -o size=1m none .build && {BUILD} --generator {generator}",
    )  # fmt: skip
    assert result.returncode == 1
    assert "No space left on device" in result.stderr
    assert "Traceback" not in result.stderr
    assert files(whole_small.root.parent / "seen") == old


def test_what_is_built_on_another_file_system_is_put_in_place_all_the_same(
    whole_small: Copy, environment: dict[str, str], old: dict[str, bytes]
) -> None:
    result = mounted(whole_small, environment, f"mkdir .build && mount -t tmpfs none .build && {BUILD}")
    assert result.returncode == 0, result.stderr
    assert b"Changed since." in files(whole_small.root.parent / "seen")["up/index.html"]


def test_where_nothing_may_be_written_that_is_said(
    whole_small: Copy, environment: dict[str, str], old: dict[str, bytes]
) -> None:
    result = mounted(whole_small, environment, f'mount -o bind,ro . . && cd "$PWD" && {BUILD}')
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert result.stderr.endswith("Read-only file system; site/ is as it was.\n")
    assert files(whole_small.root.parent / "seen") == old


def test_a_file_in_the_place_of_the_site_is_left_alone(
    whole_small: Copy, environment: dict[str, str]
) -> None:
    whole_small.write("site", "mine")
    result = subprocess.run(
        ["bash", "-c", BUILD],
        cwd=whole_small.root,
        env=environment,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert result.returncode == 1
    assert result.stderr.endswith("site: cannot be written: Not a directory; site/ is as it was.\n")
    assert whole_small.read("site") == "mine"


@pytest.mark.parametrize("layer", [False, True])
def test_two_builds_at_once_leave_one_whole_site(
    whole_small: Copy, environment: dict[str, str], layer: bool
) -> None:
    if layer:
        whole_small.write("company/docs/ours.md", "# Ours\n")
    processes = [
        subprocess.Popen(
            ["bash", "-c", f"{BUILD} --generator {generator}"], cwd=whole_small.root, env=environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for generator in ("mkdocs", "zensical", "mkdocs")
    ]  # fmt: skip
    assert [process.wait() for process in processes] == [0, 0, 0]
    assert (whole_small.root / "site/llms.txt").is_file()
    assert (whole_small.root / "site/ours/index.html").is_file() == layer
    assert not (whole_small.root / ".build").exists()


@pytest.mark.parametrize("damage", [b"", b"foreign" * 300])
def test_a_damaged_memory_changes_nothing_in_the_site(
    whole_small: Copy, environment: dict[str, str], old: dict[str, bytes], damage: bytes
) -> None:
    whole_small.write("docs/up.md", "{{ pillars() }}\n")
    sites = []
    for _ in range(2):
        subprocess.run(
            ["bash", "-c", BUILD], cwd=whole_small.root, env=environment, check=True, capture_output=True
        )
        sites.append(files(whole_small.root / "site"))
        for path in (whole_small.root / ".cache/playbook").rglob("*"):
            if path.is_file():
                path.write_bytes(damage)
    assert sites[0] == sites[1]
