"""What would not move, with its place and what to do."""

from __future__ import annotations

import ast
import importlib.metadata
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from jinja2 import Environment, TemplateSyntaxError, nodes

from macros.company.migrating import extensions, zensical
from macros.diagnostics import Diagnostic, Diagnostics, Where, did_you_mean
from macros.load.yaml import YamlDocument, read
from macros.project import COMPANY, Project

To = Literal["mkdocs", "zensical"]
RULE = "migrate"
SITE_YML, MKDOCS_YML, TOML = f"{COMPANY}/site.yml", "mkdocs.yml", "zensical.toml"
_ENV_CHAIN = re.compile(r"\benv\.(conf\.\w+|page\.file\b)")
_RAW_LINK = re.compile(
    r"""<(?:a|img|source|video)\b[^>]*?\s(?:href|src)=(["'])(?P<to>[^"'#?:{}]+)(?:[#?][^"']*)?\1"""
)
_CODE = re.compile(r"(^|\n)(```|~~~).*?\n\2|`[^`\n]+`", re.DOTALL)
_OTHER_ENDINGS = (".markdown", ".mdown", ".mkdn", ".mkd")
"""Endings that MkDocs takes for pages, too."""


def check(project: Project, to: To) -> Diagnostics:
    """Find what in a project works with one generator and not with the other.

    Args:
        project: whose data and pages have been checked.
        to: the generator to move to.
    """
    found = [*_plugins(project, to), *_settings(project, to), *_extensions(project, to)]
    if to == "zensical":
        found += [*_templates(project), *_macros(project), *_pages(project)]
    return Diagnostics(found)


def _documents(project: Project) -> Iterator[YamlDocument]:
    for name in (MKDOCS_YML, SITE_YML):
        if (project.root / name).is_file():
            document, _ = read(project, name)  # what is wrong with it is the check's to say
            if document is not None and isinstance(document.value, dict):
                yield document


def _plugins(project: Project, to: To) -> Iterator[Diagnostic]:
    """Plugins, and options of theirs, that the other generator does not have."""
    installed = {point.name for point in importlib.metadata.entry_points(group="mkdocs.plugins")}
    for document in _documents(project):
        listed = document.value.get("plugins")
        for index, entry in enumerate(listed if isinstance(listed, tuple) else ()):
            name = next(iter(entry), "") if isinstance(entry, dict) else entry
            where: Where = ("plugins", index)
            if not isinstance(name, str):
                continue
            plain = name.removeprefix("material/")
            if to == "mkdocs":
                if not installed & {name, f"material/{name}"}:
                    message = f"MkDocs has no plugin '{name}' here"
                    yield document.diagnostic(where, message, "install its package for MkDocs", RULE)
                continue
            if plain not in zensical.PLUGINS:
                hint = did_you_mean(plain, zensical.PLUGINS)
                message = f"Zensical has no plugin '{name}' and leaves it out without a word"
                hint = hint or "do without it, or stay with MkDocs"
                yield document.diagnostic(where, message, hint, RULE)
                continue
            options = entry[name] if isinstance(entry, dict) and isinstance(entry[name], dict) else {}
            for option in zensical.PLUGINS[plain]:
                if option in options:
                    message = f"Zensical's own '{plain}' passes over '{option}'"
                    yield document.diagnostic(
                        (*where, name, option), message, "do without it", RULE, of_key=True
                    )


def _settings(project: Project, to: To) -> Iterator[Diagnostic]:
    """Keys of mkdocs.yml that the other generator does not read."""
    if to == "mkdocs":
        if (project.root / TOML).is_file():
            yield Diagnostic.of_file(
                TOML, "MkDocs does not read it", "write its settings into mkdocs.yml", RULE
            )
        return
    for document in _documents(project):
        if document.path != MKDOCS_YML:
            continue
        for setting in zensical.SETTINGS:
            where: Where = tuple(setting.split("."))
            if document.reach(where) == where:
                hint = "do it in data, a macro or a step before the build"
                yield document.diagnostic(
                    where, f"Zensical does not read '{setting}'", hint, RULE, of_key=True
                )


