"""Relations are written on one side and known from both."""

from __future__ import annotations

from macros.load.relations import mirrored
from macros.model.base import Source
from macros.model.content import Term

KIT = Source("kit")


def term(id: str, *related: str) -> Term:
    return Term.model_construct(id=id, source=KIT, name=id, text=id, related=related)


def test_a_relation_is_known_from_both_sides() -> None:
    found = mirrored([term("a", "term:b", "page:x.md"), term("b")])
    assert found == {"term:a": ("term:b", "page:x.md"), "term:b": ("term:a",), "page:x.md": ("term:a",)}


def test_what_an_item_names_itself_comes_first_and_nothing_twice() -> None:
    found = mirrored([term("a", "term:b"), term("b", "term:c", "term:a")])
    assert found["term:b"] == ("term:c", "term:a")
    assert found["term:a"] == ("term:b",)


def test_what_is_related_to_nothing_is_not_among_them() -> None:
    assert mirrored([term("a")]) == {}
