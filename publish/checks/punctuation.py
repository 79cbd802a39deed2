"""Rules of punctuation: final marks, and spaces before commas and full stops."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.checks.rule import Pair, Problem, Rule, SentenceRunner
from publish.languages.finalmarks import (
    CLOSERS,
    COLON,
    EXCLAMATION,
    NO_MARK,
    QUESTION,
    QUOTES,
    STOP,
    find_final_kinds,
    find_quoted_kinds,
)
from publish.model import Level

__all__ = ["PUNCTUATION_RULES"]

CUT = (",", ";", "-", "–", "—", "،", "؛", "、", "，", "；")
SHORTENED = re.compile(r"(?:^|[\s.])[^\W\d_]{1,3}\.$")
BODY = frozenset({"paragraph"})
COMBINING = (
    "\u0591-\u05c7\u064b-\u0652\u0900-\u0963\u0980-\u0dff\u0e31-\u0e4e\u0f71-\u0fbc\u102b-\u103e"
    "\u17b4-\u17d3"
)
"""Vowel signs and other marks that end a word as letters do."""
COMMAS = ",.،؛۔、。，．։"
SPACE_BEFORE = re.compile(
    rf"[ \u00a0\u202f](?<=[\w{COMBINING}].)[ \u00a0\u202f]*[{COMMAS}](?![.\w])"
)


def compare_final_marks(pair: Pair) -> Iterator[Problem]:
    """Report sentences of running text whose final mark differs from the source's."""
    if pair.entry.extracted and not BODY.intersection(pair.entry.extracted):
        return
    if _ends_plainly(pair.source) and _ends_plainly(pair.target):
        return
    wanted, found = find_final_kinds(pair.source), find_final_kinds(pair.target)
    if wanted is found or not _plain(wanted).isdisjoint(_plain(found)):
        return
    if NO_MARK in wanted and SHORTENED.search(pair.target):
        return  # The stop is that of an abbreviation: EE. UU.
    if QUESTION not in wanted and pair.source.rstrip(CLOSERS)[-1:] in CUT:
        return  # The source's own sentence is cut short.
    if NO_MARK not in found and (
        _quotes_its_end(pair.source, wanted, pair.target)
        or _quotes_its_end(pair.target, found, pair.source)
    ):
        return
    end = len(pair.target)
    yield Problem(
        message=f"the source ends with {_name(wanted)}, the translation with {_name(found)}",
        hint="end the sentence as in the source",
        spot=(max(0, end - 1), end),
    )


def _ends_plainly(text: str) -> bool:
    """Return whether a text ends with a full stop after a letter or digit, as most texts do."""
    return text[-1:] == "." and text[-2:-1].isalnum()


def _plain(kinds: frozenset[str]) -> frozenset[str]:
    """Return kinds without exclamation marks, which other languages set where one has a stop."""
    return kinds if EXCLAMATION not in kinds else (kinds - {EXCLAMATION}) | {STOP}


def _quotes_its_end(text: str, kinds: frozenset[str], other: str) -> bool:
    """Return whether a text ends with a quotation whose mark stands inside the other text.

    Many languages put the verb last: “Who pays?” is what she asked.
    """
    return text.rstrip()[-1:] in QUOTES and not kinds.isdisjoint(find_quoted_kinds(other))


def _name(kinds: frozenset[str]) -> str:
    """Return the first of a few kinds, in the order of their names, for a message."""
    return min(kinds, key=(QUESTION, NO_MARK, STOP, EXCLAMATION, COLON).index)


def find_spaces_before(pair: Pair) -> Iterator[Problem]:
    """Report spaces before a comma or a full stop."""
    for match in SPACE_BEFORE.finditer(pair.target):
        yield Problem(
            message="a space before a comma or a full stop", hint="delete it", spot=match.span()
        )


PUNCTUATION_RULES: tuple[Rule, ...] = (
    Rule(
        code="final-punctuation",
        family="typography",
        level=Level.WARNING,
        title="The sentence does not end like its source",
        why="A lost question mark changes the meaning; a lost full stop often hides a lost half.",
        remedy="End the sentence with the same mark as the source.",
        language="ru",
        right=("Did it report?", "Сообщило ли оно?"),
        wrong=("Did it report?", "Оно сообщило."),
        runner=SentenceRunner(compare_final_marks),
    ),
    Rule(
        code="space-before-comma",
        family="typography",
        level=Level.ADVICE,
        title="A space before a comma or a full stop",
        why="There is none in Russian, Turkmen or English.",
        remedy="Delete the space.",
        language="tk",
        right=("Yes, it did.", "Hawa, etdi."),
        wrong=("Yes, it did.", "Hawa , etdi."),
        runner=SentenceRunner(find_spaces_before),
    ),
)
