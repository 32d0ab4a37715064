"""mkdocs.yml, read as it stands and written with the company's settings."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from macros.company import mkdocs_yml
from macros.company.mkdocs_yml import is_large, pruned, read_configuration, text_of, with_settings
from macros.diagnostics import Diagnostic
from macros.model.settings import SiteSettings
from macros.report import line
from tests.conftest import Copy


def configuration(small: Copy) -> dict[str, Any]:
    found = read_configuration(small.project)
    assert not isinstance(found, Diagnostic)
    return found


class Loader(yaml.SafeLoader):
    """Reads what was written, `!ENV` as the generators' environment variable."""


Loader.add_constructor("!ENV", lambda loader, node: ("ENV", loader.construct_sequence(node)))


def written(small: Copy, **said: Any) -> dict[str, Any]:
    text = with_settings(configuration(small), SiteSettings.model_validate(said), small.project)
    found: dict[str, Any] = yaml.load(text, Loader=Loader)  # noqa: S506 - a safe loader
    return found


def test_without_settings_only_what_is_hidden_and_what_is_published_is_said(small: Copy) -> None:
    found = written(small)
    before = yaml.load(small.read("mkdocs.yml"), Loader=Loader)  # noqa: S506 - a safe loader
    assert found.pop("not_in_nav") == "*"
    assert found.pop("exclude_docs") == before.pop("exclude_docs") + "!/contributing/\n"
    assert found == before


def test_values_from_the_environment_are_carried_through(small: Copy) -> None:
    assert written(small)["site_url"] == ("ENV", ["SITE_URL", ""])


def test_settings_stand_in_their_places(small: Copy) -> None:
    found = written(
        small, name="Acme – “Ours”", description="D", copyright="© <Acme>", logo="assets/l.svg", favicon="assets/f.png",
        language="de", plugins=("tags", {"blog": {"a": 1}}), extra_css=("assets/ours.css",), colors={"primary": "#112233"},
    )  # fmt: skip
    assert (found["site_name"], found["site_description"]) == ("Acme – “Ours”", "D")
    assert found["copyright"] == "© &lt;Acme&gt;"
    assert found["theme"] == {
        "name": "material", "language": "de", "font": False, "logo": "assets/l.svg", "favicon": "assets/f.png",
    }  # fmt: skip
    assert found["plugins"][-2:] == ["tags", {"blog": {"a": 1}}]
    assert found["plugins"][0] == "search"
    assert found["extra_css"] == ["assets/company.css", "assets/ours.css"]


def test_the_navigation_is_the_companys_and_what_is_in_no_menu_may_be_so(small: Copy) -> None:
    small.write("company/docs/ours.md", "# Ours\n")
    found = written(small, navigation=({"remove": "Sheets"}, {"page": "ours.md", "after": "index.md"}))
    assert found["nav"][:2] == [{"Home": "index.md"}, "ours.md"]
    assert found["not_in_nav"] == "*"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [b\n", "mkdocs.yml:2:1: cannot be read: "),
        ("site_name: x\n", "mkdocs.yml:1:1: missing 'nav'; restore it from upstream"),
        (
            "nav: []\nplugins: []\nextra_css: []\n",
            "mkdocs.yml:1:1: missing 'theme'; restore it from upstream",
        ),
        ("- x\n", "mkdocs.yml:1:1: missing 'nav'; restore it from upstream"),
        ("", "mkdocs.yml:1:1: missing 'nav'; restore it from upstream"),
        ("a: !!python/name:os.system x\n", "mkdocs.yml:1:4: cannot be read: "),
    ],
)
def test_a_broken_configuration_is_told_with_its_place(small: Copy, text: str, said: str) -> None:
    small.write("mkdocs.yml", text)
    found = read_configuration(small.project)
    assert isinstance(found, Diagnostic)
    assert line(found).startswith(said)


def test_a_configuration_that_is_not_there_or_no_text_is_told(small: Copy) -> None:
    (small.root / "mkdocs.yml").write_bytes(b"site_name: caf\xe9\n")
    assert line(read_configuration(small.project)).startswith("mkdocs.yml:1:15: is not UTF-8 text")  # type: ignore[arg-type]
    (small.root / "mkdocs.yml").unlink()
    assert line(read_configuration(small.project)).startswith("mkdocs.yml:1:1: cannot be read: ")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "environment", "expected"),
    [
        ("Small", {}, "Small"), ('!ENV [A_NAME, "Small"]', {}, "Small"), ('!ENV [A_NAME, "Small"]', {"A_NAME": "Acme"}, "Acme"),
        ('!ENV [A_NAME, B_NAME, "Small"]', {"B_NAME": "B"}, "B"), ('!ENV [A_NAME, B_NAME, "Small"]', {"A_NAME": "A", "B_NAME": "B"}, "A"),
        ("!ENV A_NAME", {}, ""), ("3", {}, "3"), ("", {}, ""),
    ],
)  # fmt: skip
def test_a_text_is_read_as_the_generators_read_it(
    small: Copy, monkeypatch: pytest.MonkeyPatch, value: str, environment: dict[str, str], expected: str
) -> None:
    for name in ("A_NAME", "B_NAME"):
        monkeypatch.delenv(name, raising=False)
    for name, text in environment.items():
        monkeypatch.setenv(name, text)
    small.edit("mkdocs.yml", "site_name: Small", f"site_name: {value}")
    assert text_of(configuration(small), "site_name") == expected


def test_a_text_that_is_not_there_is_empty(small: Copy) -> None:
    assert text_of(configuration(small), "site_description") == ""


def test_a_large_sites_navigation_opens_where_the_reader_is(
    small: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mkdocs_yml, "LARGE", len(small.project.all_pages))
    assert not is_large(small.project)
    small.write("docs/one-more.md", "# One more\n")
    assert is_large(small.project)
    assert written(small)["theme"]["features"] == ["navigation.prune"]


def test_features_are_kept_and_stand_once() -> None:
    assert pruned(["navigation.tabs"]) == ["navigation.tabs", "navigation.prune"]
    assert pruned(["navigation.prune", "navigation.top"]) == ["navigation.prune", "navigation.top"]
    assert pruned(None) == ["navigation.prune"]
