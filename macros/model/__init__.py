"""The only definition of the data. Docstrings here become the Data reference."""
