"""Ids that upstream renamed or removed: what `data/renamed.yml` says."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from macros.model.base import Id, Kind, Model, Ref


class Renamed(Model):
    """An id that had another name before, or that is gone. Company layers that use it are told."""

    list: Annotated[str, Ref("lists")]
    """The list in which it was."""
    old: Id
    """The id that was used before."""
    new: Id | None = None
    """The id to use now; none where the item was removed."""
    since: Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")] | None = None
    """The version that renamed or removed it."""


RENAMED = Kind("renamed", "renamed", Renamed, "renamed id", "renamed ids", may_be_empty=True)
"""No list of the playbook's own: it is neither exported nor changed by a company."""
