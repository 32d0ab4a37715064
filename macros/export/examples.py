"""Each template as an example company filled it: for Word, for Excel, and for the template's page."""

from __future__ import annotations

import json
from collections.abc import Iterator

from macros.sheets import files
from macros.sheets.examples import as_json
from macros.sheets.remember import Memory, code
from macros.sheets.spec import specs
from macros.views.example import FORMATS, path_of
from macros.views.render import Context

LIBRARIES = ("jinja2", "xlsxwriter")


def filled(context: Context, memory: Memory) -> Iterator[tuple[str, bytes]]:
    """Every filled sheet: its path below the built site, and its content.

    Args:
        context: the playbook with its examples, and any page of it.
        memory: keeps Word and Excel files, which take long to make.
    """
    made_by = code(files.__file__, *LIBRARIES)
    laid_out = specs(context.playbook)
    for id, example in context.examples.items():
        answers = as_json(example)
        told = [json.dumps(laid_out[id], sort_keys=True).encode(), answers, made_by]
        for form in FORMATS:
            if form == "json":
                yield path_of(id, form), answers
            else:
                arguments = (laid_out[id], example.draft, form)
                yield (
                    path_of(id, form),
                    memory.recall([form.encode(), *told], files.filled, *arguments),
                )
