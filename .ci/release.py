#!/usr/bin/env python3
"""Releases: from what is unreleased to a version with its commit, tag, notes and files.

    release.py make 0.2.0 [--dry-run]   change the changelog and the version, commit, tag
    release.py verify v0.2.0            does the tag fit the version and the changelog?
    release.py notes 0.2.0              print what the changelog says about a version
    release.py assets 0.2.0 dist        write the files that a release offers, from site/

`make release VERSION=0.2.0` calls the first; the workflow Release calls the others.
"""

from __future__ import annotations

import argparse
import datetime
import importlib.util
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / ".ci"))

import sbom  # noqa: E402 - lies beside this script, in no package

CHANGELOG = "CHANGELOG.md"
PROJECT = "pyproject.toml"
NAVIGATION = "mkdocs.yml"
RENAMED = "data/renamed.yml"
RECORDED = "upstream"
UNRELEASED = "Unreleased"
MAIN = "main"

Version = tuple[int, int, int]


class ReleaseError(Exception):
    """A release that cannot be made, with all the reasons."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


# --- versions and the changelog -----------------------------------------------------------


def version(text: object) -> Version | None:
    """The three numbers of `x.y.z`; None for anything else."""
    found = re.fullmatch(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)", str(text))
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


class Section(NamedTuple):
    """A heading of the changelog, and the text below it up to the next of its level."""

    title: str
    text: str


def sections(text: str, level: int = 2) -> list[Section]:
    """The sections of a level. What stands above the first heading is a section without a title.

    A line in a fenced block is no heading. The headings and texts together are the whole text.
    """
    mark = "#" * level + " "
    found = [Section("", "")]
    fenced = False
    for line in text.splitlines(keepends=True):
        fenced ^= line.startswith("```")
        if line.startswith(mark) and not fenced:
            found.append(Section(line.removeprefix(mark).strip(), ""))
        else:
            found[-1] = Section(found[-1].title, found[-1].text + line)
    return found


def texts(changelog: str, title: str, level: int = 2) -> list[str]:
    """The texts below a heading, as often as it stands there."""
    return [section.text for section in sections(changelog, level) if section.title == title]


def said(text: str) -> str:
    """A section's text without comments and without headings that have nothing below them."""
    plain = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    parts = [(title, below.strip()) for title, below in sections(plain, 3)]
    return "\n\n".join(f"### {title}\n\n{below}" if title else below for title, below in parts if below)


def notes(changelog: str, wanted: str) -> str | None:
    """What the changelog says about a released version; None when it has no section."""
    for title, text in sections(changelog):
        if re.fullmatch(re.escape(wanted) + r" \([0-9]{4}-[0-9]{2}-[0-9]{2}\)", title):
            return said(text) + "\n"
    return None


def released(changelog: str, wanted: str, day: datetime.date) -> str:
    """The changelog with all that is unreleased under the version, below an empty *Unreleased*."""
    parts = []
    for title, text in sections(changelog):
        if title == UNRELEASED:
            parts.append(f"## {UNRELEASED}\n\n## {wanted} ({day:%Y-%m-%d})\n\n{said(text)}\n\n")
        else:
            parts.append(f"## {title}\n{text}" if title else text)
    return "".join(parts).rstrip("\n") + "\n"


