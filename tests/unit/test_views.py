"""Views: links, text that stays text, and what pages are given to show."""

from __future__ import annotations

import html
from pathlib import Path

import markdown
import pytest

from macros.playbook import Playbook
from macros.sheets.layout import lay_out
from macros.views import macros as catalog
from macros.views import raci, tree
from macros.views.links import Linker, page_url
from macros.views.render import Context, typesetter
from macros.views.text import Typesetter, in_heading, plain, table_cell


@pytest.fixture(scope="module")
def context(playbook: Playbook) -> Context:
    return Context(playbook, Linker(), typesetter(playbook))


# --- links ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "target", "expected"),
    [
        ("index.md", "grow/choosing.md", "grow/choosing/"),
        ("index.md", "index.md", "./"),
        ("grow/choosing.md", "index.md", "../../"),
        ("grow/choosing.md", "grow/wont-do.md#x", "../wont-do/#x"),
        ("grow/index.md", "grow/wont-do.md", "wont-do/"),
        ("grow/wont-do.md", "grow/index.md", "../"),
        ("grow/wont-do.md", "grow/wont-do.md#x", "#x"),
    ],
)
def test_links_are_relative_to_the_page(path: str, target: str, expected: str) -> None:
    assert Linker(path).page(target) == expected


def test_links_without_directory_urls_name_files() -> None:
    assert Linker("grow/choosing.md", directory_urls=False).page("index.md") == "../index.html"
    assert page_url("a/b.md", directory_urls=False) == "a/b.html"


def test_links_for_a_generator_that_rewrites_name_sources() -> None:
    linker = Linker("grow/choosing.md", from_source=True)
    assert linker.page("templates/index.md#x") == "../templates/index.md#x"
    assert linker.file("templates/raci-sheet.md") == "../templates/raci-sheet%2Emd"


# --- text -----------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "{{ 7 * 7 }}{% raw %}",
    "```\n<b>",
    "[x](javascript:alert(1))",
    "![x](https://example.com/x.png)",
    "&lt;b&gt; & &amp;",
    "*[RACI]: x",
    "# heading\n\n## another",
    "</div></section>",
    "a | b \\| c",
    "\u202eabc\u202c 🙂",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_plain_text_is_never_markup(text: str) -> None:
    shown = str(plain(text))
    assert not set(shown) & set("<>\"'`{}\n")
    assert html.unescape(shown) == text.replace("\n", " ")


@pytest.mark.parametrize("text", HOSTILE)
def test_rich_text_makes_no_raw_html_and_no_dangerous_link(text: str) -> None:
    shown = str(Typesetter({"RACI": "x"}).rich(text, Linker()))
    assert "<script" not in shown
    assert "<b>" not in shown
    assert "javascript:" not in shown or "href" not in shown
    assert "</div>" not in shown
    assert "\n" not in shown
    assert "{{" not in shown


@pytest.mark.parametrize("text", [*HOSTILE, "a_b_c *d* `e`", "5 < 6 > 4", "C# {#id} {: .x }"])
def test_heading_shows_the_text_as_written(text: str) -> None:
    one_line = " ".join(text.split())
    rendered = markdown.markdown(f"## {in_heading(text)} {{: #id }}", extensions=["attr_list", "toc"])
    assert rendered.startswith('<h2 id="id">')
    inner = rendered.removeprefix('<h2 id="id">').removesuffix("</h2>")
    assert html.unescape(inner) == one_line
    assert "<" not in inner


def test_rich_text_has_inline_markdown_links_to_pages_and_tooltips() -> None:
    setter = Typesetter({"KPI": 'A "number"'})
    shown = str(setter.rich("**Bold** [go](grow/index.md#x), a KPI", Linker("a/b.md")))
    assert "<strong>Bold</strong>" in shown
    assert 'href="../../grow/#x"' in shown
    assert '<abbr title="A &#34;number&#34;">KPI</abbr>' in shown


def test_tooltips_touch_whole_words_only_and_no_attributes() -> None:
    shown = str(Typesetter({"CI": "x"}).rich("CI, CIO, [CI](https://example.com/CI)", Linker()))
    assert shown.count("<abbr") == 2
    assert 'href="https://example.com/CI"' in shown


def test_table_cell_stays_one_cell() -> None:
    assert table_cell("a | b\nc") == "a \\| b c"


def test_hostile_data_passes_through_every_partial_as_text(playbook: Playbook) -> None:
    """Every text of every item is replaced by markup; no page may contain it unescaped."""
    import dataclasses

    evil = "<img src=x onerror=alert(1)>\"'{{ x }}"

    def poison(item: object) -> object:
        changes = {}
        for key in ("name", "text", "claim", "question", "reason", "instead", "ask", "purpose", "help"):
            if isinstance(getattr(item, key, None), str) and key not in ("pillar", "group"):
                changes[key] = evil
        return item.model_copy(update=changes)  # type: ignore[attr-defined]

    kinds = [f.name for f in dataclasses.fields(playbook) if f.name not in ("root", "warnings", "layers")]
    poisoned = dataclasses.replace(
        playbook,
        **{
            kind: {
                key: item if kind in ("stakeholders",) else poison(item)
                for key, item in getattr(playbook, kind).items()
            }
            for kind in kinds
        },
    )
    context = Context(poisoned, Linker(), typesetter(poisoned))
    arguments = {
        "components": ["data-handling"], "capabilities": ["process"], "situation": ["responses-stopped"],
        "approach": ["top-down"], "fill": ["raci-sheet"], "name": ["roles", "ml-engineer"],
        "other_rules": ["raci-"], "decision_criteria": ["deployment"],
    }  # fmt: skip
    for name, macro in catalog.MACROS.items():
        shown = macro(context, *arguments.get(name, []))
        assert "<img" not in shown, name
        assert "{{" not in shown, name
    for id in ("one-sheet", "flagship-scorecard", "stakeholder-map"):
        shown = catalog.fill(context, id)
        assert "<img" not in shown
        assert "{{" not in shown
    assert "&lt;img" in catalog.MACROS["raci_table"](context)


