"""What a page shows, and under which anchors: what its Markdown says, and items of lists."""

from __future__ import annotations

import re
from html import unescape
from unicodedata import normalize

from macros.model.kinds import BY_KEY

_FENCED = re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n]*\n.*?^[ \t]*\1[`~]*[ \t]*$", re.MULTILINE | re.DOTALL)
_WRITTEN = re.compile(r"""(?:\{[^}\n]*\#|\b(?:id|name)=["']?)([\w.:-]+)""")
_HEADING = re.compile(r"^(?:#{1,6}[ \t]*(.+?)[ \t]*#*|([^\s].*)\n(?:=+|-+))[ \t]*$", re.MULTILINE)
_ATTRIBUTES = re.compile(r"[ \t]*\{[^{}\n]*\}$")
_LINKED = re.compile(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?")
_TAG = re.compile(r"<[^>]*>")


def anchors_of(text: str) -> set[str]:
    """Anchors that a page's Markdown makes by itself: written ones, and those of its headings.

    Headings get theirs as Python-Markdown's `toc` makes them: ASCII letters and digits in lower case, words
    joined by hyphens, and a number where it is taken.
    """
    if "```" in text or "~~~" in text:
        text = _FENCED.sub("", text)
    found = set(_WRITTEN.findall(text))
    made: set[str] = set()
    for marked, underlined in _HEADING.findall(text):
        heading = marked or underlined
        given = _ATTRIBUTES.search(heading)
        if given and "#" in given[0]:
            continue
        heading = heading[: given.start()] if given else heading
        words = unescape(_TAG.sub("", _LINKED.sub(r"\1", heading)))
        slug = _slug(words)
        while slug in made or not slug:
            stem, _, number = slug.rpartition("_")
            slug = f"{stem}_{int(number) + 1}" if number.isdigit() else f"{slug}_1"
        made.add(slug)
        found.add(_slug(re.sub(r"(?<!\w)_+|_+(?!\w)", "", words)))
    return found | made


def _slug(words: str) -> str:
    """As `markdown.extensions.toc.slugify`."""
    plain = normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())


def macros_on(text: str) -> list[str]:
    """Names of the macros that a page calls; empty for an expression that begins with anything else."""
    calls = (_CALL.match(each) for each in _EXPRESSION.findall(text))
    return [called[1] if called else "" for called in calls]


def lists_of_macro(name: str) -> tuple[str, ...] | None:
    """Lists whose items a macro shows; None where it may show any.

    A macro that is called like a list shows that list, if `_SHOWN` does not say otherwise.
    """
    return _SHOWN.get(name, (name,) if name in BY_KEY else None)


def anchors_of_item(key: str, id: str) -> list[str]:
    """Anchors of an item of a list, wherever that list is shown."""
    return [form.format(id) for form in _FORMS.get(key, ("{}",))]


_SHOWN: dict[str, tuple[str, ...]] = {
    "approach": (),
    "approaches": ("comparison_aspects",),
    "business_decisions": (),
    "decision_tree": ("questions", "first_steps"),
    "deck": (),
    "glossary": ("terms",),
    "lifecycle": ("component_groups",),
    "name": (),
    "provenance": (),
    "raci_by_role": ("roles",),
    "raci_table": ("activities",),
    "requirements": ("profiles", "requirements"),
    "situation": (),
    "sourcing": ("sourcing_options",),
    "stakeholders": ("stakeholder_questions", "stakeholders"),
    "templates": ("moments",),
    "tree_picture": (),
    "unmarked": (),
}
"""Lists whose items a macro shows, where it is not called like one list or shows something else."""
_EXPRESSION = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_CALL = re.compile(r"[-+\s]*(\w+)\s*\(")
"""A macro's call at the beginning of an expression."""

_FORMS = {
    "roles": ("role-{}",),
    "activities": ("{}", "{}-note"),
    "component_groups": ("stage-{}",),
    "release_stages": ("stage-{}",),
    "situations": ("card-{}",),
    "pillars": ("pillar-{}",),
    "profiles": ("{}", "{}-must-know", "{}-nice-to-have"),
}
"""Anchors of a list's items, as the partials write them; the id alone for any other list."""
