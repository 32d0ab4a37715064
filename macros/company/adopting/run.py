"""Edits of upstream's files moved into `company/`: planned, and proved to say the same."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from macros.company.adopting import CannotMoveError, data, site
from macros.company.adopting.layer import Addition, with_entries
from macros.company.edits import Edit, edits
from macros.company.mkdocs_yml import CONFIGURATION
from macros.company.settings import NAME as SETTINGS
from macros.company.settings import load_site
from macros.company.upgrading.base import Base
from macros.company.upgrading.ids import NAME
from macros.company.upgrading.record import NEW, Record, files_below, read_record, text_of
from macros.diagnostics import Diagnostics
from macros.load.files import read_files
from macros.load.reading import merged
from macros.load.yaml import parse
from macros.model.kinds import KINDS, by_file
from macros.playbook import Playbook, judged, load
from macros.project import COMPANY, UNPUBLISHED, Project

_CODE = (".js", ".css", ".ts", ".mjs", ".svg.j2")
Renamed = Mapping[str, Mapping[str, str | None]]


@dataclass
class Adoption:
    """What moves, and what is left.

    Args:
        contents: what each file holds afterwards; None for one that is gone.
        moved: what is said of each edit that moves, by the file that was edited.
        left: why an edit stays, by its file.
    """

    contents: dict[str, bytes | None] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)


class _Copy:
    """A copy with edits, and what its files were."""

    def __init__(self, project: Project, record: Record) -> None:
        self.project = project
        self.record = record
        self.base = Base(project.root)
        self.renamed: Renamed = {}

    def before(self, edit: Edit) -> bytes | None:
        """What an edited file was; None for one that was added."""
        if edit.what == "added":
            return None
        ids = self.record.ids[edit.path]
        found = self.base.content(ids[0] if self.newer(edit.path).is_file() else ids[-1])
        if found is None:
            raise CannotMoveError("what it was before is not known here")
        return found

    def newer(self, path: str) -> Path:
        """Upstream's version of a file that an upgrade put beside it."""
        return self.project.root / NEW / path

    def upstreams(self, edit: Edit) -> bytes | None:
        """What a file holds once its edits are gone; None for one that upstream never had."""
        newer = self.newer(edit.path)
        return newer.read_bytes() if newer.is_file() else self.before(edit)

    def text(self, path: str, contents: Mapping[str, bytes | None]) -> str | None:
        """A file of the layer, with what was put into it so far; None where there is none."""
        if (planned := contents.get(path)) is not None:
            return planned.decode()
        return (self.project.root / path).read_text("utf-8") if (self.project.root / path).is_file() else None


def planned(project: Project) -> Adoption | None:
    """Look at what can move.

    Returns:
        What moves and what is left; None where nobody knows what upstream's files were.
    """
    record = read_record(project.root)
    if record is None:
        return None
    copy = _Copy(project, record)
    found = [*edits(project), *_assets(project, record)]
    reasons: dict[str, str] = {}
    reading = merged(read_files(project))
    copy.renamed = reading.renamed
    before = judged(reading)
    while True:
        adoption = _adoption(copy, found, reasons)
        wrong = _wrong(project, before, adoption)
        if not wrong:
            return adoption
        reasons.update(wrong)


def _assets(project: Project, record: Record) -> Iterator[Edit]:
    """Files that were added to docs/ and are no pages."""
    for path in files_below(project.root):
        if path.startswith("docs/") and not path.endswith(".md") and path not in record.ids:
            yield Edit(path, "added")


def _adoption(copy: _Copy, found: list[Edit], reasons: Mapping[str, str]) -> Adoption:
    """What moves, but for the files that cannot."""
    adoption = Adoption(left=dict(reasons))
    for edit in found:
        if edit.path in reasons:
            continue
        try:
            target, text = _target(copy, edit, adoption)
            adoption.contents[edit.path] = copy.upstreams(edit)
        except (CannotMoveError, UnicodeDecodeError) as error:
            adoption.left[edit.path] = str(error) if isinstance(error, CannotMoveError) else "it is not UTF-8"
            continue
        adoption.contents[target] = text
        adoption.moved[edit.path] = target
        if copy.newer(edit.path).is_file():
            adoption.contents[f"{NEW}/{edit.path}"] = None
    if newer := [path for path in adoption.moved if len(copy.record.ids.get(path, ())) > 1]:
        ids = {**copy.record.ids, **{path: copy.record.ids[path][-1:] for path in newer}}
        adoption.contents[NAME] = text_of(Record(copy.record.version, ids)).encode()
    return adoption


