"""The plain step before a build: playbook and company layer put together in one folder.

MkDocs and Zensical then build that folder as if it were a project without a layer, so neither
needs a hook. Without company pages, settings or macros the project itself is built.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from macros.diagnostics import Diagnostics
from macros.layer import ASSEMBLED
from macros.parse import COMPANY, escaping
from macros.settings import company_configuration, load_settings, style

PARTS = ("docs", "overrides", "site.yml", "macros.py")
"""What of the company layer takes an assembled project; its data does not."""

COPIED = ("data", "docs", "macros", "overrides", COMPANY, "pyproject.toml")


def is_needed(root: Path) -> bool:
    """Whether the company layer holds anything besides data."""
    return any((root / COMPANY / part).exists() for part in PARTS)


def assemble(root: Path) -> Path | Diagnostics:
    """Put the project to build together.

    Args:
        root: the project's folder.

    Returns:
        The folder to build: the project's own where nothing has to be put together; or every
        problem of the settings.
    """
    if not is_needed(root):
        return root
    settings = load_settings(root)
    links = Diagnostics(escaping(root, COMPANY))  # copying would follow them
    if isinstance(settings, Diagnostics) or links:
        return Diagnostics([*links, *(settings if isinstance(settings, Diagnostics) else ())])
    target = root / ASSEMBLED
    for name in COPIED:
        _copy(root / name, target / name)
    company = root / COMPANY
    for name in ("docs", "overrides"):
        if (company / name).is_dir():
            shutil.copytree(company / name, target / name, dirs_exist_ok=True)
    colors = style(settings.colors)
    if colors:
        (target / "docs" / "assets" / "company.css").write_text(colors, "utf-8")
    (target / "mkdocs.yml").write_text(company_configuration(root, settings), "utf-8")
    return target


def _copy(source: Path, target: Path) -> None:
    """Replace `target` by a copy of `source`."""
    if source.is_dir():
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    elif source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
