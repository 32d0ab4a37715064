"""Files of answers, damaged: each is a draft or problems with places, and never an exception."""

from __future__ import annotations

import re
import tempfile
from functools import cache
from pathlib import Path
from random import Random

from macros.diagnostics import Diagnostics
from macros.playbook import Playbook, load
from macros.sheets.files import convert
from macros.sheets.read import read
from macros.sheets.spec import specs
from tests.fuzz.damage import damaged

LINE = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""Where a line ends, for YAML."""
ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "tests/vectors/files-0.1.0").glob("*/draft.[jy]*"))


@cache
def _playbook() -> Playbook:
    found = load(ROOT)
    assert isinstance(found, Playbook)
    return found


def once(random: Random) -> None:
    """One damaged file through the command line's reader."""
    known = specs(_playbook())
    sample = random.choice(SAMPLES)
    content = damaged(sample.read_bytes(), random)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / sample.name
        path.write_bytes(content)
        saved = read(path, known)
    if isinstance(saved, Diagnostics):
        assert saved
        lines = LINE.split(content.decode("utf-8", "replace"))
        for each in saved:
            assert each.path == sample.name
            assert 1 <= each.line <= len(lines), each
            assert each.column >= 1, each
    else:
        convert(known[saved.template], saved, "md")
