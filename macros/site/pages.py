"""Checks the macro calls on pages, so that a page's mistake has a line and a remedy."""

from __future__ import annotations

import inspect
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from jinja2 import Environment, TemplateSyntaxError, nodes

from macros.company.own_macros import Names, company_names
from macros.diagnostics import Diagnostic, Diagnostics, did_you_mean
from macros.model.base import Ref
from macros.model.kinds import BY_KEY
from macros.project import COMPANY, MAX_PAGE, Project
from macros.rules.links import on_page
from macros.rules.targets import Targets
from macros.site.front_matter import FrontMatter, front_matter
from macros.site.theme import theme_folders
from macros.views.macros import MACROS

_FROM_GENERATORS = """page config navigation files environment plugin git macros filters
    filters_builtin extra context now fix_url macros_info"""
_FROM_JINJA = "range dict lipsum cycler joiner namespace loop true false none"
GIVEN = frozenset(f"{_FROM_GENERATORS} {_FROM_JINJA}".split())
"""Names that the generators and Jinja bring along."""

_FILTERS = frozenset({"pretty"})
"""Filters that the generators bring along."""
FUNCTIONS = frozenset(
    ["now", "fix_url", "macros_info", "context", "range", "dict", "lipsum", "cycler", "joiner", "namespace"]
)
"""Those of `GIVEN` that are called; written without parentheses, they show Python's own words."""

Nodes = Mapping[type[nodes.Node], list[Any]]
"""A page's nodes by what they are; no list is missing."""
Ids = Mapping[str, Collection[str]]
"""Known ids by list; a list that could not be read is not in it, and nothing is held against it."""


def check_pages(project: Project, ids: Ids, targets: Targets | None = None) -> Diagnostics:
    """Find macro calls and links that cannot work on any page, the playbook's or the company's.

    Args:
        project: whose pages.
        ids: what the ids on pages are checked against.
        targets: what links can lead to; without any, links are not looked at.

    Returns:
        Every problem on every page.
    """
    known = company_names(project, MACROS)
    if isinstance(known, Diagnostic):
        return Diagnostics([known])
    found: list[Diagnostic] = []
    readers = _Readers(project)
    upstreams = ids if targets is None else _with_taken(ids, targets)
    for page in project.sources:
        text, problems = project.page_text(page)
        found.extend(problems)
        if text is None:
            continue
        name = project.page_name(page)
        front, more = front_matter(name, text, MACROS, readers.read, readers.has)
        found.extend(more)
        if front.is_rendered and ("{{" in text or "{%" in text or "{#" in text):
            found.extend(_page(name, text, front, ids if _is_own(name) else upstreams, known))
        if targets is not None:
            found.extend(on_page(page, text, front.end, targets))
    return Diagnostics(found)


def _is_own(name: str) -> bool:
    """Whether a page is the company's, who can mend it."""
    return name.startswith(f"{COMPANY}/")


def _with_taken(ids: Ids, targets: Targets) -> Ids:
    """Ids that pages of upstream's may name: those, too, that the company took out."""
    return {key: {**dict.fromkeys(known), **targets.taken.get(key, {})} for key, known in ids.items()}


class _Readers:
    """What of the company's may read a page's settings: its macros, overrides and plugins."""

    def __init__(self, project: Project) -> None:
        self.project = project

    @cached_property
    def _text(self) -> str:
        files = [each.name for each in self.project.company_files if each.what == "file"]
        names = [name for name in files if name in ("macros.py", "site.yml") or name.startswith("overrides/")]
        texts = (self.project.read_text(f"{COMPANY}/{name}", limit=MAX_PAGE)[0] for name in names)
        return "\n".join(text for text in texts if text is not None)

    @cached_property
    def _themes(self) -> list[Path]:
        return theme_folders()

    def has(self, path: str) -> bool:
        """Whether the theme or what overrides it has a template; yes, where no theme is installed."""
        own = [self.project.company / "overrides", self.project.root / "overrides"]
        return not self._themes or any((folder / path).is_file() for folder in (*own, *self._themes))

    def read(self, key: str) -> bool:
        """Whether anything names a key; a plugin may read any."""
        return re.search(rf"^plugins:|\b{re.escape(key)}\b", self._text, re.MULTILINE) is not None


