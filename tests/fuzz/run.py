"""Random cases for a while: `python tests/fuzz/run.py --seconds 60 [subject …]`.

A subject is a module beside this one with `once(random) -> None`: it makes one case from the given
source of chance, tries it, and raises where something that must hold does not. A case depends on its
seed alone, so that a seed that failed fails again: `--seed 12345 --cases 1 subject`.
"""

from __future__ import annotations

import argparse
import importlib
import random
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
if __name__ == "__main__":
    sys.path[0] = str(ROOT)

PATIENCE = 30
"""Seconds that one case may take."""
MOST_MEMORY = 300 * 2**20
"""Bytes that the process may hold at its peak."""


def subjects() -> list[str]:
    """What can be fuzzed: modules beside this one that have `once`."""
    found = sorted(path.stem for path in HERE.glob("*.py") if "\ndef once(" in path.read_text("utf-8"))
    return [name for name in found if name != Path(__file__).stem]


def _too_slow(*_: object) -> None:
    raise TimeoutError(f"the case takes longer than {PATIENCE} s")


def fuzz(name: str, seeds: Iterator[int], until: float, cases: int | None = None) -> tuple[int, int | None]:
    """Try cases of one subject.

    Args:
        name: the subject.
        seeds: one for each case.
        until: when to stop, by `time.monotonic`.
        cases: how many at most.

    Returns:
        How many were tried, and the seed of the one that failed.
    """
    once: Callable[[random.Random], None] = importlib.import_module(f"tests.fuzz.{name}").once
    signal.signal(signal.SIGALRM, _too_slow)
    tried = 0
    for seed in seeds:
        if (tried and time.monotonic() > until) or tried == cases:
            break
        tried += 1
        signal.alarm(PATIENCE)
        try:
            once(random.Random(seed))  # noqa: S311 - chance that can be repeated
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (
                1 if sys.platform == "darwin" else 1024
            )
            if peak > MOST_MEMORY:
                raise MemoryError(f"{peak // 2**20} MiB at the peak, {MOST_MEMORY // 2**20} are allowed")
        except Exception:  # whatever it is, it is the finding
            traceback.print_exc()
            return tried, seed
        finally:
            signal.alarm(0)
    return tried, None


def main(arguments: list[str]) -> int:
    """Fuzz each subject in turn; 1 where a case failed."""
    known = subjects()
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("subject", nargs="*", help=f"of {', '.join(known)}; all by default")
    parser.add_argument("--seconds", type=float, default=20, help="for each subject")
    parser.add_argument("--seed", type=int, help="of the first case; by chance if not given")
    parser.add_argument("--cases", type=int, help="at most so many of each subject")
    given = parser.parse_args(arguments)
    for name in given.subject:
        if name not in known:
            parser.error(f"no subject '{name}'; there are {', '.join(known)}")
    first = random.SystemRandom().randrange(10**9) if given.seed is None else given.seed
    failed = False
    for name in given.subject or known:
        until = time.monotonic() + given.seconds
        tried, seed = fuzz(name, iter(range(first, sys.maxsize)), until, given.cases)
        if seed is None:
            print(f"{name}: {tried} cases from seed {first}, all hold", flush=True)
        else:
            failed = True
            again = f"python tests/fuzz/run.py --seed {seed} --cases 1 {name}"
            print(f"{name}: case {tried} fails; again by: {again}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
