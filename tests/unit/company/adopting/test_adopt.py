"""Direct edits are told by a check, and move into the layer; the playbook says the same afterwards."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from macros.company.adopting.run import Adoption, planned
from macros.company.edits import edits
from macros.company.upgrading.ids import NAME
from macros.company.upgrading.record import NEW, read_record
from macros.model.kinds import KINDS
from macros.writing.files import write_all
from tests.conftest import SMALL, Copy
from tests.unit.company.upgrading.conftest import written


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small playbook, with what its files were."""
    root = Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("recorded") / "small"))
    written(root)
    return root


@pytest.fixture
def small(recorded: Path, tmp_path: Path) -> Copy:
    return Copy(Path(shutil.copytree(recorded, tmp_path / "small")))


def looked(small: Copy) -> Adoption:
    found = planned(small.project)
    assert found is not None
    return found


def adopted(small: Copy) -> Adoption:
    """Move all that can move; what the playbook says may not change."""
    before = said(small)
    found = looked(small)
    write_all(small.root, found.contents)
    assert said(small) == before
    return found


def said(small: Copy) -> list[object]:
    playbook = small.playbook()
    return [
        item.model_dump(exclude={"source"}) for kind in KINDS for item in playbook.lists[kind.key].values()
    ]


def reason(small: Copy, name: str) -> str:
    """Why the only edit is left."""
    found = looked(small)
    assert (found.moved, found.contents) == ({}, {})
    assert list(found.left) == [name]
    return found.left[name]


# --- told by a check ------------------------------------------------------------------------


def test_a_check_warns_of_each_file_that_was_edited_and_says_the_way_out(small: Copy) -> None:
    small.edit("data/roles.yml", "name: Runner", "name: SRE")
    small.write("docs/up.md", "# Ours\n")
    small.write("docs/own.md", "# Ours\n")
    small.edit("mkdocs.yml", "site_name: Small", "site_name: Ours")
    way = "'playbook adopt' moves it into company/, where updates leave it alone"
    changed, added = "is upstream's, and was changed here", "was added beside upstream's files"
    assert small.check() == [
        f"data/roles.yml:1:1: warning: {changed}; {way}",
        f"docs/own.md:1:1: warning: {added}; {way}",
        f"docs/up.md:1:1: warning: {changed}; {way}",
        f"mkdocs.yml:1:1: warning: {changed}; {way}",
    ]


def test_nothing_is_told_of_a_copy_as_it_came_of_the_layer_and_of_other_line_breaks(small: Copy) -> None:
    small.write("company/docs/own.md", "# Ours\n")
    (small.root / "docs/up.md").write_bytes(small.read("docs/up.md").replace("\n", "\r\n").encode())
    (small.root / "docs/down.md").unlink()
    assert list(edits(small.project)) == []


def test_nothing_is_told_where_nobody_knows_what_the_files_were(small: Copy) -> None:
    (small.root / NAME).unlink()
    small.write("docs/up.md", "# Ours\n")
    assert small.check() == []
    assert planned(small.project) is None


# --- data -----------------------------------------------------------------------------------


def test_an_edited_item_becomes_an_override_and_upstreams_file_is_back(small: Copy) -> None:
    small.edit("data/roles.yml", "name: Runner", "name: SRE")
    assert adopted(small).moved == {"data/roles.yml": "company/roles.yml"}
    assert small.read("company/roles.yml") == (
        "# yaml-language-server: $schema=../data/schema/company/roles.schema.json\n"
        "roles:\n  - id: runner\n    name: SRE\n"
    )
    assert small.check() == []


def test_items_that_were_added_moved_and_removed_move_into_the_layer(small: Copy) -> None:
    small.write(
        "data/wont_do.yml",
        "wont_do:\n  - {id: ours, name: Ours, reason: R, source: company}\n"
        "  - {id: robot, name: A robot, reason: It falls over., source: kit}\n",
    )
    adopted(small)
    assert "- id: castle\n    remove: true\n" in small.read("company/wont_do.yml")
    assert "- id: ours\n    before: robot\n    name: Ours\n" in small.read("company/wont_do.yml")


