"""An edited mkdocs.yml as settings of `company/site.yml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from macros.company.adopting import CannotMoveError
from macros.company.adopting.layer import dumped
from macros.company.mkdocs_yml import configuration_of, written
from macros.company.navigation import OURS, leaves, navigation
from macros.company.settings import NAME
from macros.diagnostics import Diagnostic
from macros.load.yaml import parse
from macros.model.settings import NavigationChange, SiteSettings
from macros.project import Project

_SAID = {"site_name": "name", "site_description": "description", "copyright": "copyright"}
_THEMED = ("logo", "favicon", "language")
_ADDED = ("plugins", "extra_css")
"""Lists to which a company adds."""


def with_settings(project: Project, before: str, after: str, text: str | None) -> str:
    """The text of `company/site.yml` with what was edited in mkdocs.yml.

    Args:
        project: the pages that there are, once all edits are moved.
        before: upstream's mkdocs.yml.
        after: mkdocs.yml as it was edited.
        text: what `company/site.yml` holds; None where it is not there yet.

    Raises:
        CannotMoveError: `company/site.yml` cannot say it.
    """
    old, new = _configuration(before), _configuration(after)
    settings = dict(_settings(old, new))
    if old["nav"] != new["nav"]:
        changes = list(_navigation(old["nav"], new["nav"]))
        made = SiteSettings(navigation=tuple(NavigationChange(**change) for change in changes))
        moved, problems = navigation(old["nav"], made, project)
        named = [each for each in moved if not (isinstance(each, Mapping) and OURS in each)]
        if problems or named != new["nav"]:
            raise CannotMoveError("its navigation was changed in a way that company/site.yml cannot say")
        settings["navigation"] = changes
    return _with(text, settings)


def _configuration(text: str) -> dict[str, Any]:
    found = configuration_of(text)
    if isinstance(found, Diagnostic):
        raise CannotMoveError(found.message)
    return found


def _settings(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key in {**old, **new}:
        if key == "nav" or _same(old.get(key), new.get(key)):
            continue
        if key in _SAID and isinstance(new.get(key), str):
            yield _SAID[key], new[key]
        elif key in _ADDED and isinstance(new.get(key), list):
            if new[key][: len(old[key])] != old[key] and not _same(new[key][: len(old[key])], old[key]):
                raise CannotMoveError(f"company/site.yml adds to '{key}' and takes nothing out")
            yield key, new[key][len(old[key]) :]
        elif key == "theme" and isinstance(new.get(key), Mapping):
            yield from _theme(old[key], new[key])
        else:
            raise CannotMoveError(f"company/site.yml has no setting for '{key}'")


def _theme(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key in {**old, **new}:
        if not _same(old.get(key), new.get(key)):
            if key not in _THEMED or not isinstance(new.get(key), str):
                raise CannotMoveError(f"company/site.yml has no setting for 'theme.{key}'")
            yield key, new[key]


def _same(one: Any, other: Any) -> bool:
    """Whether two values are written alike; a value with a tag equals none but by its text."""
    return written(one) == written(other)


def _navigation(old: list[Any], new: list[Any]) -> Iterator[dict[str, Any]]:
    """Changes that place what is new, and take out what is gone; `navigation` says whether they suffice."""
    there, wanted = set(leaves(old)), list(leaves(new))
    for page in leaves(old):
        if page not in wanted:
            yield {"remove": page}
    yield from _placed(new, there)


def _placed(entries: list[Any], there: set[str]) -> Iterator[dict[str, Any]]:
    before = ""
    for index, entry in enumerate(entries):
        title, value = next(iter(entry.items())) if isinstance(entry, Mapping) else ("", entry)
        inside = list(leaves(value))
        if not any(page in there for page in inside):
            following = [_called(each) for each in entries[index + 1 :]]
            place = {"after": before} if before else {"before": following[0]} if following else {}
            if isinstance(value, str):
                yield {"page": value, **({"title": title} if title else {}), **place}
            else:
                yield {"section": title, "pages": inside, **place}
        elif isinstance(value, list):
            yield from _placed(value, there)
        before = _called(entry)


def _called(entry: Any) -> str:
    """What an entry is called as a place: a page's path, a section's title."""
    if isinstance(entry, Mapping):
        title, value = next(iter(entry.items()))
        return value if isinstance(value, str) else str(title)
    return str(entry)


def _with(text: str | None, settings: Mapping[str, Any]) -> str:
    """The settings behind those that are there; what is said already is not said again."""
    there = "" if text is None else f"{text.rstrip()}\n"
    said = _value(there) if there else {}
    both = [key for key in settings if key in said]
    if both:
        raise CannotMoveError(f"{NAME} says '{both[0]}', too")
    result = there + dumped(dict(settings))
    try:
        SiteSettings.model_validate(_value(result))
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise CannotMoveError(f"company/site.yml does not take this '{where}'") from None
    return result


def _value(text: str) -> dict[str, Any]:
    document, problems = parse(NAME, text)
    if document is None or problems or not isinstance(document.value, dict):
        raise CannotMoveError(f"{NAME} has mistakes of its own")
    return document.value
