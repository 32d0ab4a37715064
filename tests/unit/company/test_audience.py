"""Who can read the published site, and whether the company said that it is meant."""

from __future__ import annotations

import json

import pytest

from macros.company.audience import is_private, open_to_anyone, refusal
from macros.model.settings import SiteSettings
from macros.report import line


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"repository": {"private": True}}, True),
        ({"repository": {"private": False}}, False),
        ({"repository": {"private": True, "visibility": "internal"}}, True),
        ({"repository": {"private": False, "visibility": "public"}}, False),
        ({"repository": {"visibility": "private"}}, True),
        ({"repository": {"private": "yes"}}, None),
        ({"repository": []}, None),
        ([], None),
    ],
)
def test_a_repository_is_private_where_its_event_says_so(event: object, expected: bool | None) -> None:
    assert is_private(json.dumps(event).encode()) is expected


@pytest.mark.parametrize("event", [b"", b"{", b"\xff", b"[" * 100_000])
def test_an_event_that_cannot_be_read_says_nothing(event: bytes) -> None:
    assert is_private(event) is None


def test_pages_are_open_unless_the_host_says_that_they_have_a_lock() -> None:
    assert not open_to_anyone(b'{"public": false}')
    assert all(
        open_to_anyone(said) for said in (b"", b"{}", b'{"public": true}', b'{"message": "Not Found"}')
    )


@pytest.mark.parametrize(
    ("public", "private", "open_site", "expected"),
    [
        (None, False, True, None),
        (None, None, True, None),
        (None, True, False, None),
        (None, True, True, "though its repository is private; if that is meant, write 'public: true'"),
        (True, True, True, None),
        (True, False, True, None),
        (False, True, True, "and it says 'public: false'"),
        (False, False, True, "and it says 'public: false'"),
        (False, None, True, "and it says 'public: false'"),
        (False, True, False, None),
    ],
)
def test_what_nobody_said_to_be_meant_is_refused(
    public: bool | None, private: bool | None, open_site: bool, expected: str | None
) -> None:
    found = refusal(SiteSettings(public=public), private=private, open_site=open_site)
    assert (found is None) == (expected is None)
    if found and expected:
        assert line(found).startswith("company/site.yml:1:1: anyone on the internet could read this site, ")
        assert expected in line(found)
