"""A laid-out template as plain values: what the script on its page works with."""

from __future__ import annotations

import json
from typing import Any

import pytest

from macros.model.template import Template
from macros.playbook import Playbook
from macros.rules import flagship, raci
from macros.rules.registry import Rule, Says
from macros.sheets import gaps
from macros.sheets.contract import SheetSpec
from macros.sheets.layout import lay_out
from macros.sheets.scorecard import VERDICTS
from macros.sheets.spec import rules_spec, spec, specs
from tests.conftest import Copy


@pytest.fixture(scope="module")
def made(small_playbook: Playbook) -> dict[str, SheetSpec]:
    return specs(small_playbook)


def section(spec: SheetSpec, id: str) -> Any:
    return next(each for each in spec["sections"] if each["id"] == id)


def test_every_template_has_a_spec(made: dict[str, SheetSpec]) -> None:
    assert list(made) == ["form", "gaps", "poster", "raci-sheet", "scorecard"]


RATING = {
    "id": "rating", "name": "Rating", "type": "choice",
    "choices": [("0", "0 missing"), ("1", "1 begun"), ("2", "2 mostly"), ("3", "3 works")],
}  # fmt: skip
SEEN = {"id": "evidence", "name": "Seen", "type": "long-text"}
MOVE = {"id": "move", "name": "First move", "type": "long-text"}


def test_a_spec_says_all_of_a_sheet_and_nothing_twice(made: dict[str, SheetSpec]) -> None:
    assert made["gaps"] == {
        "id": "gaps",
        "name": "Gaps",
        "result": "gaps",
        "verdicts": dict(gaps.WORDS),
        "sections": [
            {
                "id": "questions", "name": "Questions", "table": True, "label": "Question", "named": True, "of": "checklist_questions",
                "fields": [
                    {"id": "example", "name": "Example", "type": "long-text", "required": True},
                    {"id": "times", "name": "Times", "type": "number"},
                ],
                "rows": [{"id": "broke", "name": "What broke?"}, {"id": "waits", "name": "Who waits?"}],
            },
            {
                "id": "people", "name": "People", "table": True, "label": "Capability", "named": True, "of": "capabilities",
                "where": {"pillar": "people"}, "noted": True, "note": "have", "fields": [RATING, SEEN, MOVE],
                "rows": [
                    {"id": "talk", "name": "Talk", "note": "They met this week.", "values": {"move": "Meet today."}},
                    {"id": "trust", "name": "Trust", "note": "Somebody asked.", "values": {"move": "Ask first."}},
                ],
            },
            {
                "id": "tools", "name": "Tools", "table": True, "label": "Capability", "named": True, "of": "capabilities",
                "where": {"pillar": "tools"}, "noted": True, "note": "have", "fields": [RATING, SEEN, MOVE],
                "rows": [{"id": "log", "name": "Log", "note": "There is a file.", "values": {"move": "Make the file."}}],
            },
            {
                "id": "result", "name": "Result",
                "fields": [
                    {"id": "pillar", "name": "Begin with", "type": "choice", "required": True, "choices": [("people", "People"), ("tools", "Tools")]},
                    {"id": "item", "name": "Item", "type": "text"},
                    {"id": "by", "name": "By", "type": "date"},
                ],
            },
        ],
    }  # fmt: skip


def test_former_ids_units_help_and_needs_are_handed_over(made: dict[str, SheetSpec]) -> None:
    basics = section(made["form"], "basics")
    assert (basics["was"], basics["help"]) == (["start"], "Fill in all.")
    fields = {each["id"]: each for each in basics["fields"]}
    assert fields["story"]["was"] == ["tale"]
    assert fields["hours"]["unit"] == "h"
    assert fields["team"]["required"] is True
    assert "required" not in fields["day"]


def test_an_answer_knows_where_it_stands_in_the_data(made: dict[str, SheetSpec]) -> None:
    """Only where its table has a home: there an answer becomes a field, or one entry of one."""
    assert [each.get("key") for each in section(made["form"], "refused")["fields"]] == ["reason", "review"]
    assert [each.get("key") for each in section(made["raci-sheet"], "matrix")["fields"]] == [
        "roles.builder", "roles.runner", "roles.owner", "business_decision", "shared_accountability",
    ]  # fmt: skip
    assert [each.get("key") for each in section(made["form"], "crew")["fields"]] == [None, None]
    assert [each.get("key") for each in section(made["poster"], "raci")["fields"]] == [None, None, None]


