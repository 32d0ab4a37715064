"""Templates among each other."""

from __future__ import annotations

from itertools import pairwise

from macros.model.template import Template
from macros.playbook import Playbook
from macros.views.templates import ROW, after, around, by_moment, flows, picture
from tests.conftest import Project

FORM = "data/templates/form.yml"


def grouped(playbook: Playbook) -> list[tuple[str, list[str]]]:
    return [(moment.id if moment else "", [each.id for each in here]) for moment, here in by_moment(playbook)]


def test_templates_without_a_moment_come_last(small_playbook: Playbook) -> None:
    assert grouped(small_playbook) == [
        ("start", ["form"]),
        ("", ["raci-sheet", "scorecard", "gaps", "poster"]),
    ]


def test_a_template_stands_before_the_one_that_follows_it(small: Project) -> None:
    small.write(
        "company/templates/order.yml",
        "templates:\n  - {id: scorecard, next: gaps}\n  - {id: poster, next: scorecard}\n",
    )
    [_, (_, found)] = grouped(small.playbook())
    assert found.index("poster") < found.index("scorecard") < found.index("gaps")


def test_templates_that_follow_each_other_in_a_circle_are_listed_once(small: Project) -> None:
    small.write(
        "company/templates/order.yml",
        "templates:\n  - {id: gaps, next: poster}\n  - {id: poster, next: gaps}\n",
    )
    assert sorted(grouped(small.playbook())[1][1]) == ["gaps", "poster", "raci-sheet", "scorecard"]


def test_what_the_company_took_out_is_led_to_no_more(small: Project) -> None:
    small.edit(FORM, "next: raci-sheet", "next: gaps")
    small.edit(FORM, "{template: raci-sheet,", "{template: gaps,")
    small.write("company/templates/x.yml", "templates:\n  - {id: gaps, remove: true}\n")
    small.write("company/moments.yml", "moments:\n  - {id: start, remove: true}\n")
    playbook = small.playbook()
    assert after(playbook, playbook.of(Template)["form"]) is None
    assert flows(playbook) == ()
    assert grouped(playbook)[0][0] == ""
    assert picture(playbook).lines[0].name == "At any time"


def test_the_picture_has_a_line_for_each_template_and_an_arc_for_each_flow(playbook: Playbook) -> None:
    found = picture(playbook)
    assert [line.template.id for line in found.lines if line.template] == [
        each.id for _, here in by_moment(playbook) for each in here
    ]
    assert all(second.y - first.y == ROW for first, second in pairwise(found.lines))
    arcs = [arc for line in found.lines for arc in line.arcs]
    assert len(arcs) == len(flows(playbook)) > 40
    assert found.height == len(found.lines) * ROW


def test_an_arc_that_leads_back_is_told_apart(small: Project) -> None:
    small.write(
        "company/templates/x.yml",
        "templates:\n  - {id: raci-sheet, feeds: [{template: form, what: Letters}, {template: scorecard, what: Names}]}\n",
    )
    lines = {line.template.id: line for line in picture(small.playbook()).lines if line.template}
    assert [back for _, _, back in lines["raci-sheet"].arcs] == [True, False]


def test_a_page_names_first_only_what_is_filled_before_it(small: Project) -> None:
    small.write(
        "company/templates/x.yml",
        "templates:\n  - {id: gaps, feeds: [{template: raci-sheet, what: Names}]}\n",
    )
    playbook = small.playbook()
    said = around(playbook, playbook.of(Template)["raci-sheet"])
    assert [each.id for each in said["earlier"]] == ["form"]
    assert [flow.source.id for flow in said["fed_by"]] == ["form", "gaps"]
