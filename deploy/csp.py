#!/usr/bin/env python3
"""Writes the Content-Security-Policy of a built site, as a line for nginx.

    csp.py site > policy.conf

Only scripts of the site's own run, and the few that the theme writes into its pages: each of those is
named by its hash. They change with the theme's version and with the site's path, so the policy is made
anew with each build. Nothing is needed but Python.
"""

from __future__ import annotations

import base64
import hashlib
import sys
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

DATA = {"application/json", "application/ld+json"}
"""Types of a script that is data and never runs."""
RULES = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",  # a progress bar's width stands in an attribute
    "img-src": "'self' data:",  # the theme's icons
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self'",  # search
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}


class _Scripts(HTMLParser):
    """Collects scripts that stand in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.inside = tag == "script" and "src" not in given and given.get("type") not in DATA
        if self.inside:
            self.found.append("")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "script"


def scripts(page: str) -> list[str]:
    """The scripts that stand in a page, as they are."""
    parser = _Scripts()
    parser.feed(page)
    parser.close()
    return parser.found


def hashes(site: Path) -> Iterator[str]:
    """The hash of every script that stands in a page of the site, each once and in order."""
    found = {script for path in site.rglob("*.html") for script in scripts(path.read_text("utf-8"))}
    for script in sorted(found):
        yield f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def policy(allowed: Iterable[str]) -> str:
    """The header's value.

    Args:
        allowed: hashes of scripts that stand in pages.
    """
    rules = {**RULES, "script-src": " ".join([RULES["script-src"], *allowed])}
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def main(arguments: list[str]) -> int:
    """Print the line; 0, or 2 where the folder holds no site."""
    site = Path(arguments[0]) if len(arguments) == 1 else None
    if site is None or not (site / "index.html").is_file():
        print("Usage: csp.py FOLDER, where FOLDER holds a built site", file=sys.stderr)
        return 2
    print(f'add_header Content-Security-Policy "{policy(hashes(site))}" always;')
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
