"""Files of answers, as they were downloaded: YAML, JSON and Excel."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from macros.diagnostics import Diagnostic, Diagnostics, Where, did_you_mean
from macros.load.scalars import Ambiguous, read_as
from macros.load.yaml import YamlDocument, parse
from macros.project import read_text
from macros.sheets.contract import SectionSpec, SheetSpec
from macros.sheets.draft import Cells, Kept, Row, Saved, clean
from macros.sheets.text import CONTINUED

ENDINGS = (".yml", ".yaml", ".json", ".xlsx")
"""Files that can hold answers."""

MAX_BYTES = 20 * 1024 * 1024
"""Largest file of answers, 20 MiB."""

_YES = ("yes", "x", "true", "1")


def read(path: Path, specs: Mapping[str, SheetSpec]) -> Saved | Diagnostics:
    """Read a file of answers.

    Args:
        path: the file; its ending says what it is.
        specs: laid-out templates by id, so that a wrong id can be told.

    Returns:
        The answers, or everything that is wrong with the file.
    """
    name = path.name
    if path.suffix.lower() not in ENDINGS:
        return Diagnostics(
            [
                Diagnostic.of_file(
                    name, f"expected a file that ends in {', '.join(ENDINGS)}", rule="answers-file"
                )
            ]
        )
    if path.suffix.lower() == ".xlsx":
        return _workbook(path, specs)
    text, problems = read_text(path.parent, name, limit=MAX_BYTES)
    if text is None:
        return Diagnostics(problems)
    document, problems = (_json if path.suffix.lower() == ".json" else parse)(name, text)
    # What a form allows is more than what the playbook's data allows.
    problems = [each for each in problems if each.rule != "control-character"]
    if document is None or problems:
        return Diagnostics(problems)
    reader = _Reader(document, specs)
    saved = reader.saved()
    return Diagnostics(reader.problems) if reader.problems else saved


def _json(name: str, text: str) -> tuple[YamlDocument | None, list[Diagnostic]]:
    """Parse JSON; positions come from reading it as YAML, of which it is a part."""
    try:
        value = json.loads(text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        if node is not None:
            return YamlDocument(name, _frozen(value), node), []
        problem = Diagnostic.of_file(name, "is empty", rule="answers-file")
    except json.JSONDecodeError as error:
        problem = Diagnostic(name, error.lineno, error.colno, "", f"JSON: {error.msg}", "", "answers-file")
    except (RecursionError, yaml.YAMLError, ValueError):
        problem = Diagnostic.of_file(name, "JSON that cannot be read", rule="answers-file")
    return None, [problem]


def _frozen(value: Any) -> Any:
    """Lists as tuples, as documents have them."""
    if isinstance(value, list):
        return tuple(_frozen(each) for each in value)
    if isinstance(value, dict):
        return {key: _frozen(each) for key, each in value.items()}
    return value


class _Reader:
    """Turns a document into answers and collects what is wrong with it."""

    def __init__(self, document: YamlDocument, specs: Mapping[str, SheetSpec]) -> None:
        self.document = document
        self.specs = specs
        self.problems: list[Diagnostic] = []

    def complain(self, where: Where, message: str, hint: str = "", *, of_key: bool = False) -> None:
        self.problems.append(self.document.diagnostic(where, message, hint, "answers-file", of_key=of_key))

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
        if value.get("format") != 1:
            path: Where = ("format",) if "format" in value else ()
            self.complain(path, "expected 'format: 1'", "the format that this playbook reads")
        answers: dict[str, Cells | list[Row]] = {}
        given = value.get("answers")
        if not isinstance(given, dict):
            self.complain(
                ("answers",) if "answers" in value else (), "expected 'answers:' by section of the template"
            )
        for id, section in given.items() if isinstance(given, dict) else ():
            path = ("answers", id)
            if isinstance(section, tuple):
                answers[id] = [self.row(each, (*path, index)) for index, each in enumerate(section)]
            else:
                answers[id] = self.cells(section, path)
        kept = value.get("kept", ())
        if not isinstance(kept, tuple):
            self.complain(("kept",), f"expected a list, got {read_as(kept)}")
            kept = ()
        return Saved(
            str(template),
            self.text(value.get("draft", ""), ("draft",)) or Path(self.document.path).stem,
            self.text(value.get("saved", ""), ("saved",)),
            answers,
            tuple(self.kept(each, ("kept", index)) for index, each in enumerate(kept)),
        )

    def text(self, value: Any, path: Where) -> str:
        """Text; a bare number or date is taken as it is written."""
        if isinstance(value, str):
            return clean(value)
        if isinstance(value, Ambiguous):
            return value.raw
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)
        self.complain(path, f"expected text, got {read_as(value)}")
        return ""

    def cells(self, value: Any, path: Where) -> Cells:
        if not isinstance(value, dict):
            self.complain(path, f"expected answers by question, got {read_as(value)}")
            return {}
        return {
            id: each if isinstance(each, bool) else self.text(each, (*path, id)) for id, each in value.items()
        }

    def row(self, value: Any, path: Where) -> Row:
        known = ("row", "name", "note", "cells", "removed")
        if not isinstance(value, dict):
            self.complain(path, f"expected a row with 'cells', got {read_as(value)}")
            return Row()
        for key in value:
            if key not in known:
                hint = did_you_mean(key, known) or f"expected one of {', '.join(known)}"
                self.complain((*path, key), "unknown key", hint, of_key=True)
        row, name, note = (
            self.text(value.get(key, ""), (*path, key) if key in value else path) for key in known[:3]
        )
        if value.get("removed") is True:
            return Row(row, name, removed=True)
        if "cells" not in value:
            self.complain(path, "missing 'cells'")
            return Row()
        return Row(row, name, note, self.cells(value["cells"], (*path, "cells")))

    def kept(self, value: Any, path: Where) -> Kept:
        if not isinstance(value, dict) or not {"where", "value"} <= value.keys():
            self.complain(path, "expected an answer with 'where' and 'value'")
            return Kept("", "")
        return Kept(self.text(value["where"], (*path, "where")), self.text(value["value"], (*path, "value")))


def _workbook(path: Path, specs: Mapping[str, SheetSpec]) -> Saved | Diagnostics:
    from macros.sheets import excel  # noqa: PLC0415 - slow to import, and most files are text

    def wrong(message: str, hint: str = "") -> Diagnostics:
        return Diagnostics([Diagnostic.of_file(path.name, message, hint, "answers-file")])

    try:
        if path.stat().st_size > MAX_BYTES:
            return wrong("is larger than 20 MiB, and no draft is")
        sheets = excel.read(path)
    except (OSError, ValueError) as error:
        return wrong(str(error) if isinstance(error, ValueError) else f"cannot be read: {error.strerror}")
    about = {line[0]: clean(line[1]) for line in (sheets[0] if sheets else []) if len(line) > 1}
    template = about.get("template", "")
    if not template:
        return wrong("does not say which template it fills", "expected a workbook that the sheet wrote")
    if template not in specs:
        return wrong(f"unknown template '{template}'", did_you_mean(template, specs))
    if about.get("format") != "1":
        return wrong(f"its format is '{about.get('format', '')}', and this playbook reads format 1")
    answers: dict[str, Cells | list[Row]] = {}
    kept: list[Kept] = []
    for lines in sheets[1:]:
        ids = [clean(id) for id in lines[0]] if lines else []
        if not any(ids):
            continue
        width = max(len(ids), 3)
        rows = _joined([*line, *[""] * (width - len(line))] for line in lines[2:])
        if ids[0] == "kept:":
            kept += [Kept(line[1], line[2]) for line in rows]
            continue
        section = next(
            (each for each in specs[template]["sections"] if ids[0] in (each["id"], *each.get("was", ()))),
            None,
        )
        if ids[1:2] == ["question"]:
            answers[ids[0]] = {line[0]: _typed(section, line[0], line[2]) for line in rows if line[0]}
        else:
            answers[ids[0]] = [_row(section, ids, line) for line in rows]
    return Saved(template, about.get("draft") or path.stem, about.get("saved", ""), answers, tuple(kept))


def _joined(lines: Iterable[list[str]]) -> list[list[str]]:
    """Answers that went on in rows below, put together again."""
    result: list[list[str]] = []
    for line in lines:
        texts = [clean(text) for text in line]
        if texts[:1] == [CONTINUED] and result:
            last = result[-1]
            result[-1] = [last[0], *(a + b for a, b in zip(last[1:], texts[1:], strict=False))]
        else:
            result.append(texts)
    return result


def _row(section: SectionSpec | None, ids: list[str], line: list[str]) -> Row:
    if line[0].startswith("removed:"):
        return Row(line[0].removeprefix("removed:"), removed=True)
    cells = {id: _typed(section, id, text) for id, text in zip(ids[3:], line[3:], strict=False) if id}
    return Row(line[0], line[1], line[2], cells)


def _typed(section: SectionSpec | None, id: str, text: str) -> str | bool:
    fields = section["fields"] if section else ()
    asked = next((each for each in fields if id in (each["id"], *each.get("was", ()))), None)
    if asked is not None and asked["type"] == "choice":
        # Somebody who filled it in a spreadsheet wrote what the choice is called.
        choices = asked.get("choices", ())
        called = [value for value, label in choices if label.lower() == text.strip().lower()]
        return text if not called or any(value == text for value, _ in choices) else str(called[0])
    if asked is None or asked["type"] != "checkbox":
        return text
    return text.strip().lower() in _YES
