"""Bare words of YAML: what they are, and which of them are traps."""

from __future__ import annotations

import datetime

import pytest

from macros.load.scalars import Ambiguous, read_as
from macros.load.yaml import parse


def value(word: str) -> object:
    document, _ = parse("x.yml", f"a: {word}\n")
    assert document is not None
    return document.value["a"]


@pytest.mark.parametrize(
    ("word", "reading"),
    [
        ("no", "a yes/no value"), ("on", "a yes/no value"), ("Yes", "a yes/no value"), ("OFF", "a yes/no value"),
        ("1e3", "a number"), ("0o17", "a number"), ("017", "a number"), ("1_000", "a number"), ("12:30", "a number"),
        (".5", "a number"), ("5.", "a number"), ("+.inf", "a number"), ("1234567890123456789", "a number"),
        ("2026-05-01", "a date"), ("2026-05-01 10:00:00", "a date"),
    ],
)  # fmt: skip
def test_words_that_yaml_1_1_and_1_2_read_differently_are_ambiguous(word: str, reading: str) -> None:
    assert value(word) == Ambiguous(word, reading)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("true", True), ("False", False), ("TRUE", True), ("3", 3), ("-3", -3), ("+0", 0), ("1.5", 1.5), ("-0.25", -0.25),
        ("~", None), ("null", None), ("", None), ("three", "three"), ("v1.2.3", "v1.2.3"), ("<<", "<<"), ("=", "="),
    ],
)  # fmt: skip
def test_words_that_every_yaml_reads_alike_have_their_value(word: str, expected: object) -> None:
    found = value(word)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize("word", ['"no"', "'1e3'", '"2026-05-01"', '"~"'])
def test_quoted_words_stay_text(word: str) -> None:
    assert value(word) == word[1:-1]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (Ambiguous("no", "a yes/no value"), "a yes/no value"), (True, "a yes/no value"), (1, "a number"),
        (1.5, "a number"), (None, "empty"), ((), "a list"), ({}, "a mapping"), ("x", "text"),
    ],
)  # fmt: skip
def test_what_was_read_is_told_in_words(given: object, said: str) -> None:
    assert read_as(given) == said


def test_what_no_document_holds_has_no_words() -> None:
    with pytest.raises(KeyError):
        read_as(datetime.date(2026, 5, 1))
