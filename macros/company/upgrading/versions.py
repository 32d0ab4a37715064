"""A version of upstream, wherever it lies: a folder, an archive of a tag, a revision in git."""

from __future__ import annotations

import io
import re
import shutil
import stat
import subprocess
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from macros.company.upgrading.ids import blob_id
from macros.company.upgrading.record import files_below

LARGEST = 200 * 2**20
"""How much an archive may hold, unpacked: the kit has 5 MB."""
MOST = 20_000
"""How many files it may hold."""
NEEDED = ("mkdocs.yml", "data", "docs")
"""What makes a folder a playbook."""


class UpgradeError(Exception):
    """An upgrade, or a look at one, cannot be made; the message says why."""


@dataclass(frozen=True)
class Version:
    """Upstream's files of one version.

    Args:
        called: what messages call it.
        number: the kit's version as its pyproject.toml says; empty where it says none.
        root: the folder in which they lie.
        ids: blob id by path.
    """

    called: str
    number: str
    root: Path
    ids: Mapping[str, str]

    def content(self, path: str) -> bytes:
        """What a file holds."""
        return (self.root / path).read_bytes()

    def is_executable(self, path: str) -> bool:
        """Whether a file can be run as a program."""
        return bool((self.root / path).stat().st_mode & stat.S_IXUSR)


@contextmanager
def opened(root: Path, source: str) -> Iterator[Version]:
    """A version to read, for as long as the context lasts.

    Args:
        root: the copy; a relative path and a revision are looked for there.
        source: a folder, a .zip or .tar.gz, or a git revision such as ``upstream/main``.

    Raises:
        UpgradeError: there is no such version, or it cannot be read.
    """
    path = root / source
    if source and path.is_dir() and _is_playbook(path):
        if path.resolve() == root.resolve():
            raise UpgradeError(f"'{source}' is this copy itself")
        yield _version(source, path)
        return
    with tempfile.TemporaryDirectory(prefix="playbook-") as name:
        target = Path(name)
        if source and path.is_file():
            unpack(path, target)
        else:
            _from_git(root, source, target)
        yield _version(source, _top(target, source))


def _is_playbook(folder: Path) -> bool:
    return all((folder / name).exists() for name in NEEDED)


def _top(folder: Path, source: str) -> Path:
    """Where the playbook begins: an archive of a tag has one folder around it."""
    inside = [each for each in folder.iterdir() if each.is_dir() and each.name != "__MACOSX"]
    for each in [folder, *inside][:2] if len(inside) == 1 else [folder]:
        if _is_playbook(each):
            return each
    raise UpgradeError(f"'{source}' is no playbook: it has no {', '.join(NEEDED[:-1])} and {NEEDED[-1]}")


def _version(called: str, root: Path) -> Version:
    ids = {}
    for path in files_below(root):
        file = root / path
        if file.is_symlink() or not file.is_file():
            raise UpgradeError(f"{called}: {path} is a link or no file; upstream has none")
        try:
            ids[path] = blob_id(file.read_bytes())
        except OSError as error:
            raise UpgradeError(f"{called}: {path} cannot be read: {error.strerror}") from None
    return Version(called, number_of(root), root, ids)


