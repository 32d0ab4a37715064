"""The company's own pages, settings and macros, under both generators; the example companies."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, Project, copy_project
from tests.site.conftest import PLAYBOOK, Site, run
from tests.site.test_built import broken_links
from tests.site.test_generators import content

pytestmark = pytest.mark.slow
EXAMPLES = sorted(path.name for path in (ROOT / "examples").iterdir())


def write(project: Project, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = project.root / "company" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


LAYER = {
    "site.yml": (
        "name: Acme Handbook\ncolors: {primary: '#5b1a3a', link_dark: '#f0a8c8'}\n"
        "navigation:\n"
        "  - {page: acme/on-call.md, after: organization/raci.md, title: On call}\n"
        "  - {section: Acme, pages: [acme/tools.md], before: Templates}\n"
        "  - {remove: generators.md}\n"
    ),
    "docs/acme/on-call.md": "# On call\n\n{{ hello('Ann') }}\n\n{{ raci_table() }}\n",
    "docs/acme/tools.md": "# Tools\n\n[RACI](../organization/raci.md)\n",
    "docs/acme/unplaced.md": "# Unplaced\n",
    "docs/grow/wont-do.md": "# Ours instead\n\n{{ wont_do() }}\n",
    "macros.py": "def define_env(env):\n    @env.macro\n    def hello(name):\n        return f'**Hello {name}**'\n",
    "raci.yml": "activities:\n  - {id: model-development, name: Building models}\n",
}


@pytest.mark.parametrize("generator", ["mkdocs", "zensical"])
def test_pages_settings_macros_and_data_are_the_companys(
    whole_project: Project, environment, generator: str
) -> None:
    write(whole_project, LAYER)
    result = run([*PLAYBOOK, "build", "--generator", generator], whole_project.root, environment)
    assert result.returncode == 0, result.stdout
    site = Site(whole_project.root / "site", result.stdout)
    home = site.pages[""]
    nav = [node.text(strip=True) for node in home.css(".md-nav--primary .md-ellipsis")]
    assert nav.index("On call") == nav.index("Who answers for what") + 1
    assert nav.index("Tools") < nav.index("Templates")
    assert "Unplaced" in nav
    assert "Two generators" not in nav
    assert "generators/" in site.pages  # links to it still work
    [brand] = home.css("a.md-header__button.md-logo")
    assert brand.attributes["title"] == "Acme Handbook"
    assert "Hello Ann" in site.pages["acme/on-call/"].css("article strong")[0].text()
    assert "Building models" in site.pages["acme/on-call/"].css("table")[0].text()
    assert site.pages["grow/wont-do/"].css("h1")[0].text().startswith("Ours instead")
    assert "--md-primary-fg-color:#5b1a3a" in (site.folder / "assets/company.css").read_text("utf-8")
    assert not broken_links(site)
    differs = site.pages["our-changes/"].css("article")[0].text()
    assert "Building models" in differs
    assert [node.text() for node in site.pages["our-changes/"].css("li > .pb-tag")] == [
        "added",
        "added",
        "added",
        "replaced",
    ]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("site.yml", "nam: X\n", "company/site.yml:1:1: nam: unknown key; did you mean 'name'?"),
        ("site.yml", "name: a <b>\n", "company/site.yml:1:7: name: 'a <b>' does not match"),
        ("site.yml", "logo: assets/x.svg\n", "company/site.yml:1:7: logo: there is no file company/docs/assets/x.svg; put it there"),
        ("site.yml", "logo: ../x.svg\n", "company/site.yml:1:7: logo: '../x.svg' does not match"),
        ("site.yml", "logo: assets/../../../x.svg\n", "'assets/../../../x.svg' leads out of company/docs/"),
        ("site.yml", "colors: {primary: '#cccccc'}\n", "colors.primary: #cccccc on #ffffff has a contrast of 1.6, text needs 4.5; take a darker one"),
        ("site.yml", "navigation:\n  - {page: organization/racy.md, after: index.md}\n", "unknown page 'organization/racy.md'; did you mean 'organization/raci.md'?"),
        ("site.yml", "navigation:\n  - {page: about.md, after: Templats}\n", "nothing in the navigation is called 'Templats'; did you mean 'Templates'?"),
        ("site.yml", "navigation:\n  - {page: about.md}\n", "navigation[0].page: no place; say 'after:' or 'before:'"),
        ("site.yml", "navigation:\n  - {page: about.md, remove: index.md}\n", "expected one of 'page', 'section' or 'remove'"),
        ("site.yml", "name: !ENV X\n", "the tag !ENV is not allowed"),
        ("macros.py", "def define_env(env:\n", "company/macros.py:1:1: SyntaxError"),
        ("macros.py", "x = 1\n", "company/macros.py:1:1: has no function define_env"),
        ("macros.py", "def define_env(env):\n    1 / 0\n", "company/macros.py:2:1: ZeroDivisionError: division by zero"),
        ("macros.py", "def define_env(env):\n    env.macro(lambda: 1, 'raci_table')\n", "'raci_table' is a macro of the playbook; rename yours"),
        ("docs/x.md", "{{ raci_tabel() }}\n", "company/docs/x.md:1:4: unknown macro 'raci_tabel'; did you mean 'raci_table'?"),
        ("docs/x.md", "{% include '../../data/raci.yml' %}\n", "company/docs/x.md:1:13: '../../data/raci.yml' does not stay below docs/; move the file there"),
        ("docs/x.md", "{% include '/etc/passwd' %}\n", "'/etc/passwd' does not stay below docs/"),
    ],
)  # fmt: skip
def test_mistake_in_the_layer_is_told_in_one_line_and_builds_nothing(
    whole_project: Project, environment, name: str, text: str, expected: str
) -> None:
    write(whole_project, {name: text})
    checked = run([*PLAYBOOK, "check"], whole_project.root, environment)
    assert checked.returncode == 1
    assert expected in checked.stdout
    assert "Traceback" not in checked.stdout
    built = run([*PLAYBOOK, "build"], whole_project.root, environment)
    assert built.returncode == 1
    assert not (whole_project.root / "site").exists()


def test_problems_of_data_pages_and_settings_are_reported_together(
    whole_project: Project, environment, build
) -> None:
    whole_project.edit("data/pillars.yml", "name: Organization", "name: [x]")
    (whole_project.root / "data/topics.yml").write_text("topics: [\n")
    whole_project.edit("docs/about.md", "{{ provenance() }}", "{{ provenanse() }}")
    whole_project.edit("docs/templates/raci-sheet.md", 'fill("raci-sheet")', 'fill("raci-shet")')
    write(whole_project, {"site.yml": "nam: X\n"})
    checked = run([*PLAYBOOK, "check"], whole_project.root, environment)
    files = [line.split(":")[0] for line in checked.stdout.splitlines()[:-1]]
    expected = ["data/pillars.yml", "data/topics.yml", "docs/about.md", "docs/templates/raci-sheet.md"]
    assert files == ["company/site.yml", *expected]
    built = build(whole_project.root)
    assert all(name in built.stdout for name in expected)


@pytest.mark.parametrize("text", ["a: [b\n", "site_name: x\n", "- x\n"])
def test_broken_mkdocs_yml_is_told_without_a_traceback(
    whole_project: Project, environment, text: str
) -> None:
    write(whole_project, {"site.yml": "name: X\n"})
    (whole_project.root / "mkdocs.yml").write_text(text)
    checked = run([*PLAYBOOK, "check"], whole_project.root, environment)
    assert checked.returncode == 1
    assert checked.stdout.startswith("mkdocs.yml:")
    assert "Traceback" not in checked.stdout


def test_link_out_of_the_layer_is_never_followed(whole_project: Project, environment, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# The secret\n")
    write(whole_project, {"docs/x.md": "# X\n"})
    (whole_project.root / "company/docs/leak.md").symlink_to(tmp_path / "secret.md")
    from macros.diagnostics import Diagnostics
    from macros.project import Project as Folder
    from macros.site.ready import check

    assert isinstance(check(Folder(whole_project.root)), Diagnostics)
    assert not (whole_project.root / ".build").exists()
    result = run([*PLAYBOOK, "build"], whole_project.root, environment)
    assert result.returncode == 1
    assert "company/docs/leak.md:1:1: is a link that leads out of company/" in result.stdout


@pytest.mark.parametrize("generator", ["mkdocs", "zensical"])
def test_theme_overrides_are_the_companys(whole_project: Project, environment, generator: str) -> None:
    main = '{% extends "base.html" %}\n{% block announce %}Ours says hello{% endblock %}\n'
    write(whole_project, {"overrides/main.html": main})
    result = run([*PLAYBOOK, "build", "--generator", generator], whole_project.root, environment)
    assert result.returncode == 0, result.stdout
    [banner] = Site(whole_project.root / "site", "").pages["about/"].css(".md-banner")
    assert "Ours says hello" in banner.text()


def test_extra_plugins_are_added(whole_project: Project, environment) -> None:
    write(whole_project, {"site.yml": "plugins:\n  - tags\n", "docs/x.md": "---\ntags: [ours]\n---\n# X\n"})
    result = run([*PLAYBOOK, "build"], whole_project.root, environment)
    assert result.returncode == 0, result.stdout
    assert "md-tag" in (whole_project.root / "site/x/index.html").read_text("utf-8")


def test_layer_of_data_only_needs_no_assembling(whole_project: Project, environment) -> None:
    write(whole_project, {"raci.yml": LAYER["raci.yml"]})
    assert run([*PLAYBOOK, "build"], whole_project.root, environment).returncode == 0
    assert not (whole_project.root / ".build").exists()
    assert "Building models" in (whole_project.root / "site/organization/raci/index.html").read_text("utf-8")


def test_page_taken_out_of_the_layer_is_gone_from_the_next_build(whole_project: Project, environment) -> None:
    write(whole_project, LAYER)
    assert run([*PLAYBOOK, "build"], whole_project.root, environment).returncode == 0
    (whole_project.root / "company/docs/acme/unplaced.md").unlink()
    assert run([*PLAYBOOK, "build"], whole_project.root, environment).returncode == 0
    assert not (whole_project.root / "site/acme/unplaced").exists()


# --- example companies --------------------------------------------------------------------


def example_site(tmp_path: Path, example: str, generator: str, environment: dict[str, str]) -> Site:
    root = copy_project(tmp_path / generator)
    shutil.copytree(ROOT / "examples" / example, root / "company")
    settings = {**environment, "SITE_URL": "https://intranet.example.com/handbooks/models/"}
    result = run([*PLAYBOOK, "build", "--generator", generator], root, settings)
    assert result.returncode == 0, result.stdout
    return Site(root / "site", result.stdout)


@pytest.mark.parametrize("example", EXAMPLES)
def test_example_company_builds_alike_under_both_generators(
    tmp_path: Path, environment, example: str
) -> None:
    first, second = (example_site(tmp_path, example, name, environment) for name in ("mkdocs", "zensical"))
    assert "WARNING" not in first.output
    assert not broken_links(first)
    assert sorted(first.pages) == sorted(second.pages)
    for page, tree in first.pages.items():
        if page != "404.html":
            assert content(page, tree) == content(page, second.pages[page]), page


def test_there_are_four_examples_each_with_a_picture_and_a_section() -> None:
    assert EXAMPLES == ["bank", "public-body", "retailer", "startup"]
    page = (ROOT / "docs/customize/examples.md").read_text("utf-8")
    for example in EXAMPLES:
        assert f"{{ #{example} }}" in page
        assert (ROOT / f"docs/assets/examples/{example}.png").stat().st_size > 10_000
