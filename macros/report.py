"""Reporters: the same problems as text for people, JSON for tools, annotations for GitHub."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict

from macros.diagnostics import Diagnostic, Diagnostics


def line(problem: Diagnostic) -> str:
    """One problem as ``file:line:column: where: message; hint``."""
    parts = [f"{problem.path}:{problem.line}:{problem.column}"]
    if problem.severity == "warning":
        parts.append("warning")
    if problem.where:
        parts.append(problem.where)
    said = problem.message + (f"; {problem.hint}" if problem.hint else "")
    return _one_line(": ".join([*parts, said]))


def _one_line(text: str) -> str:
    """Text without what would end its line or command the terminal: names and values are anybody's."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() or each == "\u200d" else f"\\u{ord(each):04x}" for each in text)


def text(found: Diagnostics) -> str:
    """All problems, one a line; nothing for none."""
    return "\n".join(line(problem) for problem in found)


def as_json(found: Diagnostics) -> str:
    """All problems as a JSON list of objects with the fields of `Diagnostic`."""
    return json.dumps([asdict(problem) for problem in found], indent=2)


def github(found: Diagnostics) -> str:
    """All problems as GitHub workflow commands, which show up as annotations on the diff.

    Source of the escapes: GitHub's toolkit, `command.ts` (data: % CR LF; properties: also : ,).
    """
    return "\n".join(
        f"::{problem.severity} file={_property(problem.path)},line={problem.line},"
        f"col={problem.column},title={_property(problem.rule)}::"
        + _data(": ".join(filter(None, [problem.where, problem.message])))
        + (_data(f"; {problem.hint}") if problem.hint else "")
        for problem in found
    )


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


REPORTERS: Mapping[str, Callable[[Diagnostics], str]] = {
    "text": text,
    "json": as_json,
    "github": github,
}
"""Reporter by the name that ``playbook check --format`` takes."""
