"""Partials to Markdown-safe HTML: whatever the data holds, it is shown as text."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

import jinja2
import pytest
from pydantic import BaseModel

from macros.model.base import Source
from macros.playbook import Playbook
from macros.views import macros as catalog
from macros.views.environment import environment, mark
from macros.views.links import Linker
from macros.views.render import Context, abbreviations, render, typesetter
from macros.views.text import Abbreviation
from tests.conftest import Copy
from tests.unit.views.test_macros import ARGUMENTS

EVIL = "<img src=x onerror=alert(1)>\"'{{ x }}"
KEPT = {
    "id", "value", "abbreviation", "prefill", "note", "heading", "choices_from", "of", "name_from", "columns_of", "next",
}  # fmt: skip
"""Fields that are not shown as they are: ids, names of fields and lists, what a pattern holds to a few letters."""


def may_be_poisoned(annotation: Any, marks: tuple[Any, ...]) -> bool:
    """Whether a text can hold anything: it is no reference, no choice of words, no pattern."""
    if marks:
        return False
    parts = [part for part in get_args(annotation) if part is not type(None)]
    return annotation is str or (parts == [str])


def poisoned(item: BaseModel) -> BaseModel:
    """An item in which every text that may hold anything is hostile."""
    changes: dict[str, Any] = {}
    for name, info in type(item).model_fields.items():
        value = getattr(item, name)
        if (
            isinstance(value, str)
            and name not in KEPT
            and may_be_poisoned(info.annotation, tuple(info.metadata))
        ):
            changes[name] = EVIL
        elif isinstance(value, BaseModel):
            changes[name] = poisoned(value)
        elif isinstance(value, tuple) and value and all(isinstance(each, BaseModel) for each in value):
            changes[name] = tuple(poisoned(each) for each in value)
        elif isinstance(value, tuple) and value and get_args(info.annotation)[:1] == (str,):
            changes[name] = tuple(EVIL for _ in value)
    return item.model_copy(update=changes)


@pytest.fixture(scope="module")
def hostile(small_playbook: Playbook) -> Context:
    lists = {
        key: MappingProxyType({id: poisoned(item) for id, item in items.items()})
        for key, items in small_playbook.lists.items()
    }
    playbook = dataclasses.replace(small_playbook, lists=MappingProxyType(lists))
    return Context(playbook, Linker(), typesetter(playbook))


def test_the_poison_reaches_what_is_shown(hostile: Context) -> None:
    playbook = hostile.playbook
    assert playbook.roles["builder"].name == EVIL
    assert playbook.situations["slow"].readings[1].hypotheses[0].check == EVIL
    assert playbook.situations["slow"].evidence == (EVIL,)
    assert playbook.templates["form"].sections[0].fields[0].help == EVIL
    assert playbook.stakeholders["board"].who == EVIL


@pytest.mark.parametrize("name", catalog.MACROS)
def test_hostile_data_passes_through_every_macro_as_text(hostile: Context, name: str) -> None:
    shown = catalog.MACROS[name](hostile, *ARGUMENTS.get(name, []))
    assert "<img" not in shown
    assert "{{" not in shown


@pytest.mark.parametrize("id", ["form", "gaps", "poster", "raci-sheet", "scorecard"])
def test_hostile_data_passes_through_every_sheet_as_text(hostile: Context, id: str) -> None:
    shown = catalog.fill(hostile, id)
    assert "<img" not in shown
    assert "{{" not in shown
    assert "&lt;img" in shown


@pytest.mark.parametrize("name", catalog.MACROS)
def test_no_output_has_a_blank_line_inside_html(small_playbook: Playbook, name: str) -> None:
    """Python-Markdown would end the HTML there and read what follows as Markdown."""
    context = Context(small_playbook, Linker(), typesetter(small_playbook))
    shown = catalog.MACROS[name](context, *ARGUMENTS.get(name, [])).strip("\n")
    for block in shown.split("\n\n"):
        assert block.count("<details") == block.count("</details>"), name
        assert block.count("<table") == block.count("</table>"), name
        assert block.count("<svg") == block.count("</svg>"), name
        assert block.count("<form") == block.count("</form>"), name


@pytest.fixture
def partial(tmp_path: Path) -> Any:
    """Renders a text as if it were a partial."""
    env = environment().overlay(loader=jinja2.FileSystemLoader(tmp_path))

    def call(playbook: Playbook, content: str, **values: Any) -> str:
        (tmp_path / "x.html.j2").write_text(content, "utf-8")
        return render("x.html.j2", Context(playbook, Linker("a/b.md"), typesetter(playbook), env), **values)

    return call


def test_strings_are_text_and_lines_are_not_indented(small_playbook: Playbook, partial: Any) -> None:
    shown = partial(
        small_playbook, "<p>\n    {{ text }}\n\n  </p>\n## {{ text|heading }}\n<b>", text="<a> {{ b }}"
    )
    assert (
        shown
        == "\n\n<p>\n&lt;a&gt; &#123;&#123; b &#125;&#125;\n</p>\n\n## &#60;a&#62; &#123;&#123; b &#125;&#125;\n\n<b>\n\n"
    )


def test_a_partial_sees_the_playbook_links_and_rich_text(small_playbook: Playbook, partial: Any) -> None:
    shown = partial(
        small_playbook, '{{ link.page("c.md") }} {{ rich("*x*") }} {{ playbook.roles.builder.name }} {{ 3 }}'
    )
    assert shown == "\n\n../../c/ <em>x</em> Builder 3\n\n"


def test_an_unknown_name_in_a_partial_is_an_error(small_playbook: Playbook, partial: Any) -> None:
    with pytest.raises(jinja2.UndefinedError):
        partial(small_playbook, "{{ playbook.roles.builder.nam }}")
    with pytest.raises(jinja2.UndefinedError):
        partial(small_playbook, "{{ nothing }}")


@pytest.mark.parametrize(
    ("source", "said"),
    [(Source("kit"), "kit"), (Source("deck", (16,)), "deck 16"), (Source("deck", (32, 33)), "deck 32, 33"), (Source("company"), "ours"),
     (Source("kit", changed=True), "kit changed by us")],
)  # fmt: skip
def test_the_mark_says_who_says_so(source: Source, said: str) -> None:
    assert " ".join(re.sub("<[^>]*>", "", str(mark(environment(), source))).split()) == said


def test_partials_are_compiled_once_where_there_is_a_folder_for_them(
    tmp_path: Path, small_playbook: Playbook
) -> None:
    def shown(folder: Path) -> str:
        partials = environment.__wrapped__(folder)
        return render(
            "glossary.html.j2",
            Context(small_playbook, Linker(), typesetter(small_playbook), partials),
            terms=(),
        )

    expected = shown(tmp_path / "compiled")
    kept = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "compiled").iterdir()}
    assert kept
    assert shown(tmp_path / "compiled") == expected
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "compiled").iterdir()} == kept
    (tmp_path / "file").write_text("in the way", "utf-8")
    assert shown(tmp_path / "file" / "folder") == expected


def test_abbreviations_are_those_of_the_glossary_and_lead_there(small: Copy) -> None:
    text = "Service level agreement: What was promised."
    assert abbreviations(small.playbook()) == {"SLA": Abbreviation(text)}
    small.write("company/docs/glossary.md", "# Ours\n")
    assert abbreviations(small.playbook()) == {"SLA": Abbreviation(text)}, "it does not show our terms"
    small.write("company/docs/glossary.md", "# Ours\n\n{{ glossary() }}\n")
    found = abbreviations(small.playbook())
    assert (
        found == {"SLA": Abbreviation(text, "glossary.md#sla")} == typesetter(small.playbook()).abbreviations
    )
