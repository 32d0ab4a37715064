"""Commands about the company's layer: init, diff."""

from __future__ import annotations

import sys
from typing import Any, BinaryIO

import click

from macros.cli.shared import project, sound, writing


@click.command()
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
    from macros.model import languages  # noqa: PLC0415
    from macros.model.content import Role  # noqa: PLC0415
    from macros.playbook import load  # noqa: PLC0415

    here = project()
    playbook = sound(load(here.root, company=False))
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
    try:
        chosen["language"] = languages.language_code(chosen["language"])
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--language") from None
    contents = first.files(first.Answers(**{**chosen, "roles": named}), playbook)
    with writing(here.company):
        existing = first.write(here, contents, force=force)
    if existing:
        click.echo(f"Nothing was written: {', '.join(existing)} exist. Use --force to overwrite.", err=True)
        sys.exit(1)
    for name in contents:
        click.echo(f"wrote {name}")
    click.echo("Next: make serve (or: playbook serve)")


@click.command()
@click.option("--event", type=click.File(encoding="utf-8"), help="GitHub's event, the file GITHUB_EVENT_PATH")
@click.option(
    "--pages", type=click.File(encoding="utf-8"), help="what GitHub's API says about Pages; - reads it"
)
@click.option("--format", "form", type=click.Choice(["text", "github"]), default="text")
def audience(event: BinaryIO | None, pages: BinaryIO | None, form: str) -> None:
    """Stop where anyone could read the published site and nobody said that it is meant."""
    from macros import report  # noqa: PLC0415
    from macros.company import audience as readers  # noqa: PLC0415
    from macros.company.settings import load_site  # noqa: PLC0415
    from macros.diagnostics import Diagnostics  # noqa: PLC0415

    private = readers.is_private(event.read()) if event else None
    open_site = readers.open_to_anyone(pages.read() if pages else b"")
    refused = readers.refusal(sound(load_site(project())).settings, private=private, open_site=open_site)
    if refused:
        click.echo(report.REPORTERS[form](Diagnostics([refused])))
        sys.exit(1)
    readable = "anyone who has the address" if open_site else "those who may read the repository"
    click.echo(f"The site can be read by {readable}.")


@click.command()
def diff() -> None:
    """Say what this company changed against upstream, per item."""
    from macros.company import differences  # noqa: PLC0415
    from macros.playbook import load  # noqa: PLC0415

    found = differences.compare(sound(load(project().root)))
    click.echo(differences.as_text(*sound(found)) or "Nothing differs from upstream.")
