"""Five newer versions, one after the other, taken into copies without common history, by real commands.

What an upgrade does to each file is tested in tests/unit/company/upgrading/.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.company.upgrading.ids import NAME
from macros.company.upgrading.record import is_upstreams
from tests.conftest import ROOT, Copy
from tests.site.conftest import PLAYBOOK, run
from tests.unit.company.test_upgrade import git_in
from tests.unit.company.upgrading.conftest import written

pytestmark = pytest.mark.slow

LAYER = {
    "company/roles.yml": "roles:\n  - {id: ops-engineer, text: Ours answers the pager.}\n",
    "company/wont_do.yml": "wont_do:\n  - {id: perfect-documentation, reason: Ours is another reason.}\n"
    "  - {id: ours, after: company-wide-standardization, name: Ours, reason: R}\n",
    "company/site.yml": "name: Acme Handbook\nnavigation:\n  - {page: on-call.md, after: grow/choosing.md}\n",
    "company/docs/on-call.md": "# On call\n\n{{ hello('Ann') }}\n\n{{ raci_table() }}\n",
    "company/docs/about.md": "# About Acme\n",
    "company/macros.py": "def define_env(env):\n    @env.macro\n    def hello(name):\n        return f'**Hello {name}**'\n",
}
EDITS = {
    "docs/index.md": ("\n## ", "\nAcme was here.\n\n## "),
    "docs/grow/wont-do.md": ("\n", "\n\nAcme says so.\n"),
    ".github/workflows/publish.yml": ("name: Publish", "name: Publish at Acme"),
    "Makefile": ("PYTHON    ?= python3", "PYTHON    ?= acme-python"),
    "mkdocs.yml": ("site_description: ", "site_description: At Acme, "),
    "data/roles.yml": ("name: Ops engineer", "name: Ops engineer at Acme"),
    "data/wont_do.yml": ("reason: Managed services", "reason: At Acme, managed services"),
    "data/glossary.yml": ("A message that asks a person", "At Acme, a message that asks a person"),
}
"""What the company edited by hand: the first place of a text, and what stands there now."""
OWN = {"deploy/acme.sh": "true\n", "docs/acme/team.md": "# Acme's team\n", "notes.txt": "Remember.\n"}
"""Files of the company's that upstream never had."""


def kit(target: Path) -> Copy:
    """The kit as it is here, with a record that is up to date."""
    git = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(git, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout
    for path in listed.split("\0"):
        if (path == "company/README.md" or is_upstreams(path)) and (ROOT / path).is_file():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, target / path)
    return Copy(target)


def everywhere(version: Copy, old: str, new: str) -> None:
    """Replace a text in all data, pages and settings."""
    for path in [
        *version.root.glob("data/**/*.yml"),
        *version.root.glob("docs/**/*.md"),
        version.root / "mkdocs.yml",
    ]:
        text = path.read_text("utf-8")
        if re.search(old, text):
            path.write_text(re.sub(old, new, text), "utf-8", newline="\n")


def renamed_id(version: Copy) -> None:
    everywhere(version, r"\bops-engineer\b", "reliability-engineer")
    version.write(
        "data/renamed.yml",
        "renamed:\n  - {list: roles, old: ops-engineer, new: reliability-engineer, since: 1.1.0}\n",
    )
    version.write("docs/index.md", version.read("docs/index.md") + "\nThe end.\n")


def removed_item(version: Copy) -> None:
    text = version.read("data/wont_do.yml")
    start = text.index("  - id: perfect-documentation")
    version.write("data/wont_do.yml", text[:start] + text[text.index("  - id: ", start + 1) :])
    version.edit("data/capabilities.yml", ", wont-do-item:perfect-documentation", "")
    renamed = version.read("data/renamed.yml")
    version.write(
        "data/renamed.yml", f"{renamed}  - {{list: wont_do, old: perfect-documentation, since: 1.2.0}}\n"
    )


def moved_page(version: Copy) -> None:
    (version.root / "docs/grow/choosing.md").rename(version.root / "docs/grow/how-to-choose.md")
    everywhere(version, r"\bchoosing\.md", "how-to-choose.md")


def changed_schema(version: Copy) -> None:
    model = version.read("macros/model/content.py")
    old = "    name: Text\n    reason: Text\n    instead: Text | None = None\n    asked_by"
    assert model.count(old) == 1
    version.write(
        "macros/model/content.py",
        model.replace(old, old.replace("reason: Text\n", "reason: Text\n    cost: Text\n")),
    )
    everywhere(version, r"(?m)^(    reason: (?:.*)\n)(?=    instead:)", r"\1    cost: Weeks.\n")


def changed_workflow(version: Copy) -> None:
    version.edit(".github/workflows/publish.yml", "\nname: Publish\n", "\nname: Publish the site\n")
    (version.root / "macros/company/colors.py").rename(version.root / "macros/company/colours.py")
    for path in version.root.glob("macros/**/*.py"):
        path.write_text(
            path.read_text("utf-8").replace("company.colors", "company.colours"), "utf-8", newline="\n"
        )
    version.edit(
        "pyproject.toml", 'dependencies = [\n  "mkdocs>=', 'dependencies = [\n  "tomli>=2",\n  "mkdocs>='
    )
    version.write("docs/grow/wont-do.md", version.read("docs/grow/wont-do.md") + "\nThe end.\n")


