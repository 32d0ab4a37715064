"""The playbook kit's Python package, and the module that the generators load."""

from __future__ import annotations

from typing import Any


def define_env(env: Any) -> None:
    """Entry point of mkdocs-macros and of Zensical; see `macros.site.hooks.define_env`."""
    from macros.site.hooks import define_env as define  # noqa: PLC0415 - the command line needs no site

    define(env)


def on_post_build(env: Any) -> None:
    """Entry point of mkdocs-macros after a build; see `macros.site.hooks.on_post_build`."""
    from macros.site.hooks import on_post_build as finish  # noqa: PLC0415 - as above

    finish(env)
