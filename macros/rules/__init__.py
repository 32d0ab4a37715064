"""Checks across files. A rule is a small function from the draft to problems."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from macros.diagnostics import Diagnostic
from macros.parse import Draft
from macros.rules import flagship, raci, references, templates, tree
from macros.rules.registry import READING, Rule

__all__ = ["READING", "RULES", "Rule", "run"]

RULES: tuple[Rule, ...] = (*references.RULES, *raci.RULES, *flagship.RULES, *tree.RULES, *templates.RULES)
"""Every rule, in the order in which the docs list them."""


def run(draft: Draft) -> Iterator[Diagnostic]:
    """All problems that the rules find, marked with the rule's id and severity."""
    for rule in RULES:
        for problem in rule.check(draft):
            yield replace(problem, rule=rule.id, severity=rule.severity)
