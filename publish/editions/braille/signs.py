"""Says what is written for a sign that a braille table does not know.

Typography is richer than braille.  What stands for a sign is the nearest that the table has;
letters and digits of the text are never lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

__all__ = [
    "DROPPED",
    "SCRIPT_LANGUAGES",
    "find_script",
    "list_alternatives",
    "replace_signs",
    "spell_digits",
]

DROPPED = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u202a\u202b\u202c\u202d\u202e"
    "\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
"""What has no form of its own: hints for hyphens, joints, directions."""

ACCENTS = "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
"""Accents and signs of vowels that stand apart from their letter, for a pattern.

Where a table lacks one, the letter is written without it.
"""
_ACCENT = re.compile(f"[{ACCENTS}]")

INSTEAD: dict[str, tuple[str, ...]] = {
    "\u2018": ("'", "\u201c", '"'), "\u2019": ("'",), "\u201a": ("\u2018", "'", '"'),
    "\u2039": ("\u2018", "'"), "\u203a": ("\u2019", "'"), "\u02bc": ("\u2019", "'"),
    "\u02bb": ("\u2018", "'"), "\u201c": ("\u00ab", '"'), "\u201d": ("\u00bb", '"'),
    "\u201e": ("\u201c", '"'), "\u201f": ("\u201c", '"'), "\u00ab": ("\u201c", '"'),
    "\u00bb": ("\u201d", '"'), "\u300c": ("\u201c", '"'), "\u300d": ("\u201d", '"'),
    "\u2010": ("-",), "\u2011": ("-",), "\u2012": ("\u2013", "-"), "\u2013": ("\u2014", "-"),
    "\u2014": ("\u2013", "--", "-"), "\u2015": ("\u2014", "\u2013", "-"), "\u2212": ("-",),
    "\u2043": ("-",), "\u2026": ("...",), "\u2022": ("-", "*"), "\u25cf": ("\u2022", "-"),
    "\u25cb": ("\u2022", "-"), "\u25aa": ("\u2022", "-"), "\u00b7": ("\u2022", "-"),
    "\u2116": ("No.", "N."), "\u00a7": ("par.",), "\u00b6": ("\u00a7", "#", "*"),
    "\u2192": ("->", "-"), "\u2190": ("<-", "-"), "\u21d2": ("=>", "-"), "\u2191": ("^",),
    "\u2193": ("v",), "\u00d7": ("x",), "\u00f7": (":",), "\u00b1": ("+-", "+/-"),
    "\u2264": ("<=",), "\u2265": (">=",), "\u2260": ("/=", "="), "\u2248": ("~", "="),
    "\u2044": ("/",), "\u2215": ("/",), "\u00b0": ("deg",), "\u2032": ("'",),
    "\u2033": ("''", '"'), "\u20ac": ("EUR",), "\u00a3": ("GBP",), "\u20bd": ("RUB",),
    "\u00a9": ("(c)",), "\u00ae": ("(R)",), "\u2122": ("(TM)",),
    "\u2611": ("[x]", "(x)", "x", "[+]", "(+)", "+"),
    "\u2610": ("[]", "()", "-"), "\u2713": ("x",), "\u2717": ("-",), "[": ("(",), "]": (")",),
    "{": ("[", "("), "}": ("]", ")"), "<": ("(",), ">": (")",), "|": ("/",), "\\": ("/",),
    "~": ("-",), "^": ("'",), "_": ("-",), "*": ("-",), "#": ("No.", "N."), "@": ("(at)",),
    "&": ("+", "et"), "%": ("o/o",), "$": ("USD",), "=": (":",), "+": ("&",), '"': ("'",),
    "`": ("'",), "\u060c": (",",), "\u061b": (";",), "\u061f": ("?",), "\u066a": ("%",),
    "\u066b": (",", "."), "\u066c": (".", " "), "\u06d4": (".",), "\u0964": (".",),
    "\u0965": ("\u0964", "."), "\u055d": (",",), "\u0589": (":", "."), "\u3001": (",",),
    "\u3002": (".",), "\u00bf": ("?",), "\u00a1": ("!",), "/": ("-",), "'": ("\u2019",),
    ";": (",",),
}  # fmt: skip
"""The nearest signs, the best one first; what stands for them can itself be replaced."""

SCRIPT_LANGUAGES = {
    "ARABIC": ("ar", "fa", "ur", "ckb"), "ARMENIAN": ("hy",), "BENGALI": ("bn",),
    "CYRILLIC": ("ru", "uk", "be", "kk", "tt", "sr", "bg"), "DEVANAGARI": ("hi", "ne", "mr"),
    "ETHIOPIC": ("gez",), "GEORGIAN": ("ka",), "GREEK": ("grc",), "GUJARATI": ("gu",),
    "GURMUKHI": ("pa",), "HANGUL": ("ko",), "HEBREW": ("he",), "KANNADA": ("kn",),
    "LATIN": ("en", "de", "fr", "es", "pl", "tr"), "MALAYALAM": ("ml",), "ORIYA": ("or",),
    "TAMIL": ("ta",), "TELUGU": ("te",),
}  # fmt: skip
"""The languages whose tables write a word of a script that the text's own table does not know."""


def spell_digits(text: str) -> str:
    """Return a text with the digits 0 to 9 for those of any script.

    Braille has one set of digits, but not every table puts the number sign before each of them.
    """
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(sign)) if unicodedata.category(sign) == "Nd" else sign
        for sign in text
    )


def replace_signs(text: str, knows: Callable[[str], bool]) -> tuple[str, str]:
    """Return a text in signs that a table knows, and those that nothing can stand for.

    Letters of another script are among these.
    """
    written, unknown = [], []
    for sign in text:
        if sign.isspace() or knows(sign):
            written.append(sign)
        elif sign not in DROPPED and not _ACCENT.match(sign):
            found = next((one for one in list_alternatives(sign) if all(map(knows, one))), None)
            if found is None:
                unknown.append(sign)
            written.append(sign if found is None else found)
    return "".join(written), "".join(dict.fromkeys(unknown))


def list_alternatives(sign: str) -> Iterator[str]:
    """Yield what can stand for a sign, the best first; letters keep their base."""
    seen = {sign}
    waiting = [sign]
    while waiting:
        one = waiting.pop(0)
        for other in _nearest(one):
            if other and other not in seen:
                seen.add(other)
                yield other
                waiting.append(other)


def _nearest(text: str) -> Iterator[str]:
    yield from INSTEAD.get(text, ())
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        yield unicodedata.normalize(form, text).strip()
    parts = unicodedata.normalize("NFKD", text)
    yield "".join(one for one in parts if not unicodedata.combining(one)).replace("\u2044", "/")


def find_script(sign: str) -> str:
    """Return the script of a letter by its name in Unicode, such as CYRILLIC."""
    return unicodedata.name(sign, "").partition(" ")[0]
