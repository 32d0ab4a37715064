"""Links in texts of the data and on pages lead somewhere; what is no link is left alone."""

from __future__ import annotations

import ast
import re
from urllib.parse import quote

import pytest

from macros.load.files import read_files
from macros.load.reading import Reading, merged
from macros.playbook import Playbook
from macros.project import Project
from macros.report import line
from macros.rules.links import is_shown, may_be_links, on_page
from macros.rules.targets import Targets
from macros.views.links import Linker
from macros.views.macros import MACROS
from macros.views.render import Context, typesetter
from tests.conftest import ROOT, SMALL, Copy


@pytest.fixture(scope="module")
def reading() -> Reading:
    return merged(read_files(Project(SMALL)))


def on(reading: Reading, text: str, page: str = "down.md") -> list[str]:
    return [
        line(each).removeprefix(f"docs/{page}:")
        for each in on_page(page, text, 0, Targets(reading, ["raci-idle-role"]))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a [x](nope.md)", "1:7: there is no page or file 'nope.md'"),
        ("\n\n[x](Make.md)", "3:5: there is no page or file 'Make.md'; did you mean 'make.md'?"),
        ("[x](make)", "1:5: there is no page or file 'make'; did you mean 'make.md'?"),
        ("[x](make/)", "1:5: there is no page or file 'make'; did you mean 'make.md'?"),
        ("[x](make.html)", "1:5: there is no page or file 'make.html'; did you mean 'make.md'?"),
        ("[x](raci.md)", "1:5: there is no page or file 'raci.md'; did you mean 'organization/raci.md'?"),
        ("[x](../make.md)", "1:5: there is no page or file '../make.md'; did you mean 'make.md'?"),
        ("[x](/make.md)", "1:5: '/make.md' begins with a slash, which leads out of a site that lies in a folder; did you mean 'make.md'?"),
        ("[x](/make/)", "1:5: '/make/' begins with a slash, which leads out of a site that lies in a folder; did you mean 'make.md'?"),
        ("[x](index.md#aims)", "1:5: unknown anchor 'aims' of page 'index.md'; did you mean 'aim'?"),
        ("# Down\n[x](#dwon)", "2:5: unknown anchor 'dwon' of page 'down.md'; did you mean 'down'?"),
        ("![x](assets/nope.png)", "1:6: there is no page or file 'assets/nope.png'"),
        ("[x]()", "1:5: a link without a target; write it, or take the brackets away"),
        ("[x](<no pe.md>)", "1:6: there is no page or file 'no pe.md'"),
        ("[x](no%20pe.md 'title')", "1:5: there is no page or file 'no pe.md'"),
        ('[x](nope(1).md "t")', "1:5: there is no page or file 'nope(1).md'"),
        ("[x](on call.md)", "1:5: there is no page or file 'on call.md'"),
        ("[x][y]\n\n[y]: nope.md 'title'", "3:6: there is no page or file 'nope.md'"),
        ("[![a](nope.png)](make.md)", "1:7: there is no page or file 'nope.png'"),
        ("- a\n\n    [x](nope.md)", "3:9: there is no page or file 'nope.md'"),
        ("!!! note\n\n    [x](nope.md)", "3:9: there is no page or file 'nope.md'"),
        ("{% raw %}[x](nope.md){% endraw %}", "1:14: there is no page or file 'nope.md'"),
        ("{{ wont_do() }} [x](nope.md)", "1:21: there is no page or file 'nope.md'"),
        ("a\n\n`code here` [x](nope.md)", "3:17: there is no page or file 'nope.md'"),
        ("a\n\n<!-- c --> [x](nope.md)", "3:16: there is no page or file 'nope.md'"),
        ('<a href="../nope/">x</a>', "1:10: there is no page or file 'nope'"),
        ('<a href="make.md">x</a>', "1:10: in HTML, 'make.md' begins at the page's address, and leads nowhere; write the link or picture in Markdown"),
        ("<img alt=a src='x.png'>", "1:17: there is no page or file 'down/x.png'"),
        ("<a href=../Make/>x</a>", "1:9: there is no page or file 'Make'; did you mean '../make/'?"),
        ("<img srcset='../assets/a.png 1x, ../nope.png 2x'>", "1:34: there is no page or file 'nope.png'"),
        ("<source srcset=nope.webp>", "1:16: there is no page or file 'down/nope.webp'"),
        ("See [the plan][plans].\n\n[plan]: make.md", "1:16: no link is called 'plans' on this page; did you mean 'plan'?"),
        ("[the plan][]", "1:2: no link is called 'the plan' on this page"),
        ("![a][b]\n\n```\n[b]: make.md\n```", "1:6: no link is called 'b' on this page"),
        ('<a href="/make/">x</a>', "1:10: '/make/' begins with a slash, which leads out of a site that lies in a folder; did you mean '../make/'?"),
    ],
)  # fmt: skip
def test_a_link_that_leads_nowhere_is_told_with_its_place(reading: Reading, text: str, expected: str) -> None:
    assert expected in [
        each.partition("; did you mean")[0] if "; did" not in expected else each for each in on(reading, text)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[x](make.md) [x](make.md#make) [x](organization/raci.md?a=1) [x](./make.md)",
        "# Down\n[x](#down) [x](down.md#down)",
        "[x](organization/raci.md#role-builder) [x](people.md#talk)",
        "[x](https://nope.md) [x](mailto:a@b.c) [x](//nope/x) <https://x.y>",
        "[x]({{ url }}) [x]({% if a %}nope{% endif %})",
        "`[x](nope.md)` ``a ` [x](nope.md)``",
        "```\n[x](nope.md)\n```\n",
        "~~~ markdown\n[x](nope.md)\n~~~\n",
        "- a\n\n    ```\n    [x](nope.md)\n    ```\n",
        "text\n\n    [x](nope.md)\n\ntext",
        "<!-- [x](nope.md) -->",
        "{# [x](nope.md) #}{{ note('[x](nope.md)') }}",
        "<pre>[x](nope.md)</pre>",
        "\\[x\\](nope.md)",
        "(no bracket before](nope.md)",
        "a href='nope' and src=nope in prose",
        "```html\n<a href='nope'>\n```",
        '<a href="../make/">x</a> <a href="#down">x</a> <a href="../organization/raci/">x</a>',
        '<a href="../templates/form.docx">x</a> <a href="../export/playbook.json">x</a>',
        "[^1]: nope.md\n*[nope]: x.md",
        "[x][y] [Y][] [a b][The\n  Plan] ![x][y]\n\n[Y]: make.md\n[the plan]: make.md",
        "`[x][y]` \\[x][y] m[i][j] [^1][^2] [ ][x] [x] [y] [{{ b }}][{{ c }}] [x]\n\n```\n[x][y]\n```",
        "--8<-- 'links.md'\n\n[x][y]",
        "{% include 'links.md' %} [x][y]",
        '<img srcset="https://e.org/a.png 1x, data:image/png;base64,AA== 2x">',
    ],
)  # fmt: skip
def test_what_leads_somewhere_or_is_no_link_is_left_alone(reading: Reading, text: str) -> None:
    assert on(reading, text) == []


