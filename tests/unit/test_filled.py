"""`playbook fill` and `playbook collect`: answers in files into documents and comparisons."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import warnings
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import docx
import openpyxl
import pytest

from macros.diagnostics import Diagnostics
from macros.playbook import Playbook
from macros.report import line
from macros.sheets import collect, excel, text, word
from macros.sheets.draft import Kept, Row, Saved, clean, create, fit
from macros.sheets.files import blank, comparison
from macros.sheets.layout import lay_out
from macros.sheets.read import read
from macros.sheets.spec import spec as spec_of
from tests.conftest import ROOT
from tests.unit.test_cli import run

TEAM = """\
template: missing-capability-check
format: 1
draft: {name}
saved: '2026-11-25T10:00:00.000Z'
answers:
  questions:
    - row: accidents-and-setbacks
      cells: {{example: '{example}', times: {times}}}
  process:
    - row: release-criteria
      cells: {{rating: '{rating}', evidence: '=1+1'}}
  result: {{pillar: process, item: Release criteria, by: 2027-01-31}}
"""


@pytest.fixture
def specs(playbook: Playbook) -> dict[str, dict]:
    return {id: spec_of(item, playbook, lay_out(item, playbook)) for id, item in playbook.templates.items()}


def write(
    folder: Path, name: str, example: str = "Rollback took a day", times: int = 2, rating: int = 1
) -> Path:
    path = folder / f"{name}.yml"
    path.write_text(TEAM.format(name=name.capitalize(), example=example, times=times, rating=rating), "utf-8")
    return path


# --- fill ------------------------------------------------------------------------------


def test_fill_writes_markdown_beside_the_current_folder(tmp_path: Path) -> None:
    write(tmp_path, "pricing")
    result = run("fill", "missing-capability-check", "pricing.yml", "--to", "md", cwd=tmp_path)
    assert (result.returncode, result.stdout, result.stderr) == (0, "wrote pricing.md\n", "")
    written = (tmp_path / "pricing.md").read_text("utf-8")
    assert written.startswith("# Missing-capability check: Pricing\n")
    assert "| Where did accidents and setbacks occur? | Rollback took a day | 2 |" in written
    assert "- **By:** 2027-01-31" in written


def test_fill_writes_word_and_excel_that_others_can_read(tmp_path: Path) -> None:
    write(tmp_path, "pricing", example="Rollback | took\\n")
    for form in ("docx", "xlsx"):
        assert (
            run("fill", "missing-capability-check", "pricing.yml", "--to", form, cwd=tmp_path).returncode == 0
        )
    document = docx.Document(str(tmp_path / "pricing.docx"))
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert {"Rollback | took\\n", "1 begun", "=1+1", "Process (operation)"} <= cells
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        book = openpyxl.load_workbook(tmp_path / "pricing.xlsx")
    values = {cell.value: cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert values["=1+1"] in ("s", "inlineStr")
    assert "Rollback | took\\n" in values


def test_fill_overwrites_nothing_unasked(tmp_path: Path) -> None:
    write(tmp_path, "pricing")
    (tmp_path / "pricing.md").write_text("mine", "utf-8")
    result = run("fill", "missing-capability-check", "pricing.yml", "--to", "md", cwd=tmp_path)
    assert result.returncode == 1
    assert "pricing.md exists" in result.stderr
    assert (tmp_path / "pricing.md").read_text("utf-8") == "mine"
    assert (
        run(
            "fill", "missing-capability-check", "pricing.yml", "--to", "md", "--force", cwd=tmp_path
        ).returncode
        == 0
    )
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_fill_knows_the_template_that_was_meant(tmp_path: Path) -> None:
    write(tmp_path, "pricing")
    result = run("fill", "missing-capability-chek", "pricing.yml", "--to", "md", cwd=tmp_path)
    assert result.returncode == 2
    assert "did you mean 'missing-capability-check'?" in result.stderr
    result = run("fill", "milestones", "pricing.yml", "--to", "md", cwd=tmp_path)
    assert result.returncode == 1
    assert "pricing.yml fills the template 'missing-capability-check', not 'milestones'." in result.stderr
    assert not (tmp_path / "pricing.md").exists()


def test_fill_says_what_has_no_place_any_more(tmp_path: Path) -> None:
    path = write(tmp_path, "pricing")
    path.write_text(
        path.read_text("utf-8").replace("item: Release", "budget: '40'\n    , item: Release"), "utf-8"
    )
    result = run("fill", "missing-capability-check", "pricing.yml", "--to", "md", cwd=tmp_path)
    assert result.returncode == 0
    assert "No longer in this sheet, so at its end: result.budget" in result.stderr
    assert "- **result.budget:** 40" in (tmp_path / "pricing.md").read_text("utf-8")


MISTAKES = {
    "template: raci-shet\nformat: 1\nanswers: {}\n": ["a.yml:1:11: template: unknown template 'raci-shet'; did you mean 'raci-sheet'?"],
    "format: 1\nanswers: {}\n": ["a.yml:1:1: does not say which template it fills; add 'template:' with its id"],
    "template: raci-sheet\nanswers: [x]\n": [
        "a.yml:1:1: expected 'format: 1'; the format that this playbook reads",
        "a.yml:2:10: answers: expected 'answers:' by section of the template",
    ],
    "template: raci-sheet\nformat: 1\nanswers:\n  scope: {team: [x]}\n  matrix:\n    - {row: a, cels: {}}\n    - x\n": [
        "a.yml:4:17: answers.scope.team: expected text, got a list",
        "a.yml:6:7: answers.matrix[0]: missing 'cells'",
        "a.yml:6:16: answers.matrix[0].cels: unknown key; did you mean 'cells'?",
        "a.yml:7:7: answers.matrix[1]: expected a row with 'cells', got text",
    ],
    "template: [\n": ["a.yml:2:1: YAML: a '[' or '{' that is never closed, or an empty place; close it"],
    "- a\n": ["a.yml:1:1: expected answers to a template, got a list"],
}  # fmt: skip


@pytest.mark.parametrize("content", MISTAKES)
def test_a_file_with_mistakes_gets_all_of_them_with_their_places(
    tmp_path: Path, specs: dict, content: str
) -> None:
    (tmp_path / "a.yml").write_text(content, "utf-8")
    found = read(tmp_path / "a.yml", specs)
    assert isinstance(found, Diagnostics)
    assert [line(each) for each in found] == MISTAKES[content]


def test_broken_json_says_where(tmp_path: Path, specs: dict) -> None:
    (tmp_path / "a.json").write_text('{\n "template": }', "utf-8")
    found = read(tmp_path / "a.json", specs)
    assert isinstance(found, Diagnostics)
    assert line(found[0]) == "a.json:2:14: JSON: Expecting value"
    (tmp_path / "a.json").write_text('{\n "template": "raci-shet", "format": 1, "answers": {}}', "utf-8")
    found = read(tmp_path / "a.json", specs)
    assert isinstance(found, Diagnostics)
    assert line(found[0]) == "a.json:2:14: template: unknown template 'raci-shet'; did you mean 'raci-sheet'?"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"hello"])
def test_a_workbook_that_is_none_is_told(tmp_path: Path, specs: dict, content: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    found = read(tmp_path / "a.xlsx", specs)
    assert isinstance(found, Diagnostics)
    assert line(found[0]) == "a.xlsx:1:1: is not an Excel workbook that can be read"


def test_escaped_characters_of_json_are_read(tmp_path: Path, specs: dict) -> None:
    data = {"template": "raci-sheet", "format": 1, "draft": "🙂", "answers": {"scope": {"team": "é🙂\u2028"}}}
    (tmp_path / "a.json").write_text(json.dumps(data), "utf-8")
    found = read(tmp_path / "a.json", specs)
    assert isinstance(found, Saved)
    assert fit(specs["raci-sheet"], found).forms["scope"]["team"] == "é🙂\u2028"


def test_a_blank_workbook_offers_the_choices_and_reads_what_was_chosen(
    tmp_path: Path, specs: dict, playbook: Playbook
) -> None:
    path = tmp_path / "blank.xlsx"
    path.write_bytes(
        blank(specs["missing-capability-check"], playbook.templates["missing-capability-check"], "xlsx")
    )
    book = openpyxl.load_workbook(path)
    sheet = book["Process (operation)"]
    offered = {
        cell: each.formula1
        for each in sheet.data_validations.dataValidation
        for cells in each.sqref.ranges
        for line in cells.rows
        for cell in line
    }
    places = [(row, 4) for row in (3, 4, 5, 6)]
    assert offered == dict.fromkeys(places, '"0 missing,1 begun,2 works mostly,3 works"')
    assert sheet.column_dimensions["A"].hidden
    sheet["D3"] = "1 begun"
    sheet["D4"] = 2
    book.save(path)
    found = read(path, specs)
    assert isinstance(found, Saved)
    rows = fit(specs["missing-capability-check"], found).tables["process"]
    assert [row.cells["rating"] for row in rows] == ["1", "2", "", ""]


# --- collect ---------------------------------------------------------------------------


def test_collect_puts_teams_side_by_side_with_their_spread(tmp_path: Path) -> None:
    teams = tmp_path / "teams"
    teams.mkdir()
    for number, name in enumerate(["pricing", "returns", "search"]):
        write(teams, name, times=number, rating=number)
    (teams / "readme.txt").write_text("not one of them", "utf-8")
    result = run("collect", str(teams))
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    assert lines[0] == "# Missing-capability check"
    assert "| Section | Row | Question | Pricing | Returns | Search | Together |" in lines
    assert (
        "| Process (operation) | Release criteria | Rating | 0 missing | 1 begun | 2 works mostly | 0 to 2, mean 1 |"
        in lines
    )


def test_collect_as_csv_has_no_formula_and_as_excel_is_text(tmp_path: Path) -> None:
    teams = tmp_path / "teams"
    teams.mkdir()
    write(teams, "pricing")
    lines = list(csv.reader(io.StringIO(run("collect", str(teams), "--to", "csv").stdout)))
    assert lines[0] == ["Template", "Section", "Row", "Question", "Pricing", "Together"]
    assert [
        "Missing-capability check",
        "Process (operation)",
        "Release criteria",
        "What can be seen",
        "'=1+1",
        "",
    ] in lines
    assert run("collect", str(teams), "--to", "xlsx", "-o", str(tmp_path / "all.xlsx")).returncode == 0
    cells = [
        cell
        for sheet in openpyxl.load_workbook(tmp_path / "all.xlsx")
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert "=1+1" in [cell.value for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_collect_keeps_templates_apart_and_takes_one_on_request(tmp_path: Path) -> None:
    write(tmp_path, "pricing")
    (tmp_path / "plan.yml").write_text(
        "template: milestones\nformat: 1\nanswers: {start: {flagship: Orders}}\n", "utf-8"
    )
    assert run("collect", str(tmp_path)).stdout.count("\n# ") + 1 == 2
    only = run("collect", str(tmp_path), "--template", "milestones").stdout
    assert only.startswith("# Milestones at 3, 6 and 12 months\n")
    assert "| Start |  | Flagship use case | Orders |  |" in only
    assert "accidents" not in only


def test_collect_reports_every_broken_file_and_writes_nothing(tmp_path: Path) -> None:
    write(tmp_path, "pricing")
    (tmp_path / "a.json").write_text("{", "utf-8")
    (tmp_path / "b.yml").write_text("x: 1\n", "utf-8")
    result = run("collect", str(tmp_path), "-o", str(tmp_path / "all.md"))
    assert result.returncode == 1
    assert "a.json:1:2: JSON" in result.stdout
    assert "b.yml:1:1: does not say which template it fills" in result.stdout
    assert not (tmp_path / "all.md").exists()


def test_collect_of_an_empty_folder_says_so(tmp_path: Path) -> None:
    result = run("collect", str(tmp_path))
    assert result.returncode == 1
    assert "holds no answers" in result.stderr


def test_two_drafts_of_one_name_are_told_apart_by_their_files(tmp_path: Path) -> None:
    write(tmp_path, "one")
    (tmp_path / "two.yml").write_text((tmp_path / "one.yml").read_text("utf-8"), "utf-8")
    assert "| One (one) | One (two) |" in run("collect", str(tmp_path)).stdout


def test_what_the_playbook_filled_in_and_nobody_changed_is_left_out_of_the_comparison(tmp_path: Path) -> None:
    write(tmp_path, "pricing")
    assert "First move" not in run("collect", str(tmp_path)).stdout
    path = write(tmp_path, "returns")
    path.write_text(path.read_text("utf-8").replace("evidence:", "first-move: Ask them, evidence:"), "utf-8")
    assert "| First move | Write down the five questions" in run("collect", str(tmp_path)).stdout


# --- pieces ----------------------------------------------------------------------------


def test_long_text_is_cut_between_characters_and_comes_together_again() -> None:
    long = "🙂é" * 30_000
    parts = text.pieces(long)
    assert "".join(parts) == long
    assert all(len(part.encode("utf-16-le")) // 2 <= text.CELL for part in parts)
    assert text.pieces("") == [""]


def test_what_no_file_can_hold_becomes_a_space() -> None:
    assert clean("a\x00b\x1bc\ud800d\r\ne\rf\tg") == "a b c d\ne\nf\tg"


# --- Excel -----------------------------------------------------------------------------

HOSTILE = [
    "=1+1", "<r><t>x</t></r>", "<r>", "_x0041_", "_x0041_x0042_", "_x005F_x0041__x0042_", "]]> & &amp; <!--", "  spaces  ",
    "a\tb\n\nc\u2028d", "0123", "http://example.org", "{{ 7*7 }} {% raw %}", "🙂👩‍👩‍👧 שלום", "'quoted'", '"quoted"',
]  # fmt: skip


def parts(content: bytes) -> dict[str, str]:
    """Text of each part of an office file."""
    with ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def worksheets(*sheets: text.Worksheet, landscape: bool = False) -> list:
    """Worksheets behind the first, as openpyxl reads them."""
    content = excel.write(
        [text.Worksheet("About", [["template", "x"]], [14, 60]), *sheets], landscape=landscape
    )
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[1:]


def table(*lines: list[str], name: str = "Sheet") -> text.Worksheet:
    rows = [["section", "name", "note", "answer"], ["", "Row", "", "Answer"], *lines]
    return text.Worksheet(name, rows, [16, 32, 6, 40])


def test_whatever_is_written_into_a_workbook_is_read_again_as_it_was(tmp_path: Path) -> None:
    lines = [["id", each, "", each] for each in HOSTILE]
    (tmp_path / "a.xlsx").write_bytes(excel.write([table(), table(*lines)]))
    assert excel.read(tmp_path / "a.xlsx")[1][2:] == lines


def test_each_underscore_that_excel_would_take_for_an_escape_is_escaped_once() -> None:
    cells = parts(excel.write([table(), table(["", "_x0041_x0042_ _x005F_", "", ""])]))[
        "xl/worksheets/sheet2.xml"
    ]
    assert ">_x005F_x0041_x005F_x0042_ _x005F_x005F_<" in cells


def test_ids_removed_rows_and_columns_without_a_heading_are_hidden() -> None:
    (sheet,) = worksheets(table(["a", "A", "", ""], ["removed:b", "B", ""]))
    assert [number for number, each in sheet.row_dimensions.items() if each.hidden] == [1, 4]
    assert [letter for letter, each in sheet.column_dimensions.items() if each.hidden] == ["A", "C"]


def test_a_row_is_as_high_as_its_text_and_grows_with_what_is_written_into_it() -> None:
    content = excel.write([table(), table(["a", "A", "", ""], ["b", "B", "", "word " * 100])])
    rows = re.findall(r"<row [^>]*>", parts(content)["xl/worksheets/sheet2.xml"])
    heights = [float(found[1]) for row in rows if (found := re.search(r'ht="([\d.]+)"', row))]
    assert heights[1] < 25
    assert heights[2] > 150
    assert not [row for row in rows if "customHeight" in row]


def test_worksheets_print_on_a4_as_wide_as_the_page_with_their_headings() -> None:
    (sheet,) = worksheets(table())
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$2:$2"
    assert sheet.page_setup.orientation == "portrait"


def test_worksheets_print_sideways_where_the_template_says_so_or_they_are_wide() -> None:
    wide = text.Worksheet("Wide", [["s", "name", *"abcd"], ["", *"ABCDE"]], [16, 32, 40, 40, 40, 40])
    narrow, landscape = worksheets(table(), wide)
    assert (narrow.page_setup.orientation, landscape.page_setup.orientation) == ("portrait", "landscape")
    (asked,) = worksheets(table(), landscape=True)
    assert asked.page_setup.orientation == "landscape"


def test_worksheets_print_with_the_sheets_name_and_no_command_in_it(specs: dict, playbook: Playbook) -> None:
    spec = {**specs["milestones"], "name": "R&D &P"}
    sheet = parts(blank(spec, playbook.templates["milestones"], "xlsx"))["xl/worksheets/sheet2.xml"]
    assert "<oddHeader>&amp;LR&amp;&amp;D &amp;&amp;P</oddHeader>" in sheet


def test_every_cell_to_be_filled_has_a_border() -> None:
    (sheet,) = worksheets(table(["a", "A", "", ""]))
    assert sheet["D3"].value is None
    assert sheet["D3"].border.bottom.style == "thin"
    assert sheet["D3"].alignment.wrap_text


def test_a_workbook_opens_at_its_first_section() -> None:
    content = excel.write([table(name="About"), table(name="First"), table(name="Second")])
    assert openpyxl.load_workbook(io.BytesIO(content)).active.title == "First"


def test_worksheets_of_one_name_or_of_too_long_a_name_are_told_apart() -> None:
    names = [
        each.title for each in worksheets(*(table(name=name) for name in ("about", "🙂" * 28, "🙂" * 29)))
    ]
    assert names == ["about 2", "🙂" * 15, "🙂" * 13 + " 2"]


def test_a_comparison_shows_its_sections(specs: dict) -> None:
    drafts = [
        fit(specs["raci-sheet"], Saved("raci-sheet", name, "", {"scope": {"team": name}})) for name in "ab"
    ]
    content = comparison(
        [(specs["raci-sheet"], ["a", "b"], collect.compare(specs["raci-sheet"], drafts))], "xlsx"
    )
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[1]
    assert sheet["A3"].value == "What it applies to"
    assert not sheet.column_dimensions["A"].hidden


# --- Word ------------------------------------------------------------------------------


def rows_of(content: bytes) -> list:
    """All tables' rows, as python-docx reads them."""
    return [row for each in docx.Document(io.BytesIO(content)).tables for row in each.rows]


