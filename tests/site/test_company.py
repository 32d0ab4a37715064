"""The company's own pages, settings and macros, under both generators; the example companies."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT, Copy, copy_project
from tests.site.conftest import PLAYBOOK, Site, run
from tests.site.test_built import broken_links
from tests.site.test_generators import content

pytestmark = pytest.mark.slow
EXAMPLES = sorted(path.name for path in (ROOT / "examples").iterdir())


def write(project: Copy, files: dict[str, str]) -> None:
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
    whole_project: Copy, environment, generator: str
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


GONE = {
    "components.yml": "components: [{id: data-ingestion, remove: true}]\n",
    "capabilities.yml": "capabilities: [{id: versioning, remove: true}]\n",
    "glossary.yml": "terms: [{id: ai-act, remove: true}]\n",
    "situations.yml": "situations: [{id: click-through-rate-fell, remove: true}]\n",
    "templates/gone.yml": "templates: [{id: incident-review, remove: true}]\n",
    "misconceptions.yml": (
        "replace: true\nmisconceptions:\n  - {id: a-tool, claim: We need a tool., correction: Agree first., "
        "instead: Fill the RACI., related: [template:raci-sheet, term:raci]}\n"
    ),
}
"""A company that does without one of each; a first step goes, too, and the answers that led to it change."""
STEP = "translate-goal"


def without_first_step(project: Copy) -> str:
    """A company's decision tree in which another first step stands for `STEP`."""
    questions = yaml.safe_load(project.read("data/decision_tree.yml"))["questions"]
    changed = []
    for question in questions:
        answers = [
            {**each, "to": each["to"].replace(STEP, "register-models")} for each in question["answers"]
        ]
        if answers != question["answers"]:
            changed.append({"id": question["id"], "answers": answers})
    assert changed
    return json.dumps({"questions": changed, "first_steps": [{"id": STEP, "remove": True}]})


@pytest.mark.parametrize("generator", ["mkdocs", "zensical"])
def test_links_to_what_the_company_does_without_still_arrive(
    whole_project: Copy, environment, generator: str
) -> None:
    write(whole_project, {**GONE, "decision_tree.yml": without_first_step(whole_project)})
    told = whole_project.check()
    assert all(": warning: unknown anchor " in each for each in told), told
    assert len(told) >= 3
    result = run([*PLAYBOOK, "build", "--generator", generator], whole_project.root, environment)
    assert result.returncode == 0, result.stdout
    site = Site(whole_project.root / "site", result.stdout)
    assert not broken_links(site)
    for page, anchor in (
        ("what-mlops-is/data-handling/", "data-ingestion"),
        ("capabilities/technology/", "versioning"),
        ("glossary/", "ai-act"),
        ("situations/", "card-click-through-rate-fell"),
        ("ml-knowledge/misconceptions/", "training-first"),
        ("first-step/", STEP),
        ("templates/incident-review/", "detection"),
    ):
        [kept] = site.pages[page].css(f"[id='{anchor}']")
        assert kept.parent is not None
        assert kept.parent.attributes["class"] == "pb-unmarked", page
    for page, title in (
        ("templates/incident-review/", "Incident review"),
        ("situations/click-through-rate/", "Click"),
    ):
        assert site.pages[page].css_first("h1").text().startswith(title)
        assert "goes without this" in site.pages[page].css_first("article").text()


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("site.yml", "nam: X\n", "company/site.yml:1:1: nam: unknown key; did you mean 'name'?"),
        ("macros.py", "def define_env(env:\n", "company/macros.py:1:1: SyntaxError"),
        ("docs/x.md", "{{ raci_tabel() }}\n", "company/docs/x.md:1:4: unknown macro 'raci_tabel'; did you mean 'raci_table'?"),
    ],
)  # fmt: skip
def test_mistake_in_the_layer_is_told_in_one_line_and_builds_nothing(
    whole_small: Copy, environment, name: str, text: str, expected: str
) -> None:
    """What else can be wrong is told alike; units of company/ and site/ have each case."""
    whole_small.write(f"company/{name}", text)
    built = run([*PLAYBOOK, "build"], whole_small.root, environment)
    assert built.returncode == 1
    assert built.stdout.startswith(expected)
    assert built.stdout.count("\n") == 2
    assert not (whole_small.root / "site").exists()


