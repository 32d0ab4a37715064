"""Two changes of one text: put together where they are in different places, shown where they are not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher, unified_diff

MOST_LINES = 400
"""How long a difference may be that is shown whole."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_Edit = tuple[int, int, tuple[str, ...]]
"""Lines of the old text from one up to another, and what stands there now."""


def lines_of(content: bytes) -> list[str] | None:
    """The lines of a text with their ends; None for what is no text."""
    if b"\0" in content:
        return None
    try:
        return content.replace(b"\r\n", b"\n").decode("utf-8").splitlines(keepends=True)
    except UnicodeDecodeError:
        return None


def _edits(old: list[str], new: list[str]) -> list[_Edit]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [(i, j, tuple(new[k:m])) for tag, i, j, k, m in matcher.get_opcodes() if tag != "equal"]


def merged(old: bytes, one: bytes, other: bytes, *, touching: bool = False) -> bytes | None:
    """A text with two people's changes.

    Args:
        old: what both began from.
        one: one's version.
        other: the other's.
        touching: whether changes of neighboring lines fit together, as they do in a list of keys; in prose
            two neighbors are one thought.

    Returns:
        The text with both changes, each whole; None where they do not fit together, or where one of the
        three is no text.
    """
    texts = [lines_of(content) for content in (old, one, other)]
    if any(text is None for text in texts):
        return None
    before, *after = [text for text in texts if text is not None]
    ours, theirs = (_edits(before, text) for text in after)
    alone = [edit for edit in ours if edit not in theirs]
    if any(_clash(one, other, touching=touching) for one in alone for other in theirs):
        return None
    result = list(before)
    for start, end, lines in sorted([*alone, *theirs], reverse=True):
        result[start:end] = lines
    return "".join(result).encode()


def _clash(one: _Edit, other: _Edit, *, touching: bool) -> bool:
    """Whether two changes are of the same lines, or too near."""
    if touching:
        inserted = one[0] == one[1] == other[0] == other[1]
        return inserted or (one[0] < other[1] and other[0] < one[1])
    return one[0] <= other[1] and other[0] <= one[1]


def difference(old: bytes | None, new: bytes, names: tuple[str, str]) -> Iterator[str]:
    """A difference as lines, without line ends.

    Args:
        old: one version; None for none.
        new: the other.
        names: what the two are called.
    """
    before, after = lines_of(old or b""), lines_of(new)
    if before is None or after is None:
        yield f"--- {names[0]}"
        yield f"+++ {names[1]}"
        yield "(not text)"
        return
    # A terminal does what some characters say, such as those that clear it.
    found = [_CONTROL.sub("\ufffd", line.rstrip("\n")) for line in unified_diff(before, after, *names, n=2)]
    yield from found[:MOST_LINES]
    if len(found) > MOST_LINES:
        yield f"(and {len(found) - MOST_LINES} lines more)"