def test_a_document_has_every_text_as_it_was_written(specs: dict) -> None:
    draft = create(specs["wont-do-list"], "<b> & co")
    draft.tables["list"] = [
        Row(name=each, cells={**draft.tables["list"][0].cells, "reason": each}) for each in HOSTILE
    ]
    draft.kept = [Kept("list.reason", each) for each in HOSTILE]
    content = word.write(specs["wont-do-list"], draft)
    document = docx.Document(io.BytesIO(content))
    assert document.paragraphs[1].text == "<b> & co"
    assert [row.cells[0].text for row in document.tables[0].rows][1:] == HOSTILE
    assert [row.cells[1].text for row in document.tables[0].rows][1:] == HOSTILE
    assert [row.cells[1].text for row in document.tables[-1].rows] == HOSTILE


def test_every_part_of_a_document_is_xml_whatever_its_names_hold(specs: dict, playbook: Playbook) -> None:
    spec = {**specs["milestones"], "name": "<a> & \x00 \x0b \ufffe ]]>"}
    for name, part in parts(blank(spec, playbook.templates["milestones"], "docx")).items():
        assert ElementTree.fromstring(part) is not None, name  # noqa: S314 - our own file


def test_a_blank_document_says_how_to_run_the_session(specs: dict, playbook: Playbook) -> None:
    item = playbook.templates["release-criteria"]
    document = docx.Document(io.BytesIO(blank(specs["release-criteria"], item, "docx")))
    lines = [(each.style.name, each.text) for each in document.paragraphs]
    assert lines[:4] == [
        ("Title", "Release criteria"),
        ("Lead", item.purpose),
        ("Brief", f"Who is in the room: {item.people}"),
        ("Brief", "Time: 45 minutes"),
    ]
    assert [text for style, text in lines if style == "List Number"] == list(item.run)
    sections = [each.name for each in item.sections]
    assert [text for style, text in lines if style == "Heading 1"] == sections


