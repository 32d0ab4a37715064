"""Whatever is fed to the loader ends in models or in diagnostics, never in another exception."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from macros.diagnostics import Diagnostics
from macros.load.yaml import parse
from macros.model.kinds import KINDS, by_file
from macros.playbook import Playbook, load
from macros.report import REPORTERS
from tests.conftest import ROOT

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.dates()
    | st.datetimes()
    | st.binary(max_size=4)
)
# Keys and ids that the models know make deeper layers run than pure noise does.
known = st.sampled_from(
    sorted(
        {key for kind in KINDS for key in kind.item.model_fields}
        | {kind.key for kind in KINDS}
        | {"ml-engineer", "R/A", "phase", "raci-sheet", "deck", "kit", "to", "rule", "reason"}
    )
)
values: st.SearchStrategy[Any] = st.recursive(
    scalars | known,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(known | st.text(max_size=8), inner, max_size=5)
    ),
    max_leaves=20,
)
files = st.sampled_from(sorted(by_file()))


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sandbox")
    shutil.copytree(ROOT / "data", root / "data")
    (root / "docs").symlink_to(ROOT / "docs")
    return root


def load_with(root: Path, file: str, text: str) -> Playbook | Diagnostics:
    """Load with one file replaced; the file is put back afterwards."""
    name = f"{file}raci-sheet" if file.endswith("/") else file
    path = root / "data" / f"{name}.yml"
    original = path.read_bytes()
    try:
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        return load(root)
    finally:
        path.write_bytes(original)


def ends_well(result: Playbook | Diagnostics) -> None:
    assert isinstance(result, (Playbook, Diagnostics))
    if isinstance(result, Diagnostics):
        assert result.errors
        for reporter in REPORTERS.values():
            assert reporter(result)


relaxed = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)  # fmt: skip


@relaxed
@given(file=files, value=st.dictionaries(known | st.text(max_size=8), values, max_size=4))
def test_any_mapping_ends_in_models_or_diagnostics(sandbox: Path, file: str, value: dict[str, Any]) -> None:
    ends_well(load_with(sandbox, file, yaml.safe_dump(value, allow_unicode=True)))


@relaxed
@given(file=files, value=st.lists(st.dictionaries(known, values, max_size=6), min_size=1, max_size=3))
def test_any_items_under_the_right_key_end_in_models_or_diagnostics(
    sandbox: Path, file: str, value: list[dict[str, Any]]
) -> None:
    data = {kind.key: value for kind in by_file()[file]}
    ends_well(load_with(sandbox, file, yaml.safe_dump(data, allow_unicode=True)))


@relaxed
@given(file=files, data=st.data())
def test_any_value_changed_in_the_shipped_data_ends_in_models_or_diagnostics(
    sandbox: Path, file: str, data: st.DataObject
) -> None:
    name = f"{file}raci-sheet" if file.endswith("/") else file
    document = yaml.safe_load((sandbox / "data" / f"{name}.yml").read_text("utf-8"))
    where: Any = document
    while True:
        keys = list(where) if isinstance(where, dict) else list(range(len(where)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(where[key], (dict, list)) or not where[key] or data.draw(st.booleans()):
            where[key] = data.draw(values)
            break
        where = where[key]
    ends_well(load_with(sandbox, file, yaml.safe_dump(document, allow_unicode=True)))


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=200) | st.text(alphabet="ab:-[]{}&*!|>'\"\n #?,%@", max_size=60))
def test_any_text_ends_in_a_document_or_diagnostics(text: str) -> None:
    document, problems = parse("x.yml", text)
    assert document is not None or problems


@relaxed
@given(raw=st.binary(max_size=60))
def test_any_bytes_end_in_diagnostics_or_a_document(tmp_path: Path, raw: bytes) -> None:
    from macros.load.yaml import read

    (tmp_path / "x.yml").write_bytes(raw)
    document, problems = read(tmp_path, "x.yml")
    assert document is not None or problems
