"""What is wrong, where, and what was meant: the one type every check reports in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from string import ascii_lowercase, digits
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


_MANY = 500
"""So many words are compared with a misspelled one; in more of them only slips are looked up."""


def did_you_mean(word: str, known: Collection[str]) -> str:
    """Return ``did you mean 'x'?`` for the known word nearest to `word`, or an empty string.

    Thousands of mistakes in a list of thousands must not take a million comparisons: of many words, only
    one that is a single slip away is found, in the same time however many there are.
    """
    word = word[:100]
    if len(known) <= _MANY:
        near = get_close_matches(word, known, n=1, cutoff=0.6)
    else:
        words = known if isinstance(known, (Set, Mapping)) else frozenset(known)
        near = list(islice((each for each in _slips(word) if each in words), 1))
    return f"did you mean '{near[0]}'?" if near else ""


def _slips(word: str) -> Iterator[str]:
    """What was probably meant by a word with one slip in it, the likeliest first."""
    plain = "-".join(word.lower().replace("_", " ").split())
    yield from (plain, f"{word}.md", plain.removesuffix("s"), f"{plain}s")
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (before + after[1] + after[0] + after[2:] for before, after in parts if len(after) > 1)
    yield from (before + after[1:] for before, after in parts if after)
    letters = sorted({*word, *ascii_lowercase, *digits, "-"})
    yield from (before + letter + after for before, after in parts for letter in letters)
    yield from (before + letter + after[1:] for before, after in parts if after for letter in letters)
