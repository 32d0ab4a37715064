"""How the record names contents: apart from the rest of an upgrade, since every check needs it."""

from __future__ import annotations

import hashlib

FOLDER = "upstream"
NAME = f"{FOLDER}/files.txt"


def blob_id(content: bytes) -> str:
    """The id that git gives to a content, with the line breaks of text as LF: `git hash-object`."""
    if b"\r" in content and b"\0" not in content[:8000]:
        content = content.replace(b"\r\n", b"\n")
    # SHA-1 names a content here, as in git; it keeps no secret.
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
