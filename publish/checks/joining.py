"""Checks of `{joined}`: a sentence told in the translation of the one before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from publish.checks.check import Check, Pair, Problem
from publish.checks.structure import finding
from publish.model import JOINED, Entry, Finding, Key, Level
from publish.reading.source import Source

__all__ = ["JOINING", "check_joined", "check_unjoined", "seen_in_whole"]


def check_unjoined(entries: Mapping[Key, Entry]) -> Iterator[Finding]:
    """An error where a correction of the source says that it is told elsewhere: `joined-source`."""
    for entry in entries.values():
        if entry.joined:
            yield finding(
                entry,
                "joined-source",
                f"{JOINED} has no meaning in the catalog of the source's own language",
                "write the sentence as it should read, or leave it empty",
            )


def check_joined(source: Source, entries: Mapping[Key, Entry]) -> Iterator[Finding]:
    """Yield errors where nothing stands before a joined sentence, or it occurs more than once.

    Codes: `joined-first`, `joined-shared`.
    """
    joined = {key for key, entry in entries.items() if entry.joined}
    if not joined:
        return
    times = Counter(sentence.key for sentence in source.every)
    heads = {text.sentences[0].key for text in source.texts if text.sentences}
    for key in sorted(joined, key=lambda key: entries[key].span.first):
        if key in heads:
            yield finding(
                entries[key],
                "joined-first",
                f"{JOINED} at the start of a paragraph has no sentence before it",
                "translate this sentence",
            )
        elif times[key] > 1:
            yield finding(
                entries[key],
                "joined-shared",
                f"{JOINED} in a sentence that stands at {times[key]} places",
                "translate this sentence",
            )


# --------------------------------------------------------------------------- rows of the table


def seen_in_whole(pair: Pair) -> Iterator[Problem]:
    """Nothing: one sentence does not show this; the engine looks at the whole catalog."""
    return iter(())


JOINING: tuple[Check, ...] = (
    Check(
        code="joined-first",
        family="structure",
        level=Level.ERROR,
        title=f"{JOINED} at the start of a paragraph",
        why=f"{JOINED} says that the translation of the sentence before tells this one too, and "
        "here there is none before.",
        language="ru",
        right=("The first sentence of a paragraph.", "Первое предложение абзаца."),
        wrong=("The first sentence of a paragraph.", JOINED),
        run=seen_in_whole,
    ),
    Check(
        code="joined-shared",
        family="structure",
        level=Level.ERROR,
        title=f"{JOINED} in a sentence that occurs more than once",
        why="All its places share one entry, and the sentence before is another one at each.",
        language="ru",
        right=("It was closed.", "Его закрыли."),
        wrong=("It was closed.", JOINED),
        run=seen_in_whole,
    ),
    Check(
        code="joined-source",
        family="structure",
        level=Level.ERROR,
        title=f"{JOINED} in a correction of the source",
        why="The catalog of the source's own language corrects sentences where they stand.",
        language="en",
        right=("It were closed.", "It was closed."),
        wrong=("It were closed.", JOINED),
        run=seen_in_whole,
    ),
)
