"""A first `company/` from a few answers."""

from __future__ import annotations

import ast
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from macros.company.first_files import SPONSORS, TARGETS, Answers, files, quoted, write
from macros.company.settings import Site, load_site
from macros.diagnostics import Diagnostics
from macros.playbook import Playbook, load
from macros.project import Project
from macros.site.ready import check
from tests.conftest import SMALL, Copy

ANSWERS = Answers("Acme", 3, "management", ("builder", "owner"), "internal-host", "de")


def test_settings_are_what_was_answered(small_playbook: Playbook) -> None:
    settings = yaml.safe_load(files(ANSWERS, small_playbook)["company/site.yml"])
    assert settings["name"] == "Acme MLOps Playbook"
    assert settings["language"] == "de"


def test_roles_that_nobody_fills_are_written_down_and_the_others_are_not(small_playbook: Playbook) -> None:
    roles = yaml.safe_load(files(ANSWERS, small_playbook)["company/roles.yml"])["roles"]
    assert [each["id"] for each in roles] == ["runner"]


def test_where_every_role_is_filled_there_is_no_file_of_roles(small_playbook: Playbook) -> None:
    everybody = replace(ANSWERS, roles=("builder", "runner", "owner"))
    assert sorted(files(everybody, small_playbook)) == [
        "company/docs/our-team.md", "company/macros.py", "company/site.yml",
    ]  # fmt: skip


@pytest.mark.parametrize("sponsor", SPONSORS)
def test_the_teams_page_leads_to_the_approach_that_fits_the_sponsor(playbook: Playbook, sponsor: str) -> None:
    page = files(replace(ANSWERS, sponsor=sponsor), playbook)["company/docs/our-team.md"]
    assert f"({SPONSORS[sponsor]})" in page
    assert not any(f"({other})" in page for key, other in SPONSORS.items() if key != sponsor)
    assert "(takeaways.md#small-team)" in page


def test_the_teams_page_names_the_roles_and_links_to_no_page_that_is_not_there(
    small_playbook: Playbook,
) -> None:
    page = files(ANSWERS, small_playbook)["company/docs/our-team.md"]
    assert "Builder" in page
    assert "begin top-down:" in page
    assert "takeaways" not in page


def test_settings_say_how_to_publish_where_it_was_asked_for(small_playbook: Playbook) -> None:
    texts = {
        target: files(replace(ANSWERS, target=target), small_playbook)["company/site.yml"]
        for target in TARGETS
    }
    assert "SITE_URL=" in texts["internal-host"]
    assert len(set(texts.values())) == len(TARGETS)


def test_every_file_begins_with_a_comment_and_macros_are_python(small_playbook: Playbook) -> None:
    contents = files(ANSWERS, small_playbook)
    assert all(text.startswith(("#", '"""')) for text in contents.values())
    assert ast.parse(contents["company/macros.py"])


def test_a_language_that_yaml_reads_as_no_is_quoted(small_playbook: Playbook) -> None:
    settings = files(replace(ANSWERS, language="no"), small_playbook)["company/site.yml"]
    assert yaml.safe_load(settings)["language"] == "no"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("init") / "small"))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(company=st.text(min_size=1, max_size=30), sponsor=st.sampled_from(list(SPONSORS)))
@example('A "B" <script>', "nobody")
@example("{{ 7*7 }}", "nobody")
@example("a: b # c", "nobody")
@example("- x", "nobody")
@example("line\nbreak", "nobody")
@example("\\", "nobody")
@example("Ünïcode 🙂", "nobody")
@example("{% raw %}", "nobody")
@example("[x](y) *z* `w`", "nobody")
@example("\x1b[31mred", "nobody")
def test_any_companys_name_gives_files_that_pass_the_check(sandbox: Path, company: str, sponsor: str) -> None:
    playbook = load(sandbox, company=False)
    assert isinstance(playbook, Playbook)
    contents = files(replace(ANSWERS, company=company, sponsor=sponsor), playbook)
    assert not write(Project(sandbox), contents, force=True)
    assert not isinstance(check(Project(sandbox)), Diagnostics)
    assert isinstance(load_site(Project(sandbox)), Site)
    assert "<script" not in "".join(contents.values())


@given(st.text(alphabet=st.characters(blacklist_categories=["Cc", "Cs"]), max_size=30))
@example('a"b')
@example("a\\b")
@example("# x")
@example("no")
@example("1e3")
def test_quoted_text_is_read_back_by_yaml(text: str) -> None:
    if text.isprintable():
        assert yaml.safe_load(quoted(text)) == text


def test_quoted_text_stays_on_one_line() -> None:
    assert quoted("a\nb") == '"a b"'


def test_files_are_written_all_or_none(small: Copy) -> None:
    small.write("company/b.yml", "mine")
    contents = {"company/a.yml": "a", "company/b.yml": "b", "company/c.yml": "c"}
    assert write(small.project, contents) == ["company/b.yml"]
    assert [path.name for path in small.project.company.iterdir()] == ["b.yml"]
    assert write(small.project, contents, force=True) == []
    assert small.read("company/b.yml") == "b"
    assert small.read("company/c.yml") == "c"
