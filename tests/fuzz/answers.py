"""Files of answers, damaged: the same draft on the command line and in the browser, or problems on both."""

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
from macros.sheets.draft import Saved, fit
from macros.sheets.files import convert
from macros.sheets.meaning import SAYS
from macros.sheets.read import read
from macros.sheets.spec import specs
from tests.fuzz import browser
from tests.fuzz.damage import ODD, damaged
from tests.vectors import workbooks
from tests.vectors.drafts import plain
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
    "\u0663\u0665",
    "1_000",
    "\xa03",
    " x\n",
    "=1+1",
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


def _text(random: Random) -> tuple[str, str, bytes]:
    """A damaged text: what it filled, its name and its bytes."""
    if random.random() < 0.5:
        sample = random.choice(SAMPLES)
        return sample.parent.name, sample.name, damaged(sample.read_bytes(), random)
    _, file, content, _ = random.choice(TEXTS)
    return "t", file, damaged(content, random)


def _read(folder: Path, file: str, content: bytes) -> Saved | Diagnostics:
    path = folder / file
    path.write_bytes(content)
    return read(path, _known())


def _assert_places(problems: Diagnostics, file: str, content: bytes) -> None:
    """Every problem has a place that an editor can go to."""
    assert problems
    lines = LINE.split(content.decode("utf-8", "replace"))
    for each in problems:
        assert each.path == file
        assert 1 <= each.line <= len(lines), each
        assert each.column >= 1, each


def _assert_alike(here: Saved | Diagnostics, there: Any, file: str, content: bytes, *, whole: bool) -> None:
    """Both readers find the same, or both say why not.

    Args:
        here: what the command line found.
        there: what the browser found.
        file: the file's name.
        content: its bytes.
        whole: whether an archive is as it was written; of a damaged one, two readers read different parts.
    """
    is_yaml = file.endswith(".yml")
    if is_yaml and re.search("[\x85\u2028\u2029&]", content.decode("utf-8", "replace")):
        return  # a line ends there in YAML 1.1, and not in 1.2; an anchor's name has a colon in 1.2
    if isinstance(here, Diagnostics):
        # Two parsers of YAML or of XML refuse different mistakes, but what is no draft is none for both.
        parser = (each.rule != "answers-file" or each.message == SAYS["none"] for each in here)
        differ = not whole or (file.endswith((".yml", ".xlsx")) and all(parser))
        assert differ or (isinstance(there, str) and there), ([each.message for each in here], there)
        return
    if isinstance(there, str) and (is_yaml or not whole):
        return
    assert there == workbooks.plain(here), (there, workbooks.plain(here))


def _comparable(draft: dict[str, Any]) -> dict[str, Any]:
    """A draft without rows that nobody has touched."""
    tables = {
        id: [row for row in rows if row["row"] or row["name"] or row["note"] or any(row["cells"].values())]
        for id, rows in draft["tables"].items()
    }
    return {**draft, "tables": tables}


def _assert_stable(folder: Path, saved: Saved, file: str, content: bytes) -> None:
    """What was read is the same draft after it was written and read again, in each format, by each side."""
    spec = _known()[saved.template]
    draft = _comparable(plain(fit(spec, saved)))
    written = [("again.xlsx", convert(spec, saved, "xlsx")[0])]
    for name, there, again in browser.rewritten(spec, file, content):
        assert _comparable(there) == draft, (name, there, draft)
        written.append((name, again))
    for name, again in written:
        back = _read(folder, name, again)
        assert isinstance(back, Saved), (name, back)
        assert _comparable(plain(fit(spec, back))) == draft, (name, plain(fit(spec, back)), draft)


def once(random: Random) -> None:
    """One file through both readers, and what was read through every writer."""
    filled, file, content = ("t", "file.xlsx", _workbook(random)) if random.random() < 0.5 else _text(random)
    whole = file != "file.xlsx" or random.random() >= 0.2
    if not whole:
        content = damaged(content, random)
    again = random.random() < 0.2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        saved = _read(folder, file, content)
        if isinstance(saved, Diagnostics):
            _assert_places(saved, file, content)
        else:
            filled = saved.template
            convert(_known()[filled], saved, "md")
        there = browser.read(_known()[filled], file, content)
        if there is None:
            return
        _assert_alike(saved, there, file, content, whole=whole)
        if again and isinstance(saved, Saved) and there == workbooks.plain(saved):
            _assert_stable(folder, saved, file, content)
