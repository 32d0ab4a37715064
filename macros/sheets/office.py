"""Office files that depend on their content only, so that the same data builds the same site."""

from __future__ import annotations

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo


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


def stored(package: bytes) -> bytes:
    """The same package without compression: what zlib makes differs from version to version.

    A blank grows from 7 to 30 KB by it, and is the same to the byte wherever it is made.

    Args:
        package: a Word or Excel file.
    """
    out = io.BytesIO()
    with ZipFile(io.BytesIO(package)) as given, ZipFile(out, "w", ZIP_STORED) as again:
        for part in given.infolist():
            entry = ZipInfo(part.filename)
            entry.create_system = 3  # Unix, wherever it is written
            again.writestr(entry, given.read(part))
    return out.getvalue()
