"""The playbook for other tools: JSON, CSV, Excel, `llms.txt`, and each page as Markdown."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from markdownify import markdownify

from macros.model import KINDS
from macros.playbook import Playbook
from macros.spreadsheet import LOOKS, Book, as_csv, height, set_up_page

SCHEMA_VERSION = 1
"""Version of `playbook.json`'s shape. It grows when a key is renamed, removed or changes its type."""

FOLDER = "export"
"""Where data is exported to, below the built site."""


def data(playbook: Playbook) -> dict[str, Any]:
    """The merged data as plain values: a schema version, and each list under its plural name."""
    lists = {
        kind.key: [item.model_dump(mode="json") for item in getattr(playbook, kind.key).values()]
        for kind in KINDS
    }
    return {"schema_version": SCHEMA_VERSION, **lists}


def as_json(playbook: Playbook) -> str:
    """`data` as the text of a JSON file."""
    return json.dumps(data(playbook), indent=2, ensure_ascii=False) + "\n"


def raci_rows(playbook: Playbook) -> Iterator[list[str]]:
    """The RACI as rows of a table; the first is the heading."""
    yield ["Activity", *(role.name for role in playbook.roles.values()), "Business decision"]
    for activity in playbook.activities.values():
        letters = [activity.roles.get(role, "") for role in playbook.roles]
        yield [activity.name, *letters, "yes" if activity.business_decision else "no"]


def raci_csv(playbook: Playbook) -> str:
    """The RACI as CSV, in which no text is a formula."""
    return as_csv(raci_rows(playbook))


def raci_excel(playbook: Playbook) -> bytes:
    """The RACI as an Excel workbook; every cell is text."""
    out = io.BytesIO()
    rows = list(raci_rows(playbook))
    widths = [44, *[16] * (len(rows[0]) - 1)]
    with Book(out, "RACI") as book:
        sheet = book.add_worksheet("RACI")
        head, name = book.add_format(LOOKS["head"]), book.add_format(LOOKS["name"])
        top, cell = book.add_format(LOOKS["head"] | {"align": "center"}), book.add_format(LOOKS["short"])
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                look = (top if column else head) if number == 0 else cell if column else name
                if text:
                    sheet.write_string(number, column, text, look)
                else:
                    sheet.write_blank(number, column, None, look)
            sheet.set_row(number, height(row, widths))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 1)
        set_up_page(sheet, "RACI", heading=0, landscape=True)
    return out.getvalue()


def write_data(playbook: Playbook, folder: Path) -> list[Path]:
    """Write JSON, CSV and Excel into a folder; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    contents: dict[str, bytes] = {
        "playbook.json": as_json(playbook).encode(),
        "raci.csv": raci_csv(playbook).encode("utf-8-sig"),  # Excel reads UTF-8 only with the mark
        "raci.xlsx": raci_excel(playbook),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in contents]


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


def llms_txt(name: str, description: str, titles: Mapping[str, str], address: str) -> str:
    """A guide for language models to the site's Markdown, as https://llmstxt.org proposes.

    Args:
        name: the site's name.
        description: what it is, in a sentence.
        titles: title by path of each page's Markdown.
        address: the site's address, or empty for relative links.
    """
    sections: dict[str, list[str]] = {}
    for path, title in titles.items():
        section = path.split("/")[0].replace("-", " ").capitalize() if path.count("/") > 1 else "Overview"
        sections.setdefault(section, []).append(f"- [{title}]({address}{path})")
    parts = [f"# {name}\n\n> {description}\n"]
    parts += [f"## {section}\n\n" + "\n".join(lines) + "\n" for section, lines in sections.items()]
    exported = [
        f"- [{file}]({address}{FOLDER}/{file})" for file in ("playbook.json", "raci.csv", "raci.xlsx")
    ]
    return "\n".join([*parts, "## Data\n\n" + "\n".join(exported) + "\n"])


def write_all(playbook: Playbook, site: Path, name: str, description: str, address: str) -> list[Path]:
    """Write every export into a built site; returns the files outside the pages' own folders."""
    titles = write_pages(site)
    guide = site / "llms.txt"
    guide.write_text(llms_txt(name, description, titles, address), "utf-8")
    return [guide, *write_data(playbook, site / FOLDER)]
