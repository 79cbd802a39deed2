"""Read the digits of a number, so that 2,090 and 2 090, 5 p.m. and 17:00 can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from publish.languages.counting.words import CountingWords

__all__ = [
    "DIRECTIONS",
    "OWN_JOINT",
    "SPACES",
    "Digits",
    "Reading",
    "Value",
    "find_digits",
    "normalise",
]

Value = Decimal | str
"""A number; or as text a time of day (`7:55`), a phone number or a figure of speech (`24/7`)."""

Reading = tuple[Value, ...]

DIGITS_MAX = 40
"""A longer run of digits is no quantity and is compared as text."""

SPACES = " \u00a0\u202f\u2009"
DIRECTIONS = "\u200e\u200f\u061c"

NUMBER = re.compile(
    rf"(?P<always>(?<![\d/.,])(?:24[/x×]7|9/11)(?![\d/]))"
    rf"|(?P<half>(?<![\d/.,])(?:\d{{1,3}}[{SPACES}-]?(?:1/2(?![\d/])|½)|1/2(?![\d/])))"
    r"|(?P<date>(?<![\d/.])\d{1,2}(?P<mark>[./-])\d{1,2}(?P=mark)(?:\d{4}|\d\d)(?![\d/]))"
    r"|(?P<iso>(?<![\d-])\d{4}-\d\d?-\d\d?(?![\d-]))"
    rf"|(?P<phone>\+\d[\d()\-{SPACES}]{{6,20}}\d)"
    r"|(?P<lakh>(?<![\d,])\d{1,2}(?:,\d\d)+,\d{3}(?![\d,])(?:\.\d+)?)"
    rf"|\d{{1,3}}(?P<sep>[,.'’{SPACES}])\d{{3}}(?:(?P=sep)\d{{3}})*(?!\d)(?:[.,]\d+)?"
    r"|\d+(?:[.,:]\d+)*"
)
START = re.compile(r"\d|\+\d")
OTHER_DIGIT = re.compile(r"\d(?<![0-9])")
DECIMAL_SIGN = re.compile(r"(?<=\d)٫(?=\d)")
GROUP_SIGN = re.compile(r"(?<=\d)[٬،](?=\d)")
SLASH = re.compile(r"(?<![\d/])(\d{1,3})/(\d{1,2})(?![\d/])")
MERIDIEM = re.compile(rf"[{SPACES}]?(?P<half>[ap])\.?[{SPACES}]?m(?!\w)", re.IGNORECASE)
MERIDIEM_OR_DECADE = re.compile(
    rf"[{SPACES}]?[ap]\.?[{SPACES}]?m(?!\w)|[’']?s(?!\w)", re.IGNORECASE
)
DECADE = re.compile(r"[’']?s(?!\w)")
SHORT_YEAR = re.compile(r"(\d\d)\d\d[-–/]$")
OWN_JOINT = {"uz": re.compile(r"(?<=[^\W\d_])['’‘`ʼ](?=[^\W\d_])")}
"""Marks that are written for the turned comma of Uzbek letters."""


class Digits(NamedTuple):
    """A number in digits as it stands in a text; `start` and `end` are in code points.

    `strict` are the ways to read it in its language, the likeliest first, `loose` those of other
    languages.  `apart` reads the parts of `24 100` or `7,8` as numbers of their own.  `months`
    are those that a date in digits can be in.
    """

    start: int
    end: int
    text: str
    strict: tuple[Reading, ...]
    loose: tuple[Reading, ...] = ()
    apart: Reading | None = None
    months: frozenset[int] = frozenset()


def normalise(text: str, words: CountingWords) -> str:
    """Return a text of the same length with the digits 0 to 9 and the signs of its language."""
    if text.isascii() and words.tag != "uz":
        return text
    joint = OWN_JOINT.get(words.tag.partition("-")[0])
    if joint:
        text = joint.sub("ʻ", text)
    if OTHER_DIGIT.search(text):
        text = OTHER_DIGIT.sub(lambda match: str(int(match[0])), text)
    decimal = "," if words.decimal == "," else "."
    if "٫" in text:
        text = DECIMAL_SIGN.sub(decimal, text)
    if "٬" in text or "،" in text:
        text = GROUP_SIGN.sub("." if decimal == "," else ",", text)
    return text


def find_digits(text: str, words: CountingWords) -> Iterator[Digits]:
    """Yield the numbers of a normalised text, in order."""
    if words.tag.partition("-")[0] == "fa" and "/" in text:
        text = SLASH.sub(_dotted, text)
    start = START.search(text)
    while start is not None:
        match = NUMBER.match(text, start.start())
        if match:
            yield _read(match, text, words)
        start = START.search(text, match.end() if match else start.end())


def _dotted(match: re.Match[str]) -> str:
    """Return a Persian decimal such as 2/5 with a point; 24/7 stays."""
    return match[0] if match[0] == "24/7" else f"{match[1]}.{match[2]}"


BESIDE = frozenset(f"{SPACES}'’sapAPS-–/")
"""What is before or after a number whose reading depends on it: `5 p.m.`, `1990s`, `2023-24`."""


@lru_cache(4096)
def _whole(token: str) -> tuple[Reading, ...]:
    return ((Decimal(token),),)


def _read(match: re.Match[str], text: str, words: CountingWords) -> Digits:
    token, start, end = match[0], match.start(), match.end()
    if (
        len(token) < DIGITS_MAX
        and token.isdecimal()
        and (start == 0 or text[start - 1] not in "-–/")
        and (text[end : end + 1] not in BESIDE or MERIDIEM_OR_DECADE.match(text, end) is None)
    ):
        return Digits(start, end, token, _whole(token))
    return _read_closely(match, text, words)


def _read_closely(match: re.Match[str], text: str, words: CountingWords) -> Digits:
    months: frozenset[int] = frozenset()
    loose: tuple[Reading, ...] = ()
    if match["always"]:
        first, last = (Decimal(part) for part in re.findall(r"\d+", match[0]))
        alone = last if match[0] == "9/11" else first  # «11 сентября», "24 hours".
        strict: tuple[Reading, ...] = ((f"{first}/{last}",), (first, last), (alone,))
    elif match["half"]:
        parts = [Decimal(part) for part in re.findall(r"\d+", match[0])]
        whole = parts[0] if len(parts) == 3 or "½" in match[0] else Decimal(0)
        strict = ((whole + Decimal("0.5"),), tuple(parts))
    elif match["date"] or match["iso"]:
        strict, months = _date(match, words)
    elif match["phone"]:
        strict = _phone(match[0])
    else:
        strict = tuple(_around(match, text, words))
        loose = tuple(one for one in _plain_loose(match, words) if one not in strict)
    return Digits(
        start=match.start(),
        end=match.end(),
        text=match[0],
        strict=strict,
        loose=loose,
        apart=_apart(match, words),
        months=months,
    )


def _apart(match: re.Match[str], words: CountingWords) -> Reading | None:
    """Return the parts of a number that can be numbers of their own."""
    separator = match["sep"] or ","
    if separator not in SPACES + "," or match["phone"] or len(match[0]) > DIGITS_MAX:
        return None
    parts = match[0].split(separator)
    if len(parts) == 1 or not all(part.isdecimal() for part in parts):
        return None
    if match["lakh"] or (match["sep"] == "," and "," in (words.group, words.decimal)):
        return None
    if any(part.startswith("00") for part in parts):
        return None
    return tuple(Decimal(part) for part in parts)


def _phone(token: str) -> tuple[Reading, ...]:
    """Return a phone number as one text."""
    return ((f"+{re.sub(r'[^0-9]', '', token)}",),)


def _date(match: re.Match[str], words: CountingWords) -> tuple[tuple[Reading, ...], frozenset[int]]:
    """Return the readings of a date in digits, without its month, and the months it can be in."""
    parts = [int(part) for part in re.findall(r"\d+", match[0])]
    apart = tuple(Decimal(part) for part in parts)
    if match["iso"]:
        year, month, day = parts
        orders = [(day, month)]
    else:
        day, month, year = parts
        orders = [(day, month)]
        if match["mark"] != "." and words.tag.startswith("en"):
            orders.append((month, day))
    orders = [(day, month) for day, month in orders if 0 < month < 13 and 0 < day < 32]
    if not orders:
        return (apart, *_clock([str(part) for part in parts])), frozenset()
    years = (year,) if year > 99 else (2000 + year, 1900 + year, year)
    readings = [(Decimal(day), Decimal(one)) for day, _ in orders for one in years]
    return (*readings, apart), frozenset(month for _, month in orders)


def _around(match: re.Match[str], text: str, words: CountingWords) -> Iterator[Reading]:
    """Yield the readings of a number, which depend on the text before and after it."""
    before, end = text[max(0, match.start() - 5) : match.start()], match.end()
    plain = tuple(_plain(match[0], match["sep"], words))
    if half := MERIDIEM.match(text, end):
        yield from _hours(match[0], half["half"].lower() == "p")
    elif len(match[0]) == 2 and (century := SHORT_YEAR.search(before)):
        yield (Decimal(century[1] + match[0]),)
    elif len(match[0]) == 4 and DECADE.match(text, end):
        yield from plain
        yield (Decimal(match[0][2:]),)
        return
    elif len(match[0]) == 2 and match[0].endswith("0") and DECADE.match(text, end):
        yield from plain
        yield (Decimal(f"19{match[0]}"),)
        return
    yield from plain


def _plain(token: str, separator: str | None, words: CountingWords) -> Iterator[Reading]:
    """Yield the readings of a number's digits in its language, the likeliest first."""
    if len(token) > DIGITS_MAX:
        yield (token,)
    elif separator:
        yield from _grouped(token, separator, words)
    elif ":" in token:
        yield from _clock(re.split("[.,:]", token))
    elif re.fullmatch(r"\d{1,2}(?:,\d\d)+,\d{3}(?:\.\d+)?", token):
        yield (Decimal(token.replace(",", "")),)
    else:
        parts = re.split("[.,]", token)
        if len(parts) < 3:
            yield (Decimal(token.replace(",", ".")),)
        if len(parts) > 2:
            yield from _clock(parts)
        elif len(parts) == 2 and len(parts[1]) == 2 and "." in token:
            yield (f"{int(parts[0])}:{parts[1]}",)
        if len(parts) == 3:  # A date, whose month may be a word.
            yield (Decimal(parts[0]), Decimal(parts[2]))


