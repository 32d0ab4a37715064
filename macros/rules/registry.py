"""What a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from macros.diagnostics import Diagnostic, Severity
from macros.load.reading import Reading


@dataclass(frozen=True)
class Says:
    """What a rule says of a case, with `{placeholders}` for what it is about.

    These texts are data, since the browser says the same of a sheet that is being filled.
    """

    message: str
    hint: str = ""

    def of(self, **values: object) -> tuple[str, str]:
        """Message and hint with the values in their places."""
        return self.message.format(**values), self.hint.format(**values)


@dataclass(frozen=True)
class Rule:
    """One cross-file check.

    Args:
        id: kebab-case; shown in reports and used to turn the rule off.
        severity: what a finding is.
        title: the rule in one line.
        why: what goes wrong in practice when it is broken, and how to mend it.
        check: the function that finds the problems.
        can_ignore: whether an item may turn it off with a reason.
        says: what it says, by case; for rules that the browser checks, too.
    """

    id: str
    severity: Severity
    title: str
    why: str
    check: Callable[[Reading], Iterable[Diagnostic]]
    can_ignore: bool = False
    says: Mapping[str, Says] = field(default_factory=dict)


READING: dict[str, str] = {
    "yaml-syntax": "The file is not valid YAML; the message names the place and the usual cause.",
    "yaml-tag": "A `!tag` asks YAML to build an object. Data files hold text, numbers, lists and mappings.",
    "yaml-trap": "A bare word that YAML reads as something else: `no`, `on`, `1e3`, `2026-05-01`. Quote it.",
    "alias-expansion": "Anchors and aliases that contain themselves or multiply the data.",
    "control-character": "Text holds a character that cannot be seen or written.",
    "duplicate-key": "The same key twice in one mapping; YAML would keep the last one silently.",
    "duplicate-id": "Two items of one list share an id.",
    "encoding": "The file is not UTF-8.",
    "merge-conflict": "The file holds the lines with which git marks a conflict.",
    "environment": "A variable of the environment is called nearly like one that is read.",
    "file-size": "The file is larger than 32 MiB, or holds more than 3 million values.",
    "empty-file": "The file has no content.",
    "empty-list": "The list has no items.",
    "missing-file": "A file that the playbook needs is not there.",
    "unknown-file": "A file in `data/` or `company/` that nothing reads, most often a misspelled name.",
    "special-file": "A link to nothing or in a circle, a pipe or a device where a file is expected.",
    "unreadable-file": "The operating system refuses to open the file.",
    "unknown-key": "A key that the model does not have.",
    "unknown-override": "`company/` names an id that the playbook does not have.",
    "direct-edit": "A file of upstream's was changed, or one was added beside it; only a warning.",
    "outside-company": "A link in `company/` leads out of it.",
    "missing-key": "A key that the model needs.",
    "wrong-type": "A list where text was expected, a number where a mapping was expected, and so on.",
    "wrong-value": "The right type, but not one of the values allowed.",
    "page-syntax": "A page has a template error.",
    "front-matter": "A setting at the top of a page that nothing reads, or that takes another value.",
    "two-sources": "Two pages or files are published at one address, so one would hide the other.",
    "outside-docs": "A page includes a file that is not below `docs/`.",
    "company-macros": "`company/macros.py` cannot be used.",
    "navigation": "`company/site.yml` asks for a change of the navigation that cannot be made.",
    "contrast": "A color of `company/site.yml` on which text cannot be read.",
    "unknown-macro": "A page calls a macro, or uses a filter, that does not exist.",
    "macro-arguments": "A page calls a macro with arguments that it does not take, or names it without `()`.",
}
"""What the reading layers refuse, by id: these are facts about a file and cannot be turned off."""
