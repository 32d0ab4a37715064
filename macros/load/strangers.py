"""Files that nobody reads, and what cannot be read: told, since silence would hide the mistake.

Everything below company/ and data/ is either used or named here, with the nearest place where it would
be. What editors leave behind is not listed in the first place; see `macros.places.listing`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from macros.diagnostics import Diagnostic, did_you_mean
from macros.places.listing import Found, listed
from macros.project import COMPANY, UNPUBLISHED, Project

_MANY = 20
"""So many files of a folder that nobody reads are told one by one."""
_SETTINGS = ("site.yml", "macros.py", "docs", "overrides", "templates")
_FILLED = re.compile(r"sheets/[^/]+\.yml")
"""Filled sheets; `macros.sheets.examples` reads them."""
_TALK = re.compile(r"(readme|licen[cs]e|copying|notice|changelog|codeowners)([._-].*)?$", re.IGNORECASE)
"""Files about a folder, for those who work in it."""
_DATA = re.compile(r"\.(ya?ml|json5?|toml|csv)(\.txt)?$|\.ym$|\.yml\..*$", re.IGNORECASE)
_PAGE = re.compile(
    r"\.(md|markdown|mdown|mkdn?|mdwn|mdx|mmd|rmd|qmd|rst|adoc|asciidoc|org|ipynb)(\.txt)?$", re.IGNORECASE
)
_PICTURE = re.compile(r"\.(svg|png|jpe?g|gif|webp|avif|ico|css|js|woff2?|pdf)$", re.IGNORECASE)
_FOLDERS = {
    "doc": "docs", "pages": "docs", "content": "docs", "template": "templates", "sheet": "sheets",
    "override": "overrides", "theme": "overrides", "custom_theme": "overrides", "assets": "docs/assets",
    "images": "docs/assets", "img": "docs/assets", "static": "docs/assets", "data": "", COMPANY: "",
}  # fmt: skip
"""Where a folder of the company's most likely belongs."""

_DOTTED = {
    ".well-known": "let the host serve it",
    ".htaccess": "let the host serve it",
    ".domains": "let the host serve it",
    ".pages": "say the order in company/site.yml, under 'navigation'",
    ".nav.yml": "say the order in company/site.yml, under 'navigation'",
    ".meta.yml": "write the settings at the top of each page",
}  # fmt: skip
"""Hidden files that are meant to be read, and what to do instead."""
_WRONG = {
    "outside": ("is a link that leads out of {home}/", "copy the file instead", "outside-company"),
    "dangling": ("is a link to nothing", "put a file there, or delete the link", "special-file"),
    "loop": ("is a link to a folder around it", "delete the link", "special-file"),
    "special": ("is no file: a pipe, a socket or a device", "delete it", "special-file"),
    "closed": ("is a folder that may not be opened", "change its permissions", "unreadable-file"),
}  # fmt: skip


def in_data(project: Project, files: Collection[str]) -> Iterator[Diagnostic]:
    """What of data/ nobody reads.

    Args:
        project: whose data.
        files: what is read there, below data/ and without endings; folders end with a slash.
    """
    for each in listed(project.data, project.root):
        folder, _, base = each.name.rpartition("/")
        below_schema = each.name == "schema" or each.name.startswith("schema/")
        yield from _wrong(f"data/{each.name}", each, project.root.name)
        if each.what == "file" and not _is_read(each.name, files) and not _TALK.match(base):
            if not (below_schema and base.endswith(".schema.json")):
                known = [*_named(files), *((f"{folder}/{_stem(base)}.yml",) if f"{folder}/" in files else ())]
                yield _unread(f"data/{each.name}", _nearest(each.name, known, "data/", ""))
        elif each.what == "folder":
            yield from _folder(
                "data",
                each,
                {name for name in files if name.endswith("/")} | {"schema/", "schema/company/"},
                files,
            )


