"""Promises about the project's own files: layers, schemas, locks, workflows, vendored files."""

from __future__ import annotations

import ast
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from macros.model import by_file
from tests.conftest import ROOT

LAYERS = [
    ["diagnostics"],
    ["report", "model"],
    ["source"],
    ["merge"],
    ["parse", "schema"],
    ["rules"],
    ["playbook"],
    ["layer", "spreadsheet"],
    ["upgrade", "init", "export"],
    ["views"],
    ["filled"],
    ["pages", "settings"],
    ["site"],
    ["cli"],
]
"""Each layer imports from those above it and from itself only."""
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
    return found


def modules() -> list[Path]:
    return [
        path
        for path in sorted((ROOT / "macros").rglob("*.py"))
        if path.parent != ROOT / "macros" or path.name != "__init__.py"
    ]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_layers_import_only_from_above(path: Path) -> None:
    own = path.relative_to(ROOT / "macros").parts[0].removesuffix(".py")
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "macros" and len(parts) > 1 and parts[1] in LEVEL:
            assert LEVEL[parts[1]] <= LEVEL[own], f"{path.name} imports {name}"


def test_only_site_imports_mkdocs_and_only_cli_imports_click() -> None:
    for path in modules():
        heads = {name.split(".")[0] for name in imports(path)}
        part = path.relative_to(ROOT / "macros").parts[0]
        assert part == "site" or not heads & {"mkdocs", "mkdocs_macros", "zensical", "markdown"}, path
        assert part == "cli.py" or "click" not in heads, path


def test_no_html_in_python_strings() -> None:
    allowed = {"macros/views/text.py": 1}  # the tooltip, inside text that is being set
    for path in modules():
        tags = re.findall(
            r"""["'f](?:[^"'\n]*)<(?:div|p|span|a|ul|li|table|section|h[1-6]|abbr|form)\b""",
            path.read_text("utf-8"),
        )
        name = path.relative_to(ROOT).as_posix()
        assert len(tags) <= allowed.get(name, 0), (name, tags)


# --- schemas --------------------------------------------------------------------------


def data_files() -> list[tuple[Path, str]]:
    files = []
    for file in by_file():
        if file.endswith("/"):
            files += [
                (path, f"../schema/{file.rstrip('/')}.schema.json")
                for path in sorted((ROOT / "data" / file).glob("*.yml"))
            ]
        else:
            files.append((ROOT / "data" / f"{file}.yml", f"schema/{file}.schema.json"))
    return files


@pytest.mark.parametrize(("path", "schema"), data_files(), ids=lambda value: getattr(value, "name", ""))
def test_first_line_points_editors_at_the_schema(path: Path, schema: str) -> None:
    assert path.read_text("utf-8").splitlines()[0] == f"# yaml-language-server: $schema={schema}"
    assert (path.parent / schema).is_file()


