"""`playbook serve` over many edits, good and broken: it lives, shows each state, and does not grow.

`EDITS=200 pytest tests/site/test_serve_edits.py -s` makes two hundred, and prints what they cost.
"""

from __future__ import annotations

import itertools
import os
import random
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Copy
from tests.site.serving import served

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="costs are read from /proc"),
    pytest.mark.timeout(1800),
]
EDITS = int(os.environ.get("EDITS", "24"))
PAGE, FILE = "organization/raci/", "docs/organization/raci.md"
BROKEN = "could not be built"
Change = Callable[[Copy], object]


def replaced(name: str, old: str, new: str) -> tuple[Change, Change]:
    """A change in a text, and its repair."""
    return lambda project: project.edit(name, old, new), lambda project: project.edit(name, new, old)


def added(name: str, content: str | bytes) -> tuple[Change, Change]:
    """A file that comes, and goes."""

    def write(project: Copy) -> None:
        (project.root / name).parent.mkdir(parents=True, exist_ok=True)
        (project.root / name).write_bytes(content.encode() if isinstance(content, str) else content)

    return write, lambda project: _remove(project, name)


def _remove(project: Copy, name: str) -> None:
    (project.root / name).unlink()
    shutil.rmtree(project.root / "company", ignore_errors=True)


def moved(name: str) -> tuple[Change, Change]:
    """A file or folder that is renamed away, and back."""
    return (
        lambda project: (project.root / name).rename(project.root / "elsewhere"),
        lambda project: (project.root / "elsewhere").rename(project.root / name),
    )


def macro(body: str) -> tuple[Change, Change]:
    """A macro of the company's that does something bad on a page."""
    code, page = (
        f"def define_env(env):\n    @env.macro\n    def bad():\n        {body}\n",
        "# Bad\n\n{{ bad() }}\n",
    )

    def write(project: Copy) -> None:
        project.write("company/macros.py", code)
        project.write("company/docs/bad.md", page)

    return write, lambda project: shutil.rmtree(project.root / "company")


BAD: dict[str, tuple[Change, Change]] = {
    "an id that leads nowhere": replaced("data/raci.yml", "builder: R/A", "bilder: R/A"),
    "YAML that is none": replaced("data/topics.yml", "topics:", "topics: ]["),
    "data in another encoding": added("data/templates/zz.yml", b"templates: caf\xe9\n"),
    "Jinja on a page": added("docs/bad.md", "# Bad\n\n{% if %}\n"),
    "a macro that there is not": added("docs/bad.md", "# Bad\n\n{{ provenanse() }}\n"),
    "an attribute that there is not": added("docs/bad.md", "# Bad\n\n{{ page.a.b }}\n"),
    "a page in another encoding": added("docs/bad.md", b"# Caf\xe9\n\n{{ page }}\n"),
    "mkdocs.yml that is no YAML": replaced("mkdocs.yml", "site_name:", "site_name: ]["),
    "mkdocs.yml with an unknown plugin": replaced("mkdocs.yml", "plugins:", "plugins:\n  - nope"),
    "mkdocs.yml gone": moved("mkdocs.yml"),
    "a module that is no Python": replaced("macros/views/raci.py", "def spoken(", "def spoken((("),
    "a module that raises": replaced("macros/views/raci.py", "def spoken(", "1 / 0\n\n\ndef spoken("),
    "a partial that is no Jinja": replaced(
        "macros/views/partials/raci_table.html.j2", '<th scope="col">Activity', "{% if %}"
    ),
    "data/ renamed": moved("data"),
    "docs/ renamed": moved("docs"),
    "macros/ renamed": moved("macros"),
    "a macro that raises": macro("raise KeyError('x')"),
    "a macro that exits": macro("raise SystemExit(3)"),
    "a macro that ends the process": macro("import os; os.abort()"),
    "a macro that recurses": macro("return bad()"),
    "settings that are wrong": added("company/site.yml", "colours: [\n"),
}
"""What keeps a site from being built, with its repair."""


def _atomically(project: Copy, text: str) -> None:
    """As many editors save."""
    project.write(f"{FILE}.tmp", text).replace(project.root / FILE)


