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
from macros.model.kinds import KINDS, by_file
from macros.model.renamed import RENAMED
from macros.playbook import Playbook, load
from macros.report import REPORTERS
from macros.sheets.spec import specs
from macros.views.links import Linker
from macros.views.macros import MACROS
from macros.views.render import Context, typesetter
from tests.conftest import SMALL

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
        {key for kind in (*KINDS, RENAMED) for key in kind.model.model_fields}
        | {kind.key for kind in KINDS}
        | {"builder", "R/A", "begin", "raci-sheet", "deck", "kit", "to", "rule", "reason"}
    )
)
values: st.SearchStrategy[Any] = st.recursive(
    scalars | known,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(known | st.text(max_size=8), inner, max_size=5)
    ),
    max_leaves=20,
)
LISTS = {**by_file(), RENAMED.file: (RENAMED,)}
files = st.sampled_from(sorted(LISTS))


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("sandbox") / "small"))


def path_of(root: Path, file: str, folder: str = "data") -> Path:
    return root / folder / (f"{file}raci-sheet.yml" if file.endswith("/") else f"{file}.yml")


def load_with(root: Path, path: Path, text: str) -> Playbook | Diagnostics:
    """Load with one file replaced; what was there is put back afterwards."""
    original = path.read_bytes() if path.is_file() else None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        return load(root)
    finally:
        path.unlink() if original is None else path.write_bytes(original)


def ends_well(result: Playbook | Diagnostics) -> None:
    assert isinstance(result, (Playbook, Diagnostics))
    if isinstance(result, Diagnostics):
        assert result.errors
        for reporter in REPORTERS.values():
            assert reporter(result)


relaxed = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)  # fmt: skip


@relaxed
@given(file=files, value=st.dictionaries(known | st.text(max_size=8), values, max_size=4))
def test_any_mapping_ends_in_models_or_diagnostics(sandbox: Path, file: str, value: dict[str, Any]) -> None:
    ends_well(load_with(sandbox, path_of(sandbox, file), yaml.safe_dump(value, allow_unicode=True)))


@relaxed
@given(file=files, value=st.lists(st.dictionaries(known, values, max_size=6), min_size=1, max_size=3))
def test_any_items_under_the_right_key_end_in_models_or_diagnostics(
    sandbox: Path, file: str, value: list[dict[str, Any]]
) -> None:
    data = {kind.key: value for kind in LISTS[file]}
    ends_well(load_with(sandbox, path_of(sandbox, file), yaml.safe_dump(data, allow_unicode=True)))


def changed(document: Any, data: st.DataObject, new: st.SearchStrategy[Any], *, only_text: bool) -> None:
    """Put something else in the place of a value somewhere in a document."""
    where: Any = document
    while True:
        keys = list(where) if isinstance(where, dict) else list(range(len(where)))
        key = data.draw(st.sampled_from(keys))
        inner = isinstance(where[key], (dict, list)) and where[key]
        if not inner or (not only_text and data.draw(st.booleans())):
            where[key] = data.draw(new)
            return
        where = where[key]


@relaxed
@given(file=files.filter(lambda file: file != RENAMED.file), data=st.data())
def test_any_value_changed_in_a_sound_playbook_ends_in_models_or_diagnostics(
    sandbox: Path, file: str, data: st.DataObject
) -> None:
    path = path_of(sandbox, file)
    document = yaml.safe_load(path.read_text("utf-8"))
    changed(document, data, values, only_text=False)
    ends_well(load_with(sandbox, path, yaml.safe_dump(document, allow_unicode=True)))


entries = st.lists(
    st.dictionaries(known, values, max_size=4).flatmap(
        lambda entry: st.sampled_from(["builder", "train", "begin", "form", "castle", "x"]).map(
            lambda name: {"id": name, **entry}
        )
    )
    | values,
    max_size=3,
)


@relaxed
@given(file=st.sampled_from(sorted(by_file())), value=entries, directives=st.booleans())
def test_any_company_layer_ends_in_models_or_diagnostics(
    sandbox: Path, file: str, value: list[Any], directives: bool
) -> None:
    data: dict[str, Any] = {kind.key: value for kind in by_file()[file]}
    if directives:
        data["replace"] = True
    text = yaml.safe_dump(data, allow_unicode=True)
    ends_well(load_with(sandbox, path_of(sandbox, file, "company"), text))


def arguments(playbook: Playbook) -> dict[str, list[str]]:
    """What macros are called with that take an id."""
    found = {
        "components": "component_groups", "capabilities": "pillars", "situation": "situations", "approach": "approaches",
        "fill": "templates", "filled": "templates",
    }  # fmt: skip
    named = {macro: [next(iter(playbook.lists[key]))] for macro, key in found.items()}
    role = next(iter(playbook.roles))
    return {**named, "name": ["roles", role], "other_rules": ["raci-"], "decision_criteria": ["deployment"]}


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)  # fmt: skip
@given(file=files.filter(lambda file: file != RENAMED.file), data=st.data())
def test_what_loads_can_be_shown(sandbox: Path, file: str, data: st.DataObject) -> None:
    path = path_of(sandbox, file)
    document = yaml.safe_load(path.read_text("utf-8"))
    changed(document, data, st.text(min_size=1, max_size=30), only_text=True)
    playbook = load_with(sandbox, path, yaml.safe_dump(document, allow_unicode=True))
    if isinstance(playbook, Diagnostics):
        return
    context = Context(playbook, Linker("x.md"), typesetter(playbook))
    assert len(specs(playbook)) == len(playbook.templates)
    given = arguments(playbook)
    for name, macro in MACROS.items():
        assert macro(context, *given.get(name, [])), name
