"""The browser's side of the cases in tests/vectors/, and both sides on cases that nobody wrote down."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests.vectors import judge_choice, judge_gaps, judge_raci, judge_scorecard, vectors
from tests.vectors.drafts import fitted, grid, markdown, plain

pytestmark = pytest.mark.browser

# What can be said stands in the page.
SPEC = "const { rules, verdicts } = JSON.parse(document.querySelector('[data-pb-spec]').dataset.pbSpec);"
LINT = f"""async cases => {{ {SPEC}
    const {{ lintRaci }} = await import('/playbook/assets/sheets/rules.js');
    return cases.map(each => lintRaci(each.roles, each.activities, rules)); }}"""
JUDGE = f"""async cases => {{ {SPEC}
    const {{ lintFlagship }} = await import('/playbook/assets/sheets/rules.js');
    const {{ judge }} = await import('/playbook/assets/sheets/scorecard.js');
    return cases.map(each => [
        judge(each.contenders, each.criteria, verdicts),
        each.contenders.map(one => lintFlagship(one, 'chosen', rules))]); }}"""

GAPS = f"""async cases => {{ {SPEC}
    const {{ verdict }} = await import('/playbook/assets/sheets/gaps.js');
    return cases.map(each => verdict(each.pillars, verdicts)); }}"""

FIT = """async cases => { const { fit } = await import('/playbook/assets/sheets/draft.js');
    return cases.map(each => { const { forms, tables, removed, kept, name } = fit(each.spec, each.saved).draft;
        const rows = Object.fromEntries(Object.entries(tables).map(([id, rows]) => [id, rows.map(
            ({ row = '', name = '', note = '', cells }) => ({ row, name, note, cells }))]));
        return { forms, tables: rows, removed, kept, name }; }); }"""
WRITE = """async ([module, what, cases]) => { const { fit } = await import('/playbook/assets/sheets/draft.js');
    const text = await import(`/playbook/assets/sheets/${module}.js`);
    return cases.map(each => text[what](each.spec, fit(each.spec, each.saved).draft)); }"""
CSV = """async cases => { const { csv } = await import('/playbook/assets/sheets/text.js');
    return cases.map(each => csv(each.rows)); }"""
PEOPLE = """async cases => { const { people } = await import('/playbook/assets/sheets/one-sheet.js');
    return cases.map(each => people(each.stakeholders)); }"""


def test_the_sheet_judges_the_matrix_as_recorded(visit) -> None:
    cases = vectors("raci")
    found = visit().go("templates/raci-sheet/").evaluate(LINT, cases)
    assert found == [case["findings"] for case in cases]


def test_the_sheet_judges_the_candidates_as_recorded(visit) -> None:
    cases = vectors("scorecard")
    found = visit().go("templates/flagship-scorecard/").evaluate(JUDGE, cases)
    assert found == [[case["verdict"], [each["findings"] for each in case["choices"]]] for case in cases]


def test_the_sheet_says_where_to_begin_as_recorded(visit) -> None:
    cases = vectors("gaps")
    found = visit().go("templates/missing-capability-check/").evaluate(GAPS, cases)
    assert found == [case["says"] for case in cases]


def test_random_ratings_lead_both_sides_to_the_same_pillar(visit) -> None:
    chance = random.Random(16)  # noqa: S311
    cases = [
        {
            "pillars": [
                {
                    "name": name,
                    "ratings": [chance.choice([None, 0, 1, 2, 3]) for _ in range(chance.randrange(6))],
                }
                for name in ("People", "Process", "Tools")[: chance.randrange(1, 4)]
            ]
        }
        for _ in range(300)
    ]
    found = visit().go("templates/missing-capability-check/").evaluate(GAPS, cases)
    assert found == [judge_gaps(case["pillars"]) for case in cases]


def test_the_sheet_fits_old_answers_as_recorded(visit) -> None:
    cases = vectors("fit")
    found = visit().go("templates/raci-sheet/").evaluate(FIT, cases)
    for case, draft in zip(cases, found, strict=True):
        assert draft == case["expect"], case["name"]


@pytest.mark.parametrize(
    ("file", "module", "function", "key"),
    [("markdown", "text", "asMarkdown", "text"), ("grid", "book", "layOut", "book")],
)
def test_the_sheet_writes_a_draft_as_recorded(visit, file: str, module: str, function: str, key: str) -> None:
    cases = vectors(file)
    found = visit().go("templates/raci-sheet/").evaluate(WRITE, [module, function, cases])
    for case, written in zip(cases, found, strict=True):
        assert written == case[key], case["name"]


def test_the_sheet_writes_csv_as_recorded(visit) -> None:
    cases = vectors("csv")
    found = visit().go("templates/raci-sheet/").evaluate(CSV, cases)
    for case, written in zip(cases, found, strict=True):
        assert written == case["text"], case["name"]


def test_the_sheet_names_stakeholders_as_recorded(visit) -> None:
    cases = vectors("people")
    found = visit().go("templates/one-sheet/").evaluate(PEOPLE, cases)
    for case, said in zip(cases, found, strict=True):
        assert said == case["expect"], case["name"]


def random_matrix(chance: random.Random) -> dict[str, Any]:
    roles = [
        {
            "id": f"role-{n}",
            "name": f"Role {n}",
            "business": chance.random() < 0.3,
            "ignore": ["raci-idle-role"] if chance.random() < 0.1 else [],
        }
        for n in range(chance.randrange(1, 7))
    ]
    activities = []
    for n in range(chance.randrange(1, 9)):
        letters = {
            each["id"]: chance.choice(["R", "A", "C", "I", "R/A"]) for each in roles if chance.random() < 0.7
        }
        item: dict[str, Any] = {
            "id": f"activity-{n}",
            "name": f"Activity {n}",
            "roles": letters,
            "business_decision": chance.random() < 0.3,
        }
        if chance.random() < 0.2:
            item["shared_accountability"] = "On purpose"
        if chance.random() < 0.2:
            item["ignore"] = [
                chance.choice(
                    [
                        "raci-no-responsible",
                        "raci-one-accountable",
                        "raci-business-decision",
                        "raci-overloaded-role",
                    ]
                )
            ]
        activities.append(item)
    return {"roles": roles, "activities": activities}


def test_both_sides_judge_any_matrix_alike(visit) -> None:
    chance = random.Random(30)  # noqa: S311 - the same each time
    cases = [random_matrix(chance) for _ in range(300)]
    found = visit().go("templates/raci-sheet/").evaluate(LINT, cases)
    assert found == [judge_raci(case["roles"], case["activities"]) for case in cases]
    assert sum(map(len, found)) > 500


def test_both_sides_judge_any_candidates_alike(visit) -> None:
    chance = random.Random(33)  # noqa: S311 - the same each time
    criteria = ["Value", "Data", "Not fatal", "Owner"]
    cases = [
        {
            "criteria": criteria,
            "contenders": [
                {
                    "name": f"Candidate {n}",
                    "exclusions": chance.sample(
                        ["Chat", "Platform", "Popular"], chance.choice([0, 0, 0, 1, 2])
                    ),
                    "verdicts": {
                        name: chance.choice(["passes", "passes", "passes", "unsure", "fails"])
                        for name in criteria
                        if chance.random() < 0.9
                    },
                }
                for n in range(chance.randrange(4))
            ],
        }
        for _ in range(300)
    ]
    found = visit().go("templates/flagship-scorecard/").evaluate(JUDGE, cases)
    for case, (verdict, choices) in zip(cases, found, strict=True):
        assert verdict == judge_scorecard(case["contenders"], case["criteria"])
        assert choices == [judge_choice(each) for each in case["contenders"]]


IDS = ["a", "b", "c", "d", "name", "row", "constructor"]
FORMER = ["former", "gone"]


def random_sheet(chance: random.Random) -> dict[str, Any]:
    """A small template, of any shape that one can have."""

    def field(id: str) -> dict[str, Any]:
        kind = chance.choice(["text", "long-text", "number", "date", "choice", "checkbox"])
        asked: dict[str, Any] = {"id": id, "name": id.upper(), "type": kind}
        if kind == "choice":
            asked["choices"] = [["x", "X"], ["1", "One"]]
        if chance.random() < 0.2:
            asked["was"] = chance.sample([*IDS, *FORMER], 1)
        return asked

    def section(id: str) -> dict[str, Any]:
        fields = [field(each) for each in chance.sample(IDS, chance.randrange(1, 4))]
        made: dict[str, Any] = {"id": id, "name": id.upper(), "fields": fields}
        if chance.random() < 0.2:
            made["was"] = chance.sample(FORMER, 1)
        if chance.random() < 0.3:
            return made
        made |= {"table": True, "label": "Item", "blank": chance.randrange(3)}
        made |= {key: True for key in ("open", "named", "noted") if chance.random() < 0.6}
        made["rows"] = [
            {"id": each, "name": each.upper(), "values": {one["id"]: "x" for one in fields[:1]}}
            for each in chance.sample(IDS, chance.randrange(5))
        ]
        if made["rows"]:
            made["renamed"] = {chance.choice([*IDS, *FORMER]): chance.choice(made["rows"])["id"]}
        if chance.random() < 0.2:
            made["names"] = [["x", "X"]]
        return made

    return {"id": "t", "name": "T", "sections": [section(each) for each in chance.sample(IDS, 2)]}


def random_draft(chance: random.Random) -> dict[str, Any]:
    """What somebody may have saved on a sheet, of today or of another time."""

    def cells() -> dict[str, Any]:
        values = ["", "x", "1", ".5", "2026-12-01", "=1 | a\nb", True, False]
        return {each: chance.choice(values) for each in chance.sample([*IDS, *FORMER], chance.randrange(5))}

    def row() -> dict[str, Any]:
        made: dict[str, Any] = {"cells": cells()}
        if chance.random() < 0.7:
            made["row"] = chance.choice([*IDS, *FORMER, ""])
        for key in ("name", "note"):
            if chance.random() < 0.4:
                made[key] = chance.choice(["x", "Own", ""])
        return made | ({"removed": True, "cells": {}} if chance.random() < 0.2 else {})

    sections = chance.sample([*IDS, *FORMER], 5)
    return {
        "name": "D",
        "saved": "2026-11-25",
        "answers": {
            each: cells() if chance.random() < 0.3 else [row() for _ in range(chance.randrange(5))]
            for each in sections
        },
        "kept": [
            {"where": ".".join(chance.choices([*IDS, "row"], k=chance.randrange(1, 4))), "value": "x"}
            for _ in range(chance.randrange(3))
        ],
    }


def test_both_sides_make_the_same_of_any_answers_in_any_sheet(visit) -> None:
    chance = random.Random(28)  # noqa: S311 - the same each time
    cases = [{"spec": random_sheet(chance), "saved": random_draft(chance)} for _ in range(500)]
    page = visit().go("templates/raci-sheet/")
    drafts = page.evaluate(FIT, cases)
    texts = page.evaluate(WRITE, ["text", "asMarkdown", cases])
    books = page.evaluate(WRITE, ["book", "layOut", cases])
    for case, draft, text, written in zip(cases, drafts, texts, books, strict=True):
        assert draft == plain(fitted(**case)), case
        assert text == markdown(**case), case
        assert written == grid(**case), case
    assert sum(len(draft["kept"]) for draft in drafts) > 500
