"""Which candidate to take. More cases, shared with the browser, are in tests/vectors/scorecard.json."""

from __future__ import annotations

from macros.sheets.scorecard import VERDICTS, Contender, Verdict, judge

CRITERIA = ["Worth", "Ready"]


def contender(name: str, worth: str = "passes", ready: str = "passes", *exclusions: str) -> Contender:
    return Contender(name, exclusions, {"Worth": worth, "Ready": ready})


def test_without_a_candidate_one_is_to_be_named() -> None:
    assert judge([], CRITERIA) == Verdict((), "No candidate yet.", "Name one, with its business owner.")


def test_the_one_that_passes_everything_is_taken() -> None:
    found = judge([contender("A", "fails"), contender("B"), contender("C", "passes", "")], CRITERIA)
    assert found.take == ("B",)
    assert found.text == "Take B."
    assert found.why == "A fails: Worth. B passes all 2. C passes 1 of 2; open: Ready."


def test_an_exclusion_beats_any_score() -> None:
    found = judge([contender("A", "passes", "passes", "In fashion", "A toy")], CRITERIA)
    assert found.take == ()
    assert found.why == "A is out, whatever it scores: In fashion; A toy."
    assert found.text == "None qualifies. Look for another candidate, and begin with its owner."


def test_of_several_the_earlier_date_decides() -> None:
    found = judge([contender("A"), contender("B"), contender("C")], CRITERIA)
    assert found.take == ("A", "B", "C")
    assert (
        found.text
        == "A, B and C qualify. Take the one whose owner has the earlier date; if they share it, A."
    )


def test_of_those_that_may_still_pass_the_nearest_is_named() -> None:
    found = judge(
        [contender("A", "unsure", ""), contender("B", "passes", "unsure"), contender("C", "fails")], CRITERIA
    )
    assert found.text == "None qualifies yet. B comes nearest: settle what is open there."


def test_of_two_that_are_equally_near_the_first_is_named() -> None:
    assert "A comes nearest" in judge([contender("A", "unsure"), contender("B", "unsure")], CRITERIA).text


def test_where_all_fail_another_is_to_be_looked_for() -> None:
    assert judge([contender("A", "fails", "")], CRITERIA).text == VERDICTS["look-on"]


def test_a_criterion_without_a_verdict_is_open() -> None:
    assert judge([Contender("A", (), {})], CRITERIA).why == "A passes 0 of 2; open: Worth; Ready."
