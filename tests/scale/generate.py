"""Large playbooks and large sites, made from what is shipped.

python -m tests.scale.generate data FOLDER 100          # a hundred times the shipped data
python -m tests.scale.generate pages FOLDER 1500        # so many company pages more
python -m tests.scale.generate pages FOLDER 1500 docs   # as pages of docs/, with their navigation
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from macros.diagnostics import Where
from macros.load.files import read_files
from macros.load.reading import merged
from macros.load.relations import PAGE
from macros.model.kinds import KINDS, by_file
from macros.project import Project
from macros.rules.references import references
from tests.conftest import copy_parts

PARTS = ("data", "docs", "examples", "macros", "overrides", "mkdocs.yml", "pyproject.toml")
"""What a project needs to be checked and built."""
KEPT = frozenset({"page", "rules", "lists"})
"""References that lead to what is not multiplied."""


def project(folder: Path) -> Path:
    """A copy of the shipped playbook, without any company layer; returns its folder."""
    return copy_parts(folder, PARTS)


# --- data -------------------------------------------------------------------------------


def multiply(root: Path, times: int) -> None:
    """Multiply all data of a project: every item under new ids, every reference within its own copy.

    The copies of the decision tree hang below a chain of new questions, so that it stays one tree.

    Args:
        root: a project's folder, as `project` makes it.
        times: how many of each item there are afterwards; a project's templates get pages, too.
    """
    reading = merged(read_files(Project(root)), names=False)
    places = {
        kind.key: [
            (
                placed.value,
                [
                    (where, is_key)
                    for where, to, name, is_key in references(entry.item)
                    if to.kind not in KEPT and not name.startswith(f"{PAGE}:")
                ],
            )
            for placed, entry in zip(reading.files.upstream[kind.key], reading.entries[kind.key], strict=True)
        ]
        for kind in KINDS
    }
    for file, kinds in by_file().items():
        if file.endswith("/"):
            _multiply_templates(root, times, places["templates"])
            continue
        with (root / "data" / f"{file}.yml").open("w", encoding="utf-8", newline="\n") as out:
            for kind in kinds:
                out.write(f"{kind.key}:\n" if places[kind.key] else f"{kind.key}: []\n")
                if kind.key == "questions":
                    out.writelines(map(_item, _gates(times, places["questions"][0][0]["id"])))
                for number in range(times):
                    out.writelines(_item(_copy(value, number, refs)) for value, refs in places[kind.key])


def _multiply_templates(root: Path, times: int, templates: list[Any]) -> None:
    for value, refs in templates:
        page = (root / "docs/templates" / f"{value['id']}.md").read_text("utf-8")
        for number in range(1, times):
            copy = _copy(value, number, refs)
            name = copy["id"]
            (root / "data/templates" / f"{name}.yml").write_text(f"templates:\n{_item(copy)}", "utf-8")
            text = page.replace(f'"{value["id"]}"', f'"{name}"')
            (root / "docs/templates" / f"{name}.md").write_text(text, "utf-8")


def _gates(times: int, root: str) -> Iterator[dict[str, Any]]:
    """Questions above the copies of the tree, each leading to one copy and to the next question."""
    for number in range(1, times):
        onward = f"gate-{number + 1}" if number + 1 < times else _named(root, number)
        yield {
            "id": f"gate-{number}",
            "source": "kit",
            "text": f"Is it part {number}?",
            "short": f"Part {number}",
            "help": "Ask around.",
            "answers": [
                {"id": "this", "text": "Yes", "to": _named(root, number - 1)},
                {"id": "other", "text": "No", "to": onward},
            ],
        }


def _named(id: str, number: int) -> str:
    return f"{id}-{number}" if number else id


def _copy(value: dict[str, Any], number: int, refs: list[tuple[Where, bool]]) -> dict[str, Any]:
    """An item with the ids of one copy; the first copy is the item itself."""
    copy: dict[str, Any] = _listed(value)
    if number:
        copy["id"] = _named(copy["id"], number)
        for where, is_key in refs:
            *above, last = where
            holder: Any = copy
            for part in above:
                holder = holder[part]
            if is_key:
                holder[_named(str(last), number)] = holder.pop(last)
            else:
                holder[last] = _named(holder[last], number)
    return copy


def _listed(value: Any) -> Any:
    """A deep copy whose tuples are lists."""
    if isinstance(value, dict):
        return {key: _listed(each) for key, each in value.items()}
    return [_listed(each) for each in value] if isinstance(value, tuple) else value


def _item(value: dict[str, Any]) -> str:
    """An item of a list in YAML, as people write it: a key a line, small things in one line."""
    first, *others = (f"{key}: {json.dumps(each, ensure_ascii=False)}" for key, each in value.items())
    return "".join([f"  - {first}\n", *(f"    {line}\n" for line in others)])


# --- pages ------------------------------------------------------------------------------

_TEXT = """model release feature data team owner review alert batch training drift rollout metric
    service test queue contract schema window budget on-call baseline sample label"""


def pages(root: Path, number: int, place: str = "company/docs") -> None:
    """Add pages to a project, in folders of thirty with an index each, below areas of ten folders.

    Args:
        root: a project's folder.
        number: how many pages.
        place: ``company/docs``, or ``docs``: then the navigation in mkdocs.yml lists them.
    """
    names = [_page_name(index) for index in range(number)]
    chance = random.Random(1)  # noqa: S311 - the same pages each time
    for index, name in enumerate(names):
        path = root / place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_page(index, names, chance), "utf-8")
    if place == "docs":
        path = root / "mkdocs.yml"
        path.write_text(path.read_text("utf-8") + _navigation(names), "utf-8")


def _page_name(index: int) -> str:
    folder, page = divmod(index, 30)
    area, folder = divmod(folder, 10)
    return f"handbook/area-{area:02}/topic-{folder:02}/{f'page-{page:02}' if page else 'index'}.md"


def _page(index: int, names: list[str], chance: random.Random) -> str:
    """Some 400 words: headings, links to neighbors, a table, a list, and now and then a macro."""

    def words(number: int) -> str:
        return " ".join(chance.choice(_TEXT.split()) for _ in range(number)).capitalize() + "."

    def link(to: int) -> str:
        depth = names[index].count("/")
        return f"[{words(2)[:-1]}]({'../' * depth}{names[to % len(names)]})"

    parts = [f"# Page {index}: {words(3)[:-1]}", words(40)]
    for section in range(4):
        parts += [f"## {words(3)[:-1]} {section}", words(60)]
        parts.append(f"See {link(index + section + 1)} and {link(chance.randrange(len(names)))}. {words(20)}")
    parts.append("\n".join(f"- {words(6)}" for _ in range(5)))
    rows = [f"| {words(2)} | {words(4)} |" for _ in range(4)]
    parts.append("\n".join(["| What | Who |", "| --- | --- |", *rows]))
    if index % 10 == 3:
        parts.append('Ask the {{ name("roles", "ml-engineer") }} first.')
    if index % 10 == 7:
        parts.append('!!! note\n    The MLOps team owns this.\n\n```python\nprint("hello")\n```')
    return "\n\n".join(parts) + "\n"


def _navigation(names: list[str]) -> str:
    """The end of mkdocs.yml's navigation: the pages in their folders."""
    areas: dict[str, dict[str, list[str]]] = {}
    for name in names:
        _, area, topic, _ = name.split("/")
        areas.setdefault(area, {}).setdefault(topic, []).append(name)
    nested = [
        {area.capitalize(): [{topic.capitalize(): listed} for topic, listed in topics.items()]}
        for area, topics in areas.items()
    ]
    text = yaml.safe_dump([{"Handbook": nested}], sort_keys=False)
    return re.sub(r"^", "  ", text, flags=re.MULTILINE).rstrip() + "\n"


def main(what: str, folder: str, number: str, place: str = "company/docs") -> None:
    """Make a large project in a folder that does not exist yet."""
    root = project(Path(folder))
    if what == "data":
        multiply(root, int(number))
    else:
        pages(root, int(number), place)


if __name__ == "__main__":
    main(*sys.argv[1:])
