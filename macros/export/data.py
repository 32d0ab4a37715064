"""The merged data for other tools: JSON, and the RACI as CSV and Excel."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic_core import to_json

from macros.model.base import typed
from macros.model.content import Activity, Role
from macros.playbook import Playbook
from macros.sheets import remember
from macros.sheets.office import stored
from macros.sheets.remember import Memory, code
from macros.sheets.text import as_csv
from macros.writing.files import write_whole

LIBRARIES = ("xlsxwriter",)

SCHEMA_VERSION = 1
"""Version of `playbook.json`'s shape. It grows when a key is renamed, removed or changes its type."""

FOLDER = "export"
"""Where data is exported to, below the built site."""


def as_json(playbook: Playbook) -> bytes:
    """The merged data as a JSON file: a schema version, and each list under its plural name.

    Relations stand on both sides.
    """
    lists = {
        key: [
            each.model_copy(update={"related": playbook.relations.get(typed(each), ())})
            for each in items.values()
        ]
        for key, items in playbook.lists.items()
    }
    return to_json({"schema_version": SCHEMA_VERSION, **lists}, indent=2) + b"\n"


def raci_rows(playbook: Playbook) -> Iterator[list[str]]:
    """The RACI as rows of a table; the first is the heading."""
    yield ["Activity", *(role.name for role in playbook.of(Role).values()), "Business decision"]
    for activity in playbook.of(Activity).values():
        letters = [activity.roles.get(role, "") for role in playbook.of(Role)]
        yield [activity.name, *letters, "yes" if activity.business_decision else "no"]


def raci_excel(rows: Sequence[Sequence[str]]) -> bytes:
    """The RACI's rows as an Excel workbook; every cell is text."""
    from macros.sheets.workbook import LOOKS, Book, height, set_up_page  # noqa: PLC0415 - only where it is made

    out = io.BytesIO()
    widths = [44, *[16] * (len(rows[0]) - 1)]
    with Book(out, "RACI") as book:
        sheet = book.add_worksheet("RACI")
        head, name = book.add_format(LOOKS["head"]), book.add_format(LOOKS["name"])
        top, cell = book.add_format(LOOKS["head"] | {"align": "center"}), book.add_format(LOOKS["short"])
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                look = (top if column else head) if number == 0 else cell if column else name
                if text:
                    sheet.write_string(number, column, text, look)
                else:
                    sheet.write_blank(number, column, None, look)
            sheet.set_row(number, height(row, widths))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 1)
        set_up_page(sheet, "RACI", heading=0, landscape=True)
    return stored(out.getvalue())


def data_files(playbook: Playbook, memory: Memory | None = None) -> dict[str, bytes]:
    """JSON, CSV and Excel, by their names.

    Args:
        playbook: the merged data.
        memory: keeps the workbook.
    """
    memory = memory or Memory(None)
    rows = list(raci_rows(playbook))
    told = [json.dumps(rows).encode(), code(__file__, *LIBRARIES), code(remember.__file__)]
    return {
        "playbook.json": as_json(playbook),
        "raci.csv": as_csv(rows).encode("utf-8-sig"),  # Excel reads UTF-8 only with the mark
        "raci.xlsx": memory.recall(told, raci_excel, rows),
    }


def write_data(playbook: Playbook, folder: Path, memory: Memory | None = None) -> list[Path]:
    """Write JSON, CSV and Excel into a folder, each whole; returns the files."""
    written = []
    for name, content in data_files(playbook, memory).items():
        write_whole(folder / name, content, flushed=False)
        written.append(folder / name)
    return written
