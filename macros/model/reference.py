"""What the models say about themselves, in words: for the Data reference and editors' schemas."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from macros.model.base import Ref, Source


@dataclass(frozen=True)
class FieldDoc:
    """One field in words."""

    name: str
    type: str
    required: bool
    text: str


@cache
def attribute_docs(model: type) -> dict[str, str]:
    """The string under each field of a class and of its parents, by field name."""
    docs: dict[str, str] = {}
    for part in reversed(model.__mro__):
        body = _class_body(part) if part.__module__.startswith("macros.") else []
        for field, after in pairwise(body):
            if (
                isinstance(field, ast.AnnAssign)
                and isinstance(field.target, ast.Name)
                and isinstance(after, ast.Expr)
                and isinstance(after.value, ast.Constant)
                and isinstance(after.value.value, str)
            ):
                docs[field.target.id] = inspect.cleandoc(after.value.value)
    return docs


@cache
def _module(name: str) -> ast.Module:
    # The inspect module would look through every module that is loaded, to find this one's file.
    return ast.parse(Path(str(sys.modules[name].__file__)).read_text("utf-8"))


def _class_body(model: type) -> list[ast.stmt]:
    for node in _module(model.__module__).body:
        if isinstance(node, ast.ClassDef) and node.name == model.__name__:
            return node.body
    return []


def fields(model: type[BaseModel]) -> Iterator[FieldDoc]:
    """Every field of a model, in the order in which it is declared."""
    docs = attribute_docs(model)
    for name, info in model.model_fields.items():
        yield FieldDoc(name, _type(info), info.is_required(), docs.get(name, ""))


def inner_models(model: type[BaseModel]) -> tuple[type[BaseModel], ...]:
    """Models that a model's fields are made of, outermost first, each once."""
    found: dict[type[BaseModel], None] = {}

    def visit(annotation: Any) -> None:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            if annotation not in found:
                found[annotation] = None
                for info in annotation.model_fields.values():
                    visit(info.annotation)
            return
        for part in get_args(annotation):
            visit(part)

    for info in model.model_fields.values():
        visit(info.annotation)
    return tuple(found)


def _type(info: FieldInfo) -> str:
    return _words(info.annotation, tuple(info.metadata))


def _words(annotation: Any, marks: tuple[Any, ...] = ()) -> str:
    """A type in words: ``list of text``, ``id of a role``, ``R, A, C, I or R/A``."""
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return _words(inner, (*marks, *more))
    for mark in marks:
        if isinstance(mark, Ref):
            return _reference(mark.kind)
    args = [part for part in get_args(annotation) if part not in (type(None), ...)]
    origin = get_origin(annotation)
    if origin is Literal:
        return "one of " + ", ".join(f"`{value}`" for value in args)
    if origin is tuple:
        return f"list of {_words(args[0])}"
    if annotation is Any:
        return "anything"
    if origin is dict:
        return f"mapping from {_words(args[0])} to {_words(args[1])}"
    if args:
        return _words(args[0])
    if annotation is Source:
        return "`{deck: <slide>}`, `{after: <slide>}`, `kit` or `company`"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"{annotation.__name__}"
    return {str: "text", bool: "`true` or `false`", int: "whole number", float: "number"}[annotation]


def _reference(kind: str) -> str:
    if kind == "page":
        return "page under docs/"
    if kind == "nodes":
        return "id of a question or first step"
    if kind == "related":
        return "kind and id, such as `term:drift`"
    if kind == "rules":
        return "id of a rule"
    if kind == "lists":
        return "name of a list"
    return f"id in `{kind}`"
