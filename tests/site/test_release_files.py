"""What a release offers: its bill of materials is CycloneDX, by the schema."""

from __future__ import annotations

import subprocess
import sys

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.conftest import ROOT

pytestmark = pytest.mark.slow


def test_the_bill_of_materials_is_valid_by_cyclonedxs_schema() -> None:
    made = subprocess.run(
        [sys.executable, str(ROOT / ".ci/sbom.py"), "0.2.0"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(made) is None
