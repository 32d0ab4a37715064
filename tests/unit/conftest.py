"""What all units share, so that the same is not made anew for each of some thousand tests."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pytest

from macros.diagnostics import Diagnostic
from macros.load import yaml
from macros.load.yaml import YamlDocument

if TYPE_CHECKING:
    from jsonschema import Draft7Validator


def pytest_collection_finish() -> None:
    """What was imported and collected stays until the end: nobody has to look for garbage in it."""
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def _parsed_once() -> Iterator[None]:
    """A file of the same name and text is parsed once: a test breaks one of the fifty that it copied.

    Parsing depends on nothing else, and nobody changes a document. Tests of `parse` call it directly.
    """
    remembered = lru_cache(maxsize=500)(yaml.parse)

    def parse(name: str, text: str) -> tuple[YamlDocument | None, list[Diagnostic]]:
        document, problems = remembered(name, text)
        return document, list(problems)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "parse", parse)
        yield


by_schemas = pytest.mark.xdist_group("schemas")
"""For tests that judge by JSON schemas: the library takes a second to import, in one process only."""


def validator(schema: Any) -> Draft7Validator:
    """What judges values by a schema."""
    from jsonschema import Draft7Validator

    return Draft7Validator(schema)


def mistakes(schema: Any, value: object) -> list[str]:
    """What is wrong with a value, by a schema."""
    return [error.message for error in validator(schema).iter_errors(value)]
