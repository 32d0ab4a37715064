"""Files out of a sheet and back into it; the command line reads and writes the same."""

from __future__ import annotations

import csv
import io
import json
import random
import warnings
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import yaml
from markdown_it import MarkdownIt
from playwright.sync_api import Page, expect
from selectolax.lexbor import LexborHTMLParser

from macros.playbook import Playbook
from macros.sheets import book, excel
from macros.sheets.draft import Saved, create, fit
from macros.sheets.files import blank
from macros.sheets.read import read
from macros.sheets.spec import specs
from tests.browser.test_fill import TEAM, ready, saved, sheet, stored
from tests.vectors.drafts import fitted, grid, markdown, plain

pytestmark = pytest.mark.browser

HOSTILE = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "＝1+1", "=HYPERLINK(\"http://x\",\"y\")",
    "{{ 7*7 }} {% raw %} {# x #} [[ml-engineer]]",
    "a | b || c\nsecond line\n\nfourth",
    "\u202eabc שלום مرحبا", "🙂👩‍👩‍👧 é", "**bold** _x_ `code` [a](b.md) ![i](j) #h ~~s~~ $x$ &lt; &amp;",
    "_x0041_ x", "  two spaces  ", "'quoted'", '"quoted"', "yes", "null", "2026-11-25", "1e3", "- a: b #c",
    "\\n \\ \\\\", "<!-- x -->", "]]>", "\u2028sep", "a\tb",
]  # fmt: skip
LONG = "0123456789 🙂é|" * 7143  # a little more than 100,000 characters


def download(page: Page, form: str, folder: Path) -> Path:
    page.locator("[data-pb-formats]").select_option(form)
    with page.expect_download() as made:
        page.locator("[data-pb-do=download]").click()
    path = folder / made.value.suggested_filename
    made.value.save_as(path)
    return path


def answers(page: Page) -> Any:
    """What the page's draft says, as it is stored."""
    return max(stored(page), key=lambda draft: draft["saved"])["answers"]


def fill_with_hostile(page: Page) -> dict[str, str]:
    """Type something hostile into every text; returns the values by the controls' names."""
    names = page.evaluate(
        """[...document.querySelectorAll('.pb-form [name]')]
        .filter(e => e.tagName === 'TEXTAREA' || (e.tagName === 'INPUT' && e.type === 'text' && e.inputMode !== 'decimal'))
        .map(e => [e.name, e.tagName])"""
    )
    values = {}
    for number, (name, tag) in enumerate(names):
        value = HOSTILE[number % len(HOSTILE)]
        values[name] = value if tag == "TEXTAREA" else " ".join(value.split("\n"))
        page.locator(f'[name="{name}"]').fill(value)
    return values


@pytest.fixture
def spec(playbook: Playbook):
    def of(id: str) -> dict[str, Any]:
        return specs(playbook)[id]

    return of


# --- each format, opened by another library --------------------------------------------


@pytest.fixture
def hostile(visit) -> tuple[Page, dict[str, str]]:
    page = sheet(visit, "stakeholder-map")
    values = fill_with_hostile(page)
    page.locator('[name="risk.legal.interest"]').fill(LONG)
    values["risk.legal.interest"] = LONG
    saved(page, "draft.answers.risk.some(row => row.cells.interest.length > 100000)")
    return page, values


def test_yaml_has_every_text_by_pyyaml(hostile, tmp_path: Path) -> None:
    page, values = hostile
    data = yaml.safe_load(download(page, "yaml", tmp_path).read_text("utf-8"))
    assert data["template"] == "stakeholder-map"
    assert data["answers"] == answers(page)
    found = {value for section in data["answers"].values() for value in every_text(section)}
    assert set(values.values()) <= found


def test_json_has_every_text(hostile, tmp_path: Path) -> None:
    page, values = hostile
    data = json.loads(download(page, "json", tmp_path).read_text("utf-8"))
    assert set(values.values()) <= set(every_text(data["answers"]))


def every_text(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in every_text(part)]


def test_excel_has_every_text_by_openpyxl_and_no_formula(hostile, tmp_path: Path) -> None:
    page, values = hostile
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(download(page, "xlsx", tmp_path))
    found, columns = set(), []
    for sheet_ in book.worksheets:
        for line in sheet_.iter_rows():
            for cell in line:
                assert cell.data_type in ("s", "n", "d"), (cell.coordinate, cell.value)
                assert len(str(cell.value or "")) <= 32767
                found.add(cell.value.date().isoformat() if cell.data_type == "d" else cell.value)
        columns += ["".join(str(cell.value or "") for cell in column) for column in sheet_.iter_cols()]
    short = {value for value in values.values() if value != LONG}
    assert short - found == set()
    assert any(LONG in column for column in columns)