def number_of(root: Path) -> str:
    """The version of the kit in a folder; empty where it does not say."""
    try:
        return str(tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


# --- archives -------------------------------------------------------------------------------


def unpack(archive: Path, target: Path) -> None:
    """Write what an archive holds into a folder, and nothing outside of it.

    Raises:
        UpgradeError: it is no archive, is broken, holds a link or a name that leads out, or is too large.
    """
    try:
        if zipfile.is_zipfile(archive):
            with zipfile.ZipFile(archive) as zipped:
                _unzip(zipped, target)
        else:
            with archive.open("rb") as file:
                _untar(file, target)
    except (
        tarfile.TarError,
        zipfile.BadZipFile,
        EOFError,
        OSError,
        RuntimeError,
        NotImplementedError,
    ) as error:
        raise UpgradeError(f"{archive.name} cannot be unpacked: {error}") from None
    except Exception as error:
        # zlib and lzma have errors of their own, with no class in common.
        if type(error).__name__ not in ("error", "LZMAError"):
            raise
        raise UpgradeError(f"{archive.name} cannot be unpacked: {error}") from None


class _Bounds:
    """Counts what an archive gives, whatever its headers say."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.left = LARGEST
        self.seen: set[str] = set()

    def put(self, name: str, content: IO[bytes], executable: int) -> None:
        """Write one file of it."""
        path = self.name(name)
        if path.casefold() in self.seen:
            raise UpgradeError(f"the archive holds '{path}' twice")
        self.seen.add(path.casefold())
        if len(self.seen) > MOST:
            raise UpgradeError(f"the archive holds more than {MOST} files")
        place = self.target / path
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as file:
            while chunk := content.read(2**16):
                self.left -= len(chunk)
                if self.left < 0:
                    raise UpgradeError(f"the archive holds more than {LARGEST // 2**20} MiB")
                file.write(chunk)
        if executable & stat.S_IXUSR:
            place.chmod(0o755)

    @staticmethod
    def name(name: str) -> str:
        """A name in the archive, if it stays inside."""
        name = re.sub(r"^(\./)+", "", name)
        if name.startswith("/") or re.search(r"[\x00-\x1f\x7f\\:]|(^|/)\.\.?(/|$)", name):
            raise UpgradeError(f"the archive holds a name that leads out of it: {name!r}")
        return name


def _unzip(zipped: zipfile.ZipFile, target: Path) -> None:
    bounds = _Bounds(target)
    for info in zipped.infolist():
        mode = info.external_attr >> 16
        if stat.S_ISLNK(mode):
            raise UpgradeError(f"the archive holds a link: '{info.filename}'")
        if not info.is_dir():
            with zipped.open(info) as content:
                bounds.put(info.filename, content, mode)


def _untar(file: IO[bytes], target: Path) -> None:
    bounds = _Bounds(target)
    with tarfile.open(fileobj=file, mode="r|*") as tar:
        for info in tar:
            if info.isdir():
                continue
            content = tar.extractfile(info) if info.isreg() else None
            if content is None:
                raise UpgradeError(f"the archive holds a link or a device: '{info.name}'")
            bounds.put(info.name, content, info.mode)


# --- git ------------------------------------------------------------------------------------


def git(root: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes] | None:
    """What a git command gives in a folder; None where git is not installed."""
    program = shutil.which("git")
    if program is None:
        return None
    return subprocess.run(  # noqa: S603 - arguments of our own; what a person names is verified first
        [program, *arguments], cwd=root, input=given, capture_output=True, check=False
    )


def commit_of(root: Path, revision: str) -> str:
    """The commit that a revision names, or an empty string."""
    # The full form keeps a revision that begins with a dash from being read as an option.
    wanted = f"{revision}^{{commit}}"
    found = git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", wanted)
    return found.stdout.decode().strip() if found is not None and found.returncode == 0 else ""


def _from_git(root: Path, revision: str, target: Path) -> None:
    if re.match(r"(https?|git|ssh)://|git@", revision):
        raise UpgradeError("nothing is downloaded here; download the version and name the file")
    if shutil.which("git") is None:
        raise UpgradeError(f"there is no file or folder '{revision}', and git is not installed")
    commit = commit_of(root, revision)
    if not commit:
        message = f"there is no file, no playbook's folder and no git revision '{revision}' here"
        raise UpgradeError(f"{message}; fetch a revision first: git fetch upstream")
    archive = git(root, "archive", "--format=tar", commit)
    if archive is None or archive.returncode != 0:
        raise UpgradeError(f"git cannot read '{revision}'")
    try:
        _untar(io.BytesIO(archive.stdout), target)
    except (tarfile.TarError, OSError) as error:
        raise UpgradeError(f"'{revision}' cannot be unpacked: {error}") from None


def has_common_history(root: Path, revision: str) -> bool:
    """Whether git finds a commit that a revision and this copy have in common.

    In a shallow clone it sees no further than the clone's boundary.
    """
    commit = commit_of(root, revision)
    found = git(root, "merge-base", "HEAD", commit) if commit else None
    return found is not None and found.returncode == 0
