"""Links in texts lead somewhere: those of the data, and those that somebody wrote on a page.

A page is first looked through for what may be a link and leads nowhere, which is quick. Only where there
is something of the kind, code, comments and templates are told from the rest, which takes longer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from macros.diagnostics import Diagnostic, did_you_mean
from macros.load.reading import Reading
from macros.project import COMPANY
from macros.rules.registry import Rule
from macros.rules.targets import Problem, Targets

_INLINE = re.compile(
    r"""\]\([ \t]*\n?[ \t]*
    (?: <(?P<angle>[^<>\n]*)>
      | (?P<bare>(?: [^()\s] | \((?:[^()\s] | \([^()\s]*\))*\) | [ ](?![ "')]) )*)
    )(?:[ \t\n]+(?:"[^"]*"|'[^']*'))?\s*\)""",
    re.VERBOSE,
)
"""From the brackets' end on: a target in angle brackets, or bare with blanks, as Python-Markdown takes it."""
_DEFINED = re.compile(r"^[ ]{0,3}\[(?!\^)[^\]\n]+\]:[ \t]*\n?[ \t]*<?(?P<bare>[^\s<>]+)>?", re.MULTILINE)
_LABELED = re.compile(
    r"""(?<![\w\]\\])\[(?=\s*[^\s\[\]])(?P<text>(?!\^)[^\[\]]*)\]\[(?P<label>(?!\^)[^\[\]{}]*)\](?![\[(:])
    | (?<=\))\]\[(?P<around>(?!\^)[^\[\]{}]+)\](?![\[(:])""",
    re.VERBOSE,
)
"""A link by a label: ``[text][label]``, ``[label][]``, or around a picture, ``[![alt](…)][label]``."""
_LABEL = re.compile(r"^[ ]{0,3}\[(?!\^)([^\]\n]+)\]:", re.MULTILINE)
_ELSEWHERE = re.compile(r"^[ \t]*-+8<-+|\{%-?\s*(?:include|import|from)\b", re.MULTILINE)
"""What takes other files into a page: labels may be defined there."""
_CANDIDATE = re.compile(r"(?P<url>[^\s,]\S*?)(?:,+(?=\s|$)|(?=\s|$)[^,]*(?:,|$))")
"""A picture of a `srcset`, with how wide or dense it is."""
_ATTRIBUTE = re.compile(
    r"""(?<=[\s"'])(?:href|src|poster|(?P<set>(?:image)?srcset))\s*=\s*
    (?:"(?P<angle>[^"\n]*)"|'(?P<quoted>[^'\n]*)'|(?P<bare>[^\s>"'=<`]+))""",
    re.IGNORECASE | re.VERBOSE,
)
_HIDDEN = re.compile(
    r"""^[ \t]*(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?\n)??[ \t]*(?P=fence)[`~]*[ \t]*$
    | <!--.*?--> | \{\#.*?\#\} | \{\{.*?\}\} | \{%.*?%\}
    | <(?P<tag>script|style|pre|code|textarea)\b.*?</(?P=tag)\s*>
    | (?<!`)(?P<tick>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=tick)(?!`)
    | \\[\]\[\\`]""",
    re.VERBOSE | re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
"""What is no text: fenced code, comments, templates, elements that hold code, code in a line, escapes."""
_INDENTED = re.compile(r"(?:\A|(?<=\n))(?:[ \t]*\n)((?:(?:[ ]{4}|\t)[^\n]*(?:\n|\Z)|[ \t]*\n)+)")
_CONTAINER = re.compile(r"[ ]{0,3}(?:[-*+]|\d+[.)]|:|!!!|\?\?\?\+?|===|\[\^[^\]]+\]:)[ \t]")


_NOTHING = "\x01"
"""Stands in the place of what is no text. A blank would indent the line that begins so."""


@dataclass(frozen=True)
class Link:
    """A link in a text.

    Args:
        start: where it begins, as an index: the bracket or the attribute.
        target: where its target begins.
        url: the target as written.
        is_html: whether it is an attribute of HTML.
    """

    start: int
    target: int
    url: str
    is_html: bool = False


def may_be_links(text: str, *, html: bool) -> Iterator[Link]:
    """Whatever looks like a link in Markdown, in code, too.

    Args:
        text: Markdown.
        html: whether it may hold HTML, and links that are defined elsewhere.
    """
    patterns = [(_INLINE, False)] if "](" in text else []
    if html and "]:" in text:
        patterns.append((_DEFINED, False))
    if html and ("<" in text) and ("href" in text or "src" in text or "HREF" in text):
        patterns.append((_ATTRIBUTE, True))
    for pattern, is_html in patterns:
        for found in pattern.finditer(text):
            name = str(found.lastgroup)
            if is_html and found["set"]:
                for each in _CANDIDATE.finditer(found[name]):
                    yield Link(found.start(), found.start(name) + each.start(), each["url"], is_html)
            else:
                yield Link(found.start(), found.start(name), found[name], is_html)


def lacking_labels(text: str) -> Iterator[tuple[Link, str]]:
    """Links by a label that nothing on the page defines, with the nearest one that is.

    Args:
        text: a page's Markdown. Where it takes other files in, labels may be theirs.
    """
    if "][" not in text or _ELSEWHERE.search(text):
        return
    masked = _masked(text)
    known = {_label(each[1]) for each in _LABEL.finditer(text) if masked[each.end() - 2] == "]"}
    for found in _LABELED.finditer(text):
        name = next(each for each in ("around", "label", "text") if (found[each] or "").strip())
        if _label(found[name]) not in known:
            link = Link(found.start(), found.start(name), " ".join(found[name].split()))
            if is_shown(text, link):
                yield link, did_you_mean(_label(found[name]), known)


def _label(text: str) -> str:
    """A label as Python-Markdown compares it."""
    return " ".join(text.split()).lower()


def is_shown(text: str, link: Link) -> bool:
    """Whether what looks like a link is one, and neither code nor a comment."""
    masked = _masked(text)
    if link.is_html:
        opened = masked.rfind("<", 0, link.start)
        return (
            opened >= 0
            and ">" not in masked[opened : link.start]
            and masked[opened + 1 : opened + 2].isalpha()
        )
    if masked[link.start] == "]":  # of an inline link
        paragraph = masked.rfind("\n\n", 0, link.start) + 1
        return "[" in masked[paragraph : link.start]
    return masked[link.start : link.start + 4].lstrip(" ").startswith("[")


def _masked(text: str) -> str:
    """A page without what is no text; every index stays."""

    def blank(found: re.Match[str]) -> str:
        return re.sub(r"[^\n]", _NOTHING, found[0])

    def code(found: re.Match[str]) -> str:
        # Below a list or an admonition, what is indented is part of it.
        before = masked[: found.start()].rstrip("\n").split("\n")
        for line in reversed(before):
            if line.strip() and not line.startswith(("    ", "\t")):
                return found[0] if _CONTAINER.match(line) else blank(found)
        return blank(found)

    masked = _HIDDEN.sub(blank, text)
    return _INDENTED.sub(code, masked) if "\n    " in masked or "\n\t" in masked else masked


def on_page(page: str, text: str, begin: int, targets: Targets) -> Iterator[Diagnostic]:
    """Links of a page that lead nowhere.

    Args:
        page: its path below docs/.
        text: its Markdown.
        begin: where the Markdown begins, behind the front matter.
        targets: what links can lead to.
    """
    found = [
        (link, problem)
        for link in may_be_links(text, html=True)
        if (problem := targets.in_html(link.url, page) if link.is_html else targets.link(link.url, page))
        and link.start >= begin
        and is_shown(text, link)
    ]
    labels = [
        (link, Problem(f"no link is called '{link.url}' on this page", near))
        for link, near in lacking_labels(text)
        if link.start >= begin
    ]
    for link, problem in (*found, *labels):
        line = text.count("\n", 0, link.target) + 1
        column = link.target - text.rfind("\n", 0, link.target)
        name = targets.project.page_name(page)
        message, hint, severity = problem.told(upstream=not name.startswith(f"{COMPANY}/"))
        yield Diagnostic(name, line, column, "", message, hint, "broken-link", severity)


def in_data(reading: Reading) -> Iterator[Diagnostic]:
    """Links in texts of the data that lead nowhere. A name is shown as it is written, so it has none."""
    targets = Targets(reading)
    for place, where, text in reading.linked:
        if where[-1:] == ("name",):
            continue
        for link in may_be_links(text, html=False):
            problem = targets.link(link.url, None)
            if problem is not None and is_shown(text, link):
                message, hint, severity = problem.told(upstream=place.company is None)
                yield replace(place.diagnostic(where, message, hint), severity=severity)


RULES = (
    Rule(
        "broken-link",
        "error",
        "Every link in a text leads to something",
        "A link or a picture in a text of the data begins at `docs/`, as in "
        "`[how](grow/choosing.md#data-exists)`; on a page it begins at the page's folder. The page, the file "
        "and the anchor must exist, and so must the label of `[how][label]`, on the same page. Links of ours "
        "to an item that you removed are a warning, which names the place where you did: our page keeps the "
        "item's anchor at its foot, so that they still arrive.",
        in_data,
    ),
)
