"""Answers of several teams, side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from macros.sheets import gaps, text
from macros.sheets.contract import FieldSpec, SectionSpec, SheetSpec
from macros.sheets.draft import Draft, Value, initial, is_blank, row_name, rows_by_id
from macros.sheets.text import Worksheet, markdown, pieces, shown


@dataclass(frozen=True)
class Comparison:
    """One line of the comparison.

    Args:
        section: name of the section.
        row: name of the table's row; empty in a form.
        field: name of the question.
        answers: one for each team, in their order; empty for none.
        together: how the answers spread, such as ``1 to 3, mean 2.1``; empty where that says nothing.
    """

    section: str
    row: str
    field: str
    answers: tuple[str, ...]
    together: str


def compare(spec: SheetSpec, drafts: Sequence[Draft]) -> list[Comparison]:
    """Every question that somebody answered or changed, with everybody's answers.

    What the playbook filled in and nobody touched is left out.

    Args:
        spec: the laid-out template.
        drafts: one a team.
    """
    lines = [line for section in spec["sections"] for line in _section(section, drafts)]
    if spec.get("result") == "gaps":
        said = tuple(gaps.verdict(gaps.of(spec, draft)) for draft in drafts)
        if any(said):
            lines.append(Comparison("What it says", "", "Where to begin", said, ""))
    return lines


def _section(section: SectionSpec, drafts: Sequence[Draft]) -> Iterator[Comparison]:
    if not section.get("table"):
        for asked in section["fields"]:
            values = [draft.forms[section["id"]][asked["id"]] for draft in drafts]
            if any(value != initial(asked) for value in values):
                yield _question(section, "", asked, values)
        return
    # Rows of the playbook by id, added ones by what they are called.
    names: dict[str, str] = {}
    tables: list[dict[str, Mapping[str, str | bool]]] = []
    for draft in drafts:
        table: dict[str, Mapping[str, str | bool]] = {}
        for index, row in enumerate(draft.tables[section["id"]]):
            if is_blank(row):
                continue
            name = row_name(section, row, index)
            key = row.row or name.casefold()
            while key in table:
                key += "'"
            names.setdefault(key, name)
            table[key] = row.cells
        tables.append(table)
    known = rows_by_id(section)
    for key, name in names.items():
        for asked in section["fields"]:
            values = [table.get(key, {}).get(asked["id"], initial(asked, "")) for table in tables]
            usual = known[key].get("values", {}) if key in known else {}
            untouched = initial(asked, usual.get(asked["id"], ""))
            if any(value != untouched for value in values):
                yield _question(section, name, asked, values)


def _question(section: SectionSpec, row: str, asked: FieldSpec, values: Sequence[Value]) -> Comparison:
    answers = tuple(shown(asked, value) for value in values)
    return Comparison(section["name"], row, asked["name"], answers, _together(asked, values, answers))


def _together(asked: FieldSpec, values: Sequence[Value], answers: Sequence[str]) -> str:
    given = [str(value) for value in values if value not in ("", False)]
    if asked["type"] == "checkbox":
        return f"{len(given)} of {len(values)}"
    if not given:
        return ""
    if asked["type"] in ("number", "choice"):
        try:
            numbers = [float(value) for value in given]
        except ValueError:
            counts = Counter(answer for answer in answers if answer)
            return ", ".join(f"{count} × {answer}" for answer, count in counts.most_common())
        mean = sum(numbers) / len(numbers)
        return f"{min(numbers):g} to {max(numbers):g}, mean {mean:.3g}"
    return ""


Group = tuple[SheetSpec, Sequence[str], Sequence[Comparison]]
"""A template, the names of the teams that filled it, and the comparison."""

HEADS = ("Section", "Row", "Question")


def as_markdown(groups: Sequence[Group]) -> str:
    """Comparisons as Markdown, one table a template."""
    lines = []
    for spec, names, questions in groups:
        heads = [*HEADS, *names, "Together"]
        lines += [f"# {markdown(spec['name'])}", "", f"| {' | '.join(map(markdown, heads))} |"]
        lines.append("|" + " --- |" * len(heads))
        lines += [f"| {' | '.join(map(markdown, _line(each)))} |" for each in questions]
        lines.append("")
    return "\n".join(lines)


def _line(each: Comparison) -> list[str]:
    return [each.section, each.row, each.field, *each.answers, each.together]


def as_csv(groups: Sequence[Group]) -> str:
    """Comparisons as CSV; text that a spreadsheet would run as a formula gets an apostrophe before it."""
    lines = []
    for spec, names, questions in groups:
        lines.append(["Template", *HEADS, *names, "Together"])
        lines += [[spec["name"], *_line(each)] for each in questions]
    return "\ufeff" + text.as_csv(lines)


def as_grid(groups: Sequence[Group]) -> list[Worksheet]:
    """Comparisons as worksheets, one a template. A text that no cell holds goes on in the row below."""
    sheets = [Worksheet("About", [["files", str(sum(len(names) for _, names, _ in groups))]], [14, 20])]
    for spec, names, questions in groups:
        heads = [*HEADS, *names, "Together"]
        rows = [[""] * len(heads), heads]
        for each in questions:
            parts = [pieces(text) for text in _line(each)]
            rows += [
                [each[at] if at < len(each) else "" for each in parts] for at in range(max(map(len, parts)))
            ]
        sheets.append(Worksheet(spec["id"][:31], rows, [20, 30, 30, *[24] * len(names), 24]))
    return sheets
