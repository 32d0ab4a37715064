"""Files and folders written whole or not at all, whatever ends the process or fills the disk."""

ASIDE = ".build"
"""Folder below a project's for what is being made; not under version control."""
