"""YAML files to plain values with positions.

Knows files and YAML; knows nothing of what the values mean. Everything that YAML lets pass
silently and people then trip over is refused here: duplicate keys, text that reads as a date
or a yes/no value, tags, anchors that expand without end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any, cast

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from macros.diagnostics import Diagnostic, Path, dotted

MAX_BYTES = 1024 * 1024
"""Largest data file, 1 MiB: a playbook that is read by people stays far below it."""

# libyaml parses fifteen times as fast; the pure Python parser gives the same nodes.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_CORE = "tag:yaml.org,2002:"
_KNOWN_TAGS = {
    _CORE + name
    for name in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp", "merge", "value")
}
"""Tags that YAML gives by itself. Any other was written out and asks for an object to be built."""
_NUMBER_IN_12 = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+")
_PLAIN_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_PLAIN_FLOAT = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that are not text; the line break and the tab are."""


@dataclass(frozen=True)
class Ambiguous:
    """A bare word that YAML does not read as text, or reads differently in 1.1 and 1.2.

    No model accepts it, so it ends in a diagnostic that says how to write what was meant.
    """

    raw: str
    reading: str


@dataclass(frozen=True)
class Document:
    """One parsed file.

    Args:
        path: relative to the project's root, with forward slashes.
        value: mappings as dict, sequences as tuple, scalars as str, int, float, bool, None
            or `Ambiguous`.
        root: the node tree, for positions.
    """

    path: str
    value: Any
    root: Node = field(repr=False, compare=False)

    def node(self, path: Path) -> Node:
        """The node at `path`, or the nearest one above it that exists."""
        node = self.root
        for part in path:
            below = _child(node, part)
            if below is None:
                return node
            node = below[1]
        return node

    def reach(self, path: Path) -> Path:
        """The longest beginning of `path` that exists in the file."""
        node = self.root
        for length, part in enumerate(path):
            below = _child(node, part)
            if below is None:
                return path[:length]
            node = below[1]
        return path

    def position(self, path: Path, *, of_key: bool = False) -> tuple[int, int]:
        """1-based line and column of the value at `path`, or of its key."""
        if of_key and path:
            below = _child(self.node(path[:-1]), path[-1])
            if below is not None and below[0] is not None:
                return _mark(below[0])
        return _mark(self.node(path))


def read(root: FilePath, name: str) -> tuple[Document | None, list[Diagnostic]]:
    """Read and parse `root / name`.

    Args:
        root: the project's folder.
        name: the file, relative to it, with forward slashes.

    Returns:
        The document, or None where nothing usable is left, and every problem found.
    """
    text, problems = read_text(root, name, limit=MAX_BYTES)
    return (None, problems) if text is None else parse(name, text)


def read_text(root: FilePath, name: str, *, limit: int | None = None) -> tuple[str | None, list[Diagnostic]]:
    """Read a UTF-8 file.

    Args:
        root: the project's folder.
        name: the file, relative to it, with forward slashes.
        limit: how many bytes it may have; any number by default.

    Returns:
        The text, or None and what is wrong.
    """
    try:
        raw = (root / name).read_bytes()
    except OSError as error:
        return None, [_whole(name, "unreadable-file", f"cannot be read: {error.strerror}")]
    if limit is not None and len(raw) > limit:
        message = f"is {len(raw) / 2**20:.1f} MiB; at most 1 MiB is read"
        return None, [_whole(name, "file-size", message, "split it, or move prose to docs/")]
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        message = f"is not UTF-8 text (byte 0x{raw[error.start]:02x})"
        hint = "save the file with UTF-8 encoding"
        return None, [Diagnostic(name, line, column, "", message, hint, "encoding")]


