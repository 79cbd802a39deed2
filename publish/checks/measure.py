"""Checks that weigh a translation against its source: length, doubled words, what was left over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import eq

from publish.checks.check import Check, Pair, Problem
from publish.checks.structure import finding
from publish.checks.wordforms import english_words
from publish.languages.language import Language, words
from publish.model import Catalog, Entry, Finding, Key, Level

__all__ = ["CHECKS", "check_elsewhere", "check_repetition", "first_translations"]

LONG, SHORT = 100, 40
MEASURED = frozenset(("ru", "tk"))
RATIOS = {True: (0.75, 1.65), False: (0.65, 2.0)}
"""Length of translation by source, for a long and a middling source; measured on news."""
WIDE = (0.4, 2.5)
"""The same where a language was not measured."""

WORD = re.compile(r"[^\W\d_]+")
FOUR_WORDS = re.compile(r"[\W\d_]*(?:[^\W\d_]+[\W\d_]+){3}[^\W\d_]")
WHOLE_WORD = re.compile(r"\w+")
DOUBLED = re.compile(r"(?<![\w-])([^\W\d_]{2,})\s+\1(?![\w-])", re.IGNORECASE)
LATIN_RUN = re.compile(r"(?<![\w’'-])[A-Za-z][\w’'-]*(?:[\s,;:]+[A-Za-z][\w’'-]*){2,}")
LATIN_LETTER = re.compile("[A-Za-z]")
FUNCTION = words(
    """
    the a an of and to in is are was were be been that which with from did do does not no has have
    had their its his her this these those any all or by for as on at who will would
    """
)
FEWEST, PLENTY = 3, 5

STOP = re.compile(r"[.!?](?<=\w.)[ \u00a0\u202f]+([^\W\d_])")
LONGEST_WORD = 40
ENDED = re.compile(r"[.!?…][\"'”’»)\]]*$")
VOWEL = re.compile(r"[aeiouyäöüýаеёиоуыэюя]", re.IGNORECASE)


def _english(language: Language) -> bool:
    return language.tag.partition("-")[0] == "en"


def _length(pair: Pair) -> Iterator[Problem]:
    size = len(pair.source)
    if size < SHORT or _english(pair.language):
        return
    measured = pair.language.tag in MEASURED
    low, high = RATIOS[size >= LONG] if measured else WIDE
    ratio = len(pair.target) / size
    if not low <= ratio <= high:
        what = "short" if ratio < low else "long"
        yield Problem(
            f"the translation is very {what}: {len(pair.target)} characters for {size}",
            "look for what is missing" if ratio < low else "look for what was added",
        )


def _end(pair: Pair) -> Iterator[Problem]:
    source, target = pair.source.rstrip(), pair.target.rstrip()
    if ENDED.search(source) and target and target[-1].isalnum() and len(source) >= SHORT:
        yield Problem(
            "the translation stops without an end",
            "look whether its end is missing, or set the full stop",
            (len(target) - 1, len(target)),
        )


def _doubled(pair: Pair) -> Iterator[Problem]:
    words = list(map(str.lower, WHOLE_WORD.findall(pair.target)))
    if not any(map(eq, words, words[1:])):
        return
    found = list(DOUBLED.finditer(pair.target))
    if not found or len(found) <= len(DOUBLED.findall(pair.source)):
        return
    for match in found:
        yield Problem(f"“{match.group(1)}” stands twice", "delete one of them", match.span())


def _untranslated(pair: Pair) -> Iterator[Problem]:
    if _english(pair.language) or not _alike(pair):
        return
    if len(WORD.findall(pair.source)) > 1:
        yield Problem("the translation is the source itself", "translate it, or leave it empty")


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _alike(pair: Pair) -> bool:
    """Whether both sides are the same, case and spaces aside."""
    return _first(pair.source) == _first(pair.target) and (
        _folded(pair.source) == _folded(pair.target)
    )


def _first(text: str) -> str:
    """The first character of a text as `_folded` has it: mostly the sides differ there."""
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
                f"left in English: “{pair.target[slice(*spot)]}”", "translate these words", spot
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
    """Whether a run of words is no name: it has a word in lower case beside `the` or `of`."""
    plain = any(len(word) > 2 and word.islower() for word in run - FUNCTION)
    return plain and (len(run) >= PLENTY or not run.isdisjoint(FUNCTION))


def _joined(words: Iterable[re.Match[str]]) -> str:
    return " ".join(word.group() for word in words)


def _lower_start(pair: Pair) -> Iterator[Problem]:
    if pair.source[:1].isupper() and pair.target[:1].islower():
        yield Problem(
            "the translation begins in lower case", "begin it with a capital letter", (0, 1)
        )


def _lower_after_stop(pair: Pair) -> Iterator[Problem]:
    for match in STOP.finditer(pair.target):
        before = pair.target[max(0, match.start() - LONGEST_WORD) : match.start()].split()[-1]
        if match.group(1).islower() and not (
            match.group().startswith(".") and _abbreviates(before, pair.language)
        ):
            yield Problem(
                "lower case after a full stop",
                "begin the sentence with a capital letter, or take the stop out",
                match.span(1),
            )


def _abbreviates(word: str, language: Language) -> bool:
    rules = language.sentences
    bare = word.lstrip("([«“„\"'").rpartition("-")[2]
    if len(bare) <= 2 or "." in bare or bare[-1].isdigit() or not VOWEL.search(bare):
        return True
    known = (rules.never, rules.seldom, rules.numbered, rules.units, rules.closing)
    return any(bare in words or bare.lower() in words for words in known)


def check_repetition(catalog: Catalog) -> Iterator[Finding]:
    """Findings on a whole catalog: one source with two translations, two with one.

    Codes: `same-source` (advice: contexts may want it), `same-translation` (a warning, from
    four words on: one of the two was pasted).
    """
    shown = [entry for entry in catalog.entries if _shown(entry)]
    yield from _differing(
        ((entry, entry.msgid) for entry in shown),
        lambda entry: entry.msgstr,
        "same-source",
        "the same source is translated in another way",
        Level.ADVICE,
    )
    yield from _differing(
        ((entry, _folded(entry.msgstr)) for entry in shown if FOUR_WORDS.match(entry.msgstr)),
        lambda entry: _folded(entry.msgid),
        "same-translation",
        "another source has the same translation",
        Level.WARNING,
    )


def first_translations(catalogs: Iterable[Catalog]) -> dict[Key, Entry]:
    """Each translated sentence with the first of these catalogs that has it."""
    first: dict[Key, Entry] = {}
    for catalog in catalogs:
        for entry in filter(_shown, catalog.entries):
            first.setdefault(entry.key, entry)
    return first


def check_elsewhere(catalog: Catalog, first: Mapping[Key, Entry]) -> Iterator[Finding]:
    """Advice where a sentence is translated in another way than in an earlier document."""
    for entry in filter(_shown, catalog.entries):
        known = first.get(entry.key, entry)
        if known.span.file != entry.span.file and known.msgstr != entry.msgstr:
            where = f"{known.span.file}:{known.msgstr_line}"
            message = f"the same source is translated in another way: see {where}"
            hint = f"there it is: {known.msgstr[:76]}"
            yield finding(entry, "same-source", message, hint, Level.ADVICE)


def _shown(entry: Entry) -> bool:
    return not (entry.obsolete or entry.fuzzy or entry.joined or not entry.msgstr.strip())


def _differing(
    entries: Iterable[tuple[Entry, str]],
    other: Callable[[Entry], str],
    code: str,
    message: str,
    level: Level,
) -> Iterator[Finding]:
    """Findings at the entries that have the same side as an earlier one, but not the other."""
    first: dict[str, Entry] = {}
    for entry, same in entries:
        known = first.setdefault(same, entry)
        if known is not entry and other(known) != other(entry):
            line = known.msgstr_line
            yield finding(
                entry, code, f"{message}: see line {line}", "compare the two entries", level
            )


CHECKS: tuple[Check, ...] = (
    Check(
        "length-ratio",
        "length",
        Level.WARNING,
        "the translation is much shorter or longer than its source",
        "A cut or padded sentence shows in its length. The bounds were measured on human "
        "translations: .75 to 1.65 for 100 characters and more, .65 to 2 for 40 and more; "
        "shorter sources are not measured.",
        "ru",
        (
            "Observers reported that victims were interrogated at airports.",
            "Наблюдатели сообщили, что жертв допрашивали в аэропортах.",
        ),
        (
            "Observers reported that victims were interrogated at airports.",
            "Наблюдатели сообщили.",
        ),
        _length,
    ),
    Check(
        "end-missing",
        "length",
        Level.WARNING,
        "the translation stops without an end",
        "A source sentence of 40 characters or more that ends with a full stop, whose translation "
        "ends with a letter or digit, was perhaps cut.",
        "ru",
        (
            "Observers reported that victims were interrogated at airports.",
            "Наблюдатели сообщили, что жертв допрашивали в аэропортах.",
        ),
        (
            "Observers reported that victims were interrogated at airports.",
            "Наблюдатели сообщили, что жертв допрашивали в",
        ),
        _end,
    ),
    Check(
        "doubled-word",
        "repetition",
        Level.WARNING,
        "a word stands twice",
        "A doubled word is nearly always a slip; words that a language doubles for their meaning "
        "are written with a hyphen (gije-gije, чуть-чуть).",
        "ru",
        ("The victims came home.", "Жертвы вернулись домой."),
        ("The victims came home.", "Жертвы жертвы вернулись домой."),
        _doubled,
    ),
    Check(
        "untranslated",
        "leftovers",
        Level.WARNING,
        "the translation is the source itself",
        "A source of two words or more that stands unchanged was copied and not translated.",
        "tk",
        ("Country narrative", "Ýurt boýunça bölüm"),
        ("Country narrative", "Country narrative"),
        _untranslated,
    ),
    Check(
        "left-in-english",
        "leftovers",
        Level.WARNING,
        "words were left in English",
        "Three or more words in a row that stand so in the source, with a word in lower case "
        "that is no article or preposition: names and most titles have none.",
        "tk",
        ("He spoke. The victims were sent home.", "Ol gürledi. Pidalar öýlerine ugradyldy."),
        ("He spoke. The victims were sent home.", "Ol gürledi. The victims were sent home."),
        _left,
    ),
    Check(
        "lower-start",
        "leftovers",
        Level.WARNING,
        "the translation begins in lower case",
        "Where the source begins with a capital, so does a sentence in Russian and Turkmen; a "
        "small letter tells of a beginning that was cut.",
        "ru",
        ("The victims came home.", "Жертвы вернулись домой."),
        ("The victims came home.", "вернулись домой."),
        _lower_start,
    ),
    Check(
        "lower-after-stop",
        "leftovers",
        Level.WARNING,
        "lower case after a full stop",
        "A sentence begins with a capital; the abbreviations of the language are excepted.",
        "ru",
        ("In 2024 they came.", "В 2024 г. они приехали."),
        ("They came. They left.", "Они приехали. они уехали."),
        _lower_after_stop,
    ),
)
