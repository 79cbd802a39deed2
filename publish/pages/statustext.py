"""How far translations are, as a table of text."""

from __future__ import annotations

from collections.abc import Iterable

from publish.building.documentstatus import DocumentStatus, Lag, StatusRow
from publish.catalogs.statistics import Count, Statistics
from publish.model import Coverage
from publish.reviews.verdicts import ReviewFigures

__all__ = ["render_status_text"]

HEADER = (
    "document",
    "language",
    "translated",
    "fuzzy",
    "untranslated",
    "edition shows",
    "state",
    "reviews",
    "stale",
)


def render_status_text(rows: Iterable[StatusRow], *, bars: bool) -> str:
    """Return rows of the status as columns; a column that would be empty is left out.

    Entries are counted with their words; `edition shows` counts words of the edition, with a bar
    if `bars` is set.
    """
    lines = [HEADER, *(_cells(row, bars=bars) for row in rows)]
    used = [column for column in range(len(HEADER)) if any(line[column] for line in lines[1:])]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADER))]
    return "\n".join(
        "  ".join(line[column].ljust(widths[column]) for column in used).rstrip() for line in lines
    )


def _cells(row: StatusRow, *, bars: bool) -> tuple[str, ...]:
    if row.standing is None:
        empty = len(HEADER) - 3
        return row.document, row.language, "cannot be read", *("" for _ in range(empty))
    return _standing_cells(row.standing, bars=bars)


def _standing_cells(row: DocumentStatus, *, bars: bool) -> tuple[str, ...]:
    figures = row.catalog or Statistics()
    return (
        row.document,
        row.language,
        *(
            _count(count) if row.catalog else "-"
            for count in (figures.translated, figures.fuzzy, figures.untranslated)
        ),
        _shown(row.coverage, bars=bars),
        row.state or "",
        _reviews(row.review),
        _lag(row.stale),
    )


def _count(count: Count) -> str:
    return f"{count.entries} ({count.words} words)" if count.entries else "0"


def _shown(coverage: Coverage, *, bars: bool) -> str:
    words = f"{coverage.percent:>3}%  {coverage.translated} of {coverage.words} words"
    full = coverage.percent // 5
    return f"{'█' * full}{'░' * (20 - full)} {words}" if bars else words


def _reviews(review: ReviewFigures | None) -> str:
    """Return how many sentences have each decision; those without one are left out."""
    counts = review.by_name() if review else {}
    counts.pop("unreviewed", None)
    parts = [f"{count} {name.replace('_', ' ')}" for name, count in counts.items() if count]
    return ", ".join(parts) or ("-" if review else "")


def _lag(lag: Lag | None) -> str:
    if lag is None:
        return ""
    since = f" since {lag.since} of {lag.day}" if lag.since else ""
    return f"{lag.sentences} sentence{'s' * (lag.sentences != 1)}{since}"
