"""Rules of `{joined}`, which marks a sentence that the translation before it includes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from publish.checks.findings import report_at_entry
from publish.checks.rule import DOCUMENT_KINDS, CatalogRunner, Rule
from publish.checks.views import CatalogView
from publish.model import JOINED, Finding, Level

__all__ = ["JOINING_RULES"]


def check_unjoined(view: CatalogView) -> Iterator[Finding]:
    """Yield an error at each `{joined}` in the catalog of the source's own language."""
    for entry in view.active.values():
        if entry.joined:
            yield report_at_entry(
                entry,
                "joined-source",
                f"{JOINED} has no meaning in the catalog of the source's own language",
                "write the sentence as it should read, or leave it empty",
            )


def check_joined(view: CatalogView) -> Iterator[Finding]:
    """Yield errors where a joined sentence is the first of a paragraph or occurs repeatedly.

    Codes: `joined-first`, `joined-shared`.
    """
    joined = {key: entry for key, entry in view.active.items() if entry.joined}
    if not joined or view.source is None:
        return
    times = Counter(sentence.key for sentence in view.source.every)
    heads = {text.sentences[0].key for text in view.source.texts if text.sentences}
    for key, entry in sorted(joined.items(), key=lambda item: item[1].span.first):
        if key in heads:
            yield report_at_entry(
                entry,
                "joined-first",
                f"{JOINED} at the start of a paragraph has no sentence before it",
                "translate this sentence",
            )
        elif times[key] > 1:
            yield report_at_entry(
                entry,
                "joined-shared",
                f"{JOINED} in a sentence that occurs {times[key]} times",
                "translate this sentence",
            )


JOINED_ONES = CatalogRunner(check_joined, alone=True)

JOINING_RULES: tuple[Rule, ...] = (
    Rule(
        code="joined-first",
        family="structure",
        level=Level.ERROR,
        title=f"{JOINED} at the start of a paragraph",
        why=f"{JOINED} means that the translation of the sentence before includes this one, but "
        "here there is no sentence before.",
        remedy="Translate this sentence.",
        language="ru",
        right=("The first sentence of a paragraph.", "Первое предложение абзаца."),
        wrong=("The first sentence of a paragraph.", JOINED),
        kinds=DOCUMENT_KINDS,
        runner=JOINED_ONES,
    ),
    Rule(
        code="joined-shared",
        family="structure",
        level=Level.ERROR,
        title=f"{JOINED} in a sentence that occurs more than once",
        why="All its occurrences share one entry, but the sentence before differs each time.",
        remedy="Translate this sentence.",
        language="ru",
        right=("It was closed.", "Его закрыли."),
        wrong=("It was closed.", JOINED),
        kinds=DOCUMENT_KINDS,
        runner=JOINED_ONES,
    ),
    Rule(
        code="joined-source",
        family="structure",
        level=Level.ERROR,
        title=f"{JOINED} in a correction of the source",
        why="The catalog of the source's own language corrects each sentence in its own place.",
        remedy="Write the sentence, or leave the entry empty.",
        language="en",
        right=("It were closed.", "It was closed."),
        wrong=("It were closed.", JOINED),
        kinds=frozenset(("source",)),
        runner=CatalogRunner(check_unjoined, alone=True),
    ),
)