def pages_below(folder: FilePath) -> list[str]:
    """Every Markdown page below a folder, as sorted paths relative to it; none where it is not there."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.md"))


def parse(name: str, text: str) -> tuple[Document | None, list[Diagnostic]]:
    """Parse YAML text; see `read`."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        return None, [_syntax(name, text, error)]
    except RecursionError:
        return None, [_whole(name, "yaml-syntax", "is nested too deeply to be read")]
    except ValueError as error:  # such as a code point that no text can hold
        return None, [_whole(name, "yaml-syntax", f"is not readable YAML: {error}")]
    if node is None:
        return None, [_whole(name, "empty-file", "is empty", "fill it, or delete the file")]
    try:
        building = _Building(name, limit=len(text) + 1000)
        value = building.value(node, ())
    except RecursionError:
        message = "is nested too deeply to be read, or an anchor contains itself"
        return None, [_whole(name, "alias-expansion", message)]
    except _ExpandedError:
        message = "holds more values than text: its aliases (*) multiply the data"
        return None, [_whole(name, "alias-expansion", message, "write the values out")]
    return Document(name, value, node), building.problems


def _child(node: Node, part: str | int) -> tuple[Node | None, Node] | None:
    """Key node (None in a sequence) and value node of one entry."""
    if isinstance(node, MappingNode):
        found = [pair for pair in node.value if pair[0].value == part]
        return found[-1] if found else None
    if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        return None, node.value[part]
    return None


