"""What Zensical has, in the locked version: a test holds the plugins against it, the rest was tried."""

from __future__ import annotations

from collections.abc import Mapping

PLUGINS: Mapping[str, tuple[str, ...]] = {
    "api-autonav": (),
    "autorefs": (),
    "awesome-nav": (),
    "blog": (),
    "callouts": ("aliases", "breakless_lists", "title_from_first_bold"),
    "exclude": (),
    "gh-admonitions": (),
    "glightbox": (
        *("touchNavigation", "loop", "effect", "slide_effect", "zoomable", "draggable", "background"),
        "shadow",
    ),
    "include-markdown": (
        *("trailing_newlines", "comments", "rewrite_relative_urls", "heading_offset", "order", "start"),
        *("end", "exclude", "cache", "cache_dir", "recursive"),
    ),
    "literate-nav": (),
    "llmstxt": ("preprocess",),
    "macros": (),
    "markdown-exec": (),
    "markdownextradata": (),
    "meta": (),
    "mike": ("css_dir", "javascript_dir"),
    "minify": (),
    "mkdocs-audio": (),
    "mkdocs-autoapi": (),
    "mkdocs-nav-weight": (),
    "mkdocs-video": (),
    "mkdocstrings": ("watch",),
    "offline": (),
    "privacy": (),
    "redirects": (),
    "rss": (),
    "search": (
        *("fields", "indexing", "jieba_dict", "jieba_dict_user", "lang", "min_search_length", "pipeline"),
        "prebuild_index",
    ),
    "social": (),
    "table-reader": (),
    "tags": (
        *("tags_compare", "tags_compare_reverse", "tags_pages_compare", "tags_pages_compare_reverse"),
        *("tags_file", "tags_extra_files", "export", "export_file", "export_only"),
    ),
}
"""Plugins that Zensical has one of its own for, and the options that those pass over in silence.

Any other plugin is left out without a word. Source: Zensical 0.0.73, `config.py`.
"""

SETTINGS = ("hooks",)
"""Keys of mkdocs.yml that nothing in Zensical reads."""

NO_FILTERS = frozenset(
    "center filesizeformat forceescape random truncate urlize wordcount wordwrap xmlattr".split()  # noqa: SIM905
)
"""Jinja's filters that Zensical's templates lack."""
NO_TESTS = frozenset({"callable"})
NO_FUNCTIONS = frozenset({"cycler", "joiner", "lipsum"})
"""Jinja's tests and functions that Zensical's templates lack."""
EMPTY: Mapping[str, frozenset[str]] = {
    "page": frozenset({"file", "parent", "children", "abs_url", "is_homepage", "markdown", "update_date"}),
    "config": frozenset({"config_file_path", "markdown_extensions", "hooks"}),
    "": frozenset({"pages", "build_date_utc", "mkdocs_version"}),
}
"""What MkDocs hands to a template and Zensical leaves empty: attributes by name, and names of their own."""
ON_PAGES = frozenset({"files", "navigation"})
"""Names that macros' pages have under both, and that are empty lists under Zensical."""
PAGE_IN_MACROS = frozenset({"file", "parent", "children", "next_page", "previous_page", "toc", "content"})
"""What a page has for macros under MkDocs alone."""

REPLACED = frozenset(
    {"codehilite", "fenced_code", "markdown.extensions.codehilite", "markdown.extensions.fenced_code"}
)
"""Extensions that Zensical's own `pymdownx.superfences` overrules, which it adds where it is not listed."""
MATERIALS = frozenset({"material.extensions.emoji", "material.extensions.preview"})
"""Extensions of MkDocs' theme; Zensical has them under a name of its own, and takes this one, too."""
FRONT_MATTER = ("search.boost",)
"""Keys at the top of a page that MkDocs, its search or its theme read, and nothing in Zensical."""