STEPS = (renamed_id, removed_item, moved_page, changed_schema, changed_workflow)


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The kit, and five newer versions of it; none has a record that is up to date."""
    folder = tmp_path_factory.mktemp("versions")
    found = [kit(folder / "0")]
    for number, step in enumerate(STEPS, 1):
        version = Copy(Path(shutil.copytree(found[-1].root, folder / str(number))))
        project = re.sub(r'(?m)^version = ".*"$', f'version = "1.{number}.0"', version.read("pyproject.toml"))
        version.write("pyproject.toml", project)
        step(version)
        found.append(version)
    return [version.root for version in found]


@pytest.fixture
def copy(versions: list[Path], tmp_path: Path) -> Copy:
    """A company's copy of the oldest version: a layer, files of its own, and edits of upstream's files."""
    copy = Copy(Path(shutil.copytree(versions[0], tmp_path / "copy")))
    written(copy.root)
    for name, text in {**LAYER, **OWN}.items():
        copy.write(name, text)
    for name, (old, new) in EDITS.items():
        copy.write(name, copy.read(name).replace(old, new, 1))
    return copy


def test_the_kits_own_record_is_up_to_date() -> None:
    """In a company's copy this says nothing: its record is written by upgrades."""
    command = [sys.executable, str(ROOT / ".ci" / "record.py"), "--check"]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert checked.returncode == 0, checked.stdout


Packed = Callable[[int, Path], str]


def as_folder(number: int, version: Path) -> str:
    return str(version)


def as_zip(number: int, version: Path) -> str:
    return shutil.make_archive(str(version.parent / f"kit-{number}"), "zip", version.parent, version.name)


def as_tar(number: int, version: Path) -> str:
    return shutil.make_archive(str(version.parent / f"kit-{number}"), "gztar", version.parent, version.name)


def mend(copy: Copy, number: int) -> None:
    """What a company does after an upgrade, as `playbook check` says."""
    if number == 1:
        copy.edit("company/roles.yml", "ops-engineer", "reliability-engineer")
    if number == 2:
        entry = "  - {id: perfect-documentation, reason: Ours is another reason.}\n"
        copy.edit("company/wont_do.yml", entry, "")
    if number == 3:
        copy.edit("company/site.yml", "grow/choosing.md", "grow/how-to-choose.md")
    if number == 4:
        copy.edit("company/wont_do.yml", "reason: R}", "reason: R, cost: None.}")


TO_MEND = {
    1: "role 'ops-engineer' was renamed upstream to 'reliability-engineer'; write id: reliability-engineer",
    2: "won't-do item 'perfect-documentation' was removed upstream",
    3: "nothing in the navigation is called 'grow/choosing.md'",
    4: "missing 'cost'",
    5: "",
}


def take(copy: Copy, number: int, source: str, environment: dict[str, str]) -> None:
    """Look at an upgrade, make it, and mend what it says; nothing of the company's may be lost."""
    layer = {path: path.read_bytes() for path in (copy.root / "company").rglob("*") if path.is_file()}
    looked = run([*PLAYBOOK, "upgrade", "--check", source], copy.root, environment)
    assert looked.returncode == 1, looked.stdout  # there is always something of these edits to look at
    made = run([*PLAYBOOK, "upgrade", source], copy.root, environment)
    assert made.returncode == 0, made.stdout
    listed = [
        line
        for line in looked.stdout.splitlines()
        if line.startswith(("replaced", "added", "removed", "kept"))
    ]
    assert listed == [
        line for line in made.stdout.splitlines() if line.startswith(("replaced", "added", "removed", "kept"))
    ]
    assert {path: path.read_bytes() for path in layer} == layer
    for name, (_, new) in EDITS.items():
        assert new in copy.read(name), name
    assert all(copy.read(name) == text for name, text in OWN.items())
    checked = run([*PLAYBOOK, "check"], copy.root, environment).stdout
    assert TO_MEND[number] in checked
    errors = [line for line in checked.splitlines() if ": warning: " not in line and ":" in line]
    assert all(line.startswith("company/") for line in errors), checked
    mend(copy, number)
    checked = run([*PLAYBOOK, "check"], copy.root, environment)
    assert checked.returncode == 0, checked.stdout


