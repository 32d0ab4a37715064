"""Workbooks as other programs write them, and what both readers have to find in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from macros.sheets.draft import Row, Saved

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml"

SPEC: dict[str, Any] = {
    "id": "t",
    "name": "Template",
    "sections": [
        {
            "id": "basics",
            "name": "Basics",
            "was": ["start"],
            "fields": [
                {"id": "team", "name": "Team", "type": "text"},
                {"id": "story", "name": "Story", "type": "long-text"},
                {"id": "hours", "name": "Hours", "type": "number", "unit": "h"},
                {"id": "share", "name": "Share", "type": "number", "unit": "%"},
                {"id": "price", "name": "Price", "type": "number", "unit": "$"},
                {"id": "count", "name": "Count", "type": "number"},
                {"id": "day", "name": "Day", "type": "date"},
                {
                    "id": "mood",
                    "name": "Mood",
                    "type": "choice",
                    "choices": [["up", "Going up"], ["2", "Two"]],
                },
                {"id": "agreed", "name": "Agreed", "type": "checkbox"},
            ],
        },
        {
            "id": "crew",
            "name": "Crew",
            "fields": [
                {"id": "who", "name": "Who", "type": "text"},
                {"id": "share", "name": "Share", "type": "number", "unit": "%"},
                {"id": "done", "name": "Done", "type": "checkbox"},
            ],
            "table": True,
            "label": "Member",
            "rows": [{"id": "ann", "name": "Ann"}, {"id": "bob", "name": "Bob", "values": {"share": "20"}}],
            "blank": 1,
            "open": True,
            "named": True,
        },
    ],
}


def text(value: str) -> str:
    """A cell with its text inside."""
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def number(value: object, style: int = 0) -> str:
    """A cell with a number; styles are counted from 1 in the order of a case's formats."""
    return f'<c s="{style}"><v>{value}</v></c>'


def of(kind: str, value: str) -> str:
    """A cell of a kind: b, e, str, s, d."""
    return f'<c t="{kind}"><v>{escape(value)}</v></c>'


def row(*cells: str, **attributes: object) -> str:
    """A row; a cell without markup is a text, and an empty one stands as an empty cell."""
    inside = "".join(each if each.startswith("<") else text(each) if each else "<c/>" for each in cells)
    return f"<row{''.join(f' {name}={quoteattr(str(value))}' for name, value in attributes.items())}>{inside}</row>"


def about(template: str = "t", form: str = "1") -> tuple[str, list[str]]:
    """The sheet about the draft."""
    return "About", [row("template", template), row("format", form), row("draft", "Red"), row("saved", "now")]


def form(*lines: str, name: str = "Basics", id: str = "basics") -> tuple[str, list[str]]:
    """A form's sheet."""
    return name, [row(id, "question", "answer"), row("", "Question", "Answer"), *lines]


def line(id: str, cell: str) -> str:
    """A form's line."""
    return row(id, id.title(), cell)


def table(*lines: str, name: str = "Crew") -> tuple[str, list[str]]:
    """A table's sheet."""
    heads = [
        row("crew", "name", "note", "who", "share", "done"),
        row("", "Member", "", "Who", "Share", "Done"),
    ]
    return name, [*heads, *lines]


