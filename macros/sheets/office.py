"""Office files that depend on their content only, so that the same data builds the same site."""

from __future__ import annotations

import io
import re
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_DATE = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms)")


def stable(content: bytes) -> bytes:
    """The same package without the time at which it was written.

    Args:
        content: a Word document or an Excel workbook, which are ZIP archives.
    """
    out = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _DATE.sub(rb"\g<1>2026-01-01T00:00:00Z\g<3>", part)
            new.writestr(ZipInfo(name), part, ZIP_DEFLATED)
    return out.getvalue()
