"""Checks the macro calls on pages, so that a page's mistake has a line and a remedy."""

from __future__ import annotations

import importlib.util
import inspect
import re
import traceback
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from jinja2 import Environment, TemplateSyntaxError, nodes

from macros.diagnostics import Diagnostic, Diagnostics, did_you_mean
from macros.model import KINDS
from macros.model.base import Ref
from macros.parse import COMPANY, parse
from macros.playbook import Playbook, load
from macros.source import pages_below, read_text
from macros.views.catalog import MACROS

_FROM_GENERATORS = """page config navigation files environment plugin git macros filters
    filters_builtin extra context now fix_url macros_info"""
_FROM_JINJA = "range dict lipsum cycler joiner namespace loop true false none"
GIVEN = frozenset(f"{_FROM_GENERATORS} {_FROM_JINJA}".split())
"""Names that the generators and Jinja bring along."""

_ONE = {kind.key: kind.one for kind in KINDS}
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


Ids = Mapping[str, Collection[str]]
"""Known ids by list; a list that could not be read is not in it, and nothing is held against it."""


def load_with_pages(root: Path) -> Playbook | Diagnostics:
    """Load a playbook and check its pages; every problem of both is reported at once.

    Args:
        root: the project's folder.

    Returns:
        The playbook, or all that is wrong with data and pages.
    """
    playbook = load(root)
    if isinstance(playbook, Diagnostics):
        draft = parse(root)
        ids = {kind: found for kind, found in draft.declared.items() if kind not in draft.unread}
        return Diagnostics([*playbook, *_check(root, ids)])
    found = check(playbook)
    return found if found.errors else playbook


def check(playbook: Playbook, docs: Path | None = None) -> Diagnostics:
    """Find macro calls that cannot work on any page.

    Args:
        playbook: what ids are checked against.
        docs: folder of the pages; the playbook's and the company's by default.

    Returns:
        Every problem on every page.
    """
    return _check(playbook.root, {kind.key: getattr(playbook, kind.key) for kind in KINDS}, docs)


def _check(project: Path, ids: Ids, docs: Path | None = None) -> Diagnostics:
    folders = [docs] if docs else [project / "docs", project / COMPANY / "docs"]
    known = company_names(project) if docs is None else frozenset()
    if isinstance(known, Diagnostic):
        return Diagnostics([known])
    found: list[Diagnostic] = []
    for folder in folders:
        root = docs.parent if docs else project
        for page in pages_below(folder):
            name = (folder / page).relative_to(root).as_posix()
            text, problems = read_text(root, name)
            found.extend(problems)
            if text is not None and ("{{" in text or "{%" in text or "{#" in text):
                found.extend(_page(name, text, ids, known))
    return Diagnostics(found)


class Recorder:
    """Stands in for a generator's macro environment, to learn which names a module registers."""

    def __init__(self, root: Path) -> None:
        self.project_dir = str(root)
        self.conf: dict[str, Any] = {}
        self.variables: dict[str, Any] = {}
        self.filters: dict[str, Any] = {}
        self.macros: dict[str, Any] = {}

    def macro(self, function: Any, name: str = "") -> Any:
        """Register a macro, as a call or as a decorator."""
        self.macros[name or function.__name__] = function
        return function

    def filter(self, function: Any, name: str = "") -> Any:
        """Register a filter."""
        self.filters[name or function.__name__] = function
        return function


def company_module(root: Path) -> ModuleType | None:
    """The company's own macros, `company/macros.py`; None where there are none.

    Raises:
        Exception: whatever the file raises when it is run.
    """
    path = root / COMPANY / "macros.py"
    if not path.is_file():
        return None
    spec = importlib.util.spec_from_file_location("company_macros", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def company_names(root: Path) -> frozenset[str] | Diagnostic:
    """Names that the company's macros bring along, or what is wrong with their file."""
    name = f"{COMPANY}/macros.py"
    recorder = Recorder(root)
    try:
        module = company_module(root)
        if module is None:
            return frozenset()
        if not hasattr(module, "define_env"):
            hint = "define it as mkdocs-macros does: def define_env(env)"
            return Diagnostic(name, 1, 1, "", "has no function define_env", hint, "company-macros")
        module.define_env(recorder)
    except Exception as error:
        line = error.lineno if isinstance(error, SyntaxError) else _line(error, name)
        said = error.msg if isinstance(error, SyntaxError) else str(error)
        return Diagnostic(name, line or 1, 1, "", f"{type(error).__name__}: {said}", "", "company-macros")
    taken = sorted(set(recorder.macros) & set(MACROS))
    if taken:
        message = f"'{taken[0]}' is a macro of the playbook"
        return Diagnostic(name, 1, 1, "", message, "rename yours", "company-macros")
    return frozenset([*recorder.macros, *recorder.variables])


def _line(error: Exception, name: str) -> int | None:
    """Line of the company's file in which an error arose."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno for frame in reversed(frames) if frame.filename.endswith(name)), None)


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


def _page(name: str, text: str, ids: Ids, known: frozenset[str]) -> Iterator[Diagnostic]:
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
    yield from _includes(name, lines, tree)
    own = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    calls = list(tree.find_all(nodes.Call))
    for node in tree.find_all(nodes.Name):
        if node.ctx == "load" and node.name not in MACROS and node.name not in GIVEN | own | known:
            called = any(call.node is node for call in calls)
            line, column = _place(lines, node.lineno, node.name)
            message = f"unknown {'macro' if called else 'name'} '{node.name}'"
            hint = did_you_mean(node.name, MACROS)
            yield Diagnostic(name, line, column, "", message, hint, "unknown-macro")
    for call in calls:
        if isinstance(call.node, nodes.Name) and call.node.name in MACROS:
            yield from _call(name, lines, call, call.node.name, ids)


def _includes(page: str, lines: list[str], tree: nodes.Template) -> Iterator[Diagnostic]:
    """Files taken into a page from outside docs/."""
    for node in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
        wanted = getattr(node.template, "value", None)  # type: ignore[attr-defined]
        if not isinstance(wanted, str) or ".." in wanted.split("/") or wanted.startswith("/"):
            line, column = _place(lines, node.lineno, str(wanted))
            message = f"'{wanted}' does not stay below docs/"
            yield Diagnostic(page, line, column, "", message, "move the file there", "outside-docs")


def _call(page: str, lines: list[str], call: nodes.Call, macro: str, ids: Ids) -> Iterator[Diagnostic]:
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
        known = ids.get(kind)
        if known is None:
            continue
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
