"""What a generator runs: macros registered, problems shown, blanks written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
import pytest
from mkdocs.exceptions import PluginError
from mkdocs.utils import get_build_date

import macros
from macros.site import ready as module
from macros.site.hooks import Hooks, define_env, on_post_build
from macros.site.ready import Ready, ready
from macros.views.macros import MACROS
from tests.conftest import Copy


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    module._ready.cache_clear()
    yield
    module._ready.cache_clear()


class Environment:
    """A generator's macro environment."""

    def __init__(self, root: Path, conf: Any, page: Any = None) -> None:
        self.project_dir = str(root)
        self.conf = conf
        self.page = page
        self.macros: dict[str, Any] = {}

    def macro(self, function: Any, name: str = "") -> Any:
        self.macros[name or function.__name__] = function
        return function


class Settings:
    """MkDocs' own settings: like a mapping, but none."""

    def __init__(self, **values: Any) -> None:
        self.values = values
        self.plugins: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        return self.values[key]


def mkdocs(small: Copy, page: str = "a/b.md", urls: bool = True) -> Environment:
    settings = Settings(use_directory_urls=urls, site_dir=str(small.root / "site"))
    return Environment(small.root, settings, SimpleNamespace(file=SimpleNamespace(src_uri=page)))


def zensical(small: Copy, page: str = "a/b.md") -> Environment:
    return Environment(small.root, {"use_directory_urls": True}, SimpleNamespace(path=page))


def test_every_macro_is_registered_under_its_name(small: Copy) -> None:
    env = mkdocs(small)
    define_env(env)
    assert set(env.macros) == set(MACROS)
    assert env.macros["name"]("roles", "builder") == "Builder"
    assert env.macros["name"]("roles", id="runner") == "Runner"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("folders", 'href="../../make/#clean"'),
        ("files", 'href="../make.html#clean"'),
        ("zensical", 'href="../make.md#clean"'),
    ],
)
def test_links_fit_the_generator_and_the_page(small: Copy, kind: str, expected: str) -> None:
    env = zensical(small) if kind == "zensical" else mkdocs(small, urls=kind == "folders")
    define_env(env)
    assert expected in env.macros["audiences"]()


def test_which_page_it_is_is_known_only_when_a_macro_is_called(small: Copy) -> None:
    env = mkdocs(small)
    define_env(env)
    env.page = SimpleNamespace(file=SimpleNamespace(src_uri="index.md"))
    assert 'href="make/#clean"' in env.macros["audiences"]()


def test_the_companys_macros_are_registered_too(small: Copy) -> None:
    small.write("company/macros.py", "def define_env(env):\n    env.macro(lambda: 'ours', 'own')\n")
    env = mkdocs(small)
    define_env(env)
    assert env.macros["own"]() == "ours"


def test_problems_end_a_build_with_all_of_them_in_the_words_of_the_check(small: Copy) -> None:
    small.edit("data/raci.yml", "builder: R/A", "bilder: R/A")
    small.write("docs/up.md", "{{ foo }}\n")
    expected = "\n" + "\n".join(small.check())
    with pytest.raises(PluginError) as caught:
        define_env(mkdocs(small))
    assert str(caught.value) == expected
    with pytest.raises(ValueError, match="unknown role") as other:
        define_env(zensical(small))
    assert str(other.value) == expected


def test_after_a_build_what_is_no_page_is_beside_the_pages(
    small: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports: list[Path] = []
    monkeypatch.setattr("macros.site.hooks.export", lambda _, site: exports.append(site))
    on_post_build(mkdocs(small))
    assert exports == [small.root / "site"]


def test_a_build_that_would_leave_something_out_ends_with_a_sentence(
    small: Copy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    small.write("company/docs/ours.md", "# Ours\n")
    with pytest.raises(PluginError, match=r"^mkdocs called directly would leave out company/docs: run"):
        define_env(mkdocs(small))

    def end(code: int) -> None:
        raise SystemExit(code)

    monkeypatch.setattr("os._exit", end)
    with pytest.raises(SystemExit):
        define_env(zensical(small))
    assert capsys.readouterr().err.startswith("zensical called directly would leave out company/docs: run")


def test_of_a_broken_project_no_blank_is_written(small: Copy) -> None:
    small.write("data/topics.yml", "topics: [\n")
    on_post_build(mkdocs(small))
    assert not (small.root / "site").exists()


class Exporter:
    """Stands in for what exports pages."""

    def __init__(self) -> None:
        self.pages: list[tuple[str, Path]] = []

    def page(self, name: str, path: Path) -> None:
        self.pages.append((name, path))


def exporting(small: Copy) -> Ready:
    found = ready(small.root.resolve())
    assert isinstance(found, Ready)
    found.exporter = Exporter()  # type: ignore[assignment]
    return found


def test_where_pages_are_exported_the_exporter_writes_the_blanks(small: Copy) -> None:
    exporting(small)
    on_post_build(mkdocs(small))
    assert not (small.root / "site").exists()


def test_a_page_is_handed_to_the_exporter_as_soon_as_the_next_one_is_built(small: Copy) -> None:
    env = mkdocs(small)
    define_env(env)
    found = exporting(small)
    for name in ("a/index.html", "b/index.html"):
        page = SimpleNamespace(file=SimpleNamespace(dest_uri=name))
        told = env.conf.plugins["playbook"].on_post_page("<p>", page=page, config={"site_dir": "site"})
        assert told == "<p>"
    assert found.exporter.pages == [("a/index.html", Path("site/a/index.html"))]  # type: ignore[union-attr]


def test_zensical_is_given_nothing_that_it_does_not_know(small: Copy) -> None:
    env = zensical(small)
    define_env(env)
    assert env.conf == {"use_directory_urls": True}


def test_when_the_theme_is_rendered_what_macros_remembered_makes_room(small: Copy) -> None:
    found = exporting(small)
    found.call("glossary", found.context("a.md"), [], {})
    partials = found.context("a.md").partials
    assert partials.cache
    theme = jinja2.Environment()  # noqa: S701 - nothing is rendered
    assert Hooks(found).on_env(theme) is theme
    assert not partials.cache
    assert theme.bytecode_cache is not None
    assert theme.bytecode_cache.folder == found.cache / "theme"  # type: ignore[attr-defined]


def test_the_package_is_the_module_that_generators_load(small: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []
    monkeypatch.setattr("macros.site.hooks.define_env", lambda env: called.append(f"define {env}"))
    monkeypatch.setattr("macros.site.hooks.on_post_build", lambda env: called.append(f"after {env}"))
    macros.define_env("x")
    macros.on_post_build("y")
    assert called == ["define x", "after y"]


def test_the_sitemap_does_not_say_on_which_day_it_was_built(small: Copy) -> None:
    hooks = Hooks(exporting(small))
    url = "<url>\n  <loc>https://x/</loc>\n  <lastmod>{}</lastmod>\n</url>"
    today, earlier = url.format(get_build_date()), url.format("2020-02-02")
    told = hooks.on_post_template(today + earlier, template_name="sitemap.xml")
    assert told == "<url>\n  <loc>https://x/</loc>\n</url>" + earlier
    assert hooks.on_post_template(today, template_name="404.html") == today


def test_of_the_sitemap_no_compressed_copy_is_left(small: Copy, tmp_path: Path) -> None:
    (tmp_path / "sitemap.xml.gz").write_bytes(b"")
    exporting(small)
    on_post_build(Environment(small.root, {"site_dir": str(tmp_path)}))
    assert not (tmp_path / "sitemap.xml.gz").exists()
