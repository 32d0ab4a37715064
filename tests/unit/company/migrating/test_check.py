"""What would not move to the other generator is told with its place and what to do."""

from __future__ import annotations

import pytest

from macros.company.migrating.check import To, check
from macros.company.migrating.zensical import PLUGINS
from macros.report import line
from tests.conftest import Copy

SITE = "company/site.yml"
MACROS = "company/macros.py"
MAIN = "company/overrides/main.html"
PAGE = "company/docs/ours.md"


def told(small: Copy) -> list[str]:
    return [line(problem) for problem in check(small.project, "zensical")]


def test_nothing_is_in_the_way_of_a_plain_copy(small: Copy) -> None:
    assert told(small) == []
    assert not check(small.project, "mkdocs")


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (SITE, "plugins: [git-revision-date-localized]\n", "1:11: plugins[0]: Zensical has no plugin 'git-revision-date-localized'"),
        (SITE, "plugins:\n  - tagz: {}\n", "2:5: plugins[0]: Zensical has no plugin 'tagz' and leaves it out without a word; did you mean 'tags'?"),
        (SITE, "plugins:\n  - search:\n      lang: de\n", "3:7: plugins[0].search.lang: Zensical's own 'search' passes over 'lang'"),
        (MACROS, "def define_env(env):\n    x = env.conf.site_name\n", "2:9: 'env.conf.site_name' is not there under Zensical; write env.conf[\"site_name\"]"),
        (MACROS, "def define_env(env):\n    x = env.page.file.src_uri\n", "2:9: 'env.page.file' is not there under Zensical"),
        (MACROS, "def on_post_build(env):\n    pass\n", "1:5: Zensical never calls 'on_post_build'"),
        (MAIN, "<p>\n{{ page.title | truncate(9) }}", "2:17: Zensical's templates have no filter 'truncate'"),
        (MAIN, "{% if x is callable %}{% endif %}", "1:12: Zensical's templates have no test 'callable'"),
        (MAIN, "{{ page.title.upper() }}", "1:14: Zensical's templates call no Python method, such as '.upper()'"),
        (MAIN, "{{ lipsum(1) }}", "1:4: Zensical's templates have no function 'lipsum'"),
        (MAIN, "{{ 'a %s' % page.title }}", "1:7: Zensical's templates do not fill texts with '%'"),
        (MAIN, "{{ page.file.src_uri }}", "1:4: 'page.file' is empty under Zensical"),
        (MAIN, "{{ mkdocs_version }}", "1:4: 'mkdocs_version' is empty under Zensical"),
        (MAIN, "{% block %}", "1:1: template error"),
        (PAGE, "# O\n\n{{ files | length }}\n", "3:4: 'files' is an empty list under Zensical"),
        (PAGE, "# O\n\n{{ page.next_page }}\n", "3:4: 'page.next_page' is not there under Zensical"),
        (PAGE, '# O\n\nSee <a class="x" href="people.md#a">it</a>.\n', "3:24: 'people.md' in HTML: MkDocs leaves it"),
        (PAGE, "# O\n\n<img src='a.png'>\n", "3:11: 'a.png' in HTML"),
        (PAGE, "---\ntitle: O\nsearch:\n  boost: 2\n---\n\n# O\n", "4:3: search.boost: Zensical does not read 'search.boost'"),
        ("company/docs/x.markdown", "# X\n", "1:1: Zensical takes it for a file, not for a page; rename it to x.md"),
        ("company/docs/x/README.md", "# X\n", "1:1: is no index for both generators; rename it to index.md"),
    ],
)  # fmt: skip
def test_what_would_not_move_is_told(small: Copy, name: str, text: str, expected: str) -> None:
    small.write(name, text)
    [problem] = told(small)
    assert problem.startswith(f"{name}:{expected}")


