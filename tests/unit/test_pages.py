"""Macro calls on pages are checked before anything is rendered."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros import pages
from macros.playbook import Playbook
from macros.report import line


def check(tmp_path: Path, playbook: Playbook, text: str) -> list[str]:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "x.md").write_text(text, "utf-8")
    return [line(problem) for problem in pages.check(playbook, docs)]


def test_shipped_pages_have_no_problem(playbook: Playbook) -> None:
    assert not pages.check(playbook)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# X\n\n{{ raci_tabel() }}\n", "docs/x.md:3:4: unknown macro 'raci_tabel'; did you mean 'raci_table'?"),
        ('a {{ fill("raci-shet") }}', "docs/x.md:1:12: fill: unknown template 'raci-shet'; did you mean 'raci-sheet'?"),
        ("{{ fill() }}", "docs/x.md:1:4: fill() cannot be called so (missing a required argument: 'id'); it takes id"),
        ("{{ glossary(1) }}", "docs/x.md:1:4: glossary() cannot be called so (too many positional arguments); it takes no arguments"),
        ("{{ foo }}", "docs/x.md:1:4: unknown name 'foo'"),
        ('{{ name("template", "x") }}', "docs/x.md:1:4: name: unknown list 'template'; did you mean 'templates'?"),
        ("{{ raci_table( }}", "docs/x.md:1:1: template error: unexpected '}', expected ')'"),
        ("---\ntitle: x\n---\n\n{{ foo }}", "docs/x.md:5:4: unknown name 'foo'"),
    ],
)  # fmt: skip
def test_mistake_is_reported_with_its_place(
    tmp_path: Path, playbook: Playbook, text: str, expected: str
) -> None:
    assert check(tmp_path, playbook, text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "{{ page.title }} {{ config.site_name }}",
        "{% for i in range(3) %}{{ i }}{% endfor %}{% set a = 1 %}{{ a }}",
        "---\nrender_macros: false\n---\n{{ anything }}",
        "No macros at all.",
        "{% raw %}{{ anything }}{% endraw %}",
        "{{ lifecycle() }}{{ lifecycle(group=none) }}",
    ],
)
def test_what_works_is_left_alone(tmp_path: Path, playbook: Playbook, text: str) -> None:
    assert check(tmp_path, playbook, text) == []


def test_page_that_is_not_utf8_is_reported(tmp_path: Path, playbook: Playbook) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "x.md").write_bytes(b"caf\xe9")
    [problem] = pages.check(playbook, docs)
    assert problem.rule == "encoding"
