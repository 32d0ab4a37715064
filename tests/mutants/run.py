"""Would the tests notice? Runs them on copies of the project with one small mistake each.

    python tests/mutants/run.py                  # every mistake in mutants.yml: patience
    python tests/mutants/run.py NAME ...         # only these
    python tests/mutants/run.py -n 2 --units     # two at a time; no site, no browser

A copy holds what git knows or would take. For each mistake the unit tests run that are said to be
near it, then all units; then the files in tests/site and tests/browser that concern it, if any. The
first test that fails has killed the mutant, and so has one that never ends.

Before that, the same tests run on a copy without a mistake: what fails anyway kills nothing. Nor do
browser tests where there is no Chromium: they are skipped.

Exit code: 0 when as many are killed as wanted (all, unless `--wanted` says less), 1 for fewer, 2
where a mistake can no longer be made since the code has changed, or where tests fail without any.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
UNITS = ("tests/unit",)
LIMIT = 1800
"""Seconds after which tests are ended: a mutant that makes something go on for ever is noticed."""
FAILED = re.compile(r"^(?:FAILED|ERROR) ([^\s\[]+)", re.MULTILINE)


@dataclass(frozen=True)
class Mutant:
    """One small mistake.

    Args:
        name: kebab-case.
        room: where it is made.
        mistake: what goes wrong, in a few words.
        file: the file, below the project.
        old: text that is in the file exactly once.
        new: what stands there instead.
        first: unit tests near it.
        also: files in tests/site and tests/browser that concern it.
    """

    name: str
    room: str
    mistake: str
    file: str
    old: str
    new: str
    first: Sequence[str] = ()
    also: Sequence[str] = ()


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant: killed by which suite, and by which test; it lives where both are empty."""

    mutant: Mutant
    suite: str = ""
    test: str = ""


def mutants() -> list[Mutant]:
    """Every mistake that is made here."""
    groups = yaml.safe_load(Path(__file__).with_name("mutants.yml").read_text("utf-8"))
    return [Mutant(**each) for group in groups.values() for each in group]


def place(mutant: Mutant) -> str | None:
    """Where a mistake is made, as file and line; None where the text is not there once."""
    path = ROOT / mutant.file
    text = path.read_text("utf-8") if path.is_file() else ""
    before, *others = text.split(mutant.old)
    return f"{mutant.file}:{before.count(chr(10)) + 1}" if len(others) == 1 else None


def copied(folder: Path) -> Path:
    """A copy of the project without what is built, installed or ignored."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():  # one that is deleted is known to git still
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def failure(folder: Path, files: Sequence[str]) -> str:
    """The first test that fails in a copy; empty where none does.

    Raises:
        RuntimeError: they cannot be run, such as where a file is not there.
    """
    options = ["-x", "-q", "-p", "no:cacheprovider", f"--basetemp={folder.parent / 'temporary'}"]
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", *options, *files],
        cwd=folder,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )
    try:
        said, _ = process.communicate(timeout=LIMIT)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return f"no end after {LIMIT} seconds"
    if process.returncode not in (0, 1, 2):
        raise RuntimeError(said)
    found = FAILED.search(said)
    return (found[1] if found else "failed") if process.returncode else ""


def judge(mutant: Mutant, *, units: bool) -> Verdict:
    """Make one mistake in a copy, and see which test notices."""
    with tempfile.TemporaryDirectory(prefix="mutant-") as name:
        folder = copied(Path(name) / "project")
        path = folder / mutant.file
        path.write_text(path.read_text("utf-8").replace(mutant.old, mutant.new), "utf-8", newline="\n")
        suites = [
            ("units", mutant.first),
            ("units", UNITS),
            ("site or browser", () if units else mutant.also),
        ]
        for suite, files in suites:
            if files and (test := failure(folder, files)):
                return Verdict(mutant, suite, test)
    return Verdict(mutant)


def sound(files: Sequence[str]) -> str:
    """The first test that fails without any mistake; empty where none does."""
    with tempfile.TemporaryDirectory(prefix="mutant-") as name:
        return failure(copied(Path(name) / "project"), files)


def line(verdict: Verdict, width: int) -> str:
    """One row of the table."""
    where = place(verdict.mutant) or ""
    said = f"killed by {verdict.suite}: {verdict.test}" if verdict.suite else "LIVES"
    return f"{verdict.mutant.name:{width}}  {where:40}  {said}"


def summary(verdicts: Sequence[Verdict]) -> str:
    """How many are killed, and by what."""
    by = [sum(each.suite == suite for each in verdicts) for suite in ("units", "site or browser", "")]
    return f"{len(verdicts)} mutants: {by[0]} killed by units, {by[1]} by site or browser, {by[2]} live."


def main() -> int:
    """Judge the mutants that are named, or all; see the top of this file."""
    parser = argparse.ArgumentParser(description="Runs the tests on copies with one small mistake each.")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("-n", type=int, default=1, dest="workers", help="how many at a time")
    parser.add_argument("--units", action="store_true", help="run unit tests only")
    parser.add_argument("--wanted", type=int, help="how many have to be killed; all by default")
    given = parser.parse_args()
    known = {each.name: each for each in mutants()}
    if unknown := [name for name in given.names if name not in known]:
        parser.error(f"no mutant '{unknown[0]}'")
    chosen = [known[name] for name in given.names] or list(known.values())
    if lost := [each for each in chosen if place(each) is None]:
        print(*(f"{each.name}: its text is not in {each.file} exactly once" for each in lost), sep="\n")
        return 2
    near = [file for each in chosen for file in each.first] if given.names else UNITS
    also = [file for each in chosen for file in each.also if not given.units]
    if test := sound(list(dict.fromkeys([*near, *also])) or UNITS):
        print(f"without any mistake: {test} fails")
        return 2
    width = max(len(each.name) for each in chosen)
    verdicts: list[Verdict] = []
    with ThreadPoolExecutor(given.workers) as pool:
        for verdict in pool.map(partial(judge, units=given.units), chosen):
            print(line(verdict, width), flush=True)
            verdicts.append(verdict)
    print(summary(verdicts))
    wanted = len(chosen) if given.wanted is None else given.wanted
    return 0 if sum(bool(each.suite) for each in verdicts) >= wanted else 1


if __name__ == "__main__":
    sys.exit(main())
