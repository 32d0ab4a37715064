"""Answers from files into other formats, and into one comparison; and the blanks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from macros.diagnostics import Diagnostics
from macros.model.template import Template
from macros.sheets import collect, text
from macros.sheets.contract import SheetSpec
from macros.sheets.draft import Draft, Kept, Saved, create, fit
from macros.sheets.json_text import printable
from macros.sheets.office import stored
from macros.sheets.read import ENDINGS, read


def convert(spec: SheetSpec, saved: Saved, form: str) -> tuple[bytes, Sequence[Kept]]:
    """Answers in another format.

    Args:
        spec: the laid-out template that they fill.
        saved: the answers.
        form: ``md``, ``docx`` or ``xlsx``.

    Returns:
        The file's bytes, and the answers that the sheet has no place for any more.
    """
    draft = fit(spec, saved)
    if form == "md":
        return text.as_markdown(spec, draft).encode(), draft.kept
    return _office(spec, draft, form), draft.kept


def _office(spec: SheetSpec, draft: Draft, form: str, about: Template | None = None) -> bytes:
    # The libraries are slow to import.
    if form == "docx":
        from macros.sheets import word  # noqa: PLC0415

        return word.write(spec, draft, about)
    from macros.sheets import book, excel  # noqa: PLC0415

    made = book.lay_out(spec, draft, blank_rows=about is not None)
    title = " · ".join(filter(None, [str(spec.get("company", "")), spec["name"]]))
    footer = "" if about else " · ".join(filter(None, [draft.name, draft.saved[:10]]))
    return excel.write([made], title=title, footer=footer)


def blank(spec: SheetSpec, about: Template, form: str) -> bytes:
    """A template's blank.

    Args:
        spec: the template, laid out.
        about: the template itself.
        form: ``docx`` or ``xlsx``. The workbook can be filled and opened on the template's page.

    Returns:
        The file's bytes, which depend on nothing but the template.
    """
    return stored(_office(spec, create(spec, about.name), form, about))


def filled(spec: SheetSpec, draft: Draft, form: str) -> bytes:
    """A draft as a file to publish: its bytes depend on nothing but what it says.

    Args:
        spec: the laid-out template.
        draft: its answers.
        form: ``docx`` or ``xlsx``. The workbook can be opened on the template's page.
    """
    return stored(_office(spec, draft, form))


def gather(
    folder: Path, specs: Mapping[str, SheetSpec], wanted: str | None = None
) -> list[collect.Group] | Diagnostics:
    """Read every file of answers in a folder.

    Args:
        folder: where they are; other files are left alone.
        specs: laid-out templates by id.
        wanted: only answers to this template.

    Returns:
        One comparison for each template that somebody filled, or all that is wrong with the files.
    """
    problems: list[Diagnostics] = []
    found: dict[str, list[tuple[str, Draft]]] = {}
    for path in _visible(folder):
        if path.suffix.lower() not in ENDINGS:
            continue
        saved = read(path, specs)
        if isinstance(saved, Diagnostics):
            problems.append(saved)
        elif wanted in (None, saved.template):
            draft = fit(specs[saved.template], saved)
            found.setdefault(saved.template, []).append((path.stem, draft))
    if problems:
        return Diagnostics(each for some in problems for each in some)
    return [
        (specs[id], _names(filled), collect.compare(specs[id], [draft for _, draft in filled]))
        for id, filled in found.items()
    ]


def _visible(folder: Path) -> list[Path]:
    """What somebody put into a folder; programs leave hidden files and such beside an open one."""
    return [
        path
        for path in sorted(folder.iterdir())
        if not path.name.startswith((".", "~$")) and not path.is_dir()
    ]


def left_alone(folder: Path) -> list[str]:
    """Files of a folder that `gather` does not read."""
    return [printable(path.name) for path in _visible(folder) if path.suffix.lower() not in ENDINGS]


def _names(filled: Sequence[tuple[str, Draft]]) -> list[str]:
    """What each team is called: by its draft, and by its file where two drafts share a name."""
    names = [draft.name for _, draft in filled]
    stems = [stem for stem, _ in filled]
    return [
        name if names.count(name) == 1 else f"{name} ({stem})"
        for stem, name in zip(stems, names, strict=True)
    ]


def comparison(groups: Sequence[collect.Group], form: str) -> bytes:
    """Comparisons as a file: ``md``, ``csv`` or ``xlsx``."""
    if form == "xlsx":
        from macros.sheets import excel  # noqa: PLC0415

        return excel.write(collect.as_books(groups), title="Answers side by side")
    made = collect.as_markdown(groups) if form == "md" else collect.as_csv(groups)
    return made.encode()