def _extensions(project: Project, to: To) -> Iterator[Diagnostic]:
    """Markdown extensions of mkdocs.yml."""
    for document in _documents(project):
        if document.path == MKDOCS_YML:
            text, _ = project.read_text(MKDOCS_YML)
            yield from extensions.in_settings(document, text or "", to_zensical=to == "zensical")


def _templates(project: Project) -> Iterator[Diagnostic]:
    """What Zensical's template engine lacks, in overrides of the theme."""
    environment = Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols", "jinja2.ext.i18n"])  # noqa: S701
    for folder in ("overrides", f"{COMPANY}/overrides"):
        for path in sorted((project.root / folder).rglob("*.html")):
            name = project.name(path)
            text, _ = project.read_text(name)
            try:
                tree = environment.parse(text or "")
            except TemplateSyntaxError as error:
                yield Diagnostic(name, error.lineno, 1, "", f"template error: {error.message}", "", RULE)
                continue
            for line, word, message, hint in _in_template(tree):
                yield _at(name, text or "", (line, word), (message, hint))


def _in_template(tree: nodes.Template) -> Iterator[tuple[int, str, str, str]]:
    """Line, word, message and hint of what Zensical's templates lack."""
    own = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    for each in tree.find_all(nodes.Filter):
        if each.name in zensical.NO_FILTERS:
            yield (
                each.lineno,
                each.name,
                f"Zensical's templates have no filter '{each.name}'",
                "do without it",
            )
    for test in tree.find_all(nodes.Test):
        if test.name in zensical.NO_TESTS:
            yield test.lineno, test.name, f"Zensical's templates have no test '{test.name}'", "do without it"
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Getattr) and not _is_loops(call.node):
            said = f"Zensical's templates call no Python method, such as '.{call.node.attr}()'"
            yield (
                call.lineno,
                f".{call.node.attr}",
                said,
                "use a filter: upper, split, items, replace, default",
            )
        elif isinstance(call.node, nodes.Name) and call.node.name in zensical.NO_FUNCTIONS:
            said = f"Zensical's templates have no function '{call.node.name}'"
            yield call.lineno, call.node.name, said, "do without it"
    for node in tree.find_all(nodes.Mod):
        if isinstance(node.left, nodes.Const) and isinstance(node.left.value, str):
            yield node.lineno, "%", "Zensical's templates do not fill texts with '%'", "join with '~'"
    for get in tree.find_all(nodes.Getattr):
        if isinstance(get.node, nodes.Name) and get.attr in zensical.EMPTY.get(get.node.name, ()):
            said = f"'{get.node.name}.{get.attr}' is empty under Zensical"
            yield get.lineno, f"{get.node.name}.{get.attr}", said, "do without it"
    for name in tree.find_all(nodes.Name):
        if name.ctx == "load" and name.name in zensical.EMPTY[""] - own:
            yield name.lineno, name.name, f"'{name.name}' is empty under Zensical", "do without it"


def _is_loops(node: nodes.Getattr) -> bool:
    """Whether it is a function of the template's own: of a loop, a block, or an imported template."""
    return isinstance(node.node, nodes.Name) and (
        node.node.name in {"loop", "self", "lang"} or node.attr.startswith("render") or node.attr == "t"
    )


