"""Words that the texts of this project do not use, told with their place.

The list is `docs/contributing/terms.yml`. Run as a script (`make lint`), this looks through data/ and
docs/, prints `file:line:column: 'word': write …` for each hit, and ends with 1 if there is one.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
LIST = ROOT / "docs" / "contributing" / "terms.yml"
KEYS = {"use", "not", "like", "why", "but"}


@dataclass(frozen=True)
class Rule:
    """One line of the list.

    Args:
        use: what to write instead.
        why: one sentence; may be empty.
        found: what it looks for.
        allowed: longer phrases in which it is right.
    """

    use: str
    why: str
    found: re.Pattern[str]
    allowed: re.Pattern[str] | None = None


@dataclass(frozen=True)
class Hit:
    """A word at its place; line and column count from 1."""

    file: str
    line: int
    column: int
    word: str
    rule: Rule

    def __str__(self) -> str:
        """As editors and terminals link it."""
        why = f" ({self.rule.why})" if self.rule.why else ""
        return f"{self.file}:{self.line}:{self.column}: '{self.word}': write {self.rule.use}{why}"


# --- the list -----------------------------------------------------------------------------


def rules(text: str) -> list[Rule]:
    """The list as rules.

    Raises:
        ValueError: an entry has an unknown key, or lacks `use` or what it looks for.
    """
    read = yaml.safe_load(text)
    spelling = [{"use": use, "not": [word], "why": "US English."} for word, use in read["spelling"].items()]
    return [_rule(entry) for entry in (*read["terms"], *spelling)]


def _rule(entry: dict[str, Any]) -> Rule:
    unknown = entry.keys() - KEYS
    words = [_phrase(word) for word in entry.get("not", ())]
    if unknown or "use" not in entry or not (words or entry.get("like")):
        raise ValueError(f"{entry}: expected use, why, and not or like; unknown: {sorted(unknown)}")
    likes = [f"(?-i:{pattern})" for pattern in entry.get("like", ())]
    allowed = [_phrase(phrase) for phrase in entry.get("but", ())]
    return Rule(
        entry["use"],
        entry.get("why", ""),
        re.compile("|".join((*words, *likes)), re.IGNORECASE),
        re.compile("|".join(allowed), re.IGNORECASE) if allowed else None,
    )


def _phrase(phrase: str) -> str:
    """A whole word or phrase, also across a line's end; its `*` is any ending."""
    ends = phrase.endswith("*")
    words = re.escape(phrase.rstrip("*")).replace(r"\ ", r"\s+")
    return rf"(?<![\w-]){words}" + (r"[\w-]*" if ends else r"(?![\w-])")


# --- what is text -------------------------------------------------------------------------

_NO_TEXT = {
    ".md": re.compile(
        r"^(?P<fence>```+|~~~+).*?^(?P=fence)"  # code
        r"|^---\n.*?\n---\n"  # front matter
        r"|`[^`\n]+`|\]\([^)\s]*\)|\{\{.*?\}\}|\{%.*?%\}|<[^>\n]*>|https?://\S+",
        re.DOTALL | re.MULTILINE,
    ),
    ".yml": re.compile(
        r"^# yaml-language-server.*$|`[^`\n]+`|\]\([^)\s]*\)|\[\[[^\]\n]*\]\]|https?://\S+"
        r"|\b(?:id|to|of|page|template|list|old|new|value|aspect|role|stage): *[\w/.-]+(?=[,}\n])",
        re.MULTILINE,
    ),
}


def prose(text: str, suffix: str) -> str:
    """The text with code, addresses and ids blanked, so that every place stays where it is."""
    return _NO_TEXT[suffix].sub(lambda found: re.sub(r"[^\n]", "\0", found[0]), text)


def hits(file: str, text: str, listed: list[Rule]) -> Iterator[Hit]:
    """Words of a file that the list does not want."""
    shown = prose(text, Path(file).suffix)
    for rule in listed:
        right = [each.span() for each in rule.allowed.finditer(shown)] if rule.allowed else []
        for found in rule.found.finditer(shown):
            if not any(start <= found.start() and found.end() <= end for start, end in right):
                before = text[: found.start()]
                line, column = before.count("\n") + 1, found.start() - (before.rfind("\n") + 1) + 1
                yield Hit(file, line, column, " ".join(found[0].split()), rule)


def files() -> list[Path]:
    """The texts: data without its schemas, and pages for readers and maintainers, without the list itself."""
    data = [path for path in (ROOT / "data").rglob("*.yml") if "schema" not in path.parts]
    return sorted([*data, *(ROOT / "docs").rglob("*.md")])


def all_hits() -> list[Hit]:
    """Everything that the project says otherwise than its list."""
    listed = rules(LIST.read_text("utf-8"))
    return [
        hit
        for path in files()
        for hit in sorted(
            hits(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"), listed),
            key=lambda each: (each.line, each.column),
        )
    ]


def main() -> int:
    """Print every hit."""
    found = all_hits()
    for hit in found:
        print(hit)
    if found:
        print(f"{len(found)} words to change; {LIST.relative_to(ROOT)} has the list and its exceptions")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
