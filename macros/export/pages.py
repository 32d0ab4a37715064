"""Each built page as Markdown beside it, and `llms.txt`, which lists them."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from macros.places.addresses import quoted
from macros.sheets.remember import Memory, code
from macros.views.text import in_link

LIBRARIES = ("beautifulsoup4", "markdownify")

_NO_TEXT = re.compile(r"<(form|svg|button)\b.*?</\1>", re.DOTALL)
"""What of a page is nothing to read. None of these stands in another, so they are cut before parsing,
which takes longest. A form's blank is published beside its page."""
_HIDDEN = ".headerlink, .pb-sr, [hidden]"


def article_of(html: str) -> str:
    """What there is to read on a built page, as HTML; empty where the page has no article."""
    start, end = html.find("<article"), html.find("</article>")
    return _NO_TEXT.sub("", html[start:end]) if start >= 0 else ""


def load_libraries() -> None:
    """Import what turns HTML into Markdown, before the first page asks for it."""
    for name in ("bs4", "markdownify"):
        importlib.import_module(name)


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


def copy_of(html: str, memory: Memory) -> str:
    """A built page's Markdown; empty where there is nothing to read.

    Args:
        html: what the generator made of it.
        memory: keeps the Markdown of pages.
    """
    article = article_of(html)
    made_by = code(__file__, *LIBRARIES)
    return memory.recall([article.encode(), made_by], as_markdown, article).decode() if article else ""


def write_copies(copies: Mapping[str, str], site: Path) -> dict[str, str]:
    """Write each page's Markdown beside it.

    Args:
        copies: Markdown by the page's file below the site.
        site: the built site's folder.

    Returns:
        Title by the Markdown's path below the site, in the order of the paths.
    """
    titles = {}
    for path in sorted(map(Path, copies)):
        text = copies[path.as_posix()]
        if text and path.name != "404.html":
            (site / path).with_suffix(".md").write_text(text, "utf-8", newline="\n")
            found = _TITLE.search(text)
            titles[path.with_suffix(".md").as_posix()] = found[1] if found else path.parent.name
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
        sections.setdefault(section, []).append(f"- [{in_link(title)}]({address}{quoted(path)})")
    parts = [f"# {name}\n\n> {description}\n"]
    parts += [f"## {section}\n\n" + "\n".join(lines) + "\n" for section, lines in sections.items()]
    exported = [f"- [{file.rpartition('/')[2]}]({address}{quoted(file)})" for file in files]
    return "\n".join([*parts, "## Data\n\n" + "\n".join(exported) + "\n"])
