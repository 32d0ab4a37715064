"""mkdocs.yml, read as it stands and written with the company's settings.

Nothing here knows a generator: configuration is a mapping, as mkdocs.yml holds it.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Mapping
from typing import Any

import yaml

from macros.company.colors import style
from macros.company.navigation import navigation
from macros.diagnostics import Diagnostic
from macros.model.settings import SiteSettings
from macros.project import UNPUBLISHED, Project

CONFIGURATION = "mkdocs.yml"
LARGE = 200
"""Pages of a site from which on its navigation opens only where the reader is."""
PRUNE = "navigation.prune"
"""Material's and Zensical's feature for that; see `overrides/partials/nav-item.html`."""


class _Tagged:
    """A value with a YAML tag of its own, such as !ENV, carried through unread."""

    def __init__(self, tag: str, node: yaml.Node) -> None:
        self.tag = tag
        self.node = node


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads mkdocs.yml, tags included."""


class _Dumper(yaml.SafeDumper):
    """Writes it again."""


_Loader.add_multi_constructor("!", lambda _, tag, node: _Tagged(f"!{tag}", node))
_Dumper.add_representer(_Tagged, lambda _, value: value.node)


def read_configuration(project: Project) -> dict[str, Any] | Diagnostic:
    """mkdocs.yml as a mapping, or what keeps it from being changed by a company's settings."""
    text, problems = project.read_text(CONFIGURATION)
    if text is None:
        return problems[0]
    return configuration_of(text)


def configuration_of(text: str) -> dict[str, Any] | Diagnostic:
    """The text of a mkdocs.yml; see `read_configuration`."""
    try:
        config = yaml.load(text, Loader=_Loader)  # noqa: S506
    except (ValueError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        # YAML counts lines that no editor shows as such, behind U+2028 for one: so they are counted here.
        before = re.split("\r\n|\r|\n", text[: mark.index] if mark else "")
        line, column = len(before), len(before[-1]) + 1
        message = f"cannot be read: {getattr(error, 'problem', None) or error}"
        return Diagnostic(CONFIGURATION, line, column, "", message, "", "yaml-syntax")
    needed = [
        key
        for key in ("nav", "theme", "plugins", "extra_css")
        if not isinstance(config, dict) or key not in config
    ]
    if needed:
        message = f"missing '{needed[0]}'"
        return Diagnostic.of_file(CONFIGURATION, message, "restore it from upstream", "missing-key")
    found: dict[str, Any] = config
    return found


def with_settings(playbooks: Mapping[str, Any], settings: SiteSettings, project: Project) -> str:
    """mkdocs.yml with the company's settings, as text.

    Args:
        playbooks: the playbook's own configuration.
        settings: what the company says about the site.
        project: the pages that there are.
    """
    said = {
        "site_name": settings.name,
        "site_description": settings.description,
        "copyright": html.escape(settings.copyright) if settings.copyright else None,
    }
    themed = {"logo": settings.logo, "favicon": settings.favicon, "language": settings.language}
    config = {**playbooks, **_given(said), "theme": {**playbooks["theme"], **_given(themed)}}
    config["nav"], _ = navigation(config["nav"], settings, project)
    config["plugins"] = [*config["plugins"], *settings.plugins]
    config["extra_css"] = [
        *config["extra_css"],
        *(["assets/company.css"] if style(settings.colors) else []),
        *settings.extra_css,
    ]
    # What is not published has not come along; a company's folder of that name is like any other.
    config["exclude_docs"] = f"{config.get('exclude_docs') or ''}!/{UNPUBLISHED}/\n"
    # A page may stand in no navigation: all match this line, since MkDocs tries each line.
    config["not_in_nav"] = "*"
    if is_large(project):
        config["theme"]["features"] = pruned(config["theme"].get("features"))
    return written(config)


def written(value: Any) -> str:
    """A value of mkdocs.yml as text, tags included."""
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1000)


def is_large(project: Project) -> bool:
    """Whether a site has so many pages that each of them cannot list all."""
    return len(project.all_pages) > LARGE


def pruned(features: list[str] | None) -> list[str]:
    """The theme's features for a large site: its navigation opens only where the reader is."""
    return list(dict.fromkeys([*(features or ()), PRUNE]))


def _given(values: Mapping[str, str | None]) -> dict[str, str]:
    return {key: value for key, value in values.items() if value is not None}


def text_of(configuration: Mapping[str, Any], key: str) -> str:
    """A text of mkdocs.yml; where it stands as `!ENV [NAME, default]`, as the generators read it."""
    value = configuration.get(key)
    if not isinstance(value, _Tagged):
        return str(value or "")
    names = [each.value for each in getattr(value.node, "value", ()) if isinstance(each, yaml.ScalarNode)]
    *variables, default = names or [""]
    return next((os.environ[name] for name in variables if name in os.environ), default)
