"""Building blocks of the models: text, ids, references, provenance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import ModuleType
from typing import Annotated, Any, ClassVar, Literal, Unpack

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

Text = str
"""Non-empty text (see `Model`). Inline Markdown where it is shown as prose; raw HTML is shown, not run."""

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=80)]
"""Kebab-case, stable: it is the anchor on the page and what other items refer to."""


@dataclass(frozen=True)
class Ref:
    """Marks a field as the id of an item of `kind` (or, for ``page``, a file under docs/).

    Args:
        kind: the list's key.
        may_go: whether the company may take that item out; what refers to it is then passed over.
    """

    kind: str
    may_go: bool = False


class Model(BaseModel):
    """Strict, closed and immutable: an unknown key or a wrong type is a mistake to report.

    Text is stripped and must not be empty. Control characters are refused where files are read.
    """

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        str_strip_whitespace=True,
        str_min_length=1,
        defer_build=True,  # a command builds only what it validates
    )


LAST_SLIDE = 40
"""Number of slides of the source deck, "How to create MLOps Team" (22 April 2026)."""

_SLIDE = {"type": "integer", "minimum": 1, "maximum": LAST_SLIDE}
_SLIDES = {"anyOf": [_SLIDE, {"type": "array", "items": _SLIDE, "minItems": 1}]}
_SOURCE_JSON: JsonSchemaValue = {
    "anyOf": [
        {"enum": ["kit", "company"]},
        *(
            {
                "type": "object",
                "properties": {key: _SLIDES},
                "required": [key],
                "additionalProperties": False,
            }
            for key in ("deck", "after")
        ),
    ]
}


@dataclass(frozen=True)
class Changed:
    """Stands around an item's `source` where the company layer changed the item."""

    source: object


@dataclass(frozen=True)
class Source:
    """Who says so: slides of the source deck, this kit after them, this kit alone, or your company.

    `deck` is for what a slide says itself: a name, a letter, a claim. `after` is for a slide's idea in
    this kit's words, with this kit's detail.

    It hands pydantic a finished schema: looking at a validator function anew for each model
    took longer than reading all data.
    """

    origin: Literal["deck", "after", "kit", "company"]
    slides: tuple[int, ...] = ()
    changed: bool = False
    """Whether the company layer changed the item."""

    @classmethod
    def read(cls, value: object) -> Source:
        """Read `{deck: 16}`, `{after: [32, 33]}`, `kit` or `company`, changed or not.

        Raises:
            ValueError: anything else; pydantic turns it into a validation error.
        """
        if isinstance(value, Changed):
            return replace(cls.read(value.source), changed=True)
        if value == "kit":
            return cls("kit")
        if value == "company":
            return cls("company")
        if isinstance(value, dict) and list(value) in (["deck"], ["after"]):
            return cls._of_slides(value)
        raise ValueError("expected {deck: <slide number>}, {after: <slide number>}, kit or company")

    @classmethod
    def _of_slides(cls, value: dict[str, Any]) -> Source:
        origin: Literal["deck", "after"] = "deck" if "deck" in value else "after"
        slides = value[origin] if isinstance(value[origin], tuple) else (value[origin],)
        if slides and all(type(n) is int and 1 <= n <= LAST_SLIDE for n in slides):
            return cls(origin, slides)
        raise ValueError(f"expected slide numbers from 1 to {LAST_SLIDE}, such as {{{origin}: 16}}")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.read)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return _SOURCE_JSON


Related = Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*:\S+$"), Ref("related")]
"""What belongs to an item: a word for its kind and its id, such as ``template:incident-runbook`` or
``page:grow/choosing.md``."""


@dataclass(frozen=True)
class Kind:
    """One concept of the data.

    Args:
        key: plural name: the list's key in its file, and the kind's name in references.
        file: path under data/, without `.yml`; ``templates/`` stands for a folder of files.
        model: model of one entry.
        one: what one entry is called in a message.
        many: what several entries are called.
        may_be_empty: whether the playbook may come without any, since only a company has them.
        in_sheets: whether rows, columns and choices of a template can be taken from it.
    """

    key: str
    file: str
    model: type[Model]
    one: str
    many: str
    may_be_empty: bool = False
    in_sheets: bool = False

    @property
    def word(self) -> str:
        """What a relation calls an entry: its name with hyphens, such as ``first-step``."""
        return self.one.replace("'", "").replace(" ", "-")


class Item(Model):
    """What every entry has.

    A model says beside its name what it is: ``class Role(Item, key="roles", one="role")``. That is
    all there is to a new kind; `macros.model.kinds` finds it.
    """

    kind: ClassVar[Kind]

    id: Id
    """Stable name: anchor on the page and target of references."""
    source: Source
    """Where the item comes from; shown as a quiet mark beside it."""
    related: tuple[Related, ...] = ()
    """What belongs to it, such as `template:incident-runbook` or `term:drift`. Written on one side, shown
    on both."""

    def __init_subclass__(
        cls,
        *,
        key: str = "",
        one: str = "",
        many: str = "",
        file: str = "",
        may_be_empty: bool = False,
        in_sheets: bool = False,
        **config: Unpack[ConfigDict],
    ) -> None:
        """Take what a model says of its kind; see `Kind`. The file is called like the list by default."""
        super().__init_subclass__(**config)
        if key:
            named = many or key.replace("_", " ")
            cls.kind = Kind(key, file or key, cls, one, named, may_be_empty, in_sheets)


def typed(item: Item) -> str:
    """What other items' relations call an item, such as ``term:drift``."""
    return f"{item.kind.word}:{item.id}"


def kinds_in(module: ModuleType) -> tuple[Kind, ...]:
    """The kinds that a module's models say they are, in the order in which they are written."""
    models = (each for each in vars(module).values() if isinstance(each, type))
    return tuple(
        each.kind
        for each in models
        if each.__module__ == module.__name__ and issubclass(each, Item) and "kind" in vars(each)
    )
