"""The `playbook` command. Thin: it calls, prints and exits (0 clean, 1 problems, 2 misuse)."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from macros import report

if TYPE_CHECKING:
    from macros.diagnostics import Diagnostics
    from macros.playbook import Playbook
    from macros.project import Project

T = TypeVar("T")


def project() -> Project:
    """The playbook at or above the current folder, or else the one this package lies in."""
    from macros.project import Project  # noqa: PLC0415 - `--help` needs none of this

    return Project.around(Path.cwd())


@click.group()
@click.version_option(package_name="mlops-playbook-kit", prog_name="playbook")
def main() -> None:
    """Check, build and serve the MLOps playbook."""


def checked(where: Project) -> Playbook | Diagnostics:
    """The playbook with data, pages and settings checked, or all problems."""
    from macros.diagnostics import Diagnostics  # noqa: PLC0415
    from macros.site.ready import check as check_all  # noqa: PLC0415

    found = check_all(where)
    return found if isinstance(found, Diagnostics) else found[0]


@main.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(sorted(report.REPORTERS)),
    default="text",
    help="text for people, json for tools, github for annotations on a pull request",
)
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="the playbook's folder, if it is not the current one",
)
def check(form: str, root: Path | None) -> None:
    """Validate data and pages; report every problem at once."""
    from macros.diagnostics import Diagnostics  # noqa: PLC0415
    from macros.project import Project  # noqa: PLC0415

    result = checked(Project(root) if root else project())
    found = result if isinstance(result, Diagnostics) else result.warnings
    output = report.REPORTERS[form](found)
    if output:
        click.echo(output)
    if form == "text":
        click.echo(_summary(found), err=bool(found.errors))
    sys.exit(1 if found.errors else 0)


def _sound(result: T | Diagnostics) -> T:
    """A result without problems; with any, they are printed and the command ends."""
    from macros.diagnostics import Diagnostics  # noqa: PLC0415

    if isinstance(result, Diagnostics):
        click.echo(report.text(result))
        sys.exit(1)
    return result


def _summary(found: Diagnostics) -> str:
    def count(number: int, word: str) -> str:
        return f"{number} {word}{'' if number == 1 else 's'}"

    if not found:
        return "All good."
    return f"{count(len(found.errors), 'error')}, {count(len(found.warnings), 'warning')}"


@main.command()
@click.option(
    "--generator",
    type=click.Choice(["mkdocs", "zensical"]),
    default="mkdocs",
    help="mkdocs by default; zensical is an optional dependency",
)
@click.option("--strict/--no-strict", default=True, help="fail on the generator's warnings too")
def build(generator: str, strict: bool) -> None:
    """Check, then write the site into site/."""
    from macros.diagnostics import Diagnostics  # noqa: PLC0415
    from macros.site import build as site_build  # noqa: PLC0415
    from macros.site.ready import ready  # noqa: PLC0415

    if not site_build.is_installed(generator):
        click.echo(
            f"{generator} is not installed. Install it with: "
            f"python -m pip install --require-hashes -r requirements/{generator}.txt",
            err=True,
        )
        sys.exit(2)
    result = ready(project().root)
    found = result if isinstance(result, Diagnostics) else result.playbook.warnings
    if found:
        click.echo(report.text(found), err=True)
    if isinstance(result, Diagnostics):
        click.echo(_summary(found), err=True)
        sys.exit(1)
    sys.exit(site_build.build(result, generator, strict=strict))


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("export"))
def export(folder: Path) -> None:
    """Write the merged data as JSON, and the RACI as CSV and Excel, into FOLDER."""
    from macros.export import data as exports  # noqa: PLC0415

    for path in exports.write_data(_sound(checked(project())), folder):
        click.echo(f"wrote {path.as_posix()}")


@main.command()
def diff() -> None:
    """Say what this company changed against upstream, per item."""
    from macros.company import differences  # noqa: PLC0415
    from macros.playbook import load  # noqa: PLC0415

    found = differences.compare(_sound(load(project().root)))
    click.echo(differences.as_text(*_sound(found)) or "Nothing differs from upstream.")


@main.command()
@click.option("--company", help="the company's name")
@click.option("--size", type=click.IntRange(1, 10_000), help="people in the team at the start")
@click.option("--sponsor", type=click.Choice(["management", "engineers", "nobody"]))
@click.option("--roles", help="roles that somebody fills today: ids, separated by commas")
@click.option("--target", type=click.Choice(["github-pages", "internal-host", "not-yet"]))
@click.option("--language", help="language of the theme's own words, such as en, de or ja")
@click.option("--yes", is_flag=True, help="take the default for whatever is not given; ask nothing")
@click.option("--force", is_flag=True, help="overwrite files that exist")
def init(
    company: str | None,
    size: int | None,
    sponsor: str | None,
    roles: str | None,
    target: str | None,
    language: str | None,
    yes: bool,
    force: bool,
) -> None:
    """Write a small, commented company/ from a few answers."""
    from macros.company import first_files as first  # noqa: PLC0415
    from macros.diagnostics import did_you_mean  # noqa: PLC0415
    from macros.model.content import Role  # noqa: PLC0415
    from macros.playbook import load  # noqa: PLC0415

    here = project()
    playbook = _sound(load(here.root, company=False))
    known = playbook.of(Role)

    def answer(given: Any, question: str, default: Any, kind: Any = None) -> Any:
        if given is not None or yes:
            return default if given is None else given
        return click.prompt(question, default=default, type=kind)

    all_roles = ",".join(known)
    chosen = {
        "company": answer(company, "Company", "Our company"),
        "size": answer(size, "People in the team at the start", 4, click.IntRange(1, 10_000)),
        "sponsor": answer(sponsor, "Who wants it", "engineers", click.Choice(list(first.SPONSORS))),
        "roles": answer(roles, "Roles that somebody fills today", all_roles),
        "target": answer(target, "Where it is published", "github-pages", click.Choice(first.TARGETS)),
        "language": answer(language, "Language of the theme", "en"),
    }
    named = tuple(role.strip() for role in chosen["roles"].split(",") if role.strip())
    for role in named:
        if role not in known:
            hint = did_you_mean(role, known) or f"the roles are {all_roles}"
            raise click.BadParameter(f"unknown role '{role}'; {hint}", param_hint="--roles")
    contents = first.files(first.Answers(**{**chosen, "roles": named}), playbook)
    existing = first.write(here, contents, force=force)
    if existing:
        click.echo(f"Nothing was written: {', '.join(existing)} exist. Use --force to overwrite.", err=True)
        sys.exit(1)
    for name in contents:
        click.echo(f"wrote {name}")
    click.echo("Next: make serve (or: playbook serve)")


@main.command()
@click.option("--check", "ref", metavar="REF", required=True, help="git revision of the newer upstream")
def upgrade(ref: str) -> None:
    """Say which overrides a newer upstream touches, before anything is merged."""
    from macros.company import upgrade as upgrades  # noqa: PLC0415

    try:
        findings = upgrades.check(project(), ref)
    except upgrades.UpgradeError as error:
        click.echo(f"Cannot compare: {error}", err=True)
        sys.exit(2)
    for finding in findings:
        click.echo(finding)
    click.echo(_upgrade_summary(len(findings), ref), err=bool(findings))
    sys.exit(1 if findings else 0)


def _upgrade_summary(number: int, ref: str) -> str:
    if not number:
        return f"Nothing to look at: merge {ref} with 'git merge {ref}'."
    return f"{number} to look at. The merge itself has no conflict with company/; mend these after it."


def _known(template: str, specs: Mapping[str, Any], argument: str) -> None:
    """End the command as misused where there is no such template."""
    from macros.diagnostics import did_you_mean  # noqa: PLC0415

    if template not in specs:
        hint = did_you_mean(template, specs) or f"expected one of {', '.join(specs)}"
        raise click.BadParameter(f"unknown template '{template}'; {hint}", param_hint=argument)


def _put(content: bytes, output: Path, *, force: bool) -> None:
    """Write a file; one that exists is not overwritten unasked, and none is left half-written."""
    from macros.project import write_whole  # noqa: PLC0415

    if output.exists() and not force:
        click.echo(f"Nothing was written: {output.as_posix()} exists. Use --force to overwrite.", err=True)
        sys.exit(1)
    try:
        write_whole(output, content)
    except OSError as error:
        click.echo(f"{output.as_posix()}: cannot be written: {error.strerror}", err=True)
        sys.exit(1)
    click.echo(f"wrote {output.as_posix()}")


@main.command()
@click.argument("template")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--to", "form", type=click.Choice(["md", "docx", "xlsx"]), required=True)
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="where to write it")
@click.option("--force", is_flag=True, help="overwrite a file that exists")
def fill(template: str, file: Path, form: str, output: Path | None, force: bool) -> None:
    """Write the answers in FILE, downloaded from TEMPLATE's page, as Markdown, Word or Excel."""
    from macros.playbook import load  # noqa: PLC0415
    from macros.sheets.files import convert  # noqa: PLC0415
    from macros.sheets.read import read  # noqa: PLC0415
    from macros.sheets.spec import specs  # noqa: PLC0415

    laid_out = specs(_sound(load(project().root)))
    _known(template, laid_out, "TEMPLATE")
    saved = _sound(read(file, laid_out))
    if saved.template != template:
        click.echo(f"{file.as_posix()} fills the template '{saved.template}', not '{template}'.", err=True)
        sys.exit(1)
    content, kept = convert(laid_out[template], saved, form)
    _put(content, output or Path(f"{file.stem}.{form}"), force=force)
    if kept:
        click.echo(
            f"No longer in this sheet, so at its end: {', '.join(each.where for each in kept)}", err=True
        )


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--template", "wanted", help="compare only the answers to this template")
@click.option("--to", "form", type=click.Choice(["md", "csv", "xlsx"]), default="md", show_default=True)
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="a file instead of the terminal"
)
@click.option("--force", is_flag=True, help="overwrite a file that exists")
def collect(folder: Path, wanted: str | None, form: str, output: Path | None, force: bool) -> None:
    """Put the answers of several teams, one file each in FOLDER, into one comparison table."""
    from macros.playbook import load  # noqa: PLC0415
    from macros.sheets.files import comparison, gather  # noqa: PLC0415
    from macros.sheets.spec import specs  # noqa: PLC0415

    laid_out = specs(_sound(load(project().root)))
    if wanted is not None:
        _known(wanted, laid_out, "--template")
    groups = _sound(gather(folder, laid_out, wanted))
    if not groups:
        click.echo(f"{folder.as_posix()} holds no answers{f' to {wanted}' if wanted else ''}.", err=True)
        sys.exit(1)
    content = comparison(groups, form)
    if output is None and form != "xlsx":
        click.echo(content.decode().removeprefix("\ufeff"), nl=False)
        return
    _put(content, output or Path(f"{folder.resolve().name}.{form}"), force=force)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--open", "open_browser", is_flag=True, help="open a browser")
