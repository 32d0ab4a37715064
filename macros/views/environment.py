"""Where partials are compiled, and how: apart from the data, so that a second process can begin with it."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    pass_eval_context,
    select_autoescape,
)
from jinja2.bccache import Bucket
from jinja2.nodes import EvalContext
from markupsafe import Markup

from macros.views.marks import mark, named, shared_source
from macros.views.text import in_heading, lines, plain, table_cell

PARTIALS = Path(__file__).parent / "partials"


@cache
def environment(compiled: Path | None = None) -> Environment:
    """The environment of all partials: autoescaping, and an unknown name is an error.

    Args:
        compiled: folder that keeps compiled partials, so that the next build need not do it.
    """
    env = Environment(
        loader=FileSystemLoader(PARTIALS),
        autoescape=select_autoescape(enabled_extensions=("html.j2",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,
        finalize=_finalize,
        bytecode_cache=None if compiled is None else Compiled(compiled),
    )
    env.filters.update(
        heading=in_heading, cell=table_cell, mark=partial(mark, env), named=partial(named, env)
    )
    env.filters.update(shared_source=shared_source, lines=lines)
    return env


class Compiled(BytecodeCache):
    """Compiled templates in a folder that may vanish, or not be written to: then they are compiled anew.

    Args:
        folder: where they are kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Jinja asks for a template; the bucket itself tells whether it is of the same source."""
        from macros.writing.files import kept  # noqa: PLC0415 - a check compiles nothing

        code = kept(self.folder / bucket.key)
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Jinja has compiled a template."""
        from macros.writing.files import keep  # noqa: PLC0415 - as above

        keep(self.folder / bucket.key, bucket.bytecode_to_string())


def compile_partials(folder: Path) -> None:
    """Compile every partial that is not in a folder yet; see `environment`."""
    env = environment(folder)
    for name in env.list_templates():
        env.get_template(name)


@pass_eval_context
def _finalize(context: EvalContext, value: Any) -> Any:
    """Strings that an HTML partial prints without a filter are text, never markup."""
    if not context.autoescape or isinstance(value, Markup) or not isinstance(value, str):
        return value
    return plain(value)
