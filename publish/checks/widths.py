"""How much a text says by its length: a Chinese character counts as much as a short word."""

from __future__ import annotations

from publish.wideletters import may_have_wide, pattern_later

__all__ = ["measure_text"]

WEIGHTS = (
    (pattern_later("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"), 2.2),
    (pattern_later("[\u3041-\u30ff\uac00-\ud7a3]"), 1.1),
    (pattern_later("[\u1200-\u135a]"), 0.5),
)
"""What is added to 1 for a letter: Chinese characters, syllables of Japanese and Korean, and those
of Ethiopia."""


def measure_text(text: str) -> float:
    """Return the length of a text as if it were written in an alphabet."""
    if not may_have_wide(text):
        return len(text)
    return len(text) + sum(len(letters().findall(text)) * more for letters, more in WEIGHTS)
