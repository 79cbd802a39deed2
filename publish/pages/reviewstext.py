"""The state of reviews as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from publish.model import Entry
from publish.reading.placewords import describe_location
from publish.reviews.ledger import ReviewRow
from publish.reviews.states import counted
from publish.reviews.verdicts import ReviewState, Verdict, figures, forgotten
from publish.translation.reviewed import Reviewed, ReviewList
from publish.visible import shorten, visible

__all__ = ["reviews_text", "short"]

LONGEST = 92
"""How many code points of a sentence are shown on a line."""


def reviews_text(found: ReviewList) -> str:
    """Return each sentence with its state, place, texts and decision; then the counts."""
    lines = [line for verdict in found.shown for line in _lines(verdict, found.past)]
    return "\n".join([*lines, *_summary(found.reviewed)])


def _lines(verdict: Verdict, past: Mapping[ReviewRow, Entry]) -> Iterable[str]:
    subject, row = verdict.subject, verdict.row
    yield f"{verdict.state}  {visible(describe_location(subject.location))}{_decision(verdict)}"
    if row in past and row is not None:
        old = past[row]
        if old.msgid != subject.source:
            yield f"   before | {short(old.msgid)}"
        if old.msgstrs != subject.head.msgstrs:
            yield f"   before | {short(old.msgstr)}"
    yield f"   | {short(subject.source)}"
    for text in subject.head.msgstrs:
        yield f"   | {short(text)}"


def _decision(verdict: Verdict) -> str:
    row = verdict.row
    if row is None:
        return ""
    reason = f": {visible(row.reason)}" if row.reason else ""
    earlier = " before" if verdict.state in {ReviewState.LAPSED, ReviewState.UNREVIEWED} else ""
    return f"  ({row.state}{earlier} by {row.reviewer} on {row.day}{reason})"


def _summary(found: Reviewed) -> Iterable[str]:
    counts = figures(found.verdicts)
    parts = [f"{count} {name.replace('_', ' ')}" for name, count in asdict(counts).items() if count]
    waiting = sum(len(one.subject.entries) for one in found.verdicts if not one.subject.confirmed)
    translation = found.translation
    name = f"{translation.name} in {translation.language.tag}"
    yield f"{name}: {counted(counts.sentences)}: {', '.join(parts)}"
    if waiting:
        yield f"{name}: {counted(waiting)} not translated or not confirmed yet"
    if history := len(list(forgotten(translation.ledger, found.verdicts))):
        yield f"{name}: {history} rows of sentences that are gone (publish review prune)"


def short(text: str) -> str:
    """Return a text on one line, shortened to what fits."""
    return shorten(visible(text), LONGEST)
