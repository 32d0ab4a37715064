"""A draft as PDF: what is laid out, and what is said where there is no Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from macros.playbook import Playbook
from macros.sheets import pdf
from macros.sheets.draft import Row, Saved, fit
from macros.sheets.spec import specs


def draft_of(small_playbook: Playbook, evidence: str):
    spec = specs(small_playbook)["gaps"]
    answers = {"people": [Row("talk", cells={"rating": "1", "evidence": evidence})]}
    return spec, fit(spec, Saved("gaps", "Pricing", "2026-11-25T10:00:00Z", answers))


def test_what_was_typed_is_no_markup(small_playbook: Playbook) -> None:
    spec, draft = draft_of(small_playbook, "<b>3%</b> {{ 7 * 7 }}")
    made = pdf.html(spec, draft, "", 'A "company" </style>')
    assert "&lt;b&gt;3%&lt;/b&gt; {{ 7 * 7 }}" in made
    assert "<b>" not in made
    assert made.count("</style>") == 1
    assert "2026-11-25" in made


def test_a_word_that_no_column_holds_may_break(small_playbook: Playbook) -> None:
    spec, draft = draft_of(small_playbook, "https://example.org/a-long-address")
    assert 'pb-print-break">https' in pdf.html(spec, draft, "", "")
    spec, draft = draft_of(small_playbook, "short words only")
    assert "pb-print-break" not in pdf.html(spec, draft, "", "")


def test_without_chromium_it_is_said_what_helps(
    small_playbook: Playbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(pdf.NoPdfError, match="none is installed; set CHROMIUM to its path"):
        pdf.write(*draft_of(small_playbook, "x"), "", "")


def test_a_chromium_that_does_not_start_is_named(
    small_playbook: Playbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHROMIUM", "/no/such/browser")
    with pytest.raises(pdf.NoPdfError, match="/no/such/browser has written no PDF"):
        pdf.write(*draft_of(small_playbook, "x"), "", "")


@pytest.mark.skipif(
    not os.environ.get("CI") and (pdf.chromium() is None or shutil.which("pdftotext") is None),
    reason="needs Chromium and poppler-utils; required in CI",
)
def test_chromium_writes_what_was_answered(small_playbook: Playbook, tmp_path: Path) -> None:
    style = (Path(__file__).parents[3] / "docs/assets/playbook.css").read_text("utf-8")
    path = tmp_path / "sheet.pdf"
    path.write_bytes(pdf.write(*draft_of(small_playbook, "ZFR_113: 4.1% of 15 M €"), style, "Wrenfield"))
    run = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, encoding="utf-8", check=True)
    text = " ".join(run.stdout.split())
    assert "ZFR_113: 4.1% of 15 M €" in text
    assert "Wrenfield · Gaps · Pricing" in text
    assert "Page 1 of 1" in text
