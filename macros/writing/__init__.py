"""Files and folders written whole or not at all, whatever ends the process or fills the disk."""

import errno

ASIDE = ".build"
"""Folder below a project's for what is being made; not under version control."""

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)
"""Errors that are nobody's mistake: there is no room, or nothing may be written at all."""
