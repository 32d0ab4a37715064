"""What a generator runs: macros registered, problems shown, blanks written.

The same module serves MkDocs (through mkdocs-macros) and Zensical; the differences are that
Zensical runs it once a page, hands over its settings as a plain dict and knows no build hooks.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment

from macros import report
from macros.company.mkdocs_yml import is_large, pruned
from macros.company.own_macros import company_module
from macros.diagnostics import Diagnostics
from macros.project import Project
from macros.site.direct import at_the_end, export, left_out
from macros.site.ready import Ready, ready
from macros.site.trouble import shorten
from macros.views.environment import Compiled
from macros.views.macros import MACROS

SITEMAP = "sitemap.xml"


def define_env(env: Any) -> None:
    """Register every macro with mkdocs-macros or with Zensical's work-alike.

    Args:
        env: the generator's macro environment.

    Raises:
        mkdocs.exceptions.PluginError: with every problem, one a line, where the data or a page
            has any. MkDocs prints it without a traceback and exits with 1.
    """
    folder = Path(env.project_dir).resolve()
    found = ready(folder)
    if isinstance(found, Diagnostics):
        raise _failure(env, "\n" + report.text(found))
    lacking = left_out(folder, "zensical" if _is_zensical(env) else "mkdocs")
    if lacking:
        raise _refusal(env, lacking)
    directory_urls = bool(env.conf["use_directory_urls"])
    for name in MACROS:
        env.macro(_macro(name, env, found, directory_urls), name)
    module = company_module(found.playbook.project)
    if module is not None:
        module.define_env(env)
    if _is_zensical(env):
        found.page = env.page.path if env.page else None
        if found.exporter is None:
            at_the_end(found.playbook.project.root, folder / env.conf.get("site_dir", "site"))
    else:
        shorten(Project(folder))
        env.conf.plugins["playbook"] = Hooks(found)
        if is_large(found.playbook.project):
            env.conf.theme["features"] = pruned(env.conf.theme["features"])


class Hooks:
    """What runs beside MkDocs' own plugins while it builds.

    Args:
        found: the project that is built.
    """

    def __init__(self, found: Ready) -> None:
        self.found = found
        self.written: str | None = None

    def on_env(self, env: Environment, **_: Any) -> Environment:
        """MkDocs turns to the theme: its compiled templates are kept for the next build.

        What only the macros needed makes room for them: every page is expanded by now.
        """
        self.found.rest()
        env.bytecode_cache = Compiled(self.found.cache / "theme")
        env.optimized = False  # folding constants is a tenth of compiling, and saves nothing here
        return env

    def on_post_page(self, output: str, *, page: Any, config: Any, **_: Any) -> str:
        """A page is about to be written, so the one before it has been: it can be exported already."""
        if self.found.exporter is not None and self.written is not None:
            self.found.exporter.page(self.written, Path(config["site_dir"]) / self.written)
        self.written = page.file.dest_uri
        return output

    def on_post_template(self, output: str, *, template_name: str, **_: Any) -> str:
        """The sitemap loses the day of the build, which says nothing of when a page was changed.

        So the same commit builds the same site tomorrow. Dates that a plugin of the company's knows stay.
        """
        from mkdocs.utils import get_build_date  # noqa: PLC0415 - Zensical runs without MkDocs

        if template_name != SITEMAP:
            return output
        return re.sub(rf"\s*<lastmod>{re.escape(get_build_date())}</lastmod>", "", output)


def _macro(name: str, env: Any, found: Ready, directory_urls: bool) -> Callable[..., str]:
    """A macro as a generator calls it: which page it stands on is known only then."""

    def macro(*args: Any, **kwargs: Any) -> str:
        zensical = _is_zensical(env)
        path = env.page.path if zensical else env.page.file.src_uri
        return found.call(name, found.context(path, directory_urls, zensical), args, kwargs)

    return macro


def _is_zensical(env: Any) -> bool:
    """Zensical hands its settings over as a plain dict."""
    return isinstance(env.conf, dict)


def on_post_build(env: Any) -> None:
    """MkDocs is done: write what is no page beside the pages, where `playbook build` does not.

    The sitemap's compressed copy goes: its bytes depend on the day and on the version of zlib.
    """
    Path(env.conf["site_dir"], f"{SITEMAP}.gz").unlink(missing_ok=True)
    found = ready(Path(env.project_dir).resolve())
    if isinstance(found, Diagnostics) or found.exporter is not None:
        return
    export(found, Path(env.conf["site_dir"]))


def _refusal(env: Any, sentence: str) -> Exception:
    """What ends a build that would leave something out. Zensical would add a traceback, so it just ends."""
    if _is_zensical(env):
        print(sentence, file=sys.stderr, flush=True)
        os._exit(1)
    return _failure(env, sentence)


def _failure(env: Any, text: str) -> Exception:
    """The exception that the generator reports without adding words of its own."""
    if _is_zensical(env):
        return ValueError(text)
    from mkdocs.exceptions import PluginError  # noqa: PLC0415 - Zensical runs without MkDocs

    return PluginError(text)
