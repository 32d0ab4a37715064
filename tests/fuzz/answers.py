"""Files of answers, damaged: a draft or problems whose places exist, and in the browser the same."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from macros.diagnostics import Diagnostics
from macros.playbook import Playbook, load
from macros.sheets.files import convert
from macros.sheets.read import read
from macros.sheets.spec import specs
from tests.fuzz import browser
from tests.fuzz.damage import ODD, damaged
from tests.vectors import workbooks
from tests.vectors.texts import TEXTS

ROOT = Path(__file__).parents[2]
LINE = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""Where a line ends, for YAML."""
SAMPLES = sorted((ROOT / "tests/vectors/files-0.1.0").glob("*/draft.[jy]*"))
FORMATS = (
    "0%",
    "#,##0.00",
    "[h]:mm",
    "yyyy-mm-dd",
    '0" h"',
    "[$-411]ge.m.d",
    "0.0E+0",
    ";;;",
    "@",
    "# ?/?",
    "General",
    "h:mm AM/PM",
)
WORDS = (
    "x",
    "no",
    "3,5",
    "1,250",
    "50 %",
    "2026-02-31",
    "12.3.2026",
    "",
    "team",
    "…",
    "name",
    "note",
    "question",
    "removed:ann",
    "_x0041_",
    *ODD,
)


@cache
def _known() -> dict[str, Any]:
    found = load(ROOT)
    assert isinstance(found, Playbook)
    return {**specs(found), "t": workbooks.SPEC}


def _workbook(random: Random) -> bytes:
    """A workbook of odd cells, whole or damaged."""

    def cell() -> str:
        how = random.randrange(5)
        if how == 0:
            number = random.choice(
                (
                    random.uniform(-10, 10),
                    random.randrange(-5, 60000),
                    random.uniform(0, 1e16),
                    10.0 ** random.randrange(-20, 22),
                )
            )
            return workbooks.number(number, random.randrange(len(FORMATS) + 2))
        if how == 1:
            return workbooks.of(
                random.choice("besd"), random.choice(("0", "1", "#N/A", "2026-03-12T10:00:00", "x"))
            )
        return workbooks.text(random.choice(WORDS).replace("\x00", "").replace("\uffff", ""))

    ids = ("team", "count", "share", "price", "hours", "day", "mood", "agreed", "gone", "")
    form = [
        workbooks.row(random.choice(ids), cell(), cell(), *(cell() for _ in range(random.randrange(2))))
        for _ in range(8)
    ]
    rows = [
        workbooks.row(
            random.choice(("ann", "bob", "", "gone", "…")), *(cell() for _ in range(random.randrange(7)))
        )
        for _ in range(6)
    ]
    sheets = [workbooks.about(), workbooks.form(*form), workbooks.table(*rows)]
    random.shuffle(sheets)
    content = workbooks.Book(sheets, FORMATS, since_1904=random.random() < 0.2).bytes()
    if random.random() < 0.5:
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    hit = random.choice(sorted(parts))
    parts[hit] = damaged(parts[hit], random)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, part in parts.items():
            package.writestr(zipfile.ZipInfo(name), part)
    return out.getvalue()


def _text(random: Random) -> tuple[str, bytes]:
    """A damaged text."""
    if random.random() < 0.5:
        sample = random.choice(SAMPLES)
        return sample.name, damaged(sample.read_bytes(), random)
    _, file, content, _ = random.choice(TEXTS)
    return file, damaged(content, random)


def once(random: Random) -> None:
    """One file through both readers."""
    known = _known()
    file, content = ("file.xlsx", _workbook(random)) if random.random() < 0.5 else _text(random)
    may_differ = file.endswith((".yml", ".yaml"))  # two parsers of YAML refuse different mistakes
    if file == "file.xlsx" and random.random() < 0.2:
        content, may_differ = damaged(content, random), True  # and so do two readers of archives
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / file
        path.write_bytes(content)
        saved = read(path, known)
    if isinstance(saved, Diagnostics):
        assert saved
        lines = LINE.split(content.decode("utf-8", "replace"))
        for each in saved:
            assert each.path == file
            assert 1 <= each.line <= len(lines), each
            assert each.column >= 1, each
        return
    spec = known[saved.template]
    convert(spec, saved, "md")
    there = browser.read(spec, file, content)
    if there is None or (isinstance(there, str) and may_differ):
        return
    if file.endswith((".yml", ".yaml")) and re.search(
        "[\x85\u2028\u2029]", content.decode("utf-8", "replace")
    ):
        return  # a line ends there in YAML 1.1, and not in 1.2
    assert there == workbooks.plain(saved), (there, workbooks.plain(saved))
