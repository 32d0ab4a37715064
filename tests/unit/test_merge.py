"""The company layer over the data: change, add, move, remove, replace, and its mistakes."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.diagnostics import Diagnostics
from macros.load.merge import Place, Placed, merge
from macros.load.yaml import parse
from macros.playbook import Playbook, load
from macros.report import line
from tests.conftest import Project


def company(project: Project, name: str, text: str) -> None:
    path = project.root / "company" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def loaded(project: Project) -> Playbook:
    playbook = load(project.root)
    assert isinstance(playbook, Playbook), [line(problem) for problem in playbook]
    return playbook


def problem(project: Project) -> str:
    found = load(project.root)
    assert isinstance(found, Diagnostics), "no problem"
    assert len(found) == 1, [line(each) for each in found]
    return line(found[0])


# --- what the forms do -------------------------------------------------------------------


def test_an_empty_layer_changes_nothing(project: Project) -> None:
    before = loaded(project)
    company(project, "README.md", "# Ours\n")
    after = loaded(project)
    assert {k: v for k, v in vars(after).items() if k != "root"} == {
        k: v for k, v in vars(before).items() if k != "root"
    }


def test_part_of_an_item_is_changed_and_the_rest_stays_and_it_says_so(project: Project) -> None:
    before = loaded(project).roles["ml-engineer"]
    company(project, "roles.yml", "roles:\n  - id: ml-engineer\n    name: Data scientist\n")
    after = loaded(project).roles["ml-engineer"]
    assert (after.name, after.text) == ("Data scientist", before.text)
    assert (after.source.origin, after.source.slides, after.source.changed) == ("deck", (29, 30), True)


def test_letters_are_merged_role_by_role_and_nothing_takes_one_out(project: Project) -> None:
    company(
        project,
        "raci.yml",
        "activities:\n  - id: monitoring-operation\n    roles:\n      data-engineer: C\n      infra-engineer:\n",
    )
    roles = loaded(project).activities["monitoring-operation"].roles
    assert roles == {"ml-engineer": "C", "data-engineer": "C", "ops-engineer": "R/A", "stakeholders": "I"}


@pytest.mark.parametrize(
    ("where", "expected"), [("after: ml-engineer", 1), ("before: ml-engineer", 0), ("after: stakeholders", 5)]
)
def test_item_is_added_at_its_place_and_is_ours(project: Project, where: str, expected: int) -> None:
    company(
        project,
        "roles.yml",
        f"roles:\n  - id: risk-officer\n    {where}\n    name: Risk officer\n    text: Says yes, if.\n    ignore: [{{rule: raci-idle-role, reason: New.}}]\n",
    )
    roles = loaded(project).roles
    assert list(roles).index("risk-officer") == expected
    assert roles["risk-officer"].source.origin == "company"


def test_item_is_moved_without_being_changed(project: Project) -> None:
    company(
        project,
        "wont_do.yml",
        "wont_do:\n  - id: copy-another-company\n    before: own-training-infrastructure\n",
    )
    items = loaded(project).wont_do
    assert next(iter(items)) == "copy-another-company"
    assert not items["copy-another-company"].source.changed


def test_item_is_removed(project: Project) -> None:
    company(project, "wont_do.yml", "wont_do:\n  - {id: perfect-documentation, remove: true}\n")
    assert "perfect-documentation" not in loaded(project).wont_do


def test_list_is_replaced_whole(project: Project) -> None:
    company(project, "wont_do.yml", "replace: true\nwont_do:\n  - {id: x, name: X, reason: R, instead: I}\n")
    assert list(loaded(project).wont_do) == ["x"]


def test_template_is_added_changed_and_removed_from_any_file_of_its_folder(project: Project) -> None:
    company(project, "templates/ours.yml", "templates:\n  - {id: milestones, minutes: 90}\n")
    assert loaded(project).templates["milestones"].minutes == 90


def test_an_item_added_can_stand_beside_one_added_before(project: Project) -> None:
    company(
        project,
        "wont_do.yml",
        "wont_do:\n  - {id: a, after: perfect-documentation, name: A, reason: R, instead: I}\n"
        "  - {id: b, after: a, name: B, reason: R, instead: I}\n",
    )
    names = list(loaded(project).wont_do)
    assert names[names.index("perfect-documentation") :][:3] == ["perfect-documentation", "a", "b"]


# --- mistakes ----------------------------------------------------------------------------


def test_changing_an_id_that_does_not_exist_suggests_the_right_one(project: Project) -> None:
    company(project, "roles.yml", "roles:\n  - id: ml-enginer\n    name: X\n")
    assert problem(project) == (
        "company/roles.yml:2:9: roles[0].id: no role 'ml-enginer' to change; did you mean 'ml-engineer'? "
        "to add it, say 'after:' or 'before:'"
    )


def test_removing_an_id_that_does_not_exist_is_an_error(project: Project) -> None:
    company(project, "roles.yml", "roles:\n  - {id: zzz, remove: true}\n")
    assert problem(project).startswith("company/roles.yml:2:10: roles[0].id: no role 'zzz' to change")


def test_an_id_that_upstream_renamed_or_removed_is_told(project: Project) -> None:
    project.edit(
        "data/renamed.yml",
        "renamed: []",
        "renamed:\n  - {list: roles, old: ml-dev, new: ml-engineer, since: 0.2.0}\n  - {list: roles, old: gone, since: 0.2.0}",
    )
    company(project, "roles.yml", "roles:\n  - id: ml-dev\n    name: X\n  - id: gone\n    name: Y\n")
    found = [line(each) for each in load(project.root)]  # type: ignore[attr-defined]
    assert "role 'ml-dev' was renamed upstream to 'ml-engineer'; write id: ml-engineer" in found[0]
    assert "role 'gone' was removed upstream" in found[1]


def test_errors_name_the_companys_file_and_line(project: Project) -> None:
    company(project, "raci.yml", "activities:\n  - id: model-development\n    roles:\n      ml-enginer: C\n")
    assert problem(project) == (
        "company/raci.yml:4:7: activities[0].roles.ml-enginer: unknown role; did you mean 'ml-engineer'?"
    )


def test_rules_broken_by_a_change_name_the_companys_file(project: Project) -> None:
    company(
        project,
        "raci.yml",
        "activities:\n  - id: production-deployment\n    roles:\n      stakeholders: C\n      ml-engineer: R/A\n",
    )
    assert problem(project).startswith(
        "company/raci.yml:5:20: activities[0].roles.ml-engineer: 'Production deployment' is a business decision"
    )


def test_a_wrong_value_in_a_change_names_the_companys_file(project: Project) -> None:
    company(project, "roles.yml", "roles:\n  - id: stakeholders\n    business: yes\n")
    assert problem(project).startswith("company/roles.yml:3:15: roles[0].business: `yes` is read as")


def test_an_added_item_that_lacks_a_key_names_the_companys_file(project: Project) -> None:
    company(
        project, "wont_do.yml", "wont_do:\n  - {id: x, after: perfect-documentation, name: X, instead: I}\n"
    )
    assert problem(project) == "company/wont_do.yml:2:5: wont_do[0]: missing 'reason'"


def test_removed_role_that_is_still_used_lists_each_place(project: Project) -> None:
    company(project, "roles.yml", "roles:\n  - {id: infra-engineer, remove: true}\n")
    found = [line(each) for each in load(project.root)]  # type: ignore[attr-defined]
    places = {each.split(":")[0] for each in found}
    assert places == {"data/members.yml", "data/profiles.yml", "data/raci.yml"}
    assert len([each for each in found if each.startswith("data/raci.yml")]) == 7
    assert all("it is removed in company/roles.yml:2" in each for each in found)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("{id: ml-engineer, after: zzz}", "unknown role 'zzz'"),
        ("{id: ml-engineer, after: data-enginer}", "did you mean 'data-engineer'?"),
        ("{id: ml-engineer, after: data-engineer, before: stakeholders}", "both 'after' and 'before'"),
        ("{id: ml-engineer, after: ml-engineer}", "cannot stand beside itself"),
        ("{id: ml-engineer, after: [x]}", "expected an id, got a list"),
        ("{id: ml-engineer, remove: true, name: X}", "'remove: true' stands alone"),
        ("{id: ml-engineer, remove: false}", "'remove: true' stands alone"),
        ("{name: X}", "expected an item with an id, got none"),
        ("x", "expected an item with an id, got text"),
        ("{id: ml-engineer, nam: X}", "unknown key; did you mean 'name'?"),
    ],
)
def test_entry_that_makes_no_sense_is_an_error_in_the_companys_file(
    project: Project, entry: str, expected: str
) -> None:
    company(project, "roles.yml", f"roles:\n  - {entry}\n")
    found = problem(project)
    assert expected in found
    assert found.startswith("company/roles.yml:2:")


def test_the_same_item_twice_in_a_file_is_an_error(project: Project) -> None:
    company(project, "roles.yml", "roles:\n  - {id: ml-engineer, name: A}\n  - {id: ml-engineer, text: B}\n")
    assert "'ml-engineer' stands twice in this file" in problem(project)


def test_misspelled_file_is_an_error(project: Project) -> None:
    company(project, "rolls.yml", "roles: []\n")
    assert problem(project).startswith(
        "company/rolls.yml:1:1: is not a file the playbook reads; did you mean"
    )


def test_replace_that_is_not_true_is_an_error(project: Project) -> None:
    company(project, "roles.yml", "replace: roles\nroles:\n  - {id: ml-engineer, name: A}\n")
    assert "replace: expected true" in problem(project)


def test_tags_that_build_objects_are_refused(project: Project) -> None:
    company(project, "roles.yml", "roles:\n  - {id: ml-engineer, name: !!python/name:os.system x}\n")
    assert "the tag !!python/name:os.system is not allowed" in problem(project)


def test_link_that_leaves_the_company_folder_is_refused(project: Project, tmp_path) -> None:
    company(project, "README.md", "x")
    (tmp_path / "secret.md").write_text("secret", "utf-8")
    (project.root / "company" / "docs").mkdir()
    (project.root / "company" / "docs" / "x.md").symlink_to(tmp_path / "secret.md")
    assert "company/docs/x.md:1:1: is a link that leads out of company/" in problem(project)


# --- properties --------------------------------------------------------------------------

ids = st.sampled_from(["a", "b", "c", "d", "e", "f"])
values = st.dictionaries(
    st.sampled_from(["name", "text", "roles"]),
    st.text(max_size=3) | st.none() | st.dictionaries(ids, st.text(max_size=2) | st.none(), max_size=2),
    max_size=3,
)
bases = st.lists(ids, unique=True, max_size=5).flatmap(
    lambda names: st.tuples(*[values.map(lambda value, name=name: {"id": name, **value}) for name in names])
)
entries = st.lists(
    st.tuples(
        ids, values, st.dictionaries(st.sampled_from(["after", "before"]), ids, max_size=1), st.booleans()
    ).map(
        lambda parts: (
            {"id": parts[0], "remove": True} if parts[3] else {"id": parts[0], **parts[1], **parts[2]}
        )
    ),
    max_size=4,
)


def run(base: tuple[Any, ...], overlay: list[dict[str, Any]], *, replace: bool = False):
    document, _ = parse("company/x.yml", "items: []\n")
    assert document is not None
    value = {"items": tuple(overlay), **({"replace": True} if replace else {})}
    object.__setattr__(document, "value", value)
    base_document, _ = parse("data/x.yml", "items: []\n")
    assert base_document is not None
    placed = [Placed(item, Place((base_document, ("items", n)))) for n, item in enumerate(base)]
    return merge(placed, document, "items", "item", {})


@settings(max_examples=300, deadline=None)
@given(bases, entries)
def test_merging_is_deterministic_and_leaves_its_arguments_alone(base, overlay) -> None:
    kept = copy.deepcopy((base, overlay))
    first, second = run(base, overlay), run(base, overlay)
    assert [each.value for each in first.items] == [each.value for each in second.items]
    assert [line(each) for each in first.problems] == [line(each) for each in second.problems]
    assert (base, overlay) == kept


@given(bases)
def test_an_empty_overlay_is_the_identity(base) -> None:
    merged = run(base, [])
    assert tuple(each.value for each in merged.items) == base
    assert not merged.problems


@settings(max_examples=300, deadline=None)
@given(bases, entries)
def test_no_item_vanishes_unless_the_overlay_names_it(base, overlay) -> None:
    merged = run(base, overlay)
    left = [each.value["id"] for each in merged.items]
    named = {entry["id"] for entry in overlay if entry.get("remove")}
    assert {item["id"] for item in base} - set(left) <= named
    untouched = [item["id"] for item in base if item["id"] not in {entry["id"] for entry in overlay}]
    assert [name for name in left if name in untouched] == untouched
    assert len(left) == len(set(left))


# --- names of roles ----------------------------------------------------------------------


def test_renaming_a_role_flows_into_every_text_that_names_it(project: Project) -> None:
    company(project, "roles.yml", "roles:\n  - {id: ops-engineer, name: Pager}\n")
    playbook = loaded(project)
    assert playbook.first_steps["rehearse-rollback"].who == "The Pager leads; the ML engineer stands by."
    assert "Pager" in playbook.templates["incident-runbook"].people
    assert "[[" not in str(vars(playbook))


def test_unknown_role_in_double_brackets_is_told_at_its_place(project: Project) -> None:
    company(project, "members.yml", 'members:\n  - {id: ops-engineer, first_month: "Ask [[ops-enginer]]."}\n')
    assert problem(project) == (
        "company/members.yml:2:37: members[0].first_month: unknown role 'ops-enginer' in double brackets; "
        "did you mean 'ops-engineer'?"
    )


def test_renamed_role_alone_differs_from_upstream(project: Project) -> None:
    from macros.company.differences import compare

    company(project, "roles.yml", "roles:\n  - {id: ops-engineer, name: Pager}\n")
    found = compare(project.root)
    assert isinstance(found, tuple)
    assert [(item.kind.key, item.id) for item in found[0]] == [("roles", "ops-engineer")]
