"""A list that the small playbook does not have yet gets an item made from its model.

So a new kind of data needs no file of the tests: the units go on, and its own tests, if it has
rules or views of its own, come beside it.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from macros.load.files import read_files
from macros.model.base import Ref, Source
from macros.model.kinds import by_file
from macros.project import Project

Ids = dict[str, str]
"""An id that exists, by the list that it is in."""


def complete(small: Path) -> Path:
    """The small playbook itself, or a copy with the lists that it lacks."""
    there = {path.stem for path in (small / "data").iterdir()}
    lacking = {file: kinds for file, kinds in by_file().items() if file.rstrip("/") not in there}
    if not lacking:
        return small
    copy = Path(shutil.copytree(small, Path(tempfile.mkdtemp(prefix="small-")) / "small"))
    known = {
        key: placed[0].value["id"] for key, placed in read_files(Project(small)).upstream.items() if placed
    }
    for file, kinds in lacking.items():
        lists = {kind.key: [example(kind.model, known)] for kind in kinds}
        (copy / "data" / f"{file}.yml").write_text(json.dumps(lists), "utf-8")
    return copy


def example(model: type[BaseModel], known: Ids) -> dict[str, Any]:
    """An item with all that its model cannot do without."""
    return {
        name: _value(field.annotation, tuple(field.metadata), known)
        for name, field in model.model_fields.items()
        if field.is_required()
    }


def _value(annotation: Any, marks: tuple[Any, ...], known: Ids) -> Any:
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return _value(inner, (*marks, *more), known)
    for mark in marks:
        if isinstance(mark, Ref):
            return known.get(mark.kind, "index.md")
    parts = [part for part in get_args(annotation) if part is not type(None)]
    if get_origin(annotation) is Literal:
        return parts[0]
    if get_origin(annotation) is tuple:
        return [_value(parts[0], (), known)]
    if get_origin(annotation) is dict:
        return {_value(parts[0], (), known): _value(parts[1], (), known)}
    if parts:
        return _value(parts[0], (), known)
    if annotation is Source:
        return "kit"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return example(annotation, known)
    return {str: "made-up", bool: True, int: 1, float: 1.5}[annotation]
