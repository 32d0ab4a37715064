"""Every address has one source: two pages at one hide each other, under each generator another way."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from unicodedata import normalize

from macros.diagnostics import Diagnostic
from macros.places.addresses import page_url
from macros.project import COMPANY, UNPUBLISHED, Project

WRITTEN = ("404.html", "llms.txt", "sitemap.xml", "search/search_index.json")
"""Files that each build writes, whatever docs/ holds."""


def two_of_one(
    project: Project, templates: Collection[str], exported: Collection[str]
) -> Iterator[Diagnostic]:
    """Pages and files that are published at the address of another.

    Args:
        project: whose pages and files.
        templates: ids of all templates, whose blanks are published.
        exported: files that a build writes, below the site.
    """
    known: dict[str, tuple[str, str]] = {}
    for name in (*WRITTEN, *exported):
        known[name.casefold()] = ("", name)
    for id in templates:
        known |= {f"templates/{id}.{ending}": ("", "") for ending in ("docx", "xlsx")}
        known |= {f"examples/{id}.{ending}": ("", "") for ending in ("docx", "xlsx", "json")}
    for file, path in _files(project):
        address = f"{page_url(path)}index.html" if path.endswith(".md") else path
        key = address if address.isascii() else normalize("NFC", address)
        there = known.setdefault(key.casefold(), (file, path))
        if there[0] != file:
            yield _told(file, path, address, *there)


def _files(project: Project) -> Iterator[tuple[str, str]]:
    """Everything that is published: its file, and its path below docs/; ours first."""
    named = (each.name for each in project.company_files if each.what == "file")
    ours = [name[5:] for name in named if name.startswith("docs/")]
    replaced = set(ours)
    for each in project.files:
        if each.what == "file" and each.name not in replaced and not each.name.startswith(f"{UNPUBLISHED}/"):
            yield f"docs/{each.name}", each.name
    for name in ours:
        yield f"{COMPANY}/docs/{name}", name


def _told(file: str, path: str, address: str, other: str, at: str) -> Diagnostic:
    if not other:
        message = f"is published as {address}, which each build writes"
        return Diagnostic.of_file(file, message, "rename it", "two-sources")
    shown = address.removesuffix("index.html") or "the site's first page"
    message = f"is published as {shown}, and so is {other}"
    hint = "rename one of them"
    if path.endswith(".md") and file.startswith(f"{COMPANY}/") and not other.startswith(f"{COMPANY}/"):
        hint = f"to replace that page, call it {COMPANY}/docs/{at}"
    return Diagnostic.of_file(file, message, hint, "two-sources")
