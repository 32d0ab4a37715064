"""Building: strict and silent when all is well, every problem in the same words when not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.playbook import Playbook
from macros.views import macros as catalog
from macros.views.blank import blank
from macros.views.links import Linker
from macros.views.render import Context, typesetter
from tests.conftest import ROOT, Copy
from tests.site.conftest import PLAYBOOK, Site, run

pytestmark = pytest.mark.slow
GOLDEN = Path(__file__).parent / "golden"


def test_strict_build_has_no_warning(mkdocs_site: Site) -> None:
    assert "WARNING" not in mkdocs_site.output
    assert "ERROR" not in mkdocs_site.output


def test_a_strict_build_that_fails_leaves_the_old_site_byte_for_byte(whole_small: Copy, environment) -> None:
    def files() -> dict[str, bytes]:
        site = whole_small.root / "site"
        return {
            path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()
        }

    assert run([*PLAYBOOK, "build"], whole_small.root, environment).returncode == 0
    before = files()
    whole_small.write("docs/index.md", whole_small.read("docs/index.md") + "\n[nowhere](nowhere.md)\n")
    result = run([*PLAYBOOK, "build"], whole_small.root, environment)
    assert result.returncode == 1
    assert "nowhere.md" in result.stdout
    assert files() == before
    assert len(before) > 20


def test_broken_data_stops_mkdocs_itself_with_the_words_of_check(whole_small: Copy, build) -> None:
    whole_small.edit("data/raci.yml", "builder: R/A", "bilder: R/A")
    whole_small.edit("data/topics.yml", "topics:", "topicz:")
    whole_small.write("docs/up.md", "{{ provenance(1) }}\n")
    expected = whole_small.check()
    assert len(expected) == 4
    built = build(whole_small.root)
    assert built.returncode == 1
    assert "Traceback" not in built.stdout
    assert all(each in built.stdout for each in expected)
    assert not (whole_small.root / "site").exists()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ provenanse() }}", "unknown macro 'provenanse'; did you mean 'provenance'?"),
        ("{{ provenance( }}", "template error"),
        ("{{ nothing }}", "unknown name 'nothing'"),
    ],
)
def test_broken_page_stops_the_build_without_a_traceback(
    whole_small: Copy, build, text: str, expected: str
) -> None:
    whole_small.write("docs/up.md", f"# Up\n\n{text}\n")
    built = build(whole_small.root)
    assert built.returncode == 1
    assert "docs/up.md:3:" in built.stdout
    assert expected in built.stdout
    assert "Traceback" not in built.stdout


@pytest.mark.parametrize("generator", ["mkdocs", "zensical"])
def test_build_command_reports_problems_and_writes_nothing(
    whole_small: Copy, environment, generator: str
) -> None:
    whole_small.edit("data/raci.yml", "builder: R/A", "bilder: R/A")
    [expected] = whole_small.check()
    result = run([*PLAYBOOK, "build", "--generator", generator], whole_small.root, environment)
    assert (result.returncode, result.stdout) == (1, f"{expected}\n1 error, 0 warnings\n")
    assert not (whole_small.root / "site").exists()


def test_address_and_repository_come_from_the_environment(whole_project: Copy, build) -> None:
    address = "https://wiki.example.com/mlops/"
    built = build(
        whole_project.root,
        SITE_URL=address,
        REPO_URL="https://git.example.com/a/b",
        SITE_NAME="Acme <&> Playbook",
    )
    assert built.returncode == 0, built.stdout
    page = LexborHTMLParser((whole_project.root / "site/grow/choosing/index.html").read_text("utf-8"))
    [canonical] = page.css("link[rel=canonical]")
    assert canonical.attributes["href"] == f"{address}grow/choosing/"
    assert page.css("a[href='https://git.example.com/a/b']")
    [title] = page.css("head > title")
    assert title.text() == "Choose the flagship - Acme <&> Playbook"


def test_pages_link_to_files_where_directory_urls_are_off(whole_project: Copy, build) -> None:
    whole_project.edit("mkdocs.yml", "theme:\n", "use_directory_urls: false\n\ntheme:\n")
    built = build(whole_project.root, "--strict")
    assert built.returncode == 0, built.stdout
    site = Site(whole_project.root / "site", built.stdout)
    for page, tree in site.pages.items():
        file = site.folder / (page + "index.html" if page.endswith("/") or not page else page)
        for link in tree.css("article a[href]"):
            target = (link.attributes["href"] or "").partition("#")[0]
            if target and "://" not in target:
                assert file.parent.joinpath(target).resolve().is_file(), (page, target)


def test_hostile_data_reaches_the_site_as_text(whole_project: Copy, build) -> None:
    evil = '"<script>alert(1)</script> {{ 7*7 }} *x* & ```"'
    whole_project.edit("data/components.yml", "name: Data ingestion", f"name: {evil}")
    whole_project.edit("data/raci.yml", "name: Model development", f"name: {evil}")
    whole_project.edit("data/templates/raci-sheet.yml", "name: RACI sheet", f"name: {evil}")
    built = build(whole_project.root, "--strict")
    assert built.returncode == 0, built.stdout
    site = Site(whole_project.root / "site", "")
    shown = "<script>alert(1)</script> {{ 7*7 }} *x* & ```"
    [heading] = site.pages["what-mlops-is/data-handling/"].css("h2#data-ingestion")
    assert heading.text().startswith(shown)
    [title] = site.pages["templates/raci-sheet/"].css("h1")
    in_title = shown.replace("<", "‹").replace(">", "›")
    assert title.text().startswith(in_title)
    [head] = site.pages["templates/raci-sheet/"].css("head > title")
    assert head.text() == f"{in_title} - MLOps Playbook"
    assert shown in site.pages["organization/raci/"].css("th[scope=row]")[0].text()
    for tree in site.pages.values():
        for script in tree.css("script"):
            assert "alert(1)" not in script.text()
    # The title travels through the theme's navigation, too.
    nav = [node.text(strip=True) for node in site.pages["templates/"].css(".md-nav--primary .md-ellipsis")]
    assert in_title in nav


# --- golden -----------------------------------------------------------------------------


def golden(name: str, text: str) -> None:
    """Compare with a file kept in the repository; UPDATE_GOLDEN=1 writes it anew."""
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text, f"{name} changed; if that is meant, run with UPDATE_GOLDEN=1"


def test_no_address_title_or_anchor_of_the_site_is_lost(mkdocs_site: Site) -> None:
    """Addresses, titles and anchors: what other people's links depend on."""
    lines = []
    for page, tree in mkdocs_site.pages.items():
        lines.append(f"/{page}")
        lines += [
            f"  {node.tag} #{node.attributes.get('id')} {node.text(strip=True).removesuffix('¶')}"
            for node in tree.css("article h1, article h2, article h3")
        ]
    if os.environ.get("UPDATE_GOLDEN"):
        golden("outline.txt", "\n".join(lines) + "\n")
    recorded = (GOLDEN / "outline.txt").read_text("utf-8").splitlines()
    lost = sorted(set(recorded) - set(lines))
    assert not lost, f"{lost} are gone; if that is meant, run with UPDATE_GOLDEN=1"


