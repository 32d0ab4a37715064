"""Files as they lie in folders, and the addresses under which they are published."""
