"""Rules of length, doubled words, text left in English, and lower case at a beginning."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from publish.checks.doubling import find_doubled_words
from publish.checks.rule import Pair, Problem, Rule, SentenceRunner
from publish.checks.terms.wordforms import english_words
from publish.checks.widths import measure_text
from publish.languages.finalmarks import COLON, NO_MARK, find_final_kinds, is_cut
from publish.languages.language import Language, split_words
from publish.model import Level

__all__ = ["MEASURE_RULES"]

LONG, SHORT = 100, 40
MEASURED = frozenset(("ru", "tk"))
RATIOS = {True: (0.75, 1.65), False: (0.65, 2.0)}
"""Least and greatest length of a translation by its source's, for a source of LONG characters
or more and for a shorter one; measured on news."""
WIDE = (0.4, 2.5)
"""The same for a language that was not measured."""

WORD = re.compile(r"[^\W\d_]+")
LATIN_RUN = re.compile(r"(?<![\w’'-])[A-Za-z][\w’'-]*(?:[\s,;:]+[A-Za-z][\w’'-]*){2,}")
LATIN_LETTER = re.compile("[A-Za-z]")
FUNCTION = split_words(
    """
    the a an of and to in is are was were be been that which with from did do does not no has have
    had their its his her this these those any all or by for as on at who will would
    """
)
FEWEST, PLENTY = 3, 5

STOP = re.compile(r"[.!?](?<=\w.)[ \u00a0\u202f]+([^\W\d_])")
LONGEST_WORD = 40
LONGEST_SHORTENED = 5
OPEN_ENDS = frozenset({COLON, NO_MARK})
VOWEL = re.compile("[aeiouyıæøœəаеиоуыэюяәөүұіѣαεηιουωаեէըիոօაეიოუ]", re.IGNORECASE)


def _english(language: Language) -> bool:
    return language.tag.partition("-")[0] == "en"


def _length(pair: Pair) -> Iterator[Problem]:
    size = measure_text(pair.source)
    if size < SHORT or _english(pair.language):
        return
    measured = pair.language.tag in MEASURED
    low, high = RATIOS[size >= LONG] if measured else WIDE
    ratio = measure_text(pair.target) / size
    if not low <= ratio <= high:
        what = "short" if ratio < low else "long"
        yield Problem(
            message=f"the translation is very {what}: {len(pair.target)} characters "
            f"for {len(pair.source)}",
            hint=f"check what {'is missing' if ratio < low else 'was added'}",
        )


def _end(pair: Pair) -> Iterator[Problem]:
    target = pair.target.rstrip()
    if (
        is_cut(target)
        and measure_text(pair.source) >= SHORT
        and find_final_kinds(pair.source).isdisjoint(OPEN_ENDS)
    ):
        yield Problem(
            message="the translation has no full stop at its end",
            hint="check whether its end is missing; if not, add the full stop",
            spot=(len(target) - 1, len(target)),
        )


def _untranslated(pair: Pair) -> Iterator[Problem]:
    if _english(pair.language) or not _alike(pair):
        return
    if len(WORD.findall(pair.source)) > 1:
        yield Problem(
            message="the translation is the same as the source",
            hint="translate it, or leave it empty",
        )


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _alike(pair: Pair) -> bool:
    """Return whether both sides are the same, case and spaces aside."""
    return _first(pair.source) == _first(pair.target) and (
        _folded(pair.source) == _folded(pair.target)
    )


def _first(text: str) -> str:
    """Return the first character of a text as `_folded` has it: a quick test, most texts differ."""
    return text.lstrip()[:1].casefold()[:1]


def _left(pair: Pair) -> Iterator[Problem]:
    if _english(pair.language) or not LATIN_LETTER.search(pair.target) or _alike(pair):
        return
    if english_words(pair.source).isdisjoint(english_words(pair.target)):
        return
    source = f" {' '.join(WORD.findall(pair.source))} "
    for match in LATIN_RUN.finditer(pair.target):
        if spot := _shared(match, source):
            yield Problem(
                message=f"left in English: “{pair.target[slice(*spot)]}”",
                hint="translate these words",
                spot=spot,
            )


def _shared(match: re.Match[str], source: str) -> tuple[int, int] | None:
    run = list(WORD.finditer(match.group()))
    for first in range(len(run) - FEWEST + 1):
        last = first + FEWEST
        while last <= len(run) and f" {_joined(run[first:last])} " in source:
            last += 1
        last -= 1
        if last - first >= FEWEST and _is_prose({word.group() for word in run[first:last]}):
            return match.start() + run[first].start(), match.start() + run[last - 1].end()
    return None


def _is_prose(run: set[str]) -> bool:
    """Return whether words are more than a name: one is in lower case, others are like `the`."""
    plain = any(len(word) > 2 and word.islower() for word in run - FUNCTION)
    return plain and (len(run) >= PLENTY or not run.isdisjoint(FUNCTION))


def _joined(words: Iterable[re.Match[str]]) -> str:
    return " ".join(word.group() for word in words)


def _starts_small(text: str) -> bool:
    """Return whether a text begins with a small letter where a capital is written.

    Georgian has no capitals in sentences; `iPhone` and `eBay` begin small wherever they stand.
    """
    return text[:1].islower() and not ("\u10d0" <= text[0] <= "\u10ff" or text[1:2].isupper())


def _lower_start(pair: Pair) -> Iterator[Problem]:
    if pair.source[:1].isupper() and _starts_small(pair.target):
        yield Problem(
            message="the translation begins with a lower-case letter",
            hint="begin it with a capital letter",
            spot=(0, 1),
        )


def _lower_after_stop(pair: Pair) -> Iterator[Problem]:
    for match in STOP.finditer(pair.target):
        if match.group().startswith(".") and pair.language.sentences.soft_stop:
            continue
        if not _starts_small(pair.target[match.start(1) : match.start(1) + 2]):
            continue
        before = pair.target[max(0, match.start() - LONGEST_WORD) : match.start()].split()[-1]
        if not (match.group().startswith(".") and _abbreviates(before, pair.language)):
            yield Problem(
                message="a lower-case letter after a full stop",
                hint="begin the sentence with a capital letter, or delete the full stop",
                spot=match.span(1),
            )


def _abbreviates(word: str, language: Language) -> bool:
    """Return whether a word before a full stop may be an abbreviation.

    In a language without a list of them any short word may be one.
    """
    rules = language.sentences
    bare = word.lstrip("([«“„\"'").rpartition("-")[2]
    if len(bare) <= 2 or "." in bare or bare[-1].isdigit() or not _has_vowel(bare):
        return True
    known = (rules.never, rules.seldom, rules.numbered, rules.units, rules.closing)
    if not any(known):
        return len(bare) <= LONGEST_SHORTENED
    return any(bare in words or bare.lower() in words for words in known)


def _has_vowel(word: str) -> bool:
    return VOWEL.search(unicodedata.normalize("NFD", word)) is not None


MEASURE_RULES: tuple[Rule, ...] = (
    Rule(
        code="length-ratio",
        family="length",
        level=Level.WARNING,
        title="The translation is much shorter or longer than its source",
        why="A sentence that was cut or padded shows in its length. The limits come from human "
        "translations: 0.75 to 1.65 times the source from 100 characters on, 0.65 to 2 times from "
        "40 on; shorter sources are not measured.",
        remedy="Compare with the source: something may be missing or added.",
        language="ru",
        right=(
            "Observers reported that victims were interrogated at airports.",
            "Наблюдатели сообщили, что жертв допрашивали в аэропортах.",
        ),
        wrong=(
            "Observers reported that victims were interrogated at airports.",
            "Наблюдатели сообщили.",
        ),
        runner=SentenceRunner(_length),
    ),
    Rule(
        code="end-missing",
        family="length",
        level=Level.WARNING,
        title="The translation breaks off",
        why="If a source sentence of 40 characters or more ends with a full stop, and its "
        "translation with a letter or digit, the translation was perhaps cut.",
        remedy="Check whether the end of the sentence is missing; if not, add the full stop.",
        language="ru",
        right=(
            "Observers reported that victims were interrogated at airports.",
            "Наблюдатели сообщили, что жертв допрашивали в аэропортах.",
        ),
        wrong=(
            "Observers reported that victims were interrogated at airports.",
            "Наблюдатели сообщили, что жертв допрашивали в",
        ),
        runner=SentenceRunner(_end),
    ),
    Rule(
        code="doubled-word",
        family="repetition",
        level=Level.WARNING,
        title="A word occurs twice in a row",
        why="A doubled word is nearly always a typing mistake; words that a language doubles for "
        "their meaning are written with a hyphen (gije-gije, чуть-чуть).",
        remedy="Delete one of the two words.",
        language="ru",
        right=("The victims came home.", "Жертвы вернулись домой."),
        wrong=("The victims came home.", "Жертвы жертвы вернулись домой."),
        runner=SentenceRunner(find_doubled_words),
    ),
    Rule(
        code="untranslated",
        family="leftovers",
        level=Level.WARNING,
        title="The translation is the same as the source",
        why="A source of two or more words that is unchanged in the translation was copied, not "
        "translated.",
        remedy="Translate it, or leave it empty.",
        language="tk",
        right=("Country narrative", "Ýurt boýunça bölüm"),
        wrong=("Country narrative", "Country narrative"),
        runner=SentenceRunner(_untranslated),
    ),
    Rule(
        code="left-in-english",
        family="leftovers",
        level=Level.WARNING,
        title="Words left in English",
        why="Three or more words in a row are the same as in the source, and one of them is in "
        "lower case and no article or preposition: names and most titles have no such word.",
        remedy="Translate these words too.",
        language="tk",
        right=("He spoke. The victims were sent home.", "Ol gürledi. Pidalar öýlerine ugradyldy."),
        wrong=("He spoke. The victims were sent home.", "Ol gürledi. The victims were sent home."),
        runner=SentenceRunner(_left),
    ),
    Rule(
        code="lower-start",
        family="leftovers",
        level=Level.WARNING,
        title="The translation begins with a lower-case letter",
        why="Where the source begins with a capital letter, so does a sentence in Russian and "
        "Turkmen; a lower-case letter suggests that the beginning was cut.",
        remedy="Begin with a capital letter; check whether the beginning is missing.",
        language="ru",
        right=("The victims came home.", "Жертвы вернулись домой."),
        wrong=("The victims came home.", "вернулись домой."),
        runner=SentenceRunner(_lower_start),
    ),
    Rule(
        code="lower-after-stop",
        family="leftovers",
        level=Level.WARNING,
        title="A lower-case letter after a full stop",
        why="A sentence begins with a capital letter; words after an abbreviation are exempt.",
        remedy="Begin the sentence with a capital letter, or delete the full stop.",
        language="ru",
        right=("In 2024 they came.", "В 2024 г. они приехали."),
        wrong=("They came. They left.", "Они приехали. они уехали."),
        runner=SentenceRunner(_lower_after_stop),
    ),
)
