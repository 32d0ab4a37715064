"""Builds the site with either generator, in a process of its own."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from macros import report
from macros.diagnostics import Diagnostics
from macros.model.settings import SiteSettings
from macros.playbook import Playbook
from macros.site import write_blanks
from macros.site.assemble import assemble

SITE = "site"
"""Folder of the built site, below the project's."""


def command(generator: str, *, strict: bool) -> list[str]:
    """The generator's command line.

    Args:
        generator: ``mkdocs`` or ``zensical``.
        strict: whether its warnings fail the build.
    """
    flags = ["--strict"] if strict else []
    clean = ["--clean"] if generator == "zensical" else []
    return [sys.executable, "-m", generator, "build", *clean, *flags]


def environment() -> dict[str, str]:
    """The process's environment, without the banner about MkDocs 2."""
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1"}


def build(root: Path, generator: str, *, strict: bool) -> int:
    """Build the site into `root / "site"`.

    Args:
        root: the project's folder, with mkdocs.yml.
        generator: ``mkdocs`` or ``zensical``.
        strict: whether warnings fail the build.

    Returns:
        The exit code: 0 for a site, 1 for none, 2 where the generator is not installed.
    """
    if importlib.util.find_spec(generator) is None:
        print(
            f"{generator} is not installed. Install it with: "
            f"python -m pip install --require-hashes -r requirements/{generator}.txt",
            file=sys.stderr,
        )
        return 2
    folder = assemble(root)
    if isinstance(folder, Diagnostics):
        print(report.text(folder), file=sys.stderr)
        return 1
    result = subprocess.run(  # noqa: S603 - our own command line
        command(generator, strict=strict), cwd=folder, env=environment(), check=False
    )
    if result.returncode != 0:
        return 1
    if generator == "zensical":
        # MkDocs calls on_post_build; Zensical has no such hook.
        write_blanks(folder, folder / SITE)
    if folder != root:
        shutil.rmtree(root / SITE, ignore_errors=True)
        shutil.move(folder / SITE, root / SITE)
    return 0


def export(root: Path, playbook: Playbook) -> None:
    """Write every export into the built site.

    Args:
        root: the project's folder, whose site has been built.
        playbook: its merged data.
    """
    from macros.export import write_all  # noqa: PLC0415 - the libraries for formats are slow to import
    from macros.settings import load_settings  # noqa: PLC0415

    settings = load_settings(root)
    ours = SiteSettings() if isinstance(settings, Diagnostics) else settings
    name = ours.name or os.environ.get("SITE_NAME", "MLOps Playbook")
    description = (
        ours.description or "How to start an MLOps team, from people and decisions to a first model."
    )
    write_all(playbook, root / SITE, name, description, os.environ.get("SITE_URL", ""))
