"""The sheet of paper, assembled from what the company has committed."""

from __future__ import annotations

from macros.model.template import Template
from macros.playbook import Playbook
from macros.sheets.layout import lay_out
from macros.views.one_sheet import committed, poster
from tests.conftest import Copy


def test_names_requests_and_the_flagship_are_what_the_data_says(small_playbook: Playbook) -> None:
    assert committed(small_playbook) == {
        "stakeholders.reason.names": "Kim (Board)",
        "stakeholders.reason.ask": "Money.",
        "purpose.flagship": "Orders",
    }


def test_only_a_chosen_candidate_is_the_flagship(small: Copy) -> None:
    small.edit("data/flagship.yml", ", chosen: true", "")
    assert "purpose.flagship" not in committed(small.playbook())
    small.edit("data/flagship.yml", "exclusions: [fashion]", "chosen: true")
    assert committed(small.playbook())["purpose.flagship"] == "Chat"


def test_stakeholders_without_a_name_are_left_out_with_their_request(small: Copy) -> None:
    small.edit("data/stakeholders.yml", "ask: A list.", "ask: A list., who: Lou")
    small.edit("data/stakeholders.yml", "interest: Less work.", "interest: Less work., who: Max")
    found = committed(small.playbook())
    assert found["stakeholders.reason.names"] == "Kim (Board); Max (Users)"
    assert found["stakeholders.reason.ask"] == "Money."
    assert found["stakeholders.danger.names"] == "Lou (Guards)"
    assert found["stakeholders.danger.ask"] == "A list."


def test_what_is_not_done_is_the_companys_own_list(small: Copy) -> None:
    assert "start.wont-do" not in committed(small.playbook())
    small.write(
        "company/wont_do.yml",
        "wont_do:\n  - {id: robot, remove: true}\n  - {id: x, after: castle, name: X, reason: R}\n",
    )
    assert committed(small.playbook())["start.wont-do"] == "A castle\nX"


def test_the_poster_shows_what_is_laid_out(small_playbook: Playbook) -> None:
    known = committed(small_playbook)
    shown = poster(lay_out(small_playbook.of(Template)["poster"], small_playbook, known), known)
    assert shown == {
        "flagship": "Orders",
        "wont_do": "",
        "stakeholders": [
            {"question": "Reason", "names": "Kim (Board)", "ask": "Money."},
            {"question": "Danger", "names": "", "ask": ""},
        ],
        "members": [
            {"role": "Builder", "who": "", "share": ""},
            {"role": "Runner", "who": "Lee", "share": "50"},
        ],
        "roles": ["Builder", "Runner", "Owner"],
        "raci": [
            {"name": "Train", "letters": ["R/A", "C", "I"]},
            {"name": "Deploy", "letters": ["R", "C", "A"]},
            {"name": "Watch", "letters": ["A", "R/A", ""]},
        ],
    }
