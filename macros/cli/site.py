"""Commands about the site: check, build, serve."""

from __future__ import annotations

import errno
import re
import shutil
import signal
import sys
from pathlib import Path

import click

from macros import report
from macros.cli.shared import checked, project, summary
from macros.writing import FULL


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

    installed(generator)
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
        click.echo(f"{_unwritten(error)}; site/ is as it was.", err=True)
        sys.exit(1)


def _unwritten(error: OSError) -> str:
    """What kept a site from being written. Where a disk is full, it matters little at which file."""
    said = error.strerror
    if isinstance(error, shutil.Error):  # of several files: source, target and what was wrong
        first = str(error.args[0][0][2]) if error.args and isinstance(error.args[0], list) else str(error)
        said = re.sub(r"^\[Errno \d+\] (.*?)(: '.*)?$", r"\1", first)
    where = error.filename if said and error.errno not in FULL else None
    return f"{where or 'The site'}: cannot be written: {said or error}"


def installed(generator: str) -> None:
    """End the command as misused where a generator cannot be run."""
    from macros.site.build import is_installed  # noqa: PLC0415

    if not is_installed(generator):
        click.echo(
            f"{generator} is not installed. Install it with: "
            f"python -m pip install --require-hashes -r requirements/{generator}.txt",
            err=True,
        )
        sys.exit(2)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 for a free one"
)
@click.option("--open", "open_browser", is_flag=True, help="open a browser")
def serve(host: str, port: int, open_browser: bool) -> None:
    """Serve the playbook and rebuild it on every edit; a broken edit does not stop the server."""
    from macros.site import serve as site_serve  # noqa: PLC0415

    # Ctrl-C is how this command ends; it is no failure.
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        site_serve.serve(project().root, host, port, open_browser=open_browser)
    except (OSError, UnicodeError) as error:
        if isinstance(error, UnicodeError):
            said, hint = "that is no name of a host", ""
        else:
            taken = error.errno in (errno.EADDRINUSE, errno.EACCES)
            said, hint = error.strerror or str(error), f" Try --port {_another(port)}." if taken else ""
        click.echo(f"Cannot serve at {host}:{port}: {said}.{hint}", err=True)
        sys.exit(2)


def _another(port: int) -> int:
    """A port to try instead: one that anybody may use."""
    return port + 1 if 1024 <= port < 65535 else 8000
