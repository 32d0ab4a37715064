"""What comes out of the printer: PDF by Chromium, read back with poppler."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page

from macros.playbook import Playbook, load
from macros.sheets.examples import examples
from tests.browser.test_fill import saved, sheet
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

TEMPLATES = sorted(path.stem for path in (ROOT / "examples/grocer/sheets").glob("*.yml"))
ONE_PAGE = ("management-proposal", "one-sheet", "discussion-record", "wont-do-list")
MOST = 4  # pages of a sheet of the worked example
FOOT = re.compile(r"Page \d+ of \d+")


@pytest.fixture(scope="module", autouse=True)
def poppler() -> None:
    if shutil.which("pdftotext") is None or shutil.which("pdftoppm") is None:
        if os.environ.get("CI"):
            pytest.fail("poppler-utils is not installed, and in CI the tests of the print have to run")
        pytest.skip("poppler-utils is not installed")


def printed(page: Page, path: Path, paper: str = "A4", *, css_size: bool = False) -> list[str]:
    """The text of each page of the print; none may be without any."""
    page.pdf(path=path, format=paper, print_background=True, prefer_css_page_size=css_size)
    run = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, encoding="utf-8", check=True)
    pages = run.stdout.split("\f")[:-1]
    assert all(len(FOOT.sub("", text).split()) > 5 for text in pages), pages
    return pages


def words(text: str) -> set[str]:
    """The words of a text, however its lines were broken: poppler joins what was broken at a hyphen."""
    return set(re.findall(r"\w+", text.replace("-\n", "").replace("-", "")))


def white_and_black(path: Path) -> None:
    """Every page is white to its edges, and its text dark."""
    run = subprocess.run(["pdftoppm", "-r", "40", "-gray", str(path)], capture_output=True, check=True)
    for page in run.stdout.split(b"P5\n")[1:]:
        size, _, pixels = page.split(b"\n", 2)
        wide = int(size.split()[0])
        edge = pixels[:wide] + pixels[-wide:] + pixels[::wide] + pixels[wide - 1 :: wide]
        assert set(edge) == {255}
        assert sum(pixels) / len(pixels) > 200
        assert min(pixels) < 140


FILL = """form => {
  let number = 0;
  const said = [];
  for (const each of form.querySelectorAll('fieldset :is(input, select, textarea)')) {
    number += 1;
    if (each.type === 'checkbox') each.checked = true;
    else if (each.type === 'date') each.value = '2026-11-25';
    else if (each.inputMode === 'decimal') said.push(each.value = `7${number}`);
    else if (each.tagName === 'SELECT') { each.selectedIndex = each.options.length - 1; }
    else {
      each.value = `Q${number}a at least 3% lower than last year, over four full weeks Q${number}b `
        + `in all 20 pilot stores. 田中由紀 🙂 Dr. Henrike von der Q${number}c, Q${number}d`;
      said.push(...['a', 'b', 'c', 'd'].map((letter) => `Q${number}${letter}`));
    }
    each.dispatchEvent(new Event('input', {bubbles: true}));
    each.dispatchEvent(new Event('change', {bubbles: true}));
  }
  return said;
}"""


@pytest.mark.parametrize("template", [each for each in TEMPLATES if each != "one-sheet"])
def test_every_word_that_was_typed_is_on_the_paper(visit, tmp_path, template: str) -> None:
    """In every place of the sheet stands a long answer; the screen is dark."""
    page = sheet(visit, template, scheme="dark")
    given = page.locator("form[data-pb-spec]").evaluate(FILL)
    assert len(given) > 3
    path = tmp_path / "sheet.pdf"
    text = "\n".join(printed(page, path))
    assert not (set(given) - words(text))
    assert "mm/dd" not in text
    white_and_black(path)


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    found = load(ROOT)
    assert isinstance(found, Playbook)
    return found


PRINTINGS = (("A4", "light"), ("Letter", "dark"))


@pytest.mark.parametrize(
    ("template", "printing"),
    [
        # One after the other, since each takes seconds; both where it has to be one page.
        (template, printing)
        for number, template in enumerate(TEMPLATES)
        for printing in (PRINTINGS if template in ONE_PAGE else PRINTINGS[number % 2 : number % 2 + 1])
    ],
)
def test_the_worked_example_prints_whole_on_few_pages(
    visit, tmp_path, playbook: Playbook, template: str, printing: tuple[str, str]
) -> None:
    paper, scheme = printing
    page = sheet(visit, template, scheme=scheme)
    page.click('[data-pb-do="example"]')
    saved(page, "draft.name === 'Example: Wrenfield Market'")
    poster = template == "one-sheet"
    if poster:
        page.locator("select[data-pb-paper]").select_option(paper.lower())
    path = tmp_path / "sheet.pdf"
    pages = printed(page, path, paper, css_size=poster)
    assert len(pages) <= (1 if template in ONE_PAGE else MOST)
    text = "\n".join(pages)
    draft = examples(playbook)[template].draft
    rows = [row for table in draft.tables.values() for row in table]
    answers = [*draft.forms.values(), *(row.cells for row in rows)]
    typed = {
        value for cells in answers for value in cells.values() if isinstance(value, str) and " " in value
    }
    assert typed
    found = words(text)
    assert [value for value in typed if not words(value) <= found] == []
    if not poster:
        white_and_black(path)
        assert "Example: Wrenfield Market" in " ".join(text.split())
        assert f"Page {len(pages)} of {len(pages)}" in pages[-1]
        assert "Choose" not in found  # what an open list says
        for unwanted in ("*\n", "mm/dd/yyyy", "How to run it", "Add a row", "Undo", "Download"):
            assert unwanted not in text


def test_an_empty_sheet_prints_with_lines_to_write_on(visit, tmp_path) -> None:
    page = sheet(visit, "kpi-translation")
    text = "\n".join(printed(page, tmp_path / "empty.pdf"))
    assert "In the room" in text
    assert "Draft 1" not in text
    page.emulate_media(media="print")
    heights = page.locator(".pb-print tbody td").evaluate_all("all => all.map(each => each.offsetHeight)")
    assert len(heights) > 10
    assert min(heights) >= 28  # pixels: 7.5 mm
    lines = page.locator(".pb-print dd").evaluate_all("all => all.map(each => each.offsetHeight)")
    assert min(lines) >= 22


def test_a_filled_sheet_leaves_out_rows_and_columns_that_nobody_has_used(visit, tmp_path) -> None:
    page = sheet(visit, "kpi-translation")
    page.fill('[name="kpis.row-1.kpi"]', "Write-offs")
    printed(page, tmp_path / "one.pdf")
    assert page.locator(".pb-print tbody tr").count() == 1
    page = sheet(visit, "flagship-scorecard")
    page.fill('[name="candidates.row-1.name"]', "Order forecast")
    text = "\n".join(printed(page, tmp_path / "scorecard.pdf"))
    assert "Candidate 3" not in text
    assert "Order forecast" in text


def test_without_javascript_the_form_itself_prints(visit, tmp_path) -> None:
    page = visit(javascript=False, scheme="dark").go("templates/management-proposal/")
    path = tmp_path / "form.pdf"
    text = "\n".join(printed(page, path))
    assert "We ask for" in text
    assert "mm/dd" not in text
    white_and_black(path)


def test_what_was_printed_before_is_not_what_is_printed_now(visit, tmp_path) -> None:
    page = sheet(visit, "management-proposal")
    page.fill('[name="request.request"]', "Two people")
    assert "Two people" in printed(page, tmp_path / "first.pdf")[0]
    page.fill('[name="request.request"]', "Three people")
    (text,) = printed(page, tmp_path / "second.pdf")
    assert "Three people" in text
    assert "Two people" not in text


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_trees_result_prints_on_one_page_with_the_way_to_it(visit, tmp_path, paper: str) -> None:
    page = visit(scheme="dark").go("first-step/#path=none-yet/little/management/ambition")
    (text,) = printed(page, tmp_path / "result.pdf", paper)
    flat = " ".join(text.split())
    asked = page.locator("[data-pb-path] li").all_inner_texts()
    assert len(asked) == 4
    assert all(line in flat for each in asked for line in each.split("\n"))
    for part in ("Translate the goal into a KPI", "Who", "Done when", "Open the template: KPI translation"):
        assert part in flat
    white_and_black(tmp_path / "result.pdf")


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_whole_tree_prints_on_one_page(visit, tmp_path, paper: str) -> None:
    page = visit().go("first-step/")
    (text,) = printed(page, tmp_path / "tree.pdf", paper)
    found = words(text)
    questions = page.locator(".pb-question").evaluate_all("all => all.map(each => each.dataset.short)")
    steps = page.locator(".pb-first-step h3").all_text_contents()
    assert len(questions) > 10
    assert all(words(each) <= found for each in [*questions, *steps])
