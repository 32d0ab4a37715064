"""`company/site.yml`: read and checked, each mistake at its place."""

from __future__ import annotations

import pytest

from macros.company.settings import Site, load_site
from macros.diagnostics import Diagnostics
from macros.model.settings import SiteSettings
from macros.report import line
from tests.conftest import Copy


def found(small: Copy, text: str) -> list[str]:
    small.write("company/site.yml", text)
    site = load_site(small.project)
    return [line(each) for each in site] if isinstance(site, Diagnostics) else []


def site(small: Copy) -> Site:
    result = load_site(small.project)
    assert isinstance(result, Site)
    return result


def test_without_a_layer_of_the_sites_mkdocs_yml_is_not_even_read(small: Copy) -> None:
    small.write("mkdocs.yml", "a: [b\n")
    small.write("company/roles.yml", "roles: [{id: builder, name: B}]\n")
    assert load_site(small.project) == Site(SiteSettings(), None)


@pytest.mark.parametrize("part", ["docs/x.md", "overrides/main.html", "macros.py"])
def test_with_a_part_of_one_it_is_read_and_settings_are_empty(small: Copy, part: str) -> None:
    small.write(f"company/{part}", "")
    result = site(small)
    assert result.settings == SiteSettings()
    assert result.configuration is not None
    assert result.configuration["site_name"] == "Small"


def test_settings_are_read(small: Copy) -> None:
    small.write("company/docs/assets/logo.svg", "<svg/>")
    small.write("company/docs/assets/ours.css", "")
    assert (
        found(
            small,
            "name: Acme\nlogo: assets/logo.svg\nextra_css: [assets/ours.css]\ncolors: {primary: '#14365c'}\n",
        )
        == []
    )
    settings = site(small).settings
    assert (settings.name, settings.logo, settings.colors.primary) == ("Acme", "assets/logo.svg", "#14365c")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nam: X\n", "company/site.yml:1:1: nam: unknown key; did you mean 'name'?"),
        ("name: a <b>\n", "company/site.yml:1:7: name: 'a <b>' does not match ^[^<>\"\\n]*$"),
        ("name: no\n", 'company/site.yml:1:7: name: `no` is read as a yes/no value; write "no" to keep it as text'),
        ("- name\n", "company/site.yml:1:1: expected a mapping, got a list"),
        ("name: [\n", "company/site.yml:2:1: YAML: a '[' or '{' that is never closed, or an empty place; close it"),
        ("logo: assets/x.svg\n", "company/site.yml:1:7: logo: there is no file company/docs/assets/x.svg; put it there"),
        ("favicon: assets/x.png\n", "company/site.yml:1:10: favicon: there is no file company/docs/assets/x.png; put it there"),
        ("extra_css: [assets/x.css]\n", "company/site.yml:1:13: extra_css[0]: there is no file company/docs/assets/x.css; put it there"),
        ("logo: ../x.svg\n", "company/site.yml:1:7: logo: '../x.svg' does not match ^assets/[A-Za-z0-9._/-]+$"),
        ("logo: assets/../../../x.svg\n", "company/site.yml:1:7: logo: 'assets/../../../x.svg' leads out of company/docs/"),
        ("colors: {primary: '#cccccc'}\n",
         "company/site.yml:1:19: colors.primary: #cccccc on #ffffff has a contrast of 1.6, text needs 4.5; take a darker one"),
        ("colors: {primry: '#cccccc'}\n", "company/site.yml:1:10: colors.primry: unknown key; did you mean 'primary'?"),
        ("navigation:\n  - {page: organization/racy.md, after: index.md}\n",
         "company/site.yml:2:12: navigation[0].page: unknown page 'organization/racy.md'; did you mean 'organization/raci.md'?"),
        ("navigation:\n  - {page: up.md, after: Shets}\n",
         "company/site.yml:2:26: navigation[0].after: nothing in the navigation is called 'Shets'; did you mean 'Sheets'?"),
        ("navigation:\n  - {page: up.md}\n",
         "company/site.yml:2:12: navigation[0].page: no place; say 'after:' or 'before:' with a page or a section's title"),
        ("navigation:\n  - {page: up.md, remove: index.md}\n",
         "company/site.yml:2:5: navigation[0]: expected one of 'page', 'section' or 'remove'"),
        ("navigation:\n  - {remove: Sheets, after: index.md}\n",
         "company/site.yml:2:29: navigation[0].after: 'after' says nothing beside 'remove'; remove it"),
        ("navigation:\n  - {section: A, pages: [up.md], title: B, after: index.md}\n",
         "company/site.yml:2:41: navigation[0].title: 'title' says nothing beside 'section'; remove it"),
        ("navigation:\n  - {page: up.md, before: index.md, after: index.md}\n",
         "company/site.yml:2:27: navigation[0].before: 'before' says nothing beside 'after'; remove it"),
        ("plugins: [tag]\n", "company/site.yml:1:11: plugins[0]: there is no plugin 'tag' here; did you mean 'tags'?"),
        ("language: xx\n", "company/site.yml:1:11: language: the theme has no language 'xx'; write a code such as en, de or ja"),
        ("language: no\n", 'company/site.yml:1:11: language: `no` is read as a yes/no value; write "no" to keep it as text'),
        ("name: !ENV X\n", "company/site.yml:1:7: name: the tag !ENV is not allowed; data holds text, numbers, lists and mappings; remove it"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_one_line_at_its_place(small: Copy, text: str, expected: str) -> None:
    assert found(small, text) == [expected]


def test_all_that_is_wrong_is_told(small: Copy) -> None:
    text = "logo: assets/x.svg\ncolors: {link: '#cccccc'}\nnavigation: [{page: up.md}, {remove: zzz}]\n"
    assert [each.split(": ")[1] for each in found(small, text)] == [
        "logo", "colors.link", "navigation[0].page", "navigation[1].remove",
    ]  # fmt: skip


def test_a_broken_mkdocs_yml_is_told_where_it_is_needed(small: Copy) -> None:
    small.write("mkdocs.yml", "site_name: x\n")
    assert found(small, "name: X\n") == ["mkdocs.yml:1:1: missing 'nav'; restore it from upstream"]


def test_of_a_misspelled_file_the_nearest_is_named(small: Copy) -> None:
    small.write("company/docs/assets/logo.svg", "<svg/>")
    assert found(small, "logo: assets/Logo.svg\n") == [
        "company/site.yml:1:7: logo: there is no file company/docs/assets/Logo.svg; did you mean 'assets/logo.svg'?"
    ]


def test_a_language_is_taken_in_any_spelling(small: Copy) -> None:
    assert found(small, "language: pt_BR\n") == []
    assert site(small).settings.language == "pt-BR"
