"""Checks of Turkmen spelling that are sure: its letters, and suffixes after digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.checks.check import Check, Pair, Problem
from publish.checks.letters import word_around
from publish.languages.tk import Harmony, harmony
from publish.model import Level

__all__ = ["CHECKS"]

SMALL = "a-zçäňöşüýž"
CAPITALS = "A-ZÇÄŇÖŞÜÝŽ"
OWN_LETTERS = "çäňöşüýž"

FOREIGN = re.compile(
    "[ığİĞñÑỳỲÿŸţŢșȘțȚâÂîÎêÊ](?:(?<=\\w\\w)|(?=\\w))"  # beside another letter
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
"""A time of day goes by its minutes; a full hour is told in more than one way."""
TO_FRONT, TO_BACK = str.maketrans("yau", "ieü"), str.maketrans("ieüä", "yaua")

ENDINGS = "n[yi]ň|[dt][ae]n|[dt][ae]|n[yi]|l[ae]r[a-zäňüý]*|l[yi]k[a-zäňüý]*|d[aä]k[yi]"
UNJOINED = re.compile(
    rf"\d(?:[ \u00a0]?[–—][ \u00a0]?|[ \u00a0])?[uüyi]?nj[iy](?!\w)"
    rf"|\d(?:{ENDINGS}|[sn]?[yi]ň?)(?!\w)"
    rf"|(?<!\w)[{CAPITALS}]{{2,}}['’ʼ]?(?:{ENDINGS}|[yi]ň)(?!\w)"
    rf"|(?<!\w)[{CAPITALS}]{{2,}}[ \u00a0](?:n[yi]ň|n[yi])(?!\w)"
)


def foreign_letter(pair: Pair) -> Iterator[Problem]:
    """Turkish letters and those of old Turkmen fonts, outside of names from the source."""
    if pair.language.tag != "tk" or (pair.target.isascii() and "$" not in pair.target):
        return
    for match in FOREIGN.finditer(pair.target):
        if not _in_source(pair, match.start()):
            yield Problem(
                f"{match[0]} is no Turkmen letter",
                "type the Turkmen letter: y, g, ň, ş, ý or ž",
                match.span(),
            )


def _in_source(pair: Pair, at: int) -> bool:
    """Whether the word around an offset stands in the source as well: a name, an address."""
    start, end = word_around(pair.target, at)
    return pair.target[start:end] in pair.source


def borrowed_letter(pair: Pair) -> Iterator[Problem]:
    """Words in lower case with c, q, v or x, which Turkmen does not have."""
    if pair.language.tag != "tk":
        return
    for match in BORROWED.finditer(pair.target):
        if match[0] not in pair.source.lower():
            yield Problem(
                f"letters that Turkmen does not have: {match[0]}",
                "write the word in Turkmen letters; v is w",
                match.span(),
            )


def no_diacritics(pair: Pair) -> Iterator[Problem]:
    """Long texts nearly without the letters that only Turkmen typing gives."""
    text = pair.target
    if pair.language.tag != "tk" or len(text) < 60:
        return
    own = sum(map(text.lower().count, OWN_LETTERS))
    if own * 50 >= len(text):
        return
    letters = sum(map(str.isalpha, text))
    if letters >= 60 and own * 50 < letters:
        yield Problem(
            "hardly any of the letters ç ä ň ö ş ü ý ž",
            "write the text with its letters, not as on an English keyboard",
        )


def apostrophe(pair: Pair) -> Iterator[Problem]:
    """Apostrophes inside words that are not names from the source."""
    if pair.language.tag != "tk":
        return
    for match in APOSTROPHE.finditer(pair.target):
        left, _ = word_around(pair.target, match.start())
        _, right = word_around(pair.target, match.end() - 1)
        if _straight(pair.target[left:right]) not in _straight(pair.source):
            yield Problem(
                f"Turkmen has no apostrophe: {pair.target[left:right]}",
                "leave it out; after a name or an acronym write a hyphen",
                (left, right),
            )


def _straight(text: str) -> str:
    return re.sub("[’ʼ`´]", "'", text)


def suffix_harmony(pair: Pair) -> Iterator[Problem]:
    """Suffixes after digits with the vowels of another number than is spoken."""
    if pair.language.tag != "tk":
        return
    for pattern in (SUFFIX, RANGE_SUFFIX, TIME_SUFFIX):
        for match in pattern.finditer(pair.target):
            wanted = harmony(int(re.sub(r"\D", "", match[1])))
            found: Harmony = "back" if match["back"] else "front"
            if found != wanted:
                yield _harmony_problem(match, wanted)


def _harmony_problem(match: re.Match[str], wanted: Harmony) -> Problem:
    suffix = match[match.lastgroup or 0]
    return Problem(
        f"the suffix of {match[0]} has the vowels of another number",
        f"after {match[1]} the vowels are {'a, y' if wanted == 'back' else 'e, i'}:"
        f" {match[1]}-{_turned(suffix, wanted)}",
        match.span(),
    )


def _turned(suffix: str, wanted: Harmony) -> str:
    """The suffix with the other vowels; -daky turns to -däki."""
    if wanted == "front":
        return suffix.replace("dak", "däk").translate(TO_FRONT)
    return suffix.translate(TO_BACK)


def suffix_joint(pair: Pair) -> Iterator[Problem]:
    """Suffixes that do not follow digits or an acronym with a hyphen."""
    if pair.language.tag != "tk":
        return
    for match in UNJOINED.finditer(pair.target):
        yield Problem(
            f"a suffix without its hyphen: {match[0]}",
            "join it with a hyphen: 128-nji, ABŞ-nyň",
            match.span(),
        )


CHECKS: tuple[Check, ...] = (
    Check(
        code="tk-foreign-letter",
        family="letters",
        level=Level.ERROR,
        title="A letter that is not Turkmen",
        why=(
            "Turkish ı and ğ and the signs of old fonts ($, ¥, ñ) look like Turkmen letters,"
            " but no search finds the word. Names written so in the source may keep them."
        ),
        language="tk",
        right=("Erdoğan spoke.", "Erdoğan çykyş etdi."),
        wrong=("The law.", "Kanun\u0131ň."),
        run=foreign_letter,
    ),
    Check(
        code="tk-borrowed-letter",
        family="letters",
        level=Level.WARNING,
        title="A Turkmen word with c, q, v or x",
        why="The Turkmen alphabet does not have these letters; they stand in foreign names only.",
        language="tk",
        right=("The victims.", "Pida çekenler."),
        wrong=("The victims.", "Pida cekenler."),
        run=borrowed_letter,
    ),
    Check(
        code="tk-no-diacritics",
        family="letters",
        level=Level.WARNING,
        title="Turkmen without its letters",
        why="In good text at least one letter in fifty is ç, ä, ň, ö, ş, ü, ý or ž.",
        language="tk",
        right=(
            "The government did not report identifying any victims of trafficking.",
            "Hökümet adam söwdasynyň pidalarynyň ýüze çykarylandygy barada maglumat bermedi.",
        ),
        wrong=(
            "The government did not report identifying any victims of trafficking.",
            "Hokumet adam sowdasynyn pidalarynyn yuze cykarylandygy barada maglumat bermedi.",
        ),
        run=no_diacritics,
    ),
    Check(
        code="tk-apostrophe",
        family="typography",
        level=Level.WARNING,
        title="An apostrophe in a Turkmen word",
        why="Turkmen writes none; a suffix follows a name or an acronym with a hyphen.",
        language="tk",
        right=("The law of O'Neill.", "O'Neill-iň kanuny."),
        wrong=("The law of Turkey.", "Türkiýe'niň kanuny."),
        run=apostrophe,
    ),
    Check(
        code="tk-suffix",
        family="morphology",
        level=Level.ERROR,
        title="A suffix with the vowels of another number",
        why=(
            "The suffix follows the number as it is spoken: back vowels after 6, 9, 10, 30, 40, 60,"
            " 90, zero and million, front vowels after all others."
        ),
        language="tk",
        right=("Article 128 of 2010.", "2010-njy ýylyň 128-nji maddasy."),
        wrong=("Article 128.", "128-njy madda."),
        run=suffix_harmony,
    ),
    Check(
        code="tk-suffix-joint",
        family="morphology",
        level=Level.WARNING,
        title="A suffix without its hyphen",
        why="Turkmen joins a suffix to digits and acronyms with a hyphen.",
        language="tk",
        right=("Article 8 of the U.S. law.", "ABŞ-nyň kanunynyň 8-nji maddasy."),
        wrong=("Article 8 of the U.S. law.", "ABŞnyň kanunynyň 8 nji maddasy."),
        run=suffix_joint,
    ),
)
