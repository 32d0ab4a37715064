#!/usr/bin/env python3
"""Ask npm whether anything is known against the scripts that lie in the repository.

    vendored.py audit

They have no lock of their own, so one is made from vendored.json, in a folder that is thrown away.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = (
    ["npm", "install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"],
    ["npm", "audit"],
)


def package(manifest: str) -> str:
    """A package.json that wants exactly the vendored versions.

    Args:
        manifest: vendored.json.
    """
    wanted = {entry["name"]: entry["version"] for entry in json.loads(manifest)["files"]}
    return json.dumps({"name": "vendored", "private": True, "dependencies": wanted})


def audit(root: Path, commands: Sequence[Sequence[str]] = COMMANDS) -> int:
    """Run the commands one after the other, up to the first that fails; returns its exit code, or 0."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "package.json").write_text(package((root / "vendored.json").read_text("utf-8")), "utf-8")
        codes = (subprocess.run(command, cwd=folder, check=False).returncode for command in commands)
        return next((code for code in codes if code), 0)


if __name__ == "__main__":
    if sys.argv[1:] != ["audit"]:
        sys.exit("Usage: vendored.py audit")
    sys.exit(audit(ROOT))
