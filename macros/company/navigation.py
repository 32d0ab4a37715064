"""The site's navigation with the company's changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

from macros.diagnostics import did_you_mean
from macros.model.settings import NavigationChange, SiteSettings
from macros.project import Project

OURS = "Our pages"
"""Section for company pages that `navigation` does not place."""
FLAT = 12
"""So many of them stand in one list; more are shown by their folders."""

Problem = tuple[int, str, str, str]
"""Index of a navigation change, its key, message, hint."""


def navigation(nav: list[Any], settings: SiteSettings, project: Project) -> tuple[list[Any], list[Problem]]:
    """The site's navigation with the company's changes.

    Args:
        nav: the playbook's, as mkdocs.yml has it.
        settings: the company's settings.
        project: the pages that there are.

    Returns:
        The `nav` of the configuration, and what could not be done.
    """
    nav = deepcopy(nav)
    problems: list[Problem] = []
    seen = set(leaves(nav))
    for index, change in enumerate(settings.navigation):
        problems += [(index, *problem) for problem in _change(nav, change, project.all_pages, seen)]
    placed = {*leaves(nav), *(change.remove for change in settings.navigation)}
    left = [page for page in project.company_pages if page not in placed]
    if left:
        nav.append({OURS: left if len(left) <= FLAT else by_folder(left)})
    return nav, problems


def by_folder(pages: Iterable[str], above: int = 0) -> list[Any]:
    """Pages as their folders have them: index first, pages, then a section for each folder.

    Args:
        pages: paths below docs/, of one folder and what is below it, sorted.
        above: how many folders that one is in.
    """
    here: list[str] = []
    folders: dict[str, list[str]] = {}
    for page in pages:
        folder, *below = page.split("/")[above:]
        if below:
            folders.setdefault(folder, []).append(page)
        else:
            here.append(page)
    here.sort(key=lambda page: page.rpartition("/")[2] != "index.md")
    return [*here, *({_title(folder): by_folder(found, above + 1)} for folder, found in folders.items())]


def _title(folder: str) -> str:
    """A folder's name as a section's title, as MkDocs writes it."""
    words = folder.replace("-", " ").replace("_", " ")
    return words.capitalize() if words.islower() else words


def leaves(nav: Any) -> Iterator[str]:
    """Every page in a navigation."""
    if isinstance(nav, str):
        yield nav
    for part in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from leaves(part)


def _change(
    nav: list[Any], change: NavigationChange, pages: frozenset[str], seen: set[str]
) -> Iterator[tuple[str, str, str]]:
    """Apply one change in place, or say why not (key, message, hint).

    Only pages that were `seen` in the navigation are looked for: a company may place thousands.
    """
    kinds = [key for key in ("page", "section", "remove") if getattr(change, key) is not None]
    if len(kinds) != 1:
        yield "", "expected one of 'page', 'section' or 'remove'", ""
        return
    more = [key for key in change.model_fields_set if key not in _KEYS[kinds[0]]]
    if more or (change.after is not None and change.before is not None):
        key = sorted(more)[0] if more else "before"
        yield key, f"'{key}' says nothing beside '{kinds[0] if more else 'after'}'", "remove it"
        return
    named = [change.page] if change.page is not None else list(change.pages)
    missing = [page for page in named if page not in pages]
    for page in missing:
        key = "page" if change.page is not None else "pages"
        yield key, f"unknown page '{page}'", did_you_mean(page, pages)
    target = change.remove or change.after or change.before
    if missing:
        return
    if target is None:
        yield kinds[0], "no place", "say 'after:' or 'before:' with a page or a section's title"
        return
    if change.remove is None:
        for page in seen.intersection(named):
            _take_out(nav, page)
        seen.update(named)
    found = _find(nav, target)
    key = "remove" if change.remove is not None else "after" if change.after is not None else "before"
    if found is None:
        known = [*leaves(nav), *_titles(nav)]
        yield key, f"nothing in the navigation is called '{target}'", did_you_mean(target, known)
        return
    siblings, at = found
    if change.remove is not None:
        del siblings[at]
        return
    entry: Any = {change.section: list(change.pages)} if change.section else change.page
    if change.page is not None and change.title is not None:
        entry = {change.title: change.page}
    siblings.insert(at + (change.after is not None), entry)


_KEYS = {
    "page": {"page", "title", "after", "before"},
    "section": {"section", "pages", "after", "before"},
    "remove": {"remove"},
}
"""Keys that count beside each kind of change."""


def _find(nav: list[Any], target: str) -> tuple[list[Any], int] | None:
    """The list and index at which a page or a section stands."""
    for index, entry in enumerate(nav):
        if entry == target:
            return nav, index
        if isinstance(entry, dict):
            [(title, value)] = entry.items()
            if target in (title, value):
                return nav, index
            if isinstance(value, list) and (found := _find(value, target)):
                return found
    return None


def _take_out(nav: list[Any], page: str) -> None:
    found = _find(nav, page)
    if found is not None:
        del found[0][found[1]]


def _titles(nav: list[Any]) -> Iterator[str]:
    for entry in nav:
        if isinstance(entry, dict):
            for title, value in entry.items():
                yield title
                if isinstance(value, list):
                    yield from _titles(value)
