"""What the data is and where it comes from."""

from __future__ import annotations

from macros.model.content import Situation
from macros.model.kinds import KINDS
from macros.model.renamed import RENAMED
from macros.playbook import Playbook
from macros.views.reference import kinds, models, slides


def test_every_kind_has_its_file_its_text_and_its_models() -> None:
    assert [each["key"] for each in kinds()] == [kind.key for kind in (*KINDS, RENAMED)]
    roles = next(each for each in kinds() if each["key"] == "roles")
    assert (roles["file"], roles["text"].startswith("A role: a column of the RACI")) == ("roles", True)
    assert [each["name"] for each in roles["models"]] == ["Role", "Silence"]


def test_a_model_comes_before_those_inside_it() -> None:
    found = models(Situation)
    assert [each["name"] for each in found] == ["Situation", "Reading", "Hypothesis"]
    assert [field.name for field in found[2]["fields"]] == ["name", "check", "role", "source"]


def test_items_are_counted_by_the_slides_that_they_come_from(small_playbook: Playbook) -> None:
    found = dict(slides(small_playbook))
    assert list(found) == sorted(found)
    assert found[4] == ([(2, "components")], [])
    assert found[14] == ([(2, "stakeholder questions"), (1, "stakeholder")], [])
    assert found[9] == ([(2, "roles")], [])
    assert 1 not in found


def test_what_goes_after_a_slide_is_counted_apart_and_parts_count_for_their_item(playbook: Playbook) -> None:
    said, after = dict(slides(playbook))[25]
    assert said == [(1, "situation")]
    assert (3, "terms") in dict(slides(playbook))[30][1]
    assert after == []
