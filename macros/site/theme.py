"""What the theme has, and what of the company's overrides takes the place of nothing there."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from macros.diagnostics import Diagnostic, did_you_mean
from macros.project import COMPANY, MAX_PAGE, Project

OVERRIDES = "overrides"
_PACKAGES = ("material", "zensical")


def theme_folders() -> list[Path]:
    """Folders with the templates of the themes that are installed."""
    found = map(find_spec, _PACKAGES)
    return [Path(each.origin).parent / "templates" for each in found if each is not None and each.origin]


def check_overrides(project: Project) -> Iterator[Diagnostic]:
    """Templates in company/overrides/ that nothing shows: no theme, no page, no other template.

    Pictures and style sheets there are handed out as they are, so they are no matter of this.
    """
    files = [each.name for each in project.company_files if each.what == "file"]
    ours = [name for name in files if name.startswith(f"{OVERRIDES}/") and name.endswith(".html")]
    if not ours:  # most often, and looking for themes takes time
        return
    themes = theme_folders()
    folders = [project.root / OVERRIDES, *themes]
    paths = [name.removeprefix(f"{OVERRIDES}/") for name in ours]
    alone = [path for path in paths if not any((folder / path).is_file() for folder in folders)]
    if not (themes and alone):
        return
    texts = {name: project.read_text(f"{COMPANY}/{name}", limit=MAX_PAGE)[0] or "" for name in ours}
    pages = [project.page_text(page)[0] or "" for page in project.company_pages]
    known = {each.relative_to(folder).as_posix() for folder in folders for each in folder.rglob("*.html")}
    for path in alone:
        others = [text for name, text in texts.items() if name != f"{OVERRIDES}/{path}"]
        if not any(path in text for text in (*others, *pages)):
            message = "takes the place of nothing in the theme, and nothing shows it"
            name = f"{COMPANY}/{OVERRIDES}/{path}"
            yield Diagnostic.of_file(name, message, did_you_mean(path, known), "unknown-file")
