"""What the models say about themselves, in words."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest

from macros.model.base import Item, Model, Ref, Source, Text
from macros.model.content import Activity, Role, Situation
from macros.model.kinds import KINDS
from macros.model.reference import attribute_docs, fields, inner_models
from macros.model.renamed import RENAMED
from macros.model.settings import SiteSettings
from macros.model.template import Template
from macros.sheets.contract import FieldSpec


class Part(Model):
    name: Text


class Sample(Model):
    text: Text
    perhaps: Text | None = None
    texts: tuple[Text, ...] = ()
    on: bool = False
    count: int = 1
    share: float = 0.5
    letter: Literal["R", "A"] = "R"
    role: Annotated[str, Ref("roles")] = "x"
    roles: tuple[Annotated[str, Ref("roles")], ...] = ()
    page: Annotated[str, Ref("page")] | None = None
    node: Annotated[str, Ref("nodes")] = "x"
    rule: Annotated[str, Ref("rules")] = "x"
    list: Annotated[str, Ref("lists")] = "x"
    letters: dict[Annotated[str, Ref("roles")], Literal["R"]] = {}
    part: Part | None = None
    parts: tuple[Part, ...] = ()
    source: Source = Source("kit")
    whatever: Any = None


WORDS = {
    "text": "text", "perhaps": "text", "texts": "list of text", "on": "`true` or `false`", "count": "whole number",
    "share": "number", "letter": "one of `R`, `A`", "role": "id in `roles`", "roles": "list of id in `roles`",
    "page": "page under docs/", "node": "id of a question or first step", "rule": "id of a rule",
    "list": "name of a list", "letters": "mapping from id in `roles` to one of `R`", "part": "Part", "parts": "list of Part",
    "source": "`{deck: <slide>}`, `{after: <slide>}`, `kit` or `company`", "whatever": "anything",
}  # fmt: skip


def test_every_type_has_its_words() -> None:
    assert {each.name: each.type for each in fields(Sample)} == WORDS


def test_a_field_is_required_unless_it_has_a_default() -> None:
    assert [each.name for each in fields(Sample) if each.required] == ["text"]


def test_the_string_under_a_field_explains_it_and_its_parents_fields_too() -> None:
    docs = attribute_docs(Role)
    assert docs["business"].startswith("True for a role of the business unit")
    assert docs["id"] == attribute_docs(Item)["id"] != ""
    assert "name" not in docs
    assert {each.name: each.text for each in fields(Role)}["business"] == docs["business"]


def test_typed_mappings_are_explained_in_the_same_way() -> None:
    assert attribute_docs(FieldSpec)["was"] == "Ids that it had before."


def test_a_class_that_is_not_written_at_the_top_of_a_module_has_nothing_to_say() -> None:
    assert attribute_docs(Sample) == {}


def test_models_inside_a_model_are_found_once_and_in_order() -> None:
    assert [model.__name__ for model in inner_models(Situation)] == ["Reading", "Hypothesis"]
    assert [model.__name__ for model in inner_models(Template)] == [
        "Part", "Feed", "Section", "Field", "Choice", "Rows",
    ]  # fmt: skip
    assert list(inner_models(Role)) == list(inner_models(Activity))
    assert [model.__name__ for model in inner_models(SiteSettings)] == ["Colors", "NavigationChange"]


@pytest.mark.parametrize(
    "model", [kind.model for kind in (*KINDS, RENAMED)], ids=lambda model: model.__name__
)
def test_every_field_of_every_model_has_a_type_in_words(model: type[Model]) -> None:
    for each in (model, *inner_models(model)):
        assert all(field.type for field in fields(each))
