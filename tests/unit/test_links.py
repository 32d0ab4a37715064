"""Links that leave the site: they are listed, encrypted, and readers find all of them on one page."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.conftest import ROOT, Project

sys.path.insert(0, str(ROOT / ".ci"))

import links


class Answers(BaseHTTPRequestHandler):
    """A server that answers with the status that is its path."""

    def do_GET(self) -> None:
        self.send_response(int(self.path.strip("/")))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Answers) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def test_links_are_found_in_every_form_with_their_lines_and_not_in_code() -> None:
    text = (
        "[a](https://a.example/x) and <https://b.example>\n"
        "```\n[no](https://code.example)\n```\n"
        '`https://code.example` <a href="https://c.example/?q=1">c</a>\n'
        "[own](http://127.0.0.1:8000) [page](other.md)\n"
    )
    assert list(links.links_in(text)) == [
        (1, "https://a.example/x"),
        (1, "https://b.example"),
        (5, "https://c.example/?q=1"),
    ]


def test_links_of_pages_and_of_data_are_listed_with_their_files(small: Project) -> None:
    (small.root / "docs" / "new.md").write_text("# New\n\n[out](https://out.example)\n", "utf-8")
    (small.root / "data" / "new.yml").write_text('text: "[out](https://data.example)"\n', "utf-8")
    assert links.Link("docs/new.md", 3, "https://out.example") in links.links(small.root)
    assert links.Link("data/new.yml", 1, "https://data.example") in links.links(small.root)


def test_only_a_page_that_says_so_counts_as_gone(server: str) -> None:
    assert links.asked(f"{server}/200") == "ok"
    assert links.asked(f"{server}/404") == "gone (404)"
    assert links.asked(f"{server}/410") == "gone (410)"
    assert links.asked(f"{server}/403") == "not said (403)"
    assert links.asked("http://127.0.0.1:9") == "not said (URLError)"


def test_what_readers_are_sent_to_is_encrypted_and_on_the_page_of_references() -> None:
    outside = [each for each in links.links(ROOT) if not each.file.startswith("docs/contributing/")]
    listed = {each.url for each in outside if each.file == "docs/read-on.md"}
    cited = {each.url for each in outside if each.file != "docs/about.md"}
    assert len(listed) >= 10
    assert cited - listed == set()
    assert [each for each in outside if not each.url.startswith("https://")] == []
