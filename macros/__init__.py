"""The playbook kit's Python package, and the module that mkdocs-macros loads."""

from __future__ import annotations

from typing import Any


def define_env(env: Any) -> None:
    """Entry point of mkdocs-macros and of Zensical; see `macros.site.define_env`."""
    from macros.site import define_env as define  # noqa: PLC0415 - the command line needs no site

    define(env)


def on_pre_page_macros(env: Any) -> None:
    """Entry point of mkdocs-macros before a page; see `macros.site.on_pre_page_macros`."""
    from macros.site import on_pre_page_macros as recall  # noqa: PLC0415 - as above

    recall(env)


def on_post_page_macros(env: Any) -> None:
    """Entry point of mkdocs-macros after a page; see `macros.site.on_post_page_macros`."""
    from macros.site import on_post_page_macros as keep  # noqa: PLC0415 - as above

    keep(env)


def on_post_build(env: Any) -> None:
    """Entry point of mkdocs-macros after a build; see `macros.site.on_post_build`."""
    from macros.site import on_post_build as finish  # noqa: PLC0415 - as above

    finish(env)
