"""nginx with the configuration that `deploy/` ships, on a free port of this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import ROOT

DEPLOY = ROOT / "deploy"
MAIN = """
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  {inside}
}}
"""


def program(name: str) -> str:
    """Path of a program that tests of hosts need; they are skipped without it, but not in CI."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(f"{name} is not installed, and in CI the files for hosts have to be tried")
        pytest.skip(f"{name} is not installed")
    return found


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def at_home(text: str, current: Path, port: int) -> str:
    """A configuration as it is shipped, but for the port and for where releases lie."""
    return (
        text.replace("/tmp/", f"{current.parent}/tmp/")  # noqa: S108 - the container's
        .replace("/srv/www/playbook/current", str(current))
        .replace("listen 80;", f"listen 127.0.0.1:{port};")
        .replace("listen 8080;", f"listen 127.0.0.1:{port};")
    )


@contextmanager
def serving(folder: Path, current: Path, name: str) -> Iterator[str]:
    """Serve a release.

    Args:
        folder: for nginx' own files.
        current: the release: `site/` and `policy.conf`.
        name: ``playbook``, ``sub-path`` or ``container``.

    Yields:
        The server's address, without a slash at its end.
    """
    nginx, port = program("nginx"), free_port()
    (folder / "playbook").mkdir(parents=True)
    (current.parent / "tmp").mkdir(exist_ok=True)
    for shared in ("site.conf", "headers.conf"):
        text = (DEPLOY / "nginx" / shared).read_text("utf-8")
        (folder / "playbook" / shared).write_text(at_home(text, current, port), "utf-8")
    where = DEPLOY / ("container/nginx.conf" if name == "container" else f"nginx/{name}.conf")
    text = at_home(where.read_text("utf-8"), current, port)
    if name == "sub-path":
        text = f"server {{ listen 127.0.0.1:{port}; {text} }}"
    main = f"daemon off;\n{text}" if name == "container" else MAIN.format(folder=folder, inside=text)
    # Started as root, nginx would go on as somebody who may not read a test's folder.
    user = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(user + main, "utf-8")
    command = [nginx, "-e", str(folder / "error.log"), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    tested = subprocess.run([*command, "-t"], capture_output=True, encoding="utf-8", check=False)
    assert tested.returncode == 0, tested.stderr
    assert "[warn] conflicting" not in tested.stderr
    assert "duplicate" not in tested.stderr
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)
