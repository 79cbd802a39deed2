"""Says which texts are written from right to left."""

from __future__ import annotations

import re

__all__ = ["RIGHT_TO_LEFT_LETTERS", "has_right_to_left"]

RIGHT_TO_LEFT_LETTERS = (
    "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff"
)
"""The ranges of Unicode whose letters run from right to left, for a pattern."""

_RIGHT_TO_LEFT = re.compile(f"[{RIGHT_TO_LEFT_LETTERS}]")


def has_right_to_left(text: str) -> bool:
    """Return whether a text has letters that are written from right to left."""
    return _RIGHT_TO_LEFT.search(text) is not None
