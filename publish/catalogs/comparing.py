"""Compare two wordings: is the change only typography, and did numbers or negations change?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import category, normalize

from publish.languages.language import split_words
from publish.visible import ZERO_WIDTH

__all__ = ["MeaningChanges", "compare_meaning", "fold_text", "is_typographic_change"]

QUOTES = "\"'‘’‚‛“”„‟«»‹›"
DASHES = "-‐‑‒–—―−"

# A code span is text that readers type, so nothing in it is typography.
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
# Spaces but for one alone between two letters or digits, which stays as it is.
_UNPLAIN = re.compile(r"\s(?:\s+|(?<=[^ ])|(?<![^\W_]\s)|(?![^\W_]))")

# Link numbers and note labels are markup, not numbers of the sentence.
_LABEL = re.compile(r"(?<=\])\(\d+\)|\[\^[^\]\s]*\]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NUMERALS = split_words(
    """
    zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred thousand million billion trillion dozen half twice first second third fourth fifth
    sixth seventh eighth ninth tenth eleventh twelfth hundredth thousandth
    """
)
_NEGATIONS = split_words(
    """
    not no never without none neither nor nobody nothing nowhere hardly scarcely barely
    """
)


def is_typographic_change(old: str, new: str) -> bool:
    """Return whether two wordings differ, and only in typography.

    Typography is the kind of spaces, quotation marks, dashes and ellipses, spaces around
    punctuation, and how Unicode composes a letter.  Commas, letters, case, digits, added or
    removed marks, the ends of words and numbers, and anything inside code are not typography.
    """
    return old != new and fold_text(old) == fold_text(new)


def fold_text(text: str) -> str:
    """Return the text without its typography; typographic variants give the same result.

    Law: folding a folded text changes nothing.
    """
    if "`" not in text:
        return _folded_prose(normalize("NFC", text)).strip()
    plain = normalize("NFC", text)
    parts = []
    at = 0
    for code in _CODE.finditer(plain):
        parts += [_folded_prose(plain[at : code.start()]), code[0]]
        at = code.end()
    return "".join((*parts, _folded_prose(plain[at:]))).strip()


def _folded_prose(text: str) -> str:
    if text.isascii():  # Of what is exchanged, only this is in ASCII.
        exchanged = text.replace('"', "'")
    else:
        exchanged = normalize("NFC", text.translate(_EXCHANGED))
    spaced = _UNPLAIN.sub(_space, exchanged)
    return _LONG_DASH.sub("-", spaced) if "--" in spaced else spaced


def _space(run: re.Match[str]) -> str:
    """Return one space between two words or two listed numbers, and nothing elsewhere.

    Words may have emphasis, brackets or code at their edges.  "3, 5" is not "3,5".
    """
    text, start, end = run.string, run.start(), run.end()
    left, right = text[max(0, start - 1) : start], text[end : end + 1]
    if _is_wordy(left, "*_`])") and _is_wordy(right, "*_`[("):
        return " "
    listed = left in {".", ",", ":", ";"} and text[start - 2 : start - 1].isdecimal()
    return " " if listed and right.isdecimal() else ""


def _is_wordy(character: str, marks: str) -> bool:
    """Return whether a word can begin or end with this character; empty means code beside it."""
    return (
        not character
        or character.isalnum()
        or character in marks
        or category(character).startswith("M")
    )


@dataclass(frozen=True, slots=True)
class MeaningChanges:
    """The numbers and negations that a new wording lost or gained.

    They are in lower case, digits before numerals; each is repeated as often as it was lost or
    gained.
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
    """Return the numbers and negations that differ; the result is false if none does.

    A number is a run of digits with its separators, or an English numeral.  "one" does not count,
    because it is as often a pronoun.  A number that only moved within the sentence did not change.
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
    """Return the negations; "don't", "do not" and "cannot" each count as one "not"."""
    found = []
    for word in _words(text):
        if word == "cannot" or word.endswith("n't"):
            found.append("not")
        elif word in _NEGATIONS:
            found.append(word)
    return found


def _words(text: str) -> list[str]:
    return [match[0].lower().replace("’", "'") for match in _WORD.finditer(text)]
