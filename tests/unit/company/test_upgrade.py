"""What a newer upstream means for a company layer, told before anything is merged."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.company.upgrade import compared, overrides
from macros.company.upgrading.versions import UpgradeError, opened
from macros.load.files import read_files
from macros.project import Project
from tests.conftest import SMALL, Copy

LAYER = {
    "raci.yml": "activities:\n  - {id: train, name: Ours}\n",
    "roles.yml": "roles:\n  - {id: runner, text: Ours answers the pager.}\n",
    "wont_do.yml": "wont_do:\n  - {id: robot, reason: Ours is another reason.}\n  - {id: ours, after: robot, name: Ours, reason: R}\n",
    "members.yml": "members:\n  - {id: first, share: Half of it.}\n",
    "docs/up.md": "# Ours\n",
    "docs/new.md": "# Ours, too\n",
}


def newer(copy: Copy) -> Copy:
    """Make a copy of the small playbook a newer upstream: a role is renamed, a reason and a page are changed."""
    for path in sorted((copy.root / "data").rglob("*.yml")):
        name = path.relative_to(copy.root).as_posix()
        copy.write(name, re.sub(r"\brunner\b", "keeper", copy.read(name)))
    copy.write("data/renamed.yml", "renamed:\n  - {list: roles, old: runner, new: keeper, since: 0.2.0}\n")
    copy.edit("data/wont_do.yml", "It falls over.", "It falls over twice.")
    copy.write("docs/up.md", copy.read("docs/up.md") + "\nMore.\n")
    return copy


@pytest.fixture
def upstream(tmp_path: Path) -> Copy:
    """The small playbook again, to be made a newer upstream."""
    return Copy(Path(shutil.copytree(SMALL, tmp_path / "upstream")))


def layer(small: Copy, files: dict[str, str] | None = None) -> None:
    for name, text in (LAYER if files is None else files).items():
        small.write(f"company/{name}", text)


def findings(small: Copy, upstream: Copy) -> list[str]:
    return [str(each) for each in compared(small.project, upstream.project, "upstream")]


EXPECTED = [
    "company/docs/up.md:1: upstream changed the page up.md that yours replaces",
    "company/raci.yml:2: activity 'train': upstream changed roles.keeper: '' → 'C'",
    "company/raci.yml:2: activity 'train': upstream changed roles.runner: 'C' → ''",
    "company/roles.yml:2: role 'runner' was renamed upstream to 'keeper'",
    "company/wont_do.yml:2: won't-do item 'robot': upstream changed reason (you override it): "
    "'It falls over.' → 'It falls over twice.'",
]


def test_exactly_the_overrides_to_look_at_are_named(small: Copy, upstream: Copy) -> None:
    layer(small)
    assert findings(small, newer(upstream)) == EXPECTED


def test_the_newer_upstream_by_itself_is_sound(upstream: Copy) -> None:
    assert not newer(upstream).check()


def test_where_upstream_changed_nothing_there_is_nothing_to_look_at(small: Copy, upstream: Copy) -> None:
    layer(small)
    assert findings(small, upstream) == []


def test_without_a_layer_there_is_nothing_to_look_at(small: Copy, upstream: Copy) -> None:
    assert findings(small, newer(upstream)) == []


def test_an_override_whose_id_upstream_adds_too_is_named(small: Copy, upstream: Copy) -> None:
    layer(small)
    added = "  - {id: ours, name: Theirs, reason: Another., source: kit}\n"
    upstream.write("data/wont_do.yml", upstream.read("data/wont_do.yml") + added)
    assert findings(small, upstream) == [
        "company/wont_do.yml:3: won't-do item 'ours' exists upstream now, too"
    ]


def test_an_override_of_what_upstream_removed_is_named(small: Copy, upstream: Copy) -> None:
    layer(small)
    upstream.edit(
        "data/wont_do.yml", "  - {id: robot, name: A robot, reason: It falls over., source: kit}\n", ""
    )
    assert findings(small, upstream) == [
        "company/wont_do.yml:2: won't-do item 'robot' was removed upstream",
    ]


def test_what_an_override_leaves_alone_is_told_as_changed_but_not_as_overridden(
    small: Copy, upstream: Copy
) -> None:
    layer(small, {"wont_do.yml": "wont_do:\n  - {id: castle, name: Ours}\n"})
    upstream.edit("data/wont_do.yml", "instead: A hut.", "instead: A tent.")
    assert findings(small, upstream) == [
        "company/wont_do.yml:2: won't-do item 'castle': upstream changed instead: 'A hut.' → 'A tent.'"
    ]


def test_a_letter_that_the_company_sets_counts_as_overridden(small: Copy, upstream: Copy) -> None:
    layer(small, {"raci.yml": "activities:\n  - {id: train, roles: {owner: C}}\n"})
    upstream.edit(
        "data/raci.yml", "{builder: R/A, runner: C, owner: I}", "{builder: R/A, runner: C, owner: C}"
    )
    assert findings(small, upstream) == [
        "company/raci.yml:2: activity 'train': upstream changed roles.owner (you override it): 'I' → 'C'"
    ]


def test_an_item_that_is_only_moved_overrides_nothing(small: Copy, upstream: Copy) -> None:
    layer(small, {"wont_do.yml": "wont_do:\n  - {id: robot, before: castle}\n"})
    [found] = findings(small, newer(upstream))
    assert "(you override it)" not in found


@pytest.mark.parametrize(
    ("page", "change", "expected"),
    [
        ("up.md", "removed", ["company/docs/up.md:1: upstream removed the page up.md that yours replaces"]),
        (
            "new.md",
            "added",
            ["company/docs/new.md:1: upstream has a page new.md now, which yours will replace"],
        ),
        ("down.md", "changed", []),
    ],
)
def test_pages_that_upstream_adds_removes_or_changes_are_told_where_yours_are_in_their_place(
    small: Copy, upstream: Copy, page: str, change: str, expected: list[str]
) -> None:
    layer(small, {"docs/up.md": "# Ours\n", "docs/new.md": "# Ours\n"})
    if change == "removed":
        upstream.edit("data/approaches.yml", "page: up.md", "page: down.md")
        (upstream.root / "docs" / page).unlink()
    else:
        upstream.write(f"docs/{page}", "# Theirs\n")
    assert findings(small, upstream) == expected


def test_an_upstream_that_is_no_yaml_is_told_with_its_problems(small: Copy, upstream: Copy) -> None:
    upstream.edit("data/raci.yml", "builder: R/A", "builder: [R/A")
    with pytest.raises(UpgradeError, match=r"(?s)^upstream has files that cannot be read:\ndata/raci.yml:"):
        compared(small.project, upstream.project, "upstream")


def test_a_playbook_that_is_no_yaml_is_told(small: Copy, upstream: Copy) -> None:
    small.edit("data/raci.yml", "builder: R/A", "builder: [R/A")
    with pytest.raises(UpgradeError, match=r"(?s)this playbook has files that cannot be read:\ndata/raci"):
        compared(small.project, upstream.project, "upstream")


def test_a_newer_schema_hides_no_change(small: Copy, upstream: Copy) -> None:
    layer(small, {"wont_do.yml": "wont_do:\n  - {id: castle, name: Ours}\n"})
    text = upstream.read("data/wont_do.yml")
    upstream.write("data/wont_do.yml", text.replace("reason:", "because:"))
    assert "company/wont_do.yml:2: won't-do item 'castle': upstream changed because: '' → 'It rains.'" in [
        re.sub("→ '.*'$", "→ 'It rains.'", each) for each in findings(small, upstream)
    ]


def test_a_list_that_upstream_has_no_more_is_told(small: Copy, upstream: Copy) -> None:
    layer(small, {"wont_do.yml": "wont_do:\n  - {id: castle, name: Ours}\n"})
    (upstream.root / "data" / "wont_do.yml").unlink()
    assert findings(small, upstream) == [
        "company/wont_do.yml:2: won't-do item 'castle': upstream has no won't-do items any more"
    ]


def test_every_entry_is_an_override_with_the_keys_that_it_sets(small: Copy) -> None:
    layer(small)
    small.write(
        "company/topics.yml", "topics:\n  - x\n  - {name: no id}\n  - {id: place, after: place2, ask: [A]}\n"
    )
    found = {(kind.key, id): keys for kind, id, keys, _ in overrides(read_files(small.project))}
    assert found[("wont_do", "ours")] == {"name", "reason"}
    assert found[("topics", "place")] == {"ask"}
    assert len(found) == 6


# --- with git ----------------------------------------------------------------------------

Git = Callable[..., str]


def with_upstream(fork: Copy, files: dict[str, str] | None = None) -> Copy:
    """Make a fork with a layer of a copy; the newer upstream waits in a branch."""
    git = git_in(fork.root)
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "old upstream")
    git("checkout", "-qb", "upstream")
    newer(fork)
    git("commit", "-qam", "new upstream")
    git("checkout", "-q", "main")
    layer(fork, files)
    git("add", "-A")
    git("commit", "-qm", "our layer")
    return fork


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("git") / "fork"))
    return with_upstream(Copy(root)).root


def git_in(root: Path) -> Git:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "core.autocrlf=false"]

    def call(*arguments: str) -> str:
        return subprocess.run(
            ["git", *who, *arguments], cwd=root, check=True, capture_output=True, encoding="utf-8"
        ).stdout

    return call


@pytest.fixture
def fork(repository: Path, tmp_path: Path) -> Copy:
    return Copy(Path(shutil.copytree(repository, tmp_path / "fork")))


def test_a_revision_is_compared_without_touching_the_work_tree(fork: Copy) -> None:
    with opened(fork.root, "upstream") as version:
        found = compared(fork.project, Project(version.root), "upstream")
    assert [str(each) for each in found] == EXPECTED
    assert git_in(fork.root)("status", "--porcelain") == ""


def test_the_merge_has_no_conflict_and_leaves_the_renamed_override_alone_to_mend(fork: Copy) -> None:
    assert "CONFLICT" not in git_in(fork.root)("merge", "--no-edit", "upstream")
    assert fork.check() == [
        f"{fork.at('company/roles.yml', 'runner')}: roles[0].id: role 'runner' was renamed upstream to 'keeper'; "
        "write id: keeper"
    ]
    fork.edit("company/roles.yml", "id: runner", "id: keeper")
    assert fork.check() == []
    assert fork.playbook().roles["keeper"].text == "Ours answers the pager."