def test_word_has_every_text_by_python_docx(hostile, tmp_path: Path) -> None:
    page, values = hostile
    document = docx.Document(str(download(page, "docx", tmp_path)))
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    for value in values.values():
        assert value in cells or any(value in cell for cell in cells), value[:80]


def test_csv_has_every_text_and_no_formula(hostile, tmp_path: Path) -> None:
    page, values = hostile
    for section in ("why", "what", "how", "risk"):
        lines = list(
            csv.reader(
                io.StringIO(download(page, f"csv:{section}", tmp_path).read_text("utf-8-sig"), newline="")
            )
        )
        cells = [cell for line in lines for cell in line]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "＝", "\t"))]
        texts = {cell.removeprefix("'") if cell[1:2] in "=+-@＝" else cell for cell in cells}
        wanted = {value for name, value in values.items() if name.startswith(f"{section}.")}
        assert wanted <= texts, wanted - texts


def test_markdown_shows_every_text_and_runs_nothing(hostile, tmp_path: Path) -> None:
    page, values = hostile
    source = download(page, "md", tmp_path).read_text("utf-8")
    assert "{{" not in source
    assert "{%" not in source
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(source)
    tree = LexborHTMLParser(html)
    assert not tree.css("script, img, strong strong, em, code, a, del, h3")
    for node in tree.css("br"):
        node.replace_with("\n")
    shown = {" ".join(node.text().split()) for node in tree.css("td, li")}
    for name, value in values.items():
        one_line = " ".join(value.split())
        assert any(one_line in text for text in shown), (name, value[:60])


# --- and back --------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["yaml", "json", "xlsx"])
@pytest.mark.parametrize(
    "id", ["stakeholder-map", "raci-sheet", "flagship-scorecard", "release-criteria", "initial-members"]
)
def test_a_file_that_came_out_goes_in_again_as_the_same_draft(
    visit, tmp_path: Path, id: str, form: str
) -> None:
    page = sheet(visit, id)
    fill_with_hostile(page)
    page.evaluate(
        """[...document.querySelectorAll('.pb-form [name]')].forEach((e, i) => {
        if (e.type === 'checkbox') e.checked = i % 2; else if (e.inputMode === 'decimal') e.value = '0' + i + '.50';
        else if (e.type === 'date') e.value = '2027-01-31'; else if (e.tagName === 'SELECT') e.selectedIndex = i % e.options.length;
        else return; e.dispatchEvent(new Event('input', { bubbles: true })); })"""
    )
    for remove in page.locator("[data-pb-row=remove]").all()[:1]:
        remove.click()
    if id == "stakeholder-map":
        page.locator('[name="why.business-department.interest"]').fill(LONG)
        page.locator('[name="what.data-scientist.ask"]').press("Alt+ArrowUp")
    page.wait_for_timeout(400)
    before = answers(page)
    path = download(page, form, tmp_path)
    page.locator("[data-pb-do=delete]").click()
    assert stored(page) == []
    page.locator("[data-pb-open]").set_input_files(path)
    expect(page.locator("[data-pb-status]")).to_contain_text("Opened")
    saved(page)
    assert answers(page) == before
    again = download(page, "json", tmp_path / "again")
    assert json.loads(again.read_text("utf-8"))["answers"] == before
    assert page.locator("[data-pb-kept]").is_hidden()


def test_a_blank_workbook_filled_in_a_spreadsheet_opens_as_a_draft(
    visit, tmp_path: Path, spec, playbook: Playbook
) -> None:
    path = tmp_path / "filled.xlsx"
    path.write_bytes(blank(spec("release-criteria"), playbook.templates["release-criteria"], "xlsx"))
    book = openpyxl.load_workbook(path)
    for sheet_ in book.worksheets:
        column = 0
        for line in sheet_.iter_rows():
            # Answers stand below the id "answer" of their section.
            column = next((at for at, cell in enumerate(line) if cell.value == "answer"), column)
            value = {
                "kpi": "_x0041_ =1+1",
                "latency": 87,
                "segments": "x",
                "verdict": "Go with conditions",
            }.get(str(line[0].value))
            if value is not None:
                line[column].value = value
                if isinstance(value, str):
                    line[column].data_type = "s"
    book.save(path)
    page = sheet(visit, "release-criteria")
    page.locator("[data-pb-open]").set_input_files(path)
    expect(page.locator('[name="operation.latency"]')).to_have_value("87")
    expect(page.locator('[name="model-quality.segments"]')).to_be_checked()
    expect(page.locator('[name="decision.verdict"]')).to_have_value("go-with-conditions")
    expect(page.locator('[name="model-quality.baseline"]')).not_to_be_checked()


