"""Promises about the project's own files: schemas, locks, workflows, vendored files, navigation."""

from __future__ import annotations

import ast
import hashlib
import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.company.navigation import leaves
from macros.model import schema as schemas
from macros.model.kinds import by_file
from macros.model.renamed import RENAMED
from macros.project import UNPUBLISHED, Project
from macros.sheets import contract
from tests.conftest import ROOT
from tests.unit.conftest import by_schemas, mistakes

DEPENDABOT = ROOT / ".github" / "dependabot.yml"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


# --- schemas --------------------------------------------------------------------------


def data_files() -> list[tuple[Path, str]]:
    files = []
    for file in (*by_file(), RENAMED.file):
        if file.endswith("/"):
            files += [
                (path, f"../schema/{file.rstrip('/')}.schema.json")
                for path in sorted((ROOT / "data" / file).glob("*.yml"))
            ]
        else:
            files.append((ROOT / "data" / f"{file}.yml", f"schema/{file}.schema.json"))
    return files


def published(name: str) -> Any:
    """A schema of GitHub's, as a package brings it."""
    from check_jsonschema.builtin_schemas import get_builtin_schema  # as slow to import as what it brings

    return get_builtin_schema(f"vendor.{name}")


@by_schemas
@pytest.mark.parametrize(("path", "schema"), data_files(), ids=lambda value: getattr(value, "name", ""))
def test_data_file_points_editors_at_its_schema_and_is_valid_by_it(path: Path, schema: str) -> None:
    text = path.read_text("utf-8")
    assert text.splitlines()[0] == f"# yaml-language-server: $schema={schema}"
    written = json.loads((path.parent / schema).read_text("utf-8"))
    assert not mistakes(written, yaml.safe_load(text))


def test_written_schemas_and_types_are_what_the_models_say() -> None:
    for name, text in {**schemas.files(), contract.TYPES: contract.as_typescript()}.items():
        assert (ROOT / name).read_text("utf-8") == text, f"{name} is out of date; run 'playbook schema'"


def test_no_schema_is_left_over() -> None:
    written = {path.relative_to(ROOT).as_posix() for path in (ROOT / "data/schema").rglob("*.json")}
    assert written == set(schemas.files())


def test_scripts_are_no_wider_than_the_rest() -> None:
    """Prettier breaks code; what is too long in comments and texts is ours to break."""
    for path in [*(ROOT / "docs/assets").glob("*.js"), *(ROOT / "docs/assets/sheets").glob("*.*s")]:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            assert len(line) <= 110, (path.name, number)


# --- locks, workflows, vendored files ----------------------------------------------------


@pytest.mark.parametrize("name", ["base", "zensical", "dev", "lowest"])
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


