"""JSON Schemas for editors, written from the models."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pydantic.json_schema import models_json_schema

from macros.model.base import Kind
from macros.model.kinds import by_file
from macros.model.reference import attribute_docs, inner_models
from macros.model.renamed import RENAMED

DIALECT = "http://json-schema.org/draft-07/schema#"
"""The dialect that editors' YAML language servers read without a request."""


def schemas() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each data file's schema, and that of the company's file over it: path under data/schema/, schema."""
    for file, kinds in by_file().items():
        yield f"{file.rstrip('/')}.schema.json", _schema(kinds)
        yield f"company/{file.rstrip('/')}.schema.json", _of_company(_schema(kinds), kinds)
    yield f"{RENAMED.file}.schema.json", _schema((RENAMED,))


def _of_company(schema: dict[str, Any], kinds: tuple[Kind, ...]) -> dict[str, Any]:
    """A data file's schema, loosened to that of a file which says what differs."""
    beside = {"type": "string", "description": "Where an added or moved item stands: the id of its neighbor."}
    for kind in kinds:
        item = schema["definitions"][kind.model.__name__]
        item["required"] = ["id"]
        item["properties"] = {
            name: each if name == "id" else _or_nothing(each) for name, each in item["properties"].items()
        } | {
            "after": beside,
            "before": beside,
            "remove": {"const": True, "description": "Takes the item out; stands alone with the id."},
        }
    replace = {"const": True, "description": "Keep nothing of the playbook's list."}
    return {
        **schema,
        "title": f"{schema['title']}, as your company changes it",
        "properties": {**schema["properties"], "replace": replace},
        "required": [],
    }


def _or_nothing(schema: dict[str, Any]) -> dict[str, Any]:
    """A value, or null to take it out; in a mapping, each entry by itself."""
    schema = {key: each for key, each in schema.items() if key not in ("minProperties", "default")}
    if isinstance(schema.get("additionalProperties"), dict):
        schema["additionalProperties"] = _or_nothing(schema["additionalProperties"])
    return {"anyOf": [schema, {"type": "null"}]}


def _schema(kinds: tuple[Kind, ...]) -> dict[str, Any]:
    _, parts = models_json_schema(
        [(kind.model, "validation") for kind in kinds], ref_template="#/definitions/{model}"
    )
    definitions = parts["$defs"]
    for kind in kinds:
        for model in (kind.model, *inner_models(kind.model)):
            properties = definitions[model.__name__].get("properties", {})
            for name, text in attribute_docs(model).items():
                properties.get(name, {}).setdefault("description", text)
            for each in properties.values():
                _not_empty(each)
    return {
        "$schema": DIALECT,
        "title": f"{' and '.join(kind.key for kind in kinds)} of the playbook",
        "type": "object",
        "properties": {
            kind.key: {
                "type": "array",
                "minItems": 0 if kind.may_be_empty else 1,
                "items": {"$ref": f"#/definitions/{kind.model.__name__}"},
            }
            for kind in kinds
        },
        "required": [kind.key for kind in kinds],
        "additionalProperties": False,
        "definitions": definitions,
    }


def _not_empty(schema: dict[str, Any]) -> None:
    """Say of text what the models' configuration says: at least one character."""
    if schema.get("type") == "string" and "enum" not in schema and "const" not in schema:
        schema.setdefault("minLength", 1)
    for part in (schema.get("items"), *schema.get("anyOf", ())):
        if isinstance(part, dict):
            _not_empty(part)


def written(schema: dict[str, Any]) -> str:
    """A schema as the text of its file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def files() -> dict[str, str]:
    """The text of every schema, by its path below the project."""
    return {f"data/schema/{name}": written(schema) for name, schema in schemas()}
