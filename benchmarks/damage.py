"""Ways to damage a good translation, as a table; `mutations.py` measures how many the checks find.

Each way takes a pair and yields damaged translations, as Markdown, or none if it does not apply
to the pair.  The ways do not know how the checks look for damage.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

from publish.catalogs.glossary import VERIFIED, Glossary

__all__ = ["DAMAGES", "Damage", "Good", "damaged"]


@dataclass(frozen=True, slots=True)
class Good:
    """A sentence and its good translation, as Markdown, and the translation's language tag."""

    msgid: str
    msgstr: str
    language: str


Make = Callable[[Good, Random, Glossary], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Damage:
    """A way to damage a translation; `sure` if the checks must find it nearly always."""

    what: str
    make: Make
    sure: bool = True


EACH = 2
"""The most damaged translations that are made of one pair in one way."""


def damaged(damage: Damage, good: Good, chance: Random, glossary: Glossary) -> list[str]:
    """Return the damaged translations, each once; of many, `chance` chooses `EACH`."""
    made = dict.fromkeys(text for text in damage.make(good, chance, glossary) if text.strip())
    found = [text for text in made if text != good.msgstr]
    return chance.sample(found, min(EACH, len(found)))


# --------------------------------------------------------------------------- ways to make them


def _exchanged(patterns: Mapping[str, tuple[tuple[str, str], ...]]) -> Make:
    """Return a way that replaces one match of a pattern of the language by its template."""

    def make(good: Good, chance: Random, glossary: Glossary) -> Iterator[str]:
        for pattern, new in patterns.get(good.language, ()):
            for match in re.finditer(pattern, good.msgstr):
                yield _spaced(_put(good.msgstr, match.span(), match.expand(new)))

    return make


def _put(text: str, span: tuple[int, int], new: str) -> str:
    return text[: span[0]] + new + text[span[1] :]


def _spaced(text: str) -> str:
    """Return the text without the spaces that a dropped word leaves, and with a capital."""
    bare = re.sub(r" (?=[,.;:])", "", re.sub(r" {2,}", " ", text)).strip(" ,")
    return bare[:1].upper() + bare[1:]


def _both(*patterns: tuple[str, str]) -> Make:
    return _exchanged({"ru": patterns, "tk": patterns})


NUMBER = re.compile(r"\d+(?:[.,: \u00a0]\d+)*")


def _digit(good: Good, chance: Random, glossary: Glossary) -> Iterator[str]:
    for match in NUMBER.finditer(good.msgstr):
        at = chance.choice([at for at, mark in enumerate(match[0]) if mark.isdecimal()])
        digit = chance.choice([digit for digit in "123456789" if digit != match[0][at]])
        start = match.start() + at
        yield _put(good.msgstr, (start, start + 1), digit)


def _doubled(good: Good, chance: Random, glossary: Glossary) -> Iterator[str]:
    words = good.msgstr.split(" ")
    for at, word in enumerate(words):
        if word.isalpha() and len(word) > 1:
            yield " ".join((*words[: at + 1], *words[at:]))


def _halved(good: Good, chance: Random, glossary: Glossary) -> Iterator[str]:
    words = good.msgstr.split()
    if len(good.msgid) >= 40 and good.msgid.endswith("."):
        yield " ".join(words[: len(words) // 2])
        yield " ".join(words[len(words) // 2 :])


def _english(good: Good, chance: Random, glossary: Glossary) -> Iterator[str]:
    if len(good.msgid.split()) > 1 and good.msgid[:1].isalpha():
        yield good.msgid


def _half_english(good: Good, chance: Random, glossary: Glossary) -> Iterator[str]:
    words, source = good.msgstr.split(), good.msgid.split()
    if len(source) > 8 and good.msgid.endswith(".") and not re.search(r"[\[\]*_`]", good.msgid):
        yield " ".join((*words[: len(words) // 2], *source[len(source) // 2 :]))


def _marked(good: Good, chance: Random, glossary: Glossary) -> Iterator[str]:
    for match in re.finditer(r"(?<![\w*\[`])[^\W\d_]{4,}(?![\w*\]`])", good.msgstr):
        yield _put(good.msgstr, match.span(), f"*{match[0]}*")


TURNED = {"njy": "nji", "nji": "njy", "da": "de", "de": "da", "dan": "den", "den": "dan"}


def _turned(good: Good, chance: Random, glossary: Glossary) -> Iterator[str]:
    if good.language == "tk":
        for match in re.finditer(r"(?<=\d-)(?:nj[yi]|d[ae]n?)(?!\w)", good.msgstr):
            yield _put(good.msgstr, match.span(), TURNED[match[0]])


# --------------------------------------------------------------------------- terms


MOST_WORDS = 3
"""Longer terms are translated too freely for one word to make the difference."""
SMALL = frozenset(("baradaky", "barada", "hakynda", "hakyndaky", "boýunça"))
ODD_NAMES = {"ru": "Бразилия", "tk": "Braziliýa"}


def _term(good: Good, chance: Random, glossary: Glossary) -> Iterator[str]:
    """Replace the longest word of a term, in any of its forms, by one without meaning."""
    for _, stem in _stems(good, glossary):
        yield _without(good.msgstr, stem, "Qqqq")


def _name(good: Good, chance: Random, glossary: Glossary) -> Iterator[str]:
    """Replace a name of the glossary by another name."""
    for source, stem in _stems(good, glossary):
        if source[0].isupper() and stem[0].isupper() and ODD_NAMES[good.language] not in source:
            yield _without(good.msgstr, stem, ODD_NAMES[good.language])


def _without(text: str, stem: str, new: str) -> str:
    return re.sub(rf"(?<!\w){re.escape(stem)}\w*", new, text, flags=re.IGNORECASE)


def _stems(good: Good, glossary: Glossary) -> Iterator[tuple[str, str]]:
    """Yield English wordings of the source with the stem of their translation.

    Terms without verified translation, and those inside a longer term, are left out.
    """
    rest = good.msgid
    for wording, said in _wordings(glossary, good.language):
        if not re.search(rf"(?<![\w-]){re.escape(wording)}(?![\w’'-])", rest, re.IGNORECASE):
            continue
        rest = re.sub(re.escape(wording), "…", rest, flags=re.IGNORECASE)
        stems = [_stem(alternative) for alternative in said]
        there = [stem for stem in stems if re.search(rf"(?<!\w){stem}", good.msgstr, re.I)]
        if len(there) == 1:
            yield wording, there[0]


def _wordings(glossary: Glossary, language: str) -> list[tuple[str, list[str]]]:
    """Return English wordings with their short translations, longest wordings first."""
    found = []
    for term in glossary.terms:
        for one in term.renderings:
            if one.language == language and one.status == VERIFIED:
                plain = [text for text in _parts(one.text) if len(text.split()) <= MOST_WORDS]
                wordings = _parts(term.source)
                found += [(wording, plain) for wording in wordings if plain]
    return sorted(found, key=lambda pair: (-len(pair[0]), pair[0]))


def _parts(cell: str) -> list[str]:
    """Return the alternatives of a cell that have no gaps and remarks."""
    return [text.strip() for text in cell.split(";") if not re.search(r"[…()]", text)]


def _stem(alternative: str) -> str:
    words = [word for word in re.findall(r"[^\W\d_]+", alternative) if word not in SMALL]
    longest: str = max(words or [alternative], key=len)
    return re.escape(longest[: max(3, len(longest) - 3)])


# --------------------------------------------------------------------------- sense


NOT = re.compile(r"(?i)\b(?:not|never|no|without|cannot|none|nobody|nothing|neither)\b|n['’]t\b")
REPORTED = re.compile(r"(?i)\b(?:reportedly|allegedly|alleged|according to)\b")
POSSIBLE = re.compile(r"\b(?:may|might|could|(?i:possibly|perhaps|maybe|probably))\b")

NOT_DROPPED = {
    "ru": (
        (r"(?i)\b(?:никогда|никто|ничего|никак\w*|нигде) не ", ""),
        (
            r"(?i)(?<!никогда )(?<!никто )(?<!ничего )(?<!ли )(?<!только )(?<!пока )"
            r"\bне (?!только|менее|более|раз\b|в последнюю)",
            "",
        ),
        (r"(?i)\bнет\b", "есть"),
        (r"(?i)\bнельзя\b", "можно"),
        (r"(?i)\bбез (?=\w)(?!сомнени)", "с "),
    ),
    "tk": (
        (
            r"\b(?!hemme|türkme|resme|maksa|adama|hökümed|problem)(\w{2,}?)m[ae]"
            r"(d[yi](?:\b|[kmňlpgr])|ý(?:ar|är|an|än)|jak|jek)",
            r"\1\2",
        ),
        (r"(\w{2,}?)m[ae]z(\b|d|l)", r"\1r\2"),
        (r"(?<!diňe )\b(?!\w*(?:a|e)m[aä]n)(\w{2,}?[^\WA-Z])m[aä]n\b(?!, eýsem)", r"\1p"),
        (r"(?<!-)\bdäl(?!-de)(?=\b|d|k)", ""),
        (r"(?<!şübhe )\býok\b(?! et)", "bar"),
    ),
}

REPORT_DROPPED = {
    "ru": (
        (r"(?i)\bпо (?:сообщени|данны|слова|мнени|информаци|сведени|верси)\w+ ", ""),
        (r"(?i)\b(?:как )?сообща\w+,? ?(?:что)?", ""),
        (r"(?i)\b(?:якобы|предположительно)\b", ""),
        (r"(?i)\bпредполагаем\w+ ", ""),
        (r"(?i)\b(?:согласно|как утвержда\w+) ", ""),
    ),
    "tk": (
        (r"(?i)(?:[\w-]+ (?:beril\w+|aýt\w+) |[\w-]+ )görä\b,?", ""),
        (r"(?i)\b(?:diýlip(?! yglan)|diýilýän|diýilýär|diýlen|aýdylýan|aýdylýar)\w*", ""),
        (r"(?i)\bhabar ber\w+(?!\w| görä)", ""),
        (r"(?i)\b(?:öňe sürlen|öňe sürülýän|güman edilýän|çak edilýän)\b", ""),
    ),
}
POSSIBLE_DROPPED = {
    "ru": (
        (r"(?i)\b(?:возможно|вероятно|наверное|наверняка|по-видимому|видимо|пожалуй),?", ""),
        (r"(?i)\bможет быть,?", ""),
        (r"(?i)\b(?:может|могут|мог|могла|могло|могли|можно)\b(?: бы\b)?", ""),
    ),
    "tk": (
        (r"(?i)\bmümkin\w*", ""),
        (r"(?i)\b(?:ähtimal|belki|belkem|megerem)\w*", ""),
        (r"(?i)\b(?:biler|bilerdi|bilýär|bilýä|biljek)\w*", ""),
    ),
}


def _sense(english: re.Pattern[str], patterns: Mapping[str, tuple[tuple[str, str], ...]]) -> Make:
    """Return a way that applies where the source has one of the English words."""
    make = _exchanged(patterns)

    def where_said(good: Good, chance: Random, glossary: Glossary) -> Iterator[str]:
        if english.search(good.msgid):
            yield from make(good, chance, glossary)

    return where_said


def _only(make: Make) -> Make:
    """Return a way that applies where there is one damaged translation."""

    def alone(good: Good, chance: Random, glossary: Glossary) -> Iterator[str]:
        made = dict.fromkeys(make(good, chance, glossary))
        yield from made if len(made) == 1 else ()

    return alone


def _several(make: Make) -> Make:
    """Return a way that applies where there are several damaged translations."""

    def among(good: Good, chance: Random, glossary: Glossary) -> Iterator[str]:
        made = dict.fromkeys(make(good, chance, glossary))
        yield from made if len(made) > 1 else ()

    return among


DAMAGES: tuple[Damage, ...] = (
    Damage("a number dropped", _both((rf"(?:{NUMBER.pattern})", ""))),
    Damage("a digit changed", _digit),
    Damage("a term of the glossary changed", _term),
    Damage("a name of the glossary changed", _name),
    Damage("the only negation dropped", _only(_sense(NOT, NOT_DROPPED)), sure=False),
    Damage("one of several negations dropped", _several(_sense(NOT, NOT_DROPPED)), sure=False),
    Damage("a hedge dropped (reportedly)", _sense(REPORTED, REPORT_DROPPED), sure=False),
    Damage("a hedge dropped (may, perhaps)", _sense(POSSIBLE, POSSIBLE_DROPPED), sure=False),
    Damage("emphasis dropped", _both((r"\*+([^*\s][^*]*)\*+", r"\1"))),
    Damage("emphasis added", _marked),
    Damage("a link dropped", _both((r"(?<!!)\[([^\]^]+)\]\(\d+\)", r"\1"))),
    Damage("a footnote mark dropped", _both((r"\[\^[^\]]+\]", ""))),
    Damage("a script pasted", _both((r"(?<=\w) (?=\w)", " <script>alert(1)</script> "))),
    Damage("an address pasted", _both((r"(?<=\w) (?=\w)", " [x](https://example.org/) "))),
    Damage(
        "a Latin letter in a Russian word, a Cyrillic one in a Turkmen",
        _exchanged(
            {
                "ru": ((r"(?<=[а-я])с(?=[а-я])", "c"), (r"(?<=[а-я])о(?=[а-я])", "o")),
                "tk": ((r"(?<=[a-z])a(?=[a-z])", "а"), (r"(?<=[a-z])e(?=[a-z])", "е")),
            }
        ),
    ),
    Damage("a Latin c for the preposition «с»", _exchanged({"ru": ((r"(?<!\w)с(?!\w)", "c"),)})),
    Damage(
        "a Turkish letter (ı, ğ)",
        _exchanged({"tk": ((r"(?<=\w)y(?=\w)", "ı"), (r"(?<=\w)g(?=\w)", "ğ"))}),
    ),
    Damage(
        "ň as ñ, ç as c",
        _exchanged({"tk": ((r"ň(?=\w)", "ñ"), (r"(?<=[a-z])ç(?=[a-z])", "c"))}),
    ),
    Damage("the wrong suffix after a number", _turned),
    Damage("no hyphen before that suffix", _exchanged({"tk": ((r"(?<=\d)-(?=nj[yi])", " "),)})),
    Damage("a character that turns the text", _both((r"(?<=\w) (?=\w)", " \u202e"))),
    Damage("an invisible character", _both((r"(?<=\w)(?=\w)", "\u200b"))),
    Damage("a control character", _both((r"(?<=\w)(?=\w)", "\x08"))),
    Damage("a letter lost in conversion", _both((r"(?<=\w)[^\W\d_](?=\w)", "\ufffd"))),
    Damage("a word doubled", _doubled),
    Damage("half of the sentence cut off", _halved),
    Damage("left in English", _english),
    Damage("the second half left in English", _half_english),
)