def test_shipped_data_is_valid_by_the_written_schemas() -> None:
    for path, schema in data_files():
        result = subprocess.run(
            [sys.executable, "-m", "check_jsonschema", "--schemafile", str(path.parent / schema), str(path)],
            capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert result.returncode == 0, result.stdout


def test_schema_refuses_what_the_models_refuse(tmp_path: Path) -> None:
    text = (ROOT / "data/raci.yml").read_text("utf-8").replace("ops-engineer: I", "ops-engineer: X", 1)
    (tmp_path / "raci.yml").write_text(text)
    result = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--schemafile", str(ROOT / "data/schema/raci.schema.json"), str(tmp_path / "raci.yml")],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert result.returncode == 1


def test_no_schema_is_left_over() -> None:
    for folder in ("data/schema", "data/schema/company"):
        written = {path.name for path in (ROOT / folder).glob("*.json")}
        assert written == {f"{file.rstrip('/')}.schema.json" for file in by_file()}


def test_scripts_are_well_typed() -> None:
    """Types stand in JSDoc; TypeScript's compiler only checks them."""
    tsc = shutil.which("tsc")
    if tsc is None:
        pytest.skip("TypeScript is not installed; `npm install -g typescript` to check the scripts' types")
    result = subprocess.run(
        [tsc, "-p", str(ROOT / "tsconfig.json")], capture_output=True, encoding="utf-8", check=False
    )
    assert result.returncode == 0, result.stdout


def test_scripts_are_no_wider_than_the_rest() -> None:
    """Prettier breaks code; what is too long in comments and texts is ours to break."""
    for path in [*(ROOT / "docs/assets").glob("*.js"), *(ROOT / "docs/assets/sheets").glob("*.*s")]:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            assert len(line) <= 110, (path.name, number)


# --- locks, workflows, vendored files ----------------------------------------------------


@pytest.mark.parametrize("name", ["base", "zensical", "dev"])
def test_locked_requirements_all_have_hashes_and_name_no_host(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    pins = re.findall(r"^([a-z0-9-]+)==\S+.*\\$", text, re.MULTILINE)
    assert len(pins) > 20
    assert len(re.findall(r"^[a-z0-9-]+==", text, re.MULTILINE)) == len(pins)
    assert "://" not in text


def test_locks_hold_every_declared_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    base = (ROOT / "requirements/base.txt").read_text("utf-8")
    for dependency in project["dependencies"]:
        name = re.match(r"[a-zA-Z0-9-]+", dependency)
        assert name
        assert f"\n{name[0].lower()}==" in f"\n{base}", dependency


def test_the_locks_agree_with_each_other() -> None:
    def pins(name: str) -> dict[str, str]:
        text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
        return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))

    base = pins("base")
    for other in ("zensical", "dev"):
        assert {name: version for name, version in pins(other).items() if name in base} == base


def test_there_are_workflows_to_check_and_to_publish() -> None:
    assert [path.name for path in WORKFLOWS] == ["check.yml", "publish.yml"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflow_is_valid_by_githubs_schema(path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(path)],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout


def test_workflows_have_no_security_finding() -> None:
    zizmor = Path(sys.executable).with_name("zizmor")
    result = subprocess.run(
        [zizmor, "--offline", "--no-progress", "--persona", "pedantic", *map(str, WORKFLOWS)],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_by_commit_with_its_version_beside_it(path: Path) -> None:
    used = re.findall(r"uses: (.*)", path.read_text("utf-8"))
    assert used
    for action in used:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflow_calls_only_targets_that_the_makefile_has(path: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for line in re.findall(r"\bmake ([a-z ]+)", path.read_text("utf-8")):
        assert set(line.split()) <= targets


def test_publishing_names_no_company_and_no_address() -> None:
    text = (ROOT / ".github/workflows/publish.yml").read_text("utf-8")
    assert "steps.pages.outputs.base_url" in text
    assert "github.io" not in text
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert "site_url: !ENV [SITE_URL" in config
    assert "repo_url: !ENV [REPO_URL" in config


def test_vendored_files_are_unmodified_and_accounted_for() -> None:
    manifest = json.loads((ROOT / "vendored.json").read_text("utf-8"))
    listed = set()
    for entry in manifest["files"]:
        assert entry["name"]
        assert entry["version"]
        assert entry["license"]
        for path, checksum in entry["sha256"].items():
            listed.add(path)
            assert hashlib.sha256((ROOT / path).read_bytes()).hexdigest() == checksum, path
    found = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.glob("**/vendor/*")
        if not {".venv", "site", ".build"}.intersection(path.relative_to(ROOT).parts[:1])
    }
    assert found == listed


def test_navigation_lists_every_page_once() -> None:
    text = re.sub(r"!ENV", "", (ROOT / "mkdocs.yml").read_text("utf-8"))
    nav = yaml.safe_load(text)["nav"]

    def leaves(entry: object) -> list[str]:
        if isinstance(entry, str):
            return [entry]
        parts = entry.values() if isinstance(entry, dict) else entry
        return [leaf for part in parts for leaf in leaves(part)]  # type: ignore[union-attr]

    pages = sorted(path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md"))
    assert sorted(leaves(nav)) == pages
