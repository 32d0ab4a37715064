"""The plain step before a build: playbook and company layer put together in one folder."""

from __future__ import annotations

from typing import Any

import yaml

from macros.company.settings import Site, load_site
from macros.project import Project
from macros.site.assemble import assemble
from tests.conftest import Copy


def assembled(small: Copy) -> Copy:
    site = load_site(small.project)
    assert isinstance(site, Site)
    return Copy(assemble(small.project, site, small.root / ".build").root)


LAYER = {
    "site.yml": "name: Acme\ncolors: {primary: '#5b1a3a'}\nnavigation: [{remove: Sheets}]\n",
    "docs/up.md": "# Ours\n",
    "docs/a/new.md": "# New\n",
    "docs/assets/logo.svg": "<svg/>",
    "overrides/main.html": "ours",
    "macros.py": "def define_env(env):\n    pass\n",
    "raci.yml": "activities: [{id: train, name: Ours}]\n",
}


def layer(small: Copy) -> None:
    small.write("macros/__init__.py", "")
    small.write("macros/__pycache__/x.pyc", "")
    small.write("overrides/main.html", "theirs")
    small.write("overrides/404.html", "theirs")
    for name, text in LAYER.items():
        small.write(f"company/{name}", text)


def test_without_a_layer_of_the_sites_the_project_itself_is_built(small: Copy) -> None:
    small.write("company/raci.yml", LAYER["raci.yml"])
    assert assembled(small).root == small.root
    assert not (small.root / ".build").exists()


def test_everything_that_a_build_needs_is_there_with_the_companys_over_it(small: Copy) -> None:
    layer(small)
    made = assembled(small)
    assert made.root == small.root / ".build"
    assert made.read("docs/up.md") == "# Ours\n"
    assert made.read("docs/down.md") == small.read("docs/down.md")
    assert made.read("docs/a/new.md") == "# New\n"
    assert made.read("overrides/main.html") == "ours"
    assert made.read("overrides/404.html") == "theirs"
    assert made.read("data/roles.yml") == small.read("data/roles.yml")
    assert made.read("company/raci.yml") == LAYER["raci.yml"]
    assert (made.root / "macros/__init__.py").is_file()
    assert not (made.root / "macros/__pycache__").exists()
    assert made.read("docs/assets/company.css") == (
        '[data-md-color-scheme="default"]{--md-primary-fg-color:#5b1a3a;}\n'
    )


def test_it_knows_where_it_is_from(small: Copy) -> None:
    layer(small)
    assert Project(assembled(small).root).origin.root == small.root.resolve()


class Loader(yaml.SafeLoader):
    """Reads `!ENV` as anything."""


Loader.add_constructor("!ENV", lambda *_: None)


def test_its_configuration_has_the_companys_settings(small: Copy) -> None:
    layer(small)
    config: dict[str, Any] = yaml.load(assembled(small).read("mkdocs.yml"), Loader=Loader)  # noqa: S506 - a safe loader
    assert config["site_name"] == "Acme"
    assert config["extra_css"] == ["assets/company.css"]
    assert {"Our pages": ["a/new.md"]} in config["nav"]


def test_the_playbooks_own_files_are_left_alone(small: Copy) -> None:
    layer(small)
    before = {path: path.read_bytes() for path in small.root.rglob("*") if path.is_file()}
    assembled(small)
    after = {path: path.read_bytes() for path in before}
    assert after == before


def test_what_was_taken_out_since_is_gone(small: Copy) -> None:
    layer(small)
    assembled(small)
    (small.root / "company/docs/a/new.md").unlink()
    (small.root / "docs/slow.md").unlink()
    made = assembled(small)
    assert not (made.root / "docs/a/new.md").exists()
    assert not (made.root / "docs/slow.md").exists()


def test_without_colors_there_is_no_style_sheet(small: Copy) -> None:
    small.write("company/docs/x.md", "# X\n")
    assert not (assembled(small).root / "docs/assets/company.css").exists()
