"""`publish status`: for each language the catalog's figures and what its editions show."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from publish.actions.status import StatusRow, read_status
from publish.building.standing import Lag, Standing
from publish.catalogs.statistics import Count, Statistics
from publish.cli.options import add_documents, add_language, add_workspace, opened
from publish.cli.printing import note, print_error
from publish.model import Coverage
from publish.reviews.verdicts import Figures
from publish.translation.loading import Loader

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_documents(parser)
    add_language(parser)
    parser.add_argument("--json", action="store_true", help="for other programs")
    add_workspace(parser)


def run(arguments: argparse.Namespace) -> int:
    workspace = opened(arguments)
    rows = read_status(Loader(workspace), arguments.documents, arguments.languages)
    errors = {(row.error.message, row.error.span): row.error for row in rows if row.error}
    for error in errors.values():
        print_error(error)
    print(_json(rows) if arguments.json else _table(rows))
    if not arguments.quiet and any(row.standing and row.standing.stale for row in rows):
        note("next: publish update brings stale catalogs up to their sources")
    return max((error.exit_code for error in errors.values()), default=0)


def _json(rows: Sequence[StatusRow]) -> str:
    """The schema: version 1; what there is nothing to tell of is null."""
    found = {
        "version": 1,
        "editions": [asdict(row.standing) for row in rows if row.standing],
        "unread": [
            {
                "document": row.document,
                "language": row.language,
                "code": row.error.listed_code,
                "message": row.error.message,
            }
            for row in rows
            if row.error
        ],
    }
    return json.dumps(found, indent=2, ensure_ascii=False)


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


def _table(rows: Sequence[StatusRow]) -> str:
    """The rows as columns: entries with their words, then words of the edition."""
    lines = [HEADER, *(_cells(row) for row in rows)]
    used = [column for column in range(len(HEADER)) if any(line[column] for line in lines[1:])]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADER))]
    return "\n".join(
        "  ".join(line[column].ljust(widths[column]) for column in used).rstrip() for line in lines
    )


def _cells(row: StatusRow) -> tuple[str, ...]:
    if row.standing is None:
        empty = len(HEADER) - 3
        return row.document, row.language, "cannot be read", *("" for _ in range(empty))
    return _standing_cells(row.standing)


def _standing_cells(row: Standing) -> tuple[str, ...]:
    figures = row.catalog or Statistics()
    return (
        row.document,
        row.language,
        *(
            _count(count) if row.catalog else "-"
            for count in (figures.translated, figures.fuzzy, figures.untranslated)
        ),
        _shown(row.coverage),
        row.state or "",
        _reviews(row.review),
        _lag(row.stale),
    )


def _count(count: Count) -> str:
    return f"{count.entries} ({count.words} words)" if count.entries else "0"


def _shown(coverage: Coverage) -> str:
    words = f"{coverage.percent:>3}%  {coverage.translated} of {coverage.words} words"
    if not sys.stdout.isatty():
        return words
    full = coverage.percent // 5
    return f"{'█' * full}{'░' * (20 - full)} {words}"


def _reviews(review: Figures | None) -> str:
    """What was decided, in sentences; those that nobody has reviewed are the rest."""
    counts = asdict(review) if review else {}
    counts.pop("unreviewed", None)
    said = [f"{count} {name.replace('_', ' ')}" for name, count in counts.items() if count]
    return ", ".join(said) or ("-" if review else "")


def _lag(lag: Lag | None) -> str:
    if lag is None:
        return ""
    since = f" since {lag.since} of {lag.day}" if lag.since else ""
    return f"{lag.sentences} sentence{'s' * (lag.sentences != 1)}{since}"
