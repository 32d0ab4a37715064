"""Edits of upstream's files moved into the company's layer, by id."""


class CannotMoveError(Exception):
    """An edit that the layer cannot say; the message says why, and the edit is left where it is."""
