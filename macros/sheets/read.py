"""Files of answers, as they were downloaded: YAML, JSON and Excel."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from macros.diagnostics import Diagnostic, Diagnostics, Where, did_you_mean
from macros.load.scalars import read_as
from macros.load.yaml import YamlDocument, parse
from macros.sheets.contract import SectionSpec, SheetSpec
from macros.sheets.draft import Cells, Kept, Row, Saved, clean
from macros.sheets.json_text import JsonDocument, parse_json, printable
from macros.sheets.meaning import MAX_BYTES, MAX_VALUES, SAYS, field_of, meant
from macros.sheets.values import trimmed

TEXTS = (".yml", ".yaml", ".json")
BOOKS = (".xlsx", ".xlsm")
ENDINGS = (*TEXTS, *BOOKS)
"""Files that can hold answers."""


def read(path: Path, specs: Mapping[str, SheetSpec]) -> Saved | Diagnostics:
    """Read a file of answers.

    Args:
        path: the file; its ending says what it is.
        specs: laid-out templates by id, so that a wrong id can be told.

    Returns:
        The answers, or everything that is wrong with the file.
    """
    name = printable(path.name)
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        return _wrong(name, SAYS["ending"])
    try:
        content = _content(path)
    except OSError as error:
        return _wrong(name, f"cannot be read: {error.strerror}")
    if len(content) > MAX_BYTES:
        return _wrong(name, SAYS["large"])
    if ending in BOOKS:
        return _workbook(name, content, specs)
    return _text(name, ending, content, specs)


def _content(path: Path) -> bytes:
    """A file's bytes, one more than are allowed at most. A pipe or a device would never end.

    Raises:
        OSError: it cannot be read.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file")
        return file.read(MAX_BYTES + 1)


def _wrong(name: str, message: str, hint: str = "") -> Diagnostics:
    return Diagnostics([Diagnostic.of_file(name, message, hint, "answers-file")])


