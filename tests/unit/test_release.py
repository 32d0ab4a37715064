"""Releases: what refuses one, what one changes, what its tag offers."""

from __future__ import annotations

import datetime
import importlib.util
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import ROOT

CHANGELOG = """\
# Changelog

What a fork notices.

## Unreleased

### Breaking

- The role `ml-dev` is called `ml-engineer`

### Added

### Fixed

- A mistake

## 0.1.0 (2026-11-01)

First version.
"""
PROJECT = '[project]\nname = "x" # version = "0.1.0"\nversion = "0.1.0"\n\n[tool.x]\nversion = "0.1.0"\n'
RENAMED = "renamed:\n  - {list: roles, old: ml-dev, new: ml-engineer, since: 0.2.0}\n"


def load() -> ModuleType:
    """The script, which lies in no package."""
    spec = importlib.util.spec_from_file_location("release", ROOT / ".ci" / "release.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["release"] = module
    spec.loader.exec_module(module)
    return module


release = load()


@dataclass
class Repository:
    """A project that can be released, in a git repository of its own."""

    root: Path
    capture: pytest.CaptureFixture[str]

    def git(self, *arguments: str) -> str:
        result = subprocess.run(
            ["git", *arguments], cwd=self.root, capture_output=True, encoding="utf-8", check=True
        )
        return result.stdout

    def write(self, name: str, text: str, *, commit: bool = True) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
        if commit:
            self.git("add", "--all")
            self.git("commit", "--quiet", "--message", f"Change {name}")

    def read(self, name: str) -> str:
        return (self.root / name).read_bytes().decode()

    def everything(self) -> tuple[str, ...]:
        """All that a release changes."""
        return (
            self.read("CHANGELOG.md"),
            self.read("pyproject.toml"),
            self.git("log", "--oneline"),
            self.git("tag", "--list"),
            self.git("status", "--porcelain"),
        )

    def run(self, *arguments: str) -> str:
        """What a command prints when it succeeds."""
        code = release.main(arguments, self.root)
        printed = self.capture.readouterr()
        assert (code, printed.err) == (0, "")
        return printed.out

    def refused(self, *arguments: str) -> list[str]:
        """The reasons of a command that is refused; nothing may have changed."""
        before = self.everything()
        code = release.main(arguments, self.root)
        printed = self.capture.readouterr()
        assert (code, printed.out) == (1, "")
        assert self.everything() == before
        return printed.err.splitlines()

    def refused_release(self, version: str = "0.2.0") -> list[str]:
        """The reasons against a release."""
        *reasons, last = self.refused("make", version)
        assert last == "Nothing was changed."
        return reasons


@pytest.fixture
def repository(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Repository:
    config = tmp_path / "config"
    config.write_text("[user]\n\tname = A\n\temail = a@example.com\n", "utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):  # set where a hook runs the tests
        monkeypatch.delenv(name, raising=False)
    root = tmp_path / "project"
    root.mkdir()
    made = Repository(root, capsys)
    made.git("init", "--quiet", "--initial-branch", "main")
    made.write("CHANGELOG.md", CHANGELOG, commit=False)
    made.write("pyproject.toml", PROJECT, commit=False)
    made.write("mkdocs.yml", "nav:\n  - Home: index.md\n", commit=False)
    made.write("docs/index.md", "# Home\n", commit=False)
    made.write("docs/contributing/index.md", "# Not published\n", commit=False)
    made.write("data/renamed.yml", RENAMED)
    return made


# --- what a release changes ----------------------------------------------------------------


def test_release_moves_what_is_unreleased_under_the_version_and_the_day(repository: Repository) -> None:
    repository.run("make", "0.2.0")
    day = datetime.datetime.now().astimezone().date()
    assert repository.read("CHANGELOG.md") == (
        "# Changelog\n\nWhat a fork notices.\n\n## Unreleased\n\n"
        f"## 0.2.0 ({day:%Y-%m-%d})\n\n"
        "### Breaking\n\n- The role `ml-dev` is called `ml-engineer`\n\n### Fixed\n\n- A mistake\n\n"
        "## 0.1.0 (2026-11-01)\n\nFirst version.\n"
    )


def test_release_sets_the_projects_version_and_no_other(repository: Repository) -> None:
    repository.run("make", "0.2.0")
    assert repository.read("pyproject.toml") == PROJECT.replace(
        '\nversion = "0.1.0"', '\nversion = "0.2.0"', 1
    )


def test_release_is_one_commit_with_an_annotated_tag_and_a_clean_tree(repository: Repository) -> None:
    before = repository.git("rev-parse", "HEAD")
    repository.run("make", "0.2.0")
    assert repository.git("log", "-1", "--format=%s") == "Release 0.2.0\n"
    assert repository.git("rev-parse", "HEAD~1") == before
    changed = repository.git("diff", "--name-only", "HEAD~1").split()
    assert [re.sub("base-[0-9a-f]+", "base", name) for name in changed] == [
        "CHANGELOG.md", "pyproject.toml", "upstream/base.tar.xz", "upstream/files.txt",
    ]  # fmt: skip
    assert repository.git("cat-file", "-t", "v0.2.0") == "tag\n"
    assert repository.git("rev-parse", "v0.2.0^{commit}") == repository.git("rev-parse", "HEAD")
    assert repository.git("status", "--porcelain") == ""


def test_release_says_how_to_publish_it(repository: Repository) -> None:
    assert "git push --atomic origin main v0.2.0" in repository.run("make", "0.2.0")


def test_dry_run_says_what_would_be_done_and_changes_nothing(repository: Repository) -> None:
    before = repository.everything()
    said = repository.run("make", "--dry-run", "0.2.0")
    assert "set the version 0.1.0 to 0.2.0 in pyproject.toml" in said
    assert "tag the commit v0.2.0" in said
    assert said.endswith("### Fixed\n\n- A mistake\n")
    assert repository.everything() == before


def test_the_next_release_follows_on_the_last(repository: Repository) -> None:
    repository.run("make", "0.2.0")
    assert repository.refused_release("0.2.1") == [
        "CHANGELOG.md says nothing under 'Unreleased', so there is nothing to release."
    ]
    text = repository.read("CHANGELOG.md").replace(
        "## Unreleased\n", "## Unreleased\n\n### Fixed\n\n- B\n", 1
    )
    repository.write("CHANGELOG.md", text)
    repository.run("make", "0.2.1")
    assert re.findall("^## (.*?)(?: .*)?$", repository.read("CHANGELOG.md"), re.MULTILINE) == [
        "Unreleased", "0.2.1", "0.2.0", "0.1.0",
    ]  # fmt: skip


def test_a_hook_that_refuses_the_commit_leaves_everything_as_it_was(repository: Repository) -> None:
    hook = repository.root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho not today >&2\nexit 1\n", "utf-8", newline="\n")
    hook.chmod(0o755)
    assert repository.refused_release() == ["git commit failed: not today"]


def test_a_tag_that_fails_takes_the_commit_back(repository: Repository) -> None:
    repository.git("tag", "v0.2.0/x")  # git cannot have v0.2.0 beside it
    [reason] = repository.refused_release()[:1]
    assert reason.startswith("git tag failed:")


def test_a_file_that_cannot_be_written_leaves_the_other_as_it_was(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def full(self: Path, target: Path) -> Path:
        if target.name == "pyproject.toml":
            raise OSError("no space left")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    assert repository.refused_release() == ["The files cannot be written: no space left"]


# --- what refuses one ------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["", "1", "0.2", "v0.2.0", "0.2.0-rc1", "0.02.0", "0.2.0\n", "٠.٢.٠"])
def test_a_version_that_is_not_three_numbers_is_refused(repository: Repository, version: str) -> None:
    assert repository.refused_release(version)[0].startswith(f"VERSION is '{version}'".splitlines()[0])


@pytest.mark.parametrize("version", ["0.0.9", "0.1.0"])
def test_a_version_that_is_not_greater_is_refused(repository: Repository, version: str) -> None:
    assert (
        f"VERSION {version} is not greater than 0.1.0, the present version in pyproject.toml."
        in repository.refused_release(version)
    )


def test_versions_are_compared_as_numbers(repository: Repository) -> None:
    repository.write("pyproject.toml", PROJECT.replace("0.1.0", "0.9.0"))
    repository.write("data/renamed.yml", "renamed: []\n")
    repository.run("make", "0.10.0")


def test_headings_alone_are_nothing_to_release(repository: Repository) -> None:
    repository.write("data/renamed.yml", "renamed: []\n")
    repository.write(
        "CHANGELOG.md", "# Changelog\n\n## Unreleased\n\n### Breaking\n\n<!-- later -->\n\n### Added\n"
    )
    assert repository.refused_release() == [
        "CHANGELOG.md says nothing under 'Unreleased', so there is nothing to release."
    ]


@pytest.mark.parametrize(("heads", "times"), [([], 0), (["## Unreleased", "## Unreleased"], 2)])
def test_unreleased_has_to_stand_once(repository: Repository, heads: list[str], times: int) -> None:
    repository.write("data/renamed.yml", "renamed: []\n")
    repository.write("CHANGELOG.md", "\n\n- x\n\n".join(["# Changelog", *heads, ""]))
    assert repository.refused_release() == [
        f"CHANGELOG.md needs the heading '## Unreleased' once; it has it {times} times."
    ]


UNTOLD = "data/renamed.yml: roles 'old' is not named under '### Breaking' of 'Unreleased' in CHANGELOG.md."


@pytest.mark.parametrize(
    "entry", ["{list: roles, old: old, since: 0.2.0}", "{list: roles, old: old, new: x}"]
)
def test_a_renamed_id_that_is_not_told_as_breaking_is_refused(repository: Repository, entry: str) -> None:
    repository.write("data/renamed.yml", f"renamed:\n  - {entry}\n")
    assert repository.refused_release() == [UNTOLD]


def test_a_renamed_id_inside_another_word_or_section_is_not_told(repository: Repository) -> None:
    repository.write("data/renamed.yml", "renamed:\n  - {list: roles, old: old, since: 0.2.0}\n")
    text = CHANGELOG.replace("ml-dev", "very-old and `old-one`").replace("A mistake", "About `old`")
    repository.write("CHANGELOG.md", text)
    assert repository.refused_release() == [UNTOLD]


def test_a_renamed_id_of_an_earlier_release_need_not_be_told_again(repository: Repository) -> None:
    entries = "  - {list: roles, old: one, since: 0.1.0}\n  - {list: roles, old: two}\n"
    repository.write("data/renamed.yml", RENAMED + entries)
    repository.write("CHANGELOG.md", CHANGELOG + "\n### Breaking\n\n- `two` is gone\n")
    repository.run("make", "0.2.0")


@pytest.mark.parametrize(
    ("since", "reason"),
    [
        ("0.3.0", "has since: 0.3.0, which is later than 0.2.0."),
        ("0.1.1", "has since: 0.1.1, which was never released; write since: 0.2.0"),
        ("0.2", "has since: 0.2, which is not x.y.z."),
    ],
)
def test_a_since_that_is_no_release_is_refused(repository: Repository, since: str, reason: str) -> None:
    repository.write("data/renamed.yml", RENAMED.replace("0.2.0", since))
    assert repository.refused_release() == [f"data/renamed.yml: roles 'ml-dev' {reason}"]


@pytest.mark.parametrize("text", ["renamed: [", "renamed: {}", "", "renamed: [x]"])
def test_renames_that_cannot_be_read_are_refused(repository: Repository, text: str) -> None:
    repository.write("data/renamed.yml", text)
    [reason] = repository.refused_release()
    assert reason.startswith("data/renamed.yml is not")


@pytest.mark.parametrize("name", ["CHANGELOG.md", "new.txt"])
def test_changes_that_are_not_committed_are_refused(repository: Repository, name: str) -> None:
    repository.write(name, CHANGELOG + "\n", commit=False)
    assert repository.refused_release() == [f"There are uncommitted changes: {name}."]


def test_of_many_changes_three_are_named(repository: Repository) -> None:
    for name in "abcde":
        repository.write(name, name, commit=False)
    assert repository.refused_release() == ["There are uncommitted changes: a, b, c and 2 more."]


def test_a_version_that_has_a_tag_is_refused(repository: Repository) -> None:
    repository.git("tag", "v0.2.0")
    assert repository.refused_release() == ["The tag v0.2.0 exists already."]


def test_another_branch_is_refused(repository: Repository) -> None:
    repository.git("switch", "--quiet", "--create", "topic")
    assert repository.refused_release() == ["You are on the branch 'topic'; releases are made on main."]


def test_no_branch_is_refused(repository: Repository) -> None:
    repository.git("switch", "--quiet", "--detach")
    assert repository.refused_release() == ["You are on no branch; releases are made on main."]


def test_all_reasons_are_given_at_once(repository: Repository) -> None:
    repository.git("tag", "v0.1.0")
    repository.git("switch", "--quiet", "--create", "topic")
    repository.write("CHANGELOG.md", "# Changelog\n\n## Unreleased\n", commit=False)
    assert [reason.split(" ")[0] for reason in repository.refused_release("0.1.0")] == [
        "VERSION", "The", "CHANGELOG.md", "data/renamed.yml:", "You", "There",
    ]  # fmt: skip


# --- what a tag offers --------------------------------------------------------------------------


def test_a_tag_of_a_release_fits(repository: Repository) -> None:
    repository.run("make", "0.2.0")
    assert repository.run("verify", "v0.2.0") == "v0.2.0 fits pyproject.toml and CHANGELOG.md.\n"


def test_a_tag_beside_version_and_changelog_is_refused(repository: Repository) -> None:
    assert repository.refused("verify", "v0.2.0") == [
        "The tag is v0.2.0, and pyproject.toml has the version 0.1.0.",
        "CHANGELOG.md has no section '## 0.2.0 (date)'.",
    ]
    assert repository.refused("verify", "0.1.0") == [
        "The tag '0.1.0' is not v and x.y.z, for example v0.2.0."
    ]


def test_notes_are_the_section_of_the_version(repository: Repository) -> None:
    assert repository.run("notes", "0.1.0") == "First version.\n"
    assert repository.refused("notes", "0.2.0") == ["CHANGELOG.md has no section '## 0.2.0 (date)'."]


def test_a_heading_in_a_fenced_block_ends_no_section(repository: Repository) -> None:
    repository.write("CHANGELOG.md", CHANGELOG + "\n```md\n## Unreleased\n```\n")
    assert repository.run("notes", "0.1.0") == "First version.\n\n```md\n## Unreleased\n```\n"


@pytest.fixture
def built(repository: Repository) -> Repository:
    repository.write(".gitignore", "/site/\n/dist/\n")
    repository.write("site/index.html", "<p>ü</p>", commit=False)
    repository.write("site/a/page.html", "<p>x</p>", commit=False)
    repository.write("site/export/playbook.json", "{}", commit=False)
    repository.write("vendored.json", '{"files": []}', commit=False)
    repository.write(
        "requirements/base.txt", "click==8.5.1 \\\n    --hash=sha256:" + "a" * 64 + "\n", commit=False
    )
    return repository


def test_assets_are_the_site_its_data_the_notes_and_what_it_is_made_of(built: Repository) -> None:
    dist = built.root / "dist"
    names = ["site-0.1.0.zip", "playbook.json", "notes-0.1.0.md", "sbom-0.1.0.cdx.json"]
    assert built.run("assets", "0.1.0", str(dist)) == "".join(f"{dist.as_posix()}/{name}\n" for name in names)
    assert sorted(path.name for path in dist.iterdir()) == sorted(names)
    assert (dist / "playbook.json").read_text("utf-8") == "{}"
    assert (dist / "notes-0.1.0.md").read_text("utf-8") == "First version.\n"
    bill = json.loads((dist / "sbom-0.1.0.cdx.json").read_text("utf-8"))
    assert [each["purl"] for each in bill["components"]] == ["pkg:pypi/click@8.5.1"]
    with zipfile.ZipFile(dist / "site-0.1.0.zip") as archive:
        assert {name: archive.read(name).decode() for name in archive.namelist()} == {
            "site-0.1.0/a/page.html": "<p>x</p>",
            "site-0.1.0/export/playbook.json": "{}",
            "site-0.1.0/index.html": "<p>ü</p>",
        }


def test_the_same_site_gives_the_same_zip(built: Repository) -> None:
    built.run("assets", "0.1.0", str(built.root / "dist"))
    first = (built.root / "dist" / "site-0.1.0.zip").read_bytes()
    built.write("site/index.html", "<p>ü</p>", commit=False)
    built.run("assets", "0.1.0", str(built.root / "dist"))
    assert (built.root / "dist" / "site-0.1.0.zip").read_bytes() == first


def test_assets_of_a_site_that_is_not_built_are_refused(built: Repository) -> None:
    (built.root / "site" / "export" / "playbook.json").unlink()
    assert built.refused("assets", "0.1.0", str(built.root / "dist")) == [
        "site/ is not built, or only in part; run 'make build' first."
    ]


# --- the project's own changelog ------------------------------------------------------------------


def test_the_changelog_has_the_form_that_a_release_needs() -> None:
    first, unreleased, *past = release.sections((ROOT / "CHANGELOG.md").read_text("utf-8"))
    assert first.text.startswith("# Changelog\n\n")
    assert unreleased.title == "Unreleased"
    kinds = [section.title for section in release.sections(unreleased.text, 3) if section.title]
    assert kinds == [kind for kind in ("Breaking", "Added", "Changed", "Fixed") if kind in kinds]
    dated = [re.fullmatch(r"([0-9.]+) \((.+)\)", section.title) for section in past]
    assert all(found and datetime.date.fromisoformat(found[2]) for found in dated)
    versions = [release.version(found[1]) for found in dated if found]
    assert versions == sorted(set(versions), reverse=True)
    assert versions[0] == release.version(release.present((ROOT / "pyproject.toml").read_text("utf-8")))


# --- the page that tells it -------------------------------------------------------------------------

PAGE = (ROOT / "docs" / "contributing" / "releasing.md").read_text("utf-8")


def test_the_page_shows_what_a_dry_run_says() -> None:
    said = release.PLAN.format(version="0.2.0", day="2026-11-25", before="0.1.0", notes="…")
    assert re.sub("^", "    ", said, flags=re.MULTILINE).replace("    \n", "\n") in PAGE


def test_the_page_names_every_vendored_script() -> None:
    files = json.loads((ROOT / "vendored.json").read_text("utf-8"))["files"]
    scripts = [path for entry in files for path in entry["sha256"] if not path.endswith("-LICENSE.txt")]
    assert re.findall(r"`([^`]*/vendor/[^`]*\.m?js)` \|$", PAGE, re.MULTILINE) == [
        *(path for path in scripts if path.startswith("docs/")),
        *(path for path in scripts if path.startswith("tests/")),
    ]


def test_release_is_refused_while_a_page_stands_in_no_navigation(repository: Repository) -> None:
    repository.write("docs/grow/risks.md", "# Risks\n")
    assert repository.refused_release() == [
        "mkdocs.yml lists docs/grow/risks.md nowhere, so no reader finds it."
    ]
