"""The command before a change of the generator: migrate-check."""

from __future__ import annotations

import sys

import click

from macros import report
from macros.cli.shared import checked, project, sound


@click.command("migrate-check")
@click.option(
    "--to", type=click.Choice(["zensical", "mkdocs"]), default="zensical", show_default=True,
    help="the generator to move to",
)  # fmt: skip
def migrate_check(to: str) -> None:
    """Say what in this copy would not move to the other generator, and what to do about it."""
    from macros.company.migrating.check import check  # noqa: PLC0415

    here = project()
    sound(checked(here))
    found = check(here, "mkdocs" if to == "mkdocs" else "zensical")
    called = {"mkdocs": "MkDocs", "zensical": "Zensical"}[to]
    if found:
        click.echo(report.text(found))
    click.echo(
        f"{len(found)} in the way of {called}." if found else f"Nothing is in the way of {called}.", err=True
    )
    sys.exit(1 if found else 0)
