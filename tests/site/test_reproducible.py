"""The same commit makes the same site, byte for byte, wherever and whenever it is built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, copy_project
from tests.site.conftest import PLAYBOOK

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="no umask and no time zones by name"),
]

ADDRESS = "https://wiki.example.com/mlops/"
OTHER_DAY = """
import datetime, time
shift = 5 * 365 * 86400 + 4321
now, localtime, gmtime = time.time, time.localtime, time.gmtime
time.time = lambda: now() + shift
time.localtime = lambda seconds=None: localtime(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: gmtime(time.time() if seconds is None else seconds)
class Day(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)
    @classmethod
    def utcnow(cls):
        return cls.utcfromtimestamp(time.time())
datetime.datetime = Day
class Today(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())
datetime.date = Today
"""
"""Python imports `sitecustomize` at its start, in the build's second process, too: it is five years later."""


def built(
    root: Path, generator: str, environment: dict[str, str], umask: int, **settings: str
) -> dict[str, bytes]:
    """Every file of a site, built there under such circumstances."""
    result = subprocess.run(
        [sys.executable, *PLAYBOOK, "build", "--generator", generator], cwd=root, check=False, encoding="utf-8",
        env={**environment, "SITE_URL": ADDRESS, **settings}, umask=umask,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout
    site = root / "site"
    return {
        path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize("generator", ["mkdocs", "zensical"])
def test_another_folder_day_time_zone_locale_umask_and_hash_seed_make_the_same_bytes(
    tmp_path: Path, environment: dict[str, str], generator: str
) -> None:
    company = ROOT / "examples" / "bank"
    one = copy_project(tmp_path / "one")
    shutil.copytree(company, one / "company")
    other = copy_project(tmp_path / "b" / "Größe & co")
    shutil.copytree(company, other / "company")
    (tmp_path / "later").mkdir()
    (tmp_path / "later" / "sitecustomize.py").write_text(OTHER_DAY, "utf-8")
    first = built(one, generator, environment, 0o022, TZ="UTC", LC_ALL="C.UTF-8", PYTHONHASHSEED="1")
    later = built(
        other, generator, environment, 0o077,
        TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONHASHSEED="2", PYTHONPATH=str(tmp_path / "later"),
    )  # fmt: skip
    assert [name for name in sorted({*first, *later}) if first.get(name) != later.get(name)] == []
    assert len(first) > 200
    assert b"<loc>" + ADDRESS.encode() in first["sitemap.xml"]


def test_the_other_day_is_another_day(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(OTHER_DAY, "utf-8")
    code = "import datetime; from mkdocs.utils import get_build_date; print(get_build_date(), datetime.date.today())"
    days = [
        subprocess.run([sys.executable, "-c", code], env={**os.environ, "TZ": "UTC", **paths}, capture_output=True,
                       encoding="utf-8", check=True).stdout.split()
        for paths in ({}, {"PYTHONPATH": str(tmp_path)})
    ]  # fmt: skip
    assert all(int(after[:4]) - int(before[:4]) == 5 for before, after in zip(*days, strict=True))


def test_what_is_remembered_makes_the_same_bytes(tmp_path: Path, environment: dict[str, str]) -> None:
    root = copy_project(tmp_path / "one")
    first = built(root, "mkdocs", environment, 0o022)
    assert built(root, "mkdocs", environment, 0o022) == first
