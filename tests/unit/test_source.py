"""Reading YAML: what is refused, where it is said to be, and what is suggested."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.load.scalars import Ambiguous
from macros.load.yaml import MAX_BYTES, parse, read
from macros.report import line


def said(text: str) -> list[str]:
    return [line(problem) for problem in parse("data/x.yml", text)[1]]


def test_plain_data_is_read_without_a_word() -> None:
    document, problems = parse("x.yml", "items:\n  - id: a\n    n: 3\n    b: true\n    f: 1.5\n    z:\n")
    assert not problems
    assert document is not None
    assert document.value == {"items": ({"id": "a", "n": 3, "b": True, "f": 1.5, "z": None},)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: [b\n", "data/x.yml:1:4: YAML: a '[' that is never closed; close it with ']'"),
        ("a: 'b\n", "data/x.yml:1:4: YAML: a quote that is never closed; close it on this line"),
        ("a:\n\tb: 1\n", "data/x.yml:2:1: YAML: a character that needs quotes, or a tab; YAML indents by spaces"),
        ("a: *x\n", "data/x.yml:1:4: YAML: an alias (*) without its anchor (&); write the value out"),
        ("a: 1\n---\nb: 2\n", "data/x.yml:2:1: YAML: a second document ('---'); a data file holds one document"),
        ("- a\nb: c\n", "data/x.yml:2:1: YAML: a list ends here without a reason; check the indentation"),
    ],
)  # fmt: skip
def test_syntax_errors_name_place_and_cause(text: str, expected: str) -> None:
    assert said(text) == [expected]


def test_second_colon_on_a_line_suggests_quotes() -> None:
    [problem] = said("text: one: two\n")
    assert problem.startswith("data/x.yml:1:10: YAML: a second ': '")
    assert "quotes" in problem


def test_duplicate_key_is_refused_and_names_the_first() -> None:
    assert said("a: 1\nb:\n  c: 1\n  c: 2\n") == [
        "data/x.yml:4:3: b.c: duplicate key 'c', first in line 3; only one can count; remove the other"
    ]


@pytest.mark.parametrize(
    "word", ["no", "on", "Yes", "OFF", "1e3", "2026-05-01", "0o17", "017", "1_000", "12:30"]
)
def test_words_that_yaml_reads_as_something_else_are_marked(word: str) -> None:
    document, problems = parse("x.yml", f"a: {word}\n")
    assert document is not None
    assert not problems  # only a model knows whether text was meant
    assert isinstance(document.value["a"], Ambiguous)


@pytest.mark.parametrize("word", ['"no"', "'1e3'", '"2026-05-01"'])
def test_quoted_words_stay_text(word: str) -> None:
    document, _ = parse("x.yml", f"a: {word}\n")
    assert document is not None
    assert document.value["a"] == word[1:-1]


def test_key_that_is_not_text_is_refused() -> None:
    assert said("on: 1\n") == [
        """data/x.yml:1:1: key 'on' is read as a yes/no value, not as text; write "on\""""
    ]


def test_merge_key_is_refused() -> None:
    assert "merges are read by some YAML tools only" in said("a: &x {b: 1}\nc:\n  <<: *x\n")[0]


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system ['true']", "!secret x", "!!set {a}"])
def test_tags_are_refused(tag: str) -> None:
    problems = parse("x.yml", f"a: {tag}\n")[1]
    assert any(problem.rule == "yaml-tag" for problem in problems)


def test_anchor_that_contains_itself_is_refused() -> None:
    document, [problem] = parse("x.yml", "a: &a [*a]\n")
    assert document is None
    assert problem.rule == "alias-expansion"


def test_anchors_that_expand_without_end_are_refused_at_once() -> None:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for n in range(1, 12):
        levels.append(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]")
    document, [problem] = parse("x.yml", "\n".join(levels))
    assert document is None
    assert problem.rule == "alias-expansion"


def test_a_few_aliases_are_fine() -> None:
    document, problems = parse("x.yml", "a: &x {k: v}\nb: *x\nc: *x\n")
    assert not problems
    assert document is not None
    assert document.value["c"] == {"k": "v"}


@pytest.mark.parametrize("opening", ["[", "{", "- "])
def test_bottomless_nesting_is_refused(opening: str) -> None:
    document, problems = parse("x.yml", opening * 50_000)
    assert document is None
    assert problems


def test_control_character_is_named() -> None:
    [problem] = said('a: "x\\x07y"\n')
    assert problem == "data/x.yml:1:4: a: contains the control character U+0007; write visible text only"


def test_file_that_is_not_utf8_names_line_and_column(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_bytes(b"a: 1\nb: caf\xe9\n")
    _, [problem] = read(tmp_path, "x.yml")
    assert line(problem) == "x.yml:2:7: is not UTF-8 text (byte 0xe9); save the file with UTF-8 encoding"


def test_utf8_with_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_bytes("a: ü\n".encode("utf-8-sig"))
    document, problems = read(tmp_path, "x.yml")
    assert not problems
    assert document is not None
    assert document.value == {"a": "ü"}


def test_file_over_one_mebibyte_is_refused_and_one_at_the_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text("a: " + "x" * (MAX_BYTES - 3), "utf-8")
    assert not read(tmp_path, "x.yml")[1]
    (tmp_path / "x.yml").write_text("a: " + "x" * (MAX_BYTES - 2), "utf-8")
    _, [problem] = read(tmp_path, "x.yml")
    assert problem.rule == "file-size"


def test_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text("# nothing\n", "utf-8")
    _, [problem] = read(tmp_path, "x.yml")
    assert line(problem) == "x.yml:1:1: is empty; fill it, or delete the file"


def test_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.yml").mkdir()
    _, [problem] = read(tmp_path, "x.yml")
    assert problem.rule == "unreadable-file"


def test_both_parsers_of_pyyaml_give_the_same_values(monkeypatch: pytest.MonkeyPatch) -> None:
    import yaml

    text = (Path(__file__).resolve().parents[2] / "data" / "decision_tree.yml").read_text("utf-8")
    fast, _ = parse("x.yml", text)
    monkeypatch.setattr("macros.load.yaml._Loader", yaml.SafeLoader)
    slow, problems = parse("x.yml", text)
    assert not problems
    assert fast is not None
    assert slow is not None
    assert fast.value == slow.value
    path = ("questions", 3, "answers", 1, "to")
    assert fast.position(path) == slow.position(path)
