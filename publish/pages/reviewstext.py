"""The state of reviews as lines of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from publish.model import Entry
from publish.reading.locationwords import describe_location
from publish.reviews.ledger import ReviewRow
from publish.reviews.states import describe_sentence_count
from publish.reviews.verdicts import (
    ReviewFigures,
    ReviewState,
    Verdict,
    count_verdicts,
    find_unused_rows,
    needs_reviewer,
)
from publish.translation.reviewed import ReviewedTranslation, ReviewList
from publish.visible import make_visible, shorten

__all__ = ["render_decision_lines", "render_reviews_text", "shorten_visible"]

LONGEST = 92
"""How many code points of a sentence are shown on a line."""
MOST = 20
"""How many of the sentences decided on are named."""


def render_reviews_text(found: ReviewList) -> str:
    """Return each sentence with its state, place, doubts, texts and decision; then the counts.

    Texts with a doubt are shown in full, since a reader decides by them.
    """
    lines = [line for verdict in found.shown for line in _lines(verdict, found.past)]
    return "\n".join([*lines, *_summary(found.reviewed)])


def _lines(verdict: Verdict, past: Mapping[ReviewRow, Entry]) -> Iterable[str]:
    subject, row = verdict.subject, verdict.row
    place = make_visible(describe_location(subject.location))
    show = make_visible if subject.doubts else shorten_visible
    sure = "" if subject.sureness is None else f"  ({subject.sureness} % sure)"
    yield f"{verdict.state}  {place}{_decision(verdict)}{sure}"
    for doubt in subject.doubts:
        yield f"   doubt | {make_visible(doubt)}"
    if row in past and row is not None:
        old = past[row]
        if old.msgid != subject.source:
            yield f"   before | {shorten_visible(old.msgid)}"
        if old.msgstrs != subject.head.msgstrs:
            yield f"   before | {shorten_visible(old.msgstr)}"
    yield f"   | {show(subject.source)}"
    for text in subject.head.msgstrs:
        yield f"   | {show(text)}"


def _decision(verdict: Verdict) -> str:
    row = verdict.row
    if row is None:
        return ""
    reason = f": {make_visible(row.reason)}" if row.reason else ""
    earlier = " before" if verdict.state in {ReviewState.LAPSED, ReviewState.UNREVIEWED} else ""
    return f"  ({row.state}{earlier} by {row.reviewer} on {row.day}{reason})"


SIGNING = ("unsigned", "single", "forged")
"""Figures about signatures, which have lines of their own."""


def _list_counts(counts: ReviewFigures) -> Iterable[tuple[str, int]]:
    return (one for one in counts.by_name().items() if one[1] and one[0] not in SIGNING)


def _list_lacks(counts: ReviewFigures) -> Iterable[str]:
    if counts.unsigned:
        words = describe_sentence_count(counts.unsigned)
        yield f"{words} approved without a signature (publish review sign)"
    if counts.single:
        yield f"{describe_sentence_count(counts.single)} not approved by all who are needed"
    if counts.forged:
        rows = f"{counts.forged} row{'s' * (counts.forged != 1)}"
        yield f"{rows} of the ledger not signed as they should be (publish check)"


def _summary(found: ReviewedTranslation) -> Iterable[str]:
    counts = count_verdicts(found.verdicts, found.translation.ledger)
    parts = [f"{count} {name.replace('_', ' ')}" for name, count in _list_counts(counts)]
    waiting = sum(len(one.subject.entries) for one in found.verdicts if not one.subject.confirmed)
    translation = found.translation
    name = f"{translation.name} in {translation.language.tag}"
    yield f"{name}: {describe_sentence_count(counts.sentences)}: {', '.join(parts)}"
    yield from (f"{name}: {line}" for line in _list_lacks(counts))
    if waiting:
        yield f"{name}: {describe_sentence_count(waiting)} not translated or not confirmed yet"
    if imported := sum(one.subject.sureness is not None for one in found.verdicts):
        words = describe_sentence_count(imported)
        yield f"{name}: {words} imported (publish review accept SECTION)"
    if doubts := sum(bool(one.subject.doubts) for one in found.verdicts if needs_reviewer(one)):
        yield f"{name}: {describe_sentence_count(doubts)} with a doubt (publish review --doubts)"
    if history := len(list(find_unused_rows(translation.ledger, found.verdicts))):
        yield f"{name}: {history} rows of sentences that are gone (publish review prune)"


def render_decision_lines(
    file: str, taken: Sequence[Verdict], left: Iterable[tuple[Verdict, str]], verb: str
) -> tuple[str, ...]:
    """Return a line for each of the first sentences decided on, and a summary as the last line.

    `verb` is what was done with them, such as `approved`; `left` are those left out and why.
    """
    lines = [
        f"{verb}  {describe_location(one.subject.location)}: {shorten_visible(one.subject.source)}"
        for one in taken[:MOST]
    ]
    if len(taken) > MOST:
        lines.append(f"… and {len(taken) - MOST} more")
    counts = Counter(why for _, why in left)
    rest = ", ".join(f"{count} {why}" for why, count in counts.items())
    summary = f"{file}: {describe_sentence_count(len(taken))} {verb}"
    return (*lines, f"{summary}; left out: {rest}" if rest else summary)


def shorten_visible(text: str) -> str:
    """Return a text on one line, shortened to what fits."""
    return shorten(make_visible(text), LONGEST)
