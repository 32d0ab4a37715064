"""One company's site, built in a process of its own."""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from macros import report
from macros.diagnostics import Diagnostic, Diagnostics
from macros.project import COMPANY, Project
from macros.site import abbreviations
from macros.site.build import SITE, build
from macros.site.many.companies import Company
from macros.site.ready import ready
from macros.writing.aside import alone
from macros.writing.folders import put_in_place

SHARED = ("data", "docs", "examples", "macros", "overrides", "mkdocs.yml", "pyproject.toml")
"""What of the kit all companies have in common."""


@dataclass(frozen=True)
class Wanted:
    """How sites are built, the same for all companies.

    Args:
        kit: the project with data and pages.
        output: folder of all sites.
        generator: ``mkdocs`` or ``zensical``.
        strict: whether warnings fail a build.
        address: where the output folder is published, with a slash at its end; or empty.
    """

    kit: Project
    output: Path
    generator: str
    strict: bool
    address: str = ""

    @property
    def cache(self) -> Path:
        """What the builds of all companies remember together."""
        return self.kit.cache.parent / "companies"


@dataclass
class Outcome:
    """What became of one company.

    Args:
        name: its folder's name.
        title: what it calls its site.
        built: whether there is a new site.
        seconds: how long it took.
        pages: pages of the site.
        warnings: how many of the check's and of the generator's.
        said: what the check and the generator said.
    """

    name: str
    title: str = ""
    built: bool = False
    seconds: float = 0.0
    pages: int = 0
    warnings: int = 0
    said: str = field(default="", repr=False)


def lay_out(wanted: Wanted, company: Company, folder: Path) -> Project:
    """A project of the kit's files and one company's layer.

    The kit's are links, since nobody writes to them; the layer is a copy, links as they are: one that
    leads out of it is told as in any other project.

    Args:
        wanted: how sites are built.
        company: whose layer.
        folder: an empty folder.
    """
    for name in SHARED:
        source = wanted.kit.root / name
        if source.exists():
            _link(source.resolve(), folder / name)
    shutil.copytree(company.layer, folder / COMPANY, symlinks=True, ignore=_no_sockets)
    wanted.cache.mkdir(parents=True, exist_ok=True)
    (folder / ".cache").mkdir()
    _link(wanted.cache.resolve(), Project(folder).cache)
    return Project(folder)


def _no_sockets(folder: str, names: list[str]) -> list[str]:
    """Pipes and the like, which a copy would wait for."""
    paths = (Path(folder, name) for name in names)
    return [path.name for path in paths if not (path.is_symlink() or path.is_dir() or path.is_file())]


def _link(source: Path, target: Path) -> None:
    try:
        target.symlink_to(source, target_is_directory=source.is_dir())
    except OSError:  # Windows, where not everybody may
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)


def make(wanted: Wanted, company: Company, folder: Path) -> Outcome:
    """Check and build one company's site, and put it into the output folder, in this process.

    What is printed meanwhile belongs to this company; see `macros.site.many.run`.

    Args:
        wanted: how sites are built.
        company: whose.
        folder: an empty folder to work in, in which nobody else does.
    """
    begun = time.perf_counter()
    outcome = Outcome(company.name, company.name)
    try:
        project = lay_out(wanted, company, folder.resolve())
        abbreviations.ROOT = project.root  # this process builds this one project
        os.environ["SITE_URL"] = f"{wanted.address}{quote(company.name)}/" if wanted.address else ""
        found = ready(project.root)
        problems = found if isinstance(found, Diagnostics) else found.playbook.warnings
        if problems:
            print(report.text(named(problems, company)), file=sys.stderr)
        outcome.warnings = len(problems.warnings)
        if not isinstance(found, Diagnostics):
            outcome.title = found.site.settings.name or company.name
            outcome.pages = len(project.all_pages)
            outcome.built = build(found, wanted.generator, strict=wanted.strict, shared=True) == 0
        if outcome.built:
            with alone(wanted.output, f".{company.name}"):
                put_in_place(project.root / SITE, wanted.output / company.name)
    except OSError as error:
        print(f"{error.filename or company.name}: {error.strerror or error}", file=sys.stderr)
    outcome.seconds = time.perf_counter() - begun
    return outcome


def named(found: Diagnostics, company: Company) -> Diagnostics:
    """Problems with the company's files as they are called where they lie."""
    here = os.path.relpath(company.layer).replace(os.sep, "/")
    inside = re.compile(rf"\A{COMPANY}(?=/)")

    def moved(problem: Diagnostic) -> Diagnostic:
        path = inside.sub(lambda _: here, problem.path)
        return Diagnostic(**{**vars(problem), "path": path})

    return Diagnostics(map(moved, found))
