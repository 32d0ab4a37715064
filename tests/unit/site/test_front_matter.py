"""Settings at the top of a page: each is used, or told."""

from __future__ import annotations

import pytest

from macros.report import line
from macros.site.front_matter import front_matter


def said(text: str) -> list[str]:
    theme = ("home.html", ".icons/a/b.svg")
    _, found = front_matter("x.md", text, {"wont_do"}, lambda key: key == "read_by_us", theme.__contains__)
    return [line(each) for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ntilte: X\n---\n# X\n", "x.md:2:1: tilte: nothing reads this key; did you mean 'title'?"),
        ("---\ntitle: X\nowner: D\n---\n# X\n", "x.md:3:1: warning: owner: nothing reads this key"),
        ("---\nhide: [naviagtion]\n---\n", "x.md:2:1: hide: nothing called 'naviagtion' can be hidden; did you mean 'navigation'?"),
        ("---\nhide:\n  - toc\n  - tocs\n---\n", "x.md:2:1: hide: nothing called 'tocs' can be hidden; did you mean 'toc'?"),
        ("---\nwont_do: 1\n---\n", "x.md:2:1: wont_do: is a macro of the playbook, which this page could not call any more; rename the key"),
        ("---\nignore_macros: true\n---\n", "x.md:2:1: ignore_macros: the macros plugin refuses this key; write render_macros: false"),
        ("---\ntitle: [\n---\n", "x.md:3:1: YAML: a '[' or '{' that is never closed, or an empty place; close it"),
        ("---\n- a\n---\n", "x.md:1:1: expected keys and values between the dashes"),
        ("---\ntitle: X\n\n# X\n", "x.md:1:1: the settings at the top are never closed, so they are shown as text; close them with ---"),
        ("Note: first line\n\nX\n", "x.md:1:1: the first line is taken for a setting 'Note' and not shown; begin with a heading"),
        ("https://x.y is ours\n", "x.md:1:1: the first line is taken for a setting 'https' and not shown; begin with a heading"),
        ("---\ntemplate: hom.html\n---\n", "x.md:2:1: template: there is no template 'hom.html'; put it into company/overrides/"),
        ("---\nicon: a/c\n---\n", "x.md:2:1: icon: the theme has no icon 'a/c'; put it into company/overrides/.icons/"),
        ("", "x.md:1:1: warning: is empty; write the page, or delete the file"),
        (" \n", "x.md:1:1: warning: is empty; write the page, or delete the file"),
    ],
)  # fmt: skip
def test_what_nobody_reads_is_told(text: str, expected: str) -> None:
    assert expected in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "# X\n", "---\ntitle: X\nhide: [navigation, toc]\n---\n# X\n", "---\nhide: footer\n---\n# X\n",
        "---\ndate: 2026-01-01\n---\n# X\n", "---\nsearch: {boost: 2}\n---\n# X\n", "---\n---\n# X\n",
        "---\nowner: Dana\n---\nAsk {{ owner }}.\n", "---\nread_by_us: 1\n---\n# X\n", "---\n\n# X\n",
        "\nNote: second line\n", "---\ntemplate: home.html\nicon: a/b\n---\n# X\n",
    ],
)  # fmt: skip
def test_what_is_used_is_left_alone(text: str) -> None:
    assert said(text) == []


def test_a_page_says_where_its_text_begins_and_whether_its_macros_count() -> None:
    front, _ = front_matter("x.md", "---\nrender_macros: false\n---\n# X\n", (), lambda _: False)
    assert (front.end, front.keys, front.is_rendered) == (29, {"render_macros"}, False)
