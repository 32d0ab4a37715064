"""Templates laid out for filling, and what was answered: read, written, compared.

`docs/assets/sheets/` does the same in the browser. Files go from one to the other and back, and
tests hold both to the same result.
"""
