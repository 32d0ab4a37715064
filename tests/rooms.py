"""The rooms of `macros/` in their order, said here and nowhere else.

A room is a module or a folder of `macros/`. It imports from itself and from rooms above it, never
from one below; `tests/unit/test_architecture.py` holds that. Run as a script (`make architecture`),
this writes the table and the picture of the rooms in docs/contributing/ from the imports as they are.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "macros"

ROOMS: list[tuple[tuple[str, ...], str]] = [
    (("diagnostics",), "One type for a problem: where it is, what was expected, what was probably meant"),
    (("report",), "Problems printed: as text, as JSON, as annotations on GitHub"),
    (
        ("writing",),
        "Files and folders written whole or not at all, whatever ends the process or fills the disk",
    ),
    (("places",), "Files as they lie in folders, and the addresses under which they are published"),
    (("project",), "Where things are; a file is read with its problems"),
    (("model",), "What the data is: models, kinds, editors' schemas, the Data reference"),
    (("load",), "From files to valid items: YAML with positions, the company's lists merged over upstream's"),
    (("rules",), "Checks across files: a rule is a small function from what was read to problems"),
    (("playbook",), "`load`, the one entry: all of the data, valid and immutable"),
    (("company",), "The fork's own layer: what differs, a newer upstream, site settings, first files"),
    (("sheets",), "Templates laid out and filled: answers read, written and compared"),
    (("views",), "What a page shows: functions of the playbook, with Jinja partials beside them"),
    (("export",), "The playbook for other tools, and the blank templates"),
    (("site",), "What runs inside the generators, and what runs them"),
    (("cli", "__init__"), "The two doors: the `playbook` command, and what the generators load"),
]
"""Names of modules and folders of `macros/`, and what they are for; each row may import from those above."""

TABLE = ROOT / "docs" / "contributing" / "architecture.md"
PICTURE = ROOT / "docs" / "contributing" / "rooms.svg"
BEGIN, END = "<!-- rooms: written by `make architecture` -->\n", "<!-- end of rooms -->\n"


def level_of(room: str) -> int | None:
    """Which row a room stands in; None for one that is in no row."""
    return next((level for level, (names, _) in enumerate(ROOMS) if room in names), None)


# --- imports ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Import:
    """One module that another one names.

    Args:
        source: the module that imports, as in ``macros.views.raci``.
        target: the module that is imported.
        for_types: whether only a type checker runs it.
    """

    source: str
    target: str
    for_types: bool


def modules() -> dict[str, Path]:
    """Every module of `macros/` by its dotted name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def room_of(module: str) -> str:
    """The room that a module is in; the package's own module is called `__init__`."""
    return [*module.split("."), "__init__"][1]


@cache
def imports() -> tuple[Import, ...]:
    """Every import between modules of `macros/`, wherever in a module it is written."""
    known = modules()
    return tuple(dict.fromkeys(each for name in known for each in _imports_of(name, known)))


def _imports_of(source: str, known: Mapping[str, Path]) -> Iterator[Import]:
    for name, for_types in names(known[source].read_text("utf-8")):
        target = name if name in known else name.rpartition(".")[0]
        if target in known and target != source:
            yield Import(source, target, for_types)


@cache
def names(text: str) -> tuple[tuple[str, bool], ...]:
    """Dotted names that a module's text imports, each with whether only a type checker does."""
    nodes = list(ast.walk(ast.parse(text)))
    blocks = [node for node in nodes if isinstance(node, ast.If) and _is_for_types(node.test)]
    for_types = {id(node) for block in blocks for statement in block.body for node in ast.walk(statement)}
    return tuple((name, id(node) in for_types) for node in nodes for name in names_in(node))