def test_what_company_says_already_stays_on_top(small: Copy) -> None:
    small.write("company/roles.yml", "roles:\n  - {id: runner, text: Ours.}\n  - {id: owner, name: Boss}\n")
    small.edit("data/roles.yml", "Keeps it running.", "Theirs.")
    small.edit("data/roles.yml", "name: Runner", "name: SRE")
    adopted(small)
    assert small.read("company/roles.yml") == (
        "roles:\n  - id: runner\n    name: SRE\n    text: Ours.\n  - {id: owner, name: Boss}\n"
    )


def test_a_comment_comes_along_with_its_item(small: Copy) -> None:
    small.edit("data/roles.yml", "text: Keeps it running., ", "text: 'Runs # it.', ")
    small.edit("data/roles.yml", "source: {deck: 9}}", "source: {deck: 9}}  # since May")
    adopted(small)
    assert "  # since May\n  - id: runner\n    text: 'Runs # it.'\n" in small.read("company/roles.yml")


def test_a_comment_that_belongs_to_no_edit_keeps_the_file_where_it_is(small: Copy) -> None:
    small.edit("data/roles.yml", "roles:\n", "# ours\nroles:\n")
    assert reason(small, "data/roles.yml") == "the comment in line 1 would be lost"


def test_a_file_of_templates_of_ones_own_moves_too(small: Copy) -> None:
    text = small.read("data/templates/form.yml").replace("id: form", "id: own-form", 1)
    small.write("data/templates/own.yml", text)
    small.write("docs/templates/own-form.md", "# Own\n")
    if small.lines():
        pytest.skip("the small playbook's form cannot stand twice")
    assert adopted(small).moved["data/templates/own.yml"] == "company/templates/own.yml"
    assert not (small.root / "data/templates/own.yml").exists()


def test_only_blanks_are_put_back(small: Copy) -> None:
    small.edit("data/roles.yml", "roles:\n", "roles:\n\n")
    assert adopted(small).moved == {"data/roles.yml": "data/roles.yml"}
    assert small.check() == []


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("data/renamed.yml", "renamed: []\n# ours\n", "company/ has no file for it"),
        ("data/roles.yml", "roles: [\n", "it has mistakes; 'playbook check' says which"),
        ("data/wont_do.yml", "wont_do: []\nmore: []\n", "its lists were changed, not only items of them"),
        ("docs/assets/own.css", "a {}\n", "it is code; put rules of your own into a style sheet"),
    ],
)
def test_what_cannot_move_is_left_with_a_reason(small: Copy, name: str, text: str, said: str) -> None:
    small.write(name, text)
    assert reason(small, name).startswith(said)


def test_an_edit_whose_origin_is_unknown_is_left(small: Copy) -> None:
    for archive in (small.root / "upstream").glob("base-*"):
        archive.unlink()
    small.edit("data/roles.yml", "name: Runner", "name: SRE")
    assert reason(small, "data/roles.yml") == "what it was before is not known here"


def test_one_edit_that_is_left_keeps_no_other_from_moving(small: Copy) -> None:
    small.write("company/wont_do.yml", "replace: true\nwont_do:\n  - {id: a, name: A, reason: R}\n")
    small.edit("data/wont_do.yml", "It falls over.", "It fell.")
    small.edit("data/roles.yml", "name: Runner", "name: SRE")
    found = adopted(small)
    assert list(found.moved) == ["data/roles.yml"]
    assert found.left == {"data/wont_do.yml": "company/wont_do.yml replaces the whole list"}


