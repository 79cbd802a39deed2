"""What of a sentence shows in its translation, too: length, numbers, names, signs, words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from publish.aligning.pieces import Piece
from publish.aligning.wordtable import Stems, list_stems
from publish.languages.skeletons import consonants, skeleton

__all__ = ["Clues", "combine_clues", "find_clues", "find_numbers"]

WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
NUMBER = re.compile(r"\d+")
THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u202f.,'’](?=\d{3}(?!\d))")
ROMAN = re.compile(r"\b[IVXLC]{1,7}\b")
ROMANS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
SIGNS = re.compile(r"[?!:;%(]|[\"“”«»„]")
QUOTES = frozenset('"“”«»„')
NAME, SOUND, BONES = 4, 5, 4
"""Letters of the shortest name, and how many letters and consonants of a word are compared."""


@dataclass(frozen=True, slots=True)
class Clues:
    """The clues of one sentence, or of several together.

    `names` are the sounds of capitalised words, `sounds` those of all words: the first five letters
    of a skeleton and, after a dash, its first four consonants.
    """

    length: int
    numbers: tuple[str, ...]
    names: tuple[tuple[str, str], ...]
    sounds: frozenset[str]
    signs: frozenset[str]
    stems: Stems


def find_numbers(text: str) -> tuple[str, ...]:
    """Return the numbers of a text, without signs between thousands and zeros before."""
    return tuple(
        str(int(found)) if len(found) < 100 else found
        for found in NUMBER.findall(THOUSANDS.sub("", text))
    )


def find_clues(piece: Piece) -> Clues:
    """Return the clues of a sentence."""
    text = piece.text
    words = WORD.findall(text)
    signs = frozenset('"' if sign in QUOTES else sign for sign in SIGNS.findall(text))
    return Clues(
        length=len(text),
        numbers=(*find_numbers(text), *(_find_romans(text) if piece.kind == "heading" else ())),
        names=tuple(dict.fromkeys(map(_sounds, filter(_is_name, words)))),
        sounds=frozenset(sound for word in words if len(word) >= NAME for sound in _sounds(word)),
        signs=signs,
        stems=list_stems(text),
    )


def _find_romans(text: str) -> tuple[str, ...]:
    """Return the roman numerals of a heading as other numbers: `Chapter IV`."""
    return tuple(str(_value(found)) for found in ROMAN.findall(text))


def _value(roman: str) -> int:
    values = [ROMANS[letter] for letter in roman]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-one if one < after else one for one, after in pairs)


def _is_name(word: str) -> bool:
    return len(word) >= NAME and word[0] != word[0].lower()


def _sounds(word: str) -> tuple[str, str]:
    return skeleton(word)[:SOUND], f"-{consonants(word)[:BONES]}"


def combine_clues(several: Sequence[Clues]) -> Clues:
    """Return the clues of sentences taken together."""
    if len(several) == 1:
        return several[0]
    return Clues(
        length=sum(one.length for one in several) + len(several) - 1,
        numbers=tuple(number for one in several for number in one.numbers),
        names=tuple(dict.fromkeys(name for one in several for name in one.names)),
        sounds=frozenset().union(*(one.sounds for one in several)),
        signs=frozenset().union(*(one.signs for one in several)),
        stems=tuple(stem for one in several for stem in one.stems),
    )
