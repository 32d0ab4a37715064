"""Checks the macro calls on pages, so that a page's mistake has a line and a remedy."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from jinja2 import Environment, TemplateSyntaxError, nodes

from macros.diagnostics import Diagnostic, Diagnostics, did_you_mean
from macros.model import KINDS
from macros.model.base import Ref
from macros.playbook import Playbook
from macros.views.catalog import MACROS

_FROM_GENERATORS = """page config navigation files environment plugin git macros filters
    filters_builtin extra context now fix_url macros_info"""
_FROM_JINJA = "range dict lipsum cycler joiner namespace loop true false none"
GIVEN = frozenset(f"{_FROM_GENERATORS} {_FROM_JINJA}".split())
"""Names that the generators and Jinja bring along."""

_ONE = {kind.key: kind.one for kind in KINDS}
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def check(playbook: Playbook, docs: Path | None = None) -> Diagnostics:
    """Find macro calls that cannot work on any page.

    Args:
        playbook: what ids are checked against.
        docs: folder of the pages; `playbook.root / "docs"` by default.

    Returns:
        Every problem on every page.
    """
    docs = docs or playbook.root / "docs"
    found: list[Diagnostic] = []
    for path in sorted(docs.rglob("*.md")):
        name = path.relative_to(docs.parent).as_posix()
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            found.append(Diagnostic(name, 1, 1, "", "is not UTF-8 text", "save it as UTF-8", "encoding"))
            continue
        except OSError as error:
            message = f"cannot be read: {error.strerror}"
            found.append(Diagnostic(name, 1, 1, "", message, "", "unreadable-file"))
            continue
        if "{{" in text or "{%" in text or "{#" in text:
            found.extend(_page(name, text, playbook))
    return Diagnostics(found)


def is_pure(text: str) -> bool:
    """Whether a page calls our macros with constant arguments, and uses nothing else of Jinja's."""
    try:
        tree = _environment().parse(text)
    except TemplateSyntaxError:
        return False
    allowed = (nodes.Output, nodes.TemplateData, nodes.Call, nodes.Name, nodes.Const, nodes.Keyword)
    if not all(isinstance(node, allowed) for node in tree.find_all(nodes.Node)):
        return False
    calls = {id(call.node) for call in tree.find_all(nodes.Call)}
    return all(node.name in MACROS and id(node) in calls for node in tree.find_all(nodes.Name))


@cache
def _environment() -> Environment:
    return Environment(autoescape=False)  # noqa: S701 - pages are only parsed here


def _page(name: str, text: str, playbook: Playbook) -> Iterator[Diagnostic]:
    front = _FRONT_MATTER.match(text)
    if front and re.search(r"^render_macros:\s*false", front[0], re.MULTILINE):
        return
    # Front matter is not rendered; blank lines keep the line numbers.
    body = "\n" * front[0].count("\n") + text[front.end() :] if front else text
    try:
        tree = _environment().parse(body)
    except TemplateSyntaxError as error:
        message = f"template error: {error.message}"
        yield Diagnostic(name, error.lineno, 1, "", message, "", "page-syntax")
        return
    lines = text.splitlines()
    own = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    calls = list(tree.find_all(nodes.Call))
    for node in tree.find_all(nodes.Name):
        if node.ctx == "load" and node.name not in MACROS and node.name not in GIVEN | own:
            called = any(call.node is node for call in calls)
            line, column = _place(lines, node.lineno, node.name)
            message = f"unknown {'macro' if called else 'name'} '{node.name}'"
            hint = did_you_mean(node.name, MACROS)
            yield Diagnostic(name, line, column, "", message, hint, "unknown-macro")
    for call in calls:
        if isinstance(call.node, nodes.Name) and call.node.name in MACROS:
            yield from _call(name, lines, call, call.node.name, playbook)


def _call(
    page: str, lines: list[str], call: nodes.Call, macro: str, playbook: Playbook
) -> Iterator[Diagnostic]:
    """Arguments: as many as the macro takes, and ids that exist."""
    signature, references = _signature(macro)
    line, column = _place(lines, call.lineno, macro)
    if call.dyn_args is not None or call.dyn_kwargs is not None:
        return
    keywords = {each.key: each.value for each in call.kwargs}
    try:
        bound = signature.bind(None, *call.args, **keywords)
    except TypeError as error:
        takes = ", ".join(list(signature.parameters)[1:]) or "no arguments"
        message = f"{macro}() cannot be called so ({error})"
        yield Diagnostic(page, line, column, "", message, f"it takes {takes}", "macro-arguments")
        return
    if macro == "name":
        references = {"id": str(getattr(bound.arguments["kind"], "value", ""))}
        if references["id"] not in _ONE:
            hint = did_you_mean(references["id"], _ONE)
            message = f"unknown list '{references['id']}'"
            yield Diagnostic(page, line, column, macro, message, hint, "unknown-reference")
            return
    for argument, kind in references.items():
        value = bound.arguments.get(argument)
        known = getattr(playbook, kind)
        if isinstance(value, nodes.Const) and value.value is not None and value.value not in known:
            line, column = _place(lines, value.lineno, str(value.value))
            hint = did_you_mean(str(value.value), known)
            message = f"unknown {_ONE[kind]} '{value.value}'"
            yield Diagnostic(page, line, column, macro, message, hint, "unknown-reference")


@cache
def _signature(macro: str) -> tuple[inspect.Signature, dict[str, str]]:
    """A macro's signature, and the kind of item by argument."""
    function = MACROS[macro]
    hints: dict[str, Any] = get_type_hints(function, include_extras=True)
    references = {
        argument: mark.kind
        for argument, hint in hints.items()
        if get_origin(hint) is Annotated
        for mark in get_args(hint)[1:]
        if isinstance(mark, Ref)
    }
    return inspect.signature(function), references


def _place(lines: list[str], number: int, word: str) -> tuple[int, int]:
    """Line and column of a word, from its line on: Jinja knows a call's first line only."""
    for line in range(number, min(number + 20, len(lines)) + 1):
        column = lines[line - 1].find(word)
        if column >= 0:
            return line, column + 1
    return number, 1