@dataclass(frozen=True)
class Book:
    """A workbook to make.

    Args:
        sheets: name and rows of each.
        formats: number formats, as codes or as the number of a known one; styles 1, 2, …
        shared: texts that cells share, as XML.
        since_1904: whether days are counted from 1904.
        prefix: of the namespace of all elements.
        strict: whether it is a strict document.
        states: of sheets, such as hidden.
        remarks: on cells, by the sheet's index.
        parts: further parts, or others instead of these.
        dimension: what each sheet says of its size.
    """

    sheets: Sequence[tuple[str, Sequence[str]]]
    formats: Sequence[str | int] = ()
    shared: Sequence[str] = ()
    since_1904: bool = False
    prefix: str = ""
    strict: bool = False
    states: dict[int, str] = field(default_factory=dict)
    remarks: dict[int, dict[str, str]] = field(default_factory=dict)
    parts: dict[str, str | bytes] = field(default_factory=dict)
    dimension: str = ""

    def bytes(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in {**self._parts(), **self.parts}.items():
                package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def _parts(self) -> dict[str, str]:
        folder = f"{STRICT}/officeDocument/relationships" if self.strict else RELATED
        found = {"_rels/.rels": _relations([("1", f"{folder}/officeDocument", "/xl/workbook.xml")])}
        kinds = [
            (f"s{n}", f"{folder}/worksheet", f"worksheets/sheet{n}.xml") for n in range(len(self.sheets))
        ]
        kinds += [
            ("t", f"{folder}/sharedStrings", "sharedStrings.xml"),
            ("f", f"{folder}/styles", "styles.xml"),
        ]
        found["xl/_rels/workbook.xml.rels"] = _relations(kinds)
        listed = "".join(
            f'<sheet name={quoteattr(name)} sheetId="{n + 1}" state="{self.states.get(n, "visible")}" r:id="s{n}"/>'
            for n, (name, _) in enumerate(self.sheets)
        )
        since = '<workbookPr date1904="1"/>' if self.since_1904 else ""
        found["xl/workbook.xml"] = self._root("workbook", f"{since}<sheets>{listed}</sheets>")
        found["xl/sharedStrings.xml"] = self._root("sst", "".join(f"<si>{each}</si>" for each in self.shared))
        own = "".join(
            f'<numFmt numFmtId="{n}" formatCode={quoteattr(each)}/>'
            for n, each in enumerate(self.formats, start=164)
            if isinstance(each, str)
        )
        ids = [0, *(each if isinstance(each, int) else n for n, each in enumerate(self.formats, start=164))]
        looks = "".join(f'<xf numFmtId="{id}" applyNumberFormat="1"/>' for id in ids)
        found["xl/styles.xml"] = self._root(
            "styleSheet",
            f'<numFmts>{own}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs>{looks}</cellXfs>',
        )
        for n, (_, rows) in enumerate(self.sheets):
            size = f'<dimension ref="{self.dimension}"/>' if self.dimension else ""
            found[f"xl/worksheets/sheet{n}.xml"] = self._root(
                "worksheet", f"{size}<sheetData>{''.join(rows)}</sheetData>"
            )
            if n in self.remarks:
                listed = "".join(
                    f'<comment ref="{place}" authorId="0"><text><r><t>{escape(said)}</t></r></text></comment>'
                    for place, said in self.remarks[n].items()
                )
                found["xl/comments1.xml"] = self._root("comments", f"<commentList>{listed}</commentList>")
                relations = _relations([("c", f"{folder}/comments", "../comments1.xml")])
                found[f"xl/worksheets/_rels/sheet{n}.xml.rels"] = relations
        return found

    def _root(self, tag: str, inside: str) -> str:
        main = f"{STRICT}/spreadsheetml/main" if self.strict else MAIN
        if self.prefix:
            inside = (
                inside.replace("</", f"\0{self.prefix}:").replace("<", f"<{self.prefix}:").replace("\0", "</")
            )
            tag = f"{self.prefix}:{tag}"
        space = f"xmlns:{self.prefix}" if self.prefix else "xmlns"
        return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<{tag} {space}="{main}" xmlns:r="{RELATED}">{inside}</{tag}>'


def _relations(kinds: Sequence[tuple[str, str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="{id}" Type="{kind}" Target="{target}"/>' for id, kind, target in kinds
    )
    return f'<Relationships xmlns="{PACKAGE}">{listed}</Relationships>'


def plain(saved: Saved) -> dict[str, Any]:
    """What was read, as both sides tell it."""

    def of_row(each: Row) -> dict[str, Any]:
        head = {"row": each.row, "name": each.name, "note": each.note}
        said: dict[str, Any] = {key: value for key, value in head.items() if value}
        return said | ({"removed": True, "cells": {}} if each.removed else {"cells": each.cells})

    answers = {
        id: [of_row(each) for each in given] if isinstance(given, list) else given
        for id, given in saved.answers.items()
    }
    return {
        "name": saved.name,
        "answers": answers,
        "kept": [{"where": each.where, "value": each.value} for each in saved.kept],
    }


Case = tuple[str, Book, dict[str, Any] | str]


def _typed(name: str, id: str, cell: str, expected: object, *formats: str | int, **how: Any) -> Case:
    book = Book([about(), form(line(id, cell))], formats, **how)
    return f"{name}: {id}", book, {"answers": {"basics": {id: expected}}, "kept": []}


FORMATTED: list[Case] = [
    _typed("a percent is what is seen of it", "share", number(0.5, 1), "50", "0%"),
    _typed("a percent has its 15 digits", "share", number("0.07", 1), "7", 9),
    _typed("a percent in a text", "team", number("2.1000000000000001E-2", 1), "2.1%", "0.0%"),
    _typed("a percent that is no percent here", "count", number(0.5, 1), "50%", "0%"),
    _typed("a percent as text", "share", text("50 %"), "50"),
    _typed("a fraction without a format", "share", number(0.5), "0.5"),
    _typed("money", "price", number(1250, 1), "1250", '"$"#,##0.00'),
    _typed("money in a text", "team", number(1250, 1), "1,250.00 €", "#,##0.00\\ [$€-407]"),
    _typed("money of another country", "price", number(1250, 1), "1,250.00 €", "#,##0.00\\ [$€-407]"),
    _typed("money below zero", "team", number(-1250.5, 1), "$(1,250.50)", '_($* #,##0.00_);_($* \\(#,##0.00\\);_($* "-"??_);_(@_)'),
    _typed("a date", "day", number(46093, 1), "2026-03-12", 14),
    _typed("a date under a Japanese era", "day", number(46093, 1), "2026-03-12", '[$-411]ge"年"m"月"d"日"'),
    _typed("a date in a text", "team", number(46093, 1), "2026-03-12", "dd/mm/yyyy"),
    _typed("a date and a time", "team", number(46093.604166666664, 1), "2026-03-12 14:30", "yyyy-mm-dd hh:mm"),
    _typed("a date counted from 1904", "day", number(44631, 1), "2026-03-12", 14, since_1904=True),
    _typed("a date before March 1900", "day", number(59, 1), "1900-02-28", 14),
    _typed("a number where a date is asked for", "day", number(46093), "46093"),
    _typed("an ISO date", "day", of("d", "2026-03-12T00:00:00"), "2026-03-12"),
    _typed("a time", "team", number("0.52083333333333337", 1), "12:30", "h:mm"),
    _typed("a time at noon", "team", number(0.75, 1), "18:00", "h:mm AM/PM"),
    _typed("a duration in a text", "team", number("1.0833333333333333", 1), "26:00", "[h]:mm"),
    _typed("a duration where hours are asked for", "hours", number("1.0833333333333333", 1), "26", "[h]:mm:ss"),
    _typed("a duration where none is asked for", "count", number(0.5, 1), "12:00", "[h]:mm"),
    _typed("a yes in a text", "team", of("b", "1"), "TRUE"),
    _typed("a yes", "agreed", of("b", "1"), True),
    _typed("a no", "agreed", of("b", "0"), False),
    _typed("an error", "team", of("e", "#REF!"), "#REF!"),
    _typed("an error", "count", of("e", "#N/A"), "#N/A"),
    _typed("an error", "agreed", of("e", "#N/A"), "#N/A"),
    _typed("a long number", "team", number("1234567890123456789"), "1234567890123456789"),
    _typed("a small number", "team", number("1E-7"), "1e-7"),
    _typed("a large number", "count", number("1E+20"), "100000000000000000000"),
    _typed("a larger number", "count", number("1.5E+21"), "1.5e+21"),
    _typed("a number as computers have it", "count", number("0.30000000000000004"), "0.3"),
    _typed("a rounded number keeps its digits", "count", number("2.3456", 1), "2.3456", "0.00"),
    _typed("a rounded number in a text", "team", number("1.005", 1), "1.01", "0.00"),
    _typed("half of the fifteenth digit", "team", number("6481854133886865.0"), "6481854133886870"),
    _typed("a unit without its number", "share", text("%"), "%"),
    _typed("a blank that is none in every language", "share", text("\x85"), ""),
    _typed("leading zeros", "team", number(42, 1), "00042", "00000"),
    _typed("thousands", "team", number(1234567, 1), "1,235", "#,##0,"),
    _typed("a unit in the format", "hours", number(3, 1), "3", '0" h"'),
    _typed("another unit in the format", "hours", number(3, 1), "3 days", '0" days"'),
    _typed("a fraction", "team", number(0.5, 1), "0.5", "# ?/?"),
    _typed("power of ten", "team", number(1250, 1), "1250", "0.00E+00"),
    _typed("what a format hides", "team", number(7, 1), "7", ";;;"),
    _typed("a choice", "mood", number("2", 1), "2", "0.0"),
    _typed("a formula's result", "count", "<c><f>1+1</f><v>2</v></c>", "2"),
    _typed("a formula without result", "count", "<c><f>A1+1</f></c>", "=A1+1"),
    _typed("a formula's text", "team", '<c t="str"><f>"a"</f><v>a_x000D_b</v></c>', "a\nb"),
    _typed("a number as text", "count", text("' 250 '".strip("'")), "250"),
    _typed("a date as text", "day", text(" 2026-03-12 "), "2026-03-12"),
    _typed("a decimal comma", "count", text("3,5"), "3.5"),
    _typed("a comma that can be both", "count", text("1,250"), "1,250"),
    _typed("thousands of several kinds", "count", text("1.250,50"), "1250.50"),
    _typed("wide digits", "count", text("２５０"), "250"),
    _typed("escaped characters", "team", text("_x00E9__xD83D__xDE42__x0009_"), "é🙂\t"),
    _typed("an escaped escape", "team", text("_x005F_x0041_ _x005f_"), "_x0041_ _"),
]  # fmt: skip

TICKS = [
    ("✓", True), ("☑", True), ("✔️", True), ("y", True), ("Y", True), ("j", True), ("Ja", True), ("oui", True), ("wahr", True),
    ("yes!", True), ("1.0", "1.0"), ("done", True), ("ok", True), ("○", True), ("はい", True), ("да", True), ("sí", True), ("x", True),
    ("X ", True), ("☐", False), ("✗", False), ("no", False), ("Nein", False), ("non", False), ("いいえ", False), ("×", False),
    ("false", False), ("0", False), ("-", False), ("", False), ("maybe", "maybe"), ("mostly ✓", "mostly ✓"), ("２", "２"),
]  # fmt: skip


def _ticks() -> list[Case]:
    return [
        (f"a tick: {word!r}", Book([about(), form(line("agreed", text(word)))]), {"answers": {"basics": {"agreed": said}}, "kept": []})
        for word, said in TICKS
    ] + [("a tick: the number 1.0", Book([about(), form(line("agreed", number("1.0")))]), {"answers": {"basics": {"agreed": True}}, "kept": []})]  # fmt: skip


RED = form(line("team", "Red"))
FOUND = {"answers": {"basics": {"team": "Red"}}, "kept": []}

PLACED: list[Case] = [
    ("a sheet states a size that is too small", Book([about(), RED], dimension="A1"), FOUND),
    ("the elements have a prefix", Book([about(), RED], prefix="x"), FOUND),
    ("a strict document", Book([about(), RED], strict=True), FOUND),
    ("the sheet about the draft is the last one", Book([RED, about()]), FOUND),
    ("sheets are hidden", Book([about(), RED], states={0: "veryHidden", 1: "hidden"}), FOUND),
    ("other sheets stand in front", Book([("Start", [row("Welcome")]), about(), RED]),
     FOUND | {"kept": [{"where": "Start", "value": "Welcome"}]}),
    ("sheets were renamed", Book([("1", about()[1]), ("2", RED[1])]), FOUND),
    ("a sheet was copied", Book([about(), RED, ("Basics (2)", RED[1]), ("About (2)", about()[1])]), FOUND),
    ("the copy says something else", Book([about(), RED, form(line("team", "Blue"), line("count", number(3)), name="Basics (2)")]),
     {"answers": {"basics": {"team": "Red", "count": "3"}}, "kept": [{"where": "basics.team", "value": "Blue"}]}),
    ("rows and columns were put in", Book([about(), ("Basics", [
        row(), row("", "", "basics", "", "question", "answer"), row(), row("", "", "", "", "Question", "Answer"), row(),
        row("", "", "team", "", "Team", "Red")])]), FOUND),
    ("cells say where they are", Book([about(), ("Basics", [
        '<row r="4"><c r="$E$4" t="inlineStr"><is><t>answer</t></is></c><c r="C4" t="inlineStr"><is><t>basics</t></is></c>'
        '<c r="D4" t="inlineStr"><is><t>question</t></is></c></row>',
        '<row r="9"><c r="E9" t="inlineStr"><is><t>Red</t></is></c><c r="C9" t="inlineStr"><is><t>team</t></is></c></row>'])]), FOUND),
    ("texts are shared, in several looks and with readings", Book([about(), form(line("team", of("s", "1")))], shared=(
        "<t>no</t>", '<r><t>Re</t></r><r><rPr><b/></rPr><t xml:space="preserve">d </t></r><rPh sb="0" eb="1"><t>レッド</t></rPh>')),
     {"answers": {"basics": {"team": "Red "}}, "kept": []}),
    ("digits that are none of a workbook's", Book([about(), form(line("team", number("1_000")), line("count", number("٣٥")), line("day", of("d", "٢٠٢٦-٠٣-١٢")))]),
     {"answers": {"basics": {"team": "1_000", "count": "٣٥", "day": "٢٠٢٦-٠٣-١٢"}}, "kept": []}),
    ("blanks around what a cell holds", Book([about(), form(line("agreed", of("b", "\ufeff1\u3000")), line("count", number("\xa03 ")), line("team", number("\x853")))]),
     {"answers": {"basics": {"agreed": True, "count": "3", "team": "\x853".replace("\x85", " ")}}, "kept": []}),
    ("a part whose declaration is no XML", Book([about(), form(line("team", of("s", "0")))], parts={
        "xl/sharedStrings.xml": f'\n<?xml version=1 encoding="no such"?><sst xmlns="{MAIN}"><si><t>Red</t></si></sst>'}), FOUND),
    ("two rows alike are two, and in a copy of the sheet the same", Book([about(), *(("Crew", table(row("", "Cy", "", "Cyd"), row("", "Cy", "", "Cyd"))[1]) for _ in range(2))]),
     {"answers": {"crew": [{"name": "Cy", "cells": {"who": "Cyd", "share": "", "done": False}}] * 2}, "kept": []}),
    ("a number format without its number", Book([about(), form(line("team", number(4292)))], parts={
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt formatCode="#,##0.00"/></numFmts><cellXfs><xf numFmtId="0"/></cellXfs></styleSheet>',
    }), {"answers": {"basics": {"team": "4292"}}, "kept": []}),
    ("a cell declares a namespace", Book([about(), form(line("team", f'<c t="inlineStr" xmlns:r="{RELATED}"><is><t>Red</t></is></c>'))]),
     {"answers": {"basics": {"team": "Red"}}, "kept": []}),
    ("rows were sorted", Book([about(), ("Basics", [row("basics", "question", "answer"), line("agreed", "x"), row("", "Question", "Answer"), line("team", "Red")])]),
     {"answers": {"basics": {"agreed": True, "team": "Red"}}, "kept": []}),
    ("rows and columns beside the questions", Book([about(), form(row("team", "Team", "Red", "ask Eve"), row("", "Deadline", "Friday"), row("", "", "", "P.S."))]),
     {"answers": {"basics": {"team": "Red"}}, "kept": [
         {"where": "basics.team: D", "value": "ask Eve"}, {"where": "basics: Deadline", "value": "Friday"}, {"where": "basics.row: D", "value": "P.S."}]}),
    ("a table's own rows, extra columns and removed rows", Book([about(), table(
        row("bob", "Bob", "", "Bo", number(0.25, 1), "x"), row("", "Cy", "", "Cyd", "30 %", "perhaps", "soon"), row("removed:ann", "Ann"))], ("0%",)),
     {"answers": {"crew": [
         {"row": "bob", "name": "Bob", "cells": {"who": "Bo", "share": "25", "done": True}},
         {"name": "Cy", "cells": {"who": "Cyd", "share": "30", "done": "perhaps"}}, {"row": "ann", "removed": True, "cells": {}}]},
      "kept": [{"where": "crew.Cy: G", "value": "soon"}]}),
    ("a prefilled cell that was emptied", Book([about(), table(row("bob", "Bob", "", "", "", ""))]),
     {"answers": {"crew": [{"row": "bob", "name": "Bob", "cells": {"who": "", "share": "", "done": False}}]}, "kept": []}),
    ("remarks on cells", Book([about(), RED], remarks={1: {"C3": "who says so?", "F9": "hm"}}),
     FOUND | {"kept": [{"where": "basics.team (remark)", "value": "who says so?"}, {"where": "Basics F9 (remark)", "value": "hm"}]}),
    ("a section under its former id", Book([about(), form(line("agreed", "x"), id="start")]), {"answers": {"start": {"agreed": True}}, "kept": []}),
    ("what was kept", Book([about(), ("Kept", [row("kept:", "where", "value"), row("", "Was asked as", "Answer"), row("", "a.b", "old")])]),
     {"answers": {}, "kept": [{"where": "a.b", "value": "old"}]}),
]  # fmt: skip

_NONE = "is not an Excel workbook that can be read"
REFUSED: list[Case] = [
    ("no sheet about a draft", Book([RED]), "does not say which template it fills"),
    ("another format", Book([about(form="2")]), "format"),
    ("an OpenDocument file", Book([], parts={"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "is an OpenDocument file (.ods)"),
    ("a binary workbook", Book([about()], parts={"_rels/.rels": _relations([("1", f"{RELATED}/officeDocument", "xl/workbook.bin")])}), "is a binary workbook (.xlsb)"),
    ("entities", Book([about()], parts={"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><workbook>&b;</workbook>'}), _NONE),
    ("a part that ends too early", Book([about()], parts={"xl/workbook.xml": "<workbook><sheets>"}), _NONE),
    (
        "a prefix without its namespace",
        Book([about()], parts={"xl/sharedStrings.xml": '<sst a:b="c"/>'}),
        _NONE,
    ),
    ("a declaration that is not UTF-8", Book([about()], parts={"xl/workbook.xml": b'<?xml encoding="\xee"?><workbook/>'}), _NONE),
    ("a row at no place", Book([about(), ("A", ['<row r="1_0"><c><v>1</v></c></row>'])]), _NONE),
    ("a cell at a place in another script", Book([about(), ("A", ['<row><c r="A٣"><v>1</v></c></row>'])]), _NONE),
    ("a cell at no place", Book([about(), ("A", ['<row><c r="nowhere"><v>1</v></c></row>'])]), _NONE),
]  # fmt: skip

HEAVY: list[Case] = [
    ("a part that unpacks to more than anybody fills in", Book([about()], parts={"xl/sharedStrings.xml": b" " * (33 * 2**20)}), "unpacks to more than 32 MiB"),
    ("more elements than anybody fills in", Book([about()], parts={"xl/sharedStrings.xml": f"<sst>{'<si/>' * 1_000_001}</sst>"}), "holds more than 100,000 values"),
]  # fmt: skip
"""Refused, and not at once."""

CASES: list[Case] = [*FORMATTED, *_ticks(), *PLACED, *REFUSED]
