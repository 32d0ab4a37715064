"""Markdown extension: the glossary's abbreviations get tooltips in pages' prose."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import markdown
import pytest

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
