"""Everything that a build writes beside its pages."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.export import blanks as blanking
from macros.export.exporter import Exporter, write_blanks
from macros.playbook import Playbook
from macros.views.links import Linker
from macros.views.render import Context, typesetter
from tests.unit.export.test_beside import PAGES, Process, compiles_nothing


@pytest.fixture
def context(small_playbook: Playbook) -> Context:
    return Context(small_playbook, Linker(), typesetter(small_playbook))


@pytest.fixture
def exporter(context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Exporter]:
    monkeypatch.setattr(subprocess, "Popen", Process)
    compiles_nothing(monkeypatch)
    monkeypatch.setattr(blanking.files, "blank", lambda spec, about, form: form.encode())
    made = Exporter(context, tmp_path / "cache")
    yield made
    made.close()


def test_pages_blanks_data_and_a_guide_are_written(exporter: Exporter, tmp_path: Path) -> None:
    site = tmp_path / "site"
    for name, html in PAGES.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(html, "utf-8")
    exporter.page("index.html", site / "index.html")
    exporter.write(site, "Small", "A book.", "https://x/")
    written = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()} - set(PAGES)
    assert {
        "index.md",
        "a/index.md",
        "llms.txt",
        "export/playbook.json",
        "export/raci.csv",
        "export/raci.xlsx",
    } <= written
    assert len([name for name in written if name.startswith("templates/")]) == 15
    guide = (site / "llms.txt").read_text("utf-8")
    assert guide.startswith(
        "# Small\n\n> A book.\n\n## Overview\n\n- [A](https://x/a/index.md)\n- [Home](https://x/index.md)\n"
    )
    assert "- [raci.xlsx](https://x/export/raci.xlsx)\n" in guide
    assert {path.name for path in (tmp_path / "cache").iterdir()} == {"blanks", "data", "pages"}


def test_blanks_that_no_template_has_any_more_are_forgotten(
    exporter: Exporter, context: Context, tmp_path: Path
) -> None:
    memory = tmp_path / "cache/blanks"
    write_blanks(context, tmp_path / "cache", tmp_path / "site")
    (memory / "of-a-template-that-is-gone").write_bytes(b"x")
    assert len(list(memory.iterdir())) == 11
    write_blanks(context, tmp_path / "cache", tmp_path / "site")
    assert len(list(memory.iterdir())) == 10
    assert (tmp_path / "site/templates/form.docx").read_bytes() == b"docx"