def test_rows_stay_on_one_page_and_headings_stand_on_each(specs: dict, playbook: Playbook) -> None:
    content = blank(specs["raci-sheet"], playbook.templates["raci-sheet"], "docx")
    for each in docx.Document(io.BytesIO(content)).tables[1:2]:
        marks = [{mark.tag.split("}")[1] for mark in row._tr.trPr} for row in each.rows]
        assert ["tblHeader" in each for each in marks] == [True] + [False] * (len(marks) - 1)
        assert all("cantSplit" in each for each in marks)


def test_a_row_longer_than_a_page_may_go_on_on_the_next(specs: dict) -> None:
    draft = create(specs["milestones"], "x")
    draft.kept = [Kept("a", "word " * 2000)]
    last = rows_of(word.write(specs["milestones"], draft))[-1]
    assert last._tr.trPr.find(docx.oxml.ns.qn("w:cantSplit")) is None


def test_rows_of_a_blank_are_high_enough_to_write_by_hand(specs: dict, playbook: Playbook) -> None:
    rows = rows_of(blank(specs["release-criteria"], playbook.templates["release-criteria"], "docx"))
    by_name = {row.cells[0].text.split("\n")[0].strip("* \xa0"): row for row in rows}
    assert by_name["Model and version"].height.cm >= 0.9
    assert by_name["What is different from the version that is live"].height.cm >= 1.9


