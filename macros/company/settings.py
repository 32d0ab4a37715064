"""`company/site.yml`: what a company says about the site itself, read and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from macros.company.colors import check_contrast
from macros.company.mkdocs_yml import read_configuration
from macros.company.navigation import navigation
from macros.diagnostics import Diagnostic, Diagnostics, Where, did_you_mean
from macros.load.merge import Place
from macros.load.words import translate
from macros.load.yaml import read
from macros.model.settings import SiteSettings
from macros.project import COMPANY, Project

NAME = f"{COMPANY}/site.yml"
PARTS = ("docs", "overrides", "site.yml", "macros.py")
"""What of the company layer concerns the site itself; the rest is data."""


@dataclass(frozen=True)
class Site:
    """How the site is set up.

    Args:
        settings: what the company says.
        configuration: mkdocs.yml as it stands; None where the company changes nothing about the site.
    """

    settings: SiteSettings
    configuration: Mapping[str, Any] | None


def load_site(project: Project) -> Site | Diagnostics:
    """Read and check what the company says about the site.

    Args:
        project: whose site.

    Returns:
        The settings (empty ones where there is no file), or every problem found.
    """
    if not any((project.company / part).exists() for part in PARTS):
        return Site(SiteSettings(), None)
    configuration = read_configuration(project)
    if isinstance(configuration, Diagnostic):
        return Diagnostics([configuration])
    if not (project.root / NAME).is_file():
        return Site(SiteSettings(), configuration)
    document, problems = read(project, NAME)
    if document is None or problems:
        return Diagnostics(problems)
    place = Place(None, (document, ()))
    try:
        settings = SiteSettings.model_validate(document.value)
    except ValidationError as error:
        return Diagnostics(translate(place, SiteSettings, error))
    found = Diagnostics(
        [
            *_files(project, settings, place),
            *check_contrast(settings.colors, place),
            *_plugins(settings, place),
            *_moves(configuration["nav"], settings, project, place),
        ]
    )
    return found if found.errors else Site(settings, configuration)


def _files(project: Project, settings: SiteSettings, place: Place) -> Iterator[Diagnostic]:
    """Named files that are not there."""
    wanted = [(("logo",), settings.logo), (("favicon",), settings.favicon)]
    wanted += [(("extra_css", index), path) for index, path in enumerate(settings.extra_css)]  # type: ignore[misc]
    for below, path in wanted:
        if path is not None and ".." in path.split("/"):
            yield place.diagnostic(below, f"'{path}' leads out of {COMPANY}/docs/", "", "outside-company")
        elif path is not None and not (project.company_docs / path).is_file():
            message = f"there is no file {COMPANY}/docs/{path}"
            there = [each.name[5:] for each in project.company_files if each.name.startswith("docs/assets/")]
            hint = did_you_mean(path, there) or "put it there"
            yield place.diagnostic(below, message, hint, "missing-file")


def _plugins(settings: SiteSettings, place: Place) -> Iterator[Diagnostic]:
    """Plugins that are not installed here."""
    if not settings.plugins:
        return
    from importlib.metadata import entry_points  # noqa: PLC0415 - it looks through all that is installed

    there = {each.name for each in entry_points(group="mkdocs.plugins")}
    there |= {each.removeprefix("material/") for each in there}
    for index, plugin in enumerate(settings.plugins):
        name = plugin if isinstance(plugin, str) else next(iter(plugin), "")
        if there and name not in there:
            message = f"there is no plugin '{name}' here"
            hint = did_you_mean(name, there) or "install the package that brings it"
            yield place.diagnostic(("plugins", index), message, hint, "missing-file")


def _moves(nav: list[Any], settings: SiteSettings, project: Project, place: Place) -> Iterator[Diagnostic]:
    """Changes of the navigation that cannot be made."""
    _, problems = navigation(nav, settings, project)
    for index, key, message, hint in problems:
        below: Where = ("navigation", index, *((key,) if key else ()))
        yield place.diagnostic(below, message, hint, "navigation")
