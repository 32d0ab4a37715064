"""Partials to Markdown-safe HTML."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
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

from macros.model.base import Source
from macros.model.content import Term
from macros.playbook import Playbook
from macros.project import write_whole
from macros.views.links import Linker
from macros.views.text import Typesetter, in_heading, plain, table_cell

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
    env.filters.update(heading=in_heading, cell=table_cell, mark=partial(mark, env))
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
        with suppress(OSError):
            bucket.bytecode_from_string((self.folder / bucket.key).read_bytes())

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Jinja has compiled a template."""
        with suppress(OSError):
            write_whole(self.folder / bucket.key, bucket.bytecode_to_string())


@dataclass(frozen=True)
class Context:
    """What a view needs: the playbook, and the page it is shown on.

    Args:
        playbook: all data.
        link: writes links as seen from the page.
        typesetter: shared by all pages, since it remembers what it has set.
        partials: where views find their partials.
    """

    playbook: Playbook
    link: Linker
    typesetter: Typesetter = field(repr=False)
    partials: Environment = field(default_factory=environment, repr=False)

    def rich(self, text: str) -> Markup:
        """Inline Markdown of an item as HTML."""
        return self.typesetter.rich(text, self.link)


def typesetter(playbook: Playbook) -> Typesetter:
    """The typesetter for a playbook: its glossary's abbreviations become tooltips."""
    return Typesetter(abbreviations(playbook))


def abbreviations(playbook: Playbook) -> dict[str, str]:
    """Explanation by abbreviation, from the glossary."""
    return {
        term.abbreviation: f"{term.name}: {term.text}"
        for term in playbook.of(Term).values()
        if term.abbreviation
    }


@pass_eval_context
def _finalize(context: EvalContext, value: Any) -> Any:
    """Strings that an HTML partial prints without a filter are text, never markup."""
    if not context.autoescape or isinstance(value, Markup) or not isinstance(value, str):
        return value
    return plain(value)


def render(name: str, context: Context, **values: Any) -> str:
    """Render a partial so that Markdown passes its HTML through untouched.

    Args:
        name: the partial's file under partials/.
        context: the playbook and the page.
        values: what the partial shows.

    Returns:
        Lines without indentation (Markdown would take it for code) and without blank lines
        (Markdown would end the HTML there), but with blank lines around headings.
    """
    text = context.partials.get_template(name).render(
        playbook=context.playbook, link=context.link, rich=context.rich, **values
    )
    lines = []
    for line in text.splitlines():
        bare = line.strip()
        if bare.startswith("#"):
            lines.append(f"\n{bare}\n")
        elif bare:
            lines.append(bare)
    return "\n\n" + "\n".join(lines) + "\n\n"


def mark(partials: Environment, source: Source) -> Markup:
    """The quiet mark that says who a statement comes from."""
    template = partials.get_template("mark.html.j2")
    return Markup(template.render(source=source))  # noqa: S704 - an autoescaped partial