def stands_at_the_end(copy: Copy, environment: dict[str, str]) -> None:
    """All that is upstream's is the newest, and both generators build the company's site."""
    assert not (copy.root / "docs/grow/choosing.md").exists()
    assert (copy.root / "docs/grow/how-to-choose.md").is_file()
    assert not (copy.root / "macros/company/colors.py").exists()
    assert "cost: Text" in copy.read("macros/model/content.py")
    assert "name: Publish the site\n" in copy.read("upstream/new/.github/workflows/publish.yml")
    for generator in ("mkdocs", "zensical"):
        built = run([*PLAYBOOK, "build", "--generator", generator], copy.root, environment)
        assert built.returncode == 0, built.stdout
        assert "Ours answers the pager." in copy.read("site/organization/raci/index.html")
        assert "Hello Ann" in copy.read("site/on-call/index.html")
        assert "Acme was here." in copy.read("site/index.html")
        assert "Acme Handbook" in copy.read("site/grow/how-to-choose/index.html")
        assert not (copy.root / "site/grow/choosing").exists()


def test_a_copy_without_git_takes_five_versions_from_folders_and_archives(
    copy: Copy, versions: list[Path], environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    without_git = {**environment, "PATH": str(Path(sys.executable).parent)}
    ways = (as_zip, as_tar, as_folder, as_zip, as_tar)
    for number, way in enumerate(ways, 1):
        take(copy, number, way(number, versions[number]), without_git)
    assert not [path for path in copy.root.iterdir() if path.name.startswith(".upgrade")]
    stands_at_the_end(copy, without_git)


def test_a_copy_with_a_history_of_its_own_takes_five_versions_from_git(
    copy: Copy, versions: list[Path], environment: dict[str, str], tmp_path: Path
) -> None:
    upstream = Copy(tmp_path / "upstream")
    upstream.root.mkdir()
    there, here = git_in(upstream.root), git_in(copy.root)
    there("init", "-q", "-b", "main")
    for number, version in enumerate(versions):
        for path in upstream.root.iterdir():
            if path.name != ".git":
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(version, upstream.root, dirs_exist_ok=True)
        there("add", "--all")
        there("commit", "-qm", f"Version {number}")
        there("tag", f"v1.{number}.0")
    here("init", "-q", "-b", "main")
    here("add", "--all")
    here("commit", "-qm", "Initial commit")
    here("remote", "add", "upstream", str(upstream.root))
    here("fetch", "-q", "--tags", "upstream")
    told = run([*PLAYBOOK, "upgrade", "--check", "v1.1.0"], copy.root, environment).stdout
    assert "Git sees no history in common with this copy and cannot merge it." in told
    for number in range(1, 6):
        take(copy, number, f"v1.{number}.0", environment)
        here("add", "--all")
        here("commit", "-qm", f"Upstream 1.{number}.0")
    stands_at_the_end(copy, environment)


def test_hand_edits_that_adopt_moves_leave_nothing_to_look_at(
    copy: Copy, versions: list[Path], environment: dict[str, str]
) -> None:
    adopted = run([*PLAYBOOK, "adopt"], copy.root, environment).stdout
    assert "moved   data/glossary.yml → company/glossary.yml\n" in adopted
    assert "moved   docs/index.md → company/docs/index.md\n" in adopted
    assert copy.read("docs/index.md") == (versions[0] / "docs/index.md").read_text("utf-8")
    for number in range(1, 6):
        run([*PLAYBOOK, "upgrade", str(versions[number])], copy.root, environment)
        mend(copy, number)
    checked = run([*PLAYBOOK, "check"], copy.root, environment)
    assert (checked.returncode, checked.stdout) == (0, "All good.\n")
    assert "Acme was here." in copy.read("company/docs/index.md")
    assert not (copy.root / "upstream/new/docs").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a process is killed by a signal")
def test_an_upgrade_that_is_killed_is_complete_after_the_next_command_or_never_began(
    copy: Copy, versions: list[Path], environment: dict[str, str], tmp_path: Path
) -> None:
    kept = {name: copy.read(name) for name in (*LAYER, *OWN)}
    outcomes = set()
    for moment in range(12):
        fork = Copy(Path(shutil.copytree(copy.root, tmp_path / f"fork-{moment}")))
        process = subprocess.Popen(
            [sys.executable, *PLAYBOOK, "upgrade", str(versions[5])],
            cwd=fork.root, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        sign = ".upgrade" if moment % 2 else ".upgrade-*"  # it is being made, or being staged
        while process.poll() is None and not any(fork.root.glob(sign)):
            pass
        time.sleep(moment * 0.001)
        process.kill()
        process.wait()
        after = run([*PLAYBOOK, "--help"], fork.root, environment)
        assert after.returncode == 0, after.stdout
        run([*PLAYBOOK, "check"], fork.root, environment)
        assert {name: fork.read(name) for name in kept} == kept
        assert all(new in fork.read(name) for name, (_, new) in EDITS.items())
        taken = "how-to-choose.md" in fork.read("mkdocs.yml")
        assert (fork.root / "macros/company/colours.py").exists() == taken
        assert (fork.root / "docs/grow/how-to-choose.md").exists() == taken
        assert (fork.root / "docs/grow/choosing.md").exists() != taken
        assert (fork.read(NAME) == copy.read(NAME)) != taken
        outcomes.add(taken)
        shutil.rmtree(fork.root)
    assert outcomes == {True, False}
