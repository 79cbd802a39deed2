"""Rules of punctuation: final marks, and spaces before commas and full stops."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.checks.rule import Pair, Problem, Rule, SentenceRunner
from publish.model import Level

__all__ = ["PUNCTUATION_RULES"]

CLOSERS = " \u00a0\n»”“\"’')]*_"
FINAL = {".": "a full stop", "…": "a full stop", "?": "a question mark", "!": "an exclamation mark"}
FINAL |= {":": "a colon"}
BODY = frozenset({"paragraph"})
SPACE_BEFORE = re.compile(r"[ \u00a0\u202f](?<=\w.)[ \u00a0\u202f]*[,.](?![.\w])")


def compare_final_marks(pair: Pair) -> Iterator[Problem]:
    """Report sentences of running text whose final mark differs from the source's."""
    if pair.entry.extracted and not BODY.intersection(pair.entry.extracted):
        return
    if pair.source.rstrip(CLOSERS)[-1:] in (",", ";", "-", "–", "—"):
        return  # The source's own sentence is cut short.
    wanted, found = _final(pair.source), _final(pair.target)
    if wanted == found or {wanted, found} == {FINAL["."], FINAL["!"]}:
        return
    end = len(pair.target)
    yield Problem(
        message=f"the source ends with {wanted}, the translation with {found}",
        hint="end the sentence as in the source",
        spot=(max(0, end - 1), end),
    )


def _final(text: str) -> str:
    """Return the name of a text's final mark, before any closing quotes and brackets."""
    bare = text.rstrip(CLOSERS)
    if bare[-1:] == ".":  # A question may be quoted at the end: «Кто?».
        quoted = bare[:-1].rstrip(CLOSERS)
        bare = quoted if quoted[-1:] in ("?", "!", "…") else bare
    return FINAL.get(bare[-1:], "no mark")


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
