"""Pydantic's errors in our words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from macros.diagnostics import Diagnostic, did_you_mean
from macros.load.merge import Place
from macros.load.scalars import Ambiguous, read_as
from macros.model.base import ID_PATTERN


def translate(place: Place, model: type[BaseModel], error: ValidationError) -> Iterator[Diagnostic]:
    """Each of pydantic's errors as one diagnostic at the value it is about."""
    for problem in error.errors(include_url=False):
        if problem["type"] == "too_short" and len(problem["input"]) >= problem["ctx"]["min_length"]:
            continue  # there are enough; those that are broken were not counted, and are told
        below = tuple(part for part in problem["loc"] if part != "[key]")
        of_key = "[key]" in problem["loc"] or problem["type"] == "extra_forbidden"
        rule, message, hint = _say(model, problem)
        if problem["type"] == "missing":
            below = below[:-1]  # there is no such key: point at what lacks it
        yield place.diagnostic(below, message, hint, rule, of_key=of_key)


def _say(model: type[BaseModel], problem: Mapping[str, Any]) -> tuple[str, str, str]:
    """Rule, message and hint for one pydantic error."""
    kind, value, context = problem["type"], problem["input"], problem.get("ctx", {})
    loc = problem["loc"]
    if kind == "extra_forbidden":
        known = _keys_at(model, loc[:-1])
        hint = did_you_mean(str(loc[-1]), known) or f"expected one of {', '.join(known)}"
        if value is None and not hint.startswith("did"):
            hint = "a comma ends the text before it in {…}: put that text in quotes"
        return "unknown-key", "unknown key", hint
    if kind == "missing":
        return "missing-key", f"missing '{loc[-1]}'", ""
    if isinstance(value, Ambiguous):
        return "yaml-trap", f"`{value.raw}` is read as {value.reading}", _rewrite(kind, value)
    if kind == "string_type":
        if isinstance(value, (bool, int, float)):
            shown = str(value).lower() if isinstance(value, bool) else str(value)
            message = f"expected text, got {read_as(value)}"
            return "yaml-trap", message, f'write "{shown}" to keep it as text'
        return "wrong-type", f"expected text, got {read_as(value)}", ""
    if kind == "literal_error":
        expected = _options(context["expected"])
        message = f"expected {_either(expected)}, got {_shown(value)}"
        hint = did_you_mean(value, expected) if isinstance(value, str) else ""
        return "wrong-value", message, hint
    if kind == "string_too_short":
        return "wrong-value", "expected text, got nothing", ""
    if kind == "string_pattern_mismatch":
        if context["pattern"] == ID_PATTERN:
            message = f"{_shown(value)} is not an id: lower-case words joined by '-'"
            return "wrong-value", message, _kebab_hint(value)
        return "wrong-value", f"{_shown(value)} does not match {context['pattern']}", ""
    if kind in _TYPES:
        return "wrong-type", f"expected {_TYPES[kind]}, got {read_as(value)}", ""
    if kind in ("too_short", "too_long"):
        bound = f"at least {context['min_length']}" if "min_length" in context else ""
        bound = bound or f"at most {context['max_length']}"
        return "wrong-value", f"expected {bound} items, got {context['actual_length']}", ""
    if kind == "value_error":
        return "wrong-value", str(context["error"]), ""
    plain = str(problem["msg"])
    return "wrong-value", plain[:1].lower() + plain[1:], ""


_TYPES = {
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
}


def _rewrite(kind: str, value: Ambiguous) -> str:
    if kind == "bool_type":
        return "write true or false"
    if kind in ("int_type", "float_type"):
        return "write it in plain digits"
    return f'write "{value.raw}" to keep it as text'


def _options(expected: str) -> list[str]:
    """The values in pydantic's "'a', 'b' or 'c'"."""
    return [part.strip().strip("'") for part in expected.replace(" or ", ", ").split(", ")]


def _either(words: Iterable[str]) -> str:
    quoted = [f"'{word}'" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def _shown(value: object) -> str:
    return f"'{value[:60]}'" if isinstance(value, str) else read_as(value)


def _kebab_hint(value: object) -> str:
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in str(value).lower()).split()
    return f"write '{'-'.join(words)}'" if words else ""


@cache
def _keys_of(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(model.model_fields)


def _keys_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> tuple[str, ...]:
    """Keys that the mapping at `loc` inside `model` may have."""
    for part in loc:
        if isinstance(part, int) or part not in model.model_fields:
            continue
        inner = _model_in(model.model_fields[part].annotation)
        if inner is not None:
            model = inner
    return _keys_of(model)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model inside `tuple[Model, ...]`, `Model | None` and the like."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)
