"""What a build does around the generator; whole builds are in tests/site."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from macros.diagnostics import Diagnostics
from macros.export import blanks as blanking
from macros.site import build as module
from macros.site import ready as readying
from macros.site.build import build, is_installed, run, run_apart
from macros.site.ready import Ready, ready
from macros.writing.aside import working_folder
from tests.conftest import Copy
from tests.unit.export.test_beside import Process, compiles_nothing


@pytest.fixture(autouse=True)
def unchanged(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The process is afterwards as it was before."""
    for name in ("SITE_URL", "NO_MKDOCS_2_WARNING", "SITE_NAME"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    yield
    readying._ready.cache_clear()


def found(small: Copy) -> Ready:
    result = ready(small.root)
    assert not isinstance(result, Diagnostics)
    return result


@pytest.fixture
def generator(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Stands in for a generator: notes its call, writes a page, answers with `code`."""
    seen: dict[str, Any] = {"code": 0}

    def pretend(name: str, **_: object) -> None:
        seen.update(name=name, argv=sys.argv, folder=Path.cwd(), url=os.environ.get("SITE_URL"))
        site = sys.argv[sys.argv.index("--site-dir") + 1] if "--site-dir" in sys.argv else "site"
        page = Path.cwd() / site / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text("<article><h1>Home</h1></article>", "utf-8")
        raise SystemExit(seen["code"])

    monkeypatch.setattr(module.runpy, "run_module", pretend)
    monkeypatch.delattr(os, "fork", raising=False)  # in another process nothing would be noted
    monkeypatch.setattr(subprocess, "Popen", Process)
    compiles_nothing(monkeypatch)
    monkeypatch.setattr(blanking.files, "blank", lambda spec, about, form: form.encode())
    return seen


def test_only_what_can_be_imported_is_installed() -> None:
    assert is_installed("mkdocs")
    assert not is_installed("no_generator_of_that_name")


@pytest.mark.parametrize(("code", "expected"), [(None, 0), (0, 0), (3, 3), ("a message", 1)])
def test_a_generators_exit_is_a_code(
    small: Copy, generator: dict[str, Any], code: object, expected: int
) -> None:
    generator["code"] = code
    before = Path.cwd(), sys.argv
    assert run(small.project, "mkdocs", ["build", "--strict"]) == expected
    assert (generator["name"], generator["argv"]) == ("mkdocs", ["mkdocs", "build", "--strict"])
    assert generator["folder"].samefile(small.root)
    assert (Path.cwd(), sys.argv) == before


def test_a_generator_that_only_returns_is_done(small: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.runpy, "run_module", lambda *_, **__: None)
    assert run(small.project, "mkdocs", []) == 0


def test_what_a_generator_raises_is_told_in_a_line(
    small: Copy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("nav")

    monkeypatch.setattr(module.runpy, "run_module", broken)
    assert run(small.project, "mkdocs", []) == 1
    assert capsys.readouterr().err.endswith("KeyError: 'nav'\n")


def test_a_full_disk_is_told_by_whoever_wanted_to_write(small: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(module.runpy, "run_module", full)
    with pytest.raises(OSError, match="No space left"):
        run(small.project, "mkdocs", [])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system forks no processes")
def test_apart_a_generator_ends_no_more_than_its_own_process(
    small: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module.runpy, "run_module", lambda *_, **__: os._exit(7))
    assert run_apart(small.project, "zensical", []) == 7


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system forks no processes")
def test_apart_it_is_ended_when_its_parent_is_asked_to_end(
    small: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module.runpy, "run_module", lambda *_, **__: time.sleep(60))
    real, ended = os.waitpid, []

    def interrupted(child: int, options: int) -> tuple[int, int]:
        if not ended:
            ended.append(child)
            raise KeyboardInterrupt
        return real(child, options)

    monkeypatch.setattr(os, "waitpid", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run_apart(small.project, "zensical", [])
    with pytest.raises(ProcessLookupError):
        os.kill(ended[0], 0)


@pytest.mark.parametrize(
    ("name", "strict", "argv"),
    [
        ("mkdocs", True, ["mkdocs", "build", "--site-dir", "ASIDE", "--strict"]),
        ("mkdocs", False, ["mkdocs", "build", "--site-dir", "ASIDE"]),
        ("zensical", True, ["zensical", "build", "--clean", "--strict"]),
    ],
)  # fmt: skip
def test_a_build_calls_its_generator_and_writes_every_export(
    small: Copy, generator: dict[str, Any], name: str, strict: bool, argv: list[str]
) -> None:
    assert build(found(small), name, strict=strict) == 0
    aside = str(small.root / ".build" / "build-1" / "site")
    assert generator["argv"] == [each.replace("ASIDE", aside) for each in argv]
    assert not (small.root / ".build").exists()
    site = small.root / "site"
    written = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert {each for each in written if not each.startswith("templates/")} == {
        "index.html", "index.md", "llms.txt", "export/playbook.json", "export/raci.csv", "export/raci.xlsx",
    }  # fmt: skip
    assert len(written) == 6 + 15


@pytest.mark.parametrize("name", ["mkdocs", "zensical"])
def test_a_build_that_fails_leaves_the_old_site(small: Copy, generator: dict[str, Any], name: str) -> None:
    small.write("site/old.html", "old")
    generator["code"] = 2
    assert build(found(small), name, strict=True) == 1
    assert [path.name for path in (small.root / "site").iterdir()] == ["old.html"]
    assert not (small.root / ".build").exists()


def test_an_export_that_fails_leaves_the_old_site(
    small: Copy, generator: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    small.write("site/old.html", "old")
    monkeypatch.setattr("macros.export.exporter.write_data", full)
    with pytest.raises(OSError, match="No space left"):
        build(found(small), "mkdocs", strict=True)
    assert [path.name for path in (small.root / "site").iterdir()] == ["old.html"]


def test_two_builds_at_once_put_together_in_folders_of_their_own(
    small: Copy, generator: dict[str, Any]
) -> None:
    small.write("company/docs/ours.md", "# Ours\n")
    with working_folder(small.root / ".build", "build"):
        assert build(found(small), "mkdocs", strict=False) == 0
    assert generator["folder"] == small.root / ".build" / "build-2" / "project"


def test_the_second_process_is_ended_whatever_happens(
    small: Copy, generator: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[bool] = []
    monkeypatch.setattr("macros.export.beside.Beside.close", lambda _: closed.append(True))
    generator["code"] = 2
    build(found(small), "mkdocs", strict=True)
    assert closed == [True]


def test_a_site_of_an_assembled_project_takes_the_place_of_the_old_one(
    small: Copy, generator: dict[str, Any]
) -> None:
    small.write("company/docs/ours.md", "# Ours\n")
    small.write("site/old.html", "old")
    assert build(found(small), "mkdocs", strict=True) == 0
    assert generator["folder"] == small.root / ".build" / "build-1" / "project"
    assert (small.root / "site/index.html").is_file()
    assert not (small.root / "site/old.html").exists()
    assert not (small.root / ".build").exists()


def test_for_the_live_server_the_address_is_the_servers(
    small: Copy, generator: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.write("company/docs/ours.md", "# Ours\n")
    monkeypatch.chdir(small.root)
    out = str(tmp_path / "out")
    assert module.main(target=out, url="http://127.0.0.1:1/", project=str(tmp_path / "project")) == 0
    assert generator["argv"] == ["mkdocs", "build", "--quiet", "--site-dir", out]
    assert generator["url"] == "http://127.0.0.1:1/"
    assert generator["folder"] == tmp_path / "project"


def test_for_the_live_server_problems_are_printed(
    small: Copy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(small.root)
    small.write("data/topics.yml", "topics: [\n")
    assert module.main("out", "http://x/", "project") == 1
    assert capsys.readouterr().out.startswith("data/topics.yml:2:1: YAML")


# --- llms.txt ------------------------------------------------------------------------------


@pytest.fixture
def guide(small: Copy, generator: dict[str, Any]) -> Callable[[], str]:
    """Builds, and returns what the guide for language models says."""

    def call() -> str:
        readying._ready.cache_clear()
        assert build(found(small), "mkdocs", strict=True) == 0
        return small.read("site/llms.txt")

    return call


def test_the_guide_says_what_mkdocs_yml_says(small: Copy, guide: Callable[[], str]) -> None:
    small.edit(
        "mkdocs.yml", "site_name: Small\n", "site_name: Small\nsite_description: A book of few words.\n"
    )
    assert guide().startswith("# Small\n\n> A book of few words.\n\n## Overview\n\n- [Home](index.md)\n")


def test_the_guide_has_the_companys_words_where_it_says_so(small: Copy, guide: Callable[[], str]) -> None:
    small.edit(
        "mkdocs.yml", "site_name: Small\n", "site_name: Small\nsite_description: A book of few words.\n"
    )
    small.write("company/site.yml", "name: Acme Handbook\n")
    assert guide().startswith("# Acme Handbook\n\n> A book of few words.\n")
    small.write("company/site.yml", "description: Ours.\n")
    assert guide().startswith("# Small\n\n> Ours.\n")


def test_the_guide_has_the_name_and_address_of_the_environment(
    small: Copy, guide: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    small.edit("mkdocs.yml", "site_name: Small\n", 'site_name: !ENV [SITE_NAME, "Small"]\n')
    monkeypatch.setenv("SITE_NAME", "Acme")
    monkeypatch.setenv("SITE_URL", "https://x.y/z/")
    text = guide()
    assert text.startswith("# Acme\n")
    assert "- [Home](https://x.y/z/index.md)\n" in text
    assert "- [raci.csv](https://x.y/z/export/raci.csv)\n" in text


def test_without_a_configuration_there_is_a_guide_all_the_same(
    small: Copy, guide: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    small.write("mkdocs.yml", "a: [b\n")
    assert guide().startswith("# \n\n> \n")


def test_a_module_that_takes_long_is_loaded_when_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "wave"
    monkeypatch.delitem(sys.modules, name, raising=False)
    module._load_late(name)
    late = sys.modules[name]
    assert late.Error.__module__ == name
    assert sys.modules[name] is not late
    before = sys.modules[name]
    module._load_late(name)
    assert sys.modules[name] is before
