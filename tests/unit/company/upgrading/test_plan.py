"""What an upgrade does to each file, and what it says of it: three versions against each other."""

from __future__ import annotations

import sys

import pytest

from macros.company.upgrading.ids import NAME
from macros.company.upgrading.record import read_record
from macros.company.upgrading.run import planned
from macros.company.upgrading.told import summary
from macros.company.upgrading.versions import UpgradeError, opened
from tests.unit.company.upgrading.conftest import FILES, Kit

MINE = FILES["docs/index.md"].replace("Welcome", "Hello")
THEIRS = FILES["docs/index.md"].replace("Three", "Four")
BOTH = MINE.replace("Three", "Four")
CLASH = FILES["docs/index.md"].replace("Welcome", "Good day")


def test_what_is_upstreams_is_replaced_added_and_removed(kit: Kit) -> None:
    kit.newer["docs/index.md"] = THEIRS
    kit.newer["docs/new/page.md"] = "# New\n"
    del kit.newer["docs/old.md"]
    assert kit.upgrade() == ["replaced  docs/index.md", "added     docs/new/page.md", "removed   docs/old.md"]
    assert kit.files() == kit.newer.files()


def test_a_version_that_is_the_same_changes_nothing(kit: Kit) -> None:
    before = kit.files(), kit[NAME]
    assert kit.upgrade() == []
    assert (kit.files(), kit[NAME]) == before


def test_what_upstream_never_had_is_never_touched(kit: Kit) -> None:
    own = {
        "company/site.yml": "name: Ours\n",
        "docs/ours.md": "# Ours\n",
        "deploy.sh": "true\n",
        "site/x": "x",
    }
    for name, text in own.items():
        kit[name] = text
    kit.newer["company/site.yml"] = "name: Theirs\n"
    kit.newer["docs/index.md"] = THEIRS
    assert kit.upgrade() == ["replaced  docs/index.md"]
    assert own.items() <= kit.files().items()


def test_a_folder_of_a_page_that_moved_is_not_left_behind(kit: Kit) -> None:
    kit.newer["docs/a/deep/page.md"] = "# A\n"
    kit.upgrade()
    del kit.newer["docs/a/deep/page.md"]
    kit.newer["docs/b/page.md"] = "# A\n"
    assert kit.upgrade() == ["added     docs/b/page.md", "removed   docs/a/deep/page.md"]
    assert not (kit.root / "docs/a").exists()


def test_a_file_that_both_changed_is_kept_and_shown_against_what_it_was(kit: Kit) -> None:
    kit["docs/index.md"] = MINE
    kit.newer["docs/index.md"] = CLASH
    told = kit.upgrade()
    assert told[0] == (
        "kept      docs/index.md: you and upstream changed it; yours stays, upstream's is put in "
        "upstream/new/docs/index.md"
    )
    assert [line.strip() for line in told if line.strip().startswith(("-", "+"))] == [
        "--- before",
        "+++ yours",
        "-Welcome.",
        "+Hello.",
        "--- before",
        f"+++ upstream {kit.newer.root}",
        "-Welcome.",
        "+Good day.",
    ]
    assert kit["docs/index.md"] == MINE
    assert kit["upstream/new/docs/index.md"] == CLASH


def test_a_file_that_both_changed_is_told_again_until_upstreams_version_is_dealt_with(kit: Kit) -> None:
    kit["docs/index.md"] = MINE
    kit.newer["docs/index.md"] = CLASH
    first = kit.upgrade()
    assert kit.told() == first
    kit.newer["docs/index.md"] = CLASH + "More.\n"
    assert kit.told()[0].startswith("kept      docs/index.md: you and upstream changed it")
    del kit["upstream/new/docs/index.md"]  # read, and the best of it taken over
    shown = [line.strip() for line in kit.upgrade()]
    assert {"-Good day.", "+Hello.", "+More."} <= set(shown), (
        "both are compared with the version that was read"
    )


def test_taking_upstreams_version_of_a_kept_file_ends_the_matter(kit: Kit) -> None:
    kit["docs/index.md"] = MINE
    kit.newer["docs/index.md"] = CLASH
    kit.upgrade()
    kit["docs/index.md"] = CLASH
    kit.newer["docs/index.md"] = CLASH + "More.\n"
    assert kit.upgrade() == ["replaced  docs/index.md"]
    assert not (kit.root / "upstream/new").exists()


