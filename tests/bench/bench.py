"""Measures what the kit costs over plain Material, and what loading costs. Run by `make bench`.

Everything is a ratio or a difference within one run: this site and a plain one are built in
turn, so that a noisy machine disturbs both alike. Medians are printed.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
HOOK = """
from pathlib import Path
def on_page_markdown(markdown, page, config, files):
    path = Path(config["extra"]["expanded"]) / page.file.src_uri
    path.parent.mkdir(parents=True, exist_ok=True)
    head = "---\\nhide: [" + ", ".join(page.meta.get("hide", [])) + "]\\n---\\n" if page.meta else ""
    path.write_text(head + markdown, "utf-8")
on_page_markdown.mkdocs_priority = -100
"""


def run(arguments: Sequence[str], cwd: Path = ROOT) -> float:
    """Whole-process time of a Python command, in seconds."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=cwd, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)  # fmt: skip
    return time.perf_counter() - start


def in_turn(rounds: int, *measures: Callable[[], float]) -> list[float]:
    """Median of each measure, taken in turn."""
    times: list[list[float]] = [[] for _ in measures]
    for _ in range(rounds):
        for measure, list_ in zip(measures, times, strict=True):
            list_.append(measure())
    return [statistics.median(each) for each in times]


def plain_project(folder: Path) -> Path:
    """The same pages after macro expansion, as a site of Material alone."""
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    docs = folder / "docs"
    shutil.copytree(ROOT / "docs", docs, ignore=shutil.ignore_patterns("*.md"))
    (folder / "hook.py").write_text(HOOK)
    expanding = config.replace("extra:\n", f"hooks: [{folder / 'hook.py'}]\nextra:\n  expanded: {docs}\n", 1)
    temporary = ROOT / ".bench.yml"
    try:
        temporary.write_text(expanding)
        run(["-m", "mkdocs", "build", "-q", "-f", str(temporary), "-d", str(folder / "expanded")])
    finally:
        temporary.unlink()
    plain = re.sub(r"  - macros:\n(      .*\n)+", "", config).replace("  - macros.site.abbreviations\n", "")
    assert "macros" not in plain.partition("plugins:")[2].partition("validation:")[0]
    (folder / "mkdocs.yml").write_text(plain)
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    return folder


def builds(folder: Path, rounds: int) -> None:
    """Print the ratio of whole builds."""
    plain = plain_project(folder / "plain")

    def ours() -> float:
        return run(["-m", "mkdocs", "build", "-q", "-d", str(folder / "a")])

    def first() -> float:
        shutil.rmtree(ROOT / ".cache", ignore_errors=True)  # a fresh clone remembers nothing
        return ours()

    fresh, again, theirs = in_turn(
        rounds, first, ours, lambda: run(["-m", "mkdocs", "build", "-q", "-d", str(folder / "b")], plain)
    )
    pages = len(list((ROOT / "docs").rglob("*.md")))
    print(f"build, {pages} pages: {again:.2f} s; plain Material: {theirs:.2f} s")
    print(f"  ratio {again / theirs:.2f} (at most 1.15)")
    print(f"  first build of a clone, with nothing remembered: {fresh:.2f} s, ratio {fresh / theirs:.2f}")


LOAD = "from pathlib import Path\nfrom macros.playbook import Playbook, load\n"
TIMED = (
    LOAD
    + "import sys, time\nstart = time.perf_counter()\nloaded = load(Path(sys.argv[1]))\nprint(time.perf_counter() - start)\nassert isinstance(loaded, Playbook), loaded[:3]\n"
)


def timed_load(root: Path) -> float:
    """Time of `load` alone, first call of a process, in seconds."""
    result = subprocess.run([sys.executable, "-c", TIMED, str(root)], cwd=ROOT, capture_output=True, check=True, text=True)  # fmt: skip
    return float(result.stdout)


def multiply(root: Path, times: int) -> None:
    """Repeat components and activities under new ids."""
    for file in ("components", "raci"):
        path = root / "data" / f"{file}.yml"
        head, _, body = path.read_text("utf-8").partition("\n  - id: ")
        body = "\n  - id: " + body.rstrip("\n")
        copies = [body]
        for number in range(1, times):
            copies.append(re.sub(r"(\n  - id: \S+)", rf"\g<1>-{number}", body))
        path.write_text(head + "".join(copies) + "\n", "utf-8")


def loading(folder: Path, rounds: int) -> None:
    """Print loading times, and how they grow."""
    large = folder / "large"
    shutil.copytree(ROOT / "data", large / "data")
    (large / "docs").symlink_to(ROOT / "docs")
    multiply(large, 100)
    nothing, imports, whole, alone, hundredfold = in_turn(
        rounds,
        lambda: run(["-c", "pass"]),
        lambda: run(["-c", "import pydantic.main, yaml"]),
        lambda: run(["-c", f"{LOAD}load(Path('.'))"]),
        lambda: timed_load(ROOT),
        lambda: timed_load(large),
    )
    print(f"load and validate: {alone:.3f} s in the process (at most 0.15)")
    print(f"  whole process beyond interpreter start: {whole - nothing:.3f} s, of which importing pydantic and PyYAML {imports - nothing:.3f} s")  # fmt: skip
    print(f"  100 times the components and activities: {hundredfold:.3f} s, {hundredfold / alone:.1f} times as long (at most 120)")  # fmt: skip


CHECK = "from macros.cli import main; main()"


def layer(folder: Path, rounds: int) -> None:
    """Print what a company layer of 500 overrides costs."""
    bare, full = folder / "bare", folder / "full"
    for root in (bare, full):
        shutil.copytree(ROOT / "data", root / "data")
        (root / "docs").symlink_to(ROOT / "docs")
        (root / "mkdocs.yml").symlink_to(ROOT / "mkdocs.yml")
    (full / "company").mkdir()
    terms = re.findall(r"id: ([a-z-]+),", (ROOT / "data/glossary.yml").read_text("utf-8"))
    changed = [f"  - {{id: {name}, text: Ours.}}" for name in terms]
    added = [
        f"  - {{id: ours-{n}, after: {terms[n % len(terms)]}, name: Ours {n}, text: Text {n}.}}"
        for n in range(500 - len(changed))
    ]
    (full / "company/glossary.yml").write_text("terms:\n" + "\n".join([*changed, *added]) + "\n")
    without, with_layer = in_turn(
        rounds,
        lambda: run(["-c", CHECK, "check", "--root", str(bare)]),
        lambda: run(["-c", CHECK, "check", "--root", str(full)]),
    )
    print(f"check: {without:.2f} s; with 500 overrides {with_layer:.2f} s")
    print(f"  ratio {with_layer / without:.2f} (at most 2)")


def main() -> None:
    """Run every measurement; the number of rounds may be given."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        loading(Path(name), rounds)
        layer(Path(name), rounds)
        builds(Path(name), rounds)


if __name__ == "__main__":
    main()
