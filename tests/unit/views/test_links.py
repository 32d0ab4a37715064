"""Relative links between pages, so that the site works under any path and from a folder."""

from __future__ import annotations

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.places.addresses import page_url
from macros.views.links import Linker


@pytest.mark.parametrize(
    ("path", "target", "expected"),
    [
        ("index.md", "a/b.md", "a/b/"), ("index.md", "index.md", "./"), ("a/b.md", "index.md", "../../"), ("a/b.md", "a/c.md#x", "../c/#x"),
        ("a/index.md", "a/c.md", "c/"), ("a/c.md", "a/index.md", "../"), ("a/c.md", "a/c.md#x", "#x"), ("a/c.md", "a/c.md", "./"),
        ("b.md", "a/c/d.md", "../a/c/d/"),
    ],
)  # fmt: skip
def test_links_are_relative_to_the_page(path: str, target: str, expected: str) -> None:
    assert Linker(path).page(target) == expected


@pytest.mark.parametrize(
    ("path", "target", "expected"),
    [
        ("a/b.md", "index.md", "../index.html"),
        ("index.md", "a/b.md#x", "a/b.html#x"),
        ("a/b.md", "a/index.md", "index.html"),
    ],
)
def test_links_without_directory_urls_name_files(path: str, target: str, expected: str) -> None:
    assert Linker(path, directory_urls=False).page(target) == expected


@pytest.mark.parametrize(
    ("path", "target", "expected"),
    [
        ("a/b.md", "t/index.md#x", "../t/index.md#x"),
        ("index.md", "a/b.md", "a/b.md"),
        ("a/b.md", "a/b.md#x", "#x"),
    ],
)
def test_links_for_a_generator_that_rewrites_them_name_sources(path: str, target: str, expected: str) -> None:
    assert Linker(path, from_source=True).page(target) == expected


@pytest.mark.parametrize(
    ("linker", "expected"),
    [
        (Linker("a/b.md"), "../../t/x.md"), (Linker("a/b.md", directory_urls=False), "../t/x.md"),
        (Linker("a/b.md", from_source=True), "../t/x%2Emd"), (Linker("index.md"), "t/x.md"),
    ],
)  # fmt: skip
def test_a_file_to_download_is_never_taken_for_a_page(linker: Linker, expected: str) -> None:
    assert linker.file("t/x.md") == expected


def test_files_of_other_kinds_are_named_as_they_are() -> None:
    assert Linker("a/b.md", from_source=True).file("t/x.xlsx") == "../t/x.xlsx"


@pytest.mark.parametrize(
    ("name", "folders", "files"),
    [
        ("index.md", "", "index.html"),
        ("a/index.md", "a/", "a/index.html"),
        ("a/b.md", "a/b/", "a/b.html"),
        ("b.md", "b/", "b.html"),
        ("a/README.md", "a/", "a/index.html"),
    ],
)
def test_pages_are_published_as_folders_or_as_files(name: str, folders: str, files: str) -> None:
    assert page_url(name) == folders
    assert page_url(name, directory_urls=False) == files


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("r&d.md", "../r%26d/"), ("c#.md", "../c%23/"), ("c#.md#x", "../c%23/#x"), ("what?.md", "../what%3F/"),
        ("50%25.md", "../50%2525/"), ("on call (2026).md", "../on%20call%20%282026%29/"), ("a:b.md", "../a%3Ab/"),
        ("caf\u00e9.md", "../caf%C3%A9/"), ("cafe\u0301.md", "../caf%C3%A9/"),
    ],
)  # fmt: skip
def test_every_name_of_a_page_is_quoted_in_a_url(page: str, expected: str) -> None:
    assert Linker("a.md").page(page) == expected


names = st.lists(st.sampled_from(["a", "b", "index"]), min_size=1, max_size=3).map(
    lambda parts: "/".join(parts) + ".md"
)


@given(names, names)
def test_from_any_page_a_link_leads_to_the_other(here: str, there: str) -> None:
    target = posixpath.normpath(posixpath.join("/", page_url(here), Linker(here).page(there)))
    assert target == posixpath.normpath("/" + page_url(there))