def _text(name: str, ending: str, content: bytes, specs: Mapping[str, SheetSpec]) -> Saved | Diagnostics:
    """Answers in YAML or JSON."""
    if content[:2] == b"PK" or content[:4] == b"\xd0\xcf\x11\xe0":
        return _wrong(name, SAYS["book"])
    try:
        # Some editors and shells on Windows write UTF-16, and say so in the first two bytes.
        is_utf_16 = content[:2] in (b"\xff\xfe", b"\xfe\xff")
        text = content.decode("utf-16" if is_utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return Diagnostics([Diagnostic(name, line, column, "", SAYS["encoding"], "", "encoding")])
    del content
    document: YamlDocument | JsonDocument | None
    if ending == ".json":
        document, problems = parse_json(name, text)
    else:
        document, problems = parse(name, text, as_written=True, most=MAX_VALUES)
        # What a form allows is more than what the playbook's data allows.
        problems = [each for each in problems if each.rule != "control-character"]
    if document is None or problems:
        return Diagnostics(problems)
    reader = _Reader(document, specs)
    saved = reader.saved()
    return Diagnostics(reader.problems) if reader.problems else saved


_KEYS = ("template", "format", "draft", "saved", "answers", "kept")


class _Reader:
    """Turns a document into answers and collects what is wrong with it."""

    def __init__(self, document: YamlDocument | JsonDocument, specs: Mapping[str, SheetSpec]) -> None:
        self.document = document
        self.specs = specs
        self.problems: list[Diagnostic] = []

    def complain(self, where: Where, message: str, hint: str = "", *, of_key: bool = False) -> None:
        self.problems.append(self.document.diagnostic(where, message, hint, "answers-file", of_key=of_key))

    def unknown(self, value: Mapping[str, Any], known: tuple[str, ...], path: Where) -> None:
        """Tell keys that nobody reads."""
        for key in value:
            if key not in known:
                hint = did_you_mean(key, known) or f"expected one of {', '.join(known)}"
                self.complain((*path, key), "unknown key", hint, of_key=True)

    def saved(self) -> Saved:
        value = self.document.value
        if not isinstance(value, dict):
            self.complain((), f"expected answers to a template, got {read_as(value)}")
            return Saved("", "", "", {})
        template = value.get("template")
        if not isinstance(template, str):
            self.complain((), "does not say which template it fills", "add 'template:' with its id")
        elif template not in self.specs:
            self.complain(("template",), f"unknown template '{template}'", did_you_mean(template, self.specs))
        if value.get("format") != "1":
            path: Where = ("format",) if "format" in value else ()
            self.complain(path, "expected 'format: 1'", "the format that this playbook reads")
        self.unknown(value, _KEYS, ())
        spec = self.specs.get(template) if isinstance(template, str) else None
        sections = spec["sections"] if spec else []
        answers: dict[str, Cells | list[Row]] = {}
        given = value.get("answers")
        if not isinstance(given, dict):
            self.complain(
                ("answers",) if "answers" in value else (), "expected 'answers:' by section of the template"
            )
            given = {}
        for written, each in given.items():
            path = ("answers", written)
            id = _short(written, given, answers)
            section = next((known for known in sections if id in (known["id"], *known.get("was", ()))), None)
            if isinstance(each, tuple):
                answers[id] = [self.row(section, row, (*path, index)) for index, row in enumerate(each)]
            else:
                answers[id] = self.cells(section, each, path)
        kept = value.get("kept") or ()
        if not isinstance(kept, tuple):
            self.complain(("kept",), f"expected a list, got {read_as(kept)}")
            kept = ()
        return Saved(
            str(template),
            trimmed(self.text(value.get("draft"), ("draft",))) or Path(self.document.path).stem,
            self.text(value.get("saved"), ("saved",)),
            answers,
            tuple(self.kept(each, ("kept", index)) for index, each in enumerate(kept)),
        )

    def text(self, value: Any, path: Where) -> str:
        """Text; a number or a date is taken as it is written, and nothing is no answer."""
        if isinstance(value, str):
            return clean(value)
        if value is not None:
            self.complain(path, f"expected text, got {read_as(value)}")
        return ""

    def cells(self, section: SectionSpec | None, value: Any, path: Where) -> Cells:
        if not isinstance(value, dict):
            self.complain(path, f"expected answers by question, got {read_as(value)}")
            return {}
        found: Cells = {}
        for written, given in value.items():
            text = given if isinstance(given, bool) else self.text(given, (*path, written))
            id = _short(written, value, found)
            asked = field_of(section, id)
            found[id] = meant(asked, text) if asked else text
        return found

    def row(self, section: SectionSpec | None, value: Any, path: Where) -> Row:
        known = ("row", "name", "note", "cells", "removed")
        if not isinstance(value, dict):
            self.complain(path, f"expected a row with 'cells', got {read_as(value)}")
            return Row()
        self.unknown(value, known, path)
        row, name, note = (self.text(value.get(key), (*path, key)) for key in known[:3])
        if value.get("removed") is True:
            return Row(row, name, removed=True)
        if "cells" not in value:
            self.complain(path, "missing 'cells'")
            return Row()
        return Row(row, name, note, self.cells(section, value["cells"], (*path, "cells")))

    def kept(self, value: Any, path: Where) -> Kept:
        if not isinstance(value, dict) or not {"where", "value"} <= value.keys():
            self.complain(path, "expected an answer with 'where' and 'value'")
            return Kept("", "")
        return Kept(self.text(value["where"], (*path, "where")), self.text(value["value"], (*path, "value")))


def _short(id: str, *taken: Mapping[str, Any]) -> str:
    """An id without blanks around it, as a workbook has it, where nothing else is called so."""
    short = trimmed(clean(id))
    return id if any(short in each for each in taken) else short


def _workbook(name: str, content: bytes, specs: Mapping[str, SheetSpec]) -> Saved | Diagnostics:
    from macros.sheets import grid, xlsx  # noqa: PLC0415 - most files are text

    try:
        sheets = xlsx.read(content)
    except xlsx.NotReadError as error:
        return _wrong(name, str(error))
    about = grid.about(sheets)
    template = about.get("template", "")
    if not template:
        return _wrong(
            name, "does not say which template it fills", "expected a workbook that the sheet wrote"
        )
    if template not in specs:
        return _wrong(name, f"unknown template '{template}'", did_you_mean(template, specs))
    if about.get("format") != "1":
        return _wrong(name, f"its format is '{about.get('format', '')}', and this playbook reads format 1")
    answers, kept = grid.answers(specs[template], sheets)
    return Saved(
        template, about.get("draft") or Path(name).stem, about.get("saved", ""), answers, tuple(kept)
    )
