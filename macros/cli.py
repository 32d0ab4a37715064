"""The `playbook` command. Thin: it calls, prints and exits (0 clean, 1 problems, 2 misuse)."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from macros import report

if TYPE_CHECKING:
    from macros.diagnostics import Diagnostics
    from macros.playbook import Playbook


def project() -> Path:
    """The playbook at or above the current folder, or else the one this package lies in."""
    for folder in (Path.cwd(), *Path.cwd().parents):
        if (folder / "mkdocs.yml").is_file() and (folder / "data").is_dir():
            return folder
    return Path(__file__).resolve().parents[1]


@click.group()
@click.version_option(package_name="mlops-playbook-kit", prog_name="playbook")
def main() -> None:
    """Check, build and serve the MLOps playbook."""


def checked(root: Path) -> Playbook | Diagnostics:
    """The playbook with data and pages checked, or all problems."""
    from macros import pages  # noqa: PLC0415 - `--help` needs none of this
    from macros.diagnostics import Diagnostics  # noqa: PLC0415
    from macros.playbook import load  # noqa: PLC0415
    from macros.settings import load_settings  # noqa: PLC0415

    playbook = load(root)
    if isinstance(playbook, Diagnostics):
        return playbook
    settings = load_settings(root)
    found = Diagnostics([*pages.check(playbook), *(settings if isinstance(settings, Diagnostics) else ())])
    return found if found.errors else playbook


@main.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(sorted(report.REPORTERS)),
    default="text",
    help="text for people, json for tools, github for annotations on a pull request",
)
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="the playbook's folder, if it is not the current one",
)
def check(form: str, root: Path | None) -> None:
    """Validate data and pages; report every problem at once."""
    from macros.diagnostics import Diagnostics  # noqa: PLC0415

    result = checked(root or project())
    found = result if isinstance(result, Diagnostics) else result.warnings
    output = report.REPORTERS[form](found)
    if output:
        click.echo(output)
    if form == "text":
        click.echo(_summary(found), err=bool(found.errors))
    sys.exit(1 if found.errors else 0)


def _summary(found: Diagnostics) -> str:
    def count(number: int, word: str) -> str:
        return f"{number} {word}{'' if number == 1 else 's'}"

    if not found:
        return "All good."
    return f"{count(len(found.errors), 'error')}, {count(len(found.warnings), 'warning')}"


@main.command()
@click.option(
    "--generator",
    type=click.Choice(["mkdocs", "zensical"]),
    default="mkdocs",
    help="mkdocs by default; zensical is an optional dependency",
)
@click.option("--strict/--no-strict", default=True, help="fail on the generator's warnings too")
def build(generator: str, strict: bool) -> None:
    """Check, then write the site into site/."""
    from macros.diagnostics import Diagnostics  # noqa: PLC0415
    from macros.site import build as site_build  # noqa: PLC0415

    root = project()
    result = checked(root)
    found = result if isinstance(result, Diagnostics) else result.warnings
    if found:
        click.echo(report.text(found), err=True)
    if found.errors:
        click.echo(_summary(found), err=True)
        sys.exit(1)
    sys.exit(site_build.build(root, generator, strict=strict))


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--open", "open_browser", is_flag=True, help="open a browser")
def serve(host: str, port: int, open_browser: bool) -> None:
    """Serve the playbook and rebuild it on every edit; a broken edit does not stop the server."""
    from macros.site import serve as site_serve  # noqa: PLC0415

    try:
        site_serve.serve(project(), host, port, open_browser=open_browser)
    except OSError as error:
        click.echo(
            f"Cannot serve at {host}:{port}: {os.strerror(error.errno or 0)}. Try --port {port + 1}.",
            err=True,
        )
        sys.exit(2)


@main.command()
@click.option("--check", "only_check", is_flag=True, help="write nothing; exit 1 if out of date")
def schema(only_check: bool) -> None:
    """Write the JSON Schemas that editors use from the models into data/schema/."""
    from macros import schema as schemas  # noqa: PLC0415

    root = project()
    if only_check:
        stale = schemas.stale(root)
        for path in stale:
            click.echo(f"{path.relative_to(root).as_posix()}: out of date; run 'playbook schema'")
        sys.exit(1 if stale else 0)
    for path in schemas.write(root):
        click.echo(f"wrote {path.relative_to(root).as_posix()}")
