"""YAML files to plain values with positions.

Knows files and YAML; knows nothing of what the values mean. Everything that YAML lets pass
silently and people then trip over is refused here: duplicate keys, text that reads as a date
or a yes/no value, tags, anchors that expand without end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from macros.diagnostics import Diagnostic, Where, dotted
from macros.load.scalars import plain_scalar, read_as
from macros.load.syntax import syntax_problem
from macros.project import Project

MAX_BYTES = 32 * 1024 * 1024
"""Largest data file, 32 MiB: a thousand times our largest one, the decision tree, has 24."""
MAX_VALUES = 3_000_000
"""Most values of a data file; reading takes some 600 bytes for each, however short it is."""

# libyaml parses fifteen times as fast; the pure Python parser gives the same nodes.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_CORE = "tag:yaml.org,2002:"
_KNOWN_TAGS = {
    _CORE + name
    for name in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp", "merge", "value")
}
"""Tags that YAML gives by itself. Any other was written out and asks for an object to be built."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that are not text; the line break and the tab are."""


@dataclass(frozen=True)
class YamlDocument:
    """One parsed file.

    Args:
        path: relative to the project's root, with forward slashes.
        value: mappings as dict, sequences as tuple, scalars as str, int, float, bool, None
            or `Ambiguous`.
        root: the node tree, for positions; or the text, which is parsed again where somebody asks for
            one: most files are right, and the tree takes ten times the room of the text.
    """

    path: str
    value: Any
    root: Node | str = field(repr=False, compare=False)

    @cached_property
    def _tree(self) -> Node:
        return (
            cast(Node, yaml.compose(self.root, Loader=_Loader)) if isinstance(self.root, str) else self.root
        )

    @cached_property
    def _pairs(self) -> dict[int, dict[Any, tuple[Node, Node]]]:
        """Pairs by key of each mapping in which a place was looked for: it may hold thousands."""
        return {}

    def _child(self, node: Node, part: str | int) -> tuple[Node | None, Node] | None:
        """Key node (None in a sequence) and value node of one entry."""
        if isinstance(node, MappingNode):
            if id(node) not in self._pairs:
                named = [pair for pair in node.value if isinstance(pair[0], ScalarNode)]
                self._pairs[id(node)] = {pair[0].value: pair for pair in named}
            return self._pairs[id(node)].get(part)
        if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
            return None, node.value[part]
        return None

    def node(self, where: Where) -> Node:
        """The node at `where`, or the nearest one above it that exists."""
        node = self._tree
        for part in where:
            below = self._child(node, part)
            if below is None:
                return node
            node = below[1]
        return node

    def reach(self, where: Where) -> Where:
        """The longest beginning of `where` that exists in the file."""
        node = self._tree
        for length, part in enumerate(where):
            below = self._child(node, part)
            if below is None:
                return where[:length]
            node = below[1]
        return where

    def diagnostic(
        self,
        where: Where,
        message: str,
        hint: str = "",
        rule: str = "data",
        *,
        of_key: bool = False,
        called: Where | None = None,
    ) -> Diagnostic:
        """A problem with the value at `where`, or with its key.

        Args:
            where: keys and indices that lead to the value; where it does not exist, the problem
                is shown at the nearest one above it.
            message: what is wrong and what was expected.
            hint: what was probably meant.
            rule: id of the rule that found it.
            of_key: whether the key is wrong, not the value.
            called: what the message calls the place, if not `where`.
        """
        node = self.node(where)
        if of_key and where:
            below = self._child(self.node(where[:-1]), where[-1])
            if below is not None and below[0] is not None:
                node = below[0]
        return _at(self.path, node, where if called is None else called, (message, hint, rule))


def read(project: Project, name: str) -> tuple[YamlDocument | None, list[Diagnostic]]:
    """Read and parse one of a project's files.

    Args:
        project: where the file is.
        name: the file, relative to the project, with forward slashes.

    Returns:
        The document, or None where nothing usable is left, and every problem found.
    """
    text, problems = project.read_text(name, limit=MAX_BYTES)
    if text is None:
        return None, problems
    strange = _LINE_END.search(text)
    return (None, [_strange(name, text, strange)]) if strange else parse(name, text)


_LINE_END = re.compile("[\x85\u2028\u2029]|\r(?!\n)")
"""Ends of lines for YAML, and not for editors: every place behind one would be another."""


def _strange(name: str, text: str, found: re.Match[str]) -> Diagnostic:
    before = text[: found.start()]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    message = f"contains U+{ord(found[0]):04X}, which ends a line for some programs only"
    return Diagnostic(name, line, column, "", message, "write a line break or a blank", "control-character")


