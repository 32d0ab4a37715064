"""Building blocks of the models: who says so, ids, kinds."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from pydantic import ValidationError

from macros.model.base import Changed, Item, Model, Source, Text, kinds_in
from macros.model.content import Role


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("kit", Source("kit")), ("company", Source("company")), ({"deck": 16}, Source("deck", (16,))),
        ({"after": 17}, Source("after", (17,))),
        ({"deck": (32, 33)}, Source("deck", (32, 33))), (Changed("kit"), Source("kit", changed=True)),
        (Changed({"deck": 40}), Source("deck", (40,), changed=True)), (Changed(Changed("kit")), Source("kit", changed=True)),
    ],
)  # fmt: skip
def test_a_source_is_slides_the_kit_or_the_company_changed_or_not(given: object, expected: Source) -> None:
    assert Source.read(given) == expected


@pytest.mark.parametrize(
    "given", [{"deck": 0}, {"after": 41}, {"deck": ()}, {"deck": True}, {"deck": "16"}, {"deck": (1, 41)}]
)
def test_a_slide_that_the_deck_does_not_have_is_refused(given: object) -> None:
    with pytest.raises(ValueError, match="expected slide numbers from 1 to 40"):
        Source.read(given)


@pytest.mark.parametrize(
    "given", ["deck", "Kit", None, 16, (), {}, {"kit": 1}, {"deck": 1, "kit": 2}, {"deck": 1, "after": 2}]
)
def test_any_other_source_is_refused(given: object) -> None:
    with pytest.raises(ValueError, match="kit or company"):
        Source.read(given)


def role(**given: Any) -> Role:
    return Role.model_validate({"id": "a", "source": "kit", "name": "A", "text": "T", **given})


@pytest.mark.parametrize("id", ["a", "a-b", "3-d", "a" * 80])
def test_an_id_is_lower_case_words_joined_by_hyphens(id: str) -> None:
    assert role(id=id).id == id


@pytest.mark.parametrize("id", ["", "A", "a b", "a--b", "-a", "a-", "ä", "a_b", "a" * 81])
def test_anything_else_is_no_id(id: str) -> None:
    with pytest.raises(ValidationError):
        role(id=id)


def test_items_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        role().name = "B"  # type: ignore[misc]


def test_text_is_stripped() -> None:
    assert role(name="  A \n").name == "A"


def test_a_model_says_beside_its_name_what_kind_it_is() -> None:
    class Plain(Item, key="plain_things", one="plain thing"):
        name: Text

    class Told(
        Item, key="told", one="told one", many="told ones", file="x", may_be_empty=True, in_sheets=True
    ):
        name: Text

    plain, told = Plain.kind, Told.kind
    assert (plain.file, plain.one, plain.many) == ("plain_things", "plain thing", "plain things")
    assert not plain.may_be_empty
    assert not plain.in_sheets
    assert (told.file, told.many, told.may_be_empty, told.in_sheets) == ("x", "told ones", True, True)
    assert told.model is Told


class Between(Item):
    """Has no kind of its own."""


class Own(Between, key="owns", one="own"):
    """Has one."""


class Inherits(Own):
    """Is of the kind of its parent, and no second one."""


class NoItem(Model):
    """Is a part of an item."""


def test_kinds_of_a_module_are_those_that_its_own_models_say_they_are() -> None:
    assert [kind.model for kind in kinds_in(sys.modules[__name__])] == [Own]
