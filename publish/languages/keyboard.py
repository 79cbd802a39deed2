"""Set what keyboards have, straight quotes, `--` and `...`, as the language of a text has it.

Quotation marks are those of CLDR (`quotes.py`).  Laws: setting twice is setting once, and a text
typed with the right marks stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publish.languages.quotes import QuotePair, find_quotes, has_spaced_quotes
from publish.wideletters import may_have_wide, pattern_later

__all__ = ["OBJECT", "Exchange", "find_exchanges"]

OBJECT = "\ufffc"
"""What stands for all that is not text: code, formulas, images, note marks."""

SINGLE = frozenset("‘‹‚’")
"""Marks that open a quotation for which people type the apostrophe."""

LONG_DASH = frozenset(
    ("be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "tt", "uk", "es", "fr")
)
"""Languages whose dash between words is the long one, for which people type two hyphens."""

LETTER_APOSTROPHE = frozenset(("uz", "haw", "to", "mi", "sm"))
"""Languages in which the mark between two letters is a letter of its own."""

DEEPEST = 8
"""So many quotations are looked at within one another."""
ALL_QUOTES = "\"'“”„‟«»‘’‚‛‹›"
DASHES = re.compile(r"(?<![-<>=!])-{2,3}(?![-<>=])")
RANGE = re.compile(r"(?<![\w.,:/\-–—+#$@\ufffc])(\d{1,4})-(\d{1,4})(?![\w/\-–—\ufffc]|[.,:]\d)")
HYPHENED = re.compile(r"\d-\d")
"""What every range has; looking for this alone takes a quarter of the time."""
LABEL = re.compile(
    r"(?:[№§#]|(?<!\w)(?:listing|figure|fig|table|tab|example|section|sec|chapter|form|law|order|"
    r"resolution|annex|rule|item|box|no|nr|рисун\w*|рис|таблиц\w*|табл|листинг\w*|закон\w*|"
    r"приказ\w*|abbildung|abb|tabelle|tableau|figura|tabla|tablisa)\.?)[ \u00a0]?$",
    re.IGNORECASE,
)
"""What numbers such as `Listing 18-21` belong to: the second in a chapter, no range."""
WIDE = pattern_later("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uff60\u3000-\u303f]")
"""Letters and punctuation of scripts that write no spaces."""
DOTS = re.compile(r"(?<![.…/\\])\.\.\.(?![.…/\\\w])|(?<=[^\W\d])\.\.\.(?=[^\W\d])")
DECADE = re.compile(r"'\d\ds?(?!\w)")
ELIDED = re.compile(r"(?<=\s)'[nN]'(?=\s)")
ANGLED_SPACE = re.compile(r"(?<=«)[ \u202f](?=\S)|(?<=\S)[ \u202f](?=[»?!;:])")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A stretch of a text from `start` to `end`, and what is written in its place."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class _Opened:
    """A quotation that is open: the typed mark and the marks it gets."""

    typed: str
    pair: QuotePair


def find_exchanges(text: str, tag: str) -> list[Exchange]:
    """Return what to exchange in a text of a language (a BCP 47 tag), in order.

    The text is that of a whole block, with `OBJECT` for all that is not text.
    """
    found = [*_quotes(text, tag)] if '"' in text or "'" in text else []
    if "--" in text:
        found += _dashes(text, tag)
    if "..." in text:
        found += [Exchange(*match.span(), "…") for match in DOTS.finditer(text)]
    if HYPHENED.search(text):
        found += _ranges(text)
    if has_spaced_quotes(tag):
        found += [Exchange(*match.span(), "\u00a0") for match in ANGLED_SPACE.finditer(text)]
    return sorted(found, key=lambda one: one.start)


def _dashes(text: str, tag: str) -> Iterator[Exchange]:
    """Yield dashes; `--help` is the option of a program and stays."""
    for match in DASHES.finditer(text):
        start, end = match.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        if (not before or before.isspace()) and after.isalnum():
            continue
        between_words = not (before.isdigit() and after.isdigit())
        long = end - start == 3 or (between_words and _base(tag) in LONG_DASH)
        yield Exchange(start, end, "—" if long else "–")


def _ranges(text: str) -> Iterator[Exchange]:
    """Yield the hyphens of ranges such as `1990-2000`, not those of telephone numbers."""
    for match in RANGE.finditer(text):
        first, last = match[1], match[2]
        longer = len(last) >= len(first) and int(first) < int(last)
        alike = len(first) == len(last) or len(last) < 4
        season = len(first) == 4 and len(last) == 2 and int(last) == (int(first) + 1) % 100
        if LABEL.search(text, max(0, match.start() - 16), match.start()):
            continue
        if (longer and alike and first[0] != "0") or season:
            yield Exchange(match.end(1), match.start(2), "–")


# --------------------------------------------------------------------------- quotation marks


def _quotes(text: str, tag: str) -> Iterator[Exchange]:
    opened: list[_Opened] = []
    marks = [match.start() for match in re.finditer("'", text)]
    last_end = next((at for at in reversed(marks) if _closes(text, at)), -1)
    for match in re.finditer("[\"']", text):
        at, typed = match.start(), match.group()
        if typed == "'" and (apostrophe := _apostrophe(text, at, tag)) is not None:
            if apostrophe:
                yield Exchange(at, at + 1, "’")
            continue
        closes, opens = _closes(text, at), _opens(text, at)
        if closes and any(one.typed == typed for one in opened):
            while opened[-1].typed != typed:
                opened.pop()
            yield Exchange(at, at + 1, _closing(opened.pop().pair[1], tag))
        elif opens and (typed == '"' or last_end > at):
            pair = _pair(typed, opened, tag)
            opened = [*opened[-DEEPEST:], _Opened(typed, pair)]
            yield Exchange(at, at + 1, _opening(pair[0], tag))
        elif closes and not text[at - 1].isdigit():
            end = "’" if typed == "'" else _closing(_pair(typed, opened, tag)[1], tag)
            yield Exchange(at, at + 1, end)
        elif opens and typed == "'":
            yield Exchange(at, at + 1, "’")


def _apostrophe(text: str, at: int, tag: str) -> bool | None:
    """Return whether a mark between letters is an apostrophe to set; None if it may be a quote."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if before.isalnum() and (after.isalnum() or (after == '"' and _right(text, at).isalpha())):
        letters = before.isalpha() and after != "'"
        return letters and _base(tag) not in LETTER_APOSTROPHE
    if any(ELIDED.match(text, start) for start in (at, max(0, at - 2))):
        return True
    return True if not before.isalnum() and DECADE.match(text, at) else None


