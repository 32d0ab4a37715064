"""One entry of data/renamed.yml."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from macros.model.kinds import KINDS
from macros.model.renamed import RENAMED, Renamed


@pytest.mark.parametrize(
    "given",
    [
        {"list": "roles", "old": "a"}, {"list": "roles", "old": "a", "new": "b-c"},
        {"list": "terms", "old": "a", "since": "0.2.0"}, {"list": "terms", "old": "a", "since": "10.20.30"},
    ],
)  # fmt: skip
def test_an_entry_names_a_list_and_an_id_and_perhaps_the_new_one_and_the_version(
    given: dict[str, Any],
) -> None:
    assert Renamed.model_validate(given).model_dump(exclude_none=True) == given


@pytest.mark.parametrize(
    "given",
    [
        {"old": "a"}, {"list": "roles"}, {"list": "roles", "old": "A b"}, {"list": "roles", "old": "a", "new": ""},
        {"list": "roles", "old": "a", "since": "v1"}, {"list": "roles", "old": "a", "to": "b"},
    ],
)  # fmt: skip
def test_any_other_entry_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Renamed.model_validate(given)


def test_renamed_ids_are_no_list_of_the_playbooks_own() -> None:
    assert RENAMED not in KINDS
    assert RENAMED.may_be_empty
