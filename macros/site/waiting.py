"""The process for the next edit under `playbook serve`: started beforehand, it waits to be told.

Importing what a build needs takes a third of a build, so that is done while nobody waits. Our own
modules are imported only then, since they may be what is edited. It is run as a script, not as a
module: `macros` must not be imported before.
"""

from __future__ import annotations

import importlib
import os
import sys
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
    "mkdocs.livereload",
    "mkdocs_macros.plugin",
    "pydantic.main",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.superfences",
    "yaml",
)
"""What a build imports besides our own modules."""


def wait() -> int:
    """Import, read folder and address from standard input, build; end where the line is empty."""
    for name in FOREIGN:
        with suppress(ImportError):
            importlib.import_module(name)
    target, url = (sys.stdin.readline().strip() for _ in range(2))
    if not target:
        return 0
    from macros.site.build import main  # noqa: PLC0415 - as late as can be

    return main(target, url)


if __name__ == "__main__":
    sys.path[0] = os.getcwd()  # noqa: PTH109 - this script's folder has modules called like others'
    code = wait()
    sys.stdout.flush()
    os._exit(code)  # freeing what a build has piled up would only delay it
