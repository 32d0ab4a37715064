"""The `playbook` command: what it prints and how it exits. What it calls has tests of its own."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click.testing
import pytest

from macros.cli import COMMANDS, main
from macros.company.upgrading import journal
from macros.site import build as site_build
from macros.site import serve as site_serve
from tests.conftest import ROOT, SMALL, Copy
from tests.unit.company.upgrading.conftest import written

Run = Callable[..., click.testing.Result]


@pytest.fixture
def run(small: Copy, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call the command in the small playbook, as if it had been typed there."""
    monkeypatch.chdir(small.root)

    def call(*arguments: str, input: str | None = None) -> click.testing.Result:
        result = click.testing.CliRunner().invoke(main, arguments, input=input)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return call


def interpreter(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Call Python with arguments, with this project's package."""
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=settings,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


# --- in an interpreter of its own ----------------------------------------------------------


def test_checking_a_sound_playbook_says_so_and_nothing_else() -> None:
    result = interpreter("-c", "from macros.cli import main; main()", "check", cwd=SMALL)
    assert (result.returncode, result.stdout, result.stderr) == (0, "All good.\n", "")


def test_what_goes_into_a_file_is_utf_8_whatever_the_code_page() -> None:
    code = "import sys\nfrom macros.cli import main\nimport click\n@main.command()\ndef say():\n    click.echo('→ 日本 🙂')\nmain(['say'])"
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252"}
    result = subprocess.run([sys.executable, "-c", code], env=settings, capture_output=True, check=False)
    assert (result.returncode, result.stdout.decode("utf-8").strip()) == (0, "→ 日本 🙂")


def test_checking_needs_no_generator() -> None:
    code = (
        "import sys\nfrom macros.cli import main\n"
        "try:\n    main(['check'])\nexcept SystemExit as end:\n    assert end.code == 0\n"
        "heavy = ('mkdocs', 'mkdocs_macros', 'zensical', 'openpyxl', 'xlsxwriter', 'docx', 'bs4')\n"
        "loaded = sorted({name.split('.')[0] for name in sys.modules} & set(heavy))\n"
        "assert not loaded, loaded\n"
    )
    result = interpreter("-c", code, cwd=SMALL)
    assert result.returncode == 0, result.stderr


def test_the_installed_command_knows_its_version() -> None:
    command = shutil.which("playbook", path=sysconfig.get_path("scripts"))
    if command is None:
        pytest.skip("the package is not installed")
    result = subprocess.run([command, "--version"], capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 0
    assert result.stdout.startswith("playbook, version ")


# --- check -------------------------------------------------------------------------------


def spoil(small: Copy) -> str:
    """Break the RACI; returns the problem's line."""
    small.edit("data/raci.yml", "builder: R/A", "bilder: R/A")
    place = small.at("data/raci.yml", "bilder")
    return f"{place}: activities[0].roles.bilder: unknown role; did you mean 'builder'?"


def test_check_reports_problems_and_exits_1(run: Run, small: Copy) -> None:
    problem = spoil(small)
    result = run("check")
    assert (result.exit_code, result.stdout, result.stderr) == (1, f"{problem}\n", "1 error, 0 warnings\n")


def test_check_looks_at_data_pages_and_settings(run: Run, small: Copy) -> None:
    problem = spoil(small)
    small.write("docs/up.md", "{{ raci_tabel() }}\n")
    small.write("company/site.yml", "nam: X\n")
    assert run("check").stdout.splitlines() == [
        "company/site.yml:1:1: nam: unknown key; did you mean 'name'?",
        problem,
        "docs/up.md:1:4: unknown macro 'raci_tabel'; did you mean 'raci_table'?",
    ]


def test_check_as_json_is_json_and_nothing_else(run: Run, small: Copy) -> None:
    assert json.loads(run("check", "--format", "json").stdout) == []
    place = spoil(small).split(": ")[0]
    result = run("check", "--format", "json")
    [problem] = json.loads(result.stdout)
    assert f"{problem['path']}:{problem['line']}:{problem['column']}" == place
    assert (result.exit_code, result.stderr) == (1, "")


def test_check_for_github_prints_annotations(run: Run, small: Copy) -> None:
    spoil(small)
    result = run("check", "--format", "github")
    assert result.stdout.startswith("::error file=data/raci.yml,line=")
    assert result.stderr == ""


def test_warnings_are_shown_and_do_not_fail(run: Run, small: Copy) -> None:
    small.edit("data/flagship.yml", "ready: passes", "ready: fails")
    result = run("check")
    assert result.exit_code == 0
    assert ": warning: candidates[0].chosen: 'Orders' is chosen, but it fails" in result.stdout
    assert result.stdout.endswith("0 errors, 1 warning\n")


def test_check_of_a_folder_without_data_says_what_is_missing(run: Run, tmp_path: Path) -> None:
    result = run("check", "--root", str(tmp_path))
    assert result.exit_code == 1
    assert "data/raci.yml:1:1: is missing" in result.stdout


def test_the_playbook_is_found_from_a_folder_below_it(
    run: Run, small: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = spoil(small)
    monkeypatch.chdir(small.root / "docs" / "organization")
    assert run("check").stdout == f"{problem}\n"


@pytest.mark.parametrize("arguments", [["check", "--format", "xml"], ["chekc"], ["fill"], ["upgrade"]])
def test_misuse_exits_2(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_every_command_says_what_it_is_for(run: Run) -> None:
    shown = run("--help").stdout
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        assert command is not None
        assert command.name == name
        assert name in shown
        assert command.help


def test_a_misspelled_command_names_the_nearest(run: Run) -> None:
    assert "No such command 'chekc'; did you mean 'check'?" in run("chekc").stderr


# --- build, serve, schema ----------------------------------------------------------------


@pytest.mark.parametrize("generator", ["mkdocs", "zensical"])
def test_build_tells_problems_and_starts_no_generator(
    run: Run, small: Copy, monkeypatch: pytest.MonkeyPatch, generator: str
) -> None:
    def never(*_: object, **__: object) -> int:
        raise AssertionError("a generator was started")

    problem = spoil(small)
    monkeypatch.setattr(site_build, "build", never)
    monkeypatch.setattr(site_build, "is_installed", lambda _: True)
    result = run("build", "--generator", generator)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"{problem}\n1 error, 0 warnings\n"


@pytest.mark.parametrize(("flags", "strict"), [([], True), (["--strict"], True), (["--no-strict"], False)])
def test_build_shows_warnings_and_builds_strictly_unless_told_otherwise(
    run: Run, small: Copy, monkeypatch: pytest.MonkeyPatch, flags: list[str], strict: bool
) -> None:
    small.edit("data/flagship.yml", "ready: passes", "ready: fails")
    called: list[Any] = []
    monkeypatch.setattr(
        site_build,
        "build",
        lambda found, generator, *, strict: called.append((found, generator, strict)) or 3,
    )
    result = run("build", *flags)
    assert result.exit_code == 3
    assert "warning: candidates[0].chosen" in result.stderr
    [(found, *rest)] = called
    assert rest == ["mkdocs", strict]
    assert found.playbook.project.root == small.root.resolve()


def test_build_with_a_generator_that_is_not_installed_says_how_to_get_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_build, "is_installed", lambda _: False)
    result = run("build", "--generator", "zensical")
    assert result.exit_code == 2
    assert "zensical is not installed. Install it with: python -m pip install" in result.stderr
    assert "-r requirements/zensical.txt" in result.stderr


def test_serve_hands_over_where_and_what(run: Run, small: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[Any] = []
    monkeypatch.setattr(site_serve, "serve", lambda *given, **named: called.append((*given, named)))
    assert run("serve", "--port", "9000", "--open").exit_code == 0
    assert called == [(small.root, "127.0.0.1", 9000, {"open_browser": True})]


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        ([], OSError(errno.EADDRINUSE, "in use"), "127.0.0.1:8000: in use. Try --port 8001."),
        (["--port", "80"], OSError(errno.EACCES, "denied"), "127.0.0.1:80: denied. Try --port 8000."),
        (
            ["--port", "65535"],
            OSError(errno.EADDRINUSE, "in use"),
            "127.0.0.1:65535: in use. Try --port 8000.",
        ),
        (["--host", "nowhere"], OSError(-2, "unknown"), "nowhere:8000: unknown."),
        (["--host", "a..b"], UnicodeError("label empty"), "a..b:8000: that is no name of a host."),
    ],
)
def test_serve_tells_in_one_line_that_it_cannot_listen(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str], error: Exception, said: str
) -> None:
    def taken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(site_serve, "serve", taken)
    result = run("serve", *arguments)
    assert (result.exit_code, result.stderr) == (2, f"Cannot serve at {said}\n")


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_a_port_that_there_is_not_is_misuse(run: Run, port: str) -> None:
    assert run("serve", "--port", port).exit_code == 2


def test_schemas_are_written_and_one_that_is_out_of_date_is_noticed(run: Run, small: Copy) -> None:
    assert run("schema", "--check").exit_code == 1
    assert not (small.root / "data/schema").exists()
    assert "wrote data/schema/company/roles.schema.json\n" in run("schema").stdout
    assert (run("schema", "--check").exit_code, run("schema", "--check").stdout) == (0, "")
    small.write("data/schema/raci.schema.json", "{}\n")
    result = run("schema", "--check")
    assert result.exit_code == 1
    assert result.stdout == "data/schema/raci.schema.json: out of date; run 'playbook schema'\n"
    assert small.read("data/schema/raci.schema.json") == "{}\n"
    assert run("schema").stdout == "wrote data/schema/raci.schema.json\n"
    assert run("schema", "--check").exit_code == 0


def test_schemas_that_were_written_are_no_failure(run: Run) -> None:
    assert run("schema").exit_code == 0


# --- export, diff, init, upgrade -----------------------------------------------------------


def test_export_writes_into_a_folder_and_says_what(run: Run, small: Copy) -> None:
    result = run("export", "out")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "wrote out/playbook.json",
        "wrote out/raci.csv",
        "wrote out/raci.xlsx",
    ]
    assert json.loads(small.read("out/playbook.json"))["schema_version"] == 1


