"""Who can read the published site, as far as the host tells, and whether that is meant."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from macros.company.settings import NAME
from macros.diagnostics import Diagnostic
from macros.model.settings import SiteSettings

OPEN = "anyone on the internet could read this site"
OTHERWISE = "docs/publish.md names hosts that ask who reads"
MEANT = f"if that is meant, write 'public: true'; if not, {OTHERWISE}"


def open_to_anyone(pages: bytes) -> bool:
    """Whether a site on GitHub Pages has no lock.

    Args:
        pages: what GitHub's API answers about the repository's Pages, as JSON. Its key ``public`` is
            false where only those who may read the repository can open the site (Enterprise Cloud).

    Returns:
        True also where nothing was answered: without a lock is how Pages are on every other plan.
    """
    return _mapping(pages).get("public") is not False


def is_private(event: bytes) -> bool | None:
    """Whether the repository is not public; None where the host does not say.

    Args:
        event: GitHub's event as JSON (the file ``GITHUB_EVENT_PATH``), with the repository in it.
    """
    repository = _mapping(event).get("repository")
    if not isinstance(repository, Mapping):
        return None
    visibility, private = repository.get("visibility"), repository.get("private")
    if isinstance(visibility, str):  # an internal repository is private, too
        return visibility != "public"
    return private if isinstance(private, bool) else None


def refusal(settings: SiteSettings, *, private: bool | None, open_site: bool) -> Diagnostic | None:
    """Why the site must not be published, or None where it may.

    Args:
        settings: what the company says in `company/site.yml`.
        private: whether the repository is not public; None where that is not known.
        open_site: whether anybody can open the site.
    """
    if not open_site or settings.public:
        return None
    if settings.public is False:
        message, hint = (
            f"{OPEN}, and it says 'public: false'",
            "docs/publish.md names hosts that ask who reads",
        )
    elif private:
        message, hint = f"{OPEN}, though its repository is private", MEANT
    else:
        return None
    return Diagnostic.of_file(NAME, message, hint, "audience")


def _mapping(said: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(said)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, Mapping) else {}
