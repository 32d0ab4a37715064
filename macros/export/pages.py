"""Each built page as Markdown beside it, and `llms.txt`, which lists them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from bs4 import BeautifulSoup
from markdownify import markdownify

_NO_TEXT = ".headerlink, .pb-sr, svg, form, button, [hidden]"
"""What of a page is nothing to read. A form's blank is published beside its page."""


def page_markdown(html: str) -> str:
    """A built page's article as Markdown; empty where the page has none."""
    start, end = html.find("<article"), html.find("</article>")
    if start < 0:
        return ""
    article = BeautifulSoup(html[start:end], "html.parser")
    for node in article.select(_NO_TEXT):
        node.decompose()
    for node in article.select(".pb-letters"):
        node.string = "/".join(letter.get_text() for letter in node.select("b"))
    for node in article.select(".pb-legend span"):
        node.append(". ")
    text: str = markdownify(str(article), heading_style="ATX", bullets="-").strip()
    return re.sub(r"\n{3,}", "\n\n", text) + "\n" if text else ""


_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


def write_pages(site: Path) -> dict[str, str]:
    """Write each page's Markdown beside it.

    Args:
        site: the built site's folder.

    Returns:
        Title by the Markdown's path below the site, in the order of the paths.
    """
    titles = {}
    for path in sorted(site.rglob("*.html")):
        if path.name == "404.html":
            continue
        text = page_markdown(path.read_text("utf-8"))
        if text:
            copy = path.with_suffix(".md")
            copy.write_text(text, "utf-8")
            found = _TITLE.search(text)
            titles[copy.relative_to(site).as_posix()] = found[1] if found else path.parent.name
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
