"""Words that occur twice in a row, and languages that double words on purpose."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from operator import eq

from publish.checks.rule import Pair, Problem
from publish.languages.language import Language, split_words

__all__ = ["find_doubled_words"]

WHOLE_WORD = re.compile(r"\w+")
DOUBLED = re.compile(r"(?<![\w'’-])([^\W\d_]{2,})\s+\1(?![\w-])", re.IGNORECASE)

DOUBLE = {
    tag: split_words(words)
    for tag, words in {
        "fr": "nous vous",
        "de": "die der das den dem sie",
        "nl": "die dat je ze",
        "it": "piano poco mano via man appena quasi proprio molto zitto",
        "es": "muy poco nos",
        "pt": "logo quase muito nos",
        "ca": "poc",
        "ro": "încet",
        "el": "σιγά λίγο πρώτα μόλις πέρα",
        "hy": "շատ քիչ կամաց մեկ",
        "ka": "ნელ ცოტ",
        "he": "לאט מאוד אט",
        "uk": "ледве",
    }.items()
}
"""Words that a language writes twice in a row: “nous nous souvenons”, “die, die die Welt …”."""

DOUBLING = {
    tag: split_words(words)
    for tag, words in {
        "tr": "ve ile için bu da de olarak olan bir gibi kadar ama veya",
        "az": "və ilə üçün bu da də olaraq olan kimi amma ya",
        "uz": "va bilan uchun bu esa ham edi bo‘lgan",
        "kk": "және мен үшін бұл болып да де",
        "ky": "жана менен үчүн бул болуп да",
        "tg": "ва бо ки аз дар барои ин",
        "tt": "һәм белән өчен бу да",
        "hi": "और का की के में से को है हैं पर यह",
        "ur": "اور کا کی کے میں سے کو ہے ہیں پر یہ",
        "fa": "و از به در که را با این است برای",
        "ar": "في من على إلى أن عن هذا هذه التي الذي",
        "ps": "او د په چې",
        "ckb": "و لە بۆ کە",
        "ku": "û li ji ku",
        "bn": "এবং এই থেকে জন্য",
        "ta": "மற்றும் இந்த",
        "vi": "và của là các cho trong với được",
        "id": "dan yang di ke dari untuk ini dengan",
        "ms": "dan yang di ke dari untuk ini dengan",
        "fil": "at ang ng sa na",
        "sw": "na ya wa kwa katika",
        **dict.fromkeys(("am", "ti"), "እና ነው እዩ"),
        "ko": "그 이",
        "mn": "ба нь бол",
        "ug": "ۋە بىلەن",
        **dict.fromkeys(("mr", "ne", "gu", "pa", "te", "kn", "ml", "si", "my", "km", "th"), ""),
        **dict.fromkeys(("lo", "zh", "yue", "ja", "bo", "haw", "mi", "sm", "to", "jv", "su"), ""),
    }.items()
}
"""Languages that double words for their meaning, and words that they never double."""


def find_doubled_words(pair: Pair) -> Iterator[Problem]:
    """Report words that occur twice in a row, unless the source has as many of them."""
    words = list(map(str.lower, WHOLE_WORD.findall(pair.target)))
    if not any(map(eq, words, words[1:])):
        return
    found = list(_find_doubled(pair.target, pair.language))
    if not found or len(found) <= len(DOUBLED.findall(pair.source)):
        return
    for match in found:
        yield Problem(
            message=f"“{match.group(1)}” occurs twice in a row",
            hint="delete one of them",
            spot=match.span(),
        )


def _find_doubled(text: str, language: Language) -> Iterator[re.Match[str]]:
    """Yield the doubled words that a language does not double for their meaning or grammar."""
    base = language.tag.partition("-")[0]
    for match in DOUBLED.finditer(text):
        around = (text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1])
        if any(mark and unicodedata.category(mark)[0] == "M" for mark in around):
            continue  # Only a part of a word: vowel signs are no letters.
        word = match[1].lower()
        if base in DOUBLING:
            if word in DOUBLING[base]:
                yield match
        elif word not in DOUBLE.get(base, ()):
            yield match
