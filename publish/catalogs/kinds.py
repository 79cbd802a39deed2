"""What kind of change made one wording into another: of typography only, of numbers, of "not"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import category, normalize

from publish.languages.language import words
from publish.visible import ZERO_WIDTH

__all__ = ["MeaningChanges", "compare_meaning", "folded", "typographic"]

QUOTES = "\"'‘’‚‛“”„‟«»‹›"
DASHES = "-‐‑‒–—―−"

# A code span is text to be typed: nothing in it is typography.
_CODE = re.compile(r"(?<!`)(`+)(?!`)(?:.+?)(?<!`)\1(?!`)", re.DOTALL)
_EXCHANGED = str.maketrans(
    {
        **dict.fromkeys(QUOTES, "'"),
        **dict.fromkeys(DASHES, "-"),
        **dict.fromkeys(ZERO_WIDTH, ""),
        "…": "...",
    }
)
_LONG_DASH = re.compile(r"(?<!-)-{2,3}(?!-)")
_SPACES = re.compile(r"\s+")

# What a link's number and a note's label are is told by the markup, not by the sentence.
_LABEL = re.compile(r"(?<=\])\(\d+\)|\[\^[^\]\s]*\]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NUMERALS = words(
    """
    zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred thousand million billion trillion dozen half twice first second third fourth fifth
    sixth seventh eighth ninth tenth eleventh twelfth hundredth thousandth
    """
)
_NEGATIONS = words(
    """
    not no never without none neither nor nobody nothing nowhere hardly scarcely barely
    """
)


def typographic(old: str, new: str) -> bool:
    """Whether two wordings differ in nothing but typography.

    That is the kind of spaces, quotation marks, dashes and ellipses, spaces around punctuation,
    and how Unicode composes a letter; never a comma, a letter, its case, a digit, whether there
    is a mark at all, where a word or a number ends, or anything inside code.
    """
    return old != new and folded(old) == folded(new)


def folded(text: str) -> str:
    """The text without its typography: what two typographic variants have in common.

    Law: folding twice is folding once.
    """
    plain = normalize("NFC", text)
    parts = []
    at = 0
    for code in _CODE.finditer(plain):
        parts += [_folded_prose(plain[at : code.start()]), code[0]]
        at = code.end()
    return "".join((*parts, _folded_prose(plain[at:]))).strip()


def _folded_prose(text: str) -> str:
    exchanged = normalize("NFC", text.translate(_EXCHANGED))
    return _LONG_DASH.sub("-", _SPACES.sub(_space, exchanged))


def _space(run: re.Match[str]) -> str:
    """One space where it says that a word or a number ends; elsewhere spaces come and go.

    Words may have emphasis, brackets or code at their edges; "3, 5" is not "3,5".
    """
    text, start, end = run.string, run.start(), run.end()
    left, right = text[max(0, start - 1) : start], text[end : end + 1]
    if _is_wordy(left, "*_`])") and _is_wordy(right, "*_`[("):
        return " "
    listed = left in {".", ",", ":", ";"} and text[start - 2 : start - 1].isdecimal()
    return " " if listed and right.isdecimal() else ""


def _is_wordy(character: str, marks: str) -> bool:
    """Whether it can be a word's first or last; none at all stands for code beside it."""
    return (
        not character
        or character.isalnum()
        or character in marks
        or category(character).startswith("M")
    )


@dataclass(frozen=True, slots=True)
class MeaningChanges:
    """What a new wording lacks and what it has more of than the old one: numbers, negations.

    In lower case, each as often as it is lost or gained; digits before numerals.
    """

    lost_numbers: tuple[str, ...] = ()
    gained_numbers: tuple[str, ...] = ()
    lost_negations: tuple[str, ...] = ()
    gained_negations: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(
            self.lost_numbers or self.gained_numbers or self.lost_negations or self.gained_negations
        )


def compare_meaning(old: str, new: str) -> MeaningChanges:
    """The numbers and negations that differ; empty, and false, if none does.

    A number is digits with what parts them, or an English numeral ("one" is as often a pronoun
    and does not count); that the same number stands elsewhere in the sentence is no change.
    """
    before, after = _LABEL.sub("", old), _LABEL.sub("", new)
    return MeaningChanges(
        lost_numbers=_beyond(_numbers(before), _numbers(after)),
        gained_numbers=_beyond(_numbers(after), _numbers(before)),
        lost_negations=_beyond(_negations(before), _negations(after)),
        gained_negations=_beyond(_negations(after), _negations(before)),
    )


def _beyond(items: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    return tuple((Counter(items) - Counter(others)).elements())


def _numbers(text: str) -> list[str]:
    digits = _NUMBER.findall(text)
    return digits + [word for word in _words(text) if word in _NUMERALS]


def _negations(text: str) -> list[str]:
    """The negations; of "don't", "do not" and "cannot" each is one "not"."""
    found = []
    for word in _words(text):
        if word == "cannot" or word.endswith("n't"):
            found.append("not")
        elif word in _NEGATIONS:
            found.append(word)
    return found


def _words(text: str) -> list[str]:
    return [match[0].lower().replace("’", "'") for match in _WORD.finditer(text)]
