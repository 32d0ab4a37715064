"""Files of answers as text, and what both readers have to find in them; the template is that of `workbooks`."""

from __future__ import annotations

from typing import Any

HEAD = "template: t\nformat: 1\ndraft: Red\n"
_JSON = '{"template": "t", "format": 1, "draft": "Red", "answers": '


def _basics(**cells: Any) -> dict[str, Any]:
    return {"name": "Red", "answers": {"basics": cells}, "kept": []}


def _yaml(
    name: str, cells: str, expected: dict[str, Any] | str
) -> tuple[str, str, bytes, dict[str, Any] | str]:
    return name, "file.yml", f"{HEAD}answers:\n  basics:\n    {cells}\n".encode(), expected


def _json(
    name: str, answers: str, expected: dict[str, Any] | str
) -> tuple[str, str, bytes, dict[str, Any] | str]:
    return name, "file.json", f"{_JSON}{answers}}}".encode(), expected


TEXTS: list[tuple[str, str, bytes, dict[str, Any] | str]] = [
    _yaml("a version keeps its zero", "team: 1.10", _basics(team="1.10")),
    _yaml("leading zeros", "team: 010", _basics(team="010")),
    _yaml("underscores", "team: 1_000", _basics(team="1_000")),
    _yaml("a hexadecimal number", "team: 0x1F", _basics(team="0x1F")),
    _yaml("a time of the day", "team: 12:30", _basics(team="12:30")),
    _yaml("a date without quotes", "day: 2026-03-12", _basics(day="2026-03-12")),
    _yaml("a date in a text", "team: 2026-03-12", _basics(team="2026-03-12")),
    _yaml("a long number", "team: 12345678901234567890", _basics(team="12345678901234567890")),
    _yaml("yes ticks", "agreed: yes", _basics(agreed=True)),
    _yaml("off does not", "agreed: off", _basics(agreed=False)),
    _yaml("true ticks", "agreed: true", _basics(agreed=True)),
    _yaml("neither yes nor no", "agreed: perhaps", _basics(agreed="perhaps")),
    _yaml("nothing is no answer", "team:", _basics(team="")),
    _yaml("null is no answer", "team: null", _basics(team="")),
    _yaml("a quoted null is a text", "team: 'null'", _basics(team="null")),
    _yaml("Norway", "team: no", _basics(team="no")),
    _yaml("a decimal comma", "count: 3,5", _basics(count="3.5")),
    _yaml("what can be read in two ways", "count: 1,250", _basics(count="1,250")),
    _yaml("what a choice is called", "mood: going UP", _basics(mood="up")),
    _yaml("digits of another script are no number", "count: ٣٥", _basics(count="٣٥")),
    _yaml("digits of another script between apostrophes", "count: ١’٢٣٤", _basics(count="١’٢٣٤")),
    _yaml("digits of another script are no date", "day: ٢٠٢٦-٠٣-١٢", _basics(day="٢٠٢٦-٠٣-١٢")),
    _yaml("a list is no answer", "team: [x]", "expected text, got a list"),
    _yaml("a key twice", "team: x\n    team: y", "duplicate"),
    _yaml("a tab", "team: a\n\tb: c", "YAML"),
    ("a mark of the byte order", "file.yml", b"\xef\xbb\xbf" + f"{HEAD}answers: {{basics: {{team: x}}}}".encode(), _basics(team="x")),
    ("a mark of the byte order before the name", "file.yml", f"{HEAD}answers: {{basics: {{team: x}}}}".replace("Red", '"\\uFEFF Red"').encode(), _basics(team="x")),
    ("UTF-16", "file.yml", f"{HEAD}answers: {{basics: {{team: é🙂}}}}".encode("utf-16"), _basics(team="é🙂")),
    ("CRLF", "file.yml", f"{HEAD}answers: {{basics: {{team: x}}}}".replace("\n", "\r\n").encode(), _basics(team="x")),
    ("Latin-1", "file.yml", f"{HEAD}answers: {{basics: {{team: é}}}}".encode("latin-1"), "is not UTF-8 text"),
    ("two documents", "file.yml", f"{HEAD}answers: {{}}\n---\n{HEAD}answers: {{}}".encode(), "YAML"),
    ("an unknown key", "file.yml", f"{HEAD}answers: {{}}\nremark: x".encode(), "unknown key"),
    ("a workbook by the name of a text", "file.yml", b"PK\x03\x04", "its name says that it is text"),
    _json("a tab between keys", '{\t"basics":\t{"team": "x"}}', _basics(team="x")),
    _json("characters that YAML refuses", '{"basics": {"team": "a\x7fb\uffffc"}}', _basics(team="a b c")),
    _json("blanks around an id", '{" basics\u00a0": {"\u007fteam ": "x"}}', _basics(team="x")),
    _json("blanks around ids of which one is taken", '{"basics": {" team": "x", "team": "y", "hours ": "", " hours": "1"}}', _basics(**{" team": "x", "team": "y", "hours": "", " hours": "1"})),
    _json("a long key", f'{{"basics": {{"{"k" * 1100}": "x"}}}}', _basics(**{"k" * 1100: "x"})),
    _json("a number as it is written", '{"basics": {"team": 1.10, "count": 12345678901234567890}}', _basics(team="1.10", count="12345678901234567890")),
    _json("nothing is no answer", '{"basics": {"team": null}}', _basics(team="")),
    _json("a key twice", '{"basics": {"team": "x", "team": "y"}}', "team"),
    _json("a key twice, written differently", '{"basics": {"team": "x", "te\\u0061m": "y"}}', "team"),
    _json("what is no number", '{"basics": {"count": NaN}}', "JSON"),
    _json("a row that is none", '{"crew": [3]}', "expected a row"),
    ("UTF-16 in JSON", "file.json", f'{_JSON}{{"basics": {{"team": "é"}}}}}}'.encode("utf-16"), _basics(team="é")),
    ("CRLF in JSON", "file.json", f'{_JSON}\r\n{{"basics": {{"team": "x"}}}}}}'.encode(), _basics(team="x")),
]  # fmt: skip
