"""A playbook as an upgrade is going to leave it, checked before anything is changed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from macros.company.mkdocs_yml import CONFIGURATION, read_configuration
from macros.company.navigation import leaves
from macros.company.upgrade import compared
from macros.company.upgrading.plan import What
from macros.company.upgrading.run import CHECKED, Upgrade, lay_out, planned
from macros.company.upgrading.told import to_look_at
from macros.diagnostics import Diagnostic, Diagnostics
from macros.project import COMPANY, Project
from macros.report import line
from macros.site.ready import check

_GIVEN_UP: dict[What, What] = dict.fromkeys(("kept", "yours", "merged", "blocked"), "replaced")
_GIVEN_UP["left"] = "removed"
"""What happened to files if nobody had changed them."""


def planned_to_work(upgrade: Upgrade, source: str, came_from: str) -> Upgrade:
    """An upgrade in which no file that is kept breaks the playbook, where that can be had.

    Files stay as the company has them. But data of which one file is the old one, or a navigation that
    lists pages which have moved, is no playbook: there, changes in different places are put together.

    Args:
        upgrade: as it is planned, with nothing put together.
        source: what it was asked for as.
        came_from: the version that the copy came from, where it has no record.
    """
    if not any(step.fits and step.path.startswith(CHECKED) for step in to_look_at(upgrade)):
        return upgrade
    together = planned(upgrade.root, upgrade.version, source, came_from=came_from, merge=CHECKED)
    return together if len(mistakes(together)) < len(mistakes(upgrade)) else upgrade


def mistakes(upgrade: Upgrade) -> set[Diagnostic]:
    """What is going to be wrong outside of the layer only because files are kept."""
    given_up = [
        replace(step, what=_GIVEN_UP.get(step.what, step.what), content=b"") for step in upgrade.steps
    ]
    without = _ahead(replace(upgrade, steps=given_up))
    found = {each for each in _ahead(upgrade) - without if each.severity == "error"}
    # Where upstream's own file is wrong by the models of this version, the newer one has other models.
    remodeled = {each.path for each in without - _problems(Project(upgrade.root)) if each.severity == "error"}
    kept = (step.path for step in upgrade.steps if step.what in ("kept", "left"))
    found |= {Diagnostic.of_file(path, "is older than its models") for path in kept if path in remodeled}
    return {each for each in found if not each.path.startswith(f"{COMPANY}/")}


def to_mend(upgrade: Upgrade) -> Iterator[str]:
    """What somebody has to look at in the layer and in files that are kept, one a line."""
    kept = {step.path for step in to_look_at(upgrade)}
    here = Project(upgrade.root)
    new = _ahead(upgrade) - _problems(here)
    mend = {each for each in new if each.path in kept or each.path.startswith(f"{COMPANY}/")}
    broken = {(problem.path, problem.line) for problem in mend}
    for finding in compared(here, Project(upgrade.version.root), upgrade.version.called):
        if (finding.path, finding.line) not in broken:
            yield str(finding)
    yield from map(line, sorted(mend))


def _ahead(upgrade: Upgrade) -> set[Diagnostic]:
    with tempfile.TemporaryDirectory(prefix="playbook-") as name:
        lay_out(upgrade, Path(name))
        return _problems(Project(Path(name)))


def _problems(project: Project) -> set[Diagnostic]:
    result = check(project)
    found = set(result if isinstance(result, Diagnostics) else result[0].warnings)
    configuration = read_configuration(project)
    if not isinstance(configuration, Diagnostic):
        for page in leaves(configuration["nav"]):
            if page.endswith(".md") and page not in project.all_pages:
                found.add(Diagnostic.of_file(CONFIGURATION, f"lists the page '{page}', which is not there"))
    return found
