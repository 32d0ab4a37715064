"""A file of the company's layer with more entries in it; what stands there stays, comments too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.nodes import MappingNode, SequenceNode

from macros.company.adopting import CannotMoveError
from macros.company.adopting.items import Entry, over
from macros.load.scalars import Ambiguous, plain_scalar
from macros.load.yaml import YamlDocument, parse

_DIRECTIONS = frozenset(["after", "before"])


class _Dumper(yaml.SafeDumper):
    """Writes what this kit reads again: a word that YAML 1.2 takes for a number is quoted, too."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = '"' if isinstance(plain_scalar(value, "str"), Ambiguous) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(tuple, lambda dumper, value: dumper.represent_list(value))
_Dumper.add_representer(type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", ""))


def dumped(value: Any) -> str:
    """A value as YAML, in block style, with texts on one line."""
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000)


@dataclass(frozen=True)
class Addition:
    """An entry to put into the layer, and what was written beside it as comments."""

    entry: Entry
    comments: tuple[str, ...] = ()

    def text(self, indent: int) -> str:
        """The entry as an item of a list that is indented by so many columns."""
        lines = [*self.comments, *dumped([self.entry]).splitlines()]
        return "".join(f"{' ' * indent}{line}\n" if line else "\n" for line in lines)


def with_entries(name: str, text: str | None, key: str, additions: Sequence[Addition], schema: str) -> str:
    """The text of a file of the layer with entries added.

    Args:
        name: the file.
        text: what it holds; None where it is not there yet.
        key: name of the list.
        additions: entries; they stand before those that are there, since these were made on top of them.
        schema: the schema that a new file names for editors, relative to the file.

    Raises:
        CannotMoveError: the file cannot be changed without losing something.
    """
    if text is None:
        return f"# yaml-language-server: $schema={schema}\n{key}:\n" + "".join(
            each.text(2) for each in additions
        )
    document, problems = parse(name, text)
    if document is None or problems or not isinstance(document.value, Mapping):
        raise CannotMoveError(f"{name} has mistakes of its own")
    if document.value.get("replace") is True:
        raise CannotMoveError(f"{name} replaces the whole list")
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    if key not in document.value:
        return "".join(lines) + f"{key}:\n" + "".join(each.text(2) for each in additions)
    return _inserted(document, key, lines, additions)


def _inserted(document: YamlDocument, key: str, lines: list[str], additions: Sequence[Addition]) -> str:
    items = document.node((key,))
    if not isinstance(items, SequenceNode) or items.flow_style or not items.value:
        raise CannotMoveError(f"{document.path} has its list in brackets")
    indent = items.start_mark.column
    if any(not lines[node.start_mark.line].lstrip().startswith("-") for node in items.value):
        raise CannotMoveError(f"{document.path} has its list in an unusual form")
    ours = {
        value.get("id"): index
        for index, value in enumerate(document.value[key])
        if isinstance(value, Mapping)
    }
    front = []
    for addition in additions:
        at = ours.get(addition.entry["id"])
        if at is None:
            front.append(addition)
            continue
        start, end = items.value[at].start_mark.line, _last_line(items.value[at]) + 1
        if any(comments_of("".join(lines[start:end]))) or lines[start - 1].lstrip().startswith("#"):
            message = f"{document.path}:{start + 1} has an entry for the same item, and a comment with it"
            raise CannotMoveError(message)
        combined = Addition(over(addition.entry, document.value[key][at]), addition.comments)
        # What places an item has to come in its turn; else the entry stays where it is.
        moves = not _DIRECTIONS.isdisjoint(addition.entry) and _DIRECTIONS.isdisjoint(document.value[key][at])
        lines[start:end] = [*[""] * (end - start - 1), "" if moves else combined.text(indent)]
        front += [combined] if moves else []
    first = items.value[0].start_mark.line
    while lines[first - 1].lstrip().startswith("#"):
        first -= 1  # what is said about the first entry stays above it
    lines.insert(first, "".join(each.text(indent) for each in front))
    return "".join(lines)


def _last_line(node: yaml.Node) -> int:
    """The last line of a node's own text; the parser's end of a block lies behind blanks and comments."""
    if isinstance(node, MappingNode) and not node.flow_style and node.value:
        return max(_last_line(value) for _, value in node.value)
    if isinstance(node, SequenceNode) and not node.flow_style and node.value:
        return max(_last_line(value) for value in node.value)
    line, column = node.end_mark.line, node.end_mark.column
    return int(line - 1 if column == 0 and line > node.start_mark.line else line)


def comments_of(text: str) -> Iterator[tuple[int, str]]:
    """Comments with their lines, counted from 1; a `#` inside of a text is none."""
    spans = [
        (token.start_mark.index, token.end_mark.index)
        for token in yaml.scan(text, Loader=yaml.SafeLoader)
        if isinstance(token, yaml.ScalarToken)
    ]
    end = 0
    for found in re.finditer(r"(?:^|(?<=[ \t]))#", text, re.MULTILINE):
        at = found.start()
        if at >= end and not any(first <= at < last for first, last in spans):
            end = text.find("\n", at) % (len(text) + 1)
            yield text.count("\n", 0, at) + 1, text[at:end].rstrip()
