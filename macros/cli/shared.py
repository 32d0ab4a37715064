"""What several commands do: find the project, print problems, write a file."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from macros import report

if TYPE_CHECKING:
    from macros.diagnostics import Diagnostics
    from macros.playbook import Playbook
    from macros.project import Project

T = TypeVar("T")


def project() -> Project:
    """The playbook at or above the current folder, or else the one this package lies in."""
    from macros.project import Project  # noqa: PLC0415 - `--help` needs none of this

    try:
        folder = Path.cwd()
    except FileNotFoundError:
        raise click.UsageError("the current folder is not there any more; go to the playbook's") from None
    here = Project.around(folder)
    if here.aside.is_dir():
        from macros.writing.files import finish_left  # noqa: PLC0415 - there is seldom any

        with writing(here.root):
            for name in finish_left(here.root):
                click.echo(f"{name}: written now; the command that began it was ended", err=True)
    if (here.root / "site" / ".new.json").is_file():
        from macros.writing.folders import finish_refill  # noqa: PLC0415 - as above

        with writing(here.root):
            finish_refill(here.root / "site")
            click.echo("site/: put in place now; the command that began it was ended.", err=True)
    if (here.root / ".upgrade").is_dir():
        _end_upgrade(here)
    return here


def _end_upgrade(here: Project) -> None:
    """End an upgrade that was interrupted, before anything reads half of it."""
    from macros.company.upgrading import journal  # noqa: PLC0415 - there is seldom any

    with writing(here.root):
        ended = journal.finish(here.root)
    if ended:
        click.echo("The upgrade is complete now; the command that began it was ended.", err=True)
    if ended == "code":  # the new code has to do what was asked for
        import subprocess  # noqa: PLC0415 - seldom needed, and slow to import

        sys.exit(subprocess.call([sys.executable, *sys.orig_argv[1:]]))  # noqa: S603 - as it was called


def checked(where: Project) -> Playbook | Diagnostics:
    """The playbook with data, pages and settings checked, or all problems."""
    from macros.load.collection import without_collection  # noqa: PLC0415

    with without_collection():
        from macros.diagnostics import Diagnostics  # noqa: PLC0415
        from macros.site.ready import check as check_all  # noqa: PLC0415

        found = check_all(where)
        gc.freeze()  # all of it stays until the command ends; a build needs the memory, so not there
    return found if isinstance(found, Diagnostics) else found[0]


def sound(result: T | Diagnostics) -> T:
    """A result without problems; with any, they are printed and the command ends."""
    from macros.diagnostics import Diagnostics  # noqa: PLC0415

    if isinstance(result, Diagnostics):
        click.echo(report.text(result))
        sys.exit(1)
    return result


def summary(found: Diagnostics) -> str:
    """How many problems there are, in words."""

    def count(number: int, word: str) -> str:
        return f"{number} {word}{'' if number == 1 else 's'}"

    if not found:
        return "All good."
    return f"{count(len(found.errors), 'error')}, {count(len(found.warnings), 'warning')}"


def put(content: bytes, output: Path, *, force: bool) -> None:
    """Write a file; one that exists is not overwritten unasked, and none is left half-written."""
    from macros.writing.files import write_all, write_whole  # noqa: PLC0415

    if output.exists() and not force:
        click.echo(f"Nothing was written: {output.as_posix()} exists. Use --force to overwrite.", err=True)
        sys.exit(1)
    with writing(output):
        if output.exists() and not output.is_file():  # a device, such as /dev/stdout
            write_whole(output, content)
        else:
            write_all(output.parent, {output.name: content})
    click.echo(f"wrote {output.as_posix()}")


def put_all(where: Project, folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write several files, by their paths below a folder: all of them or none.

    In the project, whichever command comes next does what a killed one has left undone; elsewhere the
    same command does.
    """
    from macros.writing.files import write_all  # noqa: PLC0415

    root, target = where.root.resolve(), folder.resolve()
    below = target.relative_to(root).as_posix() if target.is_relative_to(root) else None
    with writing(folder):
        if below is None:
            write_all(folder, contents)
        else:
            write_all(root, {f"{below}/{name}": content for name, content in contents.items()})


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """A place that cannot be written to ends the command in one sentence."""
    try:
        yield
    except OSError as error:
        click.echo(f"{place.as_posix()}: cannot be written: {error.strerror}; nothing was written.", err=True)
        sys.exit(1)
