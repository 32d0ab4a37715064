"""Versions of upstream from folders, archives and git; archives that bite."""

from __future__ import annotations

import io
import stat
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.company.upgrading import versions
from macros.company.upgrading.versions import UpgradeError, opened
from tests.unit.company.test_upgrade import git_in
from tests.unit.company.upgrading.conftest import FILES, Kit, Tree

Names = dict[str, bytes]
CONTENT: Names = {name: text.encode() for name, text in FILES.items()}


def as_zip(path: Path, names: Names, mode: int = 0o644) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in names.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (stat.S_IFREG | mode) << 16
            zipped.writestr(info, content)
    return path


def as_tar(path: Path, names: Names, mode: int = 0o644) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for name, content in names.items():
            info = tarfile.TarInfo(name)
            info.size, info.mode = len(content), mode
            tar.addfile(info, io.BytesIO(content))
    return path


PACKERS = pytest.mark.parametrize("pack", [as_zip, as_tar])
Pack = Callable[..., Path]


def seen(root: Path, source: object) -> tuple[str, set[str]]:
    with opened(root, str(source)) as version:
        return version.number, set(version.ids)


def refused(root: Path, source: object) -> str:
    with pytest.raises(UpgradeError) as error, opened(root, str(source)):
        pass
    return str(error.value)


@PACKERS
@pytest.mark.parametrize("top", ["", "kit-0.1.0/", "./"])
def test_an_archive_is_a_version_with_or_without_a_folder_around_it(
    tmp_path: Path, pack: Pack, top: str
) -> None:
    archive = pack(tmp_path / "archive", {f"{top}{name}": content for name, content in CONTENT.items()})
    assert seen(tmp_path, archive.name) == ("0.1.0", set(FILES))


@PACKERS
def test_what_was_a_program_in_an_archive_stays_one(tmp_path: Path, pack: Pack) -> None:
    with opened(tmp_path, str(pack(tmp_path / "archive", CONTENT, 0o755))) as version:
        assert version.is_executable("docs/index.md") or sys.platform == "win32"
    with opened(tmp_path, str(pack(tmp_path / "archive", CONTENT))) as version:
        assert not version.is_executable("docs/index.md")


def test_a_folder_is_a_version_without_what_tools_made_in_it(kit: Kit) -> None:
    for name in (".venv/x", "site/x", "macros/__pycache__/x.pyc", "kit.egg-info/x", "company/x", ".git/x"):
        kit.newer[name] = "x"
    assert seen(kit.root, kit.newer.root) == ("0.1.0", set(FILES))


@PACKERS
@pytest.mark.parametrize(
    "name", ["../out.txt", "/out.txt", "docs/../../out.txt", "C:/out.txt", "docs\\..\\out.txt", "a\nb"]
)
def test_a_name_that_leads_out_of_an_archive_is_refused(tmp_path: Path, pack: Pack, name: str) -> None:
    archive = pack(tmp_path / "archive", {**CONTENT, name: b"x"})
    assert refused(tmp_path, archive).startswith("the archive holds a name that leads out of it: ")


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as tar:
        info = tarfile.TarInfo("docs/x.md")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(info)
    assert refused(tmp_path, "a.tar.gz") == "the archive holds a link or a device: 'docs/x.md'"
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as zipped:
        linked = zipfile.ZipInfo("docs/x.md")
        linked.external_attr = (stat.S_IFLNK | 0o777) << 16
        zipped.writestr(linked, "/etc/passwd")
    assert refused(tmp_path, "a.zip") == "the archive holds a link: 'docs/x.md'"


@PACKERS
def test_an_archive_that_unpacks_without_end_is_given_up(
    tmp_path: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "LARGEST", 2**20)
    archive = pack(tmp_path / "archive", {**CONTENT, "docs/bomb": b"\0" * (2**20 + 1)})
    assert refused(tmp_path, archive) == "the archive holds more than 1 MiB"


@PACKERS
def test_an_archive_of_too_many_files_is_given_up(
    tmp_path: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "MOST", 5)
    assert refused(tmp_path, pack(tmp_path / "archive", CONTENT)) == "the archive holds more than 5 files"


@PACKERS
def test_an_archive_that_is_cut_off_is_told(tmp_path: Path, pack: Pack) -> None:
    archive = pack(tmp_path / "archive", {**CONTENT, "docs/x": bytes(range(256)) * 100})
    archive.write_bytes(archive.read_bytes()[:-60])
    assert refused(tmp_path, archive).startswith("archive cannot be unpacked: ")


def test_an_archive_that_holds_a_file_twice_is_refused(tmp_path: Path) -> None:
    archive = as_zip(tmp_path / "a.zip", {**CONTENT, "docs/Index.md": b"x"})
    assert refused(tmp_path, archive) == "the archive holds 'docs/Index.md' twice"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("text.txt", "text.txt cannot be unpacked: "),
        ("other.zip", "'other.zip' is no playbook: it has no mkdocs.yml, data and docs"),
        (".", "'.' is this copy itself"),
        ("https://example.com/v1.zip", "nothing is downloaded here; download the version and name the file"),
        ("", "there is no file, no playbook's folder and no git revision '' here"),
        ("--help", "there is no file, no playbook's folder and no git revision '--help' here"),
        ("nowhere", "there is no file, no playbook's folder and no git revision 'nowhere' here"),
    ],
)
def test_what_is_no_version_is_told(kit: Kit, source: str, said: str) -> None:
    kit["text.txt"] = "text"
    as_zip(kit.root / "other.zip", {"a/readme.txt": b"x"})
    assert refused(kit.root, source).startswith(said)


def test_a_revision_is_a_version(kit: Kit) -> None:
    git = git_in(kit.root)
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "x")
    Tree(kit.root)["docs/later.md"] = "# Later\n"
    assert seen(kit.root, "main") == ("0.1.0", set(FILES))


def test_a_revision_without_git_is_told(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions.shutil, "which", lambda _: None)
    assert refused(kit.root, "main") == "there is no file or folder 'main', and git is not installed"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_in_a_folder_is_refused(kit: Kit) -> None:
    (kit.newer.root / "docs/x.md").symlink_to("/etc/passwd")
    assert refused(kit.root, kit.newer.root).endswith("docs/x.md is a link or no file; upstream has none")
