"""What both generators publish: links that lead somewhere, valid HTML, nothing from elsewhere."""

from __future__ import annotations

import gzip
import posixpath
import re
from collections import Counter
from itertools import chain, pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree
from zipfile import ZipFile

import html5lib
import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.playbook import Playbook
from macros.sheets.layout import lay_out
from tests.conftest import ROOT
from tests.site.conftest import Site

pytestmark = pytest.mark.slow


def resolved(page: str, href: str) -> tuple[str, str] | None:
    """Path below the site's root and anchor that a link leads to; None for another host."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return None
    base = page if page.endswith("/") or not page else posixpath.dirname(page) + "/"
    path = posixpath.normpath(posixpath.join("/", base, unquote(parts.path))) if parts.path else f"/{page}"
    if parts.path.endswith("/") or path in ("/", "/."):
        path = path.rstrip("/") + "/"
    return path.lstrip("/"), unquote(parts.fragment)


def broken_links(site: Site) -> list[tuple[str, str, str]]:
    """Links of a site that lead to no page, no file or no anchor: page, link, reason."""
    ids = {
        page: {node.attributes["id"] for node in tree.css("[id]")} | {"", "__tabbed", "#"}
        for page, tree in site.pages.items()
    }
    broken = []
    for page, tree in site.pages.items():
        if page == "404.html":  # served at any depth, so its links are absolute by design
            continue
        for link in tree.css("a[href]"):
            href = link.attributes["href"] or ""
            found = resolved(page, href)
            if found is None:
                continue
            path, anchor = found
            if path in ids:
                if anchor and anchor not in ids[path] and not anchor.startswith("path="):
                    broken.append((page, href, "no such anchor"))
            elif not (site.folder / path).is_file():
                broken.append((page, href, "no such file"))
    return broken


def test_every_internal_link_and_anchor_resolves(site: Site) -> None:
    assert sum(len(tree.css("a[href]")) for tree in site.pages.values()) > 2000
    assert not broken_links(site)


def linked(site: Site, page: str, tree: LexborHTMLParser) -> set[str]:
    """Other pages that a page's text leads to: the navigation and the line at its foot do not count."""
    for node in tree.css(".pb-unmarked, .headerlink"):
        node.decompose()
    hrefs = [node.attributes["href"] or "" for node in tree.css("article a[href]")]
    found = {place[0] for href in hrefs if (place := resolved(page, href))}
    return {each for each in found if each in site.pages} - {page}


def test_every_page_has_two_links_to_other_pages_in_its_text_and_two_that_lead_to_it(site: Site) -> None:
    ways = {
        page: linked(site, page, LexborHTMLParser(tree.html or ""))
        for page, tree in site.pages.items()
        if page != "404.html"
    }
    leading_to = Counter(chain.from_iterable(ways.values()))
    alone = {
        page: (len(found), leading_to[page])
        for page, found in ways.items()
        if len(found) < 2 or leading_to[page] < 2
    }
    assert alone == {}


def test_a_broken_link_would_be_found(site: Site) -> None:
    page = LexborHTMLParser('<a href="../nowhere/">x</a> <a href="#nothing">y</a>')
    reasons = [reason for _, _, reason in broken_links(Site(site.folder, "", {**site.pages, "x/": page}))]
    assert reasons == ["no such file", "no such anchor"]


def test_every_script_style_and_picture_is_a_file_of_the_site(site: Site) -> None:
    for page, tree in site.pages.items():
        for node in tree.css("script[src], img[src], link[href]"):
            address = node.attributes.get("src") or node.attributes.get("href") or ""
            if node.attributes.get("rel") == "canonical" or page == "404.html" or address.startswith("data:"):
                continue
            found = resolved(page, address)
            assert found is not None, (page, address)
            assert (site.folder / found[0]).exists(), (page, address)


def test_no_page_style_or_script_of_ours_names_another_host_to_load_from(site: Site) -> None:
    ours = [path for path in (site.folder / "assets").glob("*.*") if path.suffix in (".js", ".css")]
    assert len(ours) >= 5
    for path in ours:
        assert not re.search(
            r"(https?:)?//[a-z]",
            re.sub(r"^\s*//.*$|/\*.*?\*/", "", path.read_text("utf-8"), flags=re.M | re.S),
        ), path
    for page, tree in site.pages.items():
        for node in tree.css("script:not([src]), style"):
            assert not re.search(r"""(import|url\(|src=)\s*["']?https?:""", node.text()), page


def test_html_has_no_parse_error(site: Site) -> None:
    for page in site.pages:
        parser = html5lib.HTMLParser()
        path = site.folder / (page + "index.html" if page.endswith("/") or not page else page)
        parser.parse(path.read_text("utf-8"))
        errors = {(position, code) for position, code, _ in parser.errors}
        assert not errors, (page, sorted(errors)[:3])


def test_ids_are_unique_on_every_page(site: Site) -> None:
    for page, tree in site.pages.items():
        ids = [node.attributes["id"] for node in tree.css("[id]")]
        twice = {name for name in ids if ids.count(name) > 1}
        assert not twice, (page, twice)


def test_every_label_and_description_points_at_something(site: Site) -> None:
    for page, tree in site.pages.items():
        ids = {node.attributes["id"] for node in tree.css("[id]")}
        for node in tree.css("article [for], article [aria-labelledby], article [aria-describedby]"):
            for key in ("for", "aria-labelledby", "aria-describedby"):
                for name in (node.attributes.get(key) or "").split():
                    assert name in ids, (page, key, name)