def _mark(node: Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _whole(name: str, rule: str, message: str, hint: str = "") -> Diagnostic:
    return Diagnostic(name, 1, 1, "", message, hint, rule)


# What the two parsers say, and what it means to somebody who writes YAML twice a year.
_MEANINGS = (
    (
        "mapping values are not allowed",
        "a second ': ' where text was expected",
        "put the text in quotes, or check the indentation",
    ),
    ("cannot start any token", "a character that needs quotes, or a tab", "YAML indents by spaces"),
    ("unexpected end of stream", "a quote that is never closed", "close it on this line"),
    ("expected node content", "a '[' or '{' that is never closed, or an empty place", "close it"),
    ("did not find expected ',' or ']'", "a '[' that is never closed", "close it with ']'"),
    ("did not find expected ',' or '}'", "a '{' that is never closed", "close it with '}'"),
    ("did not find expected '-'", "a list ends here without a reason", "check the indentation"),
    ("did not find expected key", "this line does not fit the ones above it", "check indentation"),
    ("could not find expected ':'", "a key without its ': '", "write key: value"),
    ("undefined alias", "an alias (*) without its anchor (&)", "write the value out"),
    ("another document", "a second document ('---')", "a data file holds one document"),
)
_OPENED_BEFORE = ("unexpected end of stream", "expected ',' or")


def _syntax(name: str, text: str, error: yaml.YAMLError) -> Diagnostic:
    """A YAML error in plain words, at the place that the parser names."""
    if isinstance(error, yaml.MarkedYAMLError):
        said = f"{error.problem or error.context or 'cannot be parsed'}"
        mark = error.problem_mark or error.context_mark
        if error.context_mark and any(words in said for words in _OPENED_BEFORE):
            mark = error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        for theirs, ours, hint in _MEANINGS:
            if theirs in said:
                return Diagnostic(name, line, column, "", f"YAML: {ours}", hint, "yaml-syntax")
        return Diagnostic(name, line, column, "", f"YAML: {said}", "", "yaml-syntax")
    at = getattr(error, "position", None)
    before = text[:at] if isinstance(at, int) else ""
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    reason = getattr(error, "reason", None) or "cannot be parsed"
    return Diagnostic(name, line, column, "", f"YAML: {reason}", "", "yaml-syntax")


class _ExpandedError(Exception):
    """Aliases make a file's data larger than its text."""


class _Building:
    """Turns nodes into values and collects what is wrong with them.

    Args:
        name: the file's name.
        limit: how many values to build at most. Without aliases a value takes at least one
            character, so a file that holds more values than text is multiplied by aliases.
    """

    def __init__(self, name: str, limit: int) -> None:
        self.name = name
        self.left = limit
        self.problems: list[Diagnostic] = []

    def value(self, node: Node, path: Path) -> Any:
        self.left -= 1
        if self.left < 0:
            raise _ExpandedError
        if isinstance(node, ScalarNode):
            return self._scalar(node, path)
        self._refuse_tag(node, path)
        if isinstance(node, SequenceNode):
            return tuple(self.value(below, (*path, i)) for i, below in enumerate(node.value))
        return self._mapping(cast(MappingNode, node), path)

    def _mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            key = self.value(key_node, path)
            if key_node.tag == f"{_CORE}merge":
                message = "'<<' merges are read by some YAML tools only"
                self._complain(key_node, path, "yaml-trap", message, "write the keys out")
                continue
            if not isinstance(key, str):
                raw = key_node.value if isinstance(key_node, ScalarNode) else "a list or mapping"
                message = f"key '{raw}' is read as {reading(key)}, not as text"
                self._complain(key_node, path, "yaml-trap", message, f'write "{raw}"')
                continue
            if key in lines:
                message = f"duplicate key '{key}', first in line {lines[key]}"
                hint = "only one can count; remove the other"
                self._complain(key_node, (*path, key), "duplicate-key", message, hint)
                continue
            lines[key] = _mark(key_node)[0]
            result[key] = self.value(value_node, (*path, key))
        return result

    def _scalar(self, node: ScalarNode, path: Path) -> Any:
        raw: str = node.value
        control = _CONTROL.search(raw)
        if control:
            message = f"contains the control character U+{ord(control[0]):04X}"
            self._complain(node, path, "control-character", message, "write visible text only")
            return _CONTROL.sub(" ", raw)
        if self._refuse_tag(node, path):
            return raw
        if node.style:  # quoted or block text is text; bare words have no style
            return raw
        return plain_scalar(raw, node.tag.removeprefix(_CORE))

    def _refuse_tag(self, node: Node, path: Path) -> bool:
        if node.tag in _KNOWN_TAGS:
            return False
        tag = node.tag.replace(_CORE, "!!")
        message = f"the tag {tag[:60]} is not allowed; data holds text, numbers, lists and mappings"
        self._complain(node, path, "yaml-tag", message, "remove it")
        return True

    def _complain(self, node: Node, path: Path, rule: str, message: str, hint: str = "") -> None:
        line, column = _mark(node)
        self.problems.append(Diagnostic(self.name, line, column, dotted(path), message, hint, rule))


def plain_scalar(raw: str, tag: str) -> Any:
    """The value of a bare word, where YAML 1.1 and 1.2 agree on it; else `Ambiguous`.

    Args:
        raw: the word as written.
        tag: what YAML 1.1 makes of it: ``str``, ``int``, ``float``, ``bool``, ``null``,
            ``timestamp``, ``merge`` or ``value``.
    """
    if tag == "str":
        # 1e3 is text in YAML 1.1 and a number in 1.2, which editors use.
        return Ambiguous(raw, "a number") if _NUMBER_IN_12.fullmatch(raw) else raw
    if tag == "bool":
        known = {"true": True, "false": False}
        return known.get(raw.lower(), Ambiguous(raw, "a yes/no value"))
    if tag == "null":
        return None
    if tag == "int":
        return int(raw) if _PLAIN_INT.fullmatch(raw) and len(raw) < 19 else Ambiguous(raw, "a number")
    if tag == "float":
        return float(raw) if _PLAIN_FLOAT.fullmatch(raw) else Ambiguous(raw, "a number")
    if tag == "timestamp":
        return Ambiguous(raw, "a date")
    return raw


def reading(value: object) -> str:
    """What a value was read as, in words."""
    if isinstance(value, Ambiguous):
        return value.reading
    names = {
        bool: "a yes/no value",
        int: "a number",
        float: "a number",
        type(None): "empty",
        tuple: "a list",
        dict: "a mapping",
        str: "text",
    }
    return names[type(value)]
