"""Each template's blank: to be filled in Word, in Excel, or as Markdown."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from macros.export import blanks as exported
from macros.export.blanks import blanks
from macros.playbook import Playbook
from macros.sheets.remember import Memory
from macros.views.blank import BLANKS, blank
from macros.views.links import Linker
from macros.views.render import Context, typesetter
from tests.conftest import ROOT, Copy


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Office files are not made, but counted."""
    made: list[str] = []

    def make(spec: object, about: object, form: str) -> bytes:
        made.append(f"{about.id}.{form}")  # type: ignore[attr-defined]
        return form.encode()

    monkeypatch.setattr(exported.files, "blank", make)
    return made


def written(playbook: Playbook, folder: Path) -> dict[str, bytes]:
    context = Context(playbook, Linker(), typesetter(playbook))
    return dict(blanks(context, Memory(folder)))


def test_every_template_has_one_in_every_format(small_playbook: Playbook, tmp_path: Path) -> None:
    found = written(small_playbook, tmp_path)
    assert set(found) == {f"templates/{id}.{form}" for id in small_playbook.templates for form in BLANKS}
    context = Context(small_playbook, Linker(), typesetter(small_playbook))
    for path, content in found.items():
        if path.endswith(".md"):
            assert content.decode() == blank(context, Path(path).stem)
        else:
            assert content.startswith(b"PK")


def test_a_blank_is_made_once(small_playbook: Playbook, tmp_path: Path, counted: list[str]) -> None:
    first = written(small_playbook, tmp_path)
    assert len(counted) == 10
    assert written(small_playbook, tmp_path) == first
    assert len(counted) == 10


@pytest.mark.parametrize(
    ("edit", "again"),
    [
        (("data/templates/form.yml", "name: Notes", "name: Remarks"), ["form"]),
        (("data/templates/form.yml", "purpose: Every kind of field.", "purpose: All."), ["form"]),
        (("data/wont_do.yml", "reason: It falls over.", "reason: It falls."), ["form"]),
        (("data/criteria.yml", "name: It is worth it", "name: It pays"), ["scorecard"]),
        (("data/topics.yml", "name: Where to sit", "name: Where"), []),
    ],
)
def test_after_an_edit_only_what_it_touches_is_made_anew(
    small: Copy, tmp_path: Path, counted: list[str], edit: tuple[str, str, str], again: list[str]
) -> None:
    written(small.playbook(), tmp_path / "memory")
    counted.clear()
    small.edit(*edit)
    written(small.playbook(), tmp_path / "memory")
    assert sorted(counted) == sorted(f"{id}.{form}" for id in again for form in ("docx", "xlsx"))


def test_making_blanks_imports_no_library_that_is_only_for_reading(small: Copy) -> None:
    code = (
        "import sys; from pathlib import Path; from macros.site.ready import ready; from macros.export.blanks import blanks;"
        "from macros.sheets.remember import Memory;"
        f"made = dict(blanks(ready(Path({str(small.root)!r})).context(), Memory(None)));"
        "print(len(made), sorted({'openpyxl', 'docx', 'lxml'} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "15 []\n", "")