@pytest.mark.parametrize("name", ["raci_table", "raci_by_role", "tree_picture", "lifecycle", "approaches"])
def test_rendered_macro_is_as_recorded(name: str, playbook: Playbook) -> None:
    context = Context(playbook, Linker("x/y.md"), typesetter(playbook))
    golden(f"{name}.html", catalog.MACROS[name](context))


def test_rendered_template_and_its_blank_are_as_recorded(playbook: Playbook) -> None:
    context = Context(playbook, Linker("templates/raci-sheet.md"), typesetter(playbook))
    golden("raci-sheet.html", catalog.fill(context, "raci-sheet"))
    golden("raci-sheet.md", blank(context, "raci-sheet"))


def test_readme_and_docs_name_only_commands_that_exist() -> None:
    import re

    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    from macros.cli import COMMANDS

    for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), ROOT / "CONTRIBUTING.md"]:
        text = path.read_text("utf-8")
        said = [*re.findall(r"`([^`\n]+)`", text), *re.findall(r"^\$ (.+)$", text, re.MULTILINE)]
        for target in re.findall(r"^make ([a-z]+)\b", "\n".join(said), re.MULTILINE):
            assert target in targets, (path.name, target)
        for command in re.findall(r"`playbook ([a-z][a-z-]*)", text):
            assert command in COMMANDS, (path.name, command)
