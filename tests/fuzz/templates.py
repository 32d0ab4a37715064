"""Template definitions, changed in their structure or in their bytes."""

from __future__ import annotations

from random import Random

from tests.fuzz.damage import damaged
from tests.fuzz.whole import examine, restructured, small


def once(random: Random) -> None:
    """One or two templates."""
    files: dict[str, bytes] = {}
    for _ in range(random.randrange(1, 3)):
        path = random.choice(sorted((small() / "data/templates").glob("*.yml")))
        name = path.relative_to(small()).as_posix()
        there = random.choice([name, name.replace("data/", "company/")])
        files[there] = (
            damaged(path.read_bytes(), random) if random.random() < 0.4 else restructured(name, random)
        )
    examine(files)
