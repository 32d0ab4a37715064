"""The page that lists the sites, and the table that sums a run up."""

from __future__ import annotations

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from macros.site.many.portal import is_free, table, write_portal
from macros.site.many.work import Outcome


def shown(output: Path) -> list[tuple[str, str | None, str]]:
    page = LexborHTMLParser((output / "index.html").read_text("utf-8"))
    return [
        (link.text(), link.attributes["href"], small.text())
        for link, small in zip(page.css("li a"), page.css("li small"), strict=True)
    ]


def test_sites_are_listed_by_what_they_are_called(tmp_path: Path) -> None:
    write_portal(
        [Outcome("b", "Zoo", True, pages=3), Outcome("a&b #1", "<b>Ärzte</b>", True, pages=70)], tmp_path
    )
    assert shown(tmp_path) == [
        ("<b>Ärzte</b>", "a%26b%20%231/index.html", "70 pages"),
        ("Zoo", "b/index.html", "3 pages"),
    ]


def test_a_failed_site_is_listed_where_an_older_one_stands(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old/index.html").write_text("", "utf-8")
    write_portal([Outcome("old", "Old"), Outcome("new", "New")], tmp_path)
    assert shown(tmp_path) == [("Old", "old/index.html", "an older version: the last build failed")]


def test_without_any_site_the_page_says_so(tmp_path: Path) -> None:
    write_portal([], tmp_path)
    assert "There is no site yet." in (tmp_path / "index.html").read_text("utf-8")


def test_only_our_own_page_is_overwritten(tmp_path: Path) -> None:
    assert is_free(tmp_path / "missing")
    assert is_free(tmp_path)
    write_portal([], tmp_path)
    assert is_free(tmp_path)
    (tmp_path / "index.html").write_text("<h1>Mine</h1>", "utf-8")
    assert not is_free(tmp_path)


def test_the_table_has_a_line_for_each_company() -> None:
    outcomes = [Outcome("retail", "R", False, 1.26, 0, 2), Outcome("bank", "B", True, 12.0, 70, 0)]
    assert table(outcomes, Path("sites")).splitlines() == [
        "Company  Result  Seconds  Pages  Warnings  Where",
        "bank     built      12.0     70         0  sites/bank",
        "retail   failed      1.3                2",
    ]
