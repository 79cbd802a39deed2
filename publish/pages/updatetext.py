"""What an update did to a catalog, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from publish.catalogs.comparing import MeaningChanges
from publish.catalogs.updating import UpdateSummary
from publish.visible import shorten

__all__ = ["describe_meaning", "render_update_text"]

WORDS = (
    ("kept", "kept"),
    ("retyped", "kept, typography or a correction"),
    ("reworded", "reworded (fuzzy)"),
    ("split", "split in two (fuzzy)"),
    ("merged", "joined from two (fuzzy)"),
    ("recalled", "from the memory"),
    ("revived", "back"),
    ("added", "new"),
    ("retired", "obsolete"),
    ("dropped", "gone"),
)
"""The counts of a summary, in the order in which they are listed, with their words."""


def render_update_text(file: str, summary: UpdateSummary, origin: str = "") -> str:
    """Return the counts of an update, then each sentence whose meaning may have changed.

    `origin` is the document whose catalog this one was begun with.
    """
    begun = [f"{file}: begun with the translations of {origin}.po"] if origin else []
    return "\n".join([*begun, f"{file}: {_counts(summary)}", *_notices(summary)])


def _counts(summary: UpdateSummary) -> str:
    parts = [f"{count} {word}" for name, word in WORDS if (count := getattr(summary, name))]
    if len(parts) == 1 and summary.kept:
        return f"up to date, {summary.kept} sentences"
    return ", ".join(parts)


def _notices(summary: UpdateSummary) -> Iterator[str]:
    for entry, meaning in summary.notices:
        yield f"  check: {describe_meaning(meaning)} in: {shorten(entry.msgid, 70)}"
    for entry, _ in summary.others:
        yield f"  compare: another text is kept under #~ for: {shorten(entry.msgid, 70)}"


def describe_meaning(meaning: MeaningChanges) -> str:
    """Return what a new wording lost and gained, such as `37 → 38` or `nothing → not`."""
    lost = (*meaning.lost_numbers, *meaning.lost_negations)
    gained = (*meaning.gained_numbers, *meaning.gained_negations)
    return f"{' '.join(lost) or 'nothing'} → {' '.join(gained) or 'nothing'}"
