"""The settings at the top of a page: read as the generators read them, and each one used or told."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from macros.diagnostics import Diagnostic, did_you_mean

_FENCED = re.compile(r"\A-{3}[ \t]*\n(.*?\n)??(?:-{3}|\.{3})[ \t]*(?:\n|\Z)", re.DOTALL)
"""As MkDocs finds it: `mkdocs.utils.meta.YAML_RE`."""
_LOOSE = re.compile(r"\A[ ]{0,3}([A-Za-z0-9_-]+):")
"""A first line such as `Note: …`, which MkDocs takes for a setting and does not show."""

KEYS = frozenset({
    "title", "description", "template", "hide", "icon", "status", "subtitle", "tags", "search",
    "render_macros", "image", "robots", "canonical", "author", "authors", "date",
    "categories", "slug", "draft", "readtime",
    "links", "pin", "comments", "social", "boost", "exclude",
})  # fmt: skip
"""Keys that MkDocs, the theme or the kit read."""
HIDDEN = ("navigation", "toc", "footer", "path", "tags", "title", "feedback")
"""What `hide` can take off a page."""


@dataclass(frozen=True)
class FrontMatter:
    """What stands at the top of a page.

    Args:
        end: where the page's text begins.
        keys: names of its settings; a page's macros can use them.
        is_rendered: whether the page's macros are expanded.
    """

    end: int = 0
    keys: frozenset[str] = frozenset()
    is_rendered: bool = True


NONE = FrontMatter()


def first_line(text: str) -> int:
    """The line, counted from 1, at which a page begins for a generator: behind front matter and blanks."""
    found = _FENCED.match(text)
    rest = text[found.end() if found else 0 :].lstrip("\n")
    return text[: len(text) - len(rest)].count("\n") + 1


def front_matter(
    name: str,
    text: str,
    macros: Collection[str],
    is_used: Callable[[str], bool],
    in_theme: Callable[[str], bool] = lambda _: True,
) -> tuple[FrontMatter, list[Diagnostic]]:
    """Read a page's front matter.

    Args:
        name: the page's file.
        text: its text.
        macros: names that a key may not take.
        is_used: whether anything of the company's reads a key of this name.
        in_theme: whether the theme, or what overrides it, has a template of this path.

    Returns:
        The front matter, an empty one where there is none, and what is wrong with it.
    """
    if not text.startswith("---"):
        return NONE, list(_without(name, text))
    found = _FENCED.match(text)
    if found is None:
        if re.match(r"-{3}\s*\n\w+:", text):
            message = "the settings at the top are never closed, so they are shown as text"
            return NONE, [Diagnostic.of_file(name, message, "close them with ---", "front-matter")]
        return NONE, []
    from macros.load.yaml import parse  # noqa: PLC0415

    # An empty line stands for the dashes, so that places are right.
    document, problems = parse(name, "\n" + (found[1] or ""))
    end = found.end()
    if document is None or not isinstance(document.value, dict):
        if document is None and not (found[1] or "").strip():
            return FrontMatter(end), []
        message = "expected keys and values between the dashes"
        return FrontMatter(end), problems or [Diagnostic.of_file(name, message, "", "front-matter")]
    told = [each for each in problems if each.rule != "yaml-trap"]  # dates and yes/no are meant here
    values = document.value
    for key in values:
        for message, hint in _key(key, values[key], macros, in_theme):
            told.append(document.diagnostic((key,), message, hint, "front-matter", of_key=True))
        if not (
            key in KEYS or key in macros or re.search(rf"\b{re.escape(key)}\b", text[end:]) or is_used(key)
        ):
            hint = did_you_mean(key.lower(), KEYS)
            problem = document.diagnostic((key,), "nothing reads this key", hint, "front-matter", of_key=True)
            told.append(problem if hint else replace(problem, severity="warning"))
    rendered = values.get("render_macros", True) is not False
    return FrontMatter(end, frozenset(values), rendered), told


def _without(name: str, text: str) -> Iterator[Diagnostic]:
    """A page without front matter: it may be empty, or lose its first line."""
    loose = _LOOSE.match(text)
    if loose:
        line = text.count("\n", 0, loose.start(1)) + 1
        message = f"the first line is taken for a setting '{loose[1]}' and not shown"
        yield Diagnostic(name, line, 1, "", message, "begin with a heading", "front-matter")
    elif not text.strip():
        yield Diagnostic(
            name, 1, 1, "", "is empty", "write the page, or delete the file", "empty-file", "warning"
        )


def _key(
    key: str, value: object, macros: Collection[str], in_theme: Callable[[str], bool]
) -> Iterator[tuple[str, str]]:
    """What is wrong with one setting: message and hint."""
    if key == "ignore_macros":
        yield "the macros plugin refuses this key", "write render_macros: false"
    elif key in macros:
        yield "is a macro of the playbook, which this page could not call any more", "rename the key"
    elif key == "hide":
        for each in value if isinstance(value, tuple) else (value,):
            if each not in HIDDEN:
                yield f"nothing called '{each}' can be hidden", did_you_mean(str(each), HIDDEN)
    elif key == "template" and not in_theme(str(value)):
        yield f"there is no template '{value}'", "put it into company/overrides/"
    elif key == "icon" and not in_theme(f".icons/{value}.svg"):
        yield f"the theme has no icon '{value}'", "put it into company/overrides/.icons/"