def test_after_an_upgrade_an_edit_moves_over_upstreams_newer_version_with_new_ids(small: Copy) -> None:
    small.edit("data/roles.yml", "name: Runner", "name: SRE")
    newer = (
        small.read("data/roles.yml").replace("name: SRE", "name: Runner").replace("id: runner", "id: keeper")
    )
    small.write(f"{NEW}/data/roles.yml", newer)
    record = read_record(small.root)
    assert record is not None
    small.write(NAME, small.read(NAME) + f"{'0' * 40} data/roles.yml\n")
    small.write("data/renamed.yml", "renamed:\n  - {list: roles, old: runner, new: keeper}\n")
    for name in ("raci", "members", "profiles", "knowledge_areas"):
        path = small.root / f"data/{name}.yml"
        path.write_text(path.read_text("utf-8").replace("runner", "keeper"), "utf-8")
    found = looked(small)
    write_all(small.root, found.contents)
    assert small.read("data/roles.yml") == newer
    assert "- id: keeper\n    name: SRE\n" in small.read("company/roles.yml")
    assert not (small.root / NEW).exists()


# --- pages and settings ---------------------------------------------------------------------


def test_pages_and_pictures_move_to_the_companys_own(small: Copy) -> None:
    small.write("docs/up.md", "# Ours\n")
    small.write("docs/own.md", "# Own\n")
    small.write("docs/assets/logo.svg", "<svg/>")
    assert adopted(small).moved == {
        "docs/up.md": "company/docs/up.md",
        "docs/own.md": "company/docs/own.md",
        "docs/assets/logo.svg": "company/docs/assets/logo.svg",
    }
    assert (small.read("company/docs/up.md"), small.read("company/docs/own.md")) == ("# Ours\n", "# Own\n")
    assert small.read("docs/up.md") != "# Ours\n"
    assert not (small.root / "docs/own.md").exists()


def test_a_page_that_stands_in_the_companys_place_already_is_left(small: Copy) -> None:
    small.write("docs/up.md", "# One\n")
    small.write("company/docs/up.md", "# Two\n")
    assert reason(small, "docs/up.md") == "company/docs/up.md stands in its place, and is another one"


def test_settings_and_navigation_move_to_site_yml(small: Copy) -> None:
    small.write("company/site.yml", "# Ours.\nlanguage: de\n")
    small.edit("mkdocs.yml", "site_name: Small", "site_name: Acme")
    small.edit("mkdocs.yml", "  - search\n", "  - search\n")
    small.edit("mkdocs.yml", "extra_css: []", "extra_css: [assets/own.css]")
    small.edit("mkdocs.yml", "tools.md, slow.md", "tools.md, on-call.md")
    small.write("docs/on-call.md", "# On call\n")
    small.write("company/docs/assets/own.css", "a {}\n")
    assert adopted(small).left == {}
    assert small.read("company/site.yml") == (
        "# Ours.\nlanguage: de\nname: Acme\nextra_css:\n- assets/own.css\nnavigation:\n- remove: slow.md\n"
        "- page: on-call.md\n  after: tools.md\n"
    )
    assert small.check() == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("font: false", "font: Inter", "company/site.yml has no setting for 'theme.font'"),
        ("site_url: ", "site_author: Ann\nsite_url: ", "company/site.yml has no setting for 'site_author'"),
        ("  - search\n", "", "company/site.yml adds to 'plugins' and takes nothing out"),
        (
            "Home: index.md",
            "Start: index.md",
            "its navigation was changed in a way that company/site.yml cannot say",
        ),
        ("site_name: Small", "site_name: A <b> B", "company/site.yml does not take this 'name'"),
        ("site_name: Small", "site_name: [", "cannot be read: "),
    ],
)
def test_a_setting_that_site_yml_does_not_have_is_left(small: Copy, old: str, new: str, said: str) -> None:
    small.edit("mkdocs.yml", old, new)
    assert reason(small, "mkdocs.yml").startswith(said)


def test_a_setting_that_site_yml_says_too_is_left(small: Copy) -> None:
    small.write("company/site.yml", "name: Ours\n")
    small.edit("mkdocs.yml", "site_name: Small", "site_name: Acme")
    assert reason(small, "mkdocs.yml") == "company/site.yml says 'name', too"
