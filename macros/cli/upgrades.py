"""Commands about newer versions of upstream: upgrade, adopt."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from macros.cli.shared import project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from macros.company.upgrading.run import Upgrade


@click.command()
@click.argument("source")
@click.option(
    "--check", "only_check", is_flag=True, help="change nothing; exit 1 if there is something to look at"
)
@click.option(
    "--merge", is_flag=True, help="where you and upstream changed different places of a file, put both in"
)
@click.option(
    "--base",
    "came_from",
    metavar="SOURCE",
    default="",
    help="the version that this copy came from, if upstream/files.txt does not say",
)
def upgrade(source: str, only_check: bool, merge: bool, came_from: str) -> None:
    """Take a newer version of upstream; nothing of yours is touched.

    SOURCE is a git revision such as upstream/main, an archive of a tag (.zip or .tar.gz), or a folder.
    """
    from macros.company.upgrading import run, told  # noqa: PLC0415
    from macros.company.upgrading.versions import UpgradeError, opened  # noqa: PLC0415
    from macros.site import ahead  # noqa: PLC0415

    here = project()
    try:
        with opened(here.root, source) as version:
            found = run.planned(here.root, version, source, came_from=came_from, merge=("",) if merge else ())
            found = ahead.planned_to_work(found, source, came_from)
            to_mend = list(ahead.to_mend(found))
            after = list(_afterwards(found, source, to_mend))  # all code is loaded before it is replaced
            for line in (*told.steps_of(found), *to_mend):
                click.echo(line)
            if only_check:
                _end_check(found, source, to_mend)
            run.make_it(found)
    except UpgradeError as error:
        click.echo(f"Cannot upgrade: {error}", err=True)
        sys.exit(2)
    except OSError as error:
        click.echo(f"Nothing was changed: {error.filename or source}: {error.strerror or error}", err=True)
        sys.exit(1)
    click.echo(told.summary(found))
    for line in after:
        click.echo(line)


def _end_check(found: Upgrade, source: str, to_mend: list[str]) -> None:
    """End a look at an upgrade with what to do next."""
    import shlex  # noqa: PLC0415 - all commands wait for what this module imports

    from macros.company.upgrading import told, versions  # noqa: PLC0415

    root, number = found.root, len(told.to_look_at(found)) + len(to_mend)
    if not (number or found.changes):
        click.echo(f"Nothing to take: this copy has all of {source}.")
        sys.exit(0)
    click.echo(f"{told.summary(found)} Nothing is changed yet.")
    if number:
        adopt_first = " 'playbook adopt' moves edits into company/ first." if told.to_look_at(found) else ""
        click.echo(f"{number} to look at.{adopt_first}")
    name = shlex.quote(source)
    if versions.has_common_history(root, source):
        click.echo(f"This copy has history in common with it. Take it with: git merge {name}")
    else:
        there = bool(versions.commit_of(root, source))
        why = "Git sees no history in common with this copy and cannot merge it. " if there else ""
        click.echo(f"{why}Take it with: playbook upgrade {name}")
    sys.exit(1 if number else 0)


def _afterwards(found: Upgrade, source: str, to_mend: list[str]) -> Iterator[str]:
    """What to do once an upgrade is made."""
    import shlex  # noqa: PLC0415 - as above

    from macros.company.upgrading import told, versions  # noqa: PLC0415
    from macros.site import ahead  # noqa: PLC0415

    kept = told.to_look_at(found)
    if told.has_other_dependencies(found):
        yield "Dependencies changed: 'make check' installs them; without make, install them as in the README."
    if kept:
        yield f"{len(kept)} to look at, above with what differs; 'playbook adopt' moves edits into company/."
        if number := len(ahead.mistakes(found)):
            yield f"Until then, the playbook has {number} more mistakes, since files that you keep are older."
    if to_mend:
        yield "Mend what is listed above in company/."
    if versions.has_common_history(found.root, source):
        name = shlex.quote(source)
        yield f"To tell git that this version is taken, commit, and then: git merge --strategy ours {name}"
    yield "Next: playbook check"


@click.command()
@click.option("--check", "only_check", is_flag=True, help="change nothing; exit 1 if an edit cannot move")
def adopt(only_check: bool) -> None:
    """Move edits of upstream's files into company/, and put upstream's files back.

    The site says the same afterwards. What cannot move is told, and left as it is.
    """
    from macros.cli.shared import writing  # noqa: PLC0415
    from macros.company.adopting import run  # noqa: PLC0415
    from macros.writing.files import write_all  # noqa: PLC0415

    here = project()
    found = run.planned(here)
    if found is None:
        click.echo(
            "Nothing is known of what upstream's files were: there is no upstream/files.txt. "
            "'playbook upgrade' writes it.",
            err=True,
        )
        sys.exit(2)
    for path, target in found.moved.items():
        click.echo(f"back    {path}: only blanks differ" if path == target else f"moved   {path} → {target}")
    for path, reason in found.left.items():
        click.echo(f"left    {path}: {reason}")
    if not (found.moved or found.left):
        click.echo("Nothing to move: upstream's files are as they were.")
    elif only_check:
        click.echo("Nothing is changed yet.")
    else:
        with writing(here.root):
            write_all(here.root, found.contents)
    sys.exit(1 if found.left else 0)
