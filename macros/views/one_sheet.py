"""The sheet of paper, assembled from what the company has committed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from macros.model.content import Candidate, Stakeholder, StakeholderQuestion, WontDo
from macros.playbook import Playbook
from macros.sheets.layout import SheetSection


def committed(playbook: Playbook) -> dict[str, str]:
    """What the company's data says already, by cell key of the one-sheet.

    Names of stakeholders by their question, the chosen flagship, and the company's
    own won't-do items. Whatever is not there stays to be filled in.
    """
    known = {}
    for question in playbook.of(StakeholderQuestion):
        here = [each for each in playbook.of(Stakeholder).values() if each.question == question]
        for key, text in people(here).items():
            known[f"stakeholders.{question}.{key}"] = text
    for candidate in playbook.of(Candidate).values():
        if candidate.chosen:
            known["purpose.flagship"] = candidate.name
    if playbook.origins["wont_do"].ours:
        known["start.wont-do"] = "\n".join(each.name for each in playbook.of(WontDo).values())
    return {key: value for key, value in known.items() if value}


def people(groups: Iterable[Stakeholder]) -> dict[str, str]:
    """Who stands for a question, and what is asked of them; `docs/assets/sheets/one-sheet.js` says the same.

    Args:
        groups: of stakeholders; one for which nobody stands is left out.
    """
    here = [each for each in groups if each.who]
    return {
        "names": "; ".join(f"{each.who} ({each.name})" for each in here),
        "ask": " ".join(each.ask for each in here if each.ask),
    }


def poster(parts: Sequence[SheetSection], known: Mapping[str, str]) -> dict[str, Any]:
    """What the printed sheet shows, from the laid-out template.

    Args:
        parts: the template's sections.
        known: values by cell key; see `committed`.
    """
    by_id = {part.section.id: part for part in parts}

    def rows(section: str) -> list[tuple[str, list[str]]]:
        named = [row for row in by_id[section].rows or () if row.id]
        return [(row.name, [cell.value for cell in row.cells]) for row in named]

    return {
        "flagship": known.get("purpose.flagship", ""),
        "wont_do": known.get("start.wont-do", ""),
        "stakeholders": [
            {"question": name, "names": values[0], "ask": values[1]} for name, values in rows("stakeholders")
        ],
        "members": [{"role": name, "who": values[0], "share": values[1]} for name, values in rows("members")],
        "roles": [column.name for column in by_id["raci"].columns],
        "raci": [{"name": name, "letters": letters} for name, letters in rows("raci")],
    }