def serve(host: str, port: int, open_browser: bool) -> None:
    """Serve the playbook and rebuild it on every edit; a broken edit does not stop the server."""
    from macros.site import serve as site_serve  # noqa: PLC0415

    try:
        site_serve.serve(project().root, host, port, open_browser=open_browser)
    except OSError as error:
        click.echo(
            f"Cannot serve at {host}:{port}: {os.strerror(error.errno or 0)}. Try --port {port + 1}.",
            err=True,
        )
        sys.exit(2)


@main.command()
@click.option("--check", "only_check", is_flag=True, help="write nothing; exit 1 if out of date")
def schema(only_check: bool) -> None:
    """Write the schemas that editors use into data/schema/, and the scripts' types, from the models."""
    from macros.model import schema as schemas  # noqa: PLC0415
    from macros.sheets import contract  # noqa: PLC0415

    here = project()
    stale = False
    wanted = {**schemas.files(), contract.TYPES: contract.as_typescript()}
    for name, text in wanted.items():
        if here.read_text(name)[0] == text:
            continue
        if only_check:
            click.echo(f"{name}: out of date; run 'playbook schema'")
        else:
            here.write(name, text.encode())
            click.echo(f"wrote {name}")
        stale = True
    sys.exit(1 if stale and only_check else 0)