BROKEN = {
    "empty.yml": (b"", "it is empty"),
    "list.yml": (b"- a\n- b\n", "not a draft of a sheet"),
    "syntax.yml": (b"template: [raci-sheet\n", "not YAML"),
    "syntax.json": (b'{"template": ', "not JSON"),
    "binary.json": (bytes(range(256)), "is not UTF-8 text"),
    "other.yml": (b"template: milestones\nformat: 1\nanswers: {}\n", "fills the template “milestones”"),
    "none.json": (b'{"format": 1}', "does not say which template"),
    "format.yml": (b"template: raci-sheet\nformat: 2\nanswers: {}\n", "its format is “2”"),
    "answers.yml": (b"template: raci-sheet\nformat: 1\nanswers: no\n", "answers are missing"),
    "deep.json": (b'{"template":"raci-sheet","format":1,"answers":{"scope":{"team":["x"]}}}', "scope, team: expected text, got a list"),
    "row.json": (b'{"template":"raci-sheet","format":1,"answers":{"matrix":[{"row":true,"cells":{}}]}}', "matrix, row 1, row: expected text"),
    "not.xlsx": (b"PK\x03\x04 nothing", "not an Excel workbook"),
    "text.xlsx": (b"hello", "it is text, and its name says that it is a workbook"),
    "plan.txt": (b"hello", "those end in .yml, .yaml, .json, .xlsx or .xlsm"),
    "bomb.yml": (b"a: &a [x,x]\nb: &b [*a,*a]\ntemplate: raci-sheet\nformat: 1\nanswers: {scope: {team: *b}}\n", "was not opened"),
}  # fmt: skip


def test_a_file_that_is_none_of_ours_is_refused_and_changes_nothing(visit, tmp_path: Path) -> None:
    page = sheet(visit)
    page.fill(TEAM, "Mine")
    saved(page)
    before = stored(page)
    for name, (content, message) in BROKEN.items():
        (tmp_path / name).write_bytes(content)
        page.locator("[data-pb-open]").set_input_files(tmp_path / name)
        expect(page.locator("[data-pb-alert]")).to_contain_text(
            f"{name} was not opened, and nothing was changed"
        )
        expect(page.locator("[data-pb-alert]")).to_contain_text(message)
        expect(page.locator(TEAM)).to_have_value("Mine")
        assert stored(page) == before