def test_the_lowest_versions_are_those_that_the_project_promises() -> None:
    """CI runs the units and a build with them: `make lowest`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    text = (ROOT / "requirements" / "lowest.txt").read_text("utf-8")
    pins = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))
    promised = [*project["dependencies"], *project["optional-dependencies"]["zensical"]]
    for dependency in promised:
        found = re.fullmatch(r"([a-z0-9-]+)>=([0-9.]+)(,<[0-9.]+)?", dependency)
        assert found, f"{dependency} has no lower bound"
        assert re.fullmatch(rf"{re.escape(found[2])}(\.0)*", pins[found[1]]), dependency
    assert jobs("check")["lowest"]["steps"][-1]["run"] == "make lowest"


def test_what_is_imported_is_declared_and_nothing_else() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {re.split("[><=]", each)[0] for each in project["dependencies"]} | {"zensical"}
    called = {
        "yaml": "pyyaml",
        "bs4": "beautifulsoup4",
        "markdown_it": "markdown-it-py",
        "pydantic_core": "pydantic",
    }
    imported = set()
    for path in (ROOT / "macros").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.partition(".")[0])
    foreign = imported - sys.stdlib_module_names - {"macros"}
    used = {called.get(name, name) for name in foreign}
    assert used <= declared
    # The theme and the plugin are named in mkdocs.yml, and a generator is run as a command.
    assert declared - used <= {
        "mkdocs-material",
        "mkdocs-macros-plugin",
        "zensical",
        "markdownify",
        "beautifulsoup4",
    }


def test_the_audit_of_vendored_scripts_asks_about_each_in_its_version(tmp_path: Path) -> None:
    sys.path.insert(0, str(ROOT / ".ci"))
    import vendored

    show = [
        sys.executable,
        "-c",
        "import pathlib, sys; sys.exit(len(pathlib.Path('package.json').read_text()))",
    ]
    asked = vendored.package((ROOT / "vendored.json").read_text("utf-8"))
    assert json.loads(asked)["dependencies"]["axe-core"] == "4.14.1"
    assert vendored.audit(ROOT, [[sys.executable, "-c", ""], show]) == len(asked) % 256


def test_locked_tools_all_have_checksums_and_name_no_host() -> None:
    tools = json.loads((ROOT / ".ci/package.json").read_text("utf-8"))["devDependencies"]
    locked = json.loads((ROOT / ".ci/package-lock.json").read_text("utf-8"))["packages"]
    assert locked.pop("")["devDependencies"] == tools
    assert {name.removeprefix("node_modules/"): entry["version"] for name, entry in locked.items()} == tools
    assert all(entry["integrity"] and "resolved" not in entry for entry in locked.values())


def test_there_are_workflows_to_audit_to_check_to_publish_and_to_release() -> None:
    assert [path.name for path in WORKFLOWS] == [
        "audit.yml",
        "check.yml",
        "publish.yml",
        "release.yml",
    ]


@by_schemas
def test_dependabot_is_configured_by_githubs_schema() -> None:
    assert not mistakes(published("dependabot"), yaml.safe_load(DEPENDABOT.read_text("utf-8")))


@by_schemas
@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflow_is_valid_by_githubs_schema(path: Path) -> None:
    workflow = yaml.load(path.read_text("utf-8"), Loader=Workflows)  # noqa: S506 - a safe loader
    assert not mistakes(published("github-workflows"), workflow)


class Workflows(yaml.SafeLoader):
    """Reads YAML 1.2, as GitHub does: `on` is text."""


Workflows.yaml_implicit_resolvers = {
    letter: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:bool"]
    for letter, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Workflows.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), ["t", "f"])


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


def jobs(workflow: str) -> dict[str, dict]:
    """The jobs of a workflow."""
    return yaml.safe_load((ROOT / ".github" / "workflows" / f"{workflow}.yml").read_text("utf-8"))["jobs"]


def test_units_run_on_the_oldest_python_and_on_windows() -> None:
    matrix = jobs("check")["units"]["strategy"]["matrix"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert f">={matrix['python'][0]}" == project["requires-python"]
    assert {system.split("-")[0] for system in matrix["system"]} == {"ubuntu", "windows"}
    assert [entry["system"] for entry in matrix["include"]] == matrix["system"]


def test_only_the_job_that_creates_the_release_may_write() -> None:
    found = jobs("release")
    assert {name: job["permissions"] for name, job in found.items()} == {
        "test": {"contents": "read"},
        "release": {"contents": "write"},
    }
    assert found["release"]["needs"] == "test"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_pull_request_from_anyone_finds_nothing_to_take_and_nothing_to_write(path: Path) -> None:
    """Its code runs in the check: company/macros.py, tests, Makefile."""
    text = path.read_text("utf-8")
    workflow = yaml.load(text, Loader=Workflows)  # noqa: S506 - a safe loader
    # These run a stranger's code, or with a stranger's words, beside secrets and the right to write.
    assert not {"pull_request_target", "workflow_run", "issue_comment", "issues"} & set(workflow["on"])
    assert workflow["permissions"] == {}
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    assert all(
        step["with"]["persist-credentials"] is False for step in steps if "/checkout@" in step.get("uses", "")
    )
    # What somebody else wrote (a title, a branch's name) never becomes part of a script.
    assert not [step for step in steps if "${{" in step.get("run", "")]
    if "pull_request" in workflow["on"]:
        assert "secrets" not in text
        assert "github.token" not in text
        assert "environment" not in text
        assert all(job["permissions"] == {"contents": "read"} for job in workflow["jobs"].values())


@pytest.mark.parametrize("workflow", ["publish", "release"])
def test_what_is_published_takes_nothing_from_a_cache(workflow: str) -> None:
    for job in jobs(workflow).values():
        assert not [step for step in job["steps"] if "cache" in str(step.get("with", ""))]


def test_the_check_without_make_runs_the_readmes_commands_for_windows() -> None:
    lines = re.findall(r"^> .*?python -m (.*)$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert [line.split()[0] for line in lines] == ["pip", "pip", "pytest"]
    run = "\n".join(step.get("run", "") for step in jobs("check")["units"]["steps"])
    for line in lines:
        assert f"-m {line.replace(chr(92), '/')}" in run


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


def test_navigation_lists_no_page_twice_and_none_that_is_not_there() -> None:
    """A page that it lacks is built all the same; `make release` asks for it."""
    text = re.sub(r"!ENV", "", (ROOT / "mkdocs.yml").read_text("utf-8"))
    listed = list(leaves(yaml.safe_load(text)["nav"]))
    assert len(listed) == len(set(listed)) > 60
    assert set(listed) <= set(Project(ROOT).pages)


def test_what_is_not_published_is_said_to_the_generators_and_to_the_playbook() -> None:
    config = re.sub(r"!ENV", "", (ROOT / "mkdocs.yml").read_text("utf-8"))
    assert f"/{UNPUBLISHED}/" in yaml.safe_load(config)["exclude_docs"].split()
    assert (ROOT / "docs" / UNPUBLISHED / "index.md").is_file()
    assert not [page for page in Project(ROOT).pages if page.startswith(UNPUBLISHED)]
