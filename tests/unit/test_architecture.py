"""Promises about the code as a whole: what imports what, how large things are, what stands where."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests import rooms
from tests.conftest import ROOT

MODULES = rooms.modules()
GENERATORS = {"mkdocs", "mkdocs_macros", "material", "zensical", "markdown"}


# --- rooms ------------------------------------------------------------------------------


def test_every_module_is_in_a_room() -> None:
    assert {rooms.room_of(name) for name in MODULES} == {name for names, _ in rooms.ROOMS for name in names}


def test_no_room_stands_in_two_rows() -> None:
    names = [name for names, _ in rooms.ROOMS for name in names]
    assert len(names) == len(set(names))


def test_a_room_imports_only_from_itself_and_from_rooms_above() -> None:
    assert not rooms.upwards()


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert not rooms.circle()


@pytest.mark.parametrize(
    ("changed", "upwards", "circle"),
    [
        ("macros.model.base: from macros.load import merge", 1, True),
        ("macros.model.base: def f(): import macros.load.merge", 1, True),
        ("macros.model.base: if TYPE_CHECKING: from macros.load.merge import merge", 1, False),
        ("macros.load.scalars: from macros.load.yaml import read", 0, True),
        ("macros.load.yaml: from macros.diagnostics import dotted", 0, False),
    ],
)
def test_an_import_that_goes_wrong_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str, upwards: int, circle: bool
) -> None:
    name, _, code = changed.partition(": ")
    shutil.copytree(rooms.PACKAGE, tmp_path / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(rooms, "ROOT", tmp_path)
    monkeypatch.setattr(rooms, "PACKAGE", tmp_path / "macros")
    path = rooms.modules()[name]
    path.write_text(f"{path.read_text('utf-8')}\n{code}\n", "utf-8")
    rooms.imports.cache_clear()
    try:
        assert len(rooms.upwards()) == upwards
        assert bool(rooms.circle()) == circle
    finally:
        rooms.imports.cache_clear()


def test_few_modules_stand_beside_the_rooms() -> None:
    assert len(list((ROOT / "macros").glob("*.py"))) <= 7


def heads(path: Path) -> set[str]:
    """First words of what a module imports."""
    return {name.split(".")[0] for name, _ in rooms.names(path.read_text("utf-8"))}


def test_only_site_imports_generators_and_only_cli_imports_click() -> None:
    for name, path in MODULES.items():
        room = rooms.room_of(name)
        assert room == "site" or not heads(path) & GENERATORS, name
        assert room == "cli" or "click" not in heads(path), name


# --- sizes ------------------------------------------------------------------------------


def test_no_module_is_long_but_the_one_that_is_read_like_the_data_reference() -> None:
    long = {name for name, path in MODULES.items() if len(path.read_text("utf-8").splitlines()) > 300}
    assert long <= {"macros.model.content"}


# --- docs/contributing/ -----------------------------------------------------------------


def test_table_and_picture_of_the_rooms_are_up_to_date() -> None:
    page = rooms.TABLE.read_text("utf-8")
    assert rooms.with_table(page) == page, "run make architecture"
    assert rooms.picture() == rooms.PICTURE.read_text("utf-8"), "run make architecture"


def test_the_picture_says_in_words_what_it_shows() -> None:
    picture = ElementTree.fromstring(rooms.picture())  # noqa: S314 - our own file
    title, desc = (picture.findtext(f"{{http://www.w3.org/2000/svg}}{name}") for name in ("title", "desc"))
    assert title
    assert "views imports from" in (desc or "")
    texts = ["".join(each.itertext()) for each in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert {name for names, _ in rooms.ROOMS for name in names} <= set(" ".join(texts).split())


# --- what stands where ------------------------------------------------------------------


def test_no_html_in_python_strings() -> None:
    allowed = {
        "macros.views.text": 3,  # the tooltip and its link, inside text that is being set
        "macros.site.abbreviations": 1,  # looks for a tag, and writes none
    }
    for name, path in MODULES.items():
        tags = re.findall(
            r"""["'f](?:[^"'\n]*)<(?:div|p|span|a|ul|li|table|section|h[1-6]|abbr|form)\b""",
            path.read_text("utf-8"),
        )
        assert len(tags) <= allowed.get(name, 0), (name, tags)