def test_export_of_a_broken_playbook_writes_nothing(run: Run, small: Copy) -> None:
    problem = spoil(small)
    result = run("export", "out")
    assert (result.exit_code, result.stdout) == (1, f"{problem}\n")
    assert not (small.root / "out").exists()


def test_diff_of_an_untouched_fork_says_so(run: Run) -> None:
    result = run("diff")
    assert (result.exit_code, result.stdout) == (0, "Nothing differs from upstream.\n")


def test_diff_names_what_differs_and_exits_0(run: Run, small: Copy) -> None:
    small.write("company/roles.yml", "roles:\n  - {id: builder, name: Maker}\n")
    result = run("diff")
    assert result.exit_code == 0
    assert result.stdout == "changed  role 'builder' (Builder)\n           name: Builder → Maker\n"


def test_diff_of_a_broken_layer_reports_the_problem(run: Run, small: Copy) -> None:
    small.write("company/roles.yml", "roles:\n  - {id: zzz, name: X}\n")
    result = run("diff")
    assert result.exit_code == 1
    assert result.stdout.startswith("company/roles.yml:2:10: roles[0].id: no role 'zzz' to change")


def test_diff_of_a_layer_that_mends_upstream_says_what_is_wrong_without_it(run: Run, small: Copy) -> None:
    problem = spoil(small)
    small.write("company/raci.yml", "activities:\n  - {id: train, roles: {bilder: , builder: R/A}}\n")
    assert run("check").exit_code == 0
    result = run("diff")
    assert (result.exit_code, result.stdout) == (1, f"{problem}\n")


