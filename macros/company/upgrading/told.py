"""What is said about an upgrade: beforehand and when it is made, the same lists."""

from __future__ import annotations

from collections.abc import Iterator

from macros.company.upgrading.journal import CODE
from macros.company.upgrading.plan import BESIDE, QUIET, Step
from macros.company.upgrading.record import NEW
from macros.company.upgrading.run import Upgrade
from macros.company.upgrading.texts import difference

_WORDS = {
    "merged": "you and upstream changed it in different places; both changes are in it",
    "yours": "you changed it, upstream did not; yours stays",
    "gone": "you removed it; it stays away",
}
_SHOWN = ("kept", "blocked", "left", "merged")
"""What is shown as a difference, too."""
LOOK_AT = ("kept", "blocked", "left")
"""What somebody has to look at."""
_DEPENDENCIES = (
    "pyproject.toml",
    "requirements/base.txt",
    "requirements/zensical.txt",
    "requirements/dev.txt",
)


def steps_of(upgrade: Upgrade) -> Iterator[str]:
    """What happens to each file, one a line, with differences where both changed it."""
    for what in QUIET:
        yield from (f"{what:9} {step.path}" for step in upgrade.steps if step.what == what)
    for step in upgrade.steps:
        if step.what not in (*QUIET, "same"):
            yield f"{_called(step):9} {step.path}: {_words(step)}"
            if step.what in _SHOWN:
                yield from (f"          {line}".rstrip() for line in _difference(upgrade, step))


def _called(step: Step) -> str:
    return {"gone": "removed", "merged": "merged"}.get(step.what, "kept")


def _words(step: Step) -> str:
    if step.what == "kept":
        said = f"you and upstream changed it; yours stays, upstream's is put in {NEW}/{step.path}"
        if step.path.startswith(f"{CODE}/"):
            said = f"{said}, to copy over yours where 'playbook' no longer starts"
        return f"{said}; the changes are in different places, --merge puts both in" if step.fits else said
    if step.what == "left":
        moved = f"moved it to {step.moved}" if step.moved else "removed it"
        return f"you changed it, upstream has {moved}; yours stays"
    if step.what == "blocked":
        return f"is yours; upstream has a file of this name now, put in {NEW}/{step.path}"
    return _WORDS[step.what]


def _difference(upgrade: Upgrade, step: Step) -> Iterator[str]:
    place = upgrade.root / step.path
    if not place.is_file() or place.is_symlink():
        yield "(no plain file; it is not compared)"
        return
    yours = place.read_bytes()
    base = upgrade.base.content(step.base) if step.base else None
    theirs = upgrade.version.content(step.path) if step.new else None
    if base is None:
        if step.base:
            yield "(what it was before is not known here, so this is the difference of two)"
        if theirs is not None:
            yield from difference(yours, theirs, ("yours", f"upstream {upgrade.version.called}"))
        return
    yield from difference(base, yours, ("before", "yours"))
    if theirs is not None:
        yield from difference(base, theirs, ("before", f"upstream {upgrade.version.called}"))


def summary(upgrade: Upgrade) -> str:
    """How much happens, in one line."""
    counted = upgrade.counted()
    kept = sum(counted.get(what, 0) for what in (*BESIDE, "left", "yours"))
    parts = [f"{counted[what]} {what}" for what in (*QUIET, "merged") if counted.get(what)]
    parts += [f"{kept} kept as yours"] if kept else []
    before, after = upgrade.record.version, upgrade.version.number
    versions = (
        f"{before} → {after}" if before and after and before != after else after or upgrade.version.called
    )
    return f"{versions}: {', '.join(parts) or 'nothing changes'}."


def to_look_at(upgrade: Upgrade) -> list[Step]:
    """Files that somebody has to look at."""
    return [step for step in upgrade.steps if step.what in LOOK_AT]


def has_other_dependencies(upgrade: Upgrade) -> bool:
    """Whether what has to be installed changes."""
    return any(step.path in _DEPENDENCIES and step.what in (*QUIET, "merged") for step in upgrade.steps)
