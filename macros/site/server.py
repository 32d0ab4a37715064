"""Serves a built site to a browser on this machine, and has it reload when there is a newer one.

What is shown changes in one step. Until then everybody gets the state before, so no request waits for
a build.
"""

from __future__ import annotations

import mimetypes
import posixpath
import socket
import socketserver
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Condition
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from macros.views.environment import environment

POLLING = "/livereload/"
"""Address at which a page waits for a newer state: its own number follows."""
LONGEST = 50.0
"""Seconds that such a request waits; then the page asks again."""


@dataclass
class Shown:
    """What is shown: a built site, or in the place of each of its pages what is wrong.

    Args:
        site: folder of the last site that was built.
        message: what is wrong; empty where nothing is.
        number: grows with each change. Another server's are smaller where it began earlier.
    """

    site: Path
    message: str = ""
    number: int = field(default_factory=lambda: int(time.time() * 1000))
    changed: Condition = field(default_factory=Condition)

    def show(self, site: Path, message: str = "") -> None:
        """Show something else; every page that is open loads anew."""
        with self.changed:
            self.site, self.message = site, message
            self.number = max(self.number + 1, int(time.time() * 1000))
            self.changed.notify_all()

    def wait(self, number: int) -> int:
        """Wait for a state after `number`, but not for ever; returns the number that is shown."""
        with self.changed:
            self.changed.wait_for(lambda: self.number > number, timeout=LONGEST)
            return self.number


@dataclass
class Answer:
    """What a request gets.

    Args:
        content: its body.
        kind: its media type.
        status: of HTTP.
        location: where to go instead.
    """

    content: bytes
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    location: str = ""


def answer(shown: Shown, address: str) -> Answer:
    """What is shown at an address.

    Args:
        shown: what is shown now.
        address: as a browser asks for it: path and query.
    """
    path = unquote(urlsplit(address).path, errors="surrogateescape")
    if path.startswith(POLLING):
        known = path.removeprefix(POLLING).partition("/")[0]
        now = shown.wait(int(known)) if known.isdecimal() and len(known) < 20 else shown.number
        return Answer(str(now).encode(), "text/plain")
    number, site, message = shown.number, shown.site, shown.message
    # A path never leads out of the site, whatever dots and separators are in it.
    below = posixpath.normpath("/" + path.replace("\\", "/")).lstrip("/").replace("\0", "")
    file = site / below
    is_page = path.endswith(("/", ".html")) or not posixpath.splitext(below)[1]
    if message and is_page:
        return Answer(reloading(broken(message), number))
    with suppress(OSError, ValueError):  # what is no name of a file is none of ours
        if path.endswith("/"):
            file /= "index.html"
        elif (file / "index.html").is_file():
            folder = quote(posixpath.basename(below), errors="surrogateescape")
            return Answer(b"", status=302, location=f"{folder}/")
        if file.resolve().is_relative_to(site.resolve()):
            content = file.read_bytes()
            if file.suffix == ".html":
                return Answer(reloading(content, number))
            return Answer(content, _kind(file))
    if shown.number != number:  # it was changed meanwhile, and the old site is gone
        return answer(shown, address)
    missing = b"Not Found"
    with suppress(OSError):
        missing = (site / "404.html").read_bytes()
    return Answer(reloading(missing, number), status=404)


def _kind(file: Path) -> str:
    """A file's media type. The system's table may hold anything, so ours come first."""
    if file.suffix in {".js", ".mjs"}:
        return "text/javascript"
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def broken(message: str) -> bytes:
    """The page that says what is wrong."""
    text = environment().get_template("broken.html.j2").render(message=message)
    return text.encode("utf-8", "backslashreplace")


def reloading(page: bytes, number: int) -> bytes:
    """A page with the script that reloads it once there is a newer state than `number`."""
    text = environment().get_template("reload.html.j2").render(number=number, tab=time.monotonic_ns())
    before, body, after = page.rpartition(b"</body>")
    return before + text.encode() + body + after if body else page + text.encode()


class Server(ThreadingHTTPServer):
    """Listens from its making on, and answers once it is started.

    Args:
        host: name or number of the address.
        port: 0 for any that is free.

    Raises:
        OSError: it cannot be listened there, or there is no such address.
        UnicodeError: the host is no name at all.
    """

    daemon_threads = True
    # On Windows that would let two servers share a port.
    allow_reuse_address = sys.platform != "win32"

    def __init__(self, host: str, port: int) -> None:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        # "localhost" is both; browsers and tools try the older one in any case.
        family, _, _, _, address = min(found, key=lambda each: each[0] != socket.AF_INET)
        self.address_family = family
        self.shown: Shown | None = None
        super().__init__(address[:2], Handler)  # type: ignore[arg-type]
        name = f"[{host}]" if ":" in host else host
        self.url = f"http://{name}:{self.server_address[1]}/"

    def server_bind(self) -> None:
        """Bind. The base class would ask a name server for our own name, which may take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Browsers hang up all the time; nothing is said, and nothing ends."""


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    timeout = LONGEST + 10  # whoever says nothing for so long holds no thread
    server: Server

    def do_GET(self) -> None:
        """Answer, and send the content."""
        self._answer(with_content=True)

    def do_HEAD(self) -> None:
        """Answer without the content."""
        self._answer(with_content=False)

    def _answer(self, *, with_content: bool) -> None:
        assert self.server.shown is not None  # noqa: S101 - it is not started before
        found = answer(self.server.shown, self.path)
        self.send_response(found.status)
        self.send_header("Content-Type", found.kind)
        self.send_header("Content-Length", str(len(found.content)))
        self.send_header("Cache-Control", "no-store")
        if found.location:
            self.send_header("Location", found.location)
        self.end_headers()
        if with_content:
            self.wfile.write(found.content)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the terminal is for what is wrong with the playbook."""
