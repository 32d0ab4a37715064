"""Many sites in parallel: each in a process of its own, so that none of them can harm another."""

from __future__ import annotations

import gc
import importlib
import json
import multiprocessing
import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from multiprocessing import connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, cast

from macros.site.many.companies import Company
from macros.site.many.work import Outcome, Wanted, make
from macros.site.waiting import FOREIGN
from macros.writing.aside import working_folder

_MANY = 50_000
"""Files that the companies' common memory has at most; beyond, it is made anew."""
_WARNING = re.compile(r"^(WARNING|warning:)", re.MULTILINE)
"""How MkDocs and Zensical begin a warning."""


def build_all(companies: Sequence[Company], wanted: Wanted, jobs: int) -> Iterator[Outcome]:
    """Build every company's site.

    Args:
        companies: whose.
        wanted: how.
        jobs: how many at a time.

    Yields:
        What became of each, as soon as it is known.

    Raises:
        OSError: there is nowhere to work.
    """
    _forget(wanted.cache)
    forks = hasattr(os, "fork")
    context: Any = multiprocessing.get_context("fork" if forks else "spawn")
    if forks:
        _prepare()
    waiting = list(reversed(companies))
    running: dict[int, tuple[BaseProcess, Company, Path]] = {}
    with working_folder(wanted.kit.aside, "all") as folder:
        try:
            while waiting or running:
                while waiting and len(running) < jobs:
                    company = waiting.pop()
                    own = folder / str(len(waiting))
                    own.mkdir()
                    process = context.Process(target=_in_process, args=(wanted, company, own), daemon=False)
                    process.start()
                    running[process.sentinel] = process, company, own
                for sentinel in connection.wait(list(running)):
                    process, company, own = running.pop(cast(int, sentinel))
                    process.join()
                    yield _outcome(company, own, process.exitcode)
                    shutil.rmtree(own, ignore_errors=True)
        finally:
            for process, _, _ in running.values():
                process.terminate()
            for process, _, _ in running.values():
                process.join(10)


def _prepare() -> None:
    """Import what every build needs, once: it takes a third of a build."""
    for name in (*FOREIGN, "markdownify", "xlsxwriter", "macros.export.exporter", "macros.site.hooks"):
        with suppress(ImportError):
            importlib.import_module(name)
    gc.collect()
    gc.freeze()  # what is never touched is never copied


def _forget(cache: Path) -> None:
    """Nothing of a shared memory is unused for sure; one that has grown beyond measure is given up."""
    if sum(1 for _ in cache.glob("*/*")) > _MANY:
        shutil.rmtree(cache, ignore_errors=True)


def _in_process(wanted: Wanted, company: Company, folder: Path) -> None:
    """What a process does: its output goes into a file, and so does what became of it."""
    with (folder / "said.txt").open("wb", buffering=0) as out:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
    (folder / "project").mkdir()
    outcome = make(wanted, company, folder / "project")
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    (folder / "outcome.json").write_text(json.dumps(asdict(outcome)), "utf-8")
    if hasattr(os, "fork"):
        os._exit(0)  # freeing what a build has piled up is for nobody


def _outcome(company: Company, folder: Path, code: int | None) -> Outcome:
    """What became of a process that has ended."""
    outcome = Outcome(company.name, company.name)
    with suppress(OSError):
        outcome.said = (folder / "said.txt").read_text("utf-8", errors="replace").strip()
    try:
        told = json.loads((folder / "outcome.json").read_text("utf-8"))
    except (OSError, ValueError):
        outcome.said += f"\nits process ended with exit code {code}"
        return outcome
    outcome = Outcome(**{**told, "said": outcome.said})
    outcome.warnings += len(_WARNING.findall(outcome.said))
    return outcome
