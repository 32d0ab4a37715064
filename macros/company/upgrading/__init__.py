"""A newer upstream taken into a copy, with or without git: what is upstream's is replaced, the rest stays."""
