"""Measures what people wait for, as ratios to plain Material. Run by `make bench`.

Everything is a ratio or a difference within one run: this site and a plain one of the same pages
are built in turn, so that a noisy machine disturbs both alike. Whole processes are measured, and
medians are printed. `make bench` takes the number of rounds as ROUNDS.
"""

from __future__ import annotations

import functools
import http.server
import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
PLAYBOOK = ("-c", "from macros.cli import run; run()")
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


def copy(folder: Path) -> Path:
    """Our own project in a folder of its own, compiled as `make` does it: the work tree is left alone."""
    folder.mkdir()
    for name in ("company", "data", "docs", "macros", "overrides"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    run(["-m", "compileall", "-q", "macros"], folder)
    return folder


def forget(project: Path) -> None:
    """As a fresh clone has it: nothing built, nothing remembered."""
    for name in (".cache", ".build", "site"):
        shutil.rmtree(project / name, ignore_errors=True)


EDITED = "data/takeaways.yml"


def edit(path: Path, mark: str) -> None:
    """Change one sentence of a file, in a way that its page shows."""
    text = path.read_text("utf-8")
    changed, count = re.subn(r"(\bteam)( edited\d+)?", rf"\g<1> {mark}", text, count=1)
    assert count == 1, path
    path.write_text(changed, "utf-8")


def builds(folder: Path, rounds: int) -> None:
    """Print what whole builds take, beside plain Material on the same pages."""
    plain, ours = plain_project(folder / "plain"), copy(folder / "ours")
    number = iter(range(10_000))

    def theirs() -> float:
        forget(plain)
        return run(["-m", "mkdocs", "build", "-q"], plain)

    def cold() -> float:
        forget(ours)
        return run([*PLAYBOOK, "build"], ours)

    def after_edit() -> float:
        edit(ours / EDITED, f"edited{next(number)}")
        return run([*PLAYBOOK, "build"], ours)

    first, again, base = in_turn(rounds, cold, after_edit, theirs)
    pages = len(list((plain / "site").rglob("index.html")))
    print(f"plain Material, {pages} pages: {base:.2f} s")
    print(f"  cold playbook build {first:.2f} s, ratio {first / base:.2f} (at most 1.6)")
    print(f"  build after an edit of a data file {again:.2f} s, ratio {again / base:.2f} (at most 1.25)")
    forget(ours)
    most, least = peak([*PLAYBOOK, "build"], ours), peak(["-m", "mkdocs", "build", "-q"], plain)
    print(f"  peak memory of the cold build {most:.0f} MB, of the plain one {least:.0f} MB, ratio {most / least:.2f} (at most 1.4)")  # fmt: skip
    serving(ours, plain, rounds)


def peak(arguments: Sequence[str], cwd: Path) -> float:
    """Largest resident size of any process of a command, in MB."""
    watch = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"  # fmt: skip
    result = subprocess.run([sys.executable, "-c", watch, sys.executable, *arguments], cwd=cwd, env=ENVIRONMENT, capture_output=True, check=True, text=True)  # fmt: skip
    return int(result.stdout) / 1024


@contextmanager
def served(arguments: Sequence[str], cwd: Path) -> Iterator[str]:
    """A live server, ready to answer at the address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/takeaways/"
    command = [sys.executable, *(each.replace("PORT", str(port)) for each in arguments)]
    server = subprocess.Popen(command, cwd=cwd, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        wait_for(address, "team")
        yield address
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str, mark: str) -> None:
    """Wait until a page shows a text."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310 - our own server
                if mark in answer.read().decode():
                    return
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.01)
    raise TimeoutError(f"{address} does not show {mark}")