def names_in(node: ast.AST) -> list[str]:
    """Dotted names that an import statement names; a module's contents as ``module.name``."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def _is_for_types(test: ast.expr) -> bool:
    return "TYPE_CHECKING" in (getattr(test, "id", ""), getattr(test, "attr", ""))


def upwards() -> list[Import]:
    """Imports from a room that stands below the importing one, or in no row."""

    def level(module: str) -> int:
        found = level_of(room_of(module))
        return len(ROOMS) if found is None else found

    return [each for each in imports() if level(each.target) > level(each.source)]


def circle() -> list[str]:
    """Modules that import each other in a circle, the first one again at the end; empty for none."""
    targets: dict[str, list[str]] = {}
    for each in imports():
        if not each.for_types:
            targets.setdefault(each.source, []).append(each.target)
    done: set[str] = set()

    def visit(module: str, path: list[str]) -> list[str]:
        if module in path:
            return [*path[path.index(module) :], module]
        if module in done:
            return []
        found = next(filter(None, (visit(each, [*path, module]) for each in targets.get(module, ()))), [])
        done.add(module)
        return found

    return next(filter(None, (visit(module, []) for module in targets)), [])


def arrows() -> Counter[tuple[int, int]]:
    """Number of imports between rows: importing row, imported row."""
    levels = [(level_of(room_of(each.source)), level_of(room_of(each.target))) for each in imports()]
    return Counter((a, b) for a, b in levels if a is not None and b is not None and a != b)


# --- the table --------------------------------------------------------------------------


def table() -> str:
    """The rooms as a Markdown table, with links to their folders."""
    found = arrows()
    lines = ["| | Room | What it is for | Imports from |", "| --- | --- | --- | --- |"]
    for level, (names, text) in enumerate(ROOMS):
        used = [name for above in range(level) if found[level, above] for name in ROOMS[above][0]]
        room = ", ".join(f"[`{name}`](../../macros/{_target(name)})" for name in names)
        lines.append(f"| {level + 1} | {room} | {text} | {', '.join(used) or 'nothing of ours'} |")
    return "\n".join(lines) + "\n"


def _target(name: str) -> str:
    return f"{name}.py" if (PACKAGE / f"{name}.py").is_file() else name


def with_table(text: str) -> str:
    """A page with the table between its markers as it is now."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


# --- the picture ------------------------------------------------------------------------

STEP = (54, 46)
"""From one room to the next: across, and down."""
HEIGHT = 32
MARGIN = 16
HANG = 22
"""Where arrows reach a room: so far right of its left edge."""

STYLE = """
  text { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: #1d2733 }
  .head { font-size: 16px; font-weight: 600 }
  .soft { fill: #4a5766 }
  .name { font-weight: 600; text-anchor: middle }
  .room { stroke: #14365c; stroke-width: 1.2; fill: #e8f1fa }
  .waist { fill: #14365c }
  .on-waist { fill: #fff }
  .line { fill: none; stroke: #b3bfcc; stroke-width: 1.4 }
  .tip { fill: #7d8b9b }
  .count { fill: #fff; stroke: #9aa8b7; stroke-width: 1.2 }
  .number { font-size: 12px; text-anchor: middle; font-variant-numeric: tabular-nums }
  .many { fill: #fcf1e0; stroke: #b96a10 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e3e9f0 }
    .soft { fill: #aab6c4 }
    .room { stroke: #86bdf3; fill: #1b2a3c }
    .waist { fill: #86bdf3 }
    .on-waist { fill: #10161d }
    .line { stroke: #47566a }
    .tip { fill: #8797a9 }
    .count { fill: #151b23; stroke: #5d6d80 }
    .many { fill: #3a2a12; stroke: #ffb877 }
  }
"""
"""The colors of the site, light and dark."""

MANY = 6
"""From so many imports on, an arrow's number is shown in another color."""


