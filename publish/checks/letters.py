"""Rules of letters: other scripts, look-alikes and invisible characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.checks.othertongue import find_other_tongue
from publish.checks.rule import Pair, Problem, Rule, SentenceRunner
from publish.model import Level
from publish.visible import DIRECTION_MARKS, HIDDEN, JOINERS

__all__ = ["LETTER_RULES", "find_word"]

LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
CYRILLIC = "\u0400-\u0481\u048a-\u052f"

# A pattern that begins with one class of characters is found fastest.  Conditions on what comes
# before are therefore written as a lookbehind after that class.
MIXED = re.compile(rf"[{LATIN}][\u0300-\u036f]?[{CYRILLIC}]|[{CYRILLIC}][\u0300-\u036f]?[{LATIN}]")
LATIN_LETTER = re.compile(f"[{LATIN}]")
CYRILLIC_LETTER = re.compile(f"[{CYRILLIC}]")
LATIN_WORD = re.compile(rf"[{LATIN}]+")
CYRILLIC_WORD = re.compile(rf"[{CYRILLIC}]+")
LONELY = re.compile(r"[aceopxyABCEHKMOPTX](?<![\w'’.+&-].)(?![\w'’+&-])")
BEFORE_LATIN = re.compile(rf"[{LATIN}][^\w]{{0,3}}$")
AFTER_LATIN = re.compile(rf"[^\w]{{0,3}}[{LATIN}]")
UNSPACED = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1980-\u19ff\u1a20-\u1aaf\ua980-\ua9ff\uaa60-\uaadf"
)
"""Scripts without spaces, which have U+200B between words: Thai, Lao, Tibetan, Burmese, Khmer."""
UNSEEN = re.compile(
    rf"[{HIDDEN}](?:(?<![{JOINERS}])"  # joiners belong to other scripts than these
    rf"(?:(?<!\u200b)|(?<![{UNSPACED}].)(?![{UNSPACED}]))"
    rf"|(?<=[{LATIN}{CYRILLIC}].)|(?=[{LATIN}{CYRILLIC}]))"
)
MARK = re.compile(f"[{DIRECTION_MARKS}]")
BAD = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff\ufdd0-\ufdef\ufffe\uffff]")
ODD = re.compile("[\ufffd\U000e0080-\U000e0fff]")
"""Characters of UNSEEN and BAD that Python takes for printable."""
LETTER_RUNS = re.compile(r"[^\W\d_]+")

SCRIPTS = {
    "ru": (CYRILLIC_WORD, re.compile(rf"[^\W\d_{CYRILLIC}]")),
    "tk": (LATIN_WORD, re.compile(rf"[^\W\d_{LATIN}]")),
}
"""By tag: words in the script of the language, and letters of any other script."""

LETTERS_MIN = 12
"""In a text with fewer letters, a name or an acronym is easily half of them."""


def find_mixed_scripts(pair: Pair) -> Iterator[Problem]:
    """Report words with Latin and Cyrillic letters side by side."""
    if not (LATIN_LETTER.search(pair.target) and CYRILLIC_LETTER.search(pair.target)):
        return
    end = 0
    for match in MIXED.finditer(pair.target):
        if match.start() < end:
            continue
        start, end = find_word(pair.target, match.start())
        yield Problem(
            message=f"Latin and Cyrillic letters in one word: {pair.target[start:end]}",
            hint="type the word again; join a Latin name and a Russian ending with a hyphen",
            spot=(start, end),
        )


def find_word(text: str, at: int) -> tuple[int, int]:
    """Return the bounds of the letters and digits around an offset, at most 60 to each side."""
    start, end = at, at
    while start > max(0, at - 60) and text[start - 1].isalnum():
        start -= 1
    while end < min(len(text), at + 60) and text[end].isalnum():
        end += 1
    return start, max(end, at + 1)


def find_lonely_latin(pair: Pair) -> Iterator[Problem]:
    """Report single Latin letters that look Cyrillic, outside of names in Latin letters."""
    if pair.language.tag != "ru":
        return
    for match in LONELY.finditer(pair.target):
        letter, start, end = match[0], match.start(), match.end()
        if letter.isupper() and re.search(rf"\b{letter}\b", pair.source):
            continue
        near = pair.target[max(0, start - 4) : start]
        if not (BEFORE_LATIN.search(near) or AFTER_LATIN.match(pair.target, end)):
            yield Problem(
                message=f"a Latin {letter} among Cyrillic words",
                hint="type the Russian letter",
                spot=(start, end),
            )


def has_odd_characters(pair: Pair) -> bool:
    """Return whether a quick look finds what may be invisible or lost in a translation."""
    return not pair.target.isprintable() or ODD.search(pair.target) is not None


def find_invisible(pair: Pair) -> Iterator[Problem]:
    """Report characters without width: no search finds a word that contains one."""
    if pair.target.isascii():
        return
    for match in UNSEEN.finditer(pair.target):
        yield _unseen(match)
    if pair.language.direction == "ltr":
        for match in MARK.finditer(pair.target):
            yield _unseen(match)


def _unseen(match: re.Match[str]) -> Problem:
    return Problem(
        message=f"an invisible character: U+{ord(match[0]):04X}",
        hint="delete it",
        spot=match.span(),
    )


def find_bad_characters(pair: Pair) -> Iterator[Problem]:
    """Report U+FFFD, private-use characters and noncharacters."""
    for match in BAD.finditer(pair.target):
        yield Problem(
            message=f"a character lost in conversion: U+{ord(match[0]):04X}",
            hint="type the letter that was meant",
            spot=match.span(),
        )


def find_other_script(pair: Pair) -> Iterator[Problem]:
    """Report texts with more than half of their letters in another script.

    Those that are in another language as a whole are reported as that.
    """
    script = SCRIPTS.get(pair.language.tag)
    if script is None or len(pair.target) < LETTERS_MIN:
        return
    own_words, foreign = script
    if not foreign.search(pair.target):
        return
    own = sum(map(len, own_words.findall(pair.target)))
    if 2 * own >= len(pair.target):
        return
    total = sum(map(len, LETTER_RUNS.findall(pair.target)))
    if total < LETTERS_MIN or 2 * own >= total:
        return
    if find_other_tongue(pair.target, pair.source, pair.language) is None:
        yield Problem(
            message="most letters do not belong to the script of this language",
            hint="translate the words, or write the names in its letters",
        )


LETTER_RULES: tuple[Rule, ...] = (
    Rule(
        code="mixed-scripts",
        family="letters",
        level=Level.ERROR,
        title="Latin and Cyrillic letters in one word",
        why=(
            "The letters look alike, but no search finds the word, and it is read aloud wrongly."
            " A Latin name and its ending are joined with a hyphen."
        ),
        remedy="Type the word again.",
        language="ru",
        right=("IT firms.", "IT-компании."),
        wrong=("The report.", "\u0414окл\u0061д."),
        runner=SentenceRunner(find_mixed_scripts),
    ),
    Rule(
        code="latin-letter",
        family="letters",
        level=Level.WARNING,
        title="A single Latin letter that looks Cyrillic",
        why="On two keyboards the preposition “с” is easily typed as a Latin c.",
        remedy="Type the Russian letter.",
        language="ru",
        right=("Vitamin C and rice.", "Витамин C с рисом."),
        wrong=("With the state.", "\u0063 государством."),
        runner=SentenceRunner(find_lonely_latin, tags=frozenset(("ru",))),
    ),
    Rule(
        code="invisible-character",
        family="letters",
        level=Level.ADVICE,
        title="An invisible character",
        why="It comes with pasted text; no search finds a word that contains it.",
        remedy="Delete it.",
        language="tk",
        right=("Forced labor.", "Mejbury zähmet."),
        wrong=("Forced labor.", "Mejbury zäh\u200bmet."),
        runner=SentenceRunner(find_invisible, has_odd_characters),
    ),
    Rule(
        code="bad-character",
        family="letters",
        level=Level.ERROR,
        title="A character lost in conversion",
        why="U+FFFD and characters for private use show as an empty box where a letter was.",
        remedy="Type the letter that was meant.",
        language="tk",
        right=("Article 8.", "8-nji madda."),
        wrong=("Article 8.", "8-nji ma\ufffdda."),
        runner=SentenceRunner(find_bad_characters, has_odd_characters),
    ),
    Rule(
        code="untranslated-script",
        family="letters",
        level=Level.WARNING,
        title="Most letters belong to another script",
        why="A sentence that is not in the script of its language was not translated.",
        remedy="Translate the words, or write names in your language's letters.",
        language="ru",
        right=("Radio Free Europe/Radio Liberty", "Радио «Свободная Европа»/«Свобода»"),
        wrong=("The government did not report.", "The government не сообщило."),
        runner=SentenceRunner(find_other_script, tags=frozenset(SCRIPTS)),
    ),
)
