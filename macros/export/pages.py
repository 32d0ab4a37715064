"""Each built page as Markdown beside it, and `llms.txt`, which lists them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from macros.sheets.remember import Memory, Promise, code

LIBRARIES = ("beautifulsoup4", "markdownify")

_NO_TEXT = re.compile(r"<(form|svg|button)\b.*?</\1>", re.DOTALL)
"""What of a page is nothing to read. None of these stands in another, so they are cut before parsing,
which takes longest. A form's blank is published beside its page."""
_HIDDEN = ".headerlink, .pb-sr, [hidden]"


def article_of(html: str) -> str:
    """What there is to read on a built page, as HTML; empty where the page has no article."""
    start, end = html.find("<article"), html.find("</article>")
    return _NO_TEXT.sub("", html[start:end]) if start >= 0 else ""


def as_markdown(article: str) -> bytes:
    """A page's article as the text of a Markdown file."""
    from bs4 import BeautifulSoup  # noqa: PLC0415 - not needed where every page is remembered
    from markdownify import MarkdownConverter  # noqa: PLC0415

    parsed = BeautifulSoup(article, "html.parser")
    for node in parsed.select(_HIDDEN):
        node.decompose()
    for node in parsed.select(".pb-letters"):
        node.string = "/".join(letter.get_text() for letter in node.select("b"))
    for node in parsed.select(".pb-legend span"):
        node.append(". ")
    text: str = MarkdownConverter(heading_style="ATX", bullets="-").convert_soup(parsed).strip()
    return (re.sub(r"\n{3,}", "\n\n", text) + "\n").encode() if text else b""


_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


class Copies:
    """Each page's Markdown, asked for while the site is being built.

    Args:
        memory: keeps the Markdown of pages.
    """

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.asked: dict[Path, Promise] = {}
        self.made_by = code(__file__, *LIBRARIES)

    def ask(self, path: str, html: str) -> None:
        """A page has been built.

        Args:
            path: its file, below the site.
            html: what it holds.
        """
        article = article_of(html) if path != "404.html" else ""
        if article:
            inputs = [article.encode(), self.made_by]
            self.asked[Path(path)] = self.memory.recall(inputs, as_markdown, article)

    def write(self, site: Path) -> dict[str, str]:
        """Write the Markdown beside each page.

        Args:
            site: the built site's folder; pages that nobody told of are read from there.

        Returns:
            Title by the Markdown's path below the site, in the order of the paths.
        """
        for path in site.rglob("*.html"):
            below = path.relative_to(site)
            if below not in self.asked:
                self.ask(below.as_posix(), path.read_text("utf-8"))
        titles = {}
        for below in sorted(self.asked):
            text = self.asked[below]().decode()
            if text:
                copy = below.with_suffix(".md")
                (site / copy).write_text(text, "utf-8", newline="\n")
                found = _TITLE.search(text)
                titles[copy.as_posix()] = found[1] if found else below.parent.name
        return titles


def llms_txt(
    name: str, description: str, titles: Mapping[str, str], files: Iterable[str], address: str
) -> str:
    """A guide for language models to the site's Markdown, as https://llmstxt.org proposes.

    Args:
        name: the site's name.
        description: what it is, in a sentence.
        titles: title by path of each page's Markdown.
        files: exported data, below the site.
        address: the site's address, or empty for relative links.
    """
    sections: dict[str, list[str]] = {}
    for path, title in titles.items():
        section = path.split("/")[0].replace("-", " ").capitalize() if path.count("/") > 1 else "Overview"
        sections.setdefault(section, []).append(f"- [{title}]({address}{path})")
    parts = [f"# {name}\n\n> {description}\n"]
    parts += [f"## {section}\n\n" + "\n".join(lines) + "\n" for section, lines in sections.items()]
    exported = [f"- [{file.rpartition('/')[2]}]({address}{file})" for file in files]
    return "\n".join([*parts, "## Data\n\n" + "\n".join(exported) + "\n"])
