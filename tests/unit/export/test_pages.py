"""Each built page as Markdown beside it, and `llms.txt`, which lists them."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.export.pages import llms_txt, page_markdown, write_pages

PAGE = (
    "<html><nav>menu</nav><article><h1>T<a class='headerlink'>¶</a></h1><p>a <strong>b</strong></p>"
    "<table><tr><th>H</th></tr><tr><td><span class='pb-letters'><b>R</b><b>A</b><span class='pb-sr'>x</span></span></td></tr></table>"
    "<form><input></form><button>B</button><svg><text>S</text></svg><p hidden>h</p></article><footer>f</footer></html>"
)


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


@pytest.fixture
def site(tmp_path: Path) -> Path:
    pages = {
        "index.html": "<article><h1>Home</h1></article>", "404.html": "<article><h1>Lost</h1></article>",
        "a/b/index.html": "<article><h1>Deep</h1><p>x</p></article>", "a/c.html": "<article><p>no heading</p></article>",
        "empty/index.html": "<article></article>",
    }  # fmt: skip
    for name, html in pages.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(html, "utf-8")
    return tmp_path


def test_each_page_has_its_markdown_beside_it_and_a_title(site: Path) -> None:
    assert write_pages(site) == {"a/b/index.md": "Deep", "a/c.md": "a", "index.md": "Home"}
    assert (site / "a/b/index.md").read_text("utf-8") == "# Deep\n\nx\n"
    assert not (site / "404.md").exists()
    assert not (site / "empty/index.md").exists()


TITLES = {"index.md": "Home", "about/index.md": "About", "what-it-is/choosing/index.md": "Choose", "what-it-is/a/b/index.md": "Deep"}


def test_llms_txt_lists_pages_by_section_with_their_address() -> None:
    assert llms_txt("N", "D.", TITLES, ["export/playbook.json"], "https://x/") == (
        "# N\n\n> D.\n\n"
        "## Overview\n\n- [Home](https://x/index.md)\n- [About](https://x/about/index.md)\n\n"
        "## What it is\n\n- [Choose](https://x/what-it-is/choosing/index.md)\n- [Deep](https://x/what-it-is/a/b/index.md)\n\n"
        "## Data\n\n- [playbook.json](https://x/export/playbook.json)\n"
    )


def test_without_an_address_links_are_relative() -> None:
    assert "](index.md)" in llms_txt("N", "D.", TITLES, [], "")
