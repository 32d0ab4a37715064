"""What stands beside the pages of a built site."""

from __future__ import annotations

import re

import pytest

from tests.conftest import Copy
from tests.site.conftest import PLAYBOOK, run

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("generator", ["mkdocs", "zensical"])
def test_a_build_writes_every_export(whole_small: Copy, environment: dict[str, str], generator: str) -> None:
    result = run([*PLAYBOOK, "build", "--generator", generator], whole_small.root, environment)
    assert result.returncode == 0, result.stdout
    site = whole_small.root / "site"
    listed = set(re.findall(r"\]\(([^)]+)\)", whole_small.read("site/llms.txt")))
    assert all((site / target).is_file() for target in listed)
    pages = {path.with_suffix(".md").relative_to(site).as_posix() for path in site.rglob("index.html")}
    assert pages <= listed
    assert len(pages) == len(whole_small.project.pages)
    assert {"export/playbook.json", "export/raci.csv", "export/raci.xlsx"} <= listed
    raci = whole_small.read("site/organization/raci/index.md")
    assert "| R/A | C | I |" in raci
    assert "<" not in raci.replace("<br>", "")
    assert {path.suffix for path in (site / "templates").glob("gaps.*")} == {".docx", ".xlsx", ".md"}