@pytest.mark.parametrize("length", [10, 100_000])
def test_a_documents_tables_are_as_wide_as_the_page_and_every_column_can_be_read(
    specs: dict, playbook: Playbook, length: int
) -> None:
    for id, spec in specs.items():
        draft = create(spec, "x")
        for rows in draft.tables.values():
            for row in rows:
                row.cells = {key: "W" * length if value == "" else value for key, value in row.cells.items()}
        document = docx.Document(io.BytesIO(word.write(spec, draft, playbook.templates[id])))
        page = document.sections[0]
        room = page.page_width - page.left_margin - page.right_margin
        for each in document.tables:
            widths = [column.width for column in each.columns]
            assert 0.99 * room < sum(widths) <= room, id
            assert min(widths).cm > 0.9, id


def test_a_blank_names_the_rows_that_other_tables_refer_to(specs: dict, playbook: Playbook) -> None:
    content = blank(specs["flagship-scorecard"], playbook.templates["flagship-scorecard"], "docx")
    first = docx.Document(io.BytesIO(content)).tables[0]
    assert [row.cells[0].text for row in first.rows] == [
        "Candidate",
        "Candidate 1",
        "Candidate 2",
        "Candidate 3",
    ]


# --- both ------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_a_package_depends_on_its_content_only(specs: dict, playbook: Playbook, form: str) -> None:
    made = [blank(specs["milestones"], playbook.templates["milestones"], form) for _ in range(2)]
    assert made[0] == made[1]
    with ZipFile(io.BytesIO(made[0])) as package:
        assert {each.date_time for each in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    dates = re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", parts(made[0])["docProps/core.xml"])
    assert dates == ["2026-01-01T00:00:00Z"] * 2


def test_making_blanks_imports_no_library_that_is_only_for_reading() -> None:
    code = (
        "import sys; from pathlib import Path; from macros.site.live import start; start(Path('.')).blanks;"
        "print(sorted({'openpyxl', 'docx', 'lxml'} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "[]\n", "")