def test_a_workbook_of_something_else_is_refused(visit, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "Budget"
    book.save(tmp_path / "budget.xlsx")
    page = sheet(visit)
    page.locator("[data-pb-open]").set_input_files(tmp_path / "budget.xlsx")
    expect(page.locator("[data-pb-alert]")).to_contain_text("does not say which template it fills")
    assert stored(page) == []


# --- browser and command line hold together --------------------------------------------


def random_answers(spec: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """A file's answers: of this sheet, of an older one, or of none."""

    def value(field: dict[str, Any]) -> Any:
        kind = field["type"]
        if chance.random() < 0.1:
            return chance.choice(["", "odd | value", True, False])
        if kind == "checkbox":
            return chance.random() < 0.5
        if kind == "choice":
            return chance.choice([*(each for each, _ in field["choices"]), "gone", ""])
        if kind == "number":
            return chance.choice(["5", "0.50", "-1e3", ".5", "five", ""])
        if kind == "date":
            return chance.choice(["2026-12-01", "soon", ""])
        return chance.choice([*HOSTILE, ""])

    def cells(section: dict[str, Any]) -> dict[str, Any]:
        known = {each["id"]: value(each) for each in section["fields"] if chance.random() < 0.9}
        return known | ({"former": chance.choice(HOSTILE)} if chance.random() < 0.2 else {})

    result: dict[str, Any] = {}
    for section in spec["sections"]:
        if chance.random() < 0.1:
            continue
        if not section.get("table"):
            result[section["id"]] = cells(section)
            continue
        lines: list[dict[str, Any]] = []
        for row in chance.sample(section.get("rows", []), len(section.get("rows", []))):
            dice = chance.random()
            if dice < 0.75:
                lines.append({"row": row["id"], "name": row["name"], "cells": cells(section)})
            elif dice < 0.85:
                lines.append({"row": row["id"], "removed": True, "cells": {}})
        for _ in range(chance.randrange(4)):
            names = [each for each, _ in section.get("names", [])] or HOSTILE
            own: dict[str, Any] = {"cells": cells(section)}
            if chance.random() < 0.7:
                own |= {"name": chance.choice(names), "note": chance.choice(HOSTILE)}
            if chance.random() < 0.2:
                own |= {"row": "no-longer-there"}
            lines.insert(chance.randrange(len(lines) + 1), own)
        result[section["id"]] = lines
    if chance.random() < 0.3:
        result["former-section"] = {"what": "was asked", "tick": True}
    return result


def test_browser_and_command_line_make_the_same_of_any_answers(visit, playbook: Playbook, spec) -> None:
    page = sheet(visit)
    chance = random.Random(4)  # noqa: S311 - the same each time
    kept = [{"where": "scope.team", "value": "back again"}, {"where": "nowhere.at.all", "value": "= kept"}]
    for id in playbook.templates:
        laid_out = spec(id)
        for _ in range(12):
            given = {
                "name": "Team & Söhne",
                "saved": "2026-11-25T10:00:00.000Z",
                "answers": random_answers(laid_out, chance),
                "kept": kept,
            }
            theirs = page.evaluate(
                """async ([spec, saved]) => {
                const { fit } = await import('/playbook/assets/sheets/draft.js');
                const { asMarkdown } = await import('/playbook/assets/sheets/text.js');
                const { layOut } = await import('/playbook/assets/sheets/book.js');
                const { draft } = fit(spec, saved);
                return [asMarkdown(spec, draft), layOut(spec, draft), draft.kept]; }""",
                [laid_out, given],
            )
            assert plain(fitted(laid_out, given))["kept"] == theirs[2]
            assert markdown(laid_out, given) == theirs[0]
            assert grid(laid_out, given) == theirs[1]


@pytest.mark.parametrize("form", ["yaml", "json", "xlsx"])
def test_the_command_line_reads_what_the_browser_wrote(hostile, tmp_path: Path, spec, form: str) -> None:
    page, _ = hostile
    found = read(download(page, form, tmp_path), {"stakeholder-map": spec("stakeholder-map")})
    assert isinstance(found, Saved), found
    draft = fit(spec("stakeholder-map"), found)
    given = answers(page)
    for section in ("why", "what", "how", "risk"):
        ours = [row.cells for row in draft.tables[section] if row.row or row.name]
        assert ours == [row["cells"] for row in given[section] if row.get("row") or row.get("name")]
    assert draft.forms["scope"] == given["scope"]
    assert not draft.kept


def test_the_browser_reads_the_workbook_that_the_command_line_wrote(visit, tmp_path: Path, spec) -> None:
    laid_out = spec("wont-do-list")
    draft = create(laid_out, "Ours")
    for number, row in enumerate(draft.tables["list"]):
        row.cells["reason"] = HOSTILE[number]
    draft.tables["list"][-1].name = "_x0041_ = name"
    draft.tables["list"][0].cells["instead"] = LONG
    draft.tables["list"][1].cells["instead"] = "<r><t>no markup</t></r>"
    draft.tables["list"][2].cells["instead"] = "_x0041_x0042__x005F_"
    (tmp_path / "a.xlsx").write_bytes(excel.write([book.lay_out(laid_out, draft)]))
    page = sheet(visit, "wont-do-list")
    page.locator("[data-pb-open]").set_input_files(tmp_path / "a.xlsx")
    expect(page.locator("[data-pb-status]")).to_contain_text("Opened a.xlsx as “Ours”")
    saved(page)
    assert [row["cells"] for row in answers(page)["list"]] == [row.cells for row in draft.tables["list"]]
    assert answers(page)["list"][-1]["name"] == "_x0041_ = name"


def test_the_sheet_is_ready_again_on_the_next_page_of_the_site(visit) -> None:
    window = visit()
    page = ready(window.go("templates/raci-sheet/"))
    page.fill(TEAM, "x")
    page.locator(".pb-next a").click()
    ready(page)
    assert not window.complaints