def picture() -> str:
    """The rooms as an SVG: boxes in order down the diagonal, and each import's way up to its room."""
    found = arrows()
    width = MARGIN * 2 + STEP[0] * (len(ROOMS) - 1) + _width(ROOMS[-1][0])
    height = MARGIN * 2 + STEP[1] * (len(ROOMS) - 1) + HEIGHT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" role="img" aria-labelledby="title desc">',
        '<title id="title">The rooms of macros/, and which imports from which</title>',
        f'<desc id="desc">{escape(_in_words(found))}</desc>',
        f"<style>{STYLE}</style>",
        *_legend(width),
        *(part for level in range(len(ROOMS)) for part in _lines(level, found)),
        *(part for level in range(len(ROOMS)) for part in _box(level)),
        *(_count(*pair, number) for pair, number in sorted(found.items())),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _in_words(found: Mapping[tuple[int, int], int]) -> str:
    """What the picture shows, for somebody who does not see it."""
    said = []
    for level, (names, _) in enumerate(ROOMS):
        used = [
            f"{_called(ROOMS[above][0])} ({n})" for (at, above), n in sorted(found.items()) if at == level
        ]
        said.append(f"{_called(names)} imports from {', '.join(used) or 'no other room'}.")
    return " ".join(said)


def _called(names: tuple[str, ...]) -> str:
    return " · ".join(names)


def _corner(level: int) -> tuple[int, int]:
    """Left upper corner of a room's box."""
    return MARGIN + STEP[0] * level, MARGIN + STEP[1] * level


def _width(names: tuple[str, ...]) -> int:
    return max(86, 26 + 8 * len(_called(names)))


def _legend(width: int) -> Iterator[str]:
    """What the picture shows and how it is read, where no arrow can be."""
    lines = [
        ("head", "A room imports only from rooms above it"),
        ("soft", "Follow a line from a room to the left and then up to see what it"),
        ("soft", f"imports from. Numbers count imports; amber is {MANY} or more."),
        ("soft", "Above playbook, data is read; below it, it is used."),
    ]
    for number, (kind, text) in enumerate(lines):
        yield (
            f'<text class="{kind}" x="{width - MARGIN}" y="{MARGIN + 18 + 21 * number}"'
            f' text-anchor="end">{escape(text)}</text>'
        )


def _lines(level: int, found: Mapping[tuple[int, int], int]) -> Iterator[str]:
    """The line from a room to the left, and the one from below up to it."""
    x, y = _corner(level)
    targets = [above for at, above in found if at == level]
    sources = [at for at, above in found if above == level]
    if targets:
        yield f'<path class="line" d="M{x} {y + HEIGHT // 2}H{_corner(min(targets))[0] + HANG}"/>'
    if sources:
        top, bottom = y + HEIGHT, _corner(max(sources))[1] + HEIGHT // 2
        yield f'<path class="line" d="M{x + HANG} {bottom}V{top + 8}"/>'
        yield f'<path class="tip" d="M{x + HANG} {top + 1}l5 9h-10z"/>'


def _box(level: int) -> Iterator[str]:
    """A room with its name."""
    (x, y), names = _corner(level), ROOMS[level][0]
    wide = _width(names)
    waist = names == ("playbook",)
    yield (
        f'<rect class="room{" waist" if waist else ""}" x="{x}" y="{y}" width="{wide}" height="{HEIGHT}" rx="6"/>'
    )
    yield (
        f'<text class="name{" on-waist" if waist else ""}" x="{x + wide // 2}" y="{y + HEIGHT // 2 + 5}">'
        f"{escape(_called(names))}</text>"
    )


def _count(level: int, above: int, number: int) -> str:
    """How many imports there are from one room to another, where their lines meet."""
    x, y = _corner(above)[0] + HANG, _corner(level)[1] + HEIGHT // 2
    many = " many" if number >= MANY else ""
    return (
        f'<circle class="count{many}" cx="{x}" cy="{y}" r="11"/><text class="number" x="{x}" y="{y + 4}">'
        f"{number}</text>"
    )


def main() -> None:
    """Write the table and the picture."""
    TABLE.write_bytes(with_table(TABLE.read_text("utf-8")).encode())
    PICTURE.write_bytes(picture().encode())


if __name__ == "__main__":
    main()
