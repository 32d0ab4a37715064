"""What the data is and where it comes from: for the Data reference and the page on sources."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pydantic import BaseModel

from macros.model.base import Kind
from macros.model.kinds import KINDS
from macros.model.reference import fields, inner_models
from macros.model.renamed import RENAMED
from macros.playbook import Playbook


def kinds() -> list[dict[str, Any]]:
    """Every kind of data with its file, its text and its models."""
    return [
        {"key": kind.key, "file": kind.file, "text": kind.model.__doc__, "models": models(kind.model)}
        for kind in (*KINDS, RENAMED)
    ]


def models(outer: type[BaseModel]) -> list[dict[str, Any]]:
    """A model and those inside it, in words."""
    return [
        {"name": model.__name__, "text": model.__doc__, "fields": tuple(fields(model))}
        for model in (outer, *inner_models(outer))
    ]


def slides(playbook: Playbook) -> list[tuple[int, list[tuple[int, str]]]]:
    """For each slide of the deck: how many items of which kind come from it."""
    counts: dict[int, Counter[Kind]] = {}
    for kind in KINDS:
        for item in playbook.lists[kind.key].values():
            for slide in item.source.slides:
                counts.setdefault(slide, Counter())[kind] += 1
    return [
        (slide, [(count, kind.one if count == 1 else kind.many) for kind, count in counts[slide].items()])
        for slide in sorted(counts)
    ]
