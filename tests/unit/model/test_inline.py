"""Inline Markdown to plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.model.inline import as_plain, is_bare, renderer


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("words only", "words only"), ("It takes *years*.", "It takes years."), ("**Bold** and `code`", "Bold and code"),
        ("[go](a/b.md#c) there", "go there"), ("![alt](x.png)", "alt"), ("a \\* b", "a * b"), ("a &amp; b", "a & b"),
        ("one  \ntwo *x*", "one\ntwo x"), ("a < b", "a < b"), ("<b>raw</b>", "<b>raw</b>"), ("2 * 3 * 4", "2 * 3 * 4"),
    ],
)  # fmt: skip
def test_markup_becomes_the_text_that_readers_see(text: str, expected: str) -> None:
    assert as_plain(text) == expected


def test_words_of_a_wrapped_line_stay_apart() -> None:
    assert as_plain("one *x*\ntwo") == "one x\ntwo"


@given(st.text(alphabet=st.characters(blacklist_characters="*_`[\\<&!", codec="utf-8"), max_size=40))
def test_text_without_any_markup_is_bare_and_stays_as_it_is(text: str) -> None:
    assert is_bare(text)
    assert as_plain(text) == text


@pytest.mark.parametrize("text", ["*", "_", "`", "[", "\\", "<", "&", "!"])
def test_a_character_that_may_begin_markup_is_looked_at(text: str) -> None:
    assert not is_bare(f"a {text} b")


def test_raw_html_and_dangerous_links_stay_text() -> None:
    assert renderer().renderInline("<i>x</i> [y](javascript:z)") == "&lt;i&gt;x&lt;/i&gt; [y](javascript:z)"
