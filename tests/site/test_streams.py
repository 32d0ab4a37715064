"""Commands whose input, output or errors are closed, full, or read by nobody: no traceback, nothing lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Copy
from tests.site.conftest import COMMAND
from tests.site.test_kills import files

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/dev/full is Linux' own"),
]
STREAMS = [
    "<&-",
    ">&-",
    "2>&-",
    ">&- 2>&-",
    "<&- >&- 2>&-",
    ">/dev/full",
    "2>/dev/full",
    "| head -c 1",
    "2>&1 | true",
]


def shell(
    project: Copy, environment: dict[str, str], arguments: str, streams: str
) -> subprocess.CompletedProcess[str]:
    """Run a command with its streams as a shell sets them; its exit code, not that of what reads it."""
    code = f"{sys.executable} -c '{COMMAND[1]}' {arguments} {streams}"
    return subprocess.run(
        ["bash", "-c", f"{code}; exit ${{PIPESTATUS[0]}}"], cwd=project.root, env=environment, check=False,
        stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize("streams", STREAMS)
def test_a_check_ends_whatever_its_streams_are(
    whole_small: Copy, environment: dict[str, str], streams: str
) -> None:
    before = files(whole_small.root)
    whole_small.edit("data/raci.yml", "builder: R/A", "bilder: R/A")
    result = shell(whole_small, environment, "check", streams)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    whole_small.edit("data/raci.yml", "bilder: R/A", "builder: R/A")
    assert {name for name in files(whole_small.root) if "__pycache__" not in name} == {*before}


@pytest.mark.parametrize("generator", ["mkdocs", "zensical"])
@pytest.mark.parametrize("streams", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_build_ends_with_a_whole_site_whatever_its_streams_are(
    whole_small: Copy, environment: dict[str, str], generator: str, streams: str
) -> None:
    result = shell(whole_small, environment, f"build --generator {generator}", streams)
    assert "Traceback" not in result.stderr
    assert result.returncode == 0, result.stderr
    assert "Train" in (whole_small.root / "site/organization/raci/index.html").read_text("utf-8")


def test_output_for_which_there_is_no_room_is_told_with_an_exit_code(
    whole_small: Copy, environment: dict[str, str]
) -> None:
    result = shell(whole_small, environment, "schema --check", ">/dev/full")
    assert (result.returncode, result.stderr) == (1, "cannot read or write: No space left on device\n")


def test_a_folder_that_is_gone_is_told_in_a_sentence(
    whole_small: Copy, environment: dict[str, str], tmp_path: Path
) -> None:
    environment = {**environment, "PYTHONPATH": str(whole_small.root)}
    (tmp_path / "gone").mkdir()
    result = subprocess.run(
        ["bash", "-c", f"cd gone && rmdir ../gone && {sys.executable} -c '{COMMAND[1]}' check"],
        cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert result.returncode == 2
    assert "the current folder is not there any more" in result.stderr
    assert "Traceback" not in result.stderr