def in_company(project: Project, files: Collection[str]) -> Iterator[Diagnostic]:
    """What of company/ nobody reads.

    Args:
        project: whose layer.
        files: data files that the layer may hold; as in `in_data`.
    """
    yield from _beside(project)
    for name, hint in _DOTTED.items():
        if (project.company_docs / name).exists():
            message = "begins with a dot, so it is neither read nor published"
            yield Diagnostic.of_file(f"{COMPANY}/docs/{name}", message, hint, "unknown-file")
    named = _Named(project.company / "macros.py")
    told: dict[str, int] = {}
    for each in project.company_files:
        name, top = f"{COMPANY}/{each.name}", each.name.partition("/")[0]
        yield from _wrong(name, each, COMPANY)
        if each.what == "folder":
            yield from _folder(
                COMPANY, each, ("docs/", "overrides/", "templates/", "sheets/"), (*files, "site", "macros.py")
            )
        if each.what != "file":
            continue
        if top in ("docs", "overrides") and "/" in each.name:
            if top == "docs":
                yield from _in_docs(each, files)
        elif _is_settings(each.name) or _is_read(each.name, files) or named.by(each.name):
            pass
        elif not _TALK.match(each.base):
            told[top] = told.get(top, 0) + 1
            if told[top] <= _MANY:
                yield _unread(
                    name, _nearest(each.name, [*_named(files), "site.yml", "macros.py"], f"{COMPANY}/", "")
                )
    for top, number in told.items():
        if number > _MANY:
            message = f"holds {number - _MANY} more files that the playbook does not read"
            yield Diagnostic.of_file(f"{COMPANY}/{top}", message, "", "unknown-file")


def in_docs(project: Project) -> Iterator[Diagnostic]:
    """What below docs/ and overrides/ cannot be copied into a site, whoever put it there."""
    for each in project.files:
        if not each.name.startswith(f"{UNPUBLISHED}/"):
            yield from _wrong(f"docs/{each.name}", each, project.root.name)
    for each in listed(project.root / "overrides", project.root):
        yield from _wrong(f"overrides/{each.name}", each, project.root.name)


def _beside(project: Project) -> Iterator[Diagnostic]:
    """The layer itself, where it is no folder."""
    if not project.company.is_dir():
        yield Diagnostic.of_file(COMPANY, "is no folder", "make one, or delete it", "unknown-file")


def _wrong(name: str, each: Found, home: str) -> Iterator[Diagnostic]:
    """What cannot be read or copied, and names that cannot be written down."""
    if each.what in _WRONG:
        message, hint, rule = _WRONG[each.what]
        yield Diagnostic.of_file(name, message.format(home=home), hint, rule)
    elif not each.base.isprintable() or "\\" in each.base:
        message = "has a name with characters that cannot be seen or written everywhere"
        yield Diagnostic.of_file(name, message, "rename it", "unknown-file")


def _folder(home: str, each: Found, known: Collection[str], files: Collection[str]) -> Iterator[Diagnostic]:
    """A folder where a file is read, or an empty one where nothing is."""
    name = f"{home}/{each.name}"
    if each.name in ("site.yml", "macros.py") or _is_read(each.name, files):
        yield Diagnostic.of_file(name, "is a folder, and a file is expected", "rename it", "unknown-file")
    elif each.is_empty and not any(f"{each.name}/".startswith(folder) for folder in known):
        hint = did_you_mean(each.name.lower(), [folder[:-1] for folder in known]) or "delete it"
        yield Diagnostic.of_file(
            name, "is an empty folder that the playbook does not read", hint, "unknown-file"
        )


def _in_docs(each: Found, files: Collection[str]) -> Iterator[Diagnostic]:
    """Files of the company's docs/ that would be handed out as they are, and are meant to be read."""
    name, below = f"{COMPANY}/{each.name}", each.name.removeprefix("docs/")
    page = _PAGE.search(each.base)
    if page and not each.base.endswith(".md"):
        right = f"{each.base[: page.start()]}.md"
        yield Diagnostic.of_file(
            name, "is no page", f"a page's name ends in .md: rename it to '{right}'", "unknown-file"
        )
    elif below in ("site.yml", "macros.py", "mkdocs.yml") or (
        below.endswith((".yml", ".yaml")) and _is_read(f"{below.rpartition('.')[0]}.yml", files)
    ):
        yield _unread(name, _nearest(below, [*_named(files), "site.yml", "macros.py"], f"{COMPANY}/", below))


