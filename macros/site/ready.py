"""A project read and checked, ready to expand the macros on its pages: once in a process."""

from __future__ import annotations

import gc
import os
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from macros.company.edits import check_edits
from macros.company.settings import Site, load_site
from macros.company.surroundings import check_beside, check_environment
from macros.diagnostics import Diagnostics
from macros.load.collection import without_collection
from macros.load.files import read_files
from macros.load.reading import merged
from macros.playbook import Playbook, judged
from macros.project import Project
from macros.rules import READING, RULES
from macros.rules.targets import Targets
from macros.sheets.examples import Example, check_own, examples
from macros.site.pages import check_pages
from macros.site.sources import two_of_one
from macros.site.theme import check_overrides
from macros.views.environment import environment
from macros.views.links import Linker
from macros.views.macros import MACROS
from macros.views.render import Context, typesetter
from macros.views.text import Typesetter

if TYPE_CHECKING:
    from macros.export.exporter import Exporter


EXPORTED = ("export/playbook.json", "export/raci.csv", "export/raci.xlsx")
"""Data that each build writes below the site; `macros.export.data` makes it."""


@dataclass
class Ready:
    """A playbook without errors, and how its site is set up.

    Args:
        playbook: all data.
        site: what the company says about the site.
        typesetter: shared by all pages.
        exporter: takes the pages as they are built, while somebody exports them.
        served: whether the site is for the live server.
        page: the one whose text Zensical expands, one after the other; its errors do not say which.
    """

    playbook: Playbook
    site: Site
    typesetter: Typesetter
    exporter: Exporter | None = None
    served: bool = False
    page: str | None = None

    @cached_property
    def examples(self) -> dict[str, Example]:
        """Templates that an example company filled, by their ids."""
        return examples(self.playbook, kit=self.site.settings.examples)

    @property
    def cache(self) -> Path:
        """What a build remembers for the next one."""
        return self.playbook.project.cache

    def context(self, *place: Any) -> Context:
        """What views need on a page.

        Args:
            place: the page's source below docs/, and the two switches of `Linker`.
        """
        partials = environment(self.cache / "partials")
        return Context(self.playbook, Linker(*place), self.typesetter, partials, self.examples)

    def rest(self) -> None:
        """Let go of what is only remembered to expand macros faster.

        In a first build, which takes the most memory, of what only a collection finds, too.
        """
        cache = environment(self.cache / "partials").cache
        if cache is not None:
            cache.clear()
        self.typesetter.typeset.cache_clear()
        if not self.has_built:
            gc.collect()

    @property
    def has_built(self) -> bool:
        """Whether an earlier build has left what this one need not make again."""
        from macros.sheets.remember import Memory  # noqa: PLC0415 - a check remembers nothing

        return Memory(self.cache / "blanks").exists

    def call(self, macro: str, context: Context, args: Any, kwargs: Any) -> str:
        """A macro's result on a page."""
        return str(MACROS[macro](context, *args, **kwargs))


def check(project: Project) -> tuple[Playbook, Site] | Diagnostics:
    """Read a project and check all of it: data, pages, settings. Every problem is told at once."""
    with without_collection():
        reading = merged(read_files(project))
        site = load_site(project)
        ids = {key: found for key, found in reading.declared.items() if key not in reading.unread}
        others = Diagnostics(
            [
                *check_pages(project, ids, Targets(reading, [*(rule.id for rule in RULES), *READING])),
                *two_of_one(project, reading.declared["templates"], EXPORTED),
                *(site if isinstance(site, Diagnostics) else ()),
                *check_edits(project),
                *check_environment(project, os.environ),
                *check_beside(project),
                *check_overrides(project),
            ]
        )
        playbook = judged(reading, others)
    if isinstance(playbook, Diagnostics) or isinstance(site, Diagnostics):
        return playbook if isinstance(playbook, Diagnostics) else others
    filled = Diagnostics(check_own(playbook))
    return filled if filled.errors else (playbook, site)


def ready(folder: Path) -> Ready | Diagnostics:
    """The project in a folder, or the one that it was put together from.

    Args:
        folder: a project's, as a generator knows it.

    Returns:
        The project ready to expand macros, or all that is wrong; read once in a process.
    """
    return _ready(Project(folder).origin.root)


@cache
def _ready(root: Path) -> Ready | Diagnostics:
    found = check(Project(root))
    if isinstance(found, Diagnostics):
        return found
    playbook, site = found
    return Ready(playbook, site, typesetter(playbook))
