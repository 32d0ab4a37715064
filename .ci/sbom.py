#!/usr/bin/env python3
"""The bill of materials of a release, as CycloneDX: what builds the site, and what it hands to browsers.

    sbom.py 0.2.0       print it

It is made from the locks (requirements/base.txt, vendored.json) and from what the installed packages say
of their licenses, so it runs in the environment that built the site. It needs nothing but Python: the
job that makes a release may write to the repository, and installs no package more for it.
"""

from __future__ import annotations

import json
import re
import sys
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
NAME = "mlops-playbook-kit"
LOCK = "requirements/base.txt"
VENDORED = "vendored.json"
SPDX = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "ISC License (ISCL)": "ISC",
    "Academic Free License (AFL)": "AFL-2.1",
    "Python Software Foundation License": "PSF-2.0",
}
"""What packages that are older than license expressions call their licenses."""


@dataclass(frozen=True)
class Package:
    """A locked Python package.

    Args:
        name: as on the registry.
        version: the only one that is installed.
        marker: where it is installed; empty for everywhere.
        hashes: SHA-256 of each of its files on the registry.
        wanted_by: packages that need it; the project itself among them.
    """

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    wanted_by: tuple[str, ...]

    @property
    def ref(self) -> str:
        """Its package URL, which names it in the bill."""
        return f"pkg:pypi/{self.name}@{self.version}"


def packages(lock: str) -> Iterator[Package]:
    """The packages of a lock as uv writes it."""
    blocks = re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)
    for block in filter(None, blocks):
        head = re.match(r"([a-z0-9.-]+)==(\S+)(?: ; (.*?))? \\\n", block)
        if head:
            via = block.partition("# via")[2]
            wanted = re.findall(
                r"^\s*#?\s+([a-z0-9.-]+)",
                via.replace(" (pyproject.toml)", "").replace("-r requirements/build.in", NAME),
                re.MULTILINE,
            )
            hashes = tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", block))
            yield Package(head[1], head[2], head[3] or "", hashes, tuple(wanted))


def licenses(name: str) -> list[dict[str, Any]]:
    """What an installed package says of its license, as CycloneDX has it; empty where it is not installed."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return []
    if "License-Expression" in said:
        return [{"expression": said["License-Expression"]}]
    classifiers = [
        each.split(" :: ")[-1] for each in said.get_all("Classifier") or [] if each.startswith("License ::")
    ]
    known = [{"license": {"id": SPDX[each]}} for each in classifiers if each in SPDX]
    unknown = [{"license": {"name": each}} for each in classifiers if each not in SPDX]
    named = [{"license": {"name": said["License"]}}] if "License" in said else []
    return known or unknown or named


def component(package: Package) -> dict[str, Any]:
    """A Python package in the bill."""
    found: dict[str, Any] = {
        "type": "library",
        "bom-ref": package.ref,
        "name": package.name,
        "version": package.version,
        "purl": package.ref,
        "licenses": licenses(package.name),
        "hashes": [{"alg": "SHA-256", "content": each} for each in package.hashes],
    }
    if package.marker:
        found["properties"] = [{"name": "playbook:marker", "value": package.marker}]
    return found


def vendored(entry: Mapping[str, Any]) -> dict[str, Any]:
    """A library that lies in the repository: its script, and not the text of its license, is hashed."""
    ref = f"pkg:npm/{entry['name']}@{entry['version']}"
    hashes = [sha for path, sha in entry["sha256"].items() if not path.endswith("-LICENSE.txt")]
    return {
        "type": "library",
        "bom-ref": ref,
        "name": entry["name"],
        "version": entry["version"],
        "description": entry["used by"],
        "scope": "excluded" if entry["used by"].startswith("tests only") else "required",
        "purl": ref,
        "licenses": [{"license": {"id": entry["license"]}}],
        "hashes": [{"alg": "SHA-256", "content": sha} for sha in hashes],
    }


def bill(lock: str, manifest: str, version: str) -> dict[str, Any]:
    """The bill of materials. The same locks give the same bill.

    Args:
        lock: requirements/base.txt.
        manifest: vendored.json.
        version: of the release.
    """
    project = f"{NAME}@{version}"
    locked = list(packages(lock))
    libraries = [vendored(entry) for entry in json.loads(manifest)["files"]]
    refs = {
        NAME: [project],
        **{
            name: [each.ref for each in locked if each.name == name]
            for name in {each.name for each in locked}
        },
    }
    needs: dict[str, set[str]] = {
        project: {each["bom-ref"] for each in libraries if each["scope"] == "required"}
    }
    for each in locked:
        for parent in each.wanted_by:
            for ref in refs.get(parent, ()):
                needs.setdefault(ref, set()).add(each.ref)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{version}{lock}{manifest}')}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": project,
                "name": NAME,
                "version": version,
                "licenses": [{"expression": "Apache-2.0 AND CC-BY-4.0"}],
            }
        },
        "components": [*map(component, locked), *libraries],
        "dependencies": [{"ref": ref, "dependsOn": sorted(below)} for ref, below in sorted(needs.items())],
    }


def text(root: Path, version: str) -> str:
    """The bill of a project as the text of a file."""
    lock, manifest = ((root / name).read_text("utf-8") for name in (LOCK, VENDORED))
    return json.dumps(bill(lock, manifest, version), indent=2) + "\n"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: sbom.py VERSION")
    print(text(ROOT, sys.argv[1]), end="")