def test_changes_in_different_places_are_put_together_where_that_is_wanted(kit: Kit) -> None:
    kit["docs/index.md"] = MINE
    kit.newer["docs/index.md"] = THEIRS
    assert kit.told()[0].endswith("the changes are in different places, --merge puts both in")
    assert kit.upgrade("")[0].startswith("merged    docs/index.md: ")
    assert kit["docs/index.md"] == BOTH
    assert kit.told() == ["kept      docs/index.md: you changed it, upstream did not; yours stays"]


def test_changes_in_one_place_are_never_put_together(kit: Kit) -> None:
    kit["docs/index.md"] = MINE
    kit.newer["docs/index.md"] = CLASH
    assert kit.upgrade("")[0].startswith("kept      docs/index.md: ")
    assert kit["docs/index.md"] == MINE


def test_a_file_that_only_you_changed_takes_one_line(kit: Kit) -> None:
    kit["docs/index.md"] = MINE
    assert kit.upgrade() == ["kept      docs/index.md: you changed it, upstream did not; yours stays"]
    assert kit["docs/index.md"] == MINE


def test_the_same_change_on_both_sides_is_no_subject(kit: Kit) -> None:
    kit["docs/index.md"] = kit.newer["docs/index.md"] = MINE
    assert kit.upgrade() == []
    kit.newer["docs/index.md"] = THEIRS
    assert kit.upgrade() == ["replaced  docs/index.md"]


def test_other_line_breaks_are_no_change(kit: Kit) -> None:
    kit["docs/index.md"] = FILES["docs/index.md"].replace("\n", "\r\n")
    kit.newer["docs/index.md"] = THEIRS
    assert kit.upgrade() == ["replaced  docs/index.md"]


def test_a_file_that_you_removed_stays_away(kit: Kit) -> None:
    del kit["docs/old.md"]
    kit.newer["docs/old.md"] = "# Newer\n"
    for _ in range(2):
        assert kit.upgrade() == ["removed   docs/old.md: you removed it; it stays away"]
    assert "docs/old.md" not in kit.files()


@pytest.mark.parametrize(
    ("place", "moved"), [("docs/b/old.md", "moved it to docs/b/old.md"), ("docs/z.md", "removed it")]
)
def test_a_file_that_you_changed_and_upstream_removed_is_kept(kit: Kit, place: str, moved: str) -> None:
    kit["docs/old.md"] = "# Ours\n"
    del kit.newer["docs/old.md"]
    kit.newer[place] = "# Another\n"
    kept = [line for line in kit.upgrade() if line.startswith("kept")]
    assert kept == [f"kept      docs/old.md: you changed it, upstream has {moved}; yours stays"]
    assert kit["docs/old.md"] == "# Ours\n"
    assert kit.told() == [], "it is yours from now on"


def test_a_file_of_yours_where_upstream_has_one_now_is_kept(kit: Kit) -> None:
    kit["docs/new.md"] = "# Ours\n"
    kit.newer["docs/new.md"] = "# Theirs\n"
    assert kit.upgrade()[0] == (
        "kept      docs/new.md: is yours; upstream has a file of this name now, put in upstream/new/docs/new.md"
    )
    assert (kit["docs/new.md"], kit["upstream/new/docs/new.md"]) == ("# Ours\n", "# Theirs\n")


def test_a_folder_of_yours_where_upstream_has_a_file_now_is_kept(kit: Kit) -> None:
    kit["docs/new/ours.md"] = "# Ours\n"
    kit.newer["docs/new"] = "Theirs\n"
    kit.upgrade()
    assert (kit["docs/new/ours.md"], kit["upstream/new/docs/new"]) == ("# Ours\n", "Theirs\n")