def test_hooks_of_mkdocs_are_told(small: Copy) -> None:
    small.write("mkdocs.yml", f"{small.read('mkdocs.yml')}\nhooks: [a.py]\n")
    [problem] = told(small)
    assert "Zensical does not read 'hooks'" in problem


EXTENDED = "site_name: X\nmarkdown_extensions:\n"


@pytest.mark.parametrize(
    ("to", "text", "expected"),
    [
        ("zensical", "  - attr_list\n  - codehilite: {}\n", "4:5: markdown_extensions[1]: Zensical has pymdownx.superfences in the place of 'codehilite'"),
        ("zensical", "  fenced_code: {}\n", "3:3: markdown_extensions.fenced_code: Zensical has pymdownx.superfences"),
        ("zensical", "  - pymdownx.snippets:\n      base_path: [!relative $docs_dir]\n", "4:19: Zensical does not know the tag '!relative'"),
        ("mkdocs", "  - zensical.extensions.preview\n", "3:5: markdown_extensions[0]: 'zensical.extensions.preview' works in Zensical alone; write material.extensions.preview"),
        ("mkdocs", "  - zensical.extensions.macros\n", "3:5: markdown_extensions[0]: 'zensical.extensions.macros' works in Zensical alone; do without it"),
        ("mkdocs", "  pymdownx: {mark: {}}\n", "3:3: markdown_extensions.pymdownx: MkDocs reads no extensions below 'pymdownx'"),
    ],
)  # fmt: skip
def test_extensions_that_the_other_does_not_have_are_told(
    small: Copy, to: To, text: str, expected: str
) -> None:
    small.write("mkdocs.yml", f"{EXTENDED}{text}")
    [problem] = check(small.project, to)
    assert line(problem).startswith(f"mkdocs.yml:{expected}")


@pytest.mark.parametrize("to", ["zensical", "mkdocs"])
def test_extensions_that_both_have_are_not_told(small: Copy, to: To) -> None:
    small.write(
        "mkdocs.yml",
        f"{EXTENDED}  - toc: {{permalink: true}}\n  - codehilite\n  - pymdownx.superfences # no !relative\n"
        "  - material.extensions.preview\n  - nobody.knows\n",
    )
    assert not check(small.project, to)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (SITE, "plugins: [tags, material/blog, {redirects: {redirect_maps: {}}}]\n"),
        (MACROS, "def define_env(env):\n    x = env.conf['site_name'], env.page.url\n"),
        (MACROS, "def define_env(:\n"),
        (MAIN, "{% extends 'base.html' %}{% block x %}{{ super() }}{{ page.title | upper }}{{ loop.cycle(1) }}{% endblock %}"),
        (PAGE, "# O\n\n`<a href=\"x.md\">` and\n\n```html\n<img src='a.png'>\n```\n<a href='https://e.org/x.md'>\n{{ page.title }}\n"),
        (PAGE, "---\nsearch: {exclude: true}\ntags: [a]\nstatus: new\n---\n# O\n"),
        (PAGE, "---\n[a\n---\n# O\n"),
        (PAGE, "# O\n\n{{ broken\n"),
    ],
)  # fmt: skip
def test_what_both_have_is_not_told(small: Copy, name: str, text: str) -> None:
    small.write(name, text)
    assert told(small) == []


def test_on_the_way_back_plugins_have_to_be_installed(small: Copy) -> None:
    small.write(SITE, "plugins: [tags, awesome-nav]\n")
    small.write("zensical.toml", "[project]\n")
    assert [line(problem) for problem in check(small.project, "mkdocs")] == [
        f"{SITE}:1:17: plugins[1]: MkDocs has no plugin 'awesome-nav' here; install its package for MkDocs",
        "zensical.toml:1:1: MkDocs does not read it; write its settings into mkdocs.yml",
    ]


def test_the_list_of_plugins_is_zensicals_own() -> None:
    config = pytest.importorskip("zensical.config")
    assert dict(PLUGINS) == config._PLUGIN_UNSUPPORTED_OPTIONS