def test_anchors_of_rules_lists_and_sections_are_known_where_macros_write_them(small: Copy) -> None:
    small.write("docs/new.md", "{{ data_reference() }}")
    reading = merged(read_files(small.project))
    assert on(reading, "[a](new.md#raci-idle-role) [b](new.md#roles) [c](new.md#builder)") == []
    small.write("docs/new.md", "no macro")
    reading = merged(read_files(small.project))
    assert len(on(reading, "[b](new.md#roles) [c](new.md#builder)")) == 2


def test_an_anchor_of_an_item_is_known_on_pages_whose_macros_show_it(small: Copy) -> None:
    small.write("docs/new.md", "{{ wont_do() }}\n{{ raci_table() }}")
    small.write("docs/all.md", "{{ fill('form') }}")
    small.write("docs/made.md", "{% for each in (1, 2) %}{{ each }}{% endfor %}")
    reading = merged(read_files(small.project))
    assert (
        on(reading, "[a](new.md#castle) [b](new.md#train-note) [c](all.md#castle) [d](made.md#castle)") == []
    )
    assert on(reading, "[a](new.md#role-builder)") == [
        "1:5: unknown anchor 'role-builder' of page 'new.md'; it is on page 'organization/raci.md'"
    ]


def test_a_macro_shows_the_anchors_that_links_may_lead_to_and_no_others(playbook: Playbook) -> None:
    project = Project(ROOT)
    targets = Targets(merged(read_files(project)))
    context = Context(playbook, Linker("x.md"), typesetter(playbook))
    called = {
        (name, given)
        for page in project.sources
        for name, given in re.findall(r"\{\{ (\w+)\(([^)]*)\) \}\}", project.page_text(page)[0] or "")
    }
    seen = set()
    for name, given in sorted(called):
        if (allowed := targets.of_macro(name)) is None:
            continue
        arguments = ast.literal_eval(f"({given},)") if given else ()
        shown = re.findall(r'\bid="([^"]+)"|\{:[^}\n]*#([\w.-]+)', str(MACROS[name](context, *arguments)))
        there = {one or other for one, other in shown} & targets.items
        assert there <= allowed, name
        if there:
            seen.add(name)
        elif allowed:
            assert name == "candidates", f"{name} shows none of what links to it may lead to"
    assert len(seen) > 20


