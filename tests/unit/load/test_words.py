"""Pydantic's errors in our words: one sentence for each way in which a value can be wrong."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from pydantic import Field, ValidationError

from macros.load.merge import Place
from macros.load.words import translate
from macros.load.yaml import parse
from macros.model.base import Id, Model, Ref, Text
from macros.report import line
from tests.conftest import Copy


class Inner(Model):
    word: Text
    count: int = 0


class Sample(Model):
    id: Id
    other: Id | None = None
    name: Text | None = None
    letter: Literal["R", "A", "R/A"] = "R"
    version: Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]+$")] | None = None
    words: Annotated[tuple[Text, ...], Field(min_length=2, max_length=3)] = ("a", "b")
    roles: dict[Annotated[str, Ref("roles")], Literal["R", "A"]] = Field(default_factory=dict)
    inner: Inner | None = None
    inners: tuple[Inner, ...] = ()
    number: Annotated[int, Field(ge=1, le=60)] = 1
    share: float = 0.5
    open: bool = False


def said(text: str) -> list[str]:
    """What is wrong with an item, without its place."""
    document, problems = parse("x.yml", f"items:\n  - {{{text}}}\n")
    assert document is not None
    assert not problems
    place = Place((document, ("items", 0)))
    try:
        Sample.model_validate(document.value["items"][0])
    except ValidationError as error:
        return [line(each) for each in translate(place, Sample, error)]
    return []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name: x", "items[0]: missing 'id'"),
        ("id: a, inner: {count: 1}", "items[0].inner: missing 'word'"),
        ("id: a, nam: x", "items[0].nam: unknown key; did you mean 'name'?"),
        ("id: a, zzz: x", "items[0].zzz: unknown key; expected one of id, other, name, letter, version, words, roles, inner, inners, number, share, open"),
        ("id: a, name: one, two", "items[0].two: unknown key; a comma ends the text before it in {…}: put that text in quotes"),
        ("id: a, inner: {word: x, wrod: y}", "items[0].inner.wrod: unknown key; did you mean 'word'?"),
        ("id: a, inners: [{word: x, cuont: 1}]", "items[0].inners[0].cuont: unknown key; did you mean 'count'?"),
        ("id: a, name: [x]", "items[0].name: expected text, got a list"),
        ("id: a, name: {x: y}", "items[0].name: expected text, got a mapping"),
        ('id: a, name: ""', "items[0].name: expected text, got nothing"),
        ('id: a, name: "  "', "items[0].name: expected text, got nothing"),
        ("id: a, name: no", 'items[0].name: `no` is read as a yes/no value; write "no" to keep it as text'),
        ("id: a, name: 2026-05-01", 'items[0].name: `2026-05-01` is read as a date; write "2026-05-01" to keep it as text'),
        ("id: a, name: 1e3", 'items[0].name: `1e3` is read as a number; write "1e3" to keep it as text'),
        ("id: a, name: 42", 'items[0].name: expected text, got a number; write "42" to keep it as text'),
        ("id: a, name: true", 'items[0].name: expected text, got a yes/no value; write "true" to keep it as text'),
        ("id: My Castle!", "items[0].id: 'My Castle!' is not an id: lower-case words joined by '-'; write 'my-castle'"),
        ("id: a, other: Two Words", "items[0].other: 'Two Words' is not an id: lower-case words joined by '-'; write 'two-words'"),
        ("id: '?'", "items[0].id: '?' is not an id: lower-case words joined by '-'"),
        ("id: a, version: one", "items[0].version: 'one' does not match ^[0-9]+\\.[0-9]+$"),
        ("id: a, letter: X", "items[0].letter: expected 'R', 'A' or 'R/A', got 'X'"),
        ("id: a, letter: RA", "items[0].letter: expected 'R', 'A' or 'R/A', got 'RA'; did you mean 'R/A'?"),
        ("id: a, letter: 3", "items[0].letter: expected 'R', 'A' or 'R/A', got a number"),
        ("id: a, roles: {x: C}", "items[0].roles.x: expected 'R' or 'A', got 'C'"),
        ("id: a, roles: [x]", "items[0].roles: expected a mapping, got a list"),
        ("id: a, words: x", "items[0].words: expected a list, got text"),
        ("id: a, words: [x]", "items[0].words: expected at least 2 items, got 1"),
        ("id: a, words: [a, b, c, d]", "items[0].words: expected at most 3 items, got 4"),
        ("id: a, words: [x, 3]", 'items[0].words[1]: expected text, got a number; write "3" to keep it as text'),
        ("id: a, inner: x", "items[0].inner: expected a mapping, got text"),
        ("id: a, number: x", "items[0].number: expected a whole number, got text"),
        ("id: a, number: 1.5", "items[0].number: expected a whole number, got a number"),
        ("id: a, number: 0", "items[0].number: input should be greater than or equal to 1"),
        ("id: a, number: 0o17", "items[0].number: `0o17` is read as a number; write it in plain digits"),
        ("id: a, share: x", "items[0].share: expected a number, got text"),
        ("id: a, share: 1_0", "items[0].share: `1_0` is read as a number; write it in plain digits"),
        ("id: a, open: yes", "items[0].open: `yes` is read as a yes/no value; write true or false"),
        ("id: a, open: 1", "items[0].open: expected true or false, got a number"),
        ("id: a, open: ", "items[0].open: expected true or false, got empty"),
    ],
)  # fmt: skip
def test_each_wrong_value_has_its_sentence(text: str, expected: str) -> None:
    [found] = said(text)
    assert found.startswith("x.yml:2:")
    assert found.partition(": ")[2] == expected


def test_a_list_whose_items_are_broken_is_not_called_too_short_as_well(small: Copy) -> None:
    assert len(said("id: a, words: [1, 2]")) == 2
    assert len(said("id: a, words: [1]")) == 2
    small.edit("data/decision_tree.yml", "text: There is one, to: used", "text: There is one")
    assert small.problem().endswith("questions[0].answers[0]: missing 'to'")


def test_a_long_value_is_shown_in_part() -> None:
    [found] = said(f"id: a, letter: {'x' * 100}")
    assert found.endswith("got '" + "x" * 60 + "'")


def test_a_value_error_is_told_in_its_own_words(small: Copy) -> None:
    small.edit("data/wont_do.yml", "{deck: 23}", "{deck: 41}")
    assert small.problem() == (
        f"{small.at('data/wont_do.yml', '{deck: 41}')}: wont_do[0].source: "
        "expected slide numbers from 1 to 40, such as {deck: 16}"
    )


def test_a_value_is_pointed_at_and_an_unknown_key_by_its_key() -> None:
    assert said("id: a, name: [x]")[0].startswith("x.yml:2:19: ")
    assert said("id: a, nam: x")[0].startswith("x.yml:2:13: ")
    assert said("name: x")[0].startswith("x.yml:2:5: ")


def test_all_that_is_wrong_with_an_item_is_told() -> None:
    assert len(said("id: A B, nam: x, words: [1, b], open: maybe")) == 4


def test_a_key_that_is_no_id_is_told_at_the_key(small: Copy) -> None:
    small.edit("data/raci.yml", "builder: R/A", "Bilder: R/A")
    assert small.problem() == (
        f"{small.at('data/raci.yml', 'Bilder')}: activities[0].roles.Bilder: unknown role; did you mean 'builder'?"
    )


EDITS: list[tuple[str, str, str, Any]] = [
    ("pillars", "name: People", "name: [People]", "pillars[0].name: expected text, got a list"),
    ("roles", "business: true", "business: yes", "roles[2].business: `yes` is read as a yes/no value; write true or false"),
    ("raci", "runner: C, owner: I", "runner: X, owner: I", "activities[0].roles.runner: expected 'R', 'A', 'C', 'I' or 'R/A', got 'X'"),
    ("raci", "business_decision", "buisness_decision", "activities[1].buisness_decision: unknown key; did you mean 'business_decision'?"),
    ("comparison_aspects", "name: Cost", "name: Cost, and time", "comparison_aspects[0].and time: unknown key; a comma ends the text before it in {…}: put that text in quotes"),
    ("decision_tree", "[Go., Ask., Listen.]", "[Go., Ask.]", "first_steps[0].actions: expected at least 3 items, got 2"),
    ("milestones", "month: 6", "month: 61", "milestones[1].month: input should be less than or equal to 60"),
    ("glossary", "abbreviation: SLA", "abbreviation: S L A", "terms[1].abbreviation: 'S L A' does not match ^[A-Za-z0-9/&+-]{2,12}$"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "expected"), EDITS)
def test_a_mistake_in_a_file_is_one_sentence_and_the_only_one(
    small: Copy, file: str, old: str, new: str, expected: str
) -> None:
    small.edit(f"data/{file}.yml", old, new)
    assert small.problem().partition(": ")[2] == expected
