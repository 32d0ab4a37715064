"""The browser's side of the cases in tests/vectors/, and both sides on cases that nobody wrote down."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests.vectors import judge_choice, judge_raci, judge_scorecard, vectors

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


def test_the_sheet_judges_the_matrix_as_recorded(visit) -> None:
    cases = vectors("raci")
    found = visit().go("templates/raci-sheet/").evaluate(LINT, cases)
    assert found == [case["findings"] for case in cases]


def test_the_sheet_judges_the_candidates_as_recorded(visit) -> None:
    cases = vectors("scorecard")
    found = visit().go("templates/flagship-scorecard/").evaluate(JUDGE, cases)
    assert found == [[case["verdict"], [each["findings"] for each in case["choices"]]] for case in cases]


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