def test_an_audience_that_nobody_meant_is_refused(run: Run, small: Copy) -> None:
    event = small.write("event.json", '{"repository": {"private": true}}')
    refused = run("audience", "--event", str(event), "--pages", "-", "--format", "github", input="")
    assert refused.exit_code == 1
    assert refused.stdout.startswith(
        "::error file=company/site.yml,line=1,col=1,title=audience::anyone on the"
    )
    small.write("company/site.yml", "public: true\n")
    meant = run("audience", "--event", str(event))
    assert (meant.exit_code, meant.stdout) == (0, "The site can be read by anyone who has the address.\n")


def test_an_audience_that_the_host_asks_for_is_welcome(run: Run, small: Copy) -> None:
    event = small.write("event.json", '{"repository": {"private": true}}')
    result = run("audience", "--event", str(event), "--pages", "-", input='{"public": false}')
    assert result.exit_code == 0
    assert result.stdout == "The site can be read by those who may read the repository.\n"


def test_of_settings_that_are_broken_the_audience_is_not_guessed(run: Run, small: Copy) -> None:
    small.write("company/site.yml", "public: perhaps\n")
    result = run("audience")
    assert result.exit_code == 1
    assert result.stdout.startswith("company/site.yml:1:9: public: ")


INIT = ["--company", "Acme", "--size", "3", "--sponsor", "management", "--roles", "builder, owner", "--target", "internal-host", "--language", "de"]  # fmt: skip


