"""What a link or a reference can lead to: pages, files, and the places on a page."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from html import unescape
from typing import NamedTuple
from unicodedata import normalize

from macros.diagnostics import Severity, did_you_mean
from macros.load.merge import Place
from macros.load.reading import Reading
from macros.model.content import Component, Role
from macros.model.kinds import BY_KEY, name_of
from macros.model.template import Template
from macros.places.addresses import leads_elsewhere, page_url, parts_of, quoted
from macros.project import UNPUBLISHED
from macros.rules.left import Taken, left, names, taken_out
from macros.rules.shown import anchors_of, anchors_of_item, lists_of_macro, macros_on


class Problem(NamedTuple):
    """What is wrong with a link.

    Args:
        message: what is wrong.
        hint: what was probably meant.
        removed: where the company took out what an upstream page showed there; None for any other mistake.
    """

    message: str
    hint: str = ""
    removed: Place | None = None

    def told(self, *, upstream: bool) -> tuple[str, str, Severity]:
        """Message, hint and severity.

        A company cannot mend what upstream wrote: such a link still arrives at the page, at its foot.

        Args:
            upstream: whether the link stands in a file of upstream's.
        """
        if self.removed is None or not upstream:
            return self.message, self.hint, "error"
        return self.message, f"{self.removed.taken_out()}; the link leads to the foot of the page", "warning"


class Targets:
    """The pages and files of a site, with the anchors that pages have.

    Args:
        reading: all data; its items are anchors wherever they are shown.
        rules: ids of the rules, which have anchors on the pages about them.
    """

    def __init__(self, reading: Reading, rules: Collection[str] = ()) -> None:
        self.rules = rules
        self.project = reading.project
        self.reading = reading
        self.known: dict[str, set[str]] = {}
        self.shown: dict[str, set[str]] = {}

    @cached_property
    def files(self) -> dict[str, None]:
        """Paths of everything that is published below docs/, in composed Unicode."""
        ours = (each.name for each in self.project.files if each.what == "file")
        below = [name for name in ours if not name.startswith(f"{UNPUBLISHED}/")]
        theirs = (each.name for each in self.project.company_files if each.what == "file")
        below += [normalize("NFC", name[5:]) for name in theirs if name.startswith("docs/")]
        return dict.fromkeys(below)

    @cached_property
    def taken(self) -> Taken:
        """What the company took out of upstream's lists."""
        return taken_out(self.reading)

    @cached_property
    def left(self) -> Mapping[str, Mapping[str, Place]]:
        """Anchors that stay at the foot of upstream's pages for what the company took out."""
        return left(self.reading, self.taken)

    @cached_property
    def pages(self) -> dict[str, str]:
        """Pages by the address at which they are published, without the slash at its end."""
        return {page_url(page).rstrip("/"): page for page in self.project.all_pages}

    @cached_property
    def items(self) -> set[str]:
        """Anchors that macros write: ids, some with a word around them, and names of lists and rules."""
        found = {*BY_KEY, *self.rules}.union(*self.reading.declared.values())
        found |= {each for key in self.reading.declared for each in self._of_list(key)}
        found |= {section.id for entry in self.reading.of(Template) for section in entry.item.sections}
        return found

    def _of_list(self, key: str) -> set[str]:
        """Anchors of a list's items, where they are shown."""
        found = {each for name in self.reading.declared[key] for each in anchors_of_item(key, name)}
        if key == "components":
            found |= {entry.item.part.lower() for entry in self.reading.of(Component) if entry.item.part}
        return found

    def of_macro(self, name: str) -> set[str] | None:
        """Anchors that a macro writes; None where it may write any."""
        lists = lists_of_macro(name)
        return None if lists is None else {each for key in lists for each in self._of_list(key)}

    def _shown(self, page: str) -> set[str]:
        """Anchors that the macros on a page write."""
        text = self.project.page_text(page)[0] or ""
        if page not in self.shown:
            found = [self.of_macro(name) for name in macros_on(text)]
            known = [each for each in found if each is not None]
            is_any = "{%" in text or len(known) < len(found)
            self.shown[page] = self.items if is_any else set().union(*known)
        return self.shown[page]

    def anchor(self, page: str, anchor: str) -> Problem | None:
        """What is wrong with an anchor of a page that exists."""
        if self.reading.unread:
            return None
        if page not in self.known:
            text = self.project.page_text(page)[0] or ""
            self.known[page] = anchors_of(_NAMED.sub(self._name, text))
        known = self.known[page]
        if anchor in known or anchor in self._shown(page):
            return None
        message = f"unknown anchor '{anchor}' of page '{page}'"
        if (place := self.left.get(page, {}).get(anchor)) is not None:
            return Problem(message, place.removal(), place)
        hint = self._gone(anchor) or did_you_mean(anchor, known)
        name = self.project.page_name(page)
        if not hint and page in self.project.pages and not name.startswith("docs/"):
            hint = f"{name} stands in the place of our page"
        if not hint and anchor in self.items:
            others = (each for each in self.project.all_pages if self._shown(each) is not self.items)
            elsewhere = next((each for each in others if anchor in self._shown(each)), None)
            hint = f"it is on page '{elsewhere}'" if elsewhere else ""
        hint = hint or did_you_mean(anchor, self._shown(page))
        return Problem(message, hint)

    def _name(self, call: re.Match[str]) -> str:
        """What an item is called, for the macro that says it in a heading."""
        entries = self.reading.entries.get(call["kind"], [])
        item = next((entry.item for entry in entries if entry.item.id == call["id"]), None)
        role = getattr(item, "role", None)  # a member is called by the role's name
        named = next((entry.item for entry in self.reading.of(Role) if entry.item.id == role), item)
        return (
            names(self.taken).get(call["kind"], {}).get(call["id"], "") if named is None else name_of(named)
        )

    def _gone(self, anchor: str) -> str:
        """Where the company layer took the item out whose anchor this was."""
        for removed in self.reading.removed.values():
            for name, place in removed.items():
                if anchor in (name, f"role-{name}", f"{name}-note"):
                    return place.removal()
        return ""

    def link(self, url: str, page: str | None) -> Problem | None:
        """What is wrong with a Markdown link.

        Args:
            url: its target as written.
            page: the page that it stands on; None for a text of the data, whose links begin at docs/.
        """
        url = unescape(url).strip()
        if not url:
            return Problem("a link without a target", "write it, or take the brackets away")
        if leads_elsewhere(url) or "{{" in url or "{%" in url:
            return None
        path, _, anchor = parts_of(url)
        folder = posixpath.dirname(page or "")
        if not path:
            if page is None or not anchor[1:]:
                return None  # it leads to whatever page shows the text
            return self.anchor(page, anchor[1:])
        if path.startswith("/"):
            if page is None:
                path = path.lstrip("/")
            else:
                message = f"'{url}' begins with a slash, which leads out of a site that lies in a folder"
                return Problem(message, self._nearest(path.lstrip("/"), folder))
        target = posixpath.normpath(posixpath.join(folder, path))
        if target not in self.files or path.endswith("/"):
            return Problem(f"there is no page or file '{target}'", self._nearest(target, folder))
        return self.anchor(target, anchor[1:]) if anchor[1:] and target in self.project.all_pages else None

    def in_html(self, url: str, page: str) -> Problem | None:
        """What is wrong with a link in a page's HTML: MkDocs leaves it as it is written."""
        url = unescape(url).strip()
        if leads_elsewhere(url) or "{{" in url or "{%" in url:
            return None
        path, _, anchor = parts_of(url)
        if not path:
            return self.anchor(page, anchor[1:]) if anchor[1:] else None
        if path.startswith("/"):
            message = f"'{url}' begins with a slash, which leads out of a site that lies in a folder"
            return Problem(message, self._nearest(path.lstrip("/"), page_url(page), as_address=True))
        target = posixpath.normpath(posixpath.join(page_url(page), path))
        target = "" if target == "." else target
        if target in self.pages:
            return self.anchor(self.pages[target], anchor[1:]) if anchor[1:] else None
        if (target in self.files and not target.endswith(".md")) or self._is_written(target):
            return None
        source = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
        if source in self.files:
            message = f"in HTML, '{url}' begins at the page's address, and leads nowhere"
            return Problem(message, "write the link or picture in Markdown")
        nearest = self._nearest(target, page_url(page), as_address=True)
        return Problem(f"there is no page or file '{target}'", nearest)

    def _is_written(self, target: str) -> bool:
        """Whether a build writes this file: blanks, exports, pages as Markdown."""
        folder, _, base = target.rpartition("/")
        templates = self.reading.declared["templates"]
        if folder in ("templates", "examples") and base.rpartition(".")[0] in templates:
            return True
        return folder == "export" or target == "llms.txt" or (base == "index.md" and folder in self.pages)

    def _nearest(self, target: str, folder: str, *, as_address: bool = False) -> str:
        """The file that was most likely meant, as a link from a folder."""
        target = target.strip("/")
        near = next((each for each in _guesses(target) if each in self.files), None)
        if near is None:
            folded = {each.casefold(): each for each in self.files}
            near = next((folded[each] for each in _guesses(target.casefold()) if each in folded), None)
        if near is None:
            base = target.rpartition("/")[2]
            same = [each for each in self.files if each.rpartition("/")[2] == base and base != "index.md"]
            near = same[0] if len(same) == 1 else did_you_mean(target, self.files)[14:-2]
        if not near:
            return ""
        if as_address and near.endswith(".md"):
            near = page_url(near)
        slash = "/" if near.endswith("/") else ""
        return f"did you mean '{quoted(posixpath.relpath(near or '.', folder or '.'))}{slash}'?"


def _guesses(target: str) -> Iterator[str]:
    """Paths that a link may have meant."""
    yield target
    yield f"{target}.md"
    yield f"{target}/index.md"
    yield f"{target.removesuffix('.html')}.md"
    yield f"{target.removesuffix('.html').removesuffix('/index')}.md"
    yield target.replace("\\", "/")


_NAMED = re.compile(r"""\{\{-?\s*name\(\s*(["'])(?P<kind>\w+)\1\s*,\s*(["'])(?P<id>[\w-]+)\3\s*\)\s*-?\}\}""")
