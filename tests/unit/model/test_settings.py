"""Settings of a company's site: what may be said."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from macros.model.settings import SiteSettings


def settings(**given: Any) -> SiteSettings:
    return SiteSettings.model_validate(given)


def test_nothing_has_to_be_said() -> None:
    found = settings()
    assert (found.name, found.logo, found.plugins, found.navigation) == (None, None, (), ())
    assert found.colors.primary is None


@pytest.mark.parametrize(
    "given",
    [
        {"name": "Acme's Handbook – 2"}, {"description": "One line."}, {"logo": "assets/a-b/logo.svg"},
        {"language": "de"}, {"language": "pt-BR"}, {"language": "zh-Hant"}, {"colors": {"primary": "#A1b2c3"}},
        {"plugins": ("tags", {"blog": {"blog_dir": "news"}})}, {"extra_css": ("assets/ours.css",)},
        {"navigation": ({"page": "a.md", "after": "b.md", "title": "A"}, {"remove": "X"}, {"section": "S", "pages": ("a.md",)})},
    ],
)  # fmt: skip
def test_what_is_right_is_taken(given: dict[str, Any]) -> None:
    assert settings(**given)


@pytest.mark.parametrize(
    "given",
    [
        {"name": "a <b>"}, {"name": 'a "b"'}, {"name": "two\nlines"}, {"name": ""}, {"description": "<x>"},
        {"logo": "../x.svg"}, {"logo": "/etc/x.svg"}, {"logo": "assets/x y.svg"}, {"logo": "https://x/y.svg"},
        {"language": "German"}, {"language": "xx"}, {"colors": {"primary": "red"}}, {"colors": {"primary": "#abc"}},
        {"colors": {"primary": "#12345g"}}, {"colors": {"header": "#123456"}}, {"nam": "X"}, {"extra_css": "assets/x.css"},
    ],
)  # fmt: skip
def test_what_would_break_a_page_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        settings(**given)
