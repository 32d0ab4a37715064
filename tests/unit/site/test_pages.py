"""Macro calls on pages are checked before anything is rendered."""

from __future__ import annotations

import pytest

from macros.diagnostics import Diagnostics
from macros.playbook import Playbook
from macros.report import line
from macros.site.pages import Ids, check_pages
from macros.views.macros import MACROS
from tests.conftest import Copy


@pytest.fixture(scope="module")
def ids(small_playbook: Playbook) -> Ids:
    return {key: frozenset(items) for key, items in small_playbook.lists.items()}


def said(small: Copy, ids: Ids, text: str, name: str = "docs/x.md") -> list[str]:
    small.write(name, text)
    return [line(problem) for problem in check_pages(small.project, ids)]


def test_pages_of_a_sound_playbook_have_no_problem(small: Copy, ids: Ids) -> None:
    assert check_pages(small.project, ids) == Diagnostics()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# X\n\n{{ raci_tabel() }}\n", "docs/x.md:3:4: unknown macro 'raci_tabel'; did you mean 'raci_table'?"),
        ("{{ fill('raci-shet') }}", "docs/x.md:1:10: fill: unknown template 'raci-shet'; did you mean 'raci-sheet'?"),
        ('a {{ fill(id="raci-shet") }}', "docs/x.md:1:15: fill: unknown template 'raci-shet'; did you mean 'raci-sheet'?"),
        ("{{ components('mak') }}", "docs/x.md:1:16: components: unknown component group 'mak'; did you mean 'make'?"),
        ("{{ lifecycle('zzz') }}", "docs/x.md:1:15: lifecycle: unknown component group 'zzz'"),
        ("{{ fill() }}", "docs/x.md:1:4: fill() cannot be called so (missing a required argument: 'id'); it takes id"),
        ("{{ glossary(1) }}", "docs/x.md:1:4: glossary() cannot be called so (too many positional arguments); it takes no arguments"),
        ("{{ fill(template='x') }}", "docs/x.md:1:4: fill() cannot be called so (missing a required argument: 'id'); it takes id"),
        ("{{ foo }}", "docs/x.md:1:4: unknown name 'foo'"),
        ('{{ name("template", "x") }}', "docs/x.md:1:4: name: unknown list 'template'; did you mean 'templates'?"),
        ('{{ name("roles", "bilder") }}', "docs/x.md:1:19: name: unknown role 'bilder'; did you mean 'builder'?"),
        ("{{ raci_table( }}", "docs/x.md:1:1: template error: unexpected '}', expected ')'"),
        ("a\n\n{% if %}", "docs/x.md:3:1: template error: Expected an expression, got 'end of statement block'"),
        ("---\ntitle: x\n---\n\n{{ foo }}", "docs/x.md:5:4: unknown name 'foo'"),
        ("{{\n  fill(\n  'zzz'\n) }}", "docs/x.md:3:4: fill: unknown template 'zzz'"),
        ("{% include '../../data/raci.yml' %}", "docs/x.md:1:13: '../../data/raci.yml' does not stay below docs/; move the file there"),
        ("{% include '/etc/passwd' %}", "docs/x.md:1:13: '/etc/passwd' does not stay below docs/; move the file there"),
        ("{% import name_of_a_file as x %}", "docs/x.md:1:1: 'None' does not stay below docs/; move the file there"),
        ("{% extends '../x.html' %}", "docs/x.md:1:13: '../x.html' does not stay below docs/; move the file there"),
        ("{{ wont_do }}", "docs/x.md:1:4: 'wont_do' is a macro, and nothing calls it; write wont_do()"),
        ("{{name}} in prose", "docs/x.md:1:3: 'name' is a macro, and nothing calls it; write name()"),
        ("{{ wont_do|string }}", "docs/x.md:1:4: 'wont_do' is a macro, and nothing calls it; write wont_do()"),
        ("{% if wont_do %}x{% endif %}", "docs/x.md:1:7: 'wont_do' is a macro, and nothing calls it; write wont_do()"),
        ("{% set x = wont_do %}", "docs/x.md:1:12: 'wont_do' is a macro, and nothing calls it; write wont_do()"),
        ("{{ name('roles', wont_do) }}", "docs/x.md:1:18: 'wont_do' is a macro, and nothing calls it; write wont_do()"),
        ("{{ wont_do ~ 'x' }}", "docs/x.md:1:4: 'wont_do' is a macro, and nothing calls it; write wont_do()"),
        ("{{ [wont_do] }}", "docs/x.md:1:5: 'wont_do' is a macro, and nothing calls it; write wont_do()"),
        ("{{ now }}", "docs/x.md:1:4: 'now' is a macro, and nothing calls it; write now()"),
        ("{{ 'x'|uper }}", "docs/x.md:1:8: unknown filter 'uper'; did you mean 'upper'?"),
        ("{{ 1 is eaven }}", "docs/x.md:1:9: unknown test 'eaven'; did you mean 'even'?"),
        ("a\u2028b\u0085c\n{{ foo }}", "docs/x.md:2:4: unknown name 'foo'"),
    ],
)  # fmt: skip
def test_a_mistake_is_reported_with_its_place(small: Copy, ids: Ids, text: str, expected: str) -> None:
    assert expected in said(small, ids, text)


