"""Reading YAML: what is refused, where it is said to be, and what is suggested."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from macros.diagnostics import Where
from macros.load import yaml as yaml_module
from macros.load.yaml import YamlDocument, parse, read
from macros.project import Project
from macros.report import line
from tests.conftest import SMALL


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
        ("a: {b\n", "data/x.yml:1:4: YAML: a '{' that is never closed; close it with '}'"),
        ("a: 1\n b: 2\n", """data/x.yml:2:3: YAML: a second ': ' where text was expected; put the text in quotes, or check the indentation"""),
        ("a: 1\nb\n", "data/x.yml:3:1: YAML: a key without its ': '; write key: value"),
        ("a: &x 1\nb: &x-&y 2\n", "data/x.yml:2:7: YAML: did not find expected alphabetic or numeric character"),
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


def test_key_that_is_not_text_is_refused() -> None:
    assert said("on: 1\n") == [
        """data/x.yml:1:1: key 'on' is read as a yes/no value, not as text; write "on\""""
    ]


def test_key_that_is_a_list_is_refused() -> None:
    [problem] = said("? [a, b]\n: 1\n")
    assert problem.startswith("data/x.yml:1:3: key 'a list or mapping' is read as a list, not as text")


def test_character_that_no_file_may_hold_is_told_with_its_place() -> None:
    [problem] = said("a: 1\nb: x\x00\n")
    assert problem.startswith("data/x.yml:2:5: YAML: ")


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
    for n in range(1, 6):  # a million values
        levels.append(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]")
    document, [problem] = parse("x.yml", "\n".join(levels))
    assert document is None
    assert problem.rule == "alias-expansion"


def test_aliases_that_make_a_file_larger_than_its_text_are_refused() -> None:
    items, aliases = ", ".join(["x"] * 100), ", ".join(["*a"] * 100)
    document, [problem] = parse("x.yml", f"a: &a [{items}]\nb: [{aliases}]\n")
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


@pytest.mark.parametrize(
    ("text", "place"), [("{", (1, 2)), ("a: 1\n? [", (2, 4)), ("- [\x85", (2, 1)), ("{\n", (2, 1))]
)
def test_a_mistake_at_the_end_of_the_last_line_is_in_that_line(text: str, place: tuple[int, int]) -> None:
    _, [problem] = parse("x.yml", text)
    assert (problem.line, problem.column) == place


def test_control_character_is_named() -> None:
    [problem] = said('a: "x\\x07y"\n')
    assert problem == "data/x.yml:1:4: a: contains the control character U+0007; write visible text only"


def test_file_that_is_not_utf8_names_line_and_column(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_bytes(b"a: 1\nb: caf\xe9\n")
    _, [problem] = read(Project(tmp_path), "x.yml")
    assert line(problem) == "x.yml:2:7: is not UTF-8 text (byte 0xe9); save the file with UTF-8 encoding"


def test_utf8_with_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_bytes("a: ü\n".encode("utf-8-sig"))
    document, problems = read(Project(tmp_path), "x.yml")
    assert not problems
    assert document is not None
    assert document.value == {"a": "ü"}


def test_file_over_the_limit_is_refused_and_one_at_the_limit_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_module, "MAX_BYTES", 100)
    (tmp_path / "x.yml").write_text("a: " + "x" * 97, "utf-8")
    assert not read(Project(tmp_path), "x.yml")[1]
    (tmp_path / "x.yml").write_text("a: " + "x" * 98, "utf-8")
    _, [problem] = read(Project(tmp_path), "x.yml")
    assert problem.rule == "file-size"


def test_short_values_beyond_number_are_refused_before_they_are_parsed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(yaml_module, "MAX_VALUES", 100)
    assert not parse("x.yml", "a: [" + "b," * 98 + "]")[1]
    document, [problem] = parse("x.yml", "a: [" + "b," * 100 + "]")
    assert document is None
    assert problem.rule == "file-size"


