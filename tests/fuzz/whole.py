"""A whole small playbook, broken and looked at: what every subject about a playbook's files shares."""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
import traceback
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml
from jinja2 import Environment, StrictUndefined

from macros.diagnostics import Diagnostic, Diagnostics
from macros.export.data import data_files
from macros.model.template import Template
from macros.project import Project
from macros.sheets.draft import create
from macros.sheets.files import blank
from macros.sheets.remember import Memory
from macros.sheets.spec import specs
from macros.sheets.text import as_markdown
from macros.site.ready import Ready, check
from macros.views.macros import MACROS
from macros.views.render import typesetter
from tests.completing import complete
from tests.fuzz.damage import ODD

ROOT = Path(__file__).parents[2]
LINE = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
WORDS = (
    None, True, False, 0, -1, 10**30, 1.5, float("nan"), "", " ", "no", "builder", "[[builder]]", "[[zzz]]", "a" * 300,
    "<b>", "{{ raci_table() }}", "{%", "[x](y.md)", "[x](../../../etc/passwd)", "2026-02-30", "\u202e", "R/A", "R", [], {}, [[]],
    {"id": "x"}, ["x", "x"],
)  # fmt: skip
"""What people and tools put where something else belongs."""


@cache
def small() -> Path:
    """The complete small playbook, which is never changed."""
    return complete(ROOT / "tests" / "small")


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def mutated(value: Any, random: Random) -> Any:
    """A structure with one thing in it changed: gone, doubled, replaced, renamed, or put elsewhere."""
    if isinstance(value, dict) and value and random.random() < 0.85:
        key = random.choice(list(value))
        if random.random() < 0.75:
            return {**value, key: mutated(value[key], random)}
        others = {each: kept for each, kept in value.items() if each != key}
        return random.choice([
            others,
            {**others, random.choice([*map(str, others), f"{key}s", "id", "remove", "after", "", "x y"]): value[key]},
            {**value, random.choice(["id", "name", "source", "remove", "order", "zzz"]): random.choice(WORDS)},
        ])  # fmt: skip
    if isinstance(value, list) and value and random.random() < 0.85:
        at = random.randrange(len(value))
        if random.random() < 0.75:
            return [*value[:at], mutated(value[at], random), *value[at + 1 :]]
        return random.choice([
            [*value[:at], *value[at + 1 :]],
            [*value, value[at]],
            [*value[at:], *value[:at]],
            [*value, random.choice(WORDS)],
            value[at],
        ])  # fmt: skip
    if isinstance(value, str) and random.random() < 0.5:
        at = random.randrange(len(value) + 1)
        odd = random.choice([each for each in ODD if each.isprintable()])
        return random.choice(
            [value[:at] + odd + value[at:], value[:at], value * 2, value.upper(), value + " [[zzz]]"]
        )
    return random.choice(WORDS)


def restructured(name: str, random: Random, times: int = 3) -> bytes:
    """One of the small playbook's data files with a few changes of its structure."""
    value = yaml.safe_load((small() / name).read_text("utf-8"))
    for _ in range(random.randrange(1, times + 1)):
        value = mutated(value, random)
    return yaml.safe_dump(value, allow_unicode=random.random() < 0.8, sort_keys=False).encode(
        "utf-8", "replace"
    )


def examine(files: Mapping[str, bytes]) -> bool:
    """Look at the small playbook with some files written anew.

    Args:
        files: content by path below the project.

    Returns:
        Whether it was accepted; then its pages, sheets and exports were made as well.

    Raises:
        Exception: whatever must not happen.
    """
    root = _folder() / "playbook"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(small(), root)
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    found = check(Project(root))
    for problem in found if isinstance(found, Diagnostics) else found[0].warnings:
        _is_somewhere(root, problem)
    if isinstance(found, Diagnostics):
        assert found, "refused without a reason"
        return False
    playbook, site = found
    _render(Ready(playbook, site, typesetter(playbook)))
    data_files(playbook, Memory(None))
    for number, (id, spec) in enumerate(specs(playbook).items()):
        as_markdown(spec, create(spec, "x"))
        blank(spec, playbook.of(Template)[id], ("docx", "xlsx")[number % 2])
    return True


def _is_somewhere(root: Path, problem: Diagnostic) -> None:
    """A problem's place exists: its file, line and column."""
    path = root / problem.path
    if not path.is_file():
        assert (problem.line, problem.column) == (1, 1), problem
        return
    text = path.read_bytes().decode("utf-8-sig", "replace")
    lines = max((LINE.split(text), text.split("\n")), key=len)
    assert 1 <= problem.line <= len(lines), problem
    assert problem.column >= 1, problem
    if "\ufffd" not in text and len(LINE.split(text)) == len(text.split("\n")):
        assert problem.column <= len(lines[problem.line - 1]) + 1, problem


def _render(found: Ready) -> None:
    """Expand the macros on every page, as a generator does."""
    project = found.playbook.project
    for page in sorted(project.all_pages):
        env = Environment(undefined=StrictUndefined)  # noqa: S701 - Markdown
        for name in MACROS:
            env.globals[name] = _macro(found, name, page)
        try:
            env.from_string(project.page_file(page).read_text("utf-8-sig")).render()
        except Exception as error:
            # What the page itself reckons, {{ 1 / 0 }}, is its author's; what comes out of a macro is ours.
            if traceback.extract_tb(error.__traceback__)[-1].filename != "<template>":
                raise


def _macro(found: Ready, name: str, page: str) -> Callable[..., str]:
    return lambda *args, **kwargs: found.call(name, found.context(page), args, kwargs)
