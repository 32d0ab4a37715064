"""A project read and checked: everything is told at once, and nothing is parsed twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from macros.company.settings import Site
from macros.diagnostics import Diagnostics
from macros.load import yaml
from macros.model.template import Template
from macros.playbook import Playbook
from macros.report import line
from macros.sheets.examples import KIT, OWN, examples
from macros.site import ready as module
from macros.site.ready import Ready, check, ready
from macros.views.links import Linker
from tests.conftest import Copy


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """What is remembered in a process is remembered in a test only."""
    module._ready.cache_clear()
    yield
    module._ready.cache_clear()


def test_a_sound_project_is_a_playbook_and_a_site(small: Copy) -> None:
    playbook, site = check(small.project)  # type: ignore[misc]
    assert isinstance(playbook, Playbook)
    assert site.configuration is None
    small.write("company/site.yml", "name: Acme\n")
    _, site = check(small.project)  # type: ignore[misc]
    assert isinstance(site, Site)
    assert site.settings.name == "Acme"


def test_problems_of_data_pages_and_settings_are_told_together(small: Copy) -> None:
    small.edit("data/pillars.yml", "name: People", "name: [x]")
    small.write("data/topics.yml", "topics: [\n")
    small.write("docs/up.md", "{{ provenanse() }}\n")
    small.edit("docs/templates/raci-sheet.md", 'fill("raci-sheet")', 'fill("raci-shet")')
    small.write("company/site.yml", "nam: X\n")
    assert [each.split(":")[0] for each in small.check()] == [
        "company/site.yml", "data/pillars.yml", "data/topics.yml", "docs/templates/raci-sheet.md", "docs/up.md",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("company/site.yml", "nam: X\n", "company/site.yml:1:1: nam: unknown key; did you mean 'name'?"),
        ("docs/up.md", "{{ foo }}\n", "docs/up.md:1:4: unknown name 'foo'"),
        ("company/macros.py", "x = 1\n", "company/macros.py:1:1: has no function define_env; define it as mkdocs-macros does: def define_env(env)"),
        ("company/topics.yml", "topics: [{id: x}]\n", "company/topics.yml:1:15: topics[0].id: no topic 'x' to change; to add it, say 'after:' or 'before:'"),
    ],
)  # fmt: skip
def test_each_of_them_alone_is_told(small: Copy, name: str, text: str, expected: str) -> None:
    small.write(name, text)
    assert small.check() == [expected]


def test_a_call_for_an_item_that_is_broken_is_no_second_mistake(small: Copy) -> None:
    small.edit("data/templates/form.yml", "purpose: Every kind of field., ", "")
    assert len(small.check()) == 1
    small.write("data/templates/form.yml", "templates: [\n")
    assert len(small.check()) == 1


def test_warnings_do_not_keep_a_project_from_being_built(small: Copy) -> None:
    small.edit("data/flagship.yml", "ready: passes", "ready: fails")
    found = ready(small.root)
    assert isinstance(found, Ready)
    assert [each.rule for each in found.playbook.warnings] == ["flagship-fails"]


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each file is parsed."""
    counts: Counter[str] = Counter()
    parse = yaml.parse

    def counting(name: str, text: str) -> Any:
        counts[name] += 1
        return parse(name, text)

    monkeypatch.setattr(yaml, "parse", counting)
    return counts


@pytest.mark.parametrize("broken", [False, True])
def test_no_file_is_parsed_twice_whatever_is_wrong(small: Copy, parsed: Counter[str], broken: bool) -> None:
    small.write("company/roles.yml", "roles: [{id: builder, name: Maker}]\n")
    small.write("company/site.yml", "nam: X\n" if broken else "name: X\n")
    if broken:
        small.edit("data/raci.yml", "builder: R/A", "bilder: R/A")
        small.write("data/topics.yml", "topics: [\n")
        small.write("docs/up.md", "{{ foo }}\n")
    assert isinstance(check(small.project), Diagnostics) == broken
    assert set(parsed.values()) == {1}
    files = {path.relative_to(small.root).as_posix() for path in small.root.rglob("*.yml")} - {"mkdocs.yml"}
    assert set(parsed) == files


def test_a_project_is_read_once_in_a_process(small: Copy, parsed: Counter[str]) -> None:
    first = ready(small.root)
    assert ready(small.root) is first
    assert set(parsed.values()) == {1}


def test_an_assembled_project_is_the_one_that_it_was_put_together_from(small: Copy) -> None:
    from macros.project import Project

    Project(small.project.aside).mark_assembled(small.project)
    found = ready(small.project.aside)
    assert isinstance(found, Ready)
    assert found.playbook.project.root == small.root.resolve()


def test_problems_are_remembered_too(small: Copy) -> None:
    small.write("data/topics.yml", "topics: [\n")
    found = ready(small.root)
    assert isinstance(found, Diagnostics)
    assert line(found[0]).startswith("data/topics.yml")
    assert ready(small.root) is found


def test_a_macro_is_called_as_it_stands_on_its_page(small: Copy) -> None:
    found = ready(small.root)
    assert isinstance(found, Ready)
    assert found.call("name", found.context("a/b.md"), ["roles"], {"id": "builder"}) == "Builder"
    assert found.context("a/b.md", False, True).link == Linker("a/b.md", False, True)
    assert found.context("a.md").typesetter is found.context("b.md").typesetter


FILLED = "template: form\nformat: 1\ndraft: Red\nanswers:\n  basics: {team: Red}\n"


@pytest.mark.parametrize(("setting", "shown"), [("name: Acme", True), ("examples: false", False)])
def test_a_company_says_whether_the_kits_example_is_shown(small: Copy, setting: str, shown: bool) -> None:
    small.write(f"{KIT}/form.yml", FILLED)
    small.write("company/site.yml", f"{setting}\n")
    found = ready(small.root)
    assert isinstance(found, Ready)
    assert ("form" in found.context("index.md").examples) is shown


def test_what_is_wrong_with_the_companys_filled_sheets_is_told_before_a_build(small: Copy) -> None:
    small.write(f"{OWN}/form.yml", FILLED.replace("team", "taem"))
    found = check(small.project)
    assert isinstance(found, Diagnostics)
    [problem] = found
    assert line(problem).startswith("company/sheets/form.yml:1:1: the sheet has no place for the answer to")


def test_a_template_that_the_company_has_removed_takes_its_example_along(small: Copy) -> None:
    small.write(f"{KIT}/form.yml", FILLED)
    found = ready(small.root)
    assert isinstance(found, Ready)
    gone = found.playbook.of(Template)
    kept = {id: item for id, item in gone.items() if id != "form"}
    lists = {**found.playbook.lists, "templates": MappingProxyType(kept)}
    assert examples(replace(found.playbook, lists=MappingProxyType(lists))) == {}
