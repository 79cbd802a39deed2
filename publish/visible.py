"""Characters that show nothing, and functions that make a text safe or short enough to show.

The classes of characters are strings to put between the brackets of a regular expression.  Each
serves a different purpose, which its docstring says.
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
    "TAGS",
    "ZERO_WIDTH",
    "crop",
    "find_tags",
    "make_visible",
    "shorten",
    "shows_nothing",
    "spell_unseen",
]

# --------------------------------------------------------------------------- characters

CONTROLS = "\x00-\x1f\x7f-\x9f"
ZERO_WIDTH = "\u00ad\u200b\u2060\ufeff"
"""Soft hyphen, zero width space, word joiner, byte order mark: they come with pasted text, and can
be removed in any language without changing it.  Listed one by one, without ranges."""
JOINERS = "\u200c\u200d"
"""Zero width joiner and non-joiner, which the spelling of Persian and Indian languages needs."""
DIRECTION_MARKS = "\u061c\u200e\u200f"
"""Marks without width that have a direction; text written from right to left may need them."""
DIRECTION_CHANGES = "\u202a-\u202e\u2066-\u2069"
"""Overrides, embeddings and isolates, which turn the text after them (Unicode Annex 9, §2)."""
OPERATORS = "\u2061-\u2064"
"""Mathematical operators that are not shown."""
TAGS = "\U000e0000-\U000e007f"
"""Tag characters, unseen twins of the ASCII characters, which can hide a text inside a text."""
SELECTORS = "\U000e0080-\U000e0fff"
"""Variation selectors, which choose a shape of the letter before them, and what is reserved."""

HIDDEN = f"{ZERO_WIDTH}{JOINERS}{OPERATORS}{SELECTORS}\u180e"
"""Characters that translators paste without seeing them; the checks report them.  Marks and changes
of direction are not among them, since some languages need them; nor are tags, which are an error
of their own."""

GLYPHLESS = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Characters that need no glyph in a font: line and paragraph separator, and those that the Unicode
database lists as Default_Ignorable_Code_Point.  The widest class, since a character that is missing
here would stop an edition."""

_BLANK_LETTERS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0]"
)
"""Characters that show nothing although Unicode lists them as letters or marks: those of the class
above, and the empty braille cell, which has a glyph."""
_BLANK_CATEGORIES = {"Cc", "Cf", "Zl", "Zp", "Zs"}

_FLAG = "\U0001f3f4(?:{})\U000e007f".format(
    "|".join("".join(chr(0xE0000 + ord(c)) for c in name) for name in ("gbeng", "gbsct", "gbwls"))
)
"""The flags of England, Scotland and Wales: a black flag, a name in tags, and an end (Unicode
Technical Standard 51, §B.1).  No other sequence of tags is meant for general use."""
_TAG = re.compile(f"{_FLAG}|([{TAGS}])")
_TAG_CHARACTER = re.compile(f"[{TAGS}]")
_STEERING = re.compile(
    f"({_FLAG})|"
    f"[{CONTROLS}{ZERO_WIDTH}{DIRECTION_MARKS}{DIRECTION_CHANGES}{OPERATORS}\u2065\ud800-\udfff{TAGS}]"
)
"""What a terminal obeys, cannot write, or hides.  Joiners stay, since words need them."""
_SPELLED = re.compile(
    f"({_FLAG})|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2060\ufeff{JOINERS}{DIRECTION_CHANGES}"
    f"{OPERATORS}\u2065\ufffe\uffff{TAGS}]"
)
"""What an HTML page cannot contain, or an unseen difference between two texts: joiners too, but not
soft hyphens.  Tabs and line breaks can be seen."""


def shows_nothing(text: str) -> bool:
    """Return whether a text has only spaces, format and control characters, and blank letters."""
    if text[:1].isalnum() and not _BLANK_LETTERS.match(text):
        return False
    return all(
        unicodedata.category(character) in _BLANK_CATEGORIES
        for character in _BLANK_LETTERS.sub("", text)
    )


def find_tags(text: str) -> tuple[int, ...]:
    """Return the offsets of tag characters, in code points, but for those of the three flags."""
    if text.isprintable():  # No format characters, and so no tags.
        return ()
    if not _TAG_CHARACTER.search(text):
        return ()
    return tuple(found.start() for found in _TAG.finditer(text) if found[1])


# --------------------------------------------------------------------------- safe and short


def make_visible(text: str) -> str:
    """Return the text on one line, with U+FFFD for characters that a terminal obeys or hides.

    The length stays the same.
    """
    return _STEERING.sub(lambda found: found[1] or "\ufffd", re.sub(r"\s", " ", text))


def spell_unseen(text: str) -> str:
    r"""Return the text with codes such as `\u200b` for characters that a page would not show."""
    return _SPELLED.sub(lambda found: found[1] or f"\\u{ord(found.group()):04x}", text)


def shorten(text: str, width: int) -> str:
    """Return the text in at most `width` code points, with an ellipsis right after the last word.

    Use it for sentences, and `crop` for text that must keep its spaces.
    """
    return text if len(text) <= width else f"{text[: width - 1].rstrip()}…"


def crop(text: str, width: int) -> str:
    """Return the first `width` - 1 code points and an ellipsis, or the text if it is short enough.

    Use it for lines of a file, and for text that has marks under it.
    """
    return text if len(text) <= width else f"{text[: width - 1]}…"