def test_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text("# nothing\n", "utf-8")
    _, [problem] = read(Project(tmp_path), "x.yml")
    assert line(problem) == "x.yml:1:1: is empty; fill it, or delete the file"


def test_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.yml").mkdir()
    _, [problem] = read(Project(tmp_path), "x.yml")
    assert problem.rule == "special-file"


FILES = sorted(path.relative_to(SMALL).as_posix() for path in (SMALL / "data").rglob("*.yml"))


@pytest.mark.parametrize("name", FILES)
def test_both_parsers_of_pyyaml_give_the_same_values_and_places(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    text = (SMALL / name).read_text("utf-8")
    fast, _ = parse(name, text)
    monkeypatch.setattr("macros.load.yaml._Loader", yaml.SafeLoader)
    slow, problems = parse(name, text)
    assert not problems
    assert fast is not None
    assert slow is not None
    assert fast.value == slow.value
    for where in places(fast.value):
        assert fast.diagnostic(where, "x") == slow.diagnostic(where, "x")


def places(value: object, where: Where = ()) -> Iterator[Where]:
    """Every place in a document."""
    yield where
    if isinstance(value, dict):
        for key, each in value.items():
            yield from places(each, (*where, key))
    elif isinstance(value, tuple):
        for index, each in enumerate(value):
            yield from places(each, (*where, index))


# --- places ---------------------------------------------------------------------------

TEXT = "items:\n  - id: a\n    name: A\n  - {id: b, name: B}\n"


@pytest.fixture
def document() -> YamlDocument:
    found, _ = parse("x.yml", TEXT)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("where", "of_key", "expected"),
    [
        (("items", 0, "name"), False, "x.yml:3:11: items[0].name: m"),
        (("items", 0, "name"), True, "x.yml:3:5: items[0].name: m"),
        (("items", 1, "name"), False, "x.yml:4:19: items[1].name: m"),
        (("items", 1), True, "x.yml:4:5: items[1]: m"),
        ((), True, "x.yml:1:1: m"),
    ],
)
def test_a_problem_stands_at_its_value_or_at_its_key(
    document: YamlDocument, where: Where, of_key: bool, expected: str
) -> None:
    assert line(document.diagnostic(where, "m", of_key=of_key)) == expected


def test_a_problem_with_what_is_not_there_stands_at_the_nearest_above_it(document: YamlDocument) -> None:
    assert line(document.diagnostic(("items", 0, "text", 3), "m")) == "x.yml:2:5: items[0].text[3]: m"
    assert line(document.diagnostic(("items", 7, "id"), "m")) == "x.yml:2:3: items[7].id: m"
    assert line(document.diagnostic(("items", 0, "id", "x"), "m")) == "x.yml:2:9: items[0].id.x: m"


def test_how_far_a_place_exists_is_known(document: YamlDocument) -> None:
    assert document.reach(("items", 0, "name")) == ("items", 0, "name")
    assert document.reach(("items", 0, "text", 3)) == ("items", 0)
    assert document.reach(("other",)) == ()


def test_of_a_key_that_stands_twice_the_last_place_counts() -> None:
    found, problems = parse("x.yml", "a: 1\na: 2\n")
    assert found is not None
    assert len(problems) == 1
    assert found.diagnostic(("a",), "m").line == 2


def test_a_problem_can_be_called_by_another_place(document: YamlDocument) -> None:
    found = document.diagnostic(("items", 0), "m", called=("items", 0, "text"))
    assert line(found) == "x.yml:2:5: items[0].text: m"


# --- properties -----------------------------------------------------------------------


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=200) | st.text(alphabet="ab:-[]{}&*!|>'\"\n #?,%@", max_size=60))
def test_any_text_ends_in_a_document_or_diagnostics(text: str) -> None:
    document, problems = parse("x.yml", text)
    assert document is not None or problems


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=60))
def test_any_bytes_end_in_diagnostics_or_a_document(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "x.yml").write_bytes(raw)
    document, problems = read(Project(tmp_path), "x.yml")
    assert document is not None or problems
