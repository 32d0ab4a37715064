"""Whoever wrote something for version 0.2.0 can take this one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from macros.playbook import Playbook
from tests.conftest import ROOT, Copy

OLD = ROOT / "tests/v0.2.0"
LAYERS = sorted(path.name for path in (OLD / "layers").iterdir())
IDS = {key: ids for key, ids in yaml.safe_load((OLD / "ids.yml").read_text("utf-8")).items() if ids}
RENAMED = yaml.safe_load((ROOT / "data/renamed.yml").read_text("utf-8"))["renamed"]


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_of_0_2_0_still_merges_and_is_sound(project: Copy, layer: str) -> None:
    shutil.copytree(OLD / "layers" / layer, project.root / "company")
    shutil.copytree(ROOT / "docs/assets", project.root / "docs/assets")
    shutil.copy(ROOT / "mkdocs.yml", project.root)
    assert [each for each in project.check() if "warning: " not in each] == []


@pytest.mark.parametrize("key", sorted(IDS))
def test_every_id_of_0_2_0_is_there_or_is_told(playbook: Playbook, key: str) -> None:
    told = {each["old"] for each in RENAMED if each["list"] == key}
    assert set(IDS[key]) - set(playbook.lists[key]) == told & set(IDS[key])


def test_what_an_id_is_renamed_to_is_there(playbook: Playbook) -> None:
    news = [(each["list"], each["new"]) for each in RENAMED if each.get("new")]
    assert [new for key, new in news if new not in playbook.lists[key]] == []


def test_the_layers_are_of_every_kind() -> None:
    files = {
        path.relative_to(OLD / "layers" / name).as_posix()
        for name in LAYERS
        for path in Path(OLD / "layers" / name).rglob("*.*")
    }
    assert {
        "site.yml",
        "raci.yml",
        "roles.yml",
        "glossary.yml",
        "docs/our-story.md",
        "templates/release.yml",
    } <= files
