"""Schemas for editors: they say what the models say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from macros.load.files import read_files
from macros.load.reading import merged
from macros.load.yaml import parse
from macros.model.kinds import by_file
from macros.model.schema import DIALECT, files, schemas
from macros.project import Project
from tests.conftest import SMALL
from tests.unit.conftest import by_schemas, mistakes, validator

pytestmark = by_schemas
SCHEMAS = dict(schemas())


def errors(name: str, value: object) -> list[str]:
    return mistakes(SCHEMAS[name], value)


def small(file: str) -> Any:
    return yaml.safe_load((SMALL / "data" / f"{file}.yml").read_text("utf-8"))


def test_there_is_a_schema_for_each_file_and_for_the_companys_file_over_it() -> None:
    names = [file.rstrip("/") for file in by_file()]
    assert set(SCHEMAS) == {
        *(f"{name}.schema.json" for name in (*names, "renamed")),
        *(f"company/{name}.schema.json" for name in names),
    }
    for name, schema in SCHEMAS.items():
        validator(schema).check_schema(schema)
        assert schema["$schema"] == DIALECT, name


@pytest.mark.parametrize("path", sorted((SMALL / "data").rglob("*.yml")), ids=lambda path: path.stem)
def test_what_is_a_sound_playbook_is_sound_by_its_schema(path: Any) -> None:
    name = "templates" if path.parent.name == "templates" else path.stem
    assert not errors(f"{name}.schema.json", yaml.safe_load(path.read_text("utf-8")))


def mutations(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Each copy of a value in which one thing is wrong."""
    if isinstance(value, dict):
        yield f"{path}.zzz", {**value, "zzz": "x"}
        for key, each in value.items():
            yield f"-{path}.{key}", {name: value[name] for name in value if name != key}
            for where, other in mutations(each, f"{path}.{key}"):
                yield where, {**value, key: other}
    elif isinstance(value, list):
        yield f"{path}=text", "x"
        yield f"{path}=empty", []
        for index, each in enumerate(value):
            for where, other in mutations(each, f"{path}[{index}]"):
                yield where, [*value[:index], other, *value[index + 1 :]]
    else:
        yield from (
            (f"{path}={other!r}", other) for other in ("", "X y", 3, 99, True, None, ["x"], {"x": "y"})
        )


@pytest.mark.parametrize(
    "file", ["raci", "roles", "milestones", "flagship", "glossary", "decision_tree", "templates/form"]
)
def test_schemas_and_models_refuse_the_same_mistakes(file: str) -> None:
    """One value after the other is spoiled: both say no, or both say yes."""
    name = f"{file.split('/', maxsplit=1)[0]}.schema.json"
    judge = validator(SCHEMAS[name])
    kinds = by_file()["templates/" if "/" in file else file]
    apart = []
    for where, value in mutations(small(file)):
        document, problems = parse("x.yml", json.dumps(value))
        if document is None or problems:
            continue
        models = isinstance(value, dict) and set(value) <= {kind.key for kind in kinds}
        for kind in kinds:
            items = document.value.get(kind.key) if isinstance(document.value, dict) else None
            if not isinstance(items, tuple) or (not items and not kind.may_be_empty):
                models = False
                continue
            for item in items:
                try:
                    kind.model.model_validate(item)
                except ValidationError:
                    models = False
        if models != judge.is_valid(value):
            apart.append((where, models))
    assert not apart


@pytest.mark.parametrize(
    ("file", "value"),
    [
        ("roles", {"roles": [{"id": "builder", "name": "Maker"}]}),
        ("roles", {"roles": [{"id": "builder", "after": "runner"}, {"id": "owner", "remove": True}]}),
        ("roles", {"replace": True, "roles": [{"id": "x", "name": "X", "text": "T"}]}),
        ("raci", {"activities": [{"id": "train", "roles": {"owner": None, "runner": "I"}, "text": None}]}),
        ("raci", {"activities": [{"id": "train", "roles": {}}]}),
        ("decision_tree", {"first_steps": [{"id": "learn", "name": "Ask"}]}),
        ("flagship", {}),
    ],
)
def test_a_companys_file_may_say_a_part(file: str, value: object) -> None:
    assert not errors(f"company/{file}.schema.json", value)


@pytest.mark.parametrize(
    ("file", "value"),
    [
        ("roles", {"roles": [{"name": "Maker"}]}),
        ("roles", {"roles": [{"id": "builder", "nam": "Maker"}]}),
        ("roles", {"roles": [{"id": "builder", "remove": False}]}),
        ("roles", {"replace": False, "roles": []}),
        ("roles", {"roles": [{"id": None}]}),
        ("raci", {"activities": [{"id": "train", "roles": {"runner": "X"}}]}),
        ("roles", {"rolls": []}),
    ],
)
def test_a_companys_file_is_held_to_the_rest(file: str, value: object) -> None:
    assert errors(f"company/{file}.schema.json", value)


def test_a_schema_explains_its_fields() -> None:
    role = SCHEMAS["roles.schema.json"]["definitions"]["Role"]
    assert role["properties"]["business"]["description"].startswith("True for a role of the business unit")
    assert "A role: a column of the RACI" in role["description"]


def test_files_end_in_a_line_break_and_lie_below_the_data() -> None:
    written = files()
    assert len(written) == len(SCHEMAS)
    assert all(name.startswith("data/schema/") and text.endswith("}\n") for name, text in written.items())
    assert json.loads(written["data/schema/renamed.schema.json"]) == SCHEMAS["renamed.schema.json"]


def test_the_fixture_is_sound() -> None:
    assert not merged(read_files(Project(SMALL))).problems
