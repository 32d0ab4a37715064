"""A generator that is called directly: a whole site, or a sentence that names the command."""

from __future__ import annotations

import atexit
from collections.abc import Iterator

import pytest

from macros.export import blanks as exported
from macros.project import Project
from macros.site import ready as readying
from macros.site.direct import at_the_end, export, left_out
from macros.site.ready import Ready, ready
from tests.conftest import Copy


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Blanks are made without their libraries, and nothing is remembered."""
    monkeypatch.setattr(exported.files, "blank", lambda spec, about, form: form.encode())
    monkeypatch.setattr("subprocess.Popen", _no_process)
    yield
    readying._ready.cache_clear()
    at_the_end.cache_clear()


def _no_process(*_: object, **__: object) -> None:
    raise OSError("no more processes")


def built(small: Copy) -> Ready:
    small.write("site/index.html", "<article><h1>Home</h1></article>")
    found = ready(small.root.resolve())
    assert isinstance(found, Ready)
    return found


@pytest.mark.parametrize("part", ["docs/ours.md", "overrides/main.html", "site.yml"])
def test_a_part_of_the_layer_that_would_be_left_out_is_named_with_the_command(small: Copy, part: str) -> None:
    small.write(f"company/{part}", "")
    assert left_out(small.root, "mkdocs") == (
        f"mkdocs called directly would leave out company/{part.partition('/')[0]}: "
        "run 'playbook build', or 'playbook serve' to look at the site."
    )
    assert "'playbook build --generator zensical'" in left_out(small.root, "zensical")


def test_data_and_macros_of_the_company_are_in_a_direct_build_too(small: Copy) -> None:
    small.write("company/roles.yml", "roles: []\n")
    small.write("company/macros.py", "def define_env(env): pass\n")
    assert left_out(small.root, "mkdocs") == ""


def test_of_an_assembled_project_nothing_is_left_out(small: Copy) -> None:
    small.write("company/docs/ours.md", "# Ours\n")
    small.write(".build/build-1/project/company/docs/ours.md", "# Ours\n")
    made = Project(small.root / ".build/build-1/project")
    made.mark_assembled(small.project)
    assert left_out(made.root, "mkdocs") == ""


def test_a_direct_build_has_every_export(small: Copy) -> None:
    export(built(small), small.root / "site")
    names = {path.name for path in (small.root / "site").rglob("*") if path.is_file()}
    assert {"llms.txt", "index.md", "playbook.json", "raci.csv", "form.docx", "form.xlsx"} <= names


def test_for_the_live_server_the_blanks_are_enough(small: Copy) -> None:
    found = built(small)
    found.served = True
    export(found, small.root / "site")
    assert (small.root / "site/templates/form.docx").is_file()
    assert not (small.root / "site/llms.txt").exists()


def test_after_zensical_the_exports_are_written_and_its_memory_of_pages_goes(
    small: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    later: list[object] = []
    monkeypatch.setattr(atexit, "register", later.append)
    built(small)
    small.write(".cache/123", "a page")
    small.write(".cache/objects.inv", "")
    for _ in range(2):
        at_the_end(small.root, small.root / "site")
    [finish] = later
    finish()  # type: ignore[operator]
    assert (small.root / "site/llms.txt").is_file()
    assert not (small.root / ".cache/123").exists()
    assert (small.root / ".cache/objects.inv").exists()


def test_without_a_site_nothing_is_written(small: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    later: list[object] = []
    monkeypatch.setattr(atexit, "register", later.append)
    at_the_end(small.root, small.root / "site")
    later[0]()  # type: ignore[operator]
    assert not (small.root / "site").exists()
