"""JSON to plain values, with the places of what is wrong."""

from __future__ import annotations

import json
import re
from typing import Any

from macros.diagnostics import Diagnostic, Where, dotted
from macros.sheets.meaning import MAX_VALUES, SAYS


def printable(name: str) -> str:
    """A file's name in one line, with nothing in it that a terminal would act on."""
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in name)


class JsonDocument:
    """A parsed JSON file; where something stands is looked up when there is something to say of it."""

    def __init__(self, path: str, text: str, value: Any) -> None:
        self.path, self.text, self.value = path, text, value

    def diagnostic(
        self, where: Where, message: str, hint: str = "", rule: str = "data", *, of_key: bool = False
    ) -> Diagnostic:
        """A problem with the value at `where`, or with its key; see `YamlDocument.diagnostic`."""
        line, column = _line_and_column(self.text, _find(self.text, where, of_key))
        return Diagnostic(self.path, line, column, dotted(where), message, hint, rule)


def _line_and_column(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


_BLANK = re.compile(r"[ \t\n\r]*")


def _skip(text: str, at: int) -> int:
    """Where the next thing begins behind blanks, a comma or a colon."""
    at = _BLANK.match(text, at).end()  # type: ignore[union-attr]
    if text[at : at + 1] in (",", ":"):
        at = _BLANK.match(text, at + 1).end()  # type: ignore[union-attr]
    return at


def _find(text: str, where: Where, of_key: bool) -> int:
    """Where a value of JSON begins, or its key; the nearest above it where there is none."""
    decode = json.JSONDecoder().raw_decode
    at = _skip(text, 0)
    for depth, part in enumerate(where):
        inside, index = _skip(text, at + 1), 0
        while inside < len(text) and text[inside] not in "]}":
            key, value = str(index), inside
            if text[at] == "{":
                key, end = decode(text, inside)
                value = _skip(text, end)
            if key == str(part):
                break
            inside, index = _skip(text, decode(text, value)[1]), index + 1
        else:
            return at
        at = inside if of_key and depth == len(where) - 1 else value
    return at


class _NotJsonError(ValueError):
    """What JSON does not allow, or what counts once only."""


def parse_json(name: str, text: str) -> tuple[JsonDocument | None, list[Diagnostic]]:
    """Parse JSON. A number is the text that stands there."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for index, key in enumerate(keys) if key in keys[:index])
            raise _NotJsonError(f"duplicate key '{printable(twice[:80])}'")
        return found

    def refuse(word: str) -> None:
        raise _NotJsonError(f"JSON: no value is called {word}")

    line, column, message = 1, 1, "JSON that cannot be read"
    try:
        # Each value but the last has a comma behind it, or stands in a list or mapping of its own.
        if len(re.findall(r"[,\[{]", text)) > 5 * MAX_VALUES:
            return None, [Diagnostic.of_file(name, SAYS["many"], "", "answers-file")]
        value = json.loads(
            text, object_pairs_hook=once, parse_constant=refuse, parse_int=str, parse_float=str
        )
        if isinstance(value, str) and text[_skip(text, 0)] != '"':
            value = 0  # whatever number it is, it is no text
        return JsonDocument(name, text, _frozen(value)), []
    except json.JSONDecodeError as error:
        line, column, message = error.lineno, error.colno, f"JSON: {error.msg}"
    except _NotJsonError as error:
        message = str(error)
        word = message.split("'")[1] if "'" in message else message.rpartition(" ")[2]
        places = [found.start() for found in re.finditer(re.escape(word), text)]
        line, column = _line_and_column(text, places[-1] if places else 0)
    except (RecursionError, ValueError):
        pass
    return None, [Diagnostic(name, line, column, "", message, "", "answers-file")]


def _frozen(value: Any) -> Any:
    """Lists as tuples, as documents have them."""
    if isinstance(value, list):
        return tuple(_frozen(each) for each in value)
    if isinstance(value, dict):
        return {key: _frozen(each) for key, each in value.items()}
    return value
