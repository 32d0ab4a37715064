"""Thirty companies walk the shipped decision tree, and each arrives at the first step that is right for it."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from macros.playbook import Playbook
from macros.views import tree
from tests.conftest import ROOT


class Company(NamedTuple):
    """One company: who it is, what it answers, where it must arrive, and why there."""

    name: str
    about: str
    answers: str
    """Ids of its answers, as in the address of the page."""
    first_step: str
    why: str


COMPANIES = (
    # --- no model yet ------------------------------------------------------------------------------
    Company(
        "Bank: AI in every branch", "The board wants AI in every branch; there is no model and no particular use.",
        "none-yet/no-use-yet/management/ambition",
        "translate-goal", "A wish of the board is worked on once a number and a person stand behind it.",
    ),
    Company(
        "City: sorting of letters", "A department head wants letters sorted; the data protection officer was never asked.",
        "none-yet/little/department/one-passes/missing-names",
        "map-stakeholders", "The corner Risk is empty, and it can stop the project later.",
    ),
    Company(
        "Hospital: diagnostic model", "The first idea is to read X-ray images, and nobody would check first.",
        "none-yet/serious",
        "choose-survivable-use", "It learns after two questions that a first failure must not be fatal.",
    ),
    Company(
        "Office equipment: engineers heard 'not now'", "Four engineers asked for budget to predict repairs and got no.",
        "none-yet/little/on-site/said-no",
        "write-proposal", "A no is often about size and timing; one page can be answered again.",
    ),
    Company(
        "Grocery chain: three of four", "Write-offs, data and a harmless failure are there; no owner is waiting.",
        "none-yet/little/management/three-of-four",
        "settle-last-criterion", "One candidate needs one test, not a new competition of ideas.",
    ),
    Company(
        "Telco: hiring freeze", "Churn is agreed as the flagship; nobody has the skills and nobody may be hired.",
        "none-yet/little/management/one-passes/no-members/nobody-suitable",
        "start-without-hiring", "Transfer or hiring is not its choice; learning and borrowing are.",
    ),
    Company(
        "Insurer: claims, a committee decides", "A use case, names and members are there; a monthly committee says yes.",
        "none-yet/checked/department/one-passes/no-decision/committee",
        "name-one-decider", "A committee that meets monthly cannot withdraw a model on a Friday night.",
    ),
    Company(
        "Logistics: all agreed", "Shift planning has an owner, members, a RACI and three milestones.",
        "none-yet/little/both/one-passes/all-there",
        "fill-one-sheet", "Everything that the sheet asks for is there, so it can start tomorrow.",
    ),
    Company(
        "Ministry: benefits", "Benefits are to be checked by a model; officers would look at each case, Legal knows nothing.",
        "none-yet/not-asked",
        "ask-risk-first", "It decides about people, so Legal shapes it before anything is built.",
    ),
    Company(
        "Farm cooperative: only one fan", "One agronomist wants to predict yields, and has told nobody.",
        "none-yet/little/just-me",
        "make-improvements-visible", "Without budget and a colleague, evidence comes first.",
    ),
    Company(
        "Fashion: everything at once", "Management asks for a data platform, a company standard and a chatbot this year.",
        "none-yet/no-use-yet/management/everything-at-once",
        "write-wont-do-list", "The sponsor needs reasons to say no before a flagship gets time.",
    ),
    Company(
        "Energy supplier: two pictures", "Four people in the room, and each believes something else is settled.",
        "none-yet/little/management/one-passes/dont-know",
        "compare-one-sheets", "Ten minutes of writing alone show where they differ.",
    ),
    # --- notebooks -----------------------------------------------------------------------------------
    Company(
        "Manufacturer: managers are interested", "Notebooks that colleagues can run; managers find them interesting.",
        "notebooks/runs/interested",
        "write-proposal", "Interest becomes a yes or a no when it is asked for six weeks and a number.",
    ),
    Company(
        "Lone ML engineer", "One engineer, three notebooks, nothing in use, no colleague.",
        "notebooks/alone",
        "make-improvements-visible", "A second person is missing, and a visible result finds one.",
    ),
    Company(
        "Chemical plant: a notebook on one laptop", "A yield model that only its author can run, in a folder called final2.",
        "notebooks/only-author",
        "notebook-to-job", "Whatever comes next, a colleague has to be able to run it.",
    ),
    # --- in use, looked after when there is time -----------------------------------------------------
    Company(
        "Fernleaf (the kit's example)", "Five people, a weekly list from one colleague's notebook, no budget anywhere.",
        "in-use/people/no-budget",
        "make-improvements-visible", "Its own story says so: bottom-up, and the list has to come without Jonas.",
    ),
    Company(
        "Retailer: clicks fell by 20%", "The recommendation model degraded for weeks; the API was healthy all along.",
        "in-use/accidents/got-worse",
        "watch-one-signal", "Nothing was deployed, so a rollback rehearsal would not have helped.",
    ),
    Company(
        "Group: 20 models in four units", "Each unit builds its own; platform and units quarrel about the team.",
        "in-use/ball-between/where-it-belongs",
        "discuss-structure", "The quarrel about the structure blocks all the rest.",
    ),
    Company(
        "Lender: the author has left", "A model is live, its author is gone, and the retraining failed.",
        "in-use/accidents/no-retraining",
        "review-one-model", "A second person retrains it by what is written down, and finds what is not.",
    ),
    Company(
        "Ad-tech: the bill doubled", "Bidding models work well, and the bill for serving them has doubled since spring.",
        "in-use/asked/bill",
        "cap-the-cost", "The cost of one prediction says whether the bill is a problem, and whose.",
    ),
    Company(
        "Two live models, a third is refused", "Operations does not take the next model: no runbook, no alert.",
        "in-use/ball-between/handover",
        "agree-on-handover", "What is missing is an agreement on what a model comes with.",
    ),
    Company(
        "Airline: a night without a rollback", "A pricing model was wrong for nine hours until its author woke up.",
        "in-use/accidents/incident",
        "rehearse-rollback", "The way back exists, and only one person knows it.",
    ),
    Company(
        "Housing association: auditor at the door", "Five scores about tenants are in use, and nobody has the list.",
        "in-use/asked/audit",
        "register-models", "An audit begins with what is in use, for what, and who answers for it.",
    ),
    Company(
        "Recruiting portal: unfair ranking", "A newspaper found that the ranking put older applicants last.",
        "in-use/accidents/people-harmed",
        "review-last-incident", "First the people who were treated wrongly, then what made it possible.",
    ),
    Company(
        "Brewery: people argue", "Three models, five opinions on what is wrong with them.",
        "in-use/dont-know",
        "find-the-gap", "A rating that each makes alone settles what the argument is about.",
    ),
    # --- a small team --------------------------------------------------------------------------------
    Company(
        "Four-person MLOps team", "One year old, a good pipeline, and two of nine teams use it.",
        "small-team/unused",
        "walk-alongside", "The main risk of a team founded from above is what it builds and nobody uses.",
    ),
    # --- bought or called ----------------------------------------------------------------------------
    Company(
        "SaaS: support bot on a vendor's LLM", "Costs tripled, wrong answers reach customers, nothing is measured.",
        "called/wrong-answers",
        "collect-cases", "Without cases with right answers, neither quality nor cost can be improved.",
    ),
    Company(
        "Insurer: the CEO wants a copilot", "A GenAI copilot is wanted by summer, and nobody has said what for.",
        "called/planned/ambition",
        "translate-goal", "A copilot is a wish until a number and a person stand behind it.",
    ),
    Company(
        "Factory: a vendor's vision model", "A camera rejects parts; the vendor runs it, nobody in the plant answers for it.",
        "called/no-owner",
        "own-bought-model", "The vendor does not answer for the parts that are thrown away.",
    ),
    Company(
        "Law firm: which tools are there?", "Partners bought several assistants, and nobody knows how many.",
        "called/dont-know",
        "register-models", "What is not on a list cannot be looked after.",
    ),
)  # fmt: skip


def arrives(playbook: Playbook, answers: str) -> str:
    """Where a path of answers leads: the id of a first step, or of the question that is still open."""
    node = tree.root(playbook).id
    for given in answers.split("/"):
        [node] = [answer.to for answer in playbook.questions[node].answers if answer.id == given]
    return node


def paths(playbook: Playbook) -> list[tuple[tuple[str, ...], str]]:
    """Every path: the questions asked on the way, and the first step."""
    found, open_paths = [], [((), tree.root(playbook).id)]
    while open_paths:
        asked, node = open_paths.pop()
        if node in playbook.first_steps:
            found.append((asked, node))
        else:
            below = {answer.id: answer.to for answer in playbook.questions[node].answers}
            open_paths += [((*asked, node), to) for to in below.values()]
    return found


@pytest.mark.parametrize("company", COMPANIES, ids=[company.name for company in COMPANIES])
def test_company_arrives_at_the_first_step_that_is_right_for_it(playbook: Playbook, company: Company) -> None:
    assert arrives(playbook, company.answers) == company.first_step, f"{company.about} {company.why}"


def test_every_question_ends_with_an_answer_for_those_who_do_not_know_or_do_not_agree(
    playbook: Playbook,
) -> None:
    last = {id: question.answers[-1] for id, question in playbook.questions.items()}
    assert {answer.id for answer in last.values()} == {"dont-know"}
    assert {answer.text for answer in last.values()} == {"We don't know, or we don't agree"}


def test_those_who_do_not_know_get_something_to_do_and_not_another_question(playbook: Playbook) -> None:
    assert all(question.answers[-1].to in playbook.first_steps for question in playbook.questions.values())


def test_no_question_is_long_and_no_path_is_either(playbook: Playbook) -> None:
    lengths = sorted(len(asked) for asked, _ in paths(playbook))
    assert lengths[-1] <= 8
    assert sum(length <= 6 for length in lengths) / len(lengths) > 0.8
    for id, question in playbook.questions.items():
        assert len(question.answers) <= 7, id
        assert len(question.short) <= 30, id
        assert max(len(answer.text) for answer in question.answers) <= 90, id


@pytest.mark.parametrize(
    ("first_step", "asked"),
    [
        ("fill-one-sheet", "not-on-paper"), ("compare-one-sheets", "not-on-paper"), ("set-milestones", "not-on-paper"),
        ("settle-last-criterion", "flagship"), ("choose-flagship", "flagship"), ("notebook-to-job", "notebook-run"),
        ("name-one-decider", "who-decides"), ("write-decision-criteria", "who-decides"), ("move-decision", "who-decides"),
        ("start-with-five", "members-named"), ("start-without-hiring", "members-named"), ("rehearse-rollback", "last-accident"),
        ("review-last-incident", "last-accident"), ("fill-skills-matrix", "people-short"), ("collect-cases", "called"),
        ("own-bought-model", "called"), ("walk-alongside", "small-team"), ("close-technology-gap", "pain"),
    ],
)  # fmt: skip
def test_first_step_presupposes_what_every_path_to_it_asked(
    playbook: Playbook, first_step: str, asked: str
) -> None:
    ways = [way for way, end in paths(playbook) if end == first_step]
    assert ways
    assert all(asked in way for way in ways)


@pytest.mark.parametrize(
    "first_step",
    [
        "map-stakeholders", "name-members", "translate-goal", "discuss-structure", "decide-sourcing", "write-proposal",
        "make-improvements-visible", "draw-raci", "choose-flagship",
    ],
)  # fmt: skip
def test_a_company_with_models_in_use_can_reach_what_the_deck_calls_first(
    playbook: Playbook, first_step: str
) -> None:
    assert any(way[:2] == ("phase", "pain") and end == first_step for way, end in paths(playbook))


@pytest.mark.parametrize("phase", ["none-yet", "notebooks"])
def test_harm_to_people_is_asked_as_the_second_question(playbook: Playbook, phase: str) -> None:
    question = playbook.questions[arrives(playbook, phase)]
    assert any("hurt people" in answer.text for answer in question.answers)
    assert {"ask-risk-first"} <= {answer.to for answer in question.answers}


def test_stories_name_the_first_step_by_its_name_and_fernleafs_is_where_its_path_ends(
    playbook: Playbook,
) -> None:
    stories = {path.stem: path.read_text("utf-8") for path in (ROOT / "docs/stories").glob("*.md")}
    told = {
        name: dict(re.findall(r"\[([^\]]+)\]\(\.\./first-step\.md#([a-z-]+)\)", text))
        for name, text in stories.items()
    }
    [fernleaf] = [company for company in COMPANIES if company.name.startswith("Fernleaf")]
    assert fernleaf.first_step in told["startup"].values()
    for steps in told.values():
        assert all(playbook.first_steps[id].name == name for name, id in steps.items())


def test_both_drives_meet_the_question_for_a_number(playbook: Playbook) -> None:
    assert arrives(playbook, "none-yet/little/management") == "flagship"
    assert arrives(playbook, "none-yet/little/on-site/said-yes") == "flagship"
    assert arrives(playbook, "none-yet/little/on-site/said-yes/ambition") == "translate-goal"
