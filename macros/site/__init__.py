"""What a generator runs: macros registered, problems shown, blanks written.

The same module serves MkDocs (through mkdocs-macros) and Zensical; the differences are that
Zensical runs it once a page, hands over its settings as a plain dict and knows no build hooks.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import Any

from macros import pages, report
from macros.diagnostics import Diagnostics
from macros.playbook import Playbook, load
from macros.views.catalog import MACROS, blank, blank_path
from macros.views.links import Linker
from macros.views.render import Context, typesetter
from macros.views.text import Typesetter


@cache
def loaded(root: Path) -> tuple[Playbook, Typesetter] | Diagnostics:
    """The playbook and its typesetter, or all that is wrong; read once for each process.

    Args:
        root: the project's folder.
    """
    playbook = load(root)
    if isinstance(playbook, Diagnostics):
        return playbook
    found = pages.check(playbook)
    return found if found.errors else (playbook, typesetter(playbook))


def define_env(env: Any) -> None:
    """Register every macro with mkdocs-macros or with Zensical's work-alike.

    Args:
        env: the generator's macro environment.

    Raises:
        mkdocs.exceptions.PluginError: with every problem, one a line, where the data or a page
            has any. MkDocs prints it without a traceback and exits with 1.
    """
    found = loaded(Path(env.project_dir).resolve())
    if isinstance(found, Diagnostics):
        raise _failure(env, found)
    playbook, typeset = found
    # Zensical hands its settings over as a plain dict, and its pages know their source's path.
    zensical = isinstance(env.conf, dict)
    directory_urls = bool(env.conf["use_directory_urls"])

    def context() -> Context:
        """The page being rendered, known only when one of its macros is called."""
        path = env.page.path if zensical else env.page.file.src_uri
        return Context(playbook, Linker(path, directory_urls, zensical), typeset)

    for name, view in MACROS.items():
        env.macro(_bound(view, context), name)


def _bound(view: Callable[..., str], context: Callable[[], Context]) -> Callable[..., str]:
    """A view as a macro."""

    @wraps(view)
    def macro(*args: Any, **kwargs: Any) -> str:
        return view(context(), *args, **kwargs)

    return macro


def on_post_build(env: Any) -> None:
    """MkDocs is done: write the templates' blanks beside the pages."""
    write_blanks(Path(env.project_dir).resolve(), Path(env.conf["site_dir"]))


def write_blanks(root: Path, site: Path) -> None:
    """Write each template's blank into a built site.

    Args:
        root: the project's folder.
        site: the built site's folder.
    """
    found = loaded(root)
    if isinstance(found, Diagnostics):
        return
    playbook, typeset = found
    context = Context(playbook, Linker(), typeset)
    for id in playbook.templates:
        path = site / blank_path(id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(blank(context, id), "utf-8")


def _failure(env: Any, found: Diagnostics) -> Exception:
    """The exception that the generator reports without adding words of its own."""
    if isinstance(env.conf, dict):
        return ValueError("\n" + report.text(found))
    from mkdocs.exceptions import PluginError  # noqa: PLC0415 - MkDocs may not be the generator

    return PluginError("\n" + report.text(found))
