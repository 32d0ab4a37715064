"""A session by the clock."""

from __future__ import annotations

from macros.model.template import Template
from macros.playbook import Playbook
from macros.sheets.clock import by_the_clock
from tests.conftest import Project

FORM = "data/templates/form.yml"


def test_a_session_runs_by_the_clock(small_playbook: Playbook) -> None:
    found = by_the_clock(small_playbook.of(Template)["form"])
    assert [(each.begins, each.ends, each.do) for each in found] == [
        ("0:00", "0:10", "Ask."),
        ("0:10", "0:30", "Answer, with the Owner."),
    ]
    assert [(each.at, each.share) for each in found] == [(0.0, 33.33), (33.33, 66.67)]


def test_hours_are_counted(small: Project) -> None:
    small.edit(FORM, "minutes: 30", "minutes: 95")
    small.edit(FORM, "{minutes: 20, do:", "{minutes: 85, do:")
    assert by_the_clock(small.playbook().of(Template)["form"])[-1].ends == "1:35"


def test_a_plan_that_does_not_fit_is_not_shown(small: Project) -> None:
    small.write("company/templates/form.yml", "templates:\n  - {id: form, minutes: 45}\n")
    assert by_the_clock(small.playbook().of(Template)["form"]) == []
