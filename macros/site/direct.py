"""A generator that is called directly, and not by `playbook build`: a whole site, or none."""

from __future__ import annotations

import atexit
import os
from functools import cache
from pathlib import Path

from macros.company.mkdocs_yml import read_configuration, text_of
from macros.diagnostics import Diagnostic
from macros.project import COMPANY, Project
from macros.site.ready import Ready, ready

_PUT_TOGETHER = ("docs", "overrides", "site.yml")
"""What of the company's layer is in the site only where it was put together with the playbook."""


def left_out(folder: Path, generator: str) -> str:
    """What a generator would leave out, in a sentence that names the command to use.

    Args:
        folder: the project that it builds.
        generator: ``mkdocs`` or ``zensical``.

    Returns:
        The sentence; empty where the site is going to be whole.
    """
    project = Project(folder)
    if project.origin is not project:
        return ""
    parts = [f"{COMPANY}/{part}" for part in _PUT_TOGETHER if (project.company / part).exists()]
    if not parts:
        return ""
    flags = "" if generator == "mkdocs" else f" --generator {generator}"
    return (
        f"{generator} called directly would leave out {' and '.join(parts)}: "
        f"run 'playbook build{flags}', or 'playbook serve' to look at the site."
    )


def names(found: Ready) -> tuple[str, str]:
    """The site's name and description, as the generator has them."""
    configuration = found.site.configuration or read_configuration(found.playbook.project)
    known = {} if isinstance(configuration, Diagnostic) else configuration
    settings = found.site.settings
    return settings.name or text_of(known, "site_name"), settings.description or text_of(
        known, "site_description"
    )


def export(found: Ready, site: Path) -> None:
    """Write into a built site what is no page, where `playbook build` does not.

    Args:
        found: the project.
        site: the built site's folder. Under the live server the blanks are enough: nobody downloads more.
    """
    from macros.export.exporter import Exporter, write_blanks  # noqa: PLC0415 - needed once, and not before

    if found.served:
        write_blanks(found.context(), found.cache, site)
        return
    exporter = Exporter(found.context(), found.cache)
    try:
        exporter.write(site, *names(found), os.environ.get("SITE_URL", ""))
    finally:
        exporter.close()


@cache
def at_the_end(root: Path, site: Path) -> None:
    """Have the rest done when this process ends: Zensical runs nothing of ours after a build.

    It remembers pages by their text, and knows nothing of the data and the layer behind their macros. So
    what it remembers goes, else its next build would not even ask us.

    Args:
        root: the project's folder.
        site: folder of the built site.
    """

    def finish() -> None:
        found = ready(root)
        if isinstance(found, Ready) and (site / "index.html").is_file():
            export(found, site)
        for remembered in (root / ".cache").glob("[0-9]*"):
            remembered.unlink(missing_ok=True)

    atexit.register(finish)
