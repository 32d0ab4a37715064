"""Builds ended at random moments: `site/` is the old one, byte for byte, or the new one.

`KILLS=30 pytest tests/site/test_kills.py` ends thirty of each kind, as before a release; a test run ends a few.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import Copy
from tests.site.conftest import COMMAND, run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="signals are the systems' that know them"),
    pytest.mark.timeout(600),
]
KILLS = int(os.environ.get("KILLS", "4"))
PAGE = "docs/up.md"
LAYER = {"company/docs/ours.md": "# Ours\n", "company/site.yml": "name: Acme\n"}


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def same(found: Mapping[str, bytes], expected: Mapping[str, bytes]) -> bool:
    """Whether two sites are the same; the archive of the sitemap notes when it was made."""
    return {**found, "sitemap.xml.gz": b""} == {**expected, "sitemap.xml.gz": b""}


@pytest.mark.parametrize("layer", [False, True], ids=["alone", "with a company layer"])
@pytest.mark.parametrize("generator", ["mkdocs", "zensical"])
def test_a_build_that_is_ended_at_any_moment_leaves_the_old_site_or_the_new_one(
    whole_small: Copy, environment: dict[str, str], generator: str, layer: bool
) -> None:
    for name, text in LAYER.items() if layer else ():
        whole_small.write(name, text)
    texts = [f"# Up\n\nState {number} of this page.\n" for number in range(2)]
    command, site = [*COMMAND, "build", "--generator", generator], whole_small.root / "site"
    states, took = [], 0.0
    for text in texts:
        whole_small.write(PAGE, text)
        start = time.perf_counter()
        result = run(command, whole_small.root, environment)
        took = time.perf_counter() - start
        assert result.returncode == 0, result.stdout
        states.append(files(site))
    assert not same(*states)
    moments = random.Random(9)  # noqa: S311 - the same each time
    number, ended = 1, 0
    while ended < KILLS:
        whole_small.write(PAGE, texts[1 - number])
        process = subprocess.Popen(
            [sys.executable, *command], cwd=whole_small.root, env=environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        # Half of them near the end, where files are moved.
        time.sleep(took * moments.choice([moments.uniform(0, 1), moments.uniform(0.7, 1.05)]))
        process.send_signal(moments.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT]))
        ended += process.wait() != 0
        found = files(site)
        assert same(found, states[0]) or same(found, states[1]), f"neither old nor new after {ended} builds"
        number = 0 if same(found, states[0]) else 1
    whole_small.write(PAGE, texts[1 - number])
    assert run(command, whole_small.root, environment).returncode == 0
    assert same(files(site), states[1 - number])
    assert not (whole_small.root / ".build").exists()


DRAFT = "format: 1\ntemplate: form\nanswers: {}\n"
WRITERS = {
    "init": ["init", "--yes"],
    "export": ["export"],
    "schema": ["schema"],
    "fill": ["fill", "form", "draft.yml", "--to", "md", "-o", "out.md", "--force"],
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_command_that_is_killed_at_any_moment_has_written_all_or_nothing(
    whole_small: Copy, environment: dict[str, str], name: str
) -> None:
    """Between two moves a kill leaves some; then the next command makes the rest."""
    command = [*COMMAND, *WRITERS[name]]
    whole_small.write("draft.yml", DRAFT)
    whole_small.write("out.md", "the one before")
    start = time.perf_counter()
    result = run(command, whole_small.root, environment)
    took = time.perf_counter() - start
    assert result.returncode == 0, result.stdout
    after = _written(whole_small)
    moments = random.Random(9)  # noqa: S311 - the same each time
    ended, before = 0, {}
    while ended < KILLS:
        for each in ("company", "export", "data/schema", "docs/assets"):
            shutil.rmtree(whole_small.root / each, ignore_errors=True)
        whole_small.write("out.md", "the one before")
        before = before or _written(whole_small)
        process = subprocess.Popen(
            [sys.executable, *command], cwd=whole_small.root, env=environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(took * moments.uniform(0.5, 1))
        process.kill()
        ended += process.wait() != 0
        assert run([*COMMAND, "check"], whole_small.root, environment).returncode == 0
        assert _written(whole_small) in (before, after), f"neither all nor nothing after {ended} kills"
    assert before != after


def _written(project: Copy) -> dict[str, bytes]:
    """Every file of a project but what it remembers and compiles."""
    return {
        name: content
        for name, content in files(project.root).items()
        if not name.startswith((".cache/", "macros/"))
    }
