"""Reads `company/site.yml` and works out the site's configuration from it.

Nothing here knows a generator: configuration is a mapping, as mkdocs.yml holds it.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from macros.diagnostics import Diagnostic, Diagnostics, did_you_mean
from macros.merge import Place
from macros.model.settings import Colors, NavigationChange, SiteSettings
from macros.parse import COMPANY, translate
from macros.source import pages_below, read

NAME = f"{COMPANY}/site.yml"
CONFIGURATION = "mkdocs.yml"
WHITE, DARK = "#ffffff", "#151b23"
"""Backgrounds of the two schemes, as in docs/assets/playbook.css."""
MIN_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3, for text."""
OURS = "Our pages"
"""Section for company pages that `navigation` does not place."""


def load_settings(root: Path) -> SiteSettings | Diagnostics:
    """Read and check the company's settings.

    Args:
        root: the project's folder.

    Returns:
        The settings (empty ones where there is no file), or every problem found.
    """
    if not (root / NAME).is_file():
        return SiteSettings()
    broken = _broken_configuration(root)
    if broken:
        return Diagnostics([broken])
    document, problems = read(root, NAME)
    if document is None or problems:
        return Diagnostics(problems)
    place = Place(None, (document, ()))
    try:
        settings = SiteSettings.model_validate(document.value)
    except ValidationError as error:
        return Diagnostics(translate(place, SiteSettings, error))
    found = Diagnostics(
        [*_files(root, settings, place), *_contrast(settings.colors, place), *_moves(root, settings, place)]
    )
    return found if found.errors else settings


def _files(root: Path, settings: SiteSettings, place: Place) -> Iterator[Diagnostic]:
    """Named files that are not there."""
    wanted = [(("logo",), settings.logo), (("favicon",), settings.favicon)]
    wanted += [(("extra_css", index), path) for index, path in enumerate(settings.extra_css)]  # type: ignore[misc]
    for below, path in wanted:
        if path is not None and ".." in path.split("/"):
            yield place.diagnostic(below, f"'{path}' leads out of {COMPANY}/docs/", "", "outside-company")
        elif path is not None and not (root / COMPANY / "docs" / path).is_file():
            message = f"there is no file {COMPANY}/docs/{path}"
            yield place.diagnostic(below, message, "put it there", "missing-file")


def _contrast(colors: Colors, place: Place) -> Iterator[Diagnostic]:
    """Colors on which text cannot be read."""
    pairs = (("primary", WHITE), ("link", WHITE), ("primary_dark", WHITE), ("link_dark", DARK))
    for key, other in pairs:
        color = getattr(colors, key)
        if color is not None and (ratio := contrast(color, other)) < MIN_CONTRAST:
            message = f"{color} on {other} has a contrast of {ratio:.1f}, text needs {MIN_CONTRAST}"
            hint = "take a lighter one" if key == "link_dark" else "take a darker one"
            yield place.diagnostic(("colors", key), message, hint, "contrast")


def contrast(first: str, second: str) -> float:
    """Contrast of two colors, 1 to 21.

    Source: WCAG 2.2, definitions of relative luminance and contrast ratio.
    """

    def luminance(color: str) -> float:
        parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _moves(root: Path, settings: SiteSettings, place: Place) -> Iterator[Diagnostic]:
    """Changes of the navigation that cannot be made."""
    _, problems = navigation(root, settings)
    for index, key, message, hint in problems:
        below: tuple[str | int, ...] = ("navigation", index, *((key,) if key else ()))
        yield place.diagnostic(below, message, hint, "navigation")


Problem = tuple[int, str, str, str]
"""Index of a navigation change, its key, message, hint."""


def navigation(root: Path, settings: SiteSettings) -> tuple[list[Any], list[Problem]]:
    """The site's navigation with the company's changes.

    Args:
        root: the project's folder.
        settings: the company's settings.

    Returns:
        The `nav` of the configuration, and what could not be done.
    """
    nav: list[Any] = configuration(root)["nav"]
    problems: list[Problem] = []
    own = own_pages(root)
    pages = _all_pages(root)
    for index, change in enumerate(settings.navigation):
        problems += [(index, *problem) for problem in _change(nav, change, pages)]
    placed = set(leaves(nav))
    left = [
        page for page in own if page not in placed and not any(c.remove == page for c in settings.navigation)
    ]
    if left:
        nav.append({OURS: left})
    return nav, problems


