"""Each template's blank: to be filled in Word, in Excel, or as Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

from macros.model.template import Template
from macros.playbook import Playbook
from macros.sheets import files
from macros.sheets.remember import Memory, code
from macros.sheets.spec import specs
from macros.views.macros import BLANKS, blank, blank_path
from macros.views.render import Context

LIBRARIES = ("openpyxl", "python-docx")


def blanks(context: Context, memory: Memory) -> Iterator[tuple[str, bytes]]:
    """Every blank: its path below the built site, and its content.

    Args:
        context: the playbook, and any page of it.
        memory: keeps Word and Excel files, which take long to make.
    """
    playbook: Playbook = context.playbook
    for id, spec in specs(playbook).items():
        about = playbook.of(Template)[id]
        told = [json.dumps(spec, sort_keys=True).encode(), about.model_dump_json().encode()]
        for form in BLANKS:
            path = blank_path(id, form)
            if form == "md":
                yield path, blank(context, id).encode()
                continue
            inputs = [form.encode(), *told, code(files.__file__, *LIBRARIES)]
            yield path, memory.recall(inputs, partial(files.blank, spec, about, form))
    memory.forget_unused()
