"""The sentence splitter: where the sentences of a block's text end.

One pass finds the candidates: a stop, the quotes, brackets and footnote marks that follow it, and
white space.  Each candidate is then judged by the text before and after it.  In doubt there is no
boundary, since a translator can work with a sentence that is too long, but not with half of one.

What differs by language is data (`publish.languages.language.SentenceRules`).  The rules here hold
for all scripts with stops.  They are our own, after the punctuation of the languages named beside
them; the list of stops is from Unicode's UAX 29.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from publish.languages.language import SentenceRules
from publish.reading.sentencewide import (
    WIDE,
    WIDE_BRACKETS,
    WIDE_LETTERS,
    ends_wide_sentence,
    is_unspaced_end,
)
from publish.reading.sentencewords import (
    INITIAL,
    NUMERIC,
    OPENING,
    SINGLE,
    VOWEL_SIGNS,
    ends_with_letter,
    find_kind,
    is_ordinal,
    is_quantity,
    remove_elision,
    strip_wide,
)

__all__ = ["find_boundaries"]

STOPS = f".!?…‽؟۔।॥։።။។{WIDE}"
QUOTES = "\"'”’»›“‘«‹"
BRACKETS = r")\]}"

# The possessive repeats and the lookahead never backtrack, so the scan is linear for any text.  A
# stop after two stops is not a new candidate.  French has a space before its closing quote.
CANDIDATE = re.compile(
    rf"""
    (?P<run> [{STOPS}] (?<![{STOPS}][{STOPS}]) [{STOPS}]*+ )
    (?= (?P<tail> (?:
        [{QUOTES}{BRACKETS}{WIDE_BRACKETS}*_] | [ \u00a0\u202f]»(?=\s)
      | \uFFFC | [¹²³⁰⁴-⁹]
      | \[ (?: \^[^\]\s]{{1,40}} | \d{{1,3}}(?:[,–-][ ]?\d{{1,3}}){{0,5}} | [a-z] ) \]
    )* ) ) (?P=tail)
    (?: \s++ | (?<=[{WIDE}{WIDE_BRACKETS}\uFFFC\]]) | (?<=[{WIDE}][”’“]) | (?<=[{WIDE}]”“)
      | (?<=[{WIDE_LETTERS}][?!]) )
    (?=\S)
    """,
    re.VERBOSE,
)
# From a candidate to the first character of the next word, over quotes, brackets, dashes and
# bullets.  It stops at a mark that continues a sentence.
AHEAD = re.compile(
    r"(?: [\[(](?:…|\.{3})[\])] | [»”](?=\w) | [^\w,;:&+=/.!?…)\]}»”，；：、。！？،؛] ){0,16}",
    re.VERBOSE,
)
WORD_CHARACTER = re.compile(r"[^\W_]")
WORD_LETTER = rf"(?:[^\W\d_]|[{VOWEL_SIGNS}])"
FIRST_WORD = re.compile(rf"({WORD_LETTER}+(?:-{WORD_LETTER}+)*)(?!{WORD_LETTER}|[.\-‑])")
ABBREVIATION = re.compile(r"[^\W\d_]+\.")
MARKER = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,3}|[IVXLCDM]{1,6}|[^\W\d_]")
NUMERAL_AHEAD = re.compile(r"[IVXLCDM]+\b(?!['’])|[A-Z](?=\s*[,.;:)\d]|$)")
DATE_PART_AHEAD = re.compile(r"\d{1,2}\.(?=\s|$)|\d{1,2}\.\d|(?:1[5-9]|20)\d\d\b")
SOFT_STOP = re.compile(r"(?<=[\u0531-\u0587\d»])\.")
TYPED_STOP = re.compile(r"(?<=[\u0561-\u0587»)]):(?=\s)|(?<=\w):(?=\s+[«(—-]?\s?[\u0531-\u0556])")
"""What is typed for the full stop of Armenian, which few keyboards have."""

UZBEK_INITIAL = re.compile("[OG][‘ʻ’ʼ']")
PAIR_MARK = re.compile('[()（）【】《》〈〉「」『』“”„«»"]')
CLOSES = {
    ")": "(", "）": "（", "】": "【", "》": "《", "〉": "〈", "」": "「", "』": "『",
    "”": "“", "»": "«",
}  # fmt: skip
OPENERS = frozenset(CLOSES.values()) | {"„"}
WHOLE = frozenset("(（【《〈「『")
LOOK_BACK = 48
CLAUSE = 96


class Stop(NamedTuple):
    """A place where a sentence could end.

    In `text`, the sentence starts at the offset `opens`, the stop `run` is at `at` and is followed
    by `tail` (quotes, brackets, footnote marks), and the next word starts at `ahead`.
    """

    text: str
    opens: int
    at: int
    run: str
    tail: str
    ahead: int


def find_boundaries(
    text: str, rules: SentenceRules, protected: Sequence[tuple[int, int]] = ()
) -> list[tuple[int, int]]:
    """Return the boundaries of a block's text: the end of a sentence and the start of the next.

    Offsets are in code points.  Between the two there is white space, or nothing in scripts that
    write none.  `protected` are half-open ranges that no boundary may be inside of; they may nest.
    Law: the text cut and joined again is the same, and every sentence has a letter or a digit.
    """
    if rules.soft_stop:
        text = SOFT_STOP.sub("․", TYPED_STOP.sub("։", text))
    closed = _merged([*protected, *_enclosed(text)])
    found = []
    opens = passed = 0
    for match in CANDIDATE.finditer(text):
        end, following = match.end("tail"), match.end()
        if end == following and text[end - 1] == "“":
            end = following = end - 1  # it opens the next sentence
        while passed < len(closed) and closed[passed][1] <= end:
            passed += 1
        if passed < len(closed) and closed[passed][0] < following:
            continue
        if _ends(text, opens, match, rules):
            found.append((end, following))
            opens = following
    return found


def _merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the ranges in order with overlapping ones joined; ranges that only touch stay two."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged


# --------------------------------------------------------------------------- pairs


def _enclosed(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of bracketed text and of quotations in the middle of a sentence.

    Both stay whole.  A quotation at the start or end of a sentence is cut like running text.
    """
    opened: dict[str, list[int]] = {}
    for match in PAIR_MARK.finditer(text):
        at, mark = match.start(), match.group()
        opener = _opener(text, at, mark, opened)
        if opener is None:
            opened.setdefault(mark, []).append(at)
        elif stack := opened.get(opener):
            start = stack.pop()
            if opener in WHOLE or text[at - 1] in WIDE or _is_embedded(text, start, at + 1):
                yield start, at + 1


