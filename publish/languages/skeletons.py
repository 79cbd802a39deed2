"""Words of any script in Latin letters, so that names can be found in a text of another script."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["consonants", "skeleton"]

_LETTERS_OF = {
    "a": "аәяαაաاآأא",
    "b": "бბբبב",
    "v": "вўβვվւوו",
    "g": "гґғγგգגگ",
    "d": "дδდդدדðض",
    "e": "еэёєεηეեէըæ",
    "z": "зζზզزזظذ",
    "j": "жჟժجژž",
    "i": "иіїιიիı",
    "y": "йыյيیיý",
    "k": "кқκკქყքكکקכך",
    "l": "лλლլلלłľ",
    "m": "мμმմمמם",
    "n": "нңνნնنנןňñ",
    "o": "оөωόოոօøœ",
    "p": "пπპფպփپפף",
    "r": "рρრրռرר",
    "s": "сшщσςსშսشسصשסşšß",
    "t": "тτტտتطטתþთթ",
    "u": "уүұυუ",
    "f": "фφֆف",
    "h": "хһχხჰհخحهחהغ",
    "c": "цчћცჩწճցçčćצץچ",
}
"""The letters of other scripts, and Latin ones with signs, by how they sound."""
_SILENT = "ъьʼ’'ʻعע"
_LETTERS = {
    **{letter: sound for sound, letters in _LETTERS_OF.items() for letter in letters},
    **dict.fromkeys(_SILENT, ""),
    "ю": "u",
    "ψ": "ps",
    "ξ": "ks",
    "θ": "t",
}
_SOUNDS = (
    ("kh", "h"), ("sh", "s"), ("ch", "c"), ("zh", "j"), ("ph", "f"), ("th", "t"), ("ts", "c"),
    ("ck", "k"), ("ya", "a"), ("ja", "a"), ("yu", "u"), ("ye", "e"), ("w", "v"), ("q", "k"),
    ("x", "ks"),
)  # fmt: skip
_VOWELS = re.compile("[aeiouy]")
_REPEATED = re.compile(r"(.)\1+")


class _Plain(dict[int, str]):
    """The plain letters of each letter that was asked for, by its number in Unicode."""

    def __missing__(self, number: int) -> str:
        known = _LETTERS.get(chr(number))
        if known is None:
            parts = unicodedata.normalize("NFKD", chr(number))
            kept = [one for one in parts if not unicodedata.combining(one)]
            known = "".join([_LETTERS.get(one, one) for one in kept])
        self[number] = known
        return known


_PLAIN = _Plain()


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """Return a word in plain Latin letters, roughly as it sounds: `Шевченко` as `sevcenko`."""
    letters = word.lower().replace("ու", "u").translate(_PLAIN)
    for written, sound in _SOUNDS:
        letters = letters.replace(written, sound)
    return letters


@lru_cache(maxsize=65536)
def consonants(word: str) -> str:
    """Return the consonants of a word in plain Latin letters, doubled ones once."""
    found = _VOWELS.sub("", skeleton(word))
    return _REPEATED.sub(r"\1", found.replace("c", "s").replace("k", "g").replace("d", "t"))
