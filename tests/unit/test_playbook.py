"""`load`: a playbook, or all that is wrong."""

from __future__ import annotations

import dataclasses

import pytest

from macros.diagnostics import Diagnostic, Diagnostics
from macros.load.files import read_files
from macros.load.reading import merged
from macros.model.content import Member, Role
from macros.model.kinds import KINDS
from macros.playbook import Playbook, judged, load
from macros.project import Project
from tests.conftest import SMALL, Copy


def test_a_list_is_asked_for_by_its_model_or_by_its_name(small_playbook: Playbook) -> None:
    assert list(small_playbook.of(Role)) == ["builder", "runner", "owner"]
    assert small_playbook.roles is small_playbook.of(Role)
    assert set(small_playbook.lists) == {kind.key for kind in KINDS}


def test_what_is_no_list_is_no_attribute(small_playbook: Playbook) -> None:
    with pytest.raises(AttributeError, match="rolls"):
        small_playbook.rolls  # noqa: B018 - asking is what is tested


def test_a_playbook_cannot_be_changed(small_playbook: Playbook) -> None:
    with pytest.raises(TypeError):
        small_playbook.lists["roles"]["x"] = None  # type: ignore[index]
    with pytest.raises(dataclasses.FrozenInstanceError):
        small_playbook.warnings = Diagnostics()  # type: ignore[misc]


def test_a_member_is_called_by_the_roles_name_and_all_else_by_its_own(small_playbook: Playbook) -> None:
    assert small_playbook.name_of(small_playbook.of(Member)["second"]) == "Runner"
    assert small_playbook.name_of(small_playbook.of(Role)["runner"]) == "Runner"


def test_with_an_error_there_are_problems_and_no_playbook(small: Copy) -> None:
    small.edit("data/roles.yml", "name: Builder, ", "")
    assert isinstance(load(small.root), Diagnostics)


def test_with_a_warning_there_is_a_playbook_that_has_it(small: Copy) -> None:
    small.edit("data/flagship.yml", "ready: passes", "ready: fails")
    found = small.playbook()
    assert [each.rule for each in found.warnings] == ["flagship-fails"]


def test_the_company_layer_and_names_of_roles_can_be_left_out(small: Copy) -> None:
    small.write("company/roles.yml", "roles:\n  - {id: runner, name: Pager}\n")
    upstream, ours = load(small.root, company=False, names=False), small.playbook()
    assert isinstance(upstream, Playbook)
    assert (upstream.roles["runner"].name, ours.roles["runner"].name) == ("Runner", "Pager")
    assert (upstream.first_steps["care"].who, ours.first_steps["care"].who) == (
        "The [[runner]] leads.",
        "The Pager leads.",
    )


def test_what_a_list_owes_to_upstream_is_known_whatever_the_company_did(small: Copy) -> None:
    small.write("data/renamed.yml", "renamed:\n  - {list: wont_do, old: moat, new: castle}\n")
    small.write(
        "company/wont_do.yml",
        "wont_do:\n  - {id: robot, before: castle, name: R}\n  - {id: x, after: castle, name: X, reason: R}\n",
    )
    found = small.playbook()
    assert list(found.wont_do) == ["robot", "castle", "x"]
    origin = found.origins["wont_do"]
    assert dict(origin.upstream) == {"castle": 0, "robot": 1}
    assert dict(origin.renamed) == {"moat": "castle"}
    assert origin.ours["robot"] == {"id": "robot", "before": "castle", "name": "R"}
    assert found.origins["roles"].ours == {}


def test_of_what_the_company_removed_or_replaced_nothing_is_upstreams(small: Copy) -> None:
    small.write("company/wont_do.yml", "wont_do:\n  - {id: castle, remove: true}\n")
    origin = small.playbook().origins["wont_do"]
    assert dict(origin.upstream) == {"robot": 1}
    assert origin.ours == {"castle": {"id": "castle", "remove": True}}
    small.write("company/wont_do.yml", "replace: true\nwont_do:\n  - {id: robot, name: R, reason: R}\n")
    assert dict(small.playbook().origins["wont_do"].upstream) == {}


def test_problems_found_elsewhere_are_told_with_those_of_the_data(small: Copy) -> None:
    small.edit("data/roles.yml", "name: Builder, ", "")
    other = Diagnostic("docs/a.md", 1, 1, "", "m")
    found = judged(merged(read_files(small.project)), Diagnostics([other]))
    assert isinstance(found, Diagnostics)
    assert [each.path for each in found] == ["data/roles.yml", "docs/a.md"]
    sound = judged(merged(read_files(Project(SMALL))), Diagnostics([other]))
    assert sound == Diagnostics([other])
