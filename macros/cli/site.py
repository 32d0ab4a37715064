"""Commands about the site: check, build, serve."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from macros import report
from macros.cli.shared import checked, project, summary


@click.command()
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
    from macros.project import Project  # noqa: PLC0415

    result = checked(Project(root) if root else project())
    found = result if isinstance(result, Diagnostics) else result.warnings
    output = report.REPORTERS[form](found)
    if output:
        click.echo(output)
    if form == "text":
        click.echo(summary(found), err=bool(found.errors))
    sys.exit(1 if found.errors else 0)


@click.command()
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
    from macros.site.ready import ready  # noqa: PLC0415

    if not site_build.is_installed(generator):
        click.echo(
            f"{generator} is not installed. Install it with: "
            f"python -m pip install --require-hashes -r requirements/{generator}.txt",
            err=True,
        )
        sys.exit(2)
    result = ready(project().root)
    found = result if isinstance(result, Diagnostics) else result.playbook.warnings
    if found:
        click.echo(report.text(found), err=True)
    if isinstance(result, Diagnostics):
        click.echo(summary(found), err=True)
        sys.exit(1)
    try:
        sys.exit(site_build.build(result, generator, strict=strict))
    except OSError as error:
        click.echo(
            f"{error.filename or 'site'}: cannot be written: {error.strerror}; site/ is as it was.", err=True
        )
        sys.exit(1)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--open", "open_browser", is_flag=True, help="open a browser")
def serve(host: str, port: int, open_browser: bool) -> None:
    """Serve the playbook and rebuild it on every edit; a broken edit does not stop the server."""
    from macros.site import serve as site_serve  # noqa: PLC0415

    try:
        site_serve.serve(project().root, host, port, open_browser=open_browser)
    except OSError as error:
        click.echo(
            f"Cannot serve at {host}:{port}: {os.strerror(error.errno or 0)}. Try --port {port + 1}.",
            err=True,
        )
        sys.exit(2)
