"""What a reader sees of a text: characters that show nothing, and text made safe and short to show.

The classes of characters are strings to be put between the brackets of a pattern.  They differ
because they answer different questions; each says which.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = [
    "DIRECTION_CHANGES",
    "DIRECTION_MARKS",
    "GLYPHLESS",
    "HIDDEN",
    "JOINERS",
    "ZERO_WIDTH",
    "crop",
    "shorten",
    "shows_nothing",
    "spell_unseen",
    "visible",
]

# --------------------------------------------------------------------------- characters

CONTROLS = "\x00-\x1f\x7f-\x9f"
ZERO_WIDTH = "\u00ad\u200b\u2060\ufeff"
"""Soft hyphen, zero width space, word joiner, byte order mark: they come with pasted text, and
change nothing of it when they are taken out of any language.  One by one, without ranges."""
JOINERS = "\u200c\u200d"
"""Persian and many Indian languages are not spelled right without them."""
DIRECTION_MARKS = "\u061c\u200e\u200f"
"""Letters without width that have a direction; text written from right to left may need them."""
DIRECTION_CHANGES = "\u202a-\u202e\u2066-\u2069"
"""Overrides, embeddings and isolates, which turn the text behind them (Unicode Annex 9, §2)."""
OPERATORS = "\u2061-\u2064"
"""Signs of mathematics that are not shown."""
TAGS = "\U000e0000-\U000e0fff"
"""Tags and more variation selectors, with which a text can carry another one unseen."""

HIDDEN = f"{ZERO_WIDTH}{JOINERS}{OPERATORS}{TAGS}\u180e"
"""What translators paste without seeing it: findings of the checks.  Marks and changes of direction
are none of these, since they depend on the language; what another script needs is allowed."""

GLYPHLESS = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""What no font needs a glyph for: line and paragraph separator, and Default_Ignorable_Code_Point
of the Unicode database.  Wider than the others, since a lack here would stop an edition."""

_BLANK_LETTERS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0]"
)
"""Letters and marks by category that show nothing: those of the class above, and the empty braille
cell, which does have a glyph."""
_BLANK_CATEGORIES = {"Cc", "Cf", "Zl", "Zp", "Zs"}

_STEERING = re.compile(
    f"[{CONTROLS}{ZERO_WIDTH}{DIRECTION_MARKS}{DIRECTION_CHANGES}{OPERATORS}\u2065\ud800-\udfff]"
)
"""What a terminal obeys, cannot write, or hides.  Joiners stay: words need them to look right."""
_SPELLED = re.compile(
    f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2060\ufeff{JOINERS}{DIRECTION_CHANGES}"
    f"{OPERATORS}\u2065\ufffe\uffff]"
)
"""What a page cannot carry, or what two texts can differ in unseen: joiners too, but no soft
hyphens.  Tabs and line breaks are seen."""


def shows_nothing(text: str) -> bool:
    """Return whether a text is only spaces, format and control characters, and blank letters."""
    return all(
        unicodedata.category(character) in _BLANK_CATEGORIES
        for character in _BLANK_LETTERS.sub("", text)
    )


# --------------------------------------------------------------------------- safe and short


def visible(text: str) -> str:
    """Return the text on one line, with U+FFFD for what steers a terminal or hides.

    Its length stays the same.
    """
    return _STEERING.sub("\ufffd", re.sub(r"\s", " ", text))


def spell_unseen(text: str) -> str:
    r"""Return the text with a code such as `\u200b` in place of what a page would not show."""
    return _SPELLED.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def shorten(text: str, width: int) -> str:
    """Return the text in at most `width` code points, with an ellipsis right after its last word.

    That is the form for sentences; `crop` is for what is shown as it stands.
    """
    return text if len(text) <= width else f"{text[: width - 1].rstrip()}…"


def crop(text: str, width: int) -> str:
    """Return the text in at most `width` code points: all those before the ellipsis, spaces too.

    That is the form for lines of a file and for text with marks under it.
    """
    return text if len(text) <= width else f"{text[: width - 1]}…"
