"""Each template's blank: to be filled in Word, in Excel, or as Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator

from macros.model.template import Template
from macros.sheets import files
from macros.sheets.remember import Memory, code
from macros.sheets.spec import specs
from macros.views.blank import BLANKS, blank, blank_path
from macros.views.render import Context

LIBRARIES = ("jinja2", "xlsxwriter")


def blanks(context: Context, memory: Memory) -> Iterator[tuple[str, bytes]]:
    """Every blank: its path below the built site, and its content.

    Args:
        context: the playbook, and any page of it.
        memory: keeps Word and Excel files, which take long to make.
    """
    made_by = code(files.__file__, *LIBRARIES)
    for id, spec in specs(context.playbook).items():
        about = context.playbook.of(Template)[id]
        told = [json.dumps(spec, sort_keys=True).encode(), about.model_dump_json().encode(), made_by]
        for form in BLANKS:
            if form == "md":
                yield blank_path(id), blank(context, id).encode()
            else:
                content = memory.recall([form.encode(), *told], files.blank, spec, about, form)
                yield blank_path(id, form), content
