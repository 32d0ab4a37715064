"""The theme's languages, however somebody writes them."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from macros.model.languages import LANGUAGES, language_code


def test_they_are_those_of_the_theme_that_is_installed() -> None:
    found = importlib.util.find_spec("material")
    assert found is not None
    assert found.origin is not None
    folder = Path(found.origin).parent / "templates" / "partials" / "languages"
    assert {path.stem for path in folder.glob("*.html")} == LANGUAGES


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("en", "en"), ("EN", "en"), (" de ", "de"), ("pt_BR", "pt-BR"), ("pt-br", "pt-BR"), ("pt-PT", "pt"),
        ("no", "nb"), ("nb", "nb"), ("nb-NO", "nb"), ("de-AT", "de"), ("en_US.UTF-8", "en"), ("zh-CN", "zh"),
        ("zh-Hans", "zh"), ("zh_TW", "zh-TW"), ("zh-hant-tw", "zh-Hant"), ("ku-IQ", "ku-IQ"),
    ],
)  # fmt: skip
def test_a_code_is_known_in_every_spelling(written: str, code: str) -> None:
    assert language_code(written) == code


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("xx", "the theme has no language 'xx'; write a code such as en, de or ja"),
        ("german", "the theme has no language 'german'; did you mean 'de'?"),
        ("jp", "the theme has no language 'jp'; did you mean 'ja'?"),
        ("de-german", "the theme has no language 'de-german'; write a code such as en, de or ja"),
        ("../en", "the theme has no language '../en'; write a code such as en, de or ja"),
    ],
)
def test_what_is_no_code_is_refused(written: str, said: str) -> None:
    with pytest.raises(ValueError, match="the theme has no language") as error:
        language_code(written)
    assert str(error.value) == said
