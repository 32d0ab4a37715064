"""The flagship: an exclusion beats any score, a known hole is told, and there is one."""

from __future__ import annotations

from tests.conftest import Copy

FLAGSHIP = "data/flagship.yml"


def test_a_chosen_candidate_that_is_excluded_is_an_error(small: Copy) -> None:
    small.edit(FLAGSHIP, "chosen: true", "exclusions: [fashion], chosen: true")
    [problem] = small.problems()
    assert (problem.rule, problem.severity) == ("flagship-excluded", "error")
    assert small.problem() == (
        f"{small.at(FLAGSHIP, 'chosen: true')}: candidates[0].chosen: 'Orders' is chosen, but it is excluded: "
        "It is in fashion; an exclusion beats any score"
    )


def test_a_chosen_candidate_that_fails_a_criterion_is_a_warning(small: Copy) -> None:
    small.edit(FLAGSHIP, "{worth: passes, ready: passes}", "{worth: fails, ready: fails}")
    [problem] = small.problems()
    assert (problem.rule, problem.severity) == ("flagship-fails", "warning")
    assert problem.message == "'Orders' is chosen, but it fails: It is worth it; The data is ready"
    assert problem.hint == "take one that passes all criteria"


def test_an_unsure_criterion_is_no_finding(small: Copy) -> None:
    small.edit(FLAGSHIP, "ready: passes", "ready: unsure")
    assert not small.problems()


def test_two_flagships_are_an_error_at_the_second(small: Copy) -> None:
    small.edit(FLAGSHIP, "exclusions: [fashion], ", "chosen: true, ")
    assert small.problem() == (
        f"{small.at(FLAGSHIP, 'chosen: true, source')}: candidates[1].chosen: 'Chat' is chosen beside 'Orders'; "
        "a flagship is one"
    )


def test_candidates_that_nobody_chose_may_be_excluded_and_fail(small: Copy) -> None:
    small.edit(FLAGSHIP, "{worth: unsure}", "{worth: fails}")
    small.edit(FLAGSHIP, "chosen: true", "chosen: false")
    assert not small.problems()


def test_findings_on_the_companys_candidates_stand_in_its_file(small: Copy) -> None:
    text = "replace: true\ncandidates:\n  - {id: x, name: X, chosen: true, exclusions: [fashion]}\n"
    small.write("company/flagship.yml", text)
    assert small.problem().startswith(
        f"{small.at('company/flagship.yml', 'chosen')}: candidates[0].chosen: 'X' is chosen"
    )


def test_an_exclusion_that_is_unknown_is_called_by_its_id(small: Copy) -> None:
    small.edit(FLAGSHIP, "chosen: true", "exclusions: [fashon], chosen: true")
    assert any("it is excluded: fashon" in each for each in small.lines())