def test_upstreams_file_may_become_a_folder_and_a_folder_a_file(kit: Kit) -> None:
    del kit.newer["docs/old.md"]
    kit.newer["docs/old.md/page.md"] = "# Old\n"
    kit.upgrade()
    assert kit.files() == kit.newer.files()
    del kit.newer["docs/old.md/page.md"]
    (kit.newer.root / "docs/old.md").rmdir()
    kit.newer["docs/old.md"] = "# Old again\n"
    kit.upgrade()
    assert kit.files() == kit.newer.files()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_nothing_is_written_or_removed_through_a_link(kit: Kit) -> None:
    (kit.root / "docs").rename(kit.root.parent / "elsewhere")
    (kit.root / "docs").symlink_to(kit.root.parent / "elsewhere")
    kit.newer["docs/index.md"] = THEIRS
    kit.newer["docs/new.md"] = "# New\n"
    del kit.newer["docs/old.md"]
    assert not [line for line in kit.upgrade() if line.startswith(("replaced", "added", "removed"))]
    elsewhere = kit.root.parent / "elsewhere"
    assert (elsewhere / "index.md").read_text("utf-8") == FILES["docs/index.md"]
    assert sorted(path.name for path in elsewhere.iterdir()) == ["index.md", "old.md"]


def test_a_new_versions_own_record_is_not_believed(kit: Kit) -> None:
    kit.newer["docs/index.md"] = THEIRS
    kit.newer[NAME] = "nonsense\n"
    kit.upgrade()
    kit.newer["docs/index.md"] = CLASH
    assert kit.upgrade() == ["replaced  docs/index.md"]
    kit["docs/index.md"] = MINE
    kit.newer["docs/index.md"] = THEIRS
    assert "-Good day." in [line.strip() for line in kit.told()], (
        "what it was before is in the copy's own archive"
    )


@pytest.mark.parametrize(
    "line", ["company/site.yml", "../outside.txt", "/etc/passwd", "docs/../../outside.txt"]
)
def test_a_record_cannot_name_what_is_not_upstreams(kit: Kit, line: str) -> None:
    kit["company/site.yml"] = "x"
    id = "c1b0730e0133e9b1d1f6f9c1f4d9b5b1a7a4e6e5"
    kit[NAME] += f"{id} {line}\n<<<<<<< HEAD\n"
    record = read_record(kit.root)
    assert record is not None
    assert set(record.ids) == set(FILES)


def test_without_a_record_the_version_it_came_from_has_to_be_named(kit: Kit, pristine: object) -> None:
    del kit[NAME]
    kit.newer["docs/index.md"] = THEIRS
    with opened(kit.root, str(kit.newer.root)) as version:
        with pytest.raises(UpgradeError, match="playbook upgrade --base VERSION newer"):
            planned(kit.root, version, "newer")
        found = planned(kit.root, version, "newer", came_from=str(pristine))
        assert summary(found) == "0.1.0: 1 replaced."


def test_what_it_was_before_may_be_unknown_and_that_is_said(kit: Kit) -> None:
    for archive in (kit.root / "upstream").glob("base-*"):
        archive.unlink()
    kit["docs/index.md"] = MINE
    kit.newer["docs/index.md"] = CLASH
    told = [line.strip() for line in kit.told()]
    assert told[1] == "(what it was before is not known here, so this is the difference of two)"
    assert {"-Hello.", "+Good day."} <= set(told)


def test_code_that_is_kept_may_not_fit_and_the_way_out_is_said(kit: Kit) -> None:
    kit["macros/code.py"] = "print(2)\n"
    kit.newer["macros/code.py"] = "print(3)\n"
    assert (
        "put in upstream/new/macros/code.py, to copy over yours where 'playbook' no longer starts"
        in kit.told()[0]
    )


def test_neighboring_lines_of_data_fit_together_and_of_prose_do_not(kit: Kit) -> None:
    for name in ("data/roles.yml", "docs/index.md"):
        kit[name] = "one\nTWO\nthree\n"
        kit.newer[name] = "one\ntwo\nthree\n"
    kit.newer["data/roles.yml"] = FILES["data/roles.yml"].replace("- three", "- 3")
    kit["data/roles.yml"] = FILES["data/roles.yml"].replace("- two", "- 2")
    assert [line.split(":")[0] for line in kit.told("") if not line.startswith(" ")] == [
        "kept      docs/index.md",
        "merged    data/roles.yml",
    ][::-1]
