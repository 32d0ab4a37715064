"""The `playbook` command. Thin: it calls, prints and exits (0 clean, 1 problems, 2 misuse).

Commands stand together by what they are about. A module is imported when one of its commands is asked
for, and a command imports what it needs when it runs: a check waits for nothing of an upgrade's.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper

import click

from macros.cli.ending import open_streams, outcome

MODULES = {
    "site": ("check", "build", "serve"),
    "many": ("build-all",),
    "migrating": ("migrate-check",),
    "company": ("init", "audience", "diff"),
    "upgrades": ("upgrade", "adopt"),
    "sheets": ("fill", "collect"),
    "data": ("export", "schema"),
}
COMMANDS: Mapping[str, str] = {name: module for module, names in MODULES.items() for name in names}
"""Module of each command, by the command's name; it is the function's, with hyphens."""


class _Commands(click.Group):
    """Commands whose modules are imported when they are asked for, as click's documentation proposes."""

    def list_commands(self, _: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        known = super().get_command(ctx, cmd_name)
        if known is not None:
            return known
        if cmd_name not in COMMANDS:
            from macros.diagnostics import did_you_mean  # noqa: PLC0415 - seldom needed

            near = did_you_mean(cmd_name, COMMANDS) or f"there are {', '.join(sorted(COMMANDS))}"
            ctx.fail(f"No such command '{cmd_name}'; {near}")
        module = import_module(f"macros.cli.{COMMANDS[cmd_name]}")
        found: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return found


@click.group(cls=_Commands)
@click.version_option(package_name="mlops-playbook-kit", prog_name="playbook")
def main() -> None:
    """Check, build and serve the MLOps playbook."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A file gets UTF-8; a terminal keeps its code page, and what that lacks is written as \\u2192.
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


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
