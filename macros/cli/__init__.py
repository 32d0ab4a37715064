"""The `playbook` command. Thin: it calls, prints and exits (0 clean, 1 problems, 2 misuse).

Commands stand together by what they are about. Each imports what it needs when it runs, so that
`--help` is there at once.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper

import click

from macros.cli import company, data, many, migrating, sheets, site, upgrades
from macros.cli.ending import open_streams, outcome

COMMANDS = (
    *(site.check, site.build, site.serve, many.build_all, migrating.migrate_check),
    *(company.init, company.audience, company.diff),
    *(upgrades.upgrade, upgrades.adopt),
    *(sheets.fill, sheets.collect),
    *(data.export, data.schema),
)


@click.group()
@click.version_option(package_name="mlops-playbook-kit", prog_name="playbook")
def main() -> None:
    """Check, build and serve the MLOps playbook."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A file gets UTF-8; a terminal keeps its code page, and what that lacks is written as \\u2192.
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


for command in COMMANDS:
    main.add_command(command)


def run() -> None:
    """The installed command: as `main`, but it ends at once.

    Freeing all that a build has piled up would take a twentieth of its time, for nobody.
    """
    open_streams()
    code = outcome(main)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with suppress(OSError, ValueError):  # whoever read it may have gone
                stream.flush()
    os._exit(code)
