"""The company's colors: whether text can be read on them."""

from __future__ import annotations

import pytest

from macros.company.colors import DARK, WHITE, check_contrast, contrast, style
from macros.load.merge import Place
from macros.load.yaml import parse
from macros.model.settings import Colors
from macros.report import line


def check(text: str) -> list[str]:
    document, _ = parse("company/site.yml", f"colors: {{{text}}}\n")
    assert document is not None
    colors = Colors.model_validate(document.value["colors"])
    return [line(each) for each in check_contrast(colors, Place(None, (document, ())))]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#ffffff", "#ffffff", 1.0),
        ("#FF0000", "#ffffff", 4.0), ("#0000ff", "#ffffff", 8.59), ("#0a0a0a", "#000000", 1.06),
    ],
)  # fmt: skip
def test_contrast_is_wcags_whichever_color_comes_first(first: str, second: str, expected: float) -> None:
    assert contrast(first, second) == pytest.approx(expected, abs=0.01)
    assert contrast(second, first) == contrast(first, second)


def test_each_color_is_measured_on_what_it_stands_on() -> None:
    light, dark = "'#f0a8c8'", "'#5b1a3a'"
    assert check(f"primary: {dark}, link: {dark}, primary_dark: {dark}, link_dark: {light}") == []
    assert [each.split(": ")[1] for each in check(f"primary: {light}, link: {light}, primary_dark: {light}")] == [
        "colors.primary", "colors.link", "colors.primary_dark",
    ]  # fmt: skip


def test_links_in_dark_mode_are_measured_on_the_dark_ground() -> None:
    [found] = check("link_dark: '#5b1a3a'")
    assert found.startswith("company/site.yml:1:21: colors.link_dark: #5b1a3a on #151b23 has a contrast of ")
    assert found.endswith("text needs 4.5; take a lighter one")
    assert contrast("#5b1a3a", WHITE) > 4.5 > contrast("#5b1a3a", DARK)


def test_a_color_that_is_too_light_is_told_with_its_contrast() -> None:
    assert check("primary: '#cccccc'") == [
        "company/site.yml:1:19: colors.primary: #cccccc on #ffffff has a contrast of 1.6, text needs 4.5; take a darker one"
    ]


def test_the_least_contrast_is_enough() -> None:
    assert check("primary: '#767676'") == []
    assert len(check("primary: '#777777'")) == 1


def test_colors_are_a_style_sheet_for_the_schemes_that_they_are_for() -> None:
    assert style(Colors(primary="#111111", link="#222222", link_dark="#eeeeee")) == (
        '[data-md-color-scheme="default"]{--md-primary-fg-color:#111111;--md-typeset-a-color:#222222;}\n'
        '@media screen{[data-md-color-scheme="slate"]{--md-typeset-a-color:#eeeeee;}}\n'
    )
    assert style(Colors(primary_dark="#333333")) == (
        '@media screen{[data-md-color-scheme="slate"]{--md-primary-fg-color:#333333;}}\n'
    )


def test_without_colors_there_is_no_style_sheet() -> None:
    assert style(Colors()) == ""