def test_every_page_has_one_main_heading_and_skips_no_level(site: Site) -> None:
    for page, tree in site.pages.items():
        levels = [int(node.tag[1]) for node in tree.css("article h1, article h2, article h3, article h4")]
        if page == "404.html":
            continue
        assert levels.count(1) == 1, page
        assert all(after - before <= 1 for before, after in pairwise(levels)), (
            page,
            levels,
        )


def test_every_item_is_an_anchor_on_some_page(site: Site, playbook: Playbook) -> None:
    ids = {node.attributes["id"] for tree in site.pages.values() for node in tree.css("[id]")}
    kinds = (
        "components", "capabilities", "checklist_questions", "misconceptions", "knowledge_areas", "requirements",
        "stakeholders", "members", "sourcing_options", "activities", "principles", "criteria", "exclusions",
        "comparison_aspects", "decision_criteria", "milestones", "wont_do", "takeaways", "topics", "terms", "questions", "first_steps",
    )  # fmt: skip
    for kind in kinds:
        missing = set(getattr(playbook, kind)) - ids
        assert not missing, (kind, missing)


def test_every_template_has_its_blanks_beside_it(site: Site, playbook: Playbook) -> None:
    for name, item in playbook.templates.items():
        links = site.pages[f"templates/{name}/"].css(".pb-downloads a[download]")
        assert [link.attributes["download"] for link in links] == [
            f"{name}.{form}" for form in ("docx", "xlsx", "md")
        ]
        for link in links:
            found = resolved(f"templates/{name}/", link.attributes["href"] or "")
            assert found == (f"templates/{link.attributes['download']}", "")
        assert (site.folder / f"templates/{name}.md").read_text("utf-8").startswith(f"# {item.name}\n")


def texts(path: Path) -> list[str]:
    """Every text of an office file, read by nothing but ZIP and XML."""
    with ZipFile(path) as package:
        parts = [
            name for name in package.namelist() if name.startswith(("word/document", "xl/worksheets/sheet"))
        ]
        roots = [ElementTree.fromstring(package.read(part)) for part in parts]  # noqa: S314 - our own file
        return [text for root in roots for text in root.itertext()]


def test_word_and_excel_blanks_ask_every_question(site: Site, playbook: Playbook) -> None:
    for name, item in playbook.templates.items():
        word = texts(site.folder / f"templates/{name}.docx")
        excel = texts(site.folder / f"templates/{name}.xlsx")
        assert item.purpose in word
        assert item.done_when in word
        for sheet in lay_out(item, playbook):
            for field in sheet.columns:
                assert any(text.startswith(field.name) for text in word), (name, field.name)
                assert field.name in excel, (name, field.name)
            for row in sheet.rows or ():
                assert not row.name or {row.name} <= set(excel) & set(word), (name, row.name)


def test_every_statement_shows_where_it_comes_from(site: Site) -> None:
    marks = [node.text() for node in site.pages["grow/choosing/"].css(".pb-source")]
    assert marks.count("deck 33") == 6
    assert marks.count("kit") == 1


def imported(path: Path) -> set[Path]:
    """A script with those that it imports at once; what is fetched on demand is not among them."""
    found = {path}
    for name in re.findall(r'^(?:import\b.*|\}) from "(\./[^"]+)";$', path.read_text("utf-8"), re.MULTILINE):
        found |= imported((path.parent / name).resolve())
    return found


def test_our_scripts_are_small_before_an_export_is_asked_for(site: Site) -> None:
    assets = (site.folder / "assets").resolve()
    # Fetched when a file is asked for: files.js, write.js and read.js, with what only they import.
    first = [*assets.glob("*.js"), assets / "sheets/fill.js", assets / "sheets/one-sheet.js"]
    scripts = {each for path in first for each in imported(path)}
    assert {path.name for path in scripts} >= {"playbook.js", "sheet.js", "draft.js", "rules.js"}
    size = sum(len(gzip.compress(path.read_bytes())) for path in scripts)
    assert size < 35_000, size


def test_abbreviations_lead_to_their_entries_in_prose_and_in_data(site: Site) -> None:
    for page, place, word in (
        ("what-mlops-is/ci-cd-ct/", "article p", "CT"),
        ("grow/approaches/", "td", "KPI"),
    ):
        found = site.pages[page].css(f"{place} > a.pb-term > abbr[title]")
        [link, *_] = [node.parent for node in found if node.text() == word]
        assert link is not None
        assert link.attributes["href"] == f"../../glossary/#{word.lower()}"


def test_facts_of_the_raci_stand_in_data_only() -> None:
    """Pages call macros; no page repeats an activity's or a capability's name beside letters."""
    rows = {"docs/llm.md": 2}  # rows to add to one's own RACI: they are not in the data
    for path in (ROOT / "docs").rglob("*.md"):
        found = re.findall(r"\|\s*R/A\s*\|", path.read_text("utf-8"))
        assert len(found) == rows.get(path.relative_to(ROOT).as_posix(), 0), path


def test_the_way_on_from_a_template_is_the_one_that_its_data_names(site: Site, playbook: Playbook) -> None:
    for id, template in playbook.templates.items():
        page = f"templates/{id}/"
        tree = site.pages[page]
        footer = tree.css_first("nav.md-footer__inner")
        assert footer is None or "hidden" in footer.attributes, id
        leads = [resolved(page, link.attributes["href"] or "") for link in tree.css(".pb-next a")]
        assert leads == ([(f"templates/{template.next}/", "")] if template.next else []), id


def test_an_invitation_is_there_line_by_line(site: Site, playbook: Playbook) -> None:
    for id, template in playbook.templates.items():
        [shown] = site.pages[f"templates/{id}/"].css(".pb-invite pre code")
        assert shown.text().strip() == template.invite, id
