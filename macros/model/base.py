"""Building blocks of the models: text, ids, references, provenance."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")


def _printable(value: str) -> str:
    if _CONTROL.search(value):
        raise ValueError("contains a control character; write visible text only")
    return value


Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1),
    AfterValidator(_printable),
]
"""Non-empty text. Inline Markdown where it is shown as prose; raw HTML is shown, not run."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""Kebab-case, stable: it is the anchor on the page and what other items refer to."""


@dataclass(frozen=True)
class Ref:
    """Marks a field as the id of an item of `kind` (or, for ``page``, a file under docs/)."""

    kind: str


class Model(BaseModel):
    """Strict, closed and immutable: an unknown key or a wrong type is a mistake to report."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


@dataclass(frozen=True)
class Source:
    """Who says so: slides of the source deck, this kit, or your company."""

    origin: Literal["deck", "kit", "company"]
    slides: tuple[int, ...] = ()


LAST_SLIDE = 40
"""Number of slides of the source deck, "How to create MLOps Team" (22 April 2026)."""


def _source(value: object) -> Source:
    """Read `{deck: 16}`, `{deck: [32, 33]}`, `kit` or `company`.

    Raises:
        ValueError: anything else; pydantic turns it into a validation error.
    """
    if value in ("kit", "company"):
        return Source(value)  # type: ignore[arg-type]
    if isinstance(value, dict) and list(value) == ["deck"]:
        slides = value["deck"] if isinstance(value["deck"], tuple) else (value["deck"],)
        if slides and all(type(n) is int and 1 <= n <= LAST_SLIDE for n in slides):
            return Source("deck", slides)
        raise ValueError(f"expected slide numbers from 1 to {LAST_SLIDE}, such as {{deck: 16}}")
    raise ValueError("expected {deck: <slide number>}, kit or company")


_SLIDE = {"type": "integer", "minimum": 1, "maximum": LAST_SLIDE}
SourceField = Annotated[
    Source,
    PlainValidator(_source),
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": ["kit", "company"]},
                {
                    "type": "object",
                    "properties": {
                        "deck": {"anyOf": [_SLIDE, {"type": "array", "items": _SLIDE, "minItems": 1}]}
                    },
                    "required": ["deck"],
                    "additionalProperties": False,
                },
            ]
        }
    ),
]
"""`{deck: 16}` (a slide, or a list of them), `kit` or `company`."""


class Item(Model):
    """What every entry has."""

    id: Id
    """Stable name: anchor on the page and target of references."""
    source: SourceField
    """Where the item comes from; shown as a quiet mark beside it."""
