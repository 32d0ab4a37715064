"""Takes the screenshots of the example companies that the Customize chapter shows.

Run by hand after a change of the look: python -m tests.browser.screenshots
"""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import FLAGS, Quiet, chromium
from tests.conftest import ROOT, copy_project
from tests.site.conftest import PLAYBOOK, run

SHOTS = {
    "grocer": "organization/stakeholders/",
    "startup": "stories/startup/",
    "bank": "organization/raci/",
    "retailer": "stories/retailer/",
    "public-body": "register/",
}
"""Page to show, by example."""


def main() -> None:
    """Build each example and take its picture."""
    path = chromium()
    if path is None:
        sys.exit("Chromium is not installed; set CHROMIUM to its path")
    target = ROOT / "docs" / "assets" / "examples"
    target.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for example, page_path in SHOTS.items():
            root = copy_project(Path(name) / example)
            shutil.copytree(ROOT / "examples" / example, root / "company")
            result = run([*PLAYBOOK, "build", "--no-strict"], root, {**os.environ})
            if result.returncode:
                sys.exit(result.stdout)
            handler = functools.partial(Quiet, directory=str(root / "site"))
            with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
                threading.Thread(target=server.serve_forever, daemon=True).start()
                page = browser.new_page(viewport={"width": 1180, "height": 720})
                page.goto(f"http://127.0.0.1:{server.server_port}/{page_path}")
                page.wait_for_timeout(400)
                page.screenshot(path=str(target / f"{example}.png"))
                page.close()
                server.shutdown()
        browser.close()


if __name__ == "__main__":
    main()
