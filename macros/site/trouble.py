"""What went wrong while a generator ran, in a line: where in this project, and what."""

from __future__ import annotations

import logging
import re
import traceback
from pathlib import Path

from macros.project import Project
from macros.site.front_matter import first_line

MACROS_LOG = "mkdocs.plugins.mkdocs_macros.util"
"""Logger of mkdocs-macros; it hands a page's error over with a traceback."""
_FRAME = re.compile(r'File "([^"]+)", line (\d+)')
_IN_PAGE = re.compile(r'File "<template>", line (\d+)')
"""Where in a page's text an expression stands, as Jinja's tracebacks say it."""
_ELSEWHERE = re.compile(r"site-packages|macros[/\\]site[/\\]build\.py$")
"""Places that say nothing: libraries, and where a generator is called."""
_ON_PAGE = re.compile(
    r"_File_: `(?P<page>[^`]+)`\s+_(?P<kind>\w+)_: (?P<said>.*?)\s+```\n(?P<trace>.*)", re.DOTALL
)


def told(error: BaseException, project: Project, page: str | None = None) -> str:
    """An exception that nobody has foreseen, as one line.

    Args:
        error: what a generator, a plugin or a template has raised.
        project: what was built; places in it are named as in the project it was put together from.
        page: the one whose text was expanded last, where the generator does not say so itself.
    """
    said, _, trace = str(error).partition("\nTraceback")
    kind = "" if said.startswith("Python error: ") else f"{type(error).__name__}: "
    trace = trace or "".join(traceback.format_tb(error.__traceback__))
    said = kind + said.removeprefix("Python error: ").strip()
    if page is not None and _IN_PAGE.search(trace):
        return _on_page(page, trace, said, project)
    return _place(trace, project) + said


def _on_page(page: str, trace: str, said: str, project: Project) -> str:
    """What a page's text has raised, with the innermost place in this project."""
    where = _place(trace, project)
    name = project.origin.page_name(page)
    if where and not where.startswith(f"{name}:"):
        return f"{where}{said} (on the page {page})"
    lines = _IN_PAGE.findall(trace)
    text = project.origin.page_text(page)[0] or ""
    at = f":{int(lines[-1]) + first_line(text) - 1}:1" if lines else ""
    return f"{name}{at}: {said}"


def shorten(project: Project) -> None:
    """Have mkdocs-macros tell a page's error in one line.

    Args:
        project: what is built.
    """

    def shortened(record: logging.LogRecord) -> bool:
        found = _ON_PAGE.search(record.getMessage())
        if found is not None:
            said = f"{found['kind']}: {found['said']}"
            record.msg, record.args = _on_page(found["page"], found["trace"], said, project), ()
        return True

    log = logging.getLogger(MACROS_LOG)
    for before in [
        each for each in log.filters if getattr(each, "__qualname__", "") == shortened.__qualname__
    ]:
        log.removeFilter(before)
    log.addFilter(shortened)


def _place(trace: str, project: Project) -> str:
    """The innermost place in this project that a traceback names, with a colon; empty where there is none."""
    roots = [root.resolve() for root in (project.root, project.origin.root)]
    for name, line in reversed(_FRAME.findall(trace)):
        for root in roots:
            if Path(name).is_relative_to(root) and not _ELSEWHERE.search(name):
                below = Path(name).relative_to(root).as_posix()
                company = f"company/{below}"
                return f"{company if (roots[1] / company).is_file() else below}:{line}:1: "
    return ""
