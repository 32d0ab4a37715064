"""What a page hands to its script: every spec keeps the contract, and TypeScript says the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NotRequired, TypedDict, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from macros.model.template import Template
from macros.playbook import Playbook
from macros.sheets import contract
from macros.sheets.contract import CONTRACT, FieldSpec, NamedValue, SheetSpec, as_typescript
from macros.sheets.layout import lay_out
from macros.sheets.spec import spec, specs
from tests.conftest import Copy


def breaches(value: Any, hint: Any, where: str = "") -> Iterator[str]:
    """Where a value is not what a type says; a key that the type does not have is a breach, too."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin is NotRequired:
        yield from breaches(value, parts[0], where)
    elif is_typeddict(hint):
        yield from _of_class(value, hint, where)
    elif origin is Literal:
        if value not in parts:
            yield f"{where}: {value!r} is none of {parts}"
    elif origin in (list, tuple, dict):
        yield from _of_collection(value, origin, parts, where)
    elif hint is not Any and type(value) is not hint:
        yield f"{where}: {type(value).__name__} instead of {hint.__name__}"


def _of_class(value: Any, hint: Any, where: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{where}: no mapping"
        return
    hints = get_type_hints(hint, include_extras=True)
    needed = [key for key, each in hints.items() if get_origin(each) is not NotRequired]
    yield from (f"{where}.{key}: missing" for key in needed if key not in value)
    for key, each in value.items():
        if key in hints:
            yield from breaches(each, hints[key], f"{where}.{key}")
        else:
            yield f"{where}.{key}: unknown"


def _of_collection(value: Any, origin: type, parts: tuple[Any, ...], where: str) -> Iterator[str]:
    if type(value) is not origin or (origin is tuple and len(value) != len(parts)):
        yield f"{where}: no {'pair' if origin is tuple else origin.__name__}"
    elif origin is tuple:
        for each, part in zip(value, parts, strict=True):
            yield from breaches(each, part, where)
    elif origin is list:
        for index, each in enumerate(value):
            yield from breaches(each, parts[0], f"{where}[{index}]")
    else:
        for key, each in value.items():
            yield from breaches(key, parts[0], f"{where}.{key}")
            yield from breaches(each, parts[1], f"{where}.{key}")


def test_every_spec_keeps_the_contract(small_playbook: Playbook) -> None:
    for id, made in specs(small_playbook).items():
        assert not list(breaches(made, SheetSpec)), id


def test_a_spec_with_a_companys_layer_keeps_it_too(small: Copy) -> None:
    small.write("data/renamed.yml", "renamed:\n  - {list: wont_do, old: moat, new: castle}\n")
    small.write(
        "company/wont_do.yml",
        "wont_do:\n  - {id: robot, remove: true}\n  - {id: castle, name: C, review: }\n",
    )
    for id, made in specs(small.playbook()).items():
        assert not list(breaches(made, SheetSpec)), id


def test_together_the_fixtures_specs_use_every_key_of_the_contract(small: Copy) -> None:
    """Else nothing here would prove that a key is written."""
    small.write("data/renamed.yml", "renamed:\n  - {list: wont_do, old: moat, new: castle}\n")
    small.write("company/site.yml", "name: Wrenfield\n")
    used: set[str] = set()

    def visit(value: Any) -> None:
        if isinstance(value, dict):
            used.update(value)
            for each in value.values():
                visit(each)
        elif isinstance(value, list):
            for each in value:
                visit(each)

    playbook = small.playbook()
    poster = playbook.of(Template)["poster"]
    visit(
        [
            *specs(playbook).values(),
            spec(poster, playbook, lay_out(poster, playbook, {"purpose.team": "Red"})),
        ]
    )
    assert {key for each in CONTRACT for key in get_type_hints(each)} <= used


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"id": "a", "name": "A", "type": "text"}, []),
        ({"id": "a", "name": "A"}, [".type: missing"]),
        ({"id": "a", "name": "A", "type": "txt"}, [".type: 'txt' is none of ('text', 'long-text', 'number', 'date', 'choice', 'checkbox')"]),
        ({"id": "a", "name": "A", "type": "text", "zzz": 1}, [".zzz: unknown"]),
        ({"id": "a", "name": 3, "type": "text"}, [".name: int instead of str"]),
        ({"id": "a", "name": "A", "type": "text", "choices": [("a", "A"), ["b", "B"]]}, [".choices[1]: no pair"]),
        ({"id": "a", "name": "A", "type": "text", "was": "b"}, [".was: no list"]),
    ],
)  # fmt: skip
def test_a_breach_would_be_found(value: object, expected: list[str]) -> None:
    assert list(breaches(value, FieldSpec)) == expected


# --- TypeScript --------------------------------------------------------------------------


class Sample(TypedDict):
    """A class
    of two lines."""

    text: str
    yes: NotRequired[bool]
    count: int
    pair: NamedValue
    pairs: list[NamedValue]
    letter: NotRequired[Literal["R", "A"]]
    by_id: dict[str, FieldSpec]
    anything: dict[str, Any]


def test_each_type_has_its_typescript(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contract, "CONTRACT", (Sample,))
    assert as_typescript().endswith(
        """
/** A class of two lines. */
export interface Sample {
  text: string;
  yes?: boolean;
  count: number;
  pair: [string, string];
  pairs: [string, string][];
  letter?: "R" | "A";
  by_id: Record<string, FieldSpec>;
  anything: Record<string, unknown>;
}
"""
    )


class Odd(TypedDict):
    """Holds what JSON cannot."""

    x: set[str]


def test_a_type_without_a_typescript_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contract, "CONTRACT", (Odd,))
    with pytest.raises(TypeError, match="no TypeScript for"):
        as_typescript()


def test_the_whole_contract_is_written_with_its_explanations() -> None:
    text = as_typescript()
    assert text.startswith("// What the page hands over to its script. Written by `playbook schema`")
    for each in CONTRACT:
        assert f"export interface {each.__name__} {{" in text
    assert "  /** Ids that it had before. */\n  was?: string[];\n" in text
