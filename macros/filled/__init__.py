"""Filled templates: reading what was answered, and writing it in other formats.

`docs/assets/fill/` does the same in the browser. Files go from one to the other and back, and
tests hold both to the same result.
"""
