"""Built sites, once for each worker."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import ROOT, copy_project


@dataclass
class Site:
    """A built site."""

    folder: Path
    output: str
    given: dict[str, LexborHTMLParser] | None = None

    @cached_property
    def pages(self) -> dict[str, LexborHTMLParser]:
        """Every page by its address below the site's root; the home page is the empty one."""
        if self.given is not None:
            return self.given
        return {
            path.relative_to(self.folder).as_posix().removesuffix("index.html"): LexborHTMLParser(
                path.read_text("utf-8")
            )
            for path in sorted(self.folder.rglob("*.html"))
        }


def run(arguments: list[str], cwd: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run Python with arguments; output and errors together, as people see them."""
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=environment,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False,
    )  # fmt: skip


PLAYBOOK = ["-c", "from macros.cli import main; main()"]
COMMAND = ["-c", "from macros.cli import run; run()"]
"""As the installed command: signals, streams and all."""


@pytest.fixture(scope="session")
def mkdocs_site(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Site:
    folder = tmp_path_factory.mktemp("mkdocs") / "site"
    result = run(["-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)], ROOT, environment)
    assert result.returncode == 0, result.stdout
    return Site(folder, result.stdout)


@pytest.fixture(scope="session")
def zensical_site(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Site:
    root = copy_project(tmp_path_factory.mktemp("zensical") / "project")
    result = run([*PLAYBOOK, "build", "--generator", "zensical"], root, environment)
    assert result.returncode == 0, result.stdout
    return Site(root / "site", result.stdout)


@pytest.fixture(params=["mkdocs_site", "zensical_site"])
def site(request: pytest.FixtureRequest) -> Site:
    """Each generator's site in turn."""
    found: Site = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def build(environment: dict[str, str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Call `mkdocs build` directly in a project."""

    def call(root: Path, *flags: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return run(["-m", "mkdocs", "build", *flags], root, {**environment, **settings})

    return call