def serving(ours: Path, plain: Path, rounds: int) -> None:
    """Print how long an edit takes until the page shows it, under either live server."""
    number = iter(range(10_000, 20_000))
    with (
        served([*PLAYBOOK, "serve", "--port", "PORT"], ours) as our_address,
        served(["-m", "mkdocs", "serve", "-q", "-a", "127.0.0.1:PORT"], plain) as their_address,
    ):

        def reload(path: Path, address: str) -> float:
            time.sleep(1.5)  # nobody edits sooner; a process for the next edit is made ready meanwhile
            mark = f"edited{next(number)}"
            start = time.perf_counter()
            edit(path, mark)
            wait_for(address, mark)
            return time.perf_counter() - start

        seen, base = in_turn(
            rounds,
            lambda: reload(ours / EDITED, our_address),
            lambda: reload(plain / "docs/takeaways.md", their_address),
        )
    print(f"edit to reload: playbook serve {seen:.2f} s, mkdocs serve of the plain pages {base:.2f} s, ratio {seen / base:.2f} (at most 1.25)")  # fmt: skip


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
        max(rounds, 9),
        lambda: run(["-c", "pass"]),
        lambda: run(["-c", "import click, jinja2, pydantic.main, yaml"]),
        lambda: run([*PLAYBOOK, "check"]),
        lambda: timed_load(ROOT),
        lambda: timed_load(large),
    )
    print(f"playbook check: {whole - nothing:.3f} s beyond interpreter start (at most 0.20), of which importing click, Jinja, Pydantic and PyYAML {imports - nothing:.3f} s")  # fmt: skip
    print(f"load and validate: {alone:.3f} s in the process (at most 0.15)")
    print(f"  100 times the components and activities: {hundredfold:.3f} s, {hundredfold / alone:.1f} times as long (at most 120)")  # fmt: skip


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
        lambda: run([*PLAYBOOK, "check", "--root", str(bare)]),
        lambda: run([*PLAYBOOK, "check", "--root", str(full)]),
    )
    print(f"check: {without:.2f} s; with 500 overrides {with_layer:.2f} s")
    print(f"  ratio {with_layer / without:.2f} (at most 2)")


# A key is handled when its handlers have run, and the frame after it has been worked out. Waiting for
# that frame is no work. How long the key lay in the browser before the page got it is printed apart:
# the page causes it only by a long task of its own, and those are counted.
WATCH = """
window.presses = [];
window.longTasks = 0;
new PerformanceObserver(list => { window.longTasks += list.getEntries().length; }).observe({ type: 'longtask' });
addEventListener('keydown', event => {
  const press = { late: performance.now() - event.timeStamp, start: performance.now(), handled: 0, frame: 0 };
  requestAnimationFrame(() => { press.begin = performance.now(); });
  window.press = press;
  window.presses.push(press);
}, true);
addEventListener('input', () => {
  const press = window.press;
  press.handled = performance.now() - press.start;
  requestAnimationFrame(() => { document.body.offsetHeight; press.frame = performance.now() - press.begin; });
});
"""


def keys(folder: Path, activities: int = 200) -> None:
    """Print how long a key press takes on a RACI sheet of 200 rows, in Chromium."""
    chromium = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "google-chrome"))), None
    )
    if chromium is None:
        print("key press: not measured, since Chromium is not installed")
        return
    from playwright.sync_api import sync_playwright

    project = folder / "wide"
    for name in ("data", "docs", "macros", "overrides"):
        shutil.copytree(ROOT / name, project / name)
    shutil.copy(ROOT / "mkdocs.yml", project)
    multiply(project, activities // 7 + 1)
    run(["-m", "mkdocs", "build", "-q", "-d", str(folder / "wide-site")], project)
    handler = functools.partial(Quiet, directory=str(folder / "wide-site"))
    with (
        http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server,
        sync_playwright() as playwright,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"http://127.0.0.1:{server.server_port}/templates/raci-sheet/")
        page.wait_for_selector("[data-pb-fill]:not([hidden])")
        rows = page.locator("#matrix tbody tr").count()
        page.wait_for_timeout(1500)  # the site's search reads its index first; nobody types that soon
        page.evaluate(WATCH)
        pauses = random.Random(1)  # noqa: S311 - the same each time
        for place in ("textarea >> nth=0", "textarea >> nth=100", "textarea >> nth=198", "select >> nth=500"):
            page.locator(f"#matrix tbody {place}").focus()
            page.wait_for_timeout(300)
            for key in (
                "Two answer for it, since both halves are needed. " if "textarea" in place else "RACI" * 12
            ):
                page.keyboard.press(key)
                page.wait_for_timeout(pauses.choice([30, 60, 120, 260]))
        page.wait_for_timeout(500)
        presses, long_tasks = page.evaluate("[presses.filter(each => each.handled), longTasks]")
        browser.close()
        server.shutdown()
    times = sorted(each["handled"] + each["frame"] for each in presses)
    late = sorted(each["late"] for each in presses)
    nearly_all = int(len(times) * 0.95)
    print(
        f"key press on a RACI sheet of {rows} rows, {len(times)} presses: median {statistics.median(times):.1f} ms"
    )
    print(f"  95th percentile {times[nearly_all]:.1f} ms (under 16), longest {times[-1]:.1f} ms")
    print(f"  in the browser before that: median {statistics.median(late):.1f} ms, 95th percentile {late[nearly_all]:.1f} ms; {long_tasks} tasks of the page over 50 ms")  # fmt: skip


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main() -> None:
    """Run every measurement; the number of rounds may be given."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        keys(Path(name))
        loading(Path(name), rounds)
        layer(Path(name), rounds)
        builds(Path(name), rounds)


if __name__ == "__main__":
    main()
