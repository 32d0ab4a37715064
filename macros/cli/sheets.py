"""Commands about answers in files: fill, collect."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from macros.cli.shared import project, put, sound

if TYPE_CHECKING:
    from macros.sheets.contract import SheetSpec
    from macros.sheets.draft import Kept, Saved


def _known(template: str, specs: Mapping[str, Any], argument: str) -> None:
    """End the command as misused where there is no such template."""
    from macros.diagnostics import did_you_mean  # noqa: PLC0415

    if template not in specs:
        hint = did_you_mean(template, specs) or f"expected one of {', '.join(specs)}"
        raise click.BadParameter(f"unknown template '{template}'; {hint}", param_hint=argument)


@click.command()
@click.argument("template")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--to", "form", type=click.Choice(["md", "docx", "xlsx", "pdf"]), required=True)
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="where to write it")
@click.option("--force", is_flag=True, help="overwrite a file that exists")
def fill(template: str, file: Path, form: str, output: Path | None, force: bool) -> None:
    """Write the answers in FILE, downloaded from TEMPLATE's page, as Markdown, Word, Excel or PDF.

    PDF is written by Chromium, Chrome or Edge; CHROMIUM holds the path of one that is not found by name.
    """
    from macros.playbook import load  # noqa: PLC0415
    from macros.sheets.files import convert  # noqa: PLC0415
    from macros.sheets.read import read  # noqa: PLC0415
    from macros.sheets.spec import specs  # noqa: PLC0415

    laid_out = specs(sound(load(project().root)))
    _known(template, laid_out, "TEMPLATE")
    saved = sound(read(file, laid_out))
    if saved.template != template:
        click.echo(f"{file.as_posix()} fills the template '{saved.template}', not '{template}'.", err=True)
        sys.exit(1)
    if form == "pdf":
        content, kept = _pdf(laid_out[template], saved)
    else:
        content, kept = convert(laid_out[template], saved, form)
    put(content, output or Path(f"{file.stem}.{form}"), force=force)
    if kept:
        click.echo(
            f"No longer in this sheet, so at its end: {', '.join(each.where for each in kept)}", err=True
        )


def _pdf(spec: SheetSpec, saved: Saved) -> tuple[bytes, Sequence[Kept]]:
    """Answers as a PDF file; the command ends where none can be made."""
    from macros.company.settings import load_site  # noqa: PLC0415
    from macros.sheets.draft import fit  # noqa: PLC0415
    from macros.sheets.pdf import NoPdfError, write  # noqa: PLC0415

    here = project()
    style = (here.root / "docs/assets/playbook.css").read_text("utf-8")
    draft = fit(spec, saved)
    try:
        return write(spec, draft, style, sound(load_site(here)).settings.name or "MLOps Playbook"), draft.kept
    except NoPdfError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--template", "wanted", help="compare only the answers to this template")
@click.option("--to", "form", type=click.Choice(["md", "csv", "xlsx"]), default="md", show_default=True)
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="a file instead of the terminal"
)
@click.option("--force", is_flag=True, help="overwrite a file that exists")
def collect(folder: Path, wanted: str | None, form: str, output: Path | None, force: bool) -> None:
    """Put the answers of several teams, one file each in FOLDER, into one comparison table."""
    from macros.playbook import load  # noqa: PLC0415
    from macros.sheets.files import comparison, gather, left_alone  # noqa: PLC0415
    from macros.sheets.spec import specs  # noqa: PLC0415

    laid_out = specs(sound(load(project().root)))
    if wanted is not None:
        _known(wanted, laid_out, "--template")
    groups = sound(gather(folder, laid_out, wanted))
    alone = left_alone(folder)
    if alone:
        click.echo(f"Left alone, since no file of answers ends so: {', '.join(alone)}", err=True)
    if not groups:
        click.echo(f"{folder.as_posix()} holds no answers{f' to {wanted}' if wanted else ''}.", err=True)
        sys.exit(1)
    content = comparison(groups, form)
    if output is None and form != "xlsx":
        click.echo(content.decode().removeprefix("\ufeff"), nl=False)
        return
    put(content, output or Path(f"{folder.resolve().name}.{form}"), force=force)