def _split(token: str, separator: str) -> tuple[str, list[str], str]:
    """Return the first group of a number, the other groups, and the digits after its groups."""
    rest = re.fullmatch(rf"((?:\d+{re.escape(separator)})*\d{{3}})(?:[.,](\d+))?", token)
    if rest is None or (rest[2] is None and separator not in token):
        return token, [], ""
    head, *groups = rest[1].split(separator)
    return head, groups, rest[2] or ""


def _grouped(token: str, separator: str, words: CountingWords) -> Iterator[Reading]:
    head, groups, fraction = _split(token, separator)
    if head == "0" and separator in SPACES:
        yield (token,)
        return
    joined = Decimal("".join([head, *groups]) + (f".{fraction}" if fraction else ""))
    if separator not in ",." or len(groups) > 1 or fraction:
        yield (joined,)
    elif separator != words.decimal:
        yield (joined,)
        if separator != words.group:
            yield (Decimal(f"{head}.{groups[0]}"),)
    else:
        yield (Decimal(f"{head}.{groups[0]}"),)


def _plain_loose(match: re.Match[str], words: CountingWords) -> Iterator[Reading]:
    """Yield how another language reads `10,000` or `10.000`."""
    separator = match["sep"]
    if separator and separator in ",." and len(match[0]) <= DIGITS_MAX:
        head, groups, fraction = _split(match[0], separator)
        if len(groups) == 1 and not fraction:
            yield (Decimal(head + groups[0]),)
            yield (Decimal(f"{head}.{groups[0]}"),)


def _clock(parts: list[str]) -> Iterator[Reading]:
    """Yield the readings of a time, a score or a list: its parts together, or each by itself."""
    if len(parts) == 2:
        yield (f"{int(parts[0])}:{parts[1]}",)
    yield tuple(Decimal(part) for part in parts)
    if len(parts) == 2 and parts[1] == "00":
        yield (Decimal(parts[0]),)


def _hours(token: str, afternoon: bool) -> Iterator[Reading]:
    """Yield the readings of a time on the 12-hour clock, the one on the 24-hour clock first."""
    hour, _, minutes = token.replace(".", ":").partition(":")
    if len(hour) > 2 or not hour.isdecimal() or not 0 < int(hour) < 13 or len(minutes) > 2:
        return
    late = int(hour) % 12 + 12 * afternoon
    yield from _clock([str(late), minutes or "00"])
    yield from _clock([hour, minutes or "00"])