def test_mkdocs_itself_tells_what_is_wrong_with_a_layer(whole_small: Copy, build) -> None:
    whole_small.edit("data/pillars.yml", "name: People", "name: [x]")
    whole_small.write("docs/up.md", "{{ provenanse() }}\n")
    whole_small.write("company/site.yml", "nam: X\n")
    expected = whole_small.check()
    assert len(expected) == 3
    built = build(whole_small.root)
    assert built.returncode == 1
    assert all(each in built.stdout for each in expected)
    assert "Traceback" not in built.stdout


def test_link_out_of_the_layer_is_never_followed(whole_small: Copy, environment, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# The secret\n", "utf-8")
    whole_small.write("company/docs/x.md", "# X\n")
    (whole_small.root / "company/docs/leak.md").symlink_to(tmp_path / "secret.md")
    result = run([*PLAYBOOK, "build"], whole_small.root, environment)
    assert result.returncode == 1
    assert "company/docs/leak.md:1:1: is a link that leads out of company/" in result.stdout
    assert not (whole_small.root / ".build").exists()


@pytest.mark.parametrize("generator", ["mkdocs", "zensical"])
def test_theme_overrides_are_the_companys(whole_small: Copy, environment, generator: str) -> None:
    main = '{% extends "base.html" %}\n{% block announce %}Ours says hello{% endblock %}\n'
    whole_small.write("company/overrides/main.html", main)
    whole_small.edit("mkdocs.yml", "language: en, ", "language: en, custom_dir: overrides, ")
    result = run([*PLAYBOOK, "build", "--generator", generator], whole_small.root, environment)
    assert result.returncode == 0, result.stdout
    [banner] = Site(whole_small.root / "site", "").pages["make/"].css(".md-banner")
    assert "Ours says hello" in banner.text()


def test_extra_plugins_are_added(whole_small: Copy, environment) -> None:
    whole_small.write("company/site.yml", "plugins:\n  - tags\n")
    whole_small.write("company/docs/x.md", "---\ntags: [ours]\n---\n# X\n")
    result = run([*PLAYBOOK, "build"], whole_small.root, environment)
    assert result.returncode == 0, result.stdout
    assert "md-tag" in whole_small.read("site/x/index.html")


def test_layer_of_data_only_needs_no_assembling(whole_small: Copy, environment) -> None:
    whole_small.write("company/raci.yml", "activities:\n  - {id: train, name: Building models}\n")
    result = run([*PLAYBOOK, "build"], whole_small.root, environment)
    assert result.returncode == 0, result.stdout
    assert not (whole_small.root / ".build").exists()
    assert "Building models" in whole_small.read("site/organization/raci/index.html")


def test_page_taken_out_of_the_layer_is_gone_from_the_next_build(whole_small: Copy, environment) -> None:
    for name in ("one", "two"):
        whole_small.write(f"company/docs/{name}.md", f"# {name}\n")
    assert run([*PLAYBOOK, "build"], whole_small.root, environment).returncode == 0
    assert (whole_small.root / "site/two/index.html").is_file()
    (whole_small.root / "company/docs/two.md").unlink()
    assert run([*PLAYBOOK, "build"], whole_small.root, environment).returncode == 0
    assert (whole_small.root / "site/one/index.html").is_file()
    assert not (whole_small.root / "site/two").exists()


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


def test_there_are_five_examples_each_with_a_picture_a_section_and_a_story() -> None:
    assert EXAMPLES == ["bank", "grocer", "public-body", "retailer", "startup"]
    page = (ROOT / "docs/customize/examples.md").read_text("utf-8")
    for example in EXAMPLES:
        assert f"{{ #{example} }}" in page
        assert (ROOT / f"docs/assets/examples/{example}.png").stat().st_size > 10_000
        assert f"](../stories/{example}.md)" in page


@pytest.mark.parametrize("generator", ["mkdocs", "zensical"])
@pytest.mark.parametrize("command", ["build", "serve"])
def test_a_generator_called_directly_stops_rather_than_leave_the_layer_out(
    whole_small: Copy, environment: dict[str, str], generator: str, command: str
) -> None:
    whole_small.write("company/docs/ours.md", "# Ours\n")
    result = run(["-m", generator, command], whole_small.root, environment)
    assert result.returncode == 1
    assert f"{generator} called directly would leave out company/docs: run 'playbook build" in result.stdout
    assert "Traceback" not in result.stdout
