"""Pages for those who work on the kit are not published; a company's folder of that name is."""

from __future__ import annotations

import pytest

from tests.conftest import Copy
from tests.site.conftest import PLAYBOOK, Site, run

pytestmark = pytest.mark.slow
OURS = "which imports from which"
"""Words that stand in docs/contributing/architecture.md alone."""


def test_neither_site_has_a_trace_of_them(site: Site) -> None:
    assert not list(site.folder.glob("contributing*"))
    for path in site.folder.rglob("*"):
        if path.suffix in {".html", ".json", ".md", ".txt", ".xml"}:
            text = path.read_text("utf-8")
            assert OURS not in text, path
            assert "contributing/" not in text, path


@pytest.mark.parametrize("generator", ["mkdocs", "zensical"])
def test_a_company_may_have_a_folder_of_that_name(
    whole_project: Copy, environment: dict[str, str], generator: str
) -> None:
    page = whole_project.root / "company" / "docs" / "contributing" / "index.md"
    page.parent.mkdir(parents=True)
    page.write_text("# How to change this playbook\n\nAsk Ada.\n", "utf-8")
    result = run([*PLAYBOOK, "build", "--generator", generator], whole_project.root, environment)
    assert result.returncode == 0, result.stdout
    folder = whole_project.root / "site" / "contributing"
    assert "Ask Ada." in (folder / "index.html").read_text("utf-8")
    assert not (folder / "architecture").exists()
