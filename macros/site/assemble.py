"""The plain step before a build: playbook and company layer put together in one folder.

MkDocs and Zensical then build that folder as if it were a project without a layer, so neither
needs a hook. Without company pages, settings or macros the project itself is built.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from unicodedata import is_normalized, normalize

from macros.company.colors import style
from macros.company.mkdocs_yml import CONFIGURATION, is_large, read_configuration, with_settings
from macros.company.settings import Site
from macros.diagnostics import Diagnostic
from macros.places.listing import leftovers
from macros.project import COMPANY, UNPUBLISHED, Project

COPIED = ("data", "docs", "macros", "overrides", COMPANY, "pyproject.toml")


READ = ("data", "macros")
"""What nothing is put over: a link, as the many sites of `playbook build-all` have it, stays one."""


def assemble(project: Project, site: Site, folder: Path, *, always: bool = False) -> Project:
    """Put the project to build together.

    Args:
        project: one without problems: copying would follow links that lead out of the layer.
        site: how its site is set up.
        folder: where it is put together; what is there already is replaced.
        always: whether it is put together even where the company says nothing about the site.

    Returns:
        The project to build: the same one where nothing has to be put together.
    """
    if site.configuration is None and not always:
        return project
    assembled = Project(folder)
    for name in COPIED:
        if name in READ and (project.root / name).is_symlink():
            _link(project.root / name, assembled.root / name)
        else:
            _copy(project.root / name, assembled.root / name)
    shutil.rmtree(assembled.docs / UNPUBLISHED, ignore_errors=True)
    assembled.mark_assembled(project)
    for name in ("docs", "overrides"):
        if (project.company / name).is_dir():
            shutil.copytree(
                project.company / name, assembled.root / name, dirs_exist_ok=True, ignore=leftovers
            )
    _compose(project, assembled)
    colors = style(site.settings.colors)
    if colors:
        assembled.write("docs/assets/company.css", colors.encode())
    configuration = site.configuration
    if configuration is None and is_large(project):
        read = read_configuration(project)
        configuration = None if isinstance(read, Diagnostic) else read  # the generator says what is wrong
    if configuration is None:
        _copy(project.root / CONFIGURATION, assembled.root / CONFIGURATION)
    else:
        assembled.write(CONFIGURATION, with_settings(configuration, site.settings, project).encode())
    return assembled


def _compose(project: Project, assembled: Project) -> None:
    """Have the company's names and links in composed Unicode: a Mac writes é as two characters.

    Generators compare names character by character, and readers see no difference.
    """
    for each in project.company_files:
        if each.name.startswith("docs/") and not each.name.isascii() and each.what in ("file", "folder"):
            # A folder stands before what is in it, so only the last part is not composed yet.
            folder, _, base = each.name.rpartition("/")
            path = assembled.root / normalize("NFC", folder) / base
            if not is_normalized("NFC", base):
                path = path.rename(path.with_name(normalize("NFC", base)))
    for page in project.company_pages:
        path = assembled.docs / page
        text = path.read_bytes().decode("utf-8")
        if not text.isascii() and not is_normalized("NFC", text):
            path.write_bytes(normalize("NFC", text).encode())


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    target.symlink_to(source.resolve(), target_is_directory=True)


def _copy(source: Path, target: Path) -> None:
    """Replace `target` by a copy of `source`."""
    if source.is_dir():
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target, ignore=leftovers)
    elif source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
