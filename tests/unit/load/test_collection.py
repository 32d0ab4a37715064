"""Garbage is not collected while something is read."""

from __future__ import annotations

import gc

import pytest

from macros.load.collection import without_collection


def reads(*, fails: bool) -> bool:
    """Whether garbage is collected while something is read."""
    with without_collection():
        if fails:
            raise ValueError("cannot be read")
        return gc.isenabled()


@pytest.mark.parametrize("enabled", [True, False])
def test_collecting_garbage_goes_on_as_it_was_after_reading(enabled: bool) -> None:
    was = gc.isenabled()
    try:
        gc.enable() if enabled else gc.disable()
        assert not reads(fails=False)
        assert gc.isenabled() is enabled
        with pytest.raises(ValueError, match="cannot be read"):
            reads(fails=True)
        assert gc.isenabled() is enabled
    finally:
        gc.enable() if was else gc.disable()