class _Named:
    """Files that the company's own macros name, and so most likely read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text: str | None = None

    def by(self, name: str) -> bool:
        """Whether the macros name this file, or the folder that it lies in."""
        if self.text is None:
            try:
                self.text = self.path.read_text("utf-8", errors="replace") if self.path.is_file() else ""
            except OSError:
                self.text = ""
        word = name.partition("/")[0] if "/" in name else name.removesuffix(".py")
        return bool(self.text) and re.search(rf"\b{re.escape(word)}\b", self.text) is not None


def _is_settings(name: str) -> bool:
    """Whether a file of the layer is read that is no data: settings, macros, filled sheets."""
    return name in ("site.yml", "macros.py") or _FILLED.fullmatch(name) is not None


def _is_read(name: str, files: Collection[str]) -> bool:
    """Whether a data file is read under this name."""
    folder, _, base = name.rpartition("/")
    if not base.endswith(".yml"):
        return False
    return f"{folder}/" in files if folder else base[:-4] in files


def _named(files: Collection[str]) -> Iterator[str]:
    return (f"{file}.yml" for file in files if not file.endswith("/"))


def _stem(base: str) -> str:
    """A file's name as it was meant, without any ending."""
    found = _DATA.search(base)
    return (base[: found.start()] if found else base).strip()


def _unread(name: str, hint: str) -> Diagnostic:
    return Diagnostic.of_file(name, "is not a file the playbook reads", hint, "unknown-file")


def _nearest(name: str, known: Collection[str], home: str, moved: str) -> str:
    """Where a file that nobody reads was most likely meant to be.

    Args:
        name: the file, below its home.
        known: names of files that are read there.
        home: the folder, with a slash behind it.
        moved: the file's place, where another folder is meant.
    """
    *folders, base = name.split("/")
    if base.lower() in ("mkdocs.yml", "mkdocs.yaml"):
        return f"settings of the site go into '{home}site.yml'" if home == f"{COMPANY}/" else ""
    if not folders and (page := _PAGE.search(base)) and home == f"{COMPANY}/":
        return f"did you mean '{home}docs/{base[: page.start()]}.md'?"
    if not folders and _PICTURE.search(base) and home == f"{COMPANY}/":
        return f"did you mean '{home}docs/assets/{base}'?"
    top = folders[0] if folders else ""
    right = _FOLDERS.get(top.lower(), top.lower()) if home == f"{COMPANY}/" else top.lower()
    if top and home == f"{COMPANY}/" and right not in ("docs", "overrides", "templates", "docs/assets", ""):
        near = did_you_mean(top.lower(), ("docs", "overrides", "templates", "assets"))
        right = _FOLDERS.get(near[14:-2], near[14:-2]) if near else ""
    if right.startswith(("docs", "overrides")):
        return f"did you mean '{home}{'/'.join([right, *folders[1:], base])}'?"
    if right == "templates" or (folders and folders[-1].lower() in ("templates", "template")):
        return f"did you mean '{home}templates/{_stem(base)}.yml'?"
    stem = _stem(base)
    if stem.lower() in ("template", "templates"):
        return f"templates go into '{home}templates/', each as a file"
    stems = {each.partition(".")[0]: each for each in known}
    near = did_you_mean(stem, stems) or did_you_mean(re.sub(r"\W+", "_", stem.lower()), stems)
    if not near:
        return "did you mean 'macros.py'?" if base.endswith(".py") and home == f"{COMPANY}/" else ""
    return f"did you mean '{home if folders or moved else ''}{stems[near[14:-2]]}'?"
