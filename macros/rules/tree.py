"""The decision tree leads everybody, by every path, to a first step."""

from __future__ import annotations

from collections.abc import Container, Iterator
from itertools import islice, takewhile

from macros.diagnostics import Diagnostic
from macros.load.reading import Entry, Reading
from macros.model.base import Item
from macros.model.tree import FirstStep, Question, starts
from macros.rules.registry import Rule

_SHOWN = 12
"""Questions of a circle, or of what is left out, that are named at most: a tree may be thousands deep."""


def _questions(reading: Reading) -> dict[str, Entry[Question]]:
    return {entry.item.id: entry for entry in reading.of(Question)}


def _complete(reading: Reading) -> bool:
    """Whether every question could be read, and leads on: with a hole in the tree, paths prove nothing."""
    known = {**reading.ids(Question), **reading.ids(FirstStep)}
    questions = reading.of(Question)
    leads_on = all(answer.to in known for entry in questions for answer in entry.item.answers)
    return bool(questions) and reading.whole(Question) and leads_on


def _starts(reading: Reading) -> list[str]:
    """Questions that no answer leads to; the first one is the start."""
    return starts((entry.item for entry in reading.of(Question)), _said(reading, Question))


def _said(reading: Reading, kind: type[Item]) -> Container[str]:
    """Ids that the company's layer says something about."""
    return reading.ours.get(kind.kind.key, {})


def _left_out(reading: Reading, entry: Entry[Question] | Entry[FirstStep]) -> bool:
    """Whether the company's answers may lead past an item, since it is the playbook's and not touched.

    A newer playbook brings questions that answers written for an older one cannot lead to.
    """
    return bool(_said(reading, Question)) and entry.item.id not in _said(reading, type(entry.item))


def one_root(reading: Reading) -> Iterator[Diagnostic]:
    """More than one question, or none, that no answer leads to."""
    if not _complete(reading):
        return
    questions = _questions(reading)
    roots = _starts(reading)
    for name in roots[1:]:
        if not _left_out(reading, questions[name]):
            message = f"no answer leads to '{name}'; only the first question '{roots[0]}' may start"
            yield questions[name].diagnostic(("id",), message, "let an answer lead to it")
    if not roots:
        first = next(iter(questions.values()))
        yield first.diagnostic(("id",), "every question is led to, so the tree has no start")


def no_cycle(reading: Reading) -> Iterator[Diagnostic]:
    """Answers that lead back to a question on the way to them."""
    questions = _questions(reading)
    done: set[str] = set()
    for start in questions:
        # Depth first without recursion: a company's tree may be deeper than Python's stack.
        trail: dict[str, None] = {}
        stack: list[tuple[str, int]] = [(start, 0)] if start not in done else []
        while stack:
            name, index = stack.pop()
            if index == 0:
                trail[name] = None
            answers = questions[name].item.answers
            if index == len(answers):
                trail.popitem()
                done.add(name)
                continue
            stack.append((name, index + 1))
            to = answers[index].to
            if to in trail:
                loop = _loop(trail, to)
                yield questions[name].diagnostic(
                    ("answers", index, "to"), f"goes in a circle: {loop}", "lead on, not back"
                )
            elif to in questions and to not in done:
                stack.append((to, 0))


def _loop(trail: dict[str, None], to: str) -> str:
    """The questions of a circle, from the one that is led back to; of a long one its ends."""
    back: list[str] = list(islice(takewhile(lambda name: name != to, reversed(trail)), _SHOWN + 1))
    hidden = ["…"] if len(back) > _SHOWN else []
    return " → ".join([to, *hidden, *reversed(back[:_SHOWN]), to])


def _unreached(reading: Reading) -> list[Entry[Question] | Entry[FirstStep]]:
    """What no path from the start reaches."""
    questions = _questions(reading)
    roots = _starts(reading)
    # A second root is reported as such; what hangs below it is not lost as well.
    waiting = [name for name in roots if name == roots[0] or not _left_out(reading, questions[name])]
    seen = set(waiting)
    while waiting:
        name = waiting.pop()
        for answer in questions[name].item.answers if name in questions else ():
            if answer.to not in seen:
                seen.add(answer.to)
                waiting.append(answer.to)
    steps: list[Entry[FirstStep]] = reading.of(FirstStep)
    entries: list[Entry[Question] | Entry[FirstStep]] = [*questions.values(), *steps]
    return [entry for entry in entries if roots and entry.item.id not in seen]


def reachable(reading: Reading) -> Iterator[Diagnostic]:
    """Questions and first steps that no path from the start reaches."""
    for entry in _unreached(reading) if _complete(reading) else ():
        if not _left_out(reading, entry):
            message = f"no path reaches '{entry.item.id}'"
            yield entry.diagnostic(("id",), message, "let an answer lead to it, or remove it")


def left_out(reading: Reading) -> Iterator[Diagnostic]:
    """The playbook's questions and first steps that the company's answers lead past."""
    entries = _unreached(reading) if _complete(reading) else []
    names = [entry.item.id for entry in entries if _left_out(reading, entry)]
    if names:
        ours = next(entry for entry in reading.of(Question) if entry.item.id in _said(reading, Question))
        shown = ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
        message = f"the tree leads past {len(names)} of the playbook's questions and first steps: {shown}"
        yield ours.diagnostic(("id",), message, "let answers lead to them, or remove them")


def answers_once(reading: Reading) -> Iterator[Diagnostic]:
    """The same answer twice in one question."""
    for entry in reading.of(Question):
        ids: set[str] = set()
        texts: set[str] = set()
        for index, answer in enumerate(entry.item.answers):
            if answer.id in ids:
                message = f"answer '{answer.id}' stands twice"
                yield entry.diagnostic(("answers", index, "id"), message, "give each its own id")
            if answer.text.casefold() in texts:
                message = "the same answer text stands twice"
                yield entry.diagnostic(("answers", index, "text"), message, "nobody can choose")
            ids.add(answer.id)
            texts.add(answer.text.casefold())


def names_apart(reading: Reading) -> Iterator[Diagnostic]:
    """A first step named like a question."""
    for entry in reading.of(FirstStep):
        if entry.item.id in reading.ids(Question):
            message = f"'{entry.item.id}' is also a question"
            yield entry.diagnostic(("id",), message, "an answer could not say which one it means")


RULES = (
    Rule(
        "tree-one-root",
        "error",
        "The tree has one start",
        "Exactly one question is led to by no answer: that is where everybody begins.",
        one_root,
    ),
    Rule(
        "tree-cycle",
        "error",
        "No path goes in a circle",
        "Somebody who answers honestly must arrive. The message shows the circle. As every question has "
        "answers and every answer leads on, a tree without circles ends in a first step on every path.",
        no_cycle,
    ),
    Rule(
        "tree-unreachable",
        "error",
        "Every question and first step can be reached",
        "Advice that nobody can arrive at is lost work, and usually a link that was changed by mistake.",
        reachable,
    ),
    Rule(
        "tree-left-out",
        "warning",
        "The company's answers lead to all of the playbook's questions",
        "Answers that a company replaced were written for the questions of that time. What a newer playbook "
        "adds is left out until an answer leads to it. What you remove is left out for good.",
        left_out,
    ),
    Rule(
        "tree-answer-twice",
        "error",
        "No answer stands twice",
        "Two answers with the same id or text cannot be told apart, on the page or in a link.",
        answers_once,
    ),
    Rule(
        "tree-name-clash",
        "error",
        "Questions and first steps have different names",
        "They share one space of ids, since an answer can lead to either.",
        names_apart,
    ),
)