@cache
def _environment() -> Environment:
    return Environment(autoescape=False)  # noqa: S701 - pages are only parsed here


def _page(name: str, text: str, front: FrontMatter, ids: Ids, known: Names) -> Iterator[Diagnostic]:
    # Front matter is not rendered; blank lines keep the line numbers.
    body = "\n" * text.count("\n", 0, front.end) + text[front.end :] if front.end else text
    lines = text.split("\n")
    try:
        tree = _environment().parse(body)
    except TemplateSyntaxError as error:
        message = f"template error: {error.message}"
        yield Diagnostic(name, min(error.lineno, len(lines)), 1, "", message, "", "page-syntax")
        return
    every = _by_type(tree)
    yield from _includes(name, lines, every)
    yield from _filters(name, lines, every, known)
    names, calls = every[nodes.Name], every[nodes.Call]
    own = {node.name for node in names if node.ctx != "load"}
    own |= {node.name for node in every[nodes.Macro]}
    own |= {node.target for node in every[nodes.Import]}
    own |= {
        each if isinstance(each, str) else each[1] for node in every[nodes.FromImport] for each in node.names
    }
    own |= front.keys
    called = {id(node.node) for kind in (nodes.Call, nodes.Getattr, nodes.Getitem) for node in every[kind]}
    callable_ = (frozenset(MACROS) | known.macros | FUNCTIONS) - own
    for node in names:
        if node.ctx != "load":
            continue
        if node.name in callable_ and id(node) not in called:
            line, column = _place(lines, node.lineno, node.name)
            message = f"'{node.name}' is a macro, and nothing calls it"
            yield Diagnostic(name, line, column, "", message, f"write {node.name}()", "macro-arguments")
        elif node.name not in MACROS and node.name not in GIVEN | own | known.macros | known.others:
            line, column = _place(lines, node.lineno, node.name)
            message = f"unknown {'macro' if id(node) in called else 'name'} '{node.name}'"
            hint = did_you_mean(node.name, {*MACROS, *known.macros, *known.others})
            yield Diagnostic(name, line, column, "", message, hint, "unknown-macro")
    for call in calls:
        if isinstance(call.node, nodes.Name) and call.node.name in MACROS and call.node.name not in own:
            yield from _call(name, lines, call, call.node.name, ids)


def _by_type(tree: nodes.Template) -> Nodes:
    """A page's nodes by what they are: one walk, since `find_all` would walk for each type anew."""
    found: dict[type[nodes.Node], list[Any]] = defaultdict(list)
    waiting: list[nodes.Node] = [tree]
    for node in waiting:
        found[type(node)].append(node)
        waiting.extend(node.iter_child_nodes())
    return found


def _filters(page: str, lines: list[str], every: Nodes, known: Names) -> Iterator[Diagnostic]:
    """Filters and tests that there are not."""
    for kind, what in ((nodes.Filter, "filter"), (nodes.Test, "test")):
        there = getattr(_environment(), f"{what}s")
        for node in every[kind]:
            name = node.name
            if name not in there and not (what == "filter" and name in known.filters | _FILTERS):
                line, column = _place(lines, node.lineno, name)
                hint = did_you_mean(name, {*there, *known.filters})
                yield Diagnostic(page, line, column, "", f"unknown {what} '{name}'", hint, "unknown-macro")


def _includes(page: str, lines: list[str], every: Nodes) -> Iterator[Diagnostic]:
    """Files taken into a page from outside docs/."""
    kinds = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
    for node in (node for kind in kinds for node in every[kind]):
        wanted = getattr(node.template, "value", None)
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
        if references["id"] not in BY_KEY:
            hint = did_you_mean(references["id"], BY_KEY)
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
            message = f"unknown {BY_KEY[kind].one} '{value.value}'"
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
