"""What a browser gets from the live server, and when it reloads."""

from __future__ import annotations

import re
import socket
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.site import server as module
from macros.site.server import Server, Shown, answer


@pytest.fixture
def shown(tmp_path: Path) -> Shown:
    """A site of a few pages, beside a file that is not part of it."""
    files = {
        "site/index.html": "<body>Home</body>",
        "site/a/index.html": "<body>A</body>",
        "site/x.html": "no body",
        "site/404.html": "<body>Not here</body>",
        "site/assets/p.js": "js",
        "site/assets/é &.txt": "text",
        "site/llms": "no ending",
        "secret.txt": "secret",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return Shown(tmp_path / "site", number=7)


@pytest.mark.parametrize(
    ("address", "status", "kind", "start"),
    [
        ("/", 200, "text/html; charset=utf-8", "<body>Home"),
        ("/?q=1#x", 200, "text/html; charset=utf-8", "<body>Home"),
        ("/a/", 200, "text/html; charset=utf-8", "<body>A"),
        ("/x.html", 200, "text/html; charset=utf-8", "no body"),
        ("/assets/p.js", 200, "text/javascript", "js"),
        ("/assets/%C3%A9%20&.txt", 200, "text/plain; charset=utf-8", "text"),
        ("/llms", 200, "application/octet-stream", "no ending"),
        ("/nowhere/", 404, "text/html; charset=utf-8", "<body>Not here"),
        ("/../secret.txt", 404, "text/html; charset=utf-8", "<body>Not here"),
        ("/%2e%2e/secret.txt", 404, "text/html; charset=utf-8", "<body>Not here"),
        ("/..%5csecret.txt", 404, "text/html; charset=utf-8", "<body>Not here"),
        ("/a%00b", 404, "text/html; charset=utf-8", "<body>Not here"),
        ("/%ff%fe/", 404, "text/html; charset=utf-8", "<body>Not here"),
        ("/" + "x" * 5000, 404, "text/html; charset=utf-8", "<body>Not here"),
    ],
)
def test_an_address_gets_its_file(shown: Shown, address: str, status: int, kind: str, start: str) -> None:
    found = answer(shown, address)
    assert (found.status, found.kind) == (status, kind)
    assert found.content.decode().startswith(start)


def test_a_folder_without_its_slash_is_sent_to_it(shown: Shown) -> None:
    found = answer(shown, "/a")
    assert (found.status, found.location) == (302, "a/")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_that_leads_out_of_the_site_leads_nowhere(shown: Shown) -> None:
    (shown.site / "out.txt").symlink_to(shown.site.parent / "secret.txt")
    assert answer(shown, "/out.txt").status == 404


def test_every_page_reloads_once_there_is_something_newer(shown: Shown) -> None:
    for address in ("/", "/x.html", "/nowhere/"):
        assert b"livereload(7, " in answer(shown, address).content
    assert answer(shown, "/").content.rstrip().endswith(b"</body>")
    assert b"livereload" not in answer(shown, "/assets/p.js").content


def test_in_the_place_of_every_page_stands_what_is_wrong(shown: Shown) -> None:
    shown.show(shown.site, "data/x.yml:1:1: <b>broken</b>")
    for address in ("/", "/a/", "/a", "/x.html", "/nowhere/"):
        found = answer(shown, address)
        assert found.status == 200
        assert b"data/x.yml:1:1: &lt;b&gt;broken&lt;/b&gt;" in found.content
        assert b"livereload(" in found.content
    assert answer(shown, "/assets/p.js").content == b"js"


def test_a_message_may_hold_anything(shown: Shown) -> None:
    shown.show(shown.site, "docs/caf\udce9.md: broken")
    assert b"docs/caf\\udce9.md" in answer(shown, "/").content


def test_a_site_that_was_replaced_while_it_was_asked_for_is_asked_again(
    shown: Shown, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    new = tmp_path / "new"
    new.mkdir()
    (new / "b.html").write_text("new", "utf-8")
    real = module.posixpath.normpath

    def meanwhile(path: str) -> str:
        if shown.site != new:
            shown.show(new)
        return real(path)

    monkeypatch.setattr(module.posixpath, "normpath", meanwhile)
    assert answer(shown, "/b.html").content.startswith(b"new")


def test_a_number_grows_with_each_change_whatever_the_clock_says(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module.time, "time", lambda: 0)
    shown.show(shown.site)
    shown.show(shown.site)
    assert shown.number == 9


def test_whoever_waits_is_told_of_a_change(shown: Shown) -> None:
    threading.Timer(0.02, lambda: shown.show(shown.site)).start()
    assert int(answer(shown, "/livereload/7/1").content) > 7


@pytest.mark.parametrize("address", ["/livereload/6/1", "/livereload/nonsense", "/livereload/" + "9" * 5000])
def test_whoever_is_behind_or_asks_nonsense_need_not_wait(shown: Shown, address: str) -> None:
    assert answer(shown, address).content == b"7"


def test_nobody_waits_for_ever(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST", 0.01)
    assert answer(shown, "/livereload/7/1").content == b"7"


# --- the server itself ----------------------------------------------------------------------


@pytest.fixture
def server(shown: Shown) -> Iterator[Server]:
    with Server("127.0.0.1", 0) as server:
        server.shown = shown
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def test_it_answers_at_the_address_that_it_names(server: Server) -> None:
    with urllib.request.urlopen(server.url) as found:  # noqa: S310 - this machine
        assert found.headers["Cache-Control"] == "no-store"
        assert b"Home" in found.read()
    with urllib.request.urlopen(urllib.request.Request(server.url, method="HEAD")) as found:  # noqa: S310 - as above
        assert found.read() == b""
        assert int(found.headers["Content-Length"]) > 0


def test_a_browser_that_hangs_up_ends_nothing(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    for said in (b"", b"GET", b"\xff\xfe\r\n\r\n", b"GET /livereload/7/1 HTTP/1.1\r\n\r\n"):
        with socket.create_connection(server.server_address[:2]) as rude:
            rude.sendall(said)
    with urllib.request.urlopen(server.url) as found:  # noqa: S310 - this machine
        assert b"Home" in found.read()
    assert capsys.readouterr().err == ""


def test_a_port_that_is_taken_is_an_error() -> None:
    with Server("127.0.0.1", 0) as first, pytest.raises(OSError, match="in use"):
        Server("127.0.0.1", first.server_port)


@pytest.mark.parametrize(("host", "error"), [("no.such.host.invalid", OSError), ("a" * 70, UnicodeError)])
def test_a_host_that_there_is_not_is_an_error(host: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        Server(host, 0)


def test_localhost_is_where_tools_look_first() -> None:
    with Server("localhost", 0) as server:
        assert server.server_address[0] == "127.0.0.1"
        assert re.fullmatch(r"http://localhost:\d+/", server.url)


@pytest.mark.skipif(not socket.has_ipv6 or not Path("/proc/net/if_inet6").exists(), reason="no IPv6 here")
def test_an_address_of_the_newer_kind_is_written_in_brackets() -> None:
    with Server("::1", 0) as server:
        assert re.fullmatch(r"http://\[::1\]:\d+/", server.url)
