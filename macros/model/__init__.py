"""The only definition of the data. Docstrings here become the Data reference."""

import os

# Pydantic looks through every installed package for plugins of its own: 7 ms, and there are none here.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
