"""Where partials are compiled, and how."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from macros.views.environment import Compiled, compile_partials, environment
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def _forget() -> None:
    environment.cache_clear()


def test_every_partial_is_compiled_into_the_folder(tmp_path: Path) -> None:
    compile_partials(tmp_path / "partials")
    partials = list((ROOT / "macros/views/partials").glob("*.j2"))
    assert len(list((tmp_path / "partials").iterdir())) == len(partials) > 40


def test_what_another_process_compiled_is_used_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "import sys; from pathlib import Path; from macros.views.environment import compile_partials as c; c(Path(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, check=True)
    env = environment(tmp_path)
    monkeypatch.setattr(env, "compile", lambda *_, **__: pytest.fail("compiled again"))
    assert env.get_template("mark.html.j2") is not None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    assert environment(tmp_path / "file").get_template("mark.html.j2") is not None


def test_compiled_code_of_another_source_is_not_used(tmp_path: Path) -> None:
    env = environment(tmp_path)
    env.get_template("mark.html.j2")
    bucket = Compiled(tmp_path).get_bucket(env, "mark.html.j2", None, "another source")
    assert bucket.code is None


def test_compiling_needs_neither_models_nor_a_generator() -> None:
    code = "import sys, macros.views.environment; print(*{'pydantic', 'yaml', 'mkdocs', 'bs4'} & set(sys.modules))"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True
    )
    assert result.stdout.split() == []


def test_a_compiled_partial_that_was_damaged_is_compiled_anew(tmp_path: Path) -> None:
    compile_partials(tmp_path)
    sizes = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    for path in tmp_path.iterdir():
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2])
    environment.cache_clear()
    compile_partials(tmp_path)
    assert {path.name: path.stat().st_size for path in tmp_path.iterdir()} == sizes
    environment.cache_clear()
