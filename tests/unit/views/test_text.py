"""Text from data to HTML and Markdown: everything a company writes is escaped."""

from __future__ import annotations

import html
import re

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.views.links import Linker
from macros.views.text import Abbreviation, Typesetter, in_heading, in_title, plain, table_cell

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


@given(st.text(alphabet="ab<>&\"'`{}\n\r#%*[", max_size=20))
def test_any_plain_text_reads_as_it_was_written_on_one_line(text: str) -> None:
    shown = str(plain(text))
    assert not set(shown) & set("<>\"'`{}\n\r")
    assert html.unescape(shown) == re.sub("[\n\r]", " ", text)


@pytest.mark.parametrize("text", HOSTILE)
def test_rich_text_makes_no_raw_html_and_no_dangerous_link(text: str) -> None:
    shown = str(Typesetter({"RACI": Abbreviation("x")}).rich(text, Linker()))
    assert "<script" not in shown
    assert "<b>" not in shown
    assert "javascript:" not in shown or "href" not in shown
    assert "</div>" not in shown
    assert "\n" not in shown
    assert "{{" not in shown


@pytest.mark.parametrize(
    "text", [*HOSTILE, "a_b_c *d* `e`", "5 < 6 > 4", "C# {#id} {: .x }", "1. a", "- a", "a\\*b"]
)
def test_a_heading_shows_the_text_as_written(text: str) -> None:
    one_line = " ".join(text.split())
    rendered = markdown.markdown(f"## {in_heading(text)} {{: #id }}", extensions=["attr_list", "toc"])
    assert rendered.startswith('<h2 id="id">')
    inner = rendered.removeprefix('<h2 id="id">').removesuffix("</h2>")
    assert html.unescape(inner) == one_line
    assert "<" not in inner


def test_a_title_has_no_angle_bracket_even_after_entities_are_undone() -> None:
    shown = str(in_title("a </title><script> & b"))
    assert html.unescape(shown) == "a ‹/title›‹script› & b"


def test_rich_text_has_inline_markdown_links_to_pages_and_tooltips() -> None:
    setter = Typesetter({"KPI": Abbreviation('A "number"')})
    shown = str(setter.rich("**Bold** [go](grow/index.md#x), a KPI", Linker("a/b.md")))
    assert "<strong>Bold</strong>" in shown
    assert 'href="../../grow/#x"' in shown
    assert '<abbr title="A &#34;number&#34;">KPI</abbr>' in shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[x](https://x.y/z.md)", 'href="https://x.y/z.md"'),
        ("[x](//x.y/z.md)", 'href="//x.y/z.md"'),
        ("[x](mailto:a@b.md)", 'href="mailto:a@b.md"'),
        ("[x](#here)", 'href="#here"'),
        ("[x](c.pdf)", 'href="../../c.pdf"'),
        ("![x](assets/x%20y.png)", 'src="../../assets/x%20y.png"'),
        ("[x](/c.md)", 'href="../../c/"'),
        ("[x](c.md?a=1#b)", 'href="../../c/?a=1#b"'),
        ("[x](a/b.md#c)", 'href="#c"'),
        ("[x](r&d.md)", 'href="../../r%26d/"'),
        ("[x](c%23.md#a)", 'href="../../c%23/#a"'),
        ("[x](what%3F.md)", 'href="../../what%3F/"'),
        ("[x](50%2525.md)", 'href="../../50%2525/"'),
        ("[x](<on call.md>)", 'href="../../on%20call/"'),
        ("[x](cafe\u0301.md)", 'href="../../caf%C3%A9/"'),
        ("[x](a/README.md)", 'href="../"'),
    ],
)
def test_a_link_leads_to_the_same_file_from_every_page(text: str, expected: str) -> None:
    shown = str(Typesetter({}).rich(text, Linker("a/b.md")))
    assert expected in shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[x](r&d.md)", 'href="../r%26d.md"'),
        ("[x](c%23.md#a)", 'href="../c%23.md#a"'),
        ("![x](assets/x.png)", 'src="../assets/x.png"'),
    ],
)
def test_for_a_generator_that_rewrites_links_they_name_sources(text: str, expected: str) -> None:
    assert expected in str(Typesetter({}).rich(text, Linker("a/b.md", from_source=True)))


def test_the_same_text_has_other_links_on_another_page() -> None:
    setter = Typesetter({})
    assert 'href="../c/"' in setter.rich("[x](c.md)", Linker("b.md"))
    assert 'href="../../c/"' in setter.rich("[x](c.md)", Linker("a/b.md"))


def test_tooltips_touch_whole_words_only_and_no_attributes() -> None:
    shown = str(
        Typesetter({"CI": Abbreviation("x")}).rich(
            "CI, CIO, a-CI, CI-a, [CI](https://example.com/CI)", Linker()
        )
    )
    assert shown.count("<abbr") == 2
    assert 'href="https://example.com/CI"' in shown


@pytest.mark.parametrize(
    "order", [["CI", "CI/CD", "CI/CD/CT"], ["CI/CD/CT", "CI/CD", "CI"], ["CI/CD", "CI/CD/CT", "CI"]]
)
def test_of_abbreviations_that_begin_alike_the_longest_counts(order: list[str]) -> None:
    setter = Typesetter({name: Abbreviation(f"about {name}") for name in order})
    shown = str(setter.rich("CI/CD/CT and CI/CD and CI", Linker()))
    assert re.findall(r'<abbr title="about ([^"]*)">([^<]*)</abbr>', shown) == [
        ("CI/CD/CT", "CI/CD/CT"), ("CI/CD", "CI/CD"), ("CI", "CI"),
    ]  # fmt: skip


def test_an_abbreviation_with_signs_is_taken_literally() -> None:
    shown = str(
        Typesetter({"C++": Abbreviation("x"), "R&D": Abbreviation("y")}).rich("C++ and C and R&D", Linker())
    )
    assert ">C++</abbr>" in shown
    assert shown.count("<abbr") == 1  # in HTML it is R&amp;D: no tooltip, and no broken entity
    assert "R&amp;D" in shown


def test_an_abbreviation_leads_to_its_entry_as_seen_from_the_page() -> None:
    setter = Typesetter({"CI": Abbreviation("x", "glossary.md#ci")})
    abbr = '<abbr title="x">CI</abbr>'
    assert setter.rich("CI", Linker("a/b.md")) == f'<a class="pb-term" href="../../glossary/#ci">{abbr}</a>'
    assert setter.rich("CI", Linker("glossary.md")) == f'<a class="pb-term" href="#ci">{abbr}</a>'


def test_in_a_link_an_abbreviation_is_no_second_link() -> None:
    setter = Typesetter({"CI": Abbreviation("x", "glossary.md#ci")})
    shown = str(setter.rich("[all of **CI** here](https://example.com/) and CI", Linker()))
    assert shown.count("<a ") == 2
    assert shown.count("<abbr") == 2
    assert '<strong><abbr title="x">CI</abbr></strong>' in shown


def test_without_abbreviations_text_is_only_set() -> None:
    assert str(Typesetter({}).rich("CI *x*", Linker())) == "CI <em>x</em>"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a | b\nc", "a \\| b c"),
        ("a \\ b", "a \\\\ b"),
        ("*x* _y_ `z` <b> [l] #", "\\*x\\* \\_y\\_ \\`z\\` \\<b> \\[l] \\#"),
        (3, "3"),
    ],
)
def test_a_table_cell_stays_one_cell(value: object, expected: str) -> None:
    assert table_cell(value) == expected
