"""`playbook build-all`: many companies' sites, each as `playbook build` makes it."""

from __future__ import annotations

import filecmp
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.scale import generate
from tests.site.conftest import PLAYBOOK, run

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate.project(tmp_path_factory.mktemp("kit") / "kit")


@pytest.fixture(scope="module")
def layers(kit: Path) -> Path:
    folder = kit / "layers"
    for name in ("bank", "startup"):
        shutil.copytree(ROOT / "examples" / name, folder / name)
    shutil.copytree(ROOT / "examples" / "retailer", folder / "r&d <1>")
    (folder / "broken").mkdir()
    (folder / "broken/roles.yml").write_text("roles:\n  - {id: nobody, name: Nobody}\n", "utf-8")
    (folder / "note.txt").write_text("no company", "utf-8")
    return folder


@pytest.fixture(scope="module")
def first(kit: Path, layers: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """One run over three good layers and a broken one."""
    return run([*PLAYBOOK, "build-all", "layers", "--jobs", "2"], kit, environment)


def test_one_that_fails_stops_no_other_and_is_told_by_its_own_file(
    first: subprocess.CompletedProcess[str], kit: Path
) -> None:
    assert first.returncode == 1
    assert "layers/broken/roles.yml:2:10: roles[0].id: no role 'nobody' to change" in first.stdout
    assert "skipped: layers/note.txt is a file" in first.stdout
    assert "3 of 4 built; sites/index.html lists them." in first.stdout
    assert sorted(path.name for path in (kit / "sites").iterdir()) == [
        "bank",
        "index.html",
        "r&d <1>",
        "startup",
    ]
    assert not (kit / ".build").exists()


def test_each_site_is_what_a_build_of_its_own_gives(
    first: subprocess.CompletedProcess[str], kit: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    assert first.stdout
    alone = generate.project(tmp_path / "alone")
    shutil.copytree(ROOT / "examples" / "bank", alone / "company")
    assert run([*PLAYBOOK, "build"], alone, environment).returncode == 0
    assert _different(filecmp.dircmp(alone / "site", kit / "sites/bank")) == []


def test_a_site_is_built_anew_and_an_older_one_of_a_broken_layer_stays(
    first: subprocess.CompletedProcess[str], kit: Path, layers: Path, environment: dict[str, str]
) -> None:
    assert first.stdout
    (kit / "sites/bank/left.html").write_text("old", "utf-8")
    (layers / "startup/roles.yml").write_text("roles: [", "utf-8")
    again = run([*PLAYBOOK, "build-all", "layers", "--jobs", "2"], kit, environment)
    assert again.returncode == 1
    assert not (kit / "sites/bank/left.html").exists()
    assert (kit / "sites/startup/index.html").is_file()
    assert "an older version: the last build failed" in (kit / "sites/index.html").read_text("utf-8")


def test_zensical_builds_them_as_well(kit: Path, environment: dict[str, str], tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "bank", tmp_path / "all/bank")
    flags = ["--generator", "zensical", "--output", str(tmp_path / "sites"), "--url", "https://e.org/all"]
    result = run([*PLAYBOOK, "build-all", str(tmp_path / "all"), *flags], kit, environment)
    assert result.returncode == 0, result.stdout
    assert "https://e.org/all/bank/" in (tmp_path / "sites/bank/sitemap.xml").read_text("utf-8")
    assert (tmp_path / "sites/bank/approval-path/index.html").is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none"], "does not exist"),
        (["empty"], "empty holds no company"),
        (["layers", "--output", "docs/x"], "lies in docs/"),
        (["layers", "--output", "."], "holds what is built from"),
        (["layers", "--output", "taken"], "taken/index.html is not written by this command"),
    ],
)
def test_nothing_else_is_overwritten(
    kit: Path, layers: Path, environment: dict[str, str], arguments: list[str], said: str
) -> None:
    assert layers.is_dir()
    (kit / "empty").mkdir(exist_ok=True)
    (kit / "taken").mkdir(exist_ok=True)
    (kit / "taken/index.html").write_text("mine", "utf-8")
    result = run([*PLAYBOOK, "build-all", *arguments], kit, environment)
    assert result.returncode == 2
    assert said in result.stdout


def _different(pair: filecmp.dircmp[str]) -> list[str]:
    here = [*pair.left_only, *pair.right_only, *pair.diff_files, *pair.funny_files]
    return [*here, *(name for below in pair.subdirs.values() for name in _different(below))]
