"""Checks of letters: other scripts, look-alikes and characters nobody sees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.checks.rule import Pair, Problem, Rule, SentenceRunner
from publish.model import Level
from publish.visible import DIRECTION_MARKS, HIDDEN, JOINERS

__all__ = ["LETTER_RULES", "find_word"]

LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
CYRILLIC = "\u0400-\u0481\u048a-\u052f"

# A pattern that begins with one class of characters is searched for fastest; where more has to
# stand before, a look back follows that class.
MIXED = re.compile(rf"[{LATIN}][\u0300-\u036f]?[{CYRILLIC}]|[{CYRILLIC}][\u0300-\u036f]?[{LATIN}]")
LATIN_LETTER = re.compile(f"[{LATIN}]")
CYRILLIC_LETTER = re.compile(f"[{CYRILLIC}]")
LATIN_WORD = re.compile(rf"[{LATIN}]+")
CYRILLIC_WORD = re.compile(rf"[{CYRILLIC}]+")
LONELY = re.compile(r"[aceopxyABCEHKMOPTX](?<![\w'’.+&-].)(?![\w'’+&-])")
BEFORE_LATIN = re.compile(rf"[{LATIN}][^\w]{{0,3}}$")
AFTER_LATIN = re.compile(rf"[^\w]{{0,3}}[{LATIN}]")
UNSEEN = re.compile(
    rf"[{HIDDEN}](?:(?<![{JOINERS}])"  # joiners belong to other scripts than these
    rf"|(?<=[{LATIN}{CYRILLIC}].)|(?=[{LATIN}{CYRILLIC}]))"
)
MARK = re.compile(f"[{DIRECTION_MARKS}]")
BAD = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff\ufdd0-\ufdef\ufffe\uffff]")
LETTER_RUNS = re.compile(r"[^\W\d_]+")

SCRIPTS = {
    "ru": (CYRILLIC_WORD, re.compile(rf"[^\W\d_{CYRILLIC}]")),
    "tk": (LATIN_WORD, re.compile(rf"[^\W\d_{LATIN}]")),
}
"""Words in the script of the languages that have only one, by tag, and letters of all others."""

LETTERS_MIN = 12
"""In a shorter text a name or an acronym is easily half of the letters."""


def find_mixed_scripts(pair: Pair) -> Iterator[Problem]:
    """Report words that hold Latin and Cyrillic letters side by side."""
    if not (LATIN_LETTER.search(pair.target) and CYRILLIC_LETTER.search(pair.target)):
        return
    end = 0
    for match in MIXED.finditer(pair.target):
        if match.start() < end:
            continue
        start, end = find_word(pair.target, match.start())
        yield Problem(
            message=f"Latin and Cyrillic letters in one word: {pair.target[start:end]}",
            hint="type the word anew; join a Latin name and a Russian ending by a hyphen",
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


def find_invisible(pair: Pair) -> Iterator[Problem]:
    """Report characters without width: pasted, never seen, and words with them are not found."""
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
    """Report characters that stand for one lost in conversion, or that only one font knows."""
    for match in BAD.finditer(pair.target):
        yield Problem(
            message=f"no character of any script: U+{ord(match[0]):04X}",
            hint="type the letter that was meant",
            spot=match.span(),
        )


def find_other_script(pair: Pair) -> Iterator[Problem]:
    """Report texts of which more than half of the letters are of another script."""
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
    if total >= LETTERS_MIN and 2 * own < total:
        yield Problem(
            message="most of the letters are not of this language's script",
            hint="translate the words, or write the names in its letters",
        )


LETTER_RULES: tuple[Rule, ...] = (
    Rule(
        code="mixed-scripts",
        family="letters",
        level=Level.ERROR,
        title="Latin and Cyrillic letters in one word",
        why=(
            "The letters look alike, but the word is found by no search and read aloud wrongly."
            " A Latin name and its ending are joined by a hyphen."
        ),
        remedy="Type the word anew.",
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
        runner=SentenceRunner(find_lonely_latin),
    ),
    Rule(
        code="invisible-character",
        family="letters",
        level=Level.ADVICE,
        title="A character without width",
        why="It comes with pasted text; a word that holds it is not found by any search.",
        remedy="Delete it.",
        language="tk",
        right=("Forced labor.", "Mejbury zähmet."),
        wrong=("Forced labor.", "Mejbury zäh\u200bmet."),
        runner=SentenceRunner(find_invisible),
    ),
    Rule(
        code="bad-character",
        family="letters",
        level=Level.ERROR,
        title="A character lost in conversion",
        why="U+FFFD and the private use area show an empty box where a letter was.",
        remedy="Type the letter that was meant.",
        language="tk",
        right=("Article 8.", "8-nji madda."),
        wrong=("Article 8.", "8-nji ma\ufffdda."),
        runner=SentenceRunner(find_bad_characters),
    ),
    Rule(
        code="untranslated-script",
        family="letters",
        level=Level.WARNING,
        title="Most letters are of another script",
        why="A sentence in another script than its language's was not translated.",
        remedy="Translate the words, or write names in your language's letters.",
        language="ru",
        right=("Radio Free Europe/Radio Liberty", "Радио «Свободная Европа»/«Свобода»"),
        wrong=("The government did not report.", "The government не сообщило."),
        runner=SentenceRunner(find_other_script),
    ),
)
