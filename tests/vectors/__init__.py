"""Cases that the Python side and the browser side have to judge alike, and how to judge them here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from macros.load.files import Files
from macros.load.merge import Place
from macros.load.reading import Entry, Reading
from macros.load.yaml import parse
from macros.model.content import Activity, Candidate, Criterion, Exclusion, Role
from macros.project import Project
from macros.rules import flagship, raci
from macros.sheets import gaps, scorecard

HERE = Path(__file__).parent


def vectors(name: str) -> list[dict[str, Any]]:
    """The cases of one file."""
    found: list[dict[str, Any]] = json.loads((HERE / f"{name}.json").read_text("utf-8"))
    return found


def _entries(key: str, model: Any, items: list[dict[str, Any]]) -> list[Entry[Any]]:
    document, _ = parse(f"{key}.yml", yaml.safe_dump({key: items}, allow_unicode=True))
    assert document is not None
    return [
        Entry(model.model_validate({"source": "kit", **item}), Place((document, (key, index))))
        for index, item in enumerate(items)
    ]


def _frozen(item: dict[str, Any]) -> dict[str, Any]:
    silences = tuple({"rule": rule, "reason": "tested"} for rule in item.get("ignore", ()))
    return {key: value for key, value in item.items() if key != "ignore"} | (
        {"ignore": silences} if silences else {}
    )


def judge_raci(roles: list[dict[str, Any]], activities: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What the linter says of a matrix."""
    reading = Reading(Files(Project(HERE)))
    reading.entries = {
        "roles": _entries("roles", Role, [{"text": "x", **_frozen(each)} for each in roles]),
        "activities": [
            # An activity without any letter is refused before the rules see it; the sheet shows both.
            Entry(
                Activity.model_construct(
                    **{
                        "text": "x",
                        "business_decision": False,
                        "shared_accountability": None,
                        "ignore": (),
                        **entry,
                    }
                ),
                place,
            )
            for entry, place in _loose(activities)
        ],
    }
    found = []
    for rule in raci.RULES:
        for each in rule.check(reading):
            kind, index = each.where.split("[")[0], int(each.where.split("[")[1].split("]")[0])
            item = (roles if kind == "roles" else activities)[index]["id"]
            found.append(
                {
                    "rule": rule.id,
                    "severity": rule.severity,
                    "message": each.message,
                    "hint": each.hint,
                    "item": item,
                }
            )
    return found


def _loose(activities: list[dict[str, Any]]) -> list[tuple[dict[str, Any], Place]]:
    document, _ = parse("activities.yml", yaml.safe_dump({"activities": activities}, allow_unicode=True))
    assert document is not None
    from macros.model.content import Silence

    loose = []
    for index, item in enumerate(activities):
        silences = tuple(Silence(rule=rule, reason="tested") for rule in item.get("ignore", ()))
        loose.append(({**item, "ignore": silences}, Place((document, ("activities", index)))))
    return loose


def judge_scorecard(contenders: list[dict[str, Any]], criteria: list[str]) -> dict[str, Any]:
    """Which candidate to take."""
    verdict = scorecard.judge([scorecard.Contender(**each) for each in contenders], criteria)
    return {"take": list(verdict.take), "text": verdict.text, "why": verdict.why}


def judge_gaps(pillars: list[dict[str, Any]]) -> str:
    """In which pillar to begin."""
    return gaps.verdict([gaps.Pillar(**each) for each in pillars])


def judge_choice(chosen: dict[str, Any]) -> list[dict[str, str]]:
    """What the linter says of a chosen candidate."""
    exclusions = [
        {"id": f"e{index}", "name": name, "text": "x"} for index, name in enumerate(chosen["exclusions"])
    ]
    criteria = [
        {"id": f"c{index}", "name": name, "text": "x", "passes": "x", "fails": "x"}
        for index, name in enumerate(chosen["verdicts"])
    ]
    candidate = {
        "id": "chosen", "name": chosen["name"], "chosen": True,
        "exclusions": tuple(each["id"] for each in exclusions),
        "criteria": {each["id"]: chosen["verdicts"][each["name"]] for each in criteria},
    }  # fmt: skip
    reading = Reading(Files(Project(HERE)))
    reading.entries = {
        "exclusions": _entries("exclusions", Exclusion, exclusions),
        "criteria": _entries("criteria", Criterion, criteria),
        "candidates": [Entry(Candidate.model_validate({"source": "kit", **candidate}), _place(candidate))],
    }
    return [
        {
            "rule": rule.id,
            "severity": rule.severity,
            "message": each.message,
            "hint": each.hint,
            "item": "chosen",
        }
        for rule in flagship.RULES
        for each in rule.check(reading)
    ]


def _place(candidate: dict[str, Any]) -> Place:
    document, _ = parse(
        "flagship.yml", yaml.safe_dump({"candidates": [{"chosen": True, "id": candidate["id"]}]})
    )
    assert document is not None
    return Place((document, ("candidates", 0)))
