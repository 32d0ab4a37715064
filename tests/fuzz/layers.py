"""Company layers: entries taken from upstream's own lists, changed; and settings of the site."""

from __future__ import annotations

from random import Random
from typing import Any

import yaml

from tests.fuzz.damage import damaged
from tests.fuzz.whole import examine, mutated, small

SITE: dict[str, Any] = {
    "name": "Acme",
    "public": True,
    "colors": {"primary": "#14365c", "link": "#7a2450"},
    "language": "de",
    "plugins": ["search", {"tags": {"x": 1}}],
    "extra_css": ["assets/ours.css"],
    "navigation": [
        {"page": "index.md", "after": "Home"},
        {"section": "Ours", "pages": ["index.md"], "before": "Home"},
        {"remove": "index.md"},
    ],
}


def once(random: Random) -> None:
    """A layer of one to three files."""
    files: dict[str, bytes] = {}
    for _ in range(random.randrange(1, 4)):
        path = random.choice(sorted((small() / "data").glob("*.yml")))
        value: Any = SITE if random.random() < 0.2 else yaml.safe_load(path.read_text("utf-8"))
        name = "company/site.yml" if value is SITE else f"company/{path.name}"
        for _ in range(random.randrange(1, 5)):
            value = mutated(value, random)
        content = yaml.safe_dump(value, allow_unicode=True, sort_keys=False).encode("utf-8", "replace")
        files[name] = damaged(content, random) if random.random() < 0.4 else content
    examine(files)
