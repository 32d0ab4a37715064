"""Pages: Markdown, macro calls and links, damaged; ours and the company's."""

from __future__ import annotations

from random import Random

from tests.fuzz.damage import damaged
from tests.fuzz.whole import examine, small

PIECES = (
    "{{ raci_table() }}", "{{ fill('form') }}", "{{ fill('zzz') }}", "{{ situation(1) }}", "{{ glossary", "{% raw %}", "{% endraw %}",
    "{% macro x() %}y{% endmacro %}{{ x() }}", "{% for a in [1, 2] %}{{ a }}{% endfor %}", "{# note #}", "{{ name('builder') }}",
    "{{ ''.__class__ }}", "{% set a = 1 %}{{ a }}", "[x](index.md#y)", "[x]: up.md", "![](a.png)",
    "```\n{{ x }}\n```", "    code", "<div markdown>", "# H {: #h }", "---\ntitle: x\n---\n", "[[builder]]", "<!-- -->", "\\{\\{",
)  # fmt: skip


def once(random: Random) -> None:
    """One or two pages, damaged or put together anew."""
    files: dict[str, bytes] = {}
    for _ in range(random.randrange(1, 3)):
        path = random.choice(sorted((small() / "docs").rglob("*.md")))
        name = path.relative_to(small()).as_posix()
        lines = path.read_text("utf-8").split("\n")
        for _ in range(random.randrange(4)):
            lines.insert(random.randrange(len(lines) + 1), random.choice(PIECES))
        content = "\n".join(lines).encode()
        there = random.choice([name, f"company/{name}", "company/docs/new page.md"])
        files[there] = damaged(content, random) if random.random() < 0.5 else content
    examine(files)
