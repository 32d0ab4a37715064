"""Two changes of one text put together."""

from __future__ import annotations

import pytest

from macros.company.upgrading.texts import MOST_LINES, difference, merged

OLD = b"1\n2\n3\n4\n5\n6\n"


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (b"1\nb\n3\n4\n5\n6\n", b"1\n2\n3\n4\ne\n6\n", b"1\nb\n3\n4\ne\n6\n"),
        (b"0\n1\n2\n3\n4\n5\n6\n", b"1\n2\n3\n4\n5\n6\n7\n", b"0\n1\n2\n3\n4\n5\n6\n7\n"),
        (b"1\n3\n4\n5\n6\n", b"1\n2\n3\n4\n5\n", b"1\n3\n4\n5\n"),
        (b"1\nx\n3\n4\n5\n6\n", b"1\nx\n3\n4\n5\ny\n", b"1\nx\n3\n4\n5\ny\n"),
        (OLD, b"x\n", b"x\n"),
        (b"1\nb\n3\n4\n5\n6\n", b"1\nx\n3\n4\n5\n6\n", None),
        (b"1\nb\n3\n4\n5\n6\n", b"1\n2\nc\n4\n5\n6\n", None),
        (b"1\n2\n3\na\n4\n5\n6\n", b"1\n2\n3\nb\n4\n5\n6\n", None),
        (b"1\n\xff", OLD, None),
        (b"1\0", OLD, None),
    ],
)
def test_changes_of_different_lines_are_put_together(one: bytes, other: bytes, both: bytes | None) -> None:
    assert merged(OLD, one, other) == both
    assert merged(OLD, other, one) == both


def test_a_long_difference_is_cut_and_says_so() -> None:
    lines = list(difference(b"", b"x\n" * 1000, ("a", "b")))
    assert len(lines) == MOST_LINES + 1
    assert lines[-1] == "(and 603 lines more)"


def test_what_is_no_text_is_named_only() -> None:
    assert list(difference(b"\0", b"x", ("a", "b"))) == ["--- a", "+++ b", "(not text)"]


def test_what_a_terminal_would_obey_is_not_shown_as_it_is() -> None:
    assert list(difference(b"", b"a\x1b[2J\tb\n", ("a", "b")))[-1] == "+a\ufffd[2J\tb"


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (b"1\nb\n3\n4\n5\n6\n", b"1\n2\nc\n4\n5\n6\n", b"1\nb\nc\n4\n5\n6\n"),
        (b"1\nb\n3\n4\n5\n6\n", b"1\n2\nnew\n3\n4\n5\n6\n", b"1\nb\nnew\n3\n4\n5\n6\n"),
        (b"1\nb\n3\n4\n5\n6\n", b"1\nx\n3\n4\n5\n6\n", None),
        (b"1\n2\na\n3\n4\n5\n6\n", b"1\n2\nb\n3\n4\n5\n6\n", None),
    ],
)
def test_neighbors_fit_together_where_that_is_wanted(one: bytes, other: bytes, both: bytes | None) -> None:
    assert merged(OLD, one, other, touching=True) == both
    assert merged(OLD, other, one, touching=True) == both