def own_pages(root: Path) -> list[str]:
    """The company's pages, as paths below docs/."""
    return pages_below(root / COMPANY / "docs")


def _all_pages(root: Path) -> set[str]:
    """All pages of the site, the company's among them, as paths below docs/."""
    return {*pages_below(root / "docs"), *own_pages(root)}


def leaves(nav: Any) -> Iterator[str]:
    """Every page in a navigation."""
    if isinstance(nav, str):
        yield nav
    for part in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from leaves(part)


def _change(nav: list[Any], change: NavigationChange, pages: set[str]) -> Iterator[tuple[str, str, str]]:
    """Apply one change in place, or say why not (key, message, hint)."""
    kinds = [key for key in ("page", "section", "remove") if getattr(change, key) is not None]
    if len(kinds) != 1:
        yield "", "expected one of 'page', 'section' or 'remove'", ""
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
        for page in named:
            _take_out(nav, page)
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


class _Tagged:
    """A value with a YAML tag of its own, such as !ENV, carried through unread."""

    def __init__(self, tag: str, node: yaml.Node) -> None:
        self.tag = tag
        self.node = node


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml, tags included."""


class _Dumper(yaml.SafeDumper):
    """Writes it again."""


_Loader.add_multi_constructor("!", lambda _, tag, node: _Tagged(f"!{tag}", node))
_Dumper.add_representer(_Tagged, lambda _, value: value.node)


def configuration(root: Path) -> dict[str, Any]:
    """mkdocs.yml as a mapping."""
    loaded: dict[str, Any] = yaml.load((root / CONFIGURATION).read_text("utf-8"), Loader=_Loader)  # noqa: S506
    return loaded


def _broken_configuration(root: Path) -> Diagnostic | None:
    """What keeps mkdocs.yml from being changed by the company's settings."""
    try:
        config = configuration(root)
    except (OSError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        message = f"cannot be read: {getattr(error, 'problem', None) or error}"
        return Diagnostic(CONFIGURATION, line, column, "", message, "", "yaml-syntax")
    needed = [
        key
        for key in ("nav", "theme", "plugins", "extra_css")
        if not isinstance(config, dict) or key not in config
    ]
    if needed:
        message = f"missing '{needed[0]}'"
        return Diagnostic(CONFIGURATION, 1, 1, "", message, "restore it from upstream", "missing-key")
    return None


def company_configuration(root: Path, settings: SiteSettings) -> str:
    """mkdocs.yml with the company's settings, as text."""
    config = configuration(root)
    config["nav"], _ = navigation(root, settings)
    theme = config["theme"]
    for key, value in (
        ("site_name", settings.name),
        ("site_description", settings.description),
        ("copyright", html.escape(settings.copyright) if settings.copyright else None),
    ):
        if value is not None:
            config[key] = value
    for key, value in (
        ("logo", settings.logo),
        ("favicon", settings.favicon),
        ("language", settings.language),
    ):
        if value is not None:
            theme[key] = value
    config["plugins"] = [*config["plugins"], *settings.plugins]
    config["extra_css"] = [
        *config["extra_css"],
        *(["assets/company.css"] if style(settings.colors) else []),
        *settings.extra_css,
    ]
    hidden = sorted(_all_pages(root) - set(leaves(config["nav"])))
    config["not_in_nav"] = "".join(f"/{page}\n" for page in hidden)
    return yaml.dump(config, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1000)


def style(colors: Colors) -> str:
    """The company's colors as a style sheet; empty for none."""
    light = {"--md-primary-fg-color": colors.primary, "--md-typeset-a-color": colors.link}
    dark = {"--md-primary-fg-color": colors.primary_dark, "--md-typeset-a-color": colors.link_dark}
    rules = []
    for scheme, values in (("default", light), ("slate", dark)):
        said = "".join(f"{name}:{color};" for name, color in values.items() if color)
        if said:
            rules.append(f'[data-md-color-scheme="{scheme}"]{{{said}}}\n')
    return "".join(rules)
