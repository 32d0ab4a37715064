"""Markdown extension: the glossary's abbreviations get tooltips in pages' prose."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import markdown
import pytest
from markdown.treeprocessors import Treeprocessor

from macros.site import abbreviations, ready
from macros.site.abbreviations import makeExtension
from tests.conftest import SMALL, Copy


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    ready._ready.cache_clear()
    yield
    ready._ready.cache_clear()


def rendered(monkeypatch: pytest.MonkeyPatch, root: Path, text: str) -> str:
    monkeypatch.setattr(abbreviations, "ROOT", root)
    return markdown.markdown(text, extensions=[makeExtension()])


def test_abbreviations_of_the_glossary_have_tooltips_in_prose(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = rendered(monkeypatch, SMALL, "The SLA, and no SLAs.")
    assert '<abbr title="Service level agreement: What was promised.">SLA</abbr>' in shown
    assert shown.count("<abbr") == 1


def test_of_a_broken_playbook_there_are_none_and_no_error(
    monkeypatch: pytest.MonkeyPatch, small: Copy
) -> None:
    small.write("data/glossary.yml", "terms: [\n")
    assert rendered(monkeypatch, small.root, "The SLA.") == "<p>The SLA.</p>"


def test_it_looks_into_the_project_in_which_the_package_lies() -> None:
    assert (abbreviations.ROOT / "macros/site/abbreviations.py").is_file()


def linked(monkeypatch: pytest.MonkeyPatch, root: Path, text: str, page: str) -> str:
    """As MkDocs sets a page: what makes addresses of links knows the page's file."""
    monkeypatch.setattr(abbreviations, "ROOT", root)
    md = markdown.Markdown(extensions=[makeExtension(), "tables"])
    relpath = Treeprocessor(md)
    relpath.file = SimpleNamespace(src_uri=page)  # type: ignore[attr-defined]
    md.treeprocessors.register(relpath, "relpath", 0)
    return md.convert(text)


def test_an_abbreviation_in_prose_leads_to_its_entry(monkeypatch: pytest.MonkeyPatch, small: Copy) -> None:
    small.write("docs/glossary.md", "# Words\n\n{{ glossary() }}\n")
    shown = linked(monkeypatch, small.root, "The SLA, *the SLA*. End.", "grow/a.md")
    assert shown.count('<a class="pb-term" href="../glossary.md#sla"><abbr title=') == 2
    assert shown.endswith("</abbr></a></em>. End.</p>")


@pytest.mark.parametrize(
    "text", ["## The SLA", "[the SLA](https://example.com/)", 'Look: <a href="x">*the* SLA</a>.']
)
def test_in_headings_and_links_it_is_no_link(monkeypatch: pytest.MonkeyPatch, small: Copy, text: str) -> None:
    small.write("docs/glossary.md", "# Words\n\n{{ glossary() }}\n")
    shown = linked(monkeypatch, small.root, text, "a.md")
    assert "<abbr" in shown
    assert "pb-term" not in shown


def test_behind_a_link_written_as_html_it_is_a_link_again(
    monkeypatch: pytest.MonkeyPatch, small: Copy
) -> None:
    small.write("docs/glossary.md", "# Words\n\n{{ glossary() }}\n")
    shown = linked(monkeypatch, small.root, 'The <a href="x">SLA</a> is an SLA.', "a.md")
    assert shown.count("<abbr") == 2
    assert shown.count("pb-term") == 1


def test_where_the_page_is_not_known_there_is_a_tooltip_alone(
    monkeypatch: pytest.MonkeyPatch, small: Copy
) -> None:
    small.write("docs/glossary.md", "# Words\n\n{{ glossary() }}\n")
    shown = rendered(monkeypatch, small.root, "The SLA.")
    assert "<abbr" in shown
    assert "pb-term" not in shown
