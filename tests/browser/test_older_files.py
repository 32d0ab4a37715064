"""What version 0.1.0 wrote opens on its page: its files, and what it kept in a browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_fill import ready, sheet
from tests.browser.test_fill_files import download
from tests.vectors.older import FORMS, TEMPLATES, file, in_common, recorded, says_all

pytestmark = pytest.mark.browser


def says_what_it_said(page: Page, template: str, folder: Path) -> None:
    """The draft on the page has the recorded answers, as data and as Markdown."""
    found = json.loads(download(page, "json", folder).read_text("utf-8"))["answers"]
    said = recorded(template)
    assert in_common(found, said) == in_common(said, found)
    assert says_all(download(page, "md", folder).read_text("utf-8"), template)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_file_of_the_first_version_opens_with_the_same_answers(
    visit, tmp_path: Path, template: str, form: str
) -> None:
    page = sheet(visit, template)
    path = file(template, f"draft.{form}")
    page.locator("[data-pb-open]").set_input_files(path)
    expect(page.locator("[data-pb-status]")).to_contain_text(f"Opened {path.name}")
    says_what_it_said(page, template, tmp_path)


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_draft_that_the_first_version_kept_opens_with_the_same_answers(
    visit, tmp_path: Path, template: str
) -> None:
    page = sheet(visit, template)
    kept = json.loads(file(template, "stored.json").read_text("utf-8"))
    page.evaluate(
        "([id, kept]) => localStorage.setItem(`playbook:template:v1:/playbook/:${id}:old`, JSON.stringify(kept))",
        [template, kept],
    )
    page.reload()
    ready(page)
    expect(page.locator("[data-pb-drafts] option:checked")).to_contain_text(kept["name"])
    says_what_it_said(page, template, tmp_path)