def layer(small: Copy) -> list[str]:
    folder = small.root / "company"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_init_runs_unattended_and_its_result_passes_check(run: Run, small: Copy) -> None:
    result = run("init", *INIT, "--yes")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines()[-1] == "Next: make serve (or: playbook serve)"
    assert layer(small) == ["docs/our-team.md", "macros.py", "roles.yml", "site.yml"]
    assert "id: runner" in small.read("company/roles.yml")
    assert "id: owner" not in small.read("company/roles.yml")
    assert run("check").stdout == "All good.\n"


def test_init_asks_and_takes_answers_from_the_terminal(run: Run, small: Copy) -> None:
    result = run("init", input="Acme\n2\nnobody\nbuilder\nnot-yet\nen\n")
    assert result.exit_code == 0, result.stderr
    assert "Who wants it (management, engineers, nobody) [engineers]:" in result.stdout
    assert "Roles that somebody fills today [builder,runner,owner]:" in result.stdout
    assert "Acme" in small.read("company/site.yml")


def test_init_asks_only_for_what_was_not_given(run: Run) -> None:
    result = run("init", *INIT[:-2], input="en\n")
    assert result.exit_code == 0
    assert result.stdout.startswith("Language of the theme [en]:")


def test_init_refuses_to_overwrite_and_writes_nothing(run: Run, small: Copy) -> None:
    small.write("company/site.yml", "name: Mine\n")
    result = run("init", "--yes")
    assert result.exit_code == 1
    assert result.stderr == "Nothing was written: company/site.yml exist. Use --force to overwrite.\n"
    assert layer(small) == ["site.yml"]
    assert run("init", "--yes", "--force").exit_code == 0
    assert "Our company" in small.read("company/site.yml")


@pytest.mark.parametrize(
    ("roles", "hint"), [("bilder", "did you mean 'builder'?"), ("zzz", "the roles are builder,runner,owner")]
)
def test_init_refuses_a_role_that_is_none_and_says_which_there_are(
    run: Run, small: Copy, roles: str, hint: str
) -> None:
    result = run("init", "--roles", roles, "--yes")
    assert result.exit_code == 2
    assert f"unknown role '{roles}'; {hint}" in result.stderr
    assert not (small.root / "company").exists()


@pytest.fixture
def newer(small: Copy, tmp_path: Path) -> Copy:
    """A copy that knows what it came from, and a newer version beside it, with a change of a page."""
    written(small.root)
    newer = Copy(Path(shutil.copytree(small.root, tmp_path / "newer")))
    newer.write("docs/up.md", newer.read("docs/up.md") + "\nMore.\n")
    return newer


