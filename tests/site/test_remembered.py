"""Remembered pages: the same site as without them, and never a stale or a broken one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Project
from tests.site.conftest import PLAYBOOK, run

pytestmark = pytest.mark.slow


def files(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and not path.name.startswith("sitemap")  # it holds the time of the build
    }


def memory(project: Project) -> list[Path]:
    return sorted((project.root / ".cache" / "playbook").glob("*.json"))


def test_second_build_gives_the_same_site_and_imports_no_models(
    whole_project: Project, build, environment
) -> None:
    assert build(whole_project.root, "--strict").returncode == 0
    first = files(whole_project.root / "site")
    assert len(memory(whole_project)) == 1
    code = (
        "import sys\nsys.argv = ['mkdocs', 'build', '-q']\nfrom mkdocs.__main__ import cli\n"
        "try:\n    cli()\nexcept SystemExit as end:\n    assert not end.code\n"
        "assert 'macros.site' in sys.modules and 'pydantic' not in sys.modules"
    )
    result = run(["-c", code], whole_project.root, environment)
    assert result.returncode == 0, result.stdout
    assert files(whole_project.root / "site") == first


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("data/raci.yml", "name: Model development", "name: Changed on purpose"),
        (
            "macros/views/partials/raci_table.html.j2",
            '<th scope="col">Activity</th>',
            '<th scope="col">Changed on purpose</th>',
        ),
        ("macros/views/raci.py", '"C": "is asked before"', '"C": "Changed on purpose"'),
        ("docs/organization/raci.md", "One table settles most arguments", "Changed on purpose"),
    ],
)
def test_any_change_is_seen(whole_project: Project, build, name: str, old: str, new: str) -> None:
    build(whole_project.root)
    whole_project.edit(name, old, new)
    build(whole_project.root)
    assert "Changed on purpose" in (whole_project.root / "site/organization/raci/index.html").read_text(
        "utf-8"
    )
    assert len(memory(whole_project)) == 1


def test_data_that_breaks_after_a_good_build_is_reported(whole_project: Project, build) -> None:
    build(whole_project.root)
    whole_project.edit("data/raci.yml", "ml-engineer: R/A", "ml-enginer: R/A")
    assert "unknown role" in build(whole_project.root).stdout


@pytest.mark.parametrize("content", ["", "{", "[]", '{"macros": []}', '{"pages": {}}'])
def test_damaged_memory_is_ignored(whole_project: Project, build, content: str) -> None:
    build(whole_project.root)
    first = files(whole_project.root / "site")
    [path] = memory(whole_project)
    path.write_text(content)
    assert build(whole_project.root, "--strict").returncode == 0
    assert files(whole_project.root / "site") == first


def test_page_that_uses_the_configuration_is_rendered_each_time(whole_project: Project, build) -> None:
    (whole_project.root / "docs/about.md").write_text("# {{ config.site_name }}\n\n{{ provenance() }}\n")
    for name in ("First", "Second"):
        assert build(whole_project.root, SITE_NAME=name).returncode == 0
        page = (whole_project.root / "site/about/index.html").read_text("utf-8")
        assert f"{name}<a class" in page


def test_folder_that_cannot_be_written_stops_nothing(whole_project: Project, build) -> None:
    (whole_project.root / ".cache").write_text("a file in the way")
    assert build(whole_project.root, "--strict").returncode == 0


def test_command_says_what_to_install_where_the_generator_is_missing(
    whole_project: Project, environment, tmp_path
) -> None:
    code = (
        "import importlib.util\nfound = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, *rest: None if name == 'zensical' else found(name, *rest)\n"
        + PLAYBOOK[1].replace("main()", "main(['build', '--generator', 'zensical'])")
    )
    result = run(["-c", code], whole_project.root, environment)
    assert result.returncode == 2
    assert "requirements/zensical.txt" in result.stdout
