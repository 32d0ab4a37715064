"""The bill of materials, and the licenses of what is used."""

from __future__ import annotations

import json
import re
import sys

import pytest

from tests.conftest import ROOT

sys.path.insert(0, str(ROOT / ".ci"))

import sbom

LOCK = """\
a-one==1.0 \\
    --hash=sha256:{a} \\
    --hash=sha256:{b}
    # via
    #   mlops-playbook-kit (pyproject.toml)
    #   other
other==2.0 ; python_full_version < '3.11.5' \\
    --hash=sha256:{c}
    # via mlops-playbook-kit (pyproject.toml)
tool==3 \\
    --hash=sha256:{a}
    # via -r requirements/build.in
""".format(a="a" * 64, b="b" * 64, c="c" * 64)
ALLOWED = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSD License", "ISC", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0",
    "MPL-2.0", "AFL-2.1", "Unlicense", "CC0-1.0", "Zlib",
}  # fmt: skip
"""Licenses that ask for no more than their text and, MPL-2.0, for changes to the package's own files."""
NAMED = {"MIT license": "MIT", "DFSG approved": "MIT", "Apache License": "Apache-2.0"}


def bill() -> dict:
    return sbom.bill(LOCK, (ROOT / "vendored.json").read_text("utf-8"), "0.2.0")


def test_a_lock_gives_packages_with_hashes_marker_and_who_wants_them() -> None:
    one, other, tool = sbom.packages(LOCK)
    assert (one.name, one.version, one.marker, one.hashes) == ("a-one", "1.0", "", ("a" * 64, "b" * 64))
    assert one.wanted_by == ("mlops-playbook-kit", "other")
    assert other.marker == "python_full_version < '3.11.5'"
    assert tool.wanted_by == ("mlops-playbook-kit",)


def test_the_bill_says_who_needs_what() -> None:
    needs = {entry["ref"]: entry["dependsOn"] for entry in bill()["dependencies"]}
    assert needs["pkg:pypi/other@2.0"] == ["pkg:pypi/a-one@1.0"]
    assert needs["mlops-playbook-kit@0.2.0"][-3:] == [
        "pkg:pypi/a-one@1.0",
        "pkg:pypi/other@2.0",
        "pkg:pypi/tool@3",
    ]
    assert "pkg:npm/docx@9.15.2" in needs["mlops-playbook-kit@0.2.0"]


def test_what_only_tests_use_is_not_needed() -> None:
    scopes = {
        each["name"]: each["scope"] for each in bill()["components"] if each["purl"].startswith("pkg:npm")
    }
    assert scopes["axe-core"] == "excluded"
    assert set(scopes.values()) == {"excluded", "required"}


def test_the_same_locks_give_the_same_bill_and_others_another_number() -> None:
    assert bill() == bill()
    assert sbom.bill(LOCK, '{"files": []}', "0.2.0")["serialNumber"] != bill()["serialNumber"]


def test_the_bill_of_the_project_has_every_locked_package_with_its_license() -> None:
    found = json.loads(sbom.text(ROOT, "0.2.0"))["components"]
    locked = re.findall(
        r"^([a-z0-9.-]+==\S+)", (ROOT / "requirements/base.txt").read_text("utf-8"), re.MULTILINE
    )
    python = [each for each in found if each["purl"].startswith("pkg:pypi")]
    assert sorted(f"{each['name']}=={each['version']}" for each in python) == sorted(locked)
    assert [each["name"] for each in found if not each["licenses"] or not each["hashes"]] == []


def names() -> list[str]:
    text = (ROOT / "requirements/dev.txt").read_text("utf-8")
    return sorted(set(re.findall(r"^([a-z0-9.-]+)==[^;]* \\$", text, re.MULTILINE)))


def test_every_package_has_a_license_that_asks_for_little() -> None:
    """Also those that only tests and linters need: they are run, and not passed on."""
    strange = {}
    for name in names():
        said = sbom.licenses(name)
        given = [
            each.get("expression") or each["license"].get("id") or each["license"]["name"] for each in said
        ]
        parts = {
            part for each in given for part in re.split(r" (?:AND|OR) |[()]", NAMED.get(each, each)) if part
        }
        if not parts or not parts <= ALLOWED:
            strange[name] = given
    assert strange == {}


@pytest.mark.parametrize(
    "entry", json.loads((ROOT / "vendored.json").read_text("utf-8"))["files"], ids=lambda each: each["name"]
)
def test_a_vendored_library_has_the_text_of_its_license_beside_it(entry: dict) -> None:
    assert entry["license"] in ALLOWED
    [path] = [path for path in entry["sha256"] if path.endswith("-LICENSE.txt")]
    text = (ROOT / path).read_text("utf-8")
    words = {
        "MIT": "permission is hereby granted, free of charge",
        "MPL-2.0": "mozilla public license, version 2.0",
    }
    assert words[entry["license"]] in re.sub(r"\s+", " ", text).lower()
