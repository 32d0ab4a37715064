"""Each built page as Markdown beside it, and `llms.txt`, which lists them."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.export.pages import article_of, as_markdown, copy_of, llms_txt, write_copies
from macros.sheets.remember import Memory

PAGE = (
    "<html><nav>menu</nav><article><h1>T<a class='headerlink'>¶</a></h1><p>a <strong>b</strong></p>"
    "<table><tr><th>H</th></tr><tr><td><span class='pb-letters'><b>R</b><b>A</b><span class='pb-sr'>x</span></span></td></tr></table>"
    "<form><input></form><button>B</button><svg><text>S</text></svg><p hidden>h</p></article><footer>f</footer></html>"
)


def page_markdown(html: str) -> str:
    return copy_of(html, Memory(None))


def test_a_page_as_markdown_has_text_and_tables_and_no_html() -> None:
    assert page_markdown(PAGE) == "# T\n\na **b**\n\n| H |\n| --- |\n| R/A |\n"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>no article</p>", ""), ("<article> </article>", ""), ("<article><form>x</form></article>", ""),
        ("<article><p class='pb-legend'><span>R is a</span><span>A is b</span></p></article>", "R is a. A is b.\n"),
        ("<article><ul><li>a</li><li>b</li></ul></article>", "- a\n- b\n"),
        ("<article><p>a</p><div><div><p>b</p></div></div></article>", "a\n\nb\n"),
    ],
)  # fmt: skip
def test_only_what_is_to_be_read_is_there(html: str, expected: str) -> None:
    assert page_markdown(html) == expected


COPIES = {
    "index.html": "# Home\n", "404.html": "# Lost\n", "a/b/index.html": "# Deep\n\nx\n", "a/c.html": "no heading\n",
    "empty/index.html": "",
}  # fmt: skip


def test_each_page_has_its_markdown_beside_it_and_a_title(tmp_path: Path) -> None:
    for name in COPIES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    assert write_copies(COPIES, tmp_path) == {"a/b/index.md": "Deep", "a/c.md": "a", "index.md": "Home"}
    assert (tmp_path / "a/b/index.md").read_bytes() == b"# Deep\n\nx\n"
    assert not (tmp_path / "404.md").exists()
    assert not (tmp_path / "empty/index.md").exists()


def test_what_is_to_be_read_is_found_before_it_is_parsed() -> None:
    assert article_of(PAGE).startswith("<article><h1>T")
    assert "menu" not in article_of(PAGE)
    assert not any(f"<{tag}" in article_of(PAGE) for tag in ("form", "svg", "button"))
    assert article_of("<p>none</p>") == ""
    assert as_markdown("<article></article>") == b""


def test_a_page_is_turned_into_markdown_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = copy_of(PAGE, Memory(tmp_path))
    monkeypatch.setattr("macros.export.pages.as_markdown", lambda _: pytest.fail("made again"))
    assert copy_of(PAGE.replace("menu", "another menu"), Memory(tmp_path)) == first


TITLES = {
    "index.md": "Home",
    "about/index.md": "About",
    "what-it-is/choosing/index.md": "Choose",
    "what-it-is/a/b/index.md": "Deep",
}


def test_llms_txt_lists_pages_by_section_with_their_address() -> None:
    assert llms_txt("N", "D.", TITLES, ["export/playbook.json"], "https://x/") == (
        "# N\n\n> D.\n\n"
        "## Overview\n\n- [Home](https://x/index.md)\n- [About](https://x/about/index.md)\n\n"
        "## What it is\n\n- [Choose](https://x/what-it-is/choosing/index.md)\n- [Deep](https://x/what-it-is/a/b/index.md)\n\n"
        "## Data\n\n- [playbook.json](https://x/export/playbook.json)\n"
    )


def test_without_an_address_links_are_relative() -> None:
    assert "](index.md)" in llms_txt("N", "D.", TITLES, [], "")
