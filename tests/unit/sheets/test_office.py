"""Office files depend on their content only: the same data gives the same bytes, whenever it is written."""

from __future__ import annotations

import datetime
import io
import re
import time
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest

from macros.model.template import Template
from macros.playbook import Playbook
from macros.sheets.files import blank
from macros.sheets.spec import specs


class Tomorrow(datetime.datetime):
    """A clock that has gone on."""

    @classmethod
    def now(cls, tz: Any = None) -> Any:
        return datetime.datetime(2031, 7, 8, 9, 10, 11, tzinfo=tz)

    @classmethod
    def utcnow(cls) -> Any:
        return cls.now()


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_a_file_is_the_same_whenever_it_is_written(
    small_playbook: Playbook, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    spec, about = specs(small_playbook)["form"], small_playbook.of(Template)["form"]
    first = blank(spec, about, form)
    monkeypatch.setattr(datetime, "datetime", Tomorrow)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 100_000)
    assert blank(spec, about, form) == first


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_no_part_says_when_it_was_written(small_playbook: Playbook, form: str) -> None:
    spec, about = specs(small_playbook)["form"], small_playbook.of(Template)["form"]
    with ZipFile(io.BytesIO(blank(spec, about, form))) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = package.read("docProps/core.xml").decode()
    said = re.findall(r"<dcterms:\w+[^>]*>([^<]*)<", core)
    assert said == ["2026-01-01T00:00:00Z"] * 2


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_no_byte_of_a_blank_depends_on_the_version_of_zlib(small_playbook: Playbook, form: str) -> None:
    spec, about = specs(small_playbook)["form"], small_playbook.of(Template)["form"]
    with ZipFile(io.BytesIO(blank(spec, about, form))) as package:
        assert {part.compress_type for part in package.infolist()} == {ZIP_STORED}
        assert {part.create_system for part in package.infolist()} == {3}
        assert package.testzip() is None
