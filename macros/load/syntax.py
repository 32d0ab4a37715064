"""What YAML's parsers say, in plain words."""

from __future__ import annotations

import re

import yaml

from macros.diagnostics import Diagnostic

# What the two parsers say, and what it means to somebody who writes YAML twice a year.
_MEANINGS = (
    (
        "mapping values are not allowed",
        "a second ': ' where text was expected",
        "put the text in quotes, or check the indentation",
    ),
    ("cannot start any token", "a character that needs quotes, or a tab", "YAML indents by spaces"),
    ("unexpected end of stream", "a quote that is never closed", "close it on this line"),
    ("expected node content", "a '[' or '{' that is never closed, or an empty place", "close it"),
    ("did not find expected ',' or ']'", "a '[' that is never closed", "close it with ']'"),
    ("did not find expected ',' or '}'", "a '{' that is never closed", "close it with '}'"),
    ("did not find expected '-'", "a list ends here without a reason", "check the indentation"),
    ("did not find expected key", "this line does not fit the ones above it", "check indentation"),
    ("could not find expected ':'", "a key without its ': '", "write key: value"),
    ("undefined alias", "an alias (*) without its anchor (&)", "write the value out"),
    ("another document", "a second document ('---')", "a data file holds one document"),
)
_OPENED_BEFORE = ("unexpected end of stream", "expected ',' or")


def syntax_problem(name: str, text: str, error: yaml.YAMLError) -> Diagnostic:
    """A YAML error in plain words, at the place that the parser names."""
    if isinstance(error, yaml.MarkedYAMLError):
        said = f"{error.problem or error.context or 'cannot be parsed'}"
        mark = error.problem_mark or error.context_mark
        if error.context_mark and any(words in said for words in _OPENED_BEFORE):
            mark = error.context_mark
        line, column = _within(text, mark.line + 1, mark.column + 1) if mark else (1, 1)
        for theirs, ours, hint in _MEANINGS:
            if theirs in said:
                return Diagnostic(name, line, column, "", f"YAML: {ours}", hint, "yaml-syntax")
        return Diagnostic(name, line, column, "", f"YAML: {said}", "", "yaml-syntax")
    at = getattr(error, "position", None)
    before = text[:at] if isinstance(at, int) else ""
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    reason = getattr(error, "reason", None) or "cannot be parsed"
    return Diagnostic(name, line, column, "", f"YAML: {reason}", "", "yaml-syntax")


_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""Where a line ends, for YAML."""


def _within(text: str, line: int, column: int) -> tuple[int, int]:
    """A place of the text: the parser names the line below the last one where that has no end."""
    lines = _BREAK.split(text)
    return (line, column) if line <= len(lines) else (len(lines), len(lines[-1]) + 1)
