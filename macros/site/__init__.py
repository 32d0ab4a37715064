"""What a generator runs: macros registered, problems shown, blanks written.

The same module serves MkDocs (through mkdocs-macros) and Zensical; the differences are that
Zensical runs it once a page, hands over its settings as a plain dict and knows no build hooks.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from macros.site.expansions import Expansions, expansions

if TYPE_CHECKING:
    from macros.diagnostics import Diagnostics


def define_env(env: Any) -> None:
    """Register every macro with mkdocs-macros or with Zensical's work-alike.

    Args:
        env: the generator's macro environment.

    Raises:
        mkdocs.exceptions.PluginError: with every problem, one a line, where the data or a page
            has any. MkDocs prints it without a traceback and exits with 1.
    """
    expanded = expansions(Path(env.project_dir).resolve())
    if expanded.problems:
        raise _failure(env, expanded.problems)
    directory_urls = bool(env.conf["use_directory_urls"])
    for name in expanded.macros:
        env.macro(_macro(name, env, expanded, directory_urls), name)
    _company_macros(env, expanded.root)


def _company_macros(env: Any, root: Path) -> None:
    """Let the company's own module register its macros, too."""
    if (root / "company" / "macros.py").is_file():
        from macros.pages import company_module  # noqa: PLC0415 - most playbooks have none

        module = company_module(root)
        if module is not None:
            module.define_env(env)


def _macro(name: str, env: Any, expanded: Expansions, directory_urls: bool) -> Callable[..., str]:
    """A macro as a generator calls it: which page it stands on is known only then."""

    def macro(*args: Any, **kwargs: Any) -> str:
        zensical = _is_zensical(env)
        path = env.page.path if zensical else env.page.file.src_uri
        return expanded.playbook().call(name, (path, directory_urls, zensical), args, kwargs)

    return macro


def _is_zensical(env: Any) -> bool:
    """Zensical hands its settings over as a plain dict."""
    return isinstance(env.conf, dict)


WAITING = "playbook_waiting"
"""Key in a page's meta data, between the two hooks around its macros: the Markdown to render, or
None where a remembered result has taken its place."""


def on_pre_page_macros(env: Any) -> None:
    """MkDocs is about to render a page's macros: put a remembered result in its place."""
    meta = env.page.meta
    if meta.get("render_macros") is False:
        return
    found = expansions(Path(env.project_dir).resolve()).page(_page_key(env), env.markdown)
    meta[WAITING] = None if found else env.markdown
    if found:
        env.markdown, env.page.title = found
        meta["render_macros"] = False


def on_post_page_macros(env: Any) -> None:
    """MkDocs has rendered a page's macros: remember the result."""
    meta = env.page.meta
    if WAITING not in meta:
        return
    source = meta.pop(WAITING)
    if source is None:
        del meta["render_macros"]
        return
    expanded = expansions(Path(env.project_dir).resolve())
    expanded.keep(_page_key(env), source, env.markdown, env.page.title)


def _page_key(env: Any) -> str:
    return f"{env.page.file.src_uri} {'folder' if env.conf['use_directory_urls'] else 'file'}"


def on_post_build(env: Any) -> None:
    """MkDocs is done: write the templates' blanks beside the pages."""
    root = Path(env.project_dir).resolve()
    write_blanks(root, Path(env.conf["site_dir"]))
    expansions(root).remember()


def write_blanks(root: Path, site: Path) -> None:
    """Write each template's blanks into a built site.

    Args:
        root: the project's folder.
        site: the built site's folder.
    """
    for name, content in expansions(root).blanks.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _failure(env: Any, found: Diagnostics) -> Exception:
    """The exception that the generator reports without adding words of its own."""
    from macros import report  # noqa: PLC0415 - only needed on the way out

    text = "\n" + report.text(found)
    if _is_zensical(env):
        return ValueError(text)
    from mkdocs.exceptions import PluginError  # noqa: PLC0415 - Zensical runs without MkDocs

    return PluginError(text)
