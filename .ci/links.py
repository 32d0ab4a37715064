#!/usr/bin/env python3
"""Links of the pages and of the data that leave the site, with their places.

    links.py            list them
    links.py --ask      ask each address whether it is still there; the status is 1 if one is gone

Listing needs no network, and no test asks. An address that refuses a program, or that does not answer in
time, is named and counts as there: only 404 and 410 say that a page has gone.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[1]
CODE = re.compile(r"^( *)```.*?^\1```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"""(?:\]\(|<|href=["'])(https?://(?!127\.0\.0\.1|localhost)[^\s)>"']+)""")
GONE = (404, 410)


class Link(NamedTuple):
    """One link to the outside: file below the root, line from 1, address."""

    file: str
    line: int
    url: str


def links_in(text: str) -> Iterator[tuple[int, str]]:
    """Lines (from 1) and addresses of a text's links, without those in code and to one's own machine."""
    kept = CODE.sub(lambda found: "\n" * found[0].count("\n"), text)
    for found in LINK.finditer(kept):
        yield kept.count("\n", 0, found.start()) + 1, found[1]


def links(root: Path) -> list[Link]:
    """Links to the outside in docs/ and data/ below a root, in the order of files and lines."""
    files = sorted([*(root / "docs").rglob("*.md"), *(root / "data").rglob("*.yml")])
    return [
        Link(path.relative_to(root).as_posix(), line, url)
        for path in files
        for line, url in links_in(path.read_text("utf-8"))
    ]


def asked(url: str, seconds: float = 20) -> str:
    """What an address answers: "ok", "gone (404)", or why it cannot be said."""
    try:
        request = Request(url, headers={"User-Agent": "Mozilla/5.0 (link check)"})  # noqa: S310  # LINK is http
        with urlopen(request, timeout=seconds):  # noqa: S310
            return "ok"
    except HTTPError as error:
        return f"gone ({error.code})" if error.code in GONE else f"not said ({error.code})"
    except (OSError, HTTPException) as error:
        return f"not said ({type(error).__name__})"


def main(arguments: list[str]) -> int:
    """Print the links, and with --ask the answers; 1 if a page has gone, 2 for anything else asked."""
    if arguments not in ([], ["--ask"]):
        print(__doc__, file=sys.stderr)
        return 2
    gone = False
    known: dict[str, str] = {}
    for each in links(ROOT):
        if arguments:
            known[each.url] = known.get(each.url) or asked(each.url)
            gone = gone or known[each.url].startswith("gone")
        print(f"{each.file}:{each.line}: {each.url} {known.get(each.url, '')}".rstrip())
    return int(gone)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
