"""Number words: those that a translation may have instead of digits, and English ones."""

from __future__ import annotations

import re
from decimal import Decimal

from publish.checks.terms.wordforms import english_words

__all__ = [
    "ENGLISH",
    "SPELLED",
    "Words",
    "count_claims",
    "has_number_words",
    "read_english_numbers",
    "read_roman_numerals",
]

Words = dict[int, re.Pattern[str]]


def _table(text: str) -> Words:
    """Return the patterns of lines `value: starts of words`; `=` marks the end of a word."""
    lines = (line.split(":") for line in text.strip().splitlines())
    return {int(value): _pattern(starts.split()) for value, starts in lines}


def _pattern(starts: list[str]) -> re.Pattern[str]:
    joined = "|".join(start.replace("=", r"(?!\w)") for start in starts)
    return re.compile(rf"(?<!\w)(?:{joined})", re.IGNORECASE)


RUSSIAN = _table(
    """
    0: ноль нул сухую
    1: один одн(?!ак) перв един
    2: два дву две= двое двои двой вдвое втор оба= обе пара= пары= пару=
    3: три трё трех трем трет трое трои трой втрое
    4: четыр четвер четвёр вчетверо
    5: пят(?!н) впятеро
    6: шест вшестеро
    7: сем= семь семи седьм семер
    8: восьм восем
    9: девят
    10: десят
    11: одиннадцат
    12: двенадцат дюжин полдень полдня полноч
    13: тринадцат
    14: четырнадцат
    15: пятнадцат
    16: шестнадцат
    17: семнадцат
    18: восемнадцат совершеннолет
    19: девятнадцат
    20: двадцат
    24: круглосуточн сутк суток
    30: тридцат полчаса
    40: сорок
    50: пятьдесят пятидесят половин
    60: шестьдесят шестидесят
    70: семьдесят семидесят
    80: восемьдесят восьмидесят
    90: девяност
    100: сто= ста= сот(?!руд) столет полност
    200: двести двухсот
    300: триста трехсот
    400: четыреста четырехсот
    500: пятьсот пятисот
    600: шестьсот шестисот
    700: семьсот семисот
    800: восемьсот восьмисот
    900: девятьсот девятисот
    1000: тысяч тыс
    1000000: миллион млн
    1000000000: миллиард млрд
    """
)

TURKMEN = _table(
    """
    0: nol
    1: birinji ilkinji bir= birnji
    2: iki birki jübüt goşa
    3: üç(?!i[nr])
    4: dört dörd çärýek
    5: bäş
    6: alty= altynjy altysy altyla
    7: ýedi
    8: sekiz
    9: dokuz
    10: on= onunjy onlarça onlap
    20: ýigrimi
    30: otuz
    40: kyrk
    50: elli ýarym ýarysy
    60: altmyş
    70: ýetmiş
    80: segsen
    90: togsan
    100: ýüz
    1000: müň
    1000000: million mln
    1000000000: milliard mlrd
    """
)

ENGLISH = _table(
    """
    0: zero nil nought
    1: one= a= an= first single once sole
    2: two second twice twin both couple pair double dual half bi-
    3: three third triple tri thrice hat-trick
    4: four(?!t) quarter
    5: five fifth
    6: six(?!t)
    7: seven week
    8: eight
    9: nine ninth
    10: ten decade
    11: eleven
    12: twelve twelfth dozen noon midday midnight
    13: thirteen
    14: fourteen fortnight
    15: fifteen quarter
    16: sixteen
    17: seventeen
    18: eighteen
    19: nineteen
    20: twent
    24: day
    30: thirt half
    40: fort
    50: fift half
    60: sixt
    70: sevent
    80: eight
    90: ninet
    100: hundred centur
    1000: thousand
    1000000: million
    1000000000: billion
    """
)

SPELLED: dict[str, Words] = {"ru": RUSSIAN, "tk": TURKMEN, "en": ENGLISH}
"""The languages whose number words are known, by the first subtag of their tags."""


def has_number_words(value: Decimal, words: Words, text: str, times: int = 1) -> bool:
    """Return whether a text has each word of a number so many times, in any order."""
    if value != value.to_integral_value() or not 0 <= value < 10**12:
        return False
    parts = _parts(int(value), words)
    return parts is not None and all(len(words[part].findall(text)) >= times for part in parts)


def _parts(value: int, words: Words) -> list[int] | None:
    """Return the values whose words make up a number (45: 40 and 5), None if words are lacking."""
    if value in words:
        return [value]
    unit = next((unit for unit in (10**9, 10**6, 1000, 100, 10) if unit < value), 0)
    if not unit:
        return None
    head, rest = divmod(value, unit)
    if unit == 10:
        first = [head * 10] if head * 10 in words else None
    elif head * unit in words:
        first = [head * unit]
    else:
        first = _join(_parts(head, words), [unit])
    return first if not rest else _join(first, _parts(rest, words))


def _join(first: list[int] | None, second: list[int] | None) -> list[int] | None:
    return None if first is None or second is None else first + second


ONE = re.compile(r"(?<!\w)(?:one|first|once|single)(?!\w)", re.IGNORECASE)


def count_claims(value: Decimal, source: str) -> int:
    """Return how many English words of a text need the words for a number in the translation.

    The article "a" is not counted.
    """
    if value == 1:
        return len(ONE.findall(source))
    words = ENGLISH.get(int(value)) if value == value.to_integral_value() else None
    return len(words.findall(source)) if words else 0


ROMAN = re.compile(r"(?<!\w)[IVXLCІХ]{1,8}(?!\w)")
ROMAN_VALUES = {"I": 1, "І": 1, "V": 5, "X": 10, "Х": 10, "L": 50, "C": 100}


def read_roman_numerals(text: str) -> frozenset[Decimal]:
    """Return the values of the Roman numerals in a text, also with Cyrillic look-alikes."""
    return frozenset(_roman_value(match[0]) for match in ROMAN.finditer(text))


def _roman_value(numeral: str) -> Decimal:
    values = [ROMAN_VALUES[letter] for letter in numeral]
    return Decimal(sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True)))


def _counted(text: str, values: range) -> dict[str, int]:
    return dict(zip(text.split(), values, strict=True))


UNITS = _counted("one two three four five six seven eight nine", range(1, 10))
TEENS = _counted(
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    range(10, 20),
)
TENS = _counted("twenty thirty forty fifty sixty seventy eighty ninety", range(20, 100, 10))
NUMBER_WORDS = frozenset((*UNITS, *TEENS, *TENS)) - {"one"}
ENGLISH_NUMBER = re.compile(
    rf"(?<![\w-])(?:({'|'.join(TENS)})(?:-({'|'.join(UNITS)}))?|({'|'.join([*UNITS, *TEENS])}))"
    r"(?![\w’']|-(?:off|to)\b)",
    re.IGNORECASE,
)


def read_english_numbers(text: str) -> list[tuple[str, Decimal]]:
    """Return the English number words of a text, two to ninety-nine, and their values.

    "One" is left out, since it is more often a pronoun than a number.
    """
    if NUMBER_WORDS.isdisjoint(english_words(text)):
        return []
    found = ((match[0], _english_value(match)) for match in ENGLISH_NUMBER.finditer(text))
    return [(word, Decimal(value)) for word, value in found if value > 1]


def _english_value(match: re.Match[str]) -> int:
    tens, unit, small = (group.lower() if group else "" for group in match.groups())
    return TENS.get(tens, 0) + UNITS.get(unit, 0) + (UNITS | TEENS).get(small, 0)
