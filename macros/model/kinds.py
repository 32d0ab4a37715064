"""The playbook's data: every list, its file, its model. Each is said once, beside its model."""

from __future__ import annotations

from macros.model import content, template, tree
from macros.model.base import Kind, kinds_in

KINDS: tuple[Kind, ...] = (*kinds_in(content), *kinds_in(tree), *kinds_in(template))
"""Every kind of data, in the order in which the Data reference lists them."""

BY_KEY = {kind.key: kind for kind in KINDS}
"""Kind by its plural name."""

BY_WORD = {kind.word: kind for kind in KINDS}
"""Kind by the word that relations use."""


def by_file() -> dict[str, tuple[Kind, ...]]:
    """Kinds by the file that holds them."""
    files: dict[str, tuple[Kind, ...]] = {}
    for kind in KINDS:
        files[kind.file] = (*files.get(kind.file, ()), kind)
    return files


def name_of(item: object) -> str:
    """What people call an item, whichever model it is of."""
    for field in ("name", "question", "claim", "text", "role", "id"):
        value = getattr(item, field, None)
        if value:
            return str(value)
    return ""
