"""The decision tree in reading order."""

from __future__ import annotations

from collections.abc import Mapping

from macros.model.tree import FirstStep, Question, starts
from macros.playbook import Playbook


def root(playbook: Playbook) -> Question:
    """The question where everybody begins. The linter has proved that there is one."""
    questions = playbook.of(Question)
    return questions[starts(questions.values(), playbook.origins[Question.kind.key].ours)[0]]


def node(playbook: Playbook, name: str) -> Question | FirstStep:
    """A question or first step by id."""
    return playbook.of(Question).get(name) or playbook.of(FirstStep)[name]


def former(playbook: Playbook) -> Mapping[str, tuple[str, ...]]:
    """Ids that a node had in earlier versions, by its id today, so that old links to it still arrive."""
    found: dict[str, tuple[str, ...]] = {}
    for kind in (Question, FirstStep):
        for old, new in playbook.origins[kind.kind.key].renamed.items():
            if new is not None and old not in playbook.of(kind):
                found[new] = (*found.get(new, ()), old)
    return found


def reading_order(playbook: Playbook) -> tuple[Question | FirstStep, ...]:
    """Each node once, depth first from the root, as a reader without JavaScript meets it."""
    found: dict[str, Question | FirstStep] = {}
    waiting = [root(playbook).id]
    while waiting:
        here = node(playbook, waiting.pop())
        if here.id not in found:
            found[here.id] = here
            answers = here.answers if isinstance(here, Question) else ()
            waiting.extend(each.to for each in reversed(answers))
    return tuple(found.values())