def _like_vim(project: Copy, text: str) -> None:
    path = project.root / FILE
    project.write("docs/organization/4913", "").unlink()
    path.rename(f"{path}~")
    project.write(FILE, text)
    Path(f"{path}~").unlink()


def _like_emacs(project: Copy, text: str) -> None:
    lock = project.root / "docs/organization/.#raci.md"
    lock.symlink_to("somebody@host.1:2")
    project.write(FILE, text)
    lock.unlink()


def _with_the_same_time(project: Copy, text: str) -> None:
    before = (project.root / FILE).stat()
    project.write(FILE, text)
    os.utime(project.root / FILE, ns=(before.st_atime_ns, before.st_mtime_ns))


def _in_the_past(project: Copy, text: str) -> None:
    os.utime(project.write(FILE, text), (1e9, 1e9))


def _in_a_burst(project: Copy, text: str) -> None:
    for number in range(20):
        project.write(FILE, text[:number])
        time.sleep(0.02)
    project.write(FILE, text)


def _with_thousands_of_others(project: Copy, text: str) -> None:
    for number in range(1500):
        project.write(f"docs/many/{number}.txt", "x")
    project.write(FILE, text)
    shutil.rmtree(project.root / "docs/many")


def _in_a_folder_that_is_replaced(project: Copy, text: str) -> None:
    folder = project.root / "docs/organization"
    shutil.copytree(folder, project.root / "docs/organization2")
    (project.root / "docs/organization2/raci.md").write_text(text, "utf-8")
    shutil.rmtree(folder)
    (project.root / "docs/organization2").rename(folder)


def _by_the_company(project: Copy, text: str) -> None:
    """In a folder that did not exist when the server was started; afterwards it is gone again."""
    project.write("company/docs/organization/raci.md", text)


def _in_place(project: Copy, text: str) -> None:
    project.write(FILE, text)


GOOD = [
    _in_place, _atomically, _like_vim, _like_emacs, _with_the_same_time, _in_the_past, _in_a_burst,
    _with_thousands_of_others, _in_a_folder_that_is_replaced, _by_the_company,
]  # fmt: skip


def test_it_lives_through_edits_of_every_kind_and_does_not_grow(
    whole_small: Copy, environment: dict[str, str], tmp_path: Path
) -> None:
    with served(whole_small, environment, tmp_path / "terminal.txt") as server:
        server.shows("Train", PAGE, "the first build")
        mixed = random.Random(9)  # noqa: S311 - the same each time
        bad = itertools.chain.from_iterable(mixed.sample(list(BAD), len(BAD)) for _ in itertools.count())
        good = itertools.cycle(mixed.sample(GOOD, len(GOOD)))
        warm: dict[str, int] = {}
        slowest = 0.0
        for number in range(EDITS // 2):
            name = next(bad)
            damage, repair = BAD[name]
            before = server.number()
            damage(whole_small)
            server.shows(BROKEN, PAGE, f"the message: {name}")
            assert server.number(PAGE) > before, "a page that is open reloads"
            repair(whole_small)
            how = next(good)
            text = f"# Who does what, state {number}\n\n{{{{ raci_table() }}}}\n"
            start = time.monotonic()
            how(whole_small, text)
            server.shows(f"state {number}", PAGE, f"the repair of {name} and an edit {how}")
            slowest = max(slowest, time.monotonic() - start)
            assert "Train" in server.get(PAGE)
            shutil.rmtree(whole_small.root / "company", ignore_errors=True)
            whole_small.write(FILE, text)
            assert server.process.poll() is None
            if number == 5:
                server.shows(f"state {number}", PAGE)
                time.sleep(2)
                warm = server.costs
        time.sleep(2)
        costs = server.costs
        print(f"{EDITS} edits, {EDITS // 2} of them broken; slowest to be shown {slowest:.1f} s")
        print(f"after twelve edits {warm}\nafter all of them  {costs}")
        assert costs["memory"] < warm["memory"] * 1.2
        assert costs["threads"] <= warm["threads"] + 2
        assert costs["files"] <= warm["files"] + 2
        assert costs["processes"] <= warm["processes"] + 1
        assert costs["aside"] <= warm["aside"] + 30
        assert "Traceback" not in server.terminal
    assert not (whole_small.root / ".build").exists()
