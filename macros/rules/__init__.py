"""Checks across files. A rule is a small function from what was read to problems."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from macros.diagnostics import Diagnostic
from macros.load.reading import Reading
from macros.rules import flagship, links, raci, references, related, renamed, templates, tree
from macros.rules.registry import READING, Rule

__all__ = ["READING", "RULES", "Rule", "run"]

RULES: tuple[Rule, ...] = (
    *references.RULES,
    *related.RULES,
    *links.RULES,
    *raci.RULES,
    *flagship.RULES,
    *tree.RULES,
    *templates.RULES,
    *renamed.RULES,
)
"""Every rule, in the order in which the docs list them."""


def run(reading: Reading) -> Iterator[Diagnostic]:
    """All problems that the rules find, marked with the rule's id and severity."""
    for rule in RULES:
        for problem in rule.check(reading):
            mild = problem.severity == "warning"  # what upstream wrote, and the company cannot mend
            yield replace(problem, rule=rule.id, severity="warning" if mild else rule.severity)
