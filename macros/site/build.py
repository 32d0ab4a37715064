"""Builds the site with either generator.

A build has its process to itself: `playbook build` is that process, and `playbook serve` starts
one for each edit. Data and pages are read and checked once in it, before the generator starts;
its macros find the playbook that was read.
"""

from __future__ import annotations

import gc
import importlib
import importlib.util
import os
import runpy
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Any

from macros import report
from macros.diagnostics import Diagnostics
from macros.project import Project
from macros.site.assemble import assemble
from macros.site.direct import names
from macros.site.ready import Ready, ready
from macros.site.trouble import told
from macros.writing import FULL
from macros.writing.aside import alone, working_folder
from macros.writing.folders import put_in_place

SITE = "site"
"""Folder of the built site, below the project's."""


def is_installed(generator: str) -> bool:
    """Whether a generator can be run: ``mkdocs`` or ``zensical``."""
    return importlib.util.find_spec(generator) is not None


def build(found: Ready, generator: str, *, strict: bool, shared: bool = False) -> int:
    """Build the site into `site/`, with every export.

    It is built beside and put in place at the end: whatever happens, `site/` is the old site, whole, or
    the new one.

    Args:
        found: the project, read and checked.
        generator: ``mkdocs`` or ``zensical``.
        strict: whether warnings fail the build.
        shared: whether other builds use the cache, and the other processors, at the same time.

    Returns:
        The exit code: 0 for a site, 1 for none.

    Raises:
        OSError: the site cannot be written.
    """
    from macros.export.exporter import Exporter  # noqa: PLC0415 - serving exports nothing

    project = found.playbook.project
    with working_folder(project.aside, "build") as folder:
        # Only MkDocs takes an output folder, so Zensical builds a project of its own.
        built = assemble(project, found.site, folder / "project", always=generator == "zensical")
        site = folder / SITE
        flags = ["--clean"] if generator == "zensical" else ["--site-dir", str(site)]
        found.exporter = Exporter(found.context(), found.cache, shared=shared)
        if found.has_built:
            # Collections would look through what was read, again and again. A first build has to let go of
            # what it can: it takes the most memory.
            gc.freeze()
        try:
            arguments = ["build", *flags, *(["--strict"] if strict else [])]
            if (run if generator == "mkdocs" else run_apart)(built, generator, arguments) != 0:
                return 1
            if generator == "zensical":
                (built.root / SITE).rename(site)
            found.exporter.write(site, *names(found), os.environ.get("SITE_URL", ""))
        finally:
            found.exporter.close()
        with alone(project.aside, "placing"):
            put_in_place(site, project.root / SITE)
    return 0


def main(target: str, url: str, project: str) -> int:
    """Read, check and build with MkDocs, for the live server; problems are printed.

    Args:
        target: folder of the built site.
        url: address at which it is served.
        project: folder in which the project may be put together.

    Returns:
        The exit code: 0 for a site.

    Raises:
        OSError: something cannot be written.
    """
    found = ready(Path.cwd())
    if isinstance(found, Diagnostics):
        print(report.text(found))
        return 1
    found.served = True
    os.environ["SITE_URL"] = url
    folder = assemble(found.playbook.project, found.site, Path(project))
    return run(folder, "mkdocs", ["build", "--quiet", "--site-dir", target])


def run(project: Project, generator: str, arguments: Sequence[str]) -> int:
    """Run a generator's own command line in this process.

    Args:
        project: what it works on.
        generator: ``mkdocs`` or ``zensical``.
        arguments: what follows its name.

    Returns:
        Its exit code; 1 where something that it runs has raised, which is told.
    """
    os.environ["NO_MKDOCS_2_WARNING"] = "1"  # the banner about MkDocs 2
    # mkdocs-macros imports an HTTP client, to ask for plugins that it misses: 30 ms and 7 MB.
    _load_late("requests")
    with _called(project.root, [generator, *arguments]):
        try:
            runpy.run_module(generator, run_name="__main__", alter_sys=True)
        except SystemExit as end:
            return end.code if isinstance(end.code, int) else int(end.code is not None)
        except OSError as error:
            if error.errno in FULL:
                raise
            print(told(error, project), file=sys.stderr)
            return 1
        except Exception as error:
            found = ready(project.root)
            page = None if isinstance(found, Diagnostics) else found.page
            print(told(error, project, page), file=sys.stderr)
            return 1
    return 0


def run_apart(project: Project, generator: str, arguments: Sequence[str]) -> int:
    """As `run`, in a process forked from this one, where the system can.

    Zensical answers signals itself: it ends the process on the spot, with 0.

    Args:
        project: what it works on.
        generator: its name.
        arguments: what follows its name.

    Returns:
        Its exit code.
    """
    if not hasattr(os, "fork"):
        return run(project, generator, arguments)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setsid()  # what Ctrl-C means is for the parent to say
            code = run(project, generator, arguments)
        except OSError as error:
            print(told(error, project), file=sys.stderr)
        finally:
            with suppress(OSError):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(code)
    try:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    except BaseException:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise


def _load_late(name: str) -> None:
    """Have a module that others import loaded when they use it.

    Python's own lazy loader can't do it before 3.12: there, importing such a module loads it.
    """
    if name in sys.modules:
        return

    def load(attribute: str) -> Any:
        sys.modules.pop(name)
        return getattr(importlib.import_module(name), attribute)

    late = ModuleType(name)
    late.__getattr__ = load  # type: ignore[method-assign]
    sys.modules[name] = late


@contextmanager
def _called(folder: Path, command: list[str]) -> Iterator[None]:
    """As if a command had been typed in a folder."""
    before = Path.cwd(), sys.argv
    os.chdir(folder)
    sys.argv = command
    try:
        yield
    finally:
        os.chdir(before[0])
        sys.argv = before[1]