def test_upgrade_says_beforehand_what_it_does_and_does_it(run: Run, small: Copy, newer: Copy) -> None:
    looked = run("upgrade", "--check", "../newer")
    assert (looked.exit_code, looked.stdout.splitlines()) == (
        0,
        [
            "replaced  docs/up.md",
            "../newer: 1 replaced. Nothing is changed yet.",
            "Take it with: playbook upgrade ../newer",
        ],
    )
    assert "More." not in small.read("docs/up.md")
    made = run("upgrade", "../newer")
    assert (made.exit_code, made.stdout.splitlines()) == (
        0,
        ["replaced  docs/up.md", "../newer: 1 replaced.", "Next: playbook check"],
    )
    assert "More." in small.read("docs/up.md")


def test_upgrade_that_leaves_something_to_look_at_says_so(run: Run, small: Copy, newer: Copy) -> None:
    small.write("docs/up.md", "# Ours\n")
    small.write("company/roles.yml", "roles:\n  - {id: runner, name: Ours}\n")
    newer.edit("data/roles.yml", "id: runner,", "id: keeper,")
    looked = run("upgrade", "--check", "../newer")
    assert looked.exit_code == 1
    assert "2 to look at. 'playbook adopt' moves edits into company/ first." in looked.stdout
    place = small.at("company/roles.yml", "runner")
    assert f"{place}: roles[0].id: no role 'runner' to change" in looked.stdout
    made = run("upgrade", "../newer")
    assert made.exit_code == 0
    assert made.stdout.splitlines()[-3:] == [
        "1 to look at, above with what differs; 'playbook adopt' moves edits into company/.",
        "Mend what is listed above in company/.",
        "Next: playbook check",
    ]


def test_upgrade_that_cannot_be_made_says_why_and_exits_2(run: Run, newer: Copy) -> None:
    result = run("upgrade", "--check", "x")
    assert result.exit_code == 2
    assert result.stderr.startswith("Cannot upgrade: there is no file, no playbook's folder and no git")


def test_upgrade_on_a_full_disk_changes_nothing(
    run: Run, small: Copy, newer: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "docs/up.md")

    monkeypatch.setattr(Path, "rename", full)
    result = run("upgrade", "../newer")
    assert (result.exit_code, result.stderr) == (
        1,
        "Nothing was changed: docs/up.md: No space left on device\n",
    )
    assert "More." not in small.read("docs/up.md")


def test_any_command_ends_an_upgrade_that_was_interrupted(
    run: Run, small: Copy, newer: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(journal, "_forward", killed)
    run("upgrade", "../newer")
    monkeypatch.undo()
    monkeypatch.chdir(small.root)
    result = run("check")
    assert (result.exit_code, result.stderr) == (
        0,
        "The upgrade is complete now; the command that began it was ended.\n",
    )
    assert "More." in small.read("docs/up.md")


def test_any_command_ends_the_refilling_of_a_mount_point(run: Run, small: Copy) -> None:
    page = small.write("site/.new/index.html", "new")
    small.write("site/index.html", "old")
    small.write("site/left.html", "old")
    small.write("site/.new.json", json.dumps({"index.html": page.stat().st_ino}))
    result = run("check")
    assert (result.exit_code, result.stderr) == (
        0,
        "site/: put in place now; the command that began it was ended.\n",
    )
    assert [path.name for path in (small.root / "site").iterdir()] == ["index.html"]
    assert small.read("site/index.html") == "new"


def test_adopt_says_what_moves_and_moves_it(run: Run, small: Copy) -> None:
    written(small.root)
    small.edit("data/roles.yml", "name: Runner", "name: SRE")
    moved = "moved   data/roles.yml → company/roles.yml"
    looked = run("adopt", "--check")
    assert (looked.exit_code, looked.stdout.splitlines()) == (0, [moved, "Nothing is changed yet."])
    assert "SRE" in small.read("data/roles.yml")
    made = run("adopt")
    assert (made.exit_code, made.stdout.splitlines()) == (0, [moved])
    assert "SRE" not in small.read("data/roles.yml")
    assert "changed  role 'runner' (Runner)" in run("diff").stdout
    assert run("adopt").stdout == "Nothing to move: upstream's files are as they were.\n"


def test_adopt_exits_1_when_something_is_left_and_2_without_a_record(run: Run, small: Copy) -> None:
    assert run("adopt").exit_code == 2
    written(small.root)
    small.edit("mkdocs.yml", "font: false", "font: Inter")
    result = run("adopt")
    assert (result.exit_code, result.stdout) == (
        1,
        "left    mkdocs.yml: company/site.yml has no setting for 'theme.font'\n",
    )


# --- fill and collect ----------------------------------------------------------------------

TEAM = """\
template: gaps
format: 1
draft: {name}
saved: '2026-11-25T10:00:00.000Z'
answers:
  questions:
    - row: broke
      cells: {{example: 'It took a day', times: 2}}
  people:
    - row: talk
      cells: {{rating: '1', evidence: '=1+1'}}
  result: {{pillar: tools, item: Log, by: 2027-01-31}}
"""


@pytest.fixture
def team(small: Copy) -> Path:
    """A file of answers in the folder in which the command is called."""
    return small.write("pricing.yml", TEAM.format(name="Pricing"))


def test_fill_writes_beside_the_current_folder(run: Run, small: Copy, team: Path) -> None:
    result = run("fill", "gaps", "pricing.yml", "--to", "md")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "wrote pricing.md\n", "")
    written = small.read("pricing.md")
    assert written.startswith("# Gaps: Pricing\n")
    assert "| What broke? | It took a day | 2 |" in written


