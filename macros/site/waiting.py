"""The process for the next edit under `playbook serve`: started beforehand, it waits to be told.

Importing what a build needs takes a third of a build, so that is done while nobody waits. Our own
modules are imported only then, since they may be what is edited. It is run as a script, not as a
module: `macros` must not be imported before.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import sys
import traceback
from contextlib import suppress

FOREIGN = (
    "bs4",
    "jinja2.ext",
    "markdown.extensions.abbr",
    "markdown.extensions.toc",
    "markdown_it",
    "material.extensions.emoji",
    "material.plugins.search.plugin",
    "mkdocs.__main__",
    "mkdocs.commands.build",
    "mkdocs.contrib.search",
    "mkdocs_macros.plugin",
    "pydantic.main",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.superfences",
    "yaml",
)
"""What a build imports besides our own modules."""


def wait(root: str) -> int:
    """Import, read from standard input what to build, build it; end where the line is empty.

    Args:
        root: the project's folder.

    Returns:
        The exit code: 0 for a site.
    """
    for name in FOREIGN:
        with suppress(ImportError):
            importlib.import_module(name)
    told = sys.stdin.readline().strip()
    if not told:
        return 0
    try:
        os.chdir(root)  # it may have been moved away and back since this process was started
        from macros.site.build import main  # noqa: PLC0415 - as late as can be

        return main(**json.loads(told))
    except Exception as error:
        print(broken(error, root))
        return 1


def broken(error: Exception, root: str) -> str:
    """What a module that is being edited raises, in a line. Our own modules are of no use for that.

    Args:
        error: the exception.
        root: the project's folder.
    """
    if isinstance(error, SyntaxError) and error.filename:
        where, said = f"{error.filename}:{error.lineno}:{error.offset}", error.msg
    else:
        frames = traceback.extract_tb(error.__traceback__)
        ours = [f"{each.filename}:{each.lineno}:1" for each in frames if each.filename.startswith(root)]
        where, said = (ours or [""])[-1], str(error)
    line = f"{where}: {type(error).__name__}: {said}".removeprefix(": ")
    return re.sub(f"^{re.escape(root)}[/\\\\]", "", line)


if __name__ == "__main__":
    sys.path[0] = sys.argv[1]  # this script's folder has modules called like others'
    code = wait(sys.argv[1])
    with suppress(OSError):
        sys.stdout.flush()
    os._exit(code)  # freeing what a build has piled up would only delay it
