"""Answers of several teams, side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as with_options

from macros.sheets import gaps, scorecard, text
from macros.sheets.book import Book, Line, Spot, as_number, sheet_name
from macros.sheets.columns import height
from macros.sheets.contract import FieldSpec, SectionSpec, SheetSpec
from macros.sheets.draft import Draft, Value, initial, is_blank, row_name, rows_by_id
from macros.sheets.text import markdown, pieces, shown


@dataclass(frozen=True)
class Comparison:
    """One line of the comparison.

    Args:
        section: name of the section.
        row: name of the table's row; empty in a form.
        field: name of the question.
        answers: one for each team, in their order; empty for none.
        together: how the answers spread, such as ``1 to 3, mean 2.1``; empty where that says nothing.
        apart: how far ratings lie apart; 0 where that says nothing.
        asked: the question, for its numbers' formats.
        values: the answers as they are stored.
    """

    section: str
    row: str
    field: str
    answers: tuple[str, ...]
    together: str
    apart: float = with_options(default=0, compare=False)
    asked: FieldSpec | None = with_options(default=None, compare=False)
    values: tuple[Value, ...] = with_options(default=(), compare=False)

    @property
    def is_apart(self) -> bool:
        """Whether people have to talk about it: they are two steps apart, or more."""
        return self.apart >= APART


APART = 2
"""Ratings that lie so far apart are talked about."""


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
    if spec.get("result") == "scorecard":
        said = tuple(" ".join(scorecard.said(spec, draft)) for draft in drafts)
        if any(said):
            lines.append(Comparison("What it says", "", "Which candidate to take", said, ""))
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
    together, apart = _together(asked, values, answers), _apart(asked, values)
    return Comparison(section["name"], row, asked["name"], answers, together, apart, asked, tuple(values))


def _apart(asked: FieldSpec, values: Sequence[Value]) -> float:
    """How far ratings lie apart: choices that are numbers."""
    if asked["type"] != "choice":
        return 0
    try:
        numbers = [float(value) for value in values if value not in ("", False)]
    except ValueError:
        return 0
    return max(numbers) - min(numbers) if numbers else 0


def apart_first(questions: Sequence[Comparison]) -> list[Comparison]:
    """Questions in the order in which they are talked about: where people are most apart, then the rest."""
    return sorted(questions, key=lambda each: -each.apart if each.is_apart else 0)


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
        for each in apart_first(questions):
            cells = list(map(markdown, _line(each)))
            lines.append(f"| {' | '.join([*cells[:-1], _bold(cells[-1], each)])} |")
        lines.append("")
    return "\n".join(lines)


def _bold(text: str, each: Comparison) -> str:
    return f"**{text}**" if each.is_apart else text


def _line(each: Comparison) -> list[str]:
    together = f"{each.together}; talk about it" if each.is_apart else each.together
    return [each.section, each.row, each.field, *each.answers, together]


def as_csv(groups: Sequence[Group]) -> str:
    """Comparisons as CSV; text that a spreadsheet would run as a formula gets an apostrophe before it."""
    lines = []
    for spec, names, questions in groups:
        lines.append(["Template", *HEADS, *names, "Together"])
        lines += [[spec["name"], *_line(each)] for each in apart_first(questions)]
    return "\ufeff" + text.as_csv(lines)


_TITLE = 2
"""Rows above the headings."""


def as_books(groups: Sequence[Group]) -> list[Book]:
    """Comparisons as worksheets, one a template. A text that no cell holds goes on in the row below."""
    taken: set[str] = set()
    books = []
    for spec, names, questions in groups:
        heads = [*HEADS, *names, "Together"]
        widths = [0, 20, 28, 28, *[22] * len(names), 26]
        count = f"{len(names)} answers side by side; shaded where ratings are two or more apart"
        lines = [
            Line([Spot(1, len(heads), spec["name"], "title")], 26),
            Line([Spot(1, len(heads), count, "whose")], 20),
            Line([Spot(at, 1, head, "head") for at, head in enumerate(heads, start=1)], 22),
        ]
        for each in apart_first(questions):
            lines += _rows(each, widths)
        name = sheet_name(spec["name"])
        while name.lower() in taken:
            name = f"{name[:28]} 2"
        taken.add(name.lower())
        books.append(Book(name, widths, lines, _TITLE + 1, True, filtered=(_TITLE, len(lines) - 1)))
    return books


def _rows(each: Comparison, widths: Sequence[int]) -> Iterator[Line]:
    """A question's rows; one, where no text is too long for a cell."""
    texts = _line(each)
    looks = ["name", "name", "cell", *["apart" if each.is_apart else "cell"] * (len(texts) - 3)]
    codes = [as_number(each.asked, str(value)) if each.asked else None for value in each.values]
    numbers: list[tuple[str, str] | None] = [None, None, None, *(codes or [None] * len(each.answers)), None]
    parts = [pieces(text) for text in texts]
    for at in range(max(map(len, parts))):
        said = [part[at] if at < len(part) else "" for part in parts]
        spots = [
            Spot(column, 1, number[0] if number else text, look, number[1] if number else "")
            for column, (text, look, number) in enumerate(zip(said, looks, numbers, strict=True), start=1)
        ]
        high = max(20, *(height(text, width) for text, width in zip(said, widths[1:], strict=True)))
        yield Line(spots, high)