def test_a_link_to_what_the_company_removed_names_the_place(small: Copy) -> None:
    small.write("docs/new.md", "{{ wont_do() }}")
    small.write("company/wont_do.yml", "wont_do:\n  - {id: castle, remove: true}\n")
    reading = merged(read_files(small.project))
    assert on(reading, "[a](new.md#castle)") == [
        "1:5: unknown anchor 'castle' of page 'new.md'; "
        "it is removed in company/wont_do.yml:2; change this item there, too"
    ]


def test_a_link_to_an_anchor_that_the_companys_page_does_not_have_says_so(small: Copy) -> None:
    small.write("company/docs/index.md", "# Ours\n")
    reading = merged(read_files(small.project))
    assert on(reading, "[a](index.md#small)") == [
        "1:5: unknown anchor 'small' of page 'index.md'; company/docs/index.md stands in the place of our page"
    ]


@pytest.mark.parametrize(
    "name", ["r&d.md", "c#.md", "what?.md", "50%25.md", "on call (2026).md", "caf\u00e9.md", "cafe\u0301.md"]
)
def test_a_link_to_a_page_of_any_name_works_as_it_is_quoted(small: Copy, name: str) -> None:
    small.write(f"company/docs/{name}", "# X\n")
    reading = merged(read_files(small.project))
    assert on(reading, f"[x]({quote(name)}) [x](<{quote(name, safe=' ()')}>) ![x]({quote(name)}#x)") == []


# --- texts of the data --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[x](nope.md)", "there is no page or file 'nope.md'"),
        ("[x](Make.md)", "there is no page or file 'Make.md'; did you mean 'make.md'?"),
        ("[x](index.md#aims)", "unknown anchor 'aims' of page 'index.md'; did you mean 'aim'?"),
        ("[x](make)", "there is no page or file 'make'; did you mean 'make.md'?"),
        ("![x](nope.png)", "there is no page or file 'nope.png'"),
        ("[x](assets/x.png)", "there is no page or file 'assets/x.png'"),
    ],
)
def test_a_link_in_a_text_of_the_data_is_checked_like_a_reference(
    small: Copy, text: str, expected: str
) -> None:
    small.edit("data/topics.yml", "Near whom?", text)
    assert expected in small.problem()
    assert small.problem().startswith("data/topics.yml:")


@pytest.mark.parametrize(
    "text",
    [
        "[x](make.md)",
        "[x](/make.md)",
        "[x](index.md#aim)",
        "[x](#here)",
        "`[x](nope.md)`",
        "[x](https://a.b)",
    ],
)
def test_a_link_in_a_text_of_the_data_begins_at_docs(small: Copy, text: str) -> None:
    small.edit("data/topics.yml", "Near whom?", text)
    assert small.lines() == []


def test_a_name_is_no_markdown_so_it_has_no_links(small: Copy) -> None:
    small.write("company/topics.yml", 'topics:\n  - id: place\n    name: "Near [x](nope.md)"\n')
    assert small.lines() == []


def test_code_is_told_from_text_without_moving_anything() -> None:
    text = "a `[x](y)` [x](y)"
    first, second = may_be_links(text, html=True)
    assert (is_shown(text, first), is_shown(text, second)) == (False, True)
    assert text[second.target :] == "y)"