def test_tables_say_how_they_grow(made: dict[str, SheetSpec]) -> None:
    refused, crew = section(made["form"], "refused"), section(made["form"], "crew")
    assert (refused["open"], refused["blank"], refused["home"], "names" in refused) == (True, 1, True, False)
    assert crew["names"] == [("builder", "Builder"), ("runner", "Runner"), ("owner", "Owner")]
    fixed = section(made["scorecard"], "candidates")
    assert (fixed["blank"], "open" in fixed, "named" in fixed, "rows" in fixed) == (3, False, False, False)


def test_a_column_may_be_headed_by_another_answer(made: dict[str, SheetSpec]) -> None:
    assert [each.get("heading") for each in section(made["scorecard"], "criteria")["fields"]] == [
        "candidates.row-1.name", "candidates.row-2.name", "candidates.row-3.name", None,
    ]  # fmt: skip


def test_the_raci_hands_over_what_the_linter_asks_for(made: dict[str, SheetSpec]) -> None:
    matrix = section(made["raci-sheet"], "matrix")
    assert matrix["roles"] == [
        {"id": "builder", "name": "Builder"},
        {"id": "runner", "name": "Runner"},
        {"id": "owner", "name": "Owner", "business": True, "ignore": ["raci-overloaded-role"]},
    ]
    deploy, watch = matrix["rows"][1:]
    assert deploy["business"] is True
    assert (watch["shared"], watch["ignore"]) == ("Both get up at night.", ["raci-overloaded-role"])
    assert "roles" not in section(made["form"], "crew")


def test_rules_are_handed_over_to_the_sheets_that_are_held_to_them(made: dict[str, SheetSpec]) -> None:
    assert (
        set(made["raci-sheet"]["rules"]) == set(made["poster"]["rules"]) == {rule.id for rule in raci.RULES}
    )
    assert set(made["scorecard"]["rules"]) == {rule.id for rule in flagship.RULES if rule.says}
    assert "rules" not in made["form"]
    assert made["scorecard"]["verdicts"] == dict(VERDICTS)
    assert "verdicts" not in made["raci-sheet"]


def test_a_rules_words_are_handed_over_by_case() -> None:
    rule = Rule("x", "warning", "T", "W.", lambda _: (), says={"a": Says("{name}!", "h"), "b": Says("m")})
    silent = Rule("y", "error", "T", "W.", lambda _: ())
    assert rules_spec([rule, silent]) == {
        "x": {
            "severity": "warning",
            "says": {"a": {"message": "{name}!", "hint": "h"}, "b": {"message": "m", "hint": ""}},
        }
    }


def test_a_sheet_with_a_home_knows_the_companys_file(made: dict[str, SheetSpec]) -> None:
    assert made["form"]["home"] == {
        "list": "wont_do", "file": "wont_do", "one": "won't-do item", "upstream": ["castle", "robot"], "ours": {},
        "needed": ["id", "source", "name", "reason"],
    }  # fmt: skip
    assert made["raci-sheet"]["home"]["file"] == "raci"
    assert made["scorecard"]["home"]["list"] == "candidates"
    assert "home" not in made["gaps"]
    assert "home" not in made["poster"]


def test_a_home_tells_upstreams_order_and_the_companys_entries(small: Copy) -> None:
    small.write(
        "company/wont_do.yml",
        "wont_do:\n  - {id: castle, remove: true}\n  - {id: robot, name: R}\n  - {id: x, before: robot, name: X, reason: R}\n",
    )
    home = specs(small.playbook())["form"]["home"]
    assert home["upstream"] == ["robot", "castle"]
    assert home["ours"]["robot"] == {"id": "robot", "name": "R"}
    assert home["ours"]["castle"] == {"id": "castle", "remove": True}
    assert [row["id"] for row in section(specs(small.playbook())["form"], "refused")["rows"]] == [
        "x",
        "robot",
    ]


def test_renamed_ids_are_handed_over_but_not_removed_ones(small: Copy) -> None:
    small.write(
        "data/renamed.yml",
        "renamed:\n  - {list: wont_do, old: moat, new: castle}\n  - {list: wont_do, old: ditch}\n",
    )
    made = specs(small.playbook())
    assert section(made["form"], "refused")["renamed"] == {"moat": "castle"}
    assert "renamed" not in section(made["form"], "crew")


def test_what_a_form_is_prefilled_with_is_handed_over(small_playbook: Playbook) -> None:
    poster = small_playbook.of(Template)["poster"]
    made = spec(poster, small_playbook, lay_out(poster, small_playbook, {"purpose.team": "Red"}))
    assert [each.get("value") for each in section(made, "purpose")["fields"]][:2] == ["Red", None]


def test_a_spec_is_plain_values_that_json_can_say(made: dict[str, SheetSpec]) -> None:
    for each in made.values():
        assert json.loads(json.dumps(each)) == json.loads(json.dumps(each, default=str))