def _target(copy: _Copy, edit: Edit, adoption: Adoption) -> tuple[str, bytes]:
    """Where an edit goes, and what that file holds then."""
    path = edit.path
    if path == CONFIGURATION:
        before = (copy.before(edit) or b"").decode()
        after = (copy.project.root / path).read_text("utf-8")
        text = copy.text(SETTINGS, adoption.contents)
        return SETTINGS, site.with_settings(copy.project, before, after, text).encode()
    if path.startswith("data/"):
        return _data(copy, edit, adoption)
    if path.startswith(f"docs/{UNPUBLISHED}/"):
        raise CannotMoveError("it is no page of the site")
    if path.endswith(_CODE):
        raise CannotMoveError(
            "it is code; put rules of your own into a style sheet that company/site.yml names"
        )
    target = f"{COMPANY}/{path}"
    content, there = (copy.project.root / path).read_bytes(), copy.project.root / target
    if there.is_file() and there.read_bytes() != content:
        raise CannotMoveError(f"{target} stands in its place, and is another one")
    return target, content


def _data(copy: _Copy, edit: Edit, adoption: Adoption) -> tuple[str, bytes]:
    """The file of the layer with what an edited data file says."""
    name = edit.path.removeprefix("data/").removesuffix(".yml")
    home = name if name in by_file() else f"{name.partition('/')[0]}/"
    if home not in by_file():
        raise CannotMoveError("company/ has no file for it")
    after = (copy.project.root / edit.path).read_text("utf-8")
    before = copy.before(edit)
    if before is None:
        found = _added(copy.project, edit.path, after)
    else:
        now = copy.upstreams(edit) or before
        found = data.additions(edit.path, before.decode(), after, now.decode(), copy.renamed)
    target = f"{COMPANY}/{name}.yml"
    text = copy.text(target, adoption.contents)
    up = "../" * (target.count("/"))
    for key, additions in found.items():
        schema = f"{up}data/schema/company/{home.rstrip('/')}.schema.json"
        text = with_entries(target, text, key, additions, schema)
    if text is None or not found:  # only blanks and line breaks differ
        return edit.path, copy.upstreams(edit) or b""
    return target, text.encode()


def _added(project: Project, path: str, text: str) -> data.Additions:
    """The items of a file that was added to a folder of data, behind those of the file before it."""
    document, problems = parse(path, text)
    if document is None or problems or not isinstance(document.value, dict):
        raise CannotMoveError("it has mistakes; 'playbook check' says which")
    [(key, items)] = document.value.items()
    names = sorted(each.name for each in (project.root / path).parent.glob("*.yml"))
    at = names.index(Path(path).name)
    if at == 0:
        raise CannotMoveError("its items come first; add them in company/ with 'before:'")
    other, _ = parse(path, (project.root / path).with_name(names[at - 1]).read_text("utf-8"))
    last = other.value[key][-1]["id"] if other is not None else ""
    found = []
    for item in items:
        found.append(Addition({"id": item["id"], "after": last, **item}))
        last = item["id"]
    return {key: found}


# --- the same as before ---------------------------------------------------------------------


def _wrong(project: Project, before: Playbook | Diagnostics, adoption: Adoption) -> dict[str, str]:
    """Edits that would not say the same from the layer, by their file, each with the reason."""
    if not adoption.moved:
        return {}
    with tempfile.TemporaryDirectory(prefix="playbook-") as name:
        root = Path(name)
        _lay_out(project, root, adoption)
        after = load(root)
        settings = load_site(Project(root))
    if isinstance(settings, Diagnostics) and CONFIGURATION in adoption.moved:
        return {CONFIGURATION: settings[0].message}
    if isinstance(before, Diagnostics):
        return {}  # what it said before, nobody can tell
    if isinstance(after, Diagnostics):
        said = {each.path: each.message for each in reversed(after.errors)}
        return _of(adoption, lambda _, target: said.get(target, "")) or dict.fromkeys(
            adoption.moved, after.errors[0].message
        )
    other = [kind for kind in KINDS if _said(before, kind.key) != _said(after, kind.key)]
    if any(path.startswith(f"{NEW}/") for path in adoption.contents):
        return {}  # upstream's newer version of a file comes in with it
    files = {kind.file for kind in other}
    return _of(adoption, lambda path, _: "its items cannot be said by id" if _is_of(path, files) else "")


def _of(adoption: Adoption, reason: Callable[[str, str], str]) -> dict[str, str]:
    return {path: said for path, target in adoption.moved.items() if (said := reason(path, target))}


def _is_of(path: str, files: set[str]) -> bool:
    name = path.removeprefix("data/").removesuffix(".yml")
    return name in files or f"{name.partition('/')[0]}/" in files


def _said(playbook: Playbook, key: str) -> list[object]:
    """What a list says, in its order; not who says it."""
    return [item.model_dump(exclude={"source"}) for item in playbook.lists[key].values()]


def _lay_out(project: Project, target: Path, adoption: Adoption) -> None:
    """The playbook as it is going to be, as far as reading it needs."""
    unread = shutil.ignore_patterns("*.js", "schema", "vendor")
    for name, ignored in (("data", unread), ("docs", unread), (COMPANY, None)):
        if (project.root / name).is_dir():
            shutil.copytree(project.root / name, target / name, ignore=ignored, symlinks=True)
    shutil.copy(project.root / CONFIGURATION, target / CONFIGURATION)
    for path, content in adoption.contents.items():
        if content is None:
            (target / path).unlink(missing_ok=True)
        else:
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).write_bytes(content)
