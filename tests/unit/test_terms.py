"""The list of terms, and the search for words that it does not want."""

from __future__ import annotations

import pytest

from tests import terms
from tests.terms import Hit, rules

SMALL = """
terms:
  - {use: business owner, not: [business sponsor*], why: One name., but: [the deck's business sponsor]}
  - {use: no space, like: ['[0-9] %']}
  - {use: '"For example:"', like: ['Such as:']}
spelling: {rota: rotation}
"""


def found(text: str, file: str = "docs/x.md") -> list[tuple[int, int, str]]:
    return [(hit.line, hit.column, hit.word) for hit in terms.hits(file, text, rules(SMALL))]


def test_a_hit_is_told_with_its_place_and_the_word_to_use() -> None:
    hit: Hit = next(terms.hits("docs/x.md", "One.\nAsk the Business sponsors now.\n", rules(SMALL)))
    assert str(hit) == "docs/x.md:2:9: 'Business sponsors': write business owner (One name.)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The rota says so.", [(1, 5, "rota")]),
        ("A rotation of the rotary press, and a rota-like plan.", []),
        ("At most 8 % of\nall, not 8%.", [(1, 9, "8 %")]),
        ("Good. Such as: this.", [(1, 7, "Such as:")]),
        ("Such as this, such as: that.", []),
        ("The business\nsponsor.", [(1, 5, "business sponsor")]),
    ],
)
def test_whole_words_are_found_in_any_case_and_across_lines(
    text: str, expected: list[tuple[int, int, str]]
) -> None:
    assert found(text) == expected


def test_a_phrase_on_the_list_of_exceptions_is_right_and_the_word_beside_it_is_not() -> None:
    assert found("The deck's business sponsor is our business sponsor.") == [(1, 36, "business sponsor")]


@pytest.mark.parametrize(
    "text",
    [
        "Write `rota` here.",
        "```yaml\nname: rota\n```\n",
        "See [this](rota.md#rota) and {{ name('rota') }}.",
        "---\nrota: 1\n---\nText.",
        '<a title="rota">x</a>',
    ],
)
def test_code_and_addresses_on_a_page_are_no_text(text: str) -> None:
    assert found(text) == []


def test_ids_and_names_of_roles_in_data_are_no_text_and_comments_are() -> None:
    data = "- {id: rota, to: rota, text: A rota}\n# rota\n- text: '[[rota]]'\n"
    assert found(data, "data/x.yml") == [(1, 32, "rota"), (2, 3, "rota")]


@pytest.mark.parametrize("entry", ["{use: x}", "{not: [x]}", "{use: x, not: [y], instead: z}"])
def test_an_entry_that_says_too_little_or_something_unknown_is_refused(entry: str) -> None:
    with pytest.raises(ValueError, match="expected use, why, and not or like"):
        rules(f"terms:\n  - {entry}\nspelling: {{}}\n")


def test_the_script_prints_every_hit_and_says_so_by_its_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hit = next(terms.hits("docs/x.md", "A rota.", rules(SMALL)))
    monkeypatch.setattr(terms, "all_hits", lambda: [hit])
    assert terms.main() == 1
    assert "docs/x.md:1:3: 'rota': write rotation" in capsys.readouterr().out
    monkeypatch.setattr(terms, "all_hits", list)
    assert terms.main() == 0
    assert capsys.readouterr().out == ""


def test_the_list_is_in_order_and_finds_what_it_is_for() -> None:
    listed = rules(terms.LIST.read_text("utf-8"))
    faults = (
        "Whoever profits from a rota of 8 % colours. Such as: the operations engineers, in our experience."
    )
    words = {hit.word for hit in terms.hits("docs/x.md", faults, listed)}
    assert words == {
        "Whoever", "profits from", "rota", "8 %", "colours", "Such as:", "operations engineers", "in our experience",
    }  # fmt: skip


def test_data_and_pages_for_readers_and_for_maintainers_are_looked_through() -> None:
    names = {path.relative_to(terms.ROOT).as_posix() for path in terms.files()}
    assert {
        "data/raci.yml",
        "data/templates/raci-sheet.yml",
        "docs/index.md",
        "docs/contributing/tests.md",
    } <= names
    assert not any("/schema/" in name for name in names)


def test_the_texts_of_this_project_keep_to_the_list() -> None:
    assert [str(hit) for hit in terms.all_hits()] == []