def _opener(text: str, at: int, mark: str, opened: dict[str, list[int]]) -> str | None:
    """Return the mark this one closes, None if it opens; `“` closes a German or Russian `„`."""
    if mark in "“”" and opened.get("„"):
        return "„"
    if mark == "«" and opened.get("»"):  # German »quotes« are turned
        return "»"
    starts = not at or text[at - 1] in OPENING
    if mark == '"':
        return None if starts else next((m for m in '"„“' if opened.get(m)), mark)
    if mark == "“" and opened.get("“") and not starts:
        return mark
    if mark == "»" and not opened.get("«") and starts:
        return None
    return None if mark in OPENERS else CLOSES[mark]


def _is_embedded(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip()[-1:]
    if not (before.isalnum() or before in {",", ":", ";"}):
        return False
    ahead = AHEAD.match(text, end)
    after = ahead.end() if ahead else end
    if after == len(text):
        return False
    goes_on = text[after] in ",;:،؛" or _is_lower(text[after])
    return goes_on or (_is_caseless(text[after]) and text[end - 2] not in STOPS)


def _is_lower(character: str) -> bool:
    """Return whether a letter continues a sentence; Georgian starts sentences without capitals."""
    return character.islower() and not "\u10d0" <= character <= "\u10ff"


def _is_caseless(character: str) -> bool:
    """Return whether a letter has no capital to begin a sentence with."""
    return character.isalpha() and not character.isupper() and not _is_lower(character)


# --------------------------------------------------------------------------- judging a stop


def _ends(text: str, opens: int, match: re.Match[str], rules: SentenceRules) -> bool:
    skipped = AHEAD.match(text, match.end())
    ahead = skipped.end() if skipped else match.end()
    if rules.clitics:
        ahead = _after_clitic(text, ahead, rules)
    if ahead == len(text) or not text[ahead].isalnum() or _is_lower(text[ahead]):
        return False
    if match.end() == match.end("tail") and not is_unspaced_end(
        text, match.start(), match["run"], match["tail"]
    ):
        return False
    if text.startswith("\ufffc ", match.end()) or not WORD_CHARACTER.search(
        text, opens, match.start()
    ):
        return False
    stop = Stop(text, opens, match.start(), match["run"], match["tail"], ahead)
    if stop.run == ".":
        return _full_stop_ends(stop, rules)
    if stop.run[-1] in WIDE:
        return ends_wide_sentence(text, opens, stop.at, stop.tail, ahead)
    return _loud_stop_ends(stop, rules)


def _after_clitic(text: str, ahead: int, rules: SentenceRules) -> int:
    """Return the offset of the capital in "'s Avonds", or `ahead` itself."""
    word = text[ahead - 1 : ahead + 1].replace("’", "'")
    rest = text[ahead + 1 : ahead + 3]
    is_clitic = word in rules.clitics and rest[:1].isspace() and rest[1:].isupper()
    return ahead + 2 if is_clitic else ahead


def _loud_stop_ends(stop: Stop, rules: SentenceRules) -> bool:
    """Return whether `?`, `!`, an ellipsis or a stop of another script ends the sentence."""
    if stop.text[stop.at - 1] in "([{":
        return False
    if ".." in stop.run or "…" in stop.run:
        if rules.starters and _is_caseless(stop.text[stop.ahead]):
            return _is_starter(stop, rules)
        return not stop.text[stop.ahead].isdigit()
    if _closes_aside(stop):
        return _is_starter(stop, rules)
    if rules.soft_stop and _is_label(stop.text[stop.opens : stop.at].split(), stop, rules):
        return False
    return not (stop.tail and _is_speech(stop, rules))


def _full_stop_ends(stop: Stop, rules: SentenceRules) -> bool:
    words = stop.text[max(stop.opens, stop.at - LOOK_BACK) : stop.at].split()
    word = "" if stop.text[stop.at - 1].isspace() else words[-1].lstrip(OPENING)
    if rules.elided:
        word = remove_elision(word, rules)
    if UZBEK_INITIAL.fullmatch(word):
        word = word[0]
    if not word or not ends_with_letter(word):
        return True
    word = strip_wide(word) if word[-1].isascii() and not word.isascii() else word
    before = words[-2] if len(words) > 1 else ""
    if _is_marker(stop, word) or _is_label(words, stop, rules):
        return False
    if (rules.ordinals or rules.ranked) and word[0] in "0123456789IVXLCDM":
        after = FIRST_WORD.match(stop.text, stop.ahead)
        if is_ordinal(before, word, after[1] if after else "", rules):
            return _is_starter(stop, rules)
    if word.isdigit():
        return not (len(word) < 3 and DATE_PART_AHEAD.match(stop.text, stop.ahead))
    kind = find_kind(before, word, rules)
    if kind != "word" and _closes_aside(stop):
        return False
    return _abbreviation_ends(stop, kind, word, before, rules)


def _abbreviation_ends(stop: Stop, kind: str, word: str, before: str, rules: SentenceRules) -> bool:
    match kind:
        case "never":
            return False
        case "seldom":
            surname = rules.particles and INITIAL.fullmatch(word) and _is_surname(stop, rules)
            return not surname and _is_starter(stop, rules)
        case "numbered":
            if _is_caseless(stop.text[stop.ahead]):
                return _is_starter(stop, rules)
            return not _is_number_ahead(stop, word, rules)
        case "unit":
            digits = stop.text[stop.ahead].isdigit()
            return is_quantity(before, rules) and not digits and _ends_clause(stop, rules)
        case "closing":
            return _ends_clause(stop, rules)
        case _:
            return True


# --------------------------------------------------------------------------- the text around a stop


def _is_marker(stop: Stop, word: str) -> bool:
    """Return whether the stop is after a list number: "1. Foo", "IV. Foo", "either: a. Foo"."""
    if stop.tail not in ("", ")") or not MARKER.fullmatch(word):
        return False
    start = stop.at - len(word)
    ahead = WORD_CHARACTER.search(stop.text, stop.opens, start)
    before = stop.text[max(0, start - 2) : start]
    return ahead is None or before in (": ", "; ") or before[-1:] in ("：", "；")


def _is_label(words: list[str], stop: Stop, rules: SentenceRules) -> bool:
    """Return whether the sentence is only a label: "Article 8.", "Annex A.", "128-бап."."""
    if len(words) == 1:
        words = words[0].split("-", 1)
    if len(words) != 2 or stop.at - stop.opens > LOOK_BACK:
        return False
    first, second = (word.lstrip(OPENING).rstrip(".") for word in words)
    if words[0] in {"§", "№"}:
        return True
    pairs = ((first, second), (second, first))
    return any(
        label.lower() in rules.labels and (NUMERIC.fullmatch(number) or SINGLE.fullmatch(number))
        for label, number in pairs
    )


def _closes_aside(stop: Stop) -> bool:
    """Return whether the stop is the last in brackets that opened after the sentence began."""
    if sum(stop.tail.count(mark) for mark in ")]}") == stop.tail.count("["):
        return False
    first = WORD_CHARACTER.search(stop.text, stop.opens, stop.at)
    return first is not None and not any(
        mark in "([{" for mark in stop.text[stop.opens : first.start()]
    )


def _is_starter(stop: Stop, rules: SentenceRules) -> bool:
    """Return whether the next word starts a sentence; a single letter must not be an initial."""
    match = FIRST_WORD.match(stop.text, stop.ahead)
    if match is None:
        abbreviation = ABBREVIATION.match(stop.text, stop.ahead)
        return abbreviation is not None and abbreviation[0] in rules.starters
    if match[1] not in rules.starters:
        return False
    rest = stop.text[match.end() : match.end() + 2]
    return (
        len(match[1]) > 1 or rest[:1] in {"'", "’"} or (rest[:1].isspace() and _is_lower(rest[1:]))
    )


def _is_surname(stop: Stop, rules: SentenceRules) -> bool:
    """Return whether two capitalised words are ahead, and the first can begin a surname."""
    match = FIRST_WORD.match(stop.text, stop.ahead)
    rest = stop.text[match.end() : match.end() + 2] if match else ""
    return bool(match and match[1] in rules.particles and rest[:1].isspace() and rest[1:].isupper())


def _is_number_ahead(stop: Stop, word: str, rules: SentenceRules) -> bool:
    if stop.text[stop.ahead].isdigit():
        return True
    return word not in rules.starters and bool(NUMERAL_AHEAD.match(stop.text, stop.ahead))


def _ends_clause(stop: Stop, rules: SentenceRules) -> bool:
    return _is_starter(stop, rules) or not _is_time_phrase(stop, rules)


def _is_time_phrase(stop: Stop, rules: SentenceRules) -> bool:
    """Return whether the clause is only a date, as "В мае 2023 г." at the start of a sentence."""
    clause = stop.text[max(stop.opens, stop.at - CLAUSE) : stop.at]
    clause = re.split(r"[,;(]\s", clause)[-1]
    words = [word.strip(OPENING + ".") for word in clause.split()]
    return bool(rules.time_words) and all(
        not word or word.lower() in rules.time_words or NUMERIC.fullmatch(word) for word in words
    )


def _is_speech(stop: Stop, rules: SentenceRules) -> bool:
    """Return whether the speaker follows the quotation: "“Why?” Anna asked"."""
    if not rules.speech or not any(mark in QUOTES for mark in stop.tail):
        return False
    said = stop.text[stop.ahead : stop.ahead + 60].split()[:4]
    words = [word.strip(",.:;!?…،।۔") for word in said]
    first = 0 if _is_caseless(stop.text[stop.ahead]) else 1  # the verb may stand first
    said_at = next((at for at in range(first, len(words)) if words[at] in rules.speech), None)
    if said_at is None:
        return False
    return first == 1 or words[said_at + 1 : said_at + 2] not in (["कि"], ["که"], ["أن"], ["إن"])
