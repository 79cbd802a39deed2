"""Names the packages and files that cover letters which no font of an edition has."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

__all__ = ["suggest_fonts"]

CJK = "fonts-noto-cjk: /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc, one of its fonts"

PACKAGES = {
    "LATIN": "noto-sans",
    "CYRILLIC": "noto-sans",
    "GREEK": "noto-sans",
    "ARABIC": "noto-sans-arabic",
    "DEVANAGARI": "noto-sans-devanagari",
    "KHMER": "noto-sans-khmer",
    "TAMIL": "noto-sans-tamil",
    "TELUGU": "noto-sans-telugu",
    "THAI": "noto-sans-thai",
}
"""The font packages of scripts, after `fontpkg-`; a script is the first word of a letter's name."""

FILES = (
    *("ARABIC", "ARMENIAN", "BENGALI", "CHEROKEE", "DEVANAGARI", "ETHIOPIC", "GEORGIAN"),
    *("GUJARATI", "GURMUKHI", "HEBREW", "KANNADA", "KHMER", "LAO", "MALAYALAM", "MONGOLIAN"),
    *("MYANMAR", "ORIYA", "SINHALA", "SYRIAC", "TAMIL", "TELUGU", "THAANA", "THAI", "TIBETAN"),
)
"""The scripts of which Debian's fonts-noto-core has a file of its own."""

EAST_ASIAN = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC", "FULLWIDTH")


def suggest_fonts(letters: Iterable[str]) -> tuple[str, ...]:
    """Return what covers these letters: packages to install, files to put into `fonts/`."""
    scripts = {unicodedata.name(letter, "UNNAMED").split()[0] for letter in letters}
    found: list[str] = []
    for script in sorted(scripts):
        if script in PACKAGES:
            found.append(f"pip install fontpkg-{PACKAGES[script]}")
        if script in FILES:
            name = f"NotoSans{script.title()}-Regular.ttf"
            found.append(f"fonts-noto-core: /usr/share/fonts/truetype/noto/{name}")
        if script in EAST_ASIAN:
            found.append(CJK)
    return tuple(dict.fromkeys(found))
