"""How much a text says by its length: a Chinese character counts as much as a short word."""

from __future__ import annotations

import re

__all__ = ["measure_text"]

WEIGHTS = (
    (re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"), 2.2),
    (re.compile("[\u3041-\u30ff\uac00-\ud7a3]"), 1.1),
    (re.compile("[\u1200-\u135a]"), 0.5),
)
"""What is added to 1 for a letter: Chinese characters, syllables of Japanese and Korean, and those
of Ethiopia."""
WIDE = re.compile("[\u1200-\u135a\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]")


def measure_text(text: str) -> float:
    """Return the length of a text as if it were written in an alphabet."""
    if text.isascii() or not WIDE.search(text):
        return len(text)
    return len(text) + sum(len(letters.findall(text)) * more for letters, more in WEIGHTS)
