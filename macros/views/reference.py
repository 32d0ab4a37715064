"""What the data is and where it comes from: for the Data reference and the page on sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from macros.model.base import Kind, Source
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


Counted = list[tuple[int, str]]
"""How many items of a kind, and what they are called."""


def slides(playbook: Playbook) -> list[tuple[int, tuple[Counted, Counted]]]:
    """For each slide of the deck: how many items of which kind it says, and how many go after it.

    An item counts for its own source and for those of its parts, each slide once.
    """
    counts: dict[int, dict[str, Counter[Kind]]] = {}
    for kind in KINDS:
        for item in playbook.lists[kind.key].values():
            for origin, slide in {(each.origin, slide) for each in sources(item) for slide in each.slides}:
                counts.setdefault(slide, {"deck": Counter(), "after": Counter()})[origin][kind] += 1
    return [
        (slide, (_counted(counts[slide]["deck"]), _counted(counts[slide]["after"])))
        for slide in sorted(counts)
    ]


def sources(item: BaseModel) -> Iterator[Source]:
    """Who says an item, and who says its parts where they name a source of their own."""
    for name in type(item).model_fields:
        value = getattr(item, name)
        if isinstance(value, Source):
            yield value
        for part in value if isinstance(value, tuple) else ():
            if isinstance(part, BaseModel):
                yield from sources(part)


def _counted(kinds: Counter[Kind]) -> Counted:
    return [(kinds[kind], kind.one if kinds[kind] == 1 else kind.many) for kind in KINDS if kinds[kind]]
