"""What is wrong, where, and what was meant: the one type every check reports in."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Severity = Literal["error", "warning"]
Where = tuple[str | int, ...]
"""Keys and list indices that lead from a file's top to a value."""


@dataclass(frozen=True, order=True)
class Diagnostic:
    """One problem. Sorting orders by file, then line, then column.

    Args:
        path: file, relative to the project's root, with forward slashes.
        line: 1-based line.
        column: 1-based column, counted in characters.
        where: dotted path of the value, as in ``activities[2].roles``; empty for a whole file.
        message: what is wrong and what was expected.
        hint: what was probably meant, or what to do about it; empty where nothing is near.
        rule: id of the rule that found it.
        severity: ``error`` fails a check, ``warning`` does not.
    """

    path: str
    line: int
    column: int
    where: str
    message: str
    hint: str = ""
    rule: str = "data"
    severity: Severity = "error"

    @classmethod
    def of_file(cls, path: str, message: str, hint: str = "", rule: str = "data") -> Diagnostic:
        """A problem with all of a file."""
        return cls(path, 1, 1, "", message, hint, rule)


class Diagnostics(tuple[Diagnostic, ...]):
    """A sorted, duplicate-free sequence of problems."""

    def __new__(cls, found: Iterable[Diagnostic] = ()) -> Diagnostics:
        return super().__new__(cls, sorted(set(found)))

    @property
    def errors(self) -> Diagnostics:
        """The ones that make a check fail."""
        return Diagnostics(d for d in self if d.severity == "error")

    @property
    def warnings(self) -> Diagnostics:
        """The ones that a check only mentions."""
        return Diagnostics(d for d in self if d.severity == "warning")


def dotted(where: Where) -> str:
    """Write a place as people read it: ``("activities", 2, "roles")`` → ``activities[2].roles``."""
    text = ""
    for part in where:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part}" if text else part
    return text


def did_you_mean(word: str, known: Collection[str]) -> str:
    """Return ``did you mean 'x'?`` for the known word nearest to `word`, or an empty string."""
    near = get_close_matches(word[:100], known, n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else ""
