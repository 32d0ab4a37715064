"""Every data file of a project, parsed once: which files there are, and which lists they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from macros.diagnostics import Diagnostic, did_you_mean
from macros.load import strangers
from macros.load.merge import Place, Placed
from macros.load.scalars import read_as
from macros.load.yaml import YamlDocument, read
from macros.model.base import Kind
from macros.model.kinds import KINDS, by_file
from macros.model.renamed import RENAMED
from macros.places.listing import is_leftover
from macros.project import COMPANY, Project


@dataclass(frozen=True)
class Holding:
    """A file of the company's and the lists that can be read from it."""

    document: YamlDocument
    kinds: tuple[Kind, ...]


@dataclass
class Files:
    """What the files of a project hold, before anything is merged or validated.

    Args:
        project: where they are.
        upstream: the items of each list in data/.
        company: the company's files, in the order in which they are merged.
        renamed: the entries of data/renamed.yml.
        unread: lists of data/ that could not be read whole; what refers to them is not judged.
        problems: what is wrong with files in data/.
        company_problems: what is wrong with the company's files.
    """

    project: Project
    upstream: dict[str, list[Placed]] = field(default_factory=dict)
    company: list[Holding] = field(default_factory=list)
    renamed: list[Placed] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    problems: list[Diagnostic] = field(default_factory=list)
    company_problems: list[Diagnostic] = field(default_factory=list)


def read_files(project: Project) -> Files:
    """Read and parse every file under data/ and every data file of the company's layer."""
    files = Files(project, {kind.key: [] for kind in KINDS})
    kinds = by_file()
    for file, here in kinds.items():
        names = list(_names(project, "data", file))
        if not names:
            name = f"data/{file}*.yml" if file.endswith("/") else f"data/{file}.yml"
            if not (project.root / name).is_dir():  # which is told as what it is
                problem = Diagnostic.of_file(name, "is missing", "restore it from upstream", "missing-file")
                files.problems.append(problem)
            files.unread.update(kind.key for kind in here)
        for name in names:
            holding = _read(project, name, here, files.problems, all_of_them=True)
            found = holding.kinds if holding else ()
            files.unread.update(kind.key for kind in here if kind not in found)
            for kind in found:
                files.upstream[kind.key] += items(holding, kind)
    for name in _names(project, "data", RENAMED.file):
        holding = _read(project, name, (RENAMED,), files.problems, all_of_them=True)
        if holding and holding.kinds:
            files.renamed += items(holding, RENAMED)
    files.problems += [*strangers.in_data(project, {*kinds, RENAMED.file}), *strangers.in_docs(project)]
    if project.company.exists() or project.company.is_symlink():
        files.company_problems += strangers.in_company(project, kinds)
        for file, here in kinds.items():
            for name in _names(project, COMPANY, file):
                holding = _read(project, name, here, files.company_problems, all_of_them=False)
                if holding:
                    files.company.append(holding)
    return files


def items(holding: Holding | None, kind: Kind) -> Iterator[Placed]:
    """The items of one list of a file, each with its place."""
    if holding is not None:
        for index, value in enumerate(holding.document.value[kind.key]):
            yield Placed(value, Place((holding.document, (kind.key, index))))


def _read(
    project: Project, name: str, kinds: tuple[Kind, ...], problems: list[Diagnostic], *, all_of_them: bool
) -> Holding | None:
    document, found = read(project, name)
    problems.extend(found)
    if document is None:
        return None
    return Holding(document, tuple(_lists(document, kinds, problems, all_of_them=all_of_them)))


def _names(project: Project, folder: str, file: str) -> Iterator[str]:
    """Names of the files of one concept in data/ or in the company layer."""
    if not file.endswith("/"):
        name = f"{folder}/{file}.yml"
        if (project.root / name).is_file():
            yield name
        return
    for each in sorted((project.root / folder / file).glob("*.yml")):
        if each.is_file() and not is_leftover(each.name):
            yield f"{folder}/{file}{each.name}"


def _lists(
    document: YamlDocument, kinds: tuple[Kind, ...], problems: list[Diagnostic], *, all_of_them: bool
) -> Iterator[Kind]:
    """Kinds whose list can be read from a file; what is wrong with the file is reported."""
    keys = [kind.key for kind in kinds]
    allowed = keys if all_of_them else [*keys, "replace"]
    if not isinstance(document.value, dict):
        expected = " and ".join(f"'{key}:'" for key in keys)
        message = f"expected {expected} at the top, got {read_as(document.value)}"
        problems.append(document.diagnostic((), message, "", "wrong-type"))
        return
    for key in document.value:
        if key not in allowed:
            hint = did_you_mean(key, allowed) or f"expected {' or '.join(allowed)}"
            problems.append(document.diagnostic((key,), "unknown key", hint, "unknown-key", of_key=True))
    if document.value.get("replace", True) is not True:
        hint = "remove it to merge by id"
        problems.append(document.diagnostic(("replace",), "expected true", hint, "wrong-value"))
        return
    for kind in kinds:
        if kind.key not in document.value:
            if all_of_them:
                problems.append(document.diagnostic((), f"missing '{kind.key}:'", "", "missing-key"))
            continue
        found = document.value[kind.key]
        if not isinstance(found, tuple):
            message = f"expected a list of items, got {read_as(found)}"
            problems.append(document.diagnostic((kind.key,), message, "", "wrong-type"))
            continue
        if not found and not kind.may_be_empty:
            hint = f"add a {kind.one}"
            problems.append(document.diagnostic((kind.key,), "the list is empty", hint, "empty-list"))
        yield kind
