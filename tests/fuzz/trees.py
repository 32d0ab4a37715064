"""Decision trees, changed in their structure or in their bytes."""

from __future__ import annotations

from random import Random

from tests.fuzz.damage import damaged
from tests.fuzz.whole import examine, restructured, small


def once(random: Random) -> None:
    """A tree, and sometimes a layer over it."""
    files: dict[str, bytes] = {}
    name = "data/decision_tree.yml"
    for there in random.choice(([name], [f"company/{name[5:]}"], [name, f"company/{name[5:]}"])):
        raw = damaged((small() / name).read_bytes(), random) if random.random() < 0.3 else b""
        files[there] = raw or restructured(name, random, times=5)
    examine(files)