def _macros(project: Project) -> Iterator[Diagnostic]:
    """What company/macros.py asks of MkDocs, and Zensical has not."""
    name = f"{COMPANY}/macros.py"
    if not (project.root / name).is_file():
        return
    text, _ = project.read_text(name)
    try:
        tree = ast.parse(text or "")
    except (SyntaxError, ValueError):
        return  # the check says so
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("on_"):
            message = f"Zensical never calls '{node.name}'"
            hint = "do it in a step before or after the build"
            yield Diagnostic(name, node.lineno, node.col_offset + 5, "", message, hint, RULE)
    for attribute in ast.walk(tree):
        if isinstance(attribute, ast.Attribute) and (found := _ENV_CHAIN.fullmatch(ast.unparse(attribute))):
            said = found[1].partition(".")
            message = f"'env.{found[1]}' is not there under Zensical"
            hint = (
                f'write env.conf["{said[2]}"]'
                if said[0] == "conf"
                else "use env.page.url, path, title or meta"
            )
            yield Diagnostic(name, attribute.lineno, attribute.col_offset + 1, "", message, hint, RULE)


def _pages(project: Project) -> Iterator[Diagnostic]:
    """Pages that the two generators take for something else, or read differently."""
    environment = Environment()  # noqa: S701 - pages are only parsed here
    for folder in ("docs", f"{COMPANY}/docs"):
        for path in sorted((project.root / folder).rglob("*")):
            name = project.name(path)
            if path.suffix.lower() in _OTHER_ENDINGS:
                message = "Zensical takes it for a file, not for a page"
                yield Diagnostic.of_file(name, message, f"rename it to {path.with_suffix('.md').name}", RULE)
            elif path.suffix == ".md" and path.is_file() and not _unpublished(name):
                yield from _page(project, name, path, environment)


def _unpublished(name: str) -> bool:
    return name.startswith("docs/contributing/")


def _page(project: Project, name: str, path: Path, environment: Environment) -> Iterator[Diagnostic]:
    if path.name == "README.md":
        yield Diagnostic.of_file(name, "is no index for both generators", "rename it to index.md", RULE)
    text, _ = project.read_text(name)
    if not text:
        return
    yield from extensions.in_front_matter(name, text)
    # What is code is shown, not followed; spaces keep the places.
    prose = _CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    for link in _RAW_LINK.finditer(prose):
        if not link["to"].startswith(("/", "data:")):
            line = prose.count("\n", 0, link.start("to")) + 1
            column = link.start("to") - prose.rfind("\n", 0, link.start("to"))
            message = f"'{link['to']}' in HTML: MkDocs leaves it, Zensical takes it for a path from this file"
            hint = "write it in Markdown: [text](path) or ![text](path)"
            yield Diagnostic(name, line, column, "", message, hint, RULE)
    if "{{" not in text and "{%" not in text:
        return
    try:
        tree = environment.parse(text)
    except TemplateSyntaxError:
        return  # the check says so
    yield from _names(name, text, tree)


def _names(name: str, text: str, tree: nodes.Template) -> Iterator[Diagnostic]:
    """What pages ask of MkDocs by name."""
    for each in tree.find_all(nodes.Name):
        if each.ctx == "load" and each.name in zensical.ON_PAGES:
            message, hint = f"'{each.name}' is an empty list under Zensical", "name the pages in data"
            yield _at(name, text, (each.lineno, each.name), (message, hint))
    for get in tree.find_all(nodes.Getattr):
        if (
            isinstance(get.node, nodes.Name)
            and get.node.name == "page"
            and get.attr in zensical.PAGE_IN_MACROS
        ):
            message = f"'page.{get.attr}' is not there under Zensical"
            hint = "page has title, url, path and meta under both"
            yield _at(name, text, (get.lineno, f"page.{get.attr}"), (message, hint))


def _at(name: str, text: str, at: tuple[int, str], said: tuple[str, str]) -> Diagnostic:
    """A problem at a word, from a line on: Jinja knows the line of a whole tag only."""
    line, word = at
    lines = text.splitlines()
    for number in range(line, min(line + 20, len(lines)) + 1):
        column = lines[number - 1].find(word)
        if column >= 0:
            return Diagnostic(name, number, column + 1, "", *said, RULE)
    return Diagnostic(name, min(line, max(len(lines), 1)), 1, "", *said, RULE)