def parse(
    name: str, text: str, *, as_written: bool = False, most: int = 0
) -> tuple[YamlDocument | None, list[Diagnostic]]:
    """Parse YAML text of at most so many values; see `read`.

    `as_written`: a key or a bare word is the text that stands there, but for true, false and nothing.
    """
    if len(text) > MAX_VALUES and sum(map(text.count, ",:\n")) > MAX_VALUES:
        message = f"holds more than {MAX_VALUES // 10**6} million lines, commas and colons"
        return None, [Diagnostic.of_file(name, message, "split it, or move prose to docs/", "file-size")]
    try:
        if most and sum(1 for _ in yaml.parse(text, Loader=_Loader)) > 2 * most:
            return None, [Diagnostic.of_file(name, f"holds more than {most:,} values", "", "file-size")]
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        return None, [syntax_problem(name, text, error)]
    except RecursionError:
        return None, [Diagnostic.of_file(name, "is nested too deeply to be read", "", "yaml-syntax")]
    except ValueError as error:  # such as a code point that no text can hold
        return None, [Diagnostic.of_file(name, f"is not readable YAML: {error}", "", "yaml-syntax")]
    if node is None:
        return None, [Diagnostic.of_file(name, "is empty", "fill it, or delete the file", "empty-file")]
    try:
        building = _Building(name, min(len(text) + 1000, 2 * most or len(text) + 1000), as_written)
        value = building.value(node, ())
    except RecursionError:
        message = "is nested too deeply to be read, or an anchor contains itself"
        return None, [Diagnostic.of_file(name, message, "", "alias-expansion")]
    except _ExpandedError:
        message = "holds more values than text: its aliases (*) multiply the data"
        return None, [Diagnostic.of_file(name, message, "write the values out", "alias-expansion")]
    return YamlDocument(name, value, text), building.problems


def _at(path: str, node: Node, where: Where, said: tuple[str, str, str]) -> Diagnostic:
    """A problem at the place where a node begins; `said` is its message, hint and rule."""
    mark = node.start_mark
    return Diagnostic(path, mark.line + 1, mark.column + 1, dotted(where), *said)


class _ExpandedError(Exception):
    """Aliases make a file's data larger than its text."""


class _Building:
    """Turns nodes into values and collects what is wrong with them.

    Args:
        name: the file's name.
        limit: how many values to build at most. Without aliases a value takes at least one
            character, so a file that holds more values than text is multiplied by aliases.
    """

    def __init__(self, name: str, limit: int, as_written: bool = False) -> None:
        self.name = name
        self.left = limit
        self.as_written = as_written
        self.problems: list[Diagnostic] = []

    def value(self, node: Node, where: Where) -> Any:
        self.left -= 1
        if self.left < 0:
            raise _ExpandedError
        if isinstance(node, ScalarNode):
            return self._scalar(node, where)
        self._refuse_tag(node, where)
        if isinstance(node, SequenceNode):
            return tuple(self.value(below, (*where, i)) for i, below in enumerate(node.value))
        return self._mapping(cast(MappingNode, node), where)

    def _mapping(self, node: MappingNode, where: Where) -> dict[str, Any]:
        result: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            is_text = self.as_written and isinstance(key_node, ScalarNode)
            key = key_node.value if is_text else self.value(key_node, where)
            if key_node.tag == f"{_CORE}merge":
                message = "'<<' merges are read by some YAML tools only"
                self._complain(key_node, where, "yaml-trap", message, "write the keys out")
                continue
            if not isinstance(key, str):
                raw = key_node.value if isinstance(key_node, ScalarNode) else "a list or mapping"
                message = f"key '{raw}' is read as {read_as(key)}, not as text"
                self._complain(key_node, where, "yaml-trap", message, f'write "{raw}"')
                continue
            if key in lines:
                message = f"duplicate key '{key}', first in line {lines[key]}"
                hint = "only one can count; remove the other"
                self._complain(key_node, (*where, key), "duplicate-key", message, hint)
                continue
            lines[key] = key_node.start_mark.line + 1
            result[key] = self.value(value_node, (*where, key))
        return result

    def _scalar(self, node: ScalarNode, where: Where) -> Any:
        raw: str = node.value
        control = _CONTROL.search(raw)
        if control:
            message = f"contains the control character U+{ord(control[0]):04X}"
            self._complain(node, where, "control-character", message, "write visible text only")
            return _CONTROL.sub(" ", raw)
        if self._refuse_tag(node, where):
            return raw
        if node.style:  # quoted or block text is text; bare words have no style
            return raw
        if self.as_written and node.tag != f"{_CORE}null":
            return {"true": True, "false": False}.get(raw.lower(), raw) if len(raw) < 6 else raw
        return plain_scalar(raw, node.tag.removeprefix(_CORE))

    def _refuse_tag(self, node: Node, where: Where) -> bool:
        if node.tag in _KNOWN_TAGS:
            return False
        tag = node.tag.replace(_CORE, "!!")
        message = f"the tag {tag[:60]} is not allowed; data holds text, numbers, lists and mappings"
        self._complain(node, where, "yaml-tag", message, "remove it")
        return True

    def _complain(self, node: Node, where: Where, rule: str, message: str, hint: str = "") -> None:
        self.problems.append(_at(self.name, node, where, (message, hint, rule)))
