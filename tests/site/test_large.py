"""A large site: the navigation shows less, and leads everywhere all the same, with either generator."""

from __future__ import annotations

import posixpath
import shutil
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.playbook import Playbook, load
from tests.scale import generate
from tests.scale.measure import exponent
from tests.site.conftest import PLAYBOOK, Site, run

pytestmark = pytest.mark.slow

NUMBER = 250
FLAT = 130
"""So many pages lie in one folder, more than a list of the navigation shows."""


def large_project(folder: Path) -> Path:
    """A project of the shipped pages, 250 in folders, and 130 in one folder."""
    root = generate.project(folder)
    generate.pages(root, NUMBER)
    for number in range(FLAT):
        path = root / "company/docs/minutes" / f"day-{number:03}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"# Day {number}\n\nNothing.\n", "utf-8")
    return root


@pytest.fixture(scope="session", params=["mkdocs", "zensical"])
def large_site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]
) -> Site:
    """The shipped pages, 250 in folders, and 130 in one folder."""
    root = large_project(tmp_path_factory.mktemp("large") / "project")
    result = run([*PLAYBOOK, "build", "--generator", request.param], root, environment)
    assert result.returncode == 0, result.stdout
    return Site(root / "site", result.stdout)


def shown(site: Site, address: str) -> list[str]:
    """Addresses that the navigation beside a page links to, and those of the tabs."""
    links = site.pages[address].css(".md-sidebar--primary a.md-nav__link, .md-tabs__link")
    found = (
        posixpath.normpath(posixpath.join("/", address, link.attributes["href"] or "")) for link in links
    )
    return [link.strip("/") + "/" if link != "/" else "" for link in found]


def test_the_navigation_of_a_page_stays_short(large_site: Site) -> None:
    assert len(large_site.pages) > NUMBER + FLAT
    for address in large_site.pages:
        assert len(shown(large_site, address)) < 150, address


def test_its_neighbors_stand_around_a_page(large_site: Site) -> None:
    links = shown(large_site, "minutes/day-070/")
    around = [f"minutes/day-{number:03}/" for number in range(50, 91)]
    assert [link for link in links if link in around] == around


def test_the_navigation_leads_to_every_page(large_site: Site) -> None:
    """By its links alone, from page to page, without a script."""
    seen, waiting = {""}, [""]
    while waiting:
        for link in shown(large_site, waiting.pop()):
            if link in large_site.pages and link not in seen:
                seen.add(link)
                waiting.append(link)
    assert large_site.pages.keys() - seen <= {"404.html"}


def test_the_shipped_sites_navigation_is_the_themes_own(
    mkdocs_site: Site, tmp_path: Path, environment: dict[str, str]
) -> None:
    """Our partial is there for speed: what it writes for a small site is what the theme's writes."""
    root = generate.project(tmp_path / "project")
    shutil.rmtree(root / "overrides" / "partials")
    result = run(["-m", "mkdocs", "build", "-q"], root, environment)
    assert result.returncode == 0, result.stdout
    for address, page in mkdocs_site.pages.items():
        path = root / "site" / address
        theirs = LexborHTMLParser((path / "index.html" if path.is_dir() else path).read_text("utf-8"))
        assert outline(page) == outline(theirs), address


def outline(page: LexborHTMLParser) -> list[tuple[str, dict[str, str | None], str]]:
    """Every element of the navigation, with its attributes and its text."""
    return [
        (node.tag, node.attributes, " ".join(node.text(deep=False).split()))
        for node in page.css(".md-sidebar--primary *")
    ]


def test_multiplied_data_is_three_times_as_much_and_has_no_problem(tmp_path: Path) -> None:
    root = generate.project(tmp_path / "project")
    before = load(root)
    generate.multiply(root, 3)
    after = load(root)
    assert isinstance(before, Playbook)
    assert isinstance(after, Playbook)
    gates = {"questions": 2}  # they keep three trees one
    for key, items in before.lists.items():
        assert len(after.lists[key]) == 3 * len(items) + gates.get(key, 0), key


def test_an_exponent_is_the_slope_between_logarithms() -> None:
    assert exponent([(1, 3), (10, 30), (100, 300)]) == pytest.approx(1)
    assert exponent([(2, 5), (20, 500)]) == pytest.approx(2)