def _left(text: str, at: int) -> str:
    """Return the character before a mark and the quotation marks beside it."""
    beside = text[max(0, at - 2 * DEEPEST) : at].rstrip(ALL_QUOTES)
    return beside[-1:]


def _right(text: str, at: int) -> str:
    return text[at + 1 : at + 1 + 2 * DEEPEST].lstrip(ALL_QUOTES)[:1]


def _is_wide(letter: str) -> bool:
    return may_have_wide(letter) and WIDE().match(letter) is not None


def _opens(text: str, at: int) -> bool:
    left, right = _left(text, at), _right(text, at)
    after_apostrophe = text[at - 1 : at] in ("'", "’") and left.isalnum()
    beside = left.isspace() or left in "([{—–-/=" or _is_wide(left)
    boundary = not left or beside or after_apostrophe
    return bool(boundary and right) and not right.isspace() and right not in ")]},.;:!?"


def _closes(text: str, at: int) -> bool:
    left, right = _left(text, at), _right(text, at)
    boundary = not right.isalnum() or _is_wide(right)
    return bool(boundary and left) and not left.isspace() and left not in "([{"


def _pair(typed: str, opened: list[_Opened], tag: str) -> QuotePair:
    """Return the marks of a quotation: of its kind, and others than those around it."""
    pairs = sorted(find_quotes(tag), key=lambda one: (one[0] in SINGLE) != (typed == "'"))
    around = opened[-1].pair if opened else None
    return next((pair for pair in pairs if pair != around), pairs[0])


def _base(tag: str) -> str:
    return tag.partition("-")[0]


def _opening(mark: str, tag: str) -> str:
    return f"{mark}\u00a0" if mark == "«" and has_spaced_quotes(tag) else mark


def _closing(mark: str, tag: str) -> str:
    return f"\u00a0{mark}" if mark == "»" and has_spaced_quotes(tag) else mark
