"""The process for the next edit under `playbook serve`."""

from __future__ import annotations

import io
import sys

import pytest

from macros.site import waiting


def test_the_waiting_process_builds_what_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[tuple[str, str]] = []
    monkeypatch.setattr(waiting, "FOREIGN", ("json", "no_module_of_that_name"))
    monkeypatch.setattr("macros.site.build.main", lambda *given: called.append(given) or 3)
    monkeypatch.setattr(sys, "stdin", io.StringIO("folder\nhttp://x/\n"))
    assert waiting.wait() == 3
    assert called == [("folder", "http://x/")]


def test_the_waiting_process_ends_where_there_is_nothing_to_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "FOREIGN", ())
    monkeypatch.setattr("macros.site.build.main", lambda *_: pytest.fail("built"))
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n\n"))
    assert waiting.wait() == 0
