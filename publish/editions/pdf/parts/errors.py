"""The reason to lay out a document whole after all."""

from __future__ import annotations

__all__ = ["WholeNeededError"]


class WholeNeededError(Exception):
    """A document cannot be joined from parts, or a part has a fault that the whole can name."""
