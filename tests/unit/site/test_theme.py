"""Overrides that take the place of nothing are told."""

from __future__ import annotations

from tests.conftest import Copy


def test_an_override_of_a_template_that_the_theme_lacks_is_told_with_the_nearest(small: Copy) -> None:
    small.write("company/overrides/partials/heeder.html", "<header></header>\n")
    assert small.check() == [
        "company/overrides/partials/heeder.html:1:1: takes the place of nothing in the theme, "
        "and nothing shows it; did you mean 'partials/header.html'?"
    ]


def test_an_override_of_the_themes_template_is_fine(small: Copy) -> None:
    small.write("company/overrides/partials/header.html", "<header></header>\n")
    assert small.check() == []


def test_an_override_that_a_page_or_another_one_names_is_fine(small: Copy) -> None:
    small.write("company/docs/wide.md", "---\ntemplate: wide.html\n---\n# Wide\n")
    small.write(
        "company/overrides/wide.html", '{% extends "main.html" %}{% include "partials/ours.html" %}\n'
    )
    small.write("company/overrides/partials/ours.html", "<p>Ours</p>\n")
    assert small.check() == []


def test_pictures_in_overrides_are_nobodys_templates(small: Copy) -> None:
    small.write("company/overrides/assets/logo.svg", "<svg/>\n")
    assert small.check() == []
