"""The merged data for other tools: JSON, and the RACI as CSV and Excel."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from macros.model.content import Activity, Role
from macros.model.kinds import KINDS
from macros.playbook import Playbook
from macros.project import write_whole
from macros.sheets import remember
from macros.sheets.remember import Memory, Promise, code
from macros.sheets.text import as_csv

LIBRARIES = ("openpyxl",)

SCHEMA_VERSION = 1
"""Version of `playbook.json`'s shape. It grows when a key is renamed, removed or changes its type."""

FOLDER = "export"
"""Where data is exported to, below the built site."""


def data(playbook: Playbook) -> dict[str, Any]:
    """The merged data as plain values: a schema version, and each list under its plural name."""
    lists = {
        kind.key: [item.model_dump(mode="json") for item in playbook.lists[kind.key].values()]
        for kind in KINDS
    }
    return {"schema_version": SCHEMA_VERSION, **lists}


def as_json(playbook: Playbook) -> str:
    """`data` as the text of a JSON file."""
    return json.dumps(data(playbook), indent=2, ensure_ascii=False) + "\n"


def raci_rows(playbook: Playbook) -> Iterator[list[str]]:
    """The RACI as rows of a table; the first is the heading."""
    yield ["Activity", *(role.name for role in playbook.of(Role).values()), "Business decision"]
    for activity in playbook.of(Activity).values():
        letters = [activity.roles.get(role, "") for role in playbook.of(Role)]
        yield [activity.name, *letters, "yes" if activity.business_decision else "no"]


def raci_excel(rows: Sequence[Sequence[str]]) -> bytes:
    """The RACI's rows as an Excel workbook; every cell is text."""
    from openpyxl import Workbook  # noqa: PLC0415 - not needed where the workbook is remembered
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    from macros.sheets import excel  # noqa: PLC0415

    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("RACI")
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = excel.put(sheet, number, column, value)
            side = "left" if column == 1 else "center"
            cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal=side)
            cell.font = Font(bold=number == 1 or column == 1)
    sheet.column_dimensions["A"].width = 44
    for column in range(2, sheet.max_column + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 16
    sheet.freeze_panes = "B2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def data_files(playbook: Playbook, memory: Memory) -> dict[str, Promise]:
    """JSON, CSV and Excel, by their names.

    Args:
        playbook: the merged data.
        memory: keeps the workbook.
    """
    rows = list(raci_rows(playbook))
    told = [json.dumps(rows).encode(), code(__file__, *LIBRARIES), code(remember.__file__)]
    return {
        "playbook.json": lambda: as_json(playbook).encode(),
        # Excel reads UTF-8 only with the mark.
        "raci.csv": lambda: as_csv(rows).encode("utf-8-sig"),
        "raci.xlsx": memory.recall(told, raci_excel, rows),
    }


def write_data(playbook: Playbook, folder: Path) -> list[Path]:
    """Write JSON, CSV and Excel into a folder, each whole; returns the files."""
    written = []
    for name, content in data_files(playbook, Memory(None)).items():
        write_whole(folder / name, content())
        written.append(folder / name)
    return written