def test_fill_writes_where_it_is_told_and_takes_files_from_anywhere(
    run: Run, small: Copy, tmp_path: Path
) -> None:
    path = tmp_path / "elsewhere.yml"
    path.write_text(TEAM.format(name="X"), "utf-8")
    assert run("fill", "gaps", str(path), "--to", "xlsx", "-o", "a/b.xlsx").stdout == "wrote a/b.xlsx\n"
    assert (small.root / "a/b.xlsx").read_bytes().startswith(b"PK")


def test_fill_overwrites_nothing_unasked(run: Run, small: Copy, team: Path) -> None:
    small.write("pricing.md", "mine")
    result = run("fill", "gaps", "pricing.yml", "--to", "md")
    assert result.exit_code == 1
    assert result.stderr == "Nothing was written: pricing.md exists. Use --force to overwrite.\n"
    assert small.read("pricing.md") == "mine"
    assert run("fill", "gaps", "pricing.yml", "--to", "md", "--force").exit_code == 0
    assert small.read("pricing.md").startswith("# Gaps")
    assert [path.name for path in small.root.iterdir() if path.name.startswith(".")] == []


def test_fill_that_cannot_write_says_so(run: Run, small: Copy, team: Path) -> None:
    small.write("folder", "is a file")
    result = run("fill", "gaps", "pricing.yml", "--to", "md", "-o", "folder/out.md")
    assert result.exit_code == 1
    assert result.stderr.startswith("folder/out.md: cannot be written: ")


def test_fill_knows_the_template_that_was_meant(run: Run, small: Copy, team: Path) -> None:
    result = run("fill", "gap", "pricing.yml", "--to", "md")
    assert result.exit_code == 2
    assert "unknown template 'gap'; did you mean 'gaps'?" in result.stderr
    result = run("fill", "zzz", "pricing.yml", "--to", "md")
    assert "expected one of form, gaps, poster, raci-sheet, scorecard" in result.stderr
    result = run("fill", "form", "pricing.yml", "--to", "md")
    assert result.exit_code == 1
    assert result.stderr == "pricing.yml fills the template 'gaps', not 'form'.\n"
    assert not (small.root / "pricing.md").exists()


def test_fill_says_what_has_no_place_any_more(run: Run, small: Copy, team: Path) -> None:
    small.edit("pricing.yml", "item: Log", "budget: '40', item: Log")
    result = run("fill", "gaps", "pricing.yml", "--to", "md")
    assert result.exit_code == 0
    assert result.stderr == "No longer in this sheet, so at its end: result.budget\n"
    assert "- **result.budget:** 40" in small.read("pricing.md")


def test_fill_tells_what_is_wrong_with_a_file(run: Run, small: Copy, team: Path) -> None:
    small.edit("pricing.yml", "format: 1", "format: 2")
    result = run("fill", "gaps", "pricing.yml", "--to", "md")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.startswith("pricing.yml:2:9: format: expected 'format: 1'")


