"""Small damage to bytes and texts, for subjects to share."""

from __future__ import annotations

from random import Random

ODD = (
    "\x00", "\t", "\r", "\x7f", "\u0085", "\ufeff", "\uffff", "🙂", "\u2028", "é", ": ", "- ", "{", "}", "[", "]", '"', "'", "#",
    "&a ", "*a", "!!int ", "---\n", "<<: ", "|\n", "> ", "%", "@", "`", "\\", "null", "yes", "0x1F", "1_000", "12:30", "1e400", ",",
)  # fmt: skip
"""What readers of text files trip over."""


def damaged(content: bytes, random: Random, *, times: int = 4) -> bytes:
    """Bytes with a few small changes: something cut out, doubled, moved, turned, or put in."""
    for _ in range(random.randrange(1, times + 1)):
        at = random.randrange(len(content) + 1)
        end = min(len(content), at + random.choice((1, 1, 2, 8, 64)))
        piece = content[at:end]
        how = random.randrange(5)
        if how == 0:
            content = content[:at] + content[end:]
        elif how == 1:
            content = content[:end] + piece * random.randrange(1, 4) + content[end:]
        elif how == 2 and piece:
            content = content[:at] + bytes([piece[0] ^ (1 << random.randrange(8))]) + content[at + 1 :]
        elif how == 3:
            content = content[:at] + random.choice(ODD).encode("utf-8", "surrogatepass") + content[at:]
        else:
            to = random.randrange(len(content) + 1)
            content = content[:to] + piece + content[to:]
    return content
