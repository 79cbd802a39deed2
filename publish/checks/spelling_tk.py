"""Rules of certain Turkmen spelling mistakes: letters, and suffixes after digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.checks.letters import find_word
from publish.checks.rule import Pair, Problem, Rule, SentenceRunner
from publish.languages.tk import Harmony, find_harmony
from publish.model import Level

__all__ = ["TURKMEN_RULES"]

TURKMEN = frozenset(("tk",))

SMALL = "a-zçäňöşüýž"
CAPITALS = "A-ZÇÄŇÖŞÜÝŽ"
OWN_LETTERS = "çäňöşüýž"

FOREIGN = re.compile(
    "[ığİĞñÑỳỲÿŸţŢșȘțȚâÂîÎêÊ](?:(?<=\\w\\w)|(?=\\w))"  # Beside another letter.
    rf"|(?<=[{SMALL}{CAPITALS}])[$¥](?=[{SMALL}])|(?<!\w)[$¥](?=[{SMALL}])"
)
BORROWED = re.compile(rf"(?<![\w@.'’/:-])(?=[{SMALL}]*[cqvx])[{SMALL}]{{2,}}(?![\w@/:]|\.\w)")
APOSTROPHE = re.compile(rf"[{SMALL}{CAPITALS}]['’ʼ`´][{SMALL}{CAPITALS}]", re.IGNORECASE)

HYPHENS = "\u2010\u2011-"
BACK = (
    r"(?:[uy]?njy|n?yň|ny|dan|da|daky|sy|ysy|syny[ňn]?|synda\w*|ynda\w*|ynyň|lar\w*|lyk\w*"
    r"|dakylar\w*|njys\w*|njyd\w*|njyla\w*)"
)
FRONT = (
    r"(?:[üi]?nji|n?iň|ni|den|de|däki|si|isi|sini[ňn]?|sinde\w*|inde\w*|iniň|ler\w*|lik\w*"
    r"|däkiler\w*|njis\w*|njid\w*|njile\w*)"
)
SUFFIX = re.compile(
    rf"(?<![\w.,:/°–{HYPHENS}])(\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}})+|\d{{1,15}})[{HYPHENS}]"
    rf"(?:(?P<back>{BACK})|(?P<front>{FRONT}))(?!\w)"
)
RANGE_SUFFIX = re.compile(
    rf"(?<=\d[–{HYPHENS}])(\d{{1,15}})[{HYPHENS}](?:(?P<back>{BACK})|(?P<front>{FRONT}))(?!\w)"
)
TIME_SUFFIX = re.compile(
    rf"(?<=\d:)(?!00)([0-5]\d)[{HYPHENS}](?:(?P<back>{BACK})|(?P<front>{FRONT}))(?!\w)"
)
"""The suffix of a time of day fits its minutes; a full hour can be read in several ways."""
TO_FRONT, TO_BACK = str.maketrans("yau", "ieü"), str.maketrans("ieüä", "yaua")

ENDINGS = "n[yi]ň|[dt][ae]n|[dt][ae]|n[yi]|l[ae]r[a-zäňüý]*|l[yi]k[a-zäňüý]*|d[aä]k[yi]"
UNJOINED = re.compile(
    rf"\d(?:[ \u00a0]?[–—][ \u00a0]?|[ \u00a0])?[uüyi]?nj[iy](?!\w)"
    rf"|\d(?:{ENDINGS}|[sn]?[yi]ň?)(?!\w)"
    rf"|(?<!\w)[{CAPITALS}]{{2,}}['’ʼ]?(?:{ENDINGS}|[yi]ň)(?!\w)"
    rf"|(?<!\w)[{CAPITALS}]{{2,}}[ \u00a0](?:n[yi]ň|n[yi])(?!\w)"
)


def find_foreign_letters(pair: Pair) -> Iterator[Problem]:
    """Report Turkish letters and those of old Turkmen fonts, except in names from the source."""
    if pair.language.tag != "tk" or (pair.target.isascii() and "$" not in pair.target):
        return
    for match in FOREIGN.finditer(pair.target):
        if not _in_source(pair, match.start()):
            yield Problem(
                message=f"{match[0]} is not a Turkmen letter",
                hint="type the Turkmen letter: y, g, ň, ş, ý or ž",
                spot=match.span(),
            )


def _in_source(pair: Pair, at: int) -> bool:
    """Return whether the source has the word around an offset too: a name or an address."""
    start, end = find_word(pair.target, at)
    return pair.target[start:end] in pair.source


def find_borrowed_letters(pair: Pair) -> Iterator[Problem]:
    """Report words in lower case with c, q, v or x, which Turkmen does not have."""
    if pair.language.tag != "tk":
        return
    for match in BORROWED.finditer(pair.target):
        if match[0] not in pair.source.lower():
            yield Problem(
                message=f"letters that Turkmen does not have: {match[0]}",
                hint="write the word in Turkmen letters; v is w",
                spot=match.span(),
            )


def find_missing_diacritics(pair: Pair) -> Iterator[Problem]:
    """Report long texts that have hardly any of the special Turkmen letters."""
    text = pair.target
    if pair.language.tag != "tk" or len(text) < 60:
        return
    own = sum(map(text.lower().count, OWN_LETTERS))
    if own * 50 >= len(text):
        return
    letters = sum(map(str.isalpha, text))
    if letters >= 60 and own * 50 < letters:
        yield Problem(
            message="the text has hardly any of the letters ç ä ň ö ş ü ý ž",
            hint="write the text with these letters, not as on an English keyboard",
        )


def find_apostrophes(pair: Pair) -> Iterator[Problem]:
    """Report apostrophes in words, except in names from the source."""
    if pair.language.tag != "tk":
        return
    for match in APOSTROPHE.finditer(pair.target):
        left, _ = find_word(pair.target, match.start())
        _, right = find_word(pair.target, match.end() - 1)
        if _straight(pair.target[left:right]) not in _straight(pair.source):
            yield Problem(
                message=f"Turkmen has no apostrophe: {pair.target[left:right]}",
                hint="delete it; after a name or an acronym write a hyphen",
                spot=(left, right),
            )


def _straight(text: str) -> str:
    return re.sub("[’ʼ`´]", "'", text)


def compare_suffix_vowels(pair: Pair) -> Iterator[Problem]:
    """Report suffixes after digits whose vowels do not fit the spoken number."""
    if pair.language.tag != "tk":
        return
    for pattern in (SUFFIX, RANGE_SUFFIX, TIME_SUFFIX):
        for match in pattern.finditer(pair.target):
            wanted = find_harmony(int(re.sub(r"\D", "", match[1])))
            found: Harmony = "back" if match["back"] else "front"
            if found != wanted:
                yield _harmony_problem(match, wanted)


def _harmony_problem(match: re.Match[str], wanted: Harmony) -> Problem:
    suffix = match[match.lastgroup or 0]
    return Problem(
        message=f"the suffix of {match[0]} has vowels that do not fit the number",
        hint=f"after {match[1]} the vowels are {'a, y' if wanted == 'back' else 'e, i'}:"
        f" {match[1]}-{_turned(suffix, wanted)}",
        spot=match.span(),
    )


def _turned(suffix: str, wanted: Harmony) -> str:
    """Return the suffix with the other vowels; -daky becomes -däki."""
    if wanted == "front":
        return suffix.replace("dak", "däk").translate(TO_FRONT)
    return suffix.translate(TO_BACK)


def find_unjoined_suffixes(pair: Pair) -> Iterator[Problem]:
    """Report suffixes after digits or an acronym without a hyphen."""
    if pair.language.tag != "tk":
        return
    for match in UNJOINED.finditer(pair.target):
        yield Problem(
            message=f"a suffix without its hyphen: {match[0]}",
            hint="join it with a hyphen: 128-nji, ABŞ-nyň",
            spot=match.span(),
        )


TURKMEN_RULES: tuple[Rule, ...] = (
    Rule(
        code="tk-foreign-letter",
        family="letters",
        level=Level.ERROR,
        title="A letter that is not Turkmen",
        why=(
            "Turkish ı and ğ and the signs of old fonts ($, ¥, ñ) look like Turkmen letters,"
            " but no search finds the word. Names written so in the source may keep them."
        ),
        remedy="Type the Turkmen letter: y, g, ň, ş, ý or ž.",
        language="tk",
        right=("Erdoğan spoke.", "Erdoğan çykyş etdi."),
        wrong=("The law.", "Kanun\u0131ň."),
        runner=SentenceRunner(find_foreign_letters, tags=TURKMEN),
    ),
    Rule(
        code="tk-borrowed-letter",
        family="letters",
        level=Level.WARNING,
        title="A Turkmen word with c, q, v or x",
        why="The Turkmen alphabet does not have these letters; only foreign names do.",
        remedy="Write the word in Turkmen letters.",
        language="tk",
        right=("The victims.", "Pida çekenler."),
        wrong=("The victims.", "Pida cekenler."),
        runner=SentenceRunner(find_borrowed_letters, tags=TURKMEN),
    ),
    Rule(
        code="tk-no-diacritics",
        family="letters",
        level=Level.WARNING,
        title="Turkmen written without its own letters",
        why="In correct text at least one letter in fifty is ç, ä, ň, ö, ş, ü, ý or ž.",
        remedy="Write the text with the letters ç, ä, ň, ö, ş, ü, ý and ž.",
        language="tk",
        right=(
            "The government did not report identifying any victims of trafficking.",
            "Hökümet adam söwdasynyň pidalarynyň ýüze çykarylandygy barada maglumat bermedi.",
        ),
        wrong=(
            "The government did not report identifying any victims of trafficking.",
            "Hokumet adam sowdasynyn pidalarynyn yuze cykarylandygy barada maglumat bermedi.",
        ),
        runner=SentenceRunner(find_missing_diacritics, tags=TURKMEN),
    ),
    Rule(
        code="tk-apostrophe",
        family="typography",
        level=Level.WARNING,
        title="An apostrophe in a Turkmen word",
        why="Turkmen has no apostrophe; a hyphen joins a suffix to a name or an acronym.",
        remedy="Delete the apostrophe; after a name or an acronym write a hyphen.",
        language="tk",
        right=("The law of O'Neill.", "O'Neill-iň kanuny."),
        wrong=("The law of Turkey.", "Türkiýe'niň kanuny."),
        runner=SentenceRunner(find_apostrophes, tags=TURKMEN),
    ),
    Rule(
        code="tk-suffix",
        family="morphology",
        level=Level.ERROR,
        title="A suffix whose vowels do not fit the number",
        why=(
            "The suffix follows the number as it is spoken: back vowels after 6, 9, 10, 30, 40, 60,"
            " 90, zero and million, front vowels after all others."
        ),
        remedy="Write the suffix as the number is spoken: 6-njy, 7-nji.",
        language="tk",
        right=("Article 128 of 2010.", "2010-njy ýylyň 128-nji maddasy."),
        wrong=("Article 128.", "128-njy madda."),
        runner=SentenceRunner(compare_suffix_vowels, tags=TURKMEN),
    ),
    Rule(
        code="tk-suffix-joint",
        family="morphology",
        level=Level.WARNING,
        title="A suffix without its hyphen",
        why="Turkmen joins a suffix to digits and acronyms with a hyphen.",
        remedy="Join the suffix with a hyphen: 128-nji, ABŞ-nyň.",
        language="tk",
        right=("Article 8 of the U.S. law.", "ABŞ-nyň kanunynyň 8-nji maddasy."),
        wrong=("Article 8 of the U.S. law.", "ABŞnyň kanunynyň 8 nji maddasy."),
        runner=SentenceRunner(find_unjoined_suffixes, tags=TURKMEN),
    ),
)
