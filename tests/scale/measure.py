"""Measure how time grows: exponents of loading and of building, and what parallel builds gain.

    python -m tests.scale.measure              # all of it, half an hour
    python -m tests.scale.measure data pages   # or: data, pages, zensical, many

Whole processes, cold: nothing is remembered. An exponent of 1 means that twice the size takes twice as
long; it is fitted through all sizes, by least squares of the logarithms.
"""

from __future__ import annotations

import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.conftest import ROOT
from tests.scale import generate

PLAYBOOK = ["-c", "from macros.cli import main; main()"]
TIMES = (1, 10, 100, 1000)
PAGES = (100, 300, 1500)
PAGES_ZENSICAL = (100, 300, 1500, 3000)
COMPANIES = 60


def exponent(points: Iterable[tuple[float, float]]) -> float:
    """Slope of the line through points on logarithmic axes, by least squares.

    Args:
        points: size and seconds.
    """
    logs = [(math.log(size), math.log(seconds)) for size, seconds in points]
    middle = [sum(axis) / len(logs) for axis in zip(*logs, strict=True)]
    across = sum((x - middle[0]) * (y - middle[1]) for x, y in logs)
    return across / sum((x - middle[0]) ** 2 for x, _ in logs)


def timed(arguments: list[str], root: Path) -> float:
    """Seconds that a command takes in a project, in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    start = time.perf_counter()
    command = [sys.executable, *PLAYBOOK, *arguments]
    result = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )  # fmt: skip
    seconds = time.perf_counter() - start
    if result.returncode:
        sys.exit(f"{' '.join(arguments)} failed:\n{result.stdout[-2000:]}{result.stderr[-2000:]}")
    return seconds


def grown(
    name: str, sizes: Iterable[int], make: Callable[[Path, int], None], arguments: list[str], most: float
) -> None:
    """Print the time for each size, and the exponent."""
    points: list[tuple[float, float]] = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="scale-") as folder:
            root = generate.project(Path(folder) / "project")
            make(root, size)
            points.append((size, timed(arguments, root)))
        print(f"{name:24} {size:6,}: {points[-1][1]:7.2f} s", flush=True)
    print(f"{name:24} exponent {exponent(points):.2f} (at most {most})", flush=True)


def many() -> None:
    """Print what two processes gain over one, in one run."""
    with tempfile.TemporaryDirectory(prefix="scale-") as folder:
        root = generate.project(Path(folder) / "project")
        examples = sorted((ROOT / "examples").iterdir())
        for number in range(COMPANIES):
            example = examples[number % len(examples)]
            shutil.copytree(example, root / "layers" / f"{example.name}-{number:02}")
        seconds = {}
        for jobs in (1, 2):
            shutil.rmtree(root / ".cache", ignore_errors=True)
            shutil.rmtree(root / "sites", ignore_errors=True)
            seconds[jobs] = timed(["build-all", "layers", "--jobs", str(jobs)], root)
            print(f"{COMPANIES} companies, {jobs} at a time: {seconds[jobs]:.1f} s", flush=True)
        print(f"two at a time: {seconds[1] / seconds[2]:.2f} times faster (at least 1.7)", flush=True)


def main(*wanted: str) -> None:
    """Measure what is wanted, or all."""
    chosen = wanted or ("data", "pages", "zensical", "many")
    if "data" in chosen:
        grown("load and check, times", TIMES, generate.multiply, ["check"], 1.1)
    if "pages" in chosen:
        grown("MkDocs, pages", PAGES, generate.pages, ["build"], 1.2)
    if "zensical" in chosen:
        build = ["build", "--generator", "zensical"]
        grown("Zensical, pages", PAGES_ZENSICAL, generate.pages, build, 1.1)
    if "many" in chosen:
        many()


if __name__ == "__main__":
    main(*sys.argv[1:])
