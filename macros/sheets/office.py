"""Office files that depend on their content only, so that the same data builds the same site."""

from __future__ import annotations

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def pack(parts: Mapping[str, str]) -> bytes:
    """A package as Word reads it: a ZIP archive without the time at which it was written.

    Args:
        parts: text of each part by its name in the archive.
    """
    out = io.BytesIO()
    with ZipFile(out, "w") as package:
        for name, text in parts.items():
            package.writestr(ZipInfo(name), text.encode(), ZIP_DEFLATED)
    return out.getvalue()
