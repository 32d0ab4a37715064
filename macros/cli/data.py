"""Commands about the data: export, schema."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from macros.cli.shared import checked, project, put_all, sound


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("export"))
def export(folder: Path) -> None:
    """Write the merged data as JSON, and the RACI as CSV and Excel, into FOLDER."""
    from macros.export import data as exports  # noqa: PLC0415

    here = project()
    files = exports.data_files(sound(checked(here)))
    put_all(here, folder, files)
    for name in files:
        click.echo(f"wrote {(folder / name).as_posix()}")


@click.command()
@click.option("--check", "only_check", is_flag=True, help="write nothing; exit 1 if out of date")
def schema(only_check: bool) -> None:
    """Write the schemas that editors use into data/schema/, and what the scripts share, from the models."""
    from macros.model import schema as schemas  # noqa: PLC0415
    from macros.sheets import contract, meaning  # noqa: PLC0415

    here = project()
    scripts = {contract.TYPES: contract.as_typescript(), meaning.FILE: meaning.shared_text()}
    wanted = {**schemas.files(), **scripts}
    stale = {name: text.encode() for name, text in wanted.items() if here.read_text(name)[0] != text}
    if not only_check:
        put_all(here, here.root, stale)
    for name in stale:
        click.echo(f"{name}: out of date; run 'playbook schema'" if only_check else f"wrote {name}")
    sys.exit(1 if stale and only_check else 0)