def test_collect_prints_teams_side_by_side_and_leaves_other_files_alone(run: Run, small: Copy) -> None:
    for name in ("One", "Two"):
        small.write(f"teams/{name.lower()}.yml", TEAM.format(name=name))
    small.write("teams/readme.txt", "not one of them")
    result = run("collect", "teams")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("# Gaps\n\n| Section | Row | Question | One | Two | Together |\n")


@pytest.fixture
def teams(small: Copy) -> Path:
    """A folder with one team's answers."""
    return small.write("teams/one.yml", TEAM.format(name="One")).parent


def test_collect_as_csv_has_no_mark_in_a_terminal_and_one_in_a_file(
    run: Run, small: Copy, teams: Path
) -> None:
    assert run("collect", "teams", "--to", "csv").stdout.startswith("Template,Section,")
    assert run("collect", "teams", "--to", "csv", "-o", "all.csv").stdout == "wrote all.csv\n"
    assert (small.root / "all.csv").read_bytes().startswith(b"\xef\xbb\xbfTemplate,")


def test_collect_as_excel_is_a_file_called_like_the_folder(run: Run, small: Copy, teams: Path) -> None:
    assert run("collect", "teams", "--to", "xlsx").stdout == "wrote teams.xlsx\n"
    assert (small.root / "teams.xlsx").read_bytes().startswith(b"PK")


def test_collect_takes_one_template_on_request(run: Run, small: Copy, teams: Path) -> None:
    small.write("teams/plan.yml", "template: form\nformat: 1\nanswers: {basics: {team: Orders}}\n")
    assert run("collect", "teams").stdout.count("# ") == 2
    only = run("collect", "teams", "--template", "form").stdout
    assert only.startswith("# Form\n")
    assert "Gaps" not in only
    result = run("collect", "teams", "--template", "fom")
    assert result.exit_code == 2
    assert "did you mean 'form'?" in result.stderr


def test_collect_reports_every_broken_file_and_writes_nothing(run: Run, small: Copy, teams: Path) -> None:
    small.write("teams/a.json", "{")
    small.write("teams/b.yml", "x: 1\n")
    result = run("collect", "teams", "-o", "all.md")
    assert result.exit_code == 1
    assert "a.json:1:2: JSON" in result.stdout
    assert "b.yml:1:1: does not say which template it fills" in result.stdout
    assert not (small.root / "all.md").exists()


@pytest.mark.parametrize(
    ("flags", "what"), [([], "no answers."), (["--template", "form"], "no answers to form.")]
)
def test_collect_of_a_folder_without_answers_says_so(
    run: Run, small: Copy, flags: list[str], what: str
) -> None:
    small.write("teams/readme.txt", "x")
    result = run("collect", "teams", *flags)
    alone = "Left alone, since no file of answers ends so: readme.txt\n"
    assert (result.exit_code, result.stderr) == (1, f"{alone}teams holds {what}\n")


@pytest.mark.parametrize(("written", "code"), [("EN", "en"), ("pt_BR", "pt-BR"), ("no", "nb")])
def test_init_takes_a_language_in_any_spelling(run: Run, small: Copy, written: str, code: str) -> None:
    result = run("init", *INIT[:-1], written, "--yes")
    assert result.exit_code == 0, result.output
    assert f'language: "{code}"' in small.read("company/site.yml")


def test_init_refuses_a_language_that_the_theme_has_not(run: Run, small: Copy) -> None:
    result = run("init", *INIT[:-1], "german", "--yes")
    assert result.exit_code == 2
    assert "the theme has no language 'german'; did you mean 'de'?" in result.stderr
    assert layer(small) == []


def test_migrate_check_says_what_is_in_the_way(run: Run, small: Copy) -> None:
    result = run("migrate-check")
    assert (result.exit_code, result.output) == (0, "Nothing is in the way of Zensical.\n")
    small.write("company/site.yml", "plugins: [info]\n")
    result = run("migrate-check")
    assert result.exit_code == 1
    assert "1 in the way of Zensical." in result.output, result.output
