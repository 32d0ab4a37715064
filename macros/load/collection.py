"""Reading without Python's garbage collection."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """Pause Python's garbage collector.

    Reading, and importing what reads, allocates much and frees little, so collections find
    nothing; they took half of the time of `load`, and a tenth of the imports'.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
