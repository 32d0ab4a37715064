"""The decision tree: questions, answers, first steps."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Annotated

from pydantic import Field

from macros.model.base import Id, Item, Model, Ref, Text
from macros.model.content import Link


class Answer(Model):
    """One answer to a question, and the node it leads to."""

    id: Id
    """Stable within its question: it is a part of the link that people send each other."""
    text: Text
    to: Annotated[str, Ref("nodes")]
    """Id of the next question or of a first step."""


class Question(Item, key="questions", file="decision_tree", one="question"):
    """One question of the tree. The root is the question that no answer leads to."""

    text: Text
    short: Text
    """A few words, for the picture of the tree and the path walked."""
    help: Text
    """How to find the answer when nobody in the room knows."""
    answers: Annotated[tuple[Answer, ...], Field(min_length=2)]


class FirstStep(Item, key="first_steps", file="decision_tree", one="first step"):
    """Where a path ends: one thing to do first."""

    name: Text
    why: Text
    """Why this one, and not another."""
    actions: Annotated[tuple[Text, ...], Field(min_length=3, max_length=5)]
    """Three to five actions for tomorrow."""
    who: Text
    """Who does them."""
    template: Annotated[str, Ref("templates", may_go=True)]
    """The template to fill."""
    read: Annotated[tuple[Link, ...], Field(min_length=1)]
    """What to read first."""
    done_when: Text


def starts(questions: Iterable[Question], ours: Container[str]) -> list[str]:
    """Questions that no answer leads to. The first one is where everyone begins.

    Args:
        questions: in their order.
        ours: ids that the company's layer says something about. Such a question goes before the
            playbook's own, since an answer that the company replaced may have led to those.
    """
    answers = {each.id: each.answers for each in questions}
    led_to = {answer.to for given in answers.values() for answer in given}
    return sorted((name for name in answers if name not in led_to), key=lambda name: name not in ours)