def test_no_partial_output_has_a_blank_line_inside_html(context: Context) -> None:
    """Python-Markdown would end the HTML there and read what follows as Markdown."""
    shown = catalog.decision_tree(context).strip("\n")
    assert "\n\n" not in shown


# --- RACI -----------------------------------------------------------------------------


def test_seen_by_role_an_ops_engineer_reads_slide_30s_column(playbook: Playbook) -> None:
    ops = next(each for each in raci.by_role(playbook) if each.role.id == "ops-engineer")
    names = {letter: [item.id for item in items] for letter, items in ops.letters.items()}
    assert names == {
        "R": ["monitoring-operation", "incident-primary-response"],
        "A": ["monitoring-operation", "incident-primary-response"],
        "C": ["build-training-pipeline", "production-deployment"],
        "I": ["model-development", "keep-or-withdraw", "data-quality-and-features"],
    }


def test_letters_are_spoken_in_full() -> None:
    assert raci.spoken("R/A") == "responsible and accountable"


# --- tree -----------------------------------------------------------------------------


def test_reading_order_has_every_node_once_and_begins_with_the_root(playbook: Playbook) -> None:
    order = [node.id for node in tree.reading_order(playbook)]
    assert order[0] == "phase"
    assert sorted(order) == sorted([*playbook.questions, *playbook.first_steps])


def test_every_path_of_the_tree_ends_in_a_first_step(playbook: Playbook) -> None:
    def walk(name: str, length: int) -> int:
        if name in playbook.first_steps:
            return 1
        assert length < 20
        return sum(walk(answer.to, length + 1) for answer in playbook.questions[name].answers)

    assert walk(tree.root(playbook).id, 0) > len(playbook.first_steps)


def test_picture_has_a_row_for_each_answer_and_no_box_leaves_it(playbook: Playbook) -> None:
    picture = tree.picture(playbook)
    answers = sum(len(q.answers) for q in playbook.questions.values())
    assert len(picture.rows) == answers + 1
    assert all(row.x + row.box_width <= picture.width for row in picture.rows)
    assert len({row.y for row in picture.rows}) == len(picture.rows)


# --- templates ------------------------------------------------------------------------


def test_raci_sheet_is_prefilled_with_the_playbooks_letters(playbook: Playbook) -> None:
    sheet = lay_out(playbook.templates["raci-sheet"], playbook)[1]
    assert sheet.rows is not None
    roles = [role.name for role in playbook.roles.values()]
    assert [column.name for column in sheet.columns] == [
        *roles,
        "Business decision",
        "Two A on purpose, because",
    ]
    first = sheet.rows[0]
    assert (first.name, [cell.value for cell in first.cells]) == (
        "Model development",
        ["R/A", "C", "I", "I", "C", "", ""],
    )
    assert [row.name for row in sheet.rows[-2:]] == ["", ""]


def test_rows_of_a_filtered_list_are_only_those_that_match(playbook: Playbook) -> None:
    sheets = lay_out(playbook.templates["missing-capability-check"], playbook)
    names = [row.name for row in sheets[2].rows or ()]
    assert names == [c.name for c in playbook.capabilities.values() if c.pillar == "process"]


def test_choices_come_from_the_playbook(playbook: Playbook) -> None:
    sheet = lay_out(playbook.templates["sourcing-decision"], playbook)[1]
    assert sheet.rows is not None
    assert [c.value for c in sheet.rows[0].cells[0].choices] == list(playbook.sourcing_options)


def test_names_of_controls_are_unique_in_every_template(playbook: Playbook) -> None:
    for each in playbook.templates.values():
        keys = [
            cell.key
            for sheet in lay_out(each, playbook)
            for cell in (*sheet.cells, *(c for row in sheet.rows or () for c in row.cells))
        ]
        assert len(keys) == len(set(keys)), each.id


def test_blank_of_every_template_has_all_sections_and_whole_tables(context: Context) -> None:
    for item in context.playbook.templates.values():
        text = catalog.blank(context, item.id)
        for section in item.sections:
            assert f"## {section.name}\n" in text
        tables = [block.splitlines() for block in text.split("\n\n") if block.startswith("|")]
        for rows in tables:
            widths = {row.replace("\\|", "").count("|") for row in rows}
            assert len(widths) == 1, (item.id, rows)
            assert set(rows[1]) <= set("| -")


# --- reference ------------------------------------------------------------------------


def test_data_reference_has_every_field_and_no_unexplained_kind(context: Context) -> None:
    from macros.model.kinds import KINDS

    shown = catalog.data_reference(context)
    for kind in KINDS:
        assert kind.item.__doc__
        assert f"{{: #{kind.key} }}" in shown
        for field in kind.item.model_fields:
            assert f"<code>{field}</code>" in shown


def test_every_macro_says_what_it_shows() -> None:
    assert all(macro.__doc__ for macro in catalog.MACROS.values())


def test_no_partial_is_unused() -> None:
    folder = Path(catalog.__file__).parent
    sources = [*folder.parent.rglob("*.py"), *(folder / "partials").iterdir()]
    code = "".join(path.read_text("utf-8") for path in sources)
    for partial in (folder / "partials").iterdir():
        assert f'"{partial.name}"' in code, partial.name
