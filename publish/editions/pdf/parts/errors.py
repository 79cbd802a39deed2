"""The reasons to lay out a document whole, or all its parts again."""

from __future__ import annotations

__all__ = ["PartDeletedError", "WholeNeededError"]


class WholeNeededError(Exception):
    """A document cannot be joined from parts, or a part has a fault that the whole can name."""


class PartDeletedError(Exception):
    """What was kept for a part of a document has been deleted before its file was finished."""
