"""MkDocs and Zensical publish the same pages from one tree."""

from __future__ import annotations

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.playbook import Playbook
from macros.views.example import FORMATS
from tests.site.conftest import Site
from tests.site.test_built import resolved

pytestmark = pytest.mark.slow


def content(page: str, tree: LexborHTMLParser) -> dict[str, object]:
    """What a page says, whatever the markup around it."""
    [article] = tree.css("article")
    return {
        "text": re.sub(r"\s+", " ", article.text(separator=" ")).strip(),
        "headings": [
            (node.tag, node.attributes.get("id"), node.text()) for node in article.css("h1, h2, h3, h4")
        ],
        "anchors": [
            name
            for node in article.css("[id]")
            if (name := node.attributes["id"]) and not name.startswith("__")
        ],
        "links": [resolved(page, node.attributes["href"] or "") for node in article.css("a[href]")],
        "controls": [node.attributes.get("name") for node in article.css("input, select, textarea")],
    }


def test_both_publish_the_same_pages(mkdocs_site: Site, zensical_site: Site) -> None:
    assert sorted(mkdocs_site.pages) == sorted(zensical_site.pages)
    assert len(mkdocs_site.pages) > 55


@pytest.mark.parametrize("part", ["text", "headings", "anchors", "links", "controls"])
def test_both_publish_the_same(mkdocs_site: Site, zensical_site: Site, part: str) -> None:
    for page, tree in mkdocs_site.pages.items():
        if page != "404.html":
            assert content(page, tree)[part] == content(page, zensical_site.pages[page])[part], page


def test_both_write_the_same_files_beside_pages(mkdocs_site: Site, zensical_site: Site) -> None:
    """MkDocs was called directly here, Zensical by our own command."""

    def beside(site: Site) -> set[str]:
        files = {
            path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*") if path.is_file()
        }
        return {
            name for name in files if name.endswith((".md", ".docx", ".xlsx", ".json", ".csv", "llms.txt"))
        }

    assert {"llms.txt", "export/playbook.json", "index.md"} <= beside(mkdocs_site)
    assert beside(mkdocs_site) - {"search/search_index.json"} == beside(zensical_site) - {"search.json"}


def test_both_write_the_same_blanks(mkdocs_site: Site, zensical_site: Site) -> None:
    folder = mkdocs_site.folder / "templates"
    names = sorted(path.name for path in folder.glob("*.md") if path.name != "index.md")
    assert len(names) == 24
    for name in names:
        first = (folder / name).read_text("utf-8")
        assert first == (zensical_site.folder / "templates" / name).read_text("utf-8")


def test_both_write_the_same_filled_sheets(
    playbook: Playbook, mkdocs_site: Site, zensical_site: Site
) -> None:
    folder = mkdocs_site.folder / "examples"
    names = {path.name for path in folder.iterdir()}
    assert names == {f"{id}.{form}" for id in playbook.templates for form in FORMATS}
    for name in names:
        assert (folder / name).read_bytes() == (zensical_site.folder / "examples" / name).read_bytes(), name


def test_each_template_has_its_filled_sheet_on_its_page_and_as_files(
    playbook: Playbook, mkdocs_site: Site, zensical_site: Site
) -> None:
    for site in (mkdocs_site, zensical_site):
        for id in playbook.templates:
            page = site.pages[f"templates/{id}/"]
            assert page.css_first("#example").text().startswith("Filled in by Wrenfield Market")
            assert page.css("a[data-pb-example]")[0].attributes["href"] == f"../../examples/{id}.json"
            links = {link.attributes["href"] for link in page.css(".pb-filled-about a")}
            assert links == {
                f"../../examples/{id}.docx",
                f"../../examples/{id}.xlsx",
                "../../stories/grocer/",
            }


def test_titles_of_pages_differ_only_where_the_docs_say_so(mkdocs_site: Site, zensical_site: Site) -> None:
    def title(tree: LexborHTMLParser) -> str:
        [node] = tree.css("head > title")
        return node.text()

    different = {
        page for page, tree in mkdocs_site.pages.items() if title(tree) != title(zensical_site.pages[page])
    }
    assert different <= {"", "404.html"}