def present(project: str) -> str:
    """The version that pyproject.toml has.

    Raises:
        ReleaseError: when it has none.
    """
    try:
        return str(tomllib.loads(project)["project"]["version"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError):
        raise ReleaseError(f"{PROJECT} has no version that can be read.") from None


def with_version(project: str, wanted: str) -> str:
    """pyproject.toml with another version, and nothing else changed."""
    before = present(project)
    for found in re.finditer(rf"""^version\s*=\s*["']({re.escape(before)})["']""", project, re.MULTILINE):
        changed = project[: found.start(1)] + wanted + project[found.end(1) :]
        if present(changed) == wanted:
            return changed
    raise ReleaseError(f"{PROJECT}: the version {before} does not stand on a line of its own.")


# --- why a release is refused -------------------------------------------------------------


@dataclass(frozen=True)
class State:
    """What decides whether a release can be made."""

    project: str
    changelog: str
    renamed: str
    branch: str
    changed: Sequence[str]
    """Files that are not committed."""
    hidden: Sequence[str]
    """Pages that stand in no navigation."""
    tags: frozenset[str]


def refusals(wanted: str, state: State) -> list[str]:
    """Every reason against the release, as sentences; empty when it can be made."""
    return [
        *_of_version(wanted, state),
        *_of_changelog(state.changelog),
        *_of_renames(wanted, state),
        *_of_repository(state),
        *(f"{NAVIGATION} lists docs/{page} nowhere, so no reader finds it." for page in state.hidden),
    ]


def _of_version(wanted: str, state: State) -> Iterator[str]:
    before = present(state.project)
    new, old = version(wanted), version(before)
    if new is None:
        yield f"VERSION is '{wanted}'; write it as x.y.z, for example: make release VERSION=0.2.0"
    elif old is None:
        yield f"{PROJECT} has the version '{before}', which is not x.y.z."
    elif new <= old:
        yield f"VERSION {wanted} is not greater than {before}, the present version in {PROJECT}."
    if f"v{wanted}" in state.tags:
        yield f"The tag v{wanted} exists already."


def _of_changelog(changelog: str) -> Iterator[str]:
    found = texts(changelog, UNRELEASED)
    if len(found) != 1:
        yield f"{CHANGELOG} needs the heading '## {UNRELEASED}' once; it has it {len(found)} times."
    elif not said(found[0]):
        yield f"{CHANGELOG} says nothing under '{UNRELEASED}', so there is nothing to release."


def _of_renames(wanted: str, state: State) -> Iterator[str]:
    try:
        entries = renames(state.renamed)
    except ReleaseError as error:
        yield from error.reasons
        return
    for entry in entries:
        if reason := _of_rename(entry, wanted, state.changelog):
            yield f"{RENAMED}: {entry.get('list')} '{entry.get('old')}' {reason}"


def _of_rename(entry: Mapping[str, Any], wanted: str, changelog: str) -> str | None:
    """What is wrong with one entry, or None. An entry that no release has told has to be told now."""
    since = entry.get("since")
    new, number = version(wanted), version(since)
    if since is None:
        places = [text for _, text in sections(changelog)]
    elif number is None:
        return f"has since: {since}, which is not x.y.z."
    elif new and number > new:
        return f"has since: {since}, which is later than {wanted}."
    elif new and number < new and notes(changelog, str(since)) is None:
        return f"has since: {since}, which was never released; write since: {wanted}"
    elif number != new:
        return None
    else:
        places = texts(changelog, UNRELEASED)
    if any(_breaks(text, entry) for text in places):
        return None
    return f"is not named under '### Breaking' of '{UNRELEASED}' in {CHANGELOG}."


def _breaks(section: str, entry: Mapping[str, Any]) -> bool:
    """Whether an entry's old id stands under *Breaking* in a section of the changelog."""
    old = rf"(?<![\w-]){re.escape(str(entry.get('old')))}(?![\w-])"
    return any(re.search(old, text) for text in texts(section, "Breaking", 3))


def renames(text: str) -> list[Mapping[str, Any]]:
    """The entries of data/renamed.yml.

    Raises:
        ReleaseError: when the file has another shape.
    """
    import yaml  # noqa: PLC0415 - verify, notes and assets run on a bare Python

    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError:
        raise ReleaseError(f"{RENAMED} is not YAML; 'make check' says where.") from None
    entries = data.get("renamed") if isinstance(data, dict) else None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ReleaseError(f"{RENAMED} is not a list of entries under 'renamed:'; 'make check' says where.")
    return entries


def _of_repository(state: State) -> Iterator[str]:
    if state.branch != MAIN:
        where = f"on the branch '{state.branch}'" if state.branch else "on no branch"
        yield f"You are {where}; releases are made on {MAIN}."
    if state.changed:
        more = f" and {len(state.changed) - 3} more" if len(state.changed) > 3 else ""
        yield f"There are uncommitted changes: {', '.join(state.changed[:3])}{more}."


# --- making it ------------------------------------------------------------------------------


def git(root: Path, *arguments: str) -> str:
    """What git prints.

    Raises:
        ReleaseError: when git fails, with its own words.
    """
    try:
        result = subprocess.run(
            ["git", *arguments],
            cwd=root,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError:
        raise ReleaseError("git is not installed.") from None
    if result.returncode:
        raise ReleaseError(f"git {arguments[0]} failed: {(result.stderr or result.stdout).strip()}")
    return result.stdout


def read(root: Path, name: str) -> str:
    """A file's text.

    Raises:
        ReleaseError: when it cannot be read.
    """
    try:
        return (root / name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReleaseError(f"{name} cannot be read: {error}") from None


def state_of(root: Path) -> State:
    """How the project stands now."""
    return State(
        project=read(root, PROJECT),
        changelog=read(root, CHANGELOG),
        renamed=read(root, RENAMED) if (root / RENAMED).exists() else "renamed: []",
        branch=git(root, "branch", "--show-current").strip(),
        changed=[line[3:] for line in git(root, "status", "--porcelain").splitlines()],
        tags=frozenset(git(root, "tag", "--list").split()),
        hidden=hidden_pages(root),
    )


def hidden_pages(root: Path) -> list[str]:
    """Published pages that the site's navigation does not list."""
    listed = set(re.findall(r"[\w./-]+\.md", read(root, NAVIGATION)))
    pages = sorted(path.relative_to(root / "docs").as_posix() for path in (root / "docs").rglob("*.md"))
    return [page for page in pages if page not in listed and not page.startswith("contributing/")]


def write(root: Path, files: Mapping[str, str]) -> None:
    """Write all files whole, or change none."""
    asides = {name: (root / name).with_name(f".{Path(name).name}.new") for name in files}
    before = {name: (root / name).read_bytes() for name in files}
    try:
        for name, text in files.items():
            asides[name].write_text(text, "utf-8", newline="\n")
        for name, aside in asides.items():
            aside.replace(root / name)
    except OSError as error:
        put_back(root, before)
        raise ReleaseError(f"The files cannot be written: {error}") from None
    finally:
        for aside in asides.values():
            aside.unlink(missing_ok=True)


def put_back(root: Path, before: Mapping[str, bytes]) -> None:
    """Give the files that differ their content from before."""
    for name, content in before.items():
        if (root / name).read_bytes() != content:
            (root / name).write_bytes(content)


def make(root: Path, wanted: str, day: datetime.date, *, dry_run: bool = False) -> str:
    """Make a release: both files, the commit, the tag; or nothing at all.

    Returns:
        What was done, or would be, and what comes next.

    Raises:
        ReleaseError: with every reason; nothing is changed then.
    """
    state = state_of(root)
    if reasons := refusals(wanted, state):
        raise ReleaseError(*reasons)
    files = {
        CHANGELOG: released(state.changelog, wanted, day),
        PROJECT: with_version(state.project, wanted),
    }
    if dry_run:
        return PLAN.format(
            version=wanted, day=day, before=present(state.project), notes=notes(files[CHANGELOG], wanted)
        )
    commit(root, wanted, files)
    return DONE.format(version=wanted)


def commit(root: Path, wanted: str, files: Mapping[str, str]) -> None:
    """Write the files and the record of all files, commit and tag them; when one of it fails, undo all."""
    head = git(root, "rev-parse", "HEAD").strip()
    before = {name: (root / name).read_bytes() for name in files}
    recorded = {path: path.read_bytes() for path in (root / RECORDED).glob("*.*")}
    write(root, files)
    try:
        record(root)
        git(root, "add", "--all", "--", *files, RECORDED)
        git(root, "commit", "--quiet", "--message", f"Release {wanted}", "--", *files, RECORDED)
        git(root, "tag", "--annotate", "--message", f"Release {wanted}", f"v{wanted}")
    except BaseException:
        git(root, "reset", "--quiet", head)
        put_back(root, before)
        for path in (root / RECORDED).glob("*.*"):
            if path not in recorded:
                path.unlink()
        for path, content in recorded.items():
            path.write_bytes(content)
        raise


def record(root: Path) -> None:
    """Write what upstream's files are, and their contents, for the copies that come from this release."""
    place = Path(__file__).with_name("record.py")
    spec = importlib.util.spec_from_file_location("record", place)
    if spec is None or spec.loader is None:
        raise ReleaseError(f"{place.name} cannot be loaded.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.write(root, with_archive=True)


PLAN = f"""\
Release {{version}} would
  move '{UNRELEASED}' to '## {{version}} ({{day}})' in {CHANGELOG},
  set the version {{before}} to {{version}} in {PROJECT},
  write in {RECORDED}/ what all files are, for copies to update from,
  commit that as 'Release {{version}}' and tag the commit v{{version}}.

Its notes:

{{notes}}"""

DONE = f"""\
Release {{version}} is committed and tagged v{{version}}, on this machine only.

Look at it:    git show v{{version}}
Publish it:    git push --atomic origin {MAIN} v{{version}}
Take it back:  git tag --delete v{{version}} && git reset --keep HEAD~1   (before the push only)
"""


# --- a tag's release --------------------------------------------------------------------------


def verify(root: Path, tag: str) -> str:
    """Hold a tag against pyproject.toml and the changelog.

    Raises:
        ReleaseError: with every difference.
    """
    wanted = tag.removeprefix("v")
    before = present(read(root, PROJECT))
    reasons = []
    if version(wanted) is None or tag == wanted:
        reasons.append(f"The tag '{tag}' is not v and x.y.z, for example v0.2.0.")
    elif wanted != before:
        reasons.append(f"The tag is {tag}, and {PROJECT} has the version {before}.")
    if notes(read(root, CHANGELOG), wanted) is None:
        reasons.append(f"{CHANGELOG} has no section '## {wanted} (date)'.")
    if reasons:
        raise ReleaseError(*reasons)
    return f"{tag} fits {PROJECT} and {CHANGELOG}.\n"


def notes_of(root: Path, wanted: str) -> str:
    """A version's notes.

    Raises:
        ReleaseError: when the changelog has none.
    """
    found = notes(read(root, CHANGELOG), wanted)
    if found is None:
        raise ReleaseError(f"{CHANGELOG} has no section '## {wanted} (date)'.")
    return found


def assets(root: Path, wanted: str, folder: Path) -> str:
    """Write what a release offers into a folder: the site as a zip, its data, the notes, what it is made of.

    Returns:
        The files, one a line.

    Raises:
        ReleaseError: when the site is not built or the changelog has no notes.
    """
    text = notes_of(root, wanted)
    site, data = root / "site", root / "site" / "export" / "playbook.json"
    if not (site / "index.html").is_file() or not data.is_file():
        raise ReleaseError("site/ is not built, or only in part; run 'make build' first.")
    folder.mkdir(parents=True, exist_ok=True)
    written = [
        folder / f"site-{wanted}.zip",
        folder / "playbook.json",
        folder / f"notes-{wanted}.md",
        folder / f"sbom-{wanted}.cdx.json",
    ]
    zipped(site, written[0], f"site-{wanted}")
    shutil.copyfile(data, written[1])
    written[2].write_text(text, "utf-8", newline="\n")
    written[3].write_text(sbom.text(root, wanted), "utf-8", newline="\n")
    return "".join(f"{path.as_posix()}\n" for path in written)


def zipped(source: Path, target: Path, name: str) -> None:
    """Zip a folder under a name. The same files give the same bytes, whenever and wherever."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(source.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(f"{name}/{path.relative_to(source).as_posix()}")
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 3  # Unix, wherever it is written
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, path.read_bytes())


# --- the command line ---------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Run a command; 0 when it is done, 1 with the reasons when it is refused, 2 on misuse."""
    parser = argparse.ArgumentParser(prog="release.py", description="Make a release, and what belongs to it.")
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make", help="change the changelog and the version, commit, tag")
    making.add_argument("version")
    making.add_argument("--dry-run", action="store_true", help="check, and say what would be done")
    commands.add_parser("verify", help="hold a tag against the version and the changelog").add_argument("tag")
    commands.add_parser("notes", help="print a version's notes").add_argument("version")
    offering = commands.add_parser("assets", help="write the files that a release offers, from site/")
    offering.add_argument("version")
    offering.add_argument("folder", type=Path)
    given = parser.parse_args(arguments)
    try:
        match given.command:
            case "make":
                today = datetime.datetime.now().astimezone().date()
                output = make(root, given.version, today, dry_run=given.dry_run)
            case "verify":
                output = verify(root, given.tag)
            case "notes":
                output = notes_of(root, given.version)
            case _:
                output = assets(root, given.version, given.folder)
    except ReleaseError as error:
        print(*error.reasons, sep="\n", file=sys.stderr)
        if given.command == "make":
            print("Nothing was changed.", file=sys.stderr)
        return 1
    print(output, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
