"""A draft as lines and cells: Markdown in which nothing is markup, CSV in which nothing is a formula."""

from __future__ import annotations

import csv
import html
import io
import re
from typing import Any

import markdown as python_markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.playbook import Playbook
from macros.sheets.contract import SheetSpec
from macros.sheets.draft import Draft, Kept, Row, Saved, fit
from macros.sheets.spec import specs
from macros.sheets.text import (
    CELL,
    as_csv,
    as_markdown,
    markdown,
    pieces,
    shown,
)


def asked(type: str, **more: object) -> Any:
    return {"id": "x", "name": "X", "type": type, **more}


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        (asked("text"), "a", "a"), (asked("number", unit="h"), "3", "3 h"), (asked("number", unit="$"), "3", "$3"),
        (asked("number", unit="h"), "", ""), (asked("number"), "3", "3"), (asked("checkbox"), True, "yes"), (asked("checkbox"), False, ""),
        (asked("choice", choices=[("a", "Alpha")]), "a", "Alpha"), (asked("choice", choices=[("a", "Alpha")]), "b", "b"),
        (asked("choice"), "b", "b"),
    ],
)  # fmt: skip
def test_an_answer_reads_as_people_say_it(field: Any, value: str | bool, expected: str) -> None:
    assert shown(field, value) == expected


# --- Markdown ------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>", "{{ 7 * 7 }}{% raw %}", "a | b \\| c", "*x* _y_ `z` ~~w~~", "[x](javascript:alert(1))", "![x](y)",
    "# heading", "&lt;b&gt; &amp;", "$x^2$", "line\nbreak", "\\",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_in_markdown_text_is_shown_as_it_is(text: str) -> None:
    rendered = python_markdown.markdown(f"| {markdown(text)} |\n| --- |", extensions=["tables"])
    cell = re.search(r"<th>(.*)</th>", rendered, re.DOTALL)
    assert cell
    assert html.unescape(cell[1].replace("<br>", "\n").replace("<br />", "\n")) == text
    assert not re.search(r"<(?!br)", cell[1])


@given(st.text(alphabet="ab*_`[]()<>{}|\\#!$&~ ", max_size=20))
def test_in_markdown_no_text_is_markup(text: str) -> None:
    one_line = " ".join(text.split())
    rendered = python_markdown.markdown(f"- {markdown(one_line)}")
    assert html.unescape(re.sub(r"</?(ul|li)>", "", rendered)).strip() == one_line


GAPS = {
    "questions": [Row("broke", cells={"example": "It | took", "times": "2"})],
    "people": [Row("talk", cells={"rating": "1", "evidence": "=1+1"})],
    "result": {"pillar": "tools", "item": "Log", "by": "2027-01-31"},
}


@pytest.fixture(scope="module")
def made(small_playbook: Playbook) -> dict[str, SheetSpec]:
    return specs(small_playbook)


def draft(spec: SheetSpec, answers: Any, *kept: Kept) -> Draft:
    return fit(spec, Saved(spec["id"], "Team *1*", "2026-11-25", answers, kept))


def test_as_markdown_a_draft_has_its_forms_tables_and_what_was_kept(made: dict[str, SheetSpec]) -> None:
    text = as_markdown(made["gaps"], draft(made["gaps"], GAPS, Kept("gone.a", "x\ny")))
    assert text.splitlines() == [
        "# Gaps: Team \\*1\\*", "",
        "**Begin with People: 1 of 2 are missing or only begun. 2 of 3 not rated yet.**", "",
        "## Questions", "",
        "| Question | Example | Times |", "| --- | --- | --- |",
        "| What broke? | It &#124; took | 2 |", "| Who waits? |  |  |", "",
        "## People", "",
        "| Capability | Rating | Seen | First move |", "| --- | --- | --- | --- |",
        "| Talk | 1 begun | =1+1 | Meet today. |", "| Trust |  |  | Ask first. |", "",
        "## Tools", "",
        "| Capability | Rating | Seen | First move |", "| --- | --- | --- | --- |",
        "| Log |  |  | Make the file. |", "",
        "## Result", "",
        "- **Begin with:** Tools", "- **Item:** Log", "- **By:** 2027-01-31", "",
        "## No longer in this sheet", "",
        "- **gone.a:** x<br>y",
    ]  # fmt: skip


def test_as_markdown_ticks_are_boxes_nothing_is_a_dash_and_blank_rows_are_left_out(
    made: dict[str, SheetSpec],
) -> None:
    answers = {
        "basics": {"agreed": True, "hours": "3"},
        "notes": [Row(cells={"text": "", "done": False}), Row(cells={"text": "Third", "done": True})],
        "refused": [Row(name="Ours", cells={"why": "x"})],
    }
    text = as_markdown(made["form"], draft(made["form"], answers))
    assert "- [x] Agreed\n" in text
    assert "- **Hours:** 3 h\n" in text
    assert "- **Team:** –\n" in text
    assert "| Note | Text | Done |\n| --- | --- | --- |\n| Note 2 | Third | [x] |\n" in text
    assert "| Ours | x |  |" in text
    assert "No longer in this sheet" not in text


def test_as_markdown_a_note_stands_under_its_name(made: dict[str, SheetSpec]) -> None:
    text = as_markdown(
        made["raci-sheet"], draft(made["raci-sheet"], {"matrix": [Row(name="Ours", note="All | day")]})
    )
    assert "| Ours<br>All &#124; day |" in text


# --- CSV -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+x",
        "-x",
        "@SUM(1)",
        "\tx",
        "\rx",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "-",
        "=-5",
        "-5x",
        "+٣",
        "-1,5",
    ],
)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    [[cell]] = csv.reader(io.StringIO(as_csv([[text]]), newline=""))
    assert cell == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "+5", "-1.5", "0", "x=1", "1+1", "a@b", "", "'=1", "R/A", "−5"])
def test_numbers_keep_their_sign_and_other_text_is_left_alone(text: str) -> None:
    [[cell]] = csv.reader(io.StringIO(as_csv([[text]]), newline="")) if text else [[""]]
    assert cell == text


@given(
    st.lists(
        st.lists(
            st.text(
                alphabet=st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=8
            ),
            min_size=2,
            max_size=3,
        ),
        max_size=3,
    )
)
def test_rows_come_back_from_csv_as_they_went_in_but_for_apostrophes(rows: list[list[str]]) -> None:
    back = list(csv.reader(io.StringIO(as_csv(rows), newline="")))
    assert [[cell.removeprefix("'") for cell in row] for row in back] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]
    for row in back:
        for cell in row:
            assert not re.match(r"[=@\t\r＝＋－＠]", cell)


def test_lines_of_csv_end_as_spreadsheets_expect() -> None:
    assert as_csv([["a", 'b "c"'], ["d,e", "f\ng"]]) == 'a,"b ""c"""\r\n"d,e","f\ng"\r\n'


# --- cells ---------------------------------------------------------------------------------


@given(st.text(max_size=50).map(lambda text: text * 900))
def test_pieces_of_a_text_fit_into_cells_and_come_together_again(text: str) -> None:
    parts = pieces(text)
    assert "".join(parts) == text
    assert all(len(part.encode("utf-16-le", "surrogatepass")) // 2 <= CELL for part in parts)


def test_a_short_text_is_one_piece_and_no_character_is_cut_in_half() -> None:
    assert pieces("") == [""]
    assert pieces("🙂" * 16_000) == ["🙂" * 16_000]
    assert [len(part) for part in pieces("a" + "🙂" * 16_000)] == [16_000, 1]
