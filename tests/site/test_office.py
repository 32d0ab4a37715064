"""Filled sheets as people see them in an office: opened by LibreOffice, printed, and saved again."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from macros.playbook import Playbook, load
from macros.sheets.contract import FieldSpec, SheetSpec
from macros.sheets.draft import Draft, Saved, fit
from macros.sheets.examples import KIT
from macros.sheets.files import convert
from macros.sheets.read import read
from macros.sheets.spec import specs
from macros.sheets.text import called, shown
from tests.site.conftest import ROOT
from tests.vectors.drafts import plain

PAGES = {"xlsx": 3, "docx": 4}
"""Most pages that a filled sheet takes."""


@pytest.fixture(scope="module")
def laid_out() -> dict[str, SheetSpec]:
    playbook = load(ROOT)
    assert isinstance(playbook, Playbook)
    return specs(playbook)


@pytest.fixture(scope="module")
def drafts(laid_out: dict[str, SheetSpec]) -> dict[str, Draft]:
    """The worked example's sheets."""
    found = {}
    for path in sorted((ROOT / KIT).glob("*.yml")):
        saved = read(path, laid_out)
        assert isinstance(saved, Saved)
        found[path.stem] = fit(laid_out[saved.template], saved)
    return found


@pytest.fixture(scope="module")
def opened(
    tmp_path_factory: pytest.TempPathFactory, laid_out: dict[str, SheetSpec], drafts: dict[str, Draft]
) -> Path:
    """A folder with every sheet as xlsx and docx, their PDFs, and the workbooks saved again."""
    office = shutil.which("soffice")
    if not office or not shutil.which("pdftotext"):
        if os.environ.get("CI_OFFICE"):
            pytest.fail("LibreOffice or pdftotext is not installed, and CI_OFFICE asks for both")
        pytest.skip("LibreOffice or pdftotext is not installed")
    folder = tmp_path_factory.mktemp("office")
    for id in drafts:
        saved = read(ROOT / KIT / f"{id}.yml", laid_out)
        assert isinstance(saved, Saved)
        for form in PAGES:
            (folder / f"{id}.{form}").write_bytes(convert(laid_out[id], saved, form)[0])
    for form, to in (("xlsx", "pdf"), ("docx", "pdf"), ("xlsx", "xlsx")):
        out = folder / f"{form}-{to}"
        command = [
            office,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            to,
        ]
        subprocess.run(
            [*command, "--outdir", str(out), *map(str, sorted(folder.glob(f"*.{form}")))],
            check=True, capture_output=True, timeout=900,
        )  # fmt: skip
    return folder


def printed(path: Path) -> list[str]:
    """Text of a PDF's pages, in the order in which it was drawn: so a cell's lines stay together."""
    made = subprocess.run(["pdftotext", "-raw", str(path), "-"], check=True, capture_output=True, text=True)
    return made.stdout.removesuffix("\f").split("\f")


def squeezed(text: str) -> str:
    """Text without blanks and hyphens: where a line breaks is the program's."""
    return re.sub(r"[\s\u00a0-]+", "", text)


def answers(spec: SheetSpec, draft: Draft) -> list[str]:
    """Every answer as people read it; numbers may be grouped, and are looked for as digits elsewhere."""
    names = called(spec, draft)

    def said(asked: FieldSpec, value: Any) -> str:
        return "" if asked["type"] in ("number", "checkbox") else shown(asked, value, names)

    found = []
    for section in spec["sections"]:
        given = (
            [draft.forms[section["id"]]]
            if not section.get("table")
            else [row.cells for row in draft.tables[section["id"]]]
        )
        found += [said(asked, cells[asked["id"]]) for cells in given for asked in section["fields"]]
    return [text for text in found if text]


@pytest.mark.parametrize("form", PAGES)
def test_every_answer_is_on_the_paper_and_pages_are_few(
    opened: Path, laid_out: dict[str, SheetSpec], drafts: dict[str, Draft], form: str
) -> None:
    wrong = []
    for id, draft in drafts.items():
        pages = printed(opened / f"{form}-pdf" / f"{id}.pdf")
        text = squeezed("".join(pages))
        wrong += [f"{id}: {each}" for each in answers(laid_out[id], draft) if squeezed(each) not in text]
        if len(pages) > PAGES[form]:
            wrong.append(f"{id}: {len(pages)} pages")
    assert wrong == []


def test_a_workbook_saved_by_libreoffice_is_read_to_the_same_answers(
    opened: Path, laid_out: dict[str, SheetSpec], drafts: dict[str, Draft]
) -> None:
    for id, draft in drafts.items():
        again = read(opened / "xlsx-xlsx" / f"{id}.xlsx", laid_out)
        assert isinstance(again, Saved), again
        assert plain(fit(laid_out[id], again)) == plain(draft), id