def test_lines_are_counted_from_the_top_of_a_page_with_front_matter(small: Copy, ids: Ids) -> None:
    text = "---\ntitle: x\n---\n\n{% if %}"
    assert [each.split(": ")[0] for each in said(small, ids, text)] == ["docs/x.md:5:1"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ page.title }} {{ config.site_name }}",
        "{% for i in range(3) %}{{ i }}{% endfor %}{% set a = 1 %}{{ a }}",
        "---\nrender_macros: false\n---\n{{ anything }}",
        "No macros at all.",
        "{% raw %}{{ anything }}{% endraw %}",
        "{# a comment {{ anything }} #}",
        "{{ lifecycle() }}{{ lifecycle(group=none) }}{{ lifecycle('make') }}",
        "{% include 'parts/x.md' %}",
        "{% set id = 'form' %}{{ fill(id) }}",
        "{{ fill(*[1]) }}{{ fill(**{'x': 1}) }}",
        "{% macro own(x) %}{{ x }}{% endmacro %}{{ own(1) }}",
        "{% import 'parts/x.md' as parts %}{{ parts.one() }}",
        "{% from 'parts/x.md' import one, two as three %}{{ one }}{{ three }}",
        "{% for name in [1] %}{{ name }}{% endfor %}",
        "---\nowner: Dana\n---\n{{ owner }}",
        "{{ 'x'|upper }}{{ 1 is even }}{{ now() }}{{ [1]|pretty }}",
    ],
)
def test_what_works_is_left_alone(small: Copy, ids: Ids, text: str) -> None:
    assert said(small, ids, text) == []


def test_every_macro_is_known_with_its_arguments(small: Copy, ids: Ids) -> None:
    for name in MACROS:
        found = said(small, ids, f"{{{{ {name}(zzz=1) }}}}")
        assert any(f"{name}() cannot be called so" in each for each in found), name


def test_ids_of_a_list_that_could_not_be_read_are_not_judged(small: Copy, ids: Ids) -> None:
    without = {key: known for key, known in ids.items() if key != "templates"}
    assert said(small, without, "{{ fill('zzz') }}") == []


def test_pages_of_the_companys_are_checked_in_their_place(small: Copy, ids: Ids) -> None:
    assert said(small, ids, "{{ raci_tabel() }}", "company/docs/a/x.md") == [
        "company/docs/a/x.md:1:4: unknown macro 'raci_tabel'; did you mean 'raci_table'?"
    ]


def test_macros_and_variables_of_the_companys_are_known(small: Copy, ids: Ids) -> None:
    small.write(
        "company/macros.py",
        "def define_env(env):\n    env.macro(lambda: 1, 'ours')\n    env.variables['name_of_us'] = 'A'\n",
    )
    assert said(small, ids, "{{ ours() }} {{ name_of_us }}") == []
    assert said(small, ids, "{{ ours }}") == [
        "docs/x.md:1:4: 'ours' is a macro, and nothing calls it; write ours()"
    ]
    assert len(said(small, ids, "{{ theirs() }}")) == 1


def test_where_the_companys_macros_are_broken_that_is_the_problem(small: Copy, ids: Ids) -> None:
    small.write("company/macros.py", "x = 1\n")
    assert [each.split(":")[0] for each in said(small, ids, "{{ ours() }}")] == ["company/macros.py"]


def test_a_page_that_is_not_utf8_is_reported(small: Copy, ids: Ids) -> None:
    (small.root / "docs/x.md").write_bytes(b"caf\xe9")
    [problem] = check_pages(small.project, ids)
    assert (problem.path, problem.rule) == ("docs/x.md", "encoding")


def test_templates_and_icons_of_the_theme_and_of_the_companys_are_known(small: Copy, ids: Ids) -> None:
    small.write("company/overrides/ours.html", "x")
    for front in ("template: ours.html", "template: main.html", "icon: material/home"):
        assert said(small, ids, f"---\n{front}\n---\n# X\n") == []
    assert len(said(small, ids, "---\ntemplate: theirs.html\n---\n# X\n")) == 1


def test_a_page_of_any_size_is_not_read(small: Copy, ids: Ids) -> None:
    assert "is 5.0 MiB; at most 4 MiB is read" in said(small, ids, "x" * 5 * 2**20)[0]
