"""Makes large print of the style sheets for A4: `enlarge_style`."""

from __future__ import annotations

import re

__all__ = ["LEAST_SIZE", "enlarge_style"]

TYPE = 16 / 11
"""How much larger type is: text of 11 pt becomes text of 16 pt."""

SPACE = 1.6
"""How much larger all other lengths are: lines of 15 pt become lines of 24 pt."""

LEAST_SIZE = 14.0
"""The smallest type of large print, in points."""

OWN = "large.css"
SIZE = re.compile(r"(\bfont-size: |\bfont: (?:bold |italic )*)([\d.]+)pt")
LENGTH = re.compile(r"(?<![\w.])([\d.]+)pt\b")
WORDS = (
    ("var(--text-face)", "var(--heading-face)"),
    ("text-align: justify", "text-align: start"),
    ("hyphenate-limit-chars: 6 2", "hyphenate-limit-chars: 99 99"),
    ("color: #666", "color: #333"),
    ("color: #444", "color: #333"),
)
"""What is said otherwise: sans, aligned at the start only, darker grey, and no hyphens, since no
word has 99 letters.  `hyphens` stays: it says which texts get the best lines."""


def enlarge_style(css: str, name: str) -> str:
    """Return a style sheet for A4 with larger type, wider lines and no hyphens.

    No type is smaller than `LEAST_SIZE`, but for what is given in em.  The sheet that is made for
    large print stays as it is.
    """
    if name == OWN:
        return css
    for old, new in WORDS:
        css = css.replace(old, new)
    parts = []
    last = 0
    for found in SIZE.finditer(css):
        size = float(found[2])
        larger = size if size == 0 else max(size * TYPE, LEAST_SIZE)
        parts += [_widen(css[last : found.start()]), f"{found[1]}{larger:.4g}pt"]
        last = found.end()
    return "".join((*parts, _widen(css[last:])))


def _widen(css: str) -> str:
    return LENGTH.sub(lambda found: f"{float(found[1]) * SPACE:.4g}pt", css)
