"""The command for many companies: build-all."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from macros.cli.shared import project, writing
from macros.cli.site import installed

if TYPE_CHECKING:
    from macros.project import Project
    from macros.site.many.work import Outcome


@click.command("build-all")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("sites"),
    show_default=True,
    help="where the sites go, one folder each, and the page that lists them",
)
@click.option("--jobs", type=click.IntRange(1, 256), help="sites at a time; by default as many as processors")
@click.option("--generator", type=click.Choice(["mkdocs", "zensical"]), default="mkdocs", show_default=True)
@click.option("--strict/--no-strict", default=True, help="fail a site on the generator's warnings too")
@click.option(
    "--url", envvar="SITE_URL", default="", help="address of the output folder; by default SITE_URL's value"
)
def build_all(folder: Path, output: Path, jobs: int | None, generator: str, strict: bool, url: str) -> None:
    """Build a site for each company layer in FOLDER, and a page that lists them."""
    from macros.site.many import companies as found  # noqa: PLC0415
    from macros.site.many import portal, run, work  # noqa: PLC0415

    installed(generator)
    here = project()
    entries = list(found.companies(folder))
    wanted = [each for each in entries if isinstance(each, found.Company)]
    for each in entries:
        if isinstance(each, found.Skipped):
            click.echo(f"skipped: {(folder / each.name).as_posix()} {each.why}", err=True)
    if not wanted:
        raise click.UsageError(f"{folder.as_posix()} holds no company: it takes one folder for each layer")
    _refuse(output, folder, here)
    address = f"{url.rstrip('/')}/" if url else ""
    how = work.Wanted(here, output.absolute(), generator, strict, address)
    outcomes: list[Outcome] = []
    with writing(output):
        output.mkdir(parents=True, exist_ok=True)
        label = f"{len(wanted)} sites"
        with click.progressbar(length=len(wanted), label=label, file=sys.stderr, show_pos=True) as bar:
            for outcome in run.build_all(wanted, how, jobs or _processors()):
                outcomes.append(outcome)
                bar.update(1)
        portal.write_portal(outcomes, output)
    for outcome in sorted(outcomes, key=lambda each: each.name):
        if outcome.said and (not outcome.built or outcome.warnings):
            click.echo(f"\n{outcome.name}:\n{outcome.said}", err=True)
    click.echo(portal.table(outcomes, output))
    failed = sum(not each.built for each in outcomes)
    listed = (output / found.PORTAL).as_posix()
    click.echo(f"{len(outcomes) - failed} of {len(outcomes)} built; {listed} lists them.", err=True)
    sys.exit(1 if failed else 0)


def _refuse(output: Path, folder: Path, here: Project) -> None:
    """End the command as misused where the sites would go over something else."""
    from macros.site.many import portal  # noqa: PLC0415

    place = output.resolve()
    kept = [here.root / name for name in ("data", "docs", "macros", "overrides", "company")]
    for other in (*kept, folder):
        if place.is_relative_to(other.resolve()):
            raise click.BadParameter(f"{output.as_posix()} lies in {other.name}/", param_hint="--output")
    if folder.resolve().is_relative_to(place) or place == here.root.resolve():
        raise click.BadParameter(f"{output.as_posix()} holds what is built from", param_hint="--output")
    if not portal.is_free(output):
        message = f"{output.as_posix()}/index.html is not written by this command; name another folder"
        raise click.BadParameter(message, param_hint="--output")


def _processors() -> int:
    """How many this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
