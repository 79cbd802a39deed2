"""`publish update`: the catalogs of every language brought up to their sources."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from publish.actions.catalogs import UpdatedCatalog
from publish.actions.update import update_catalogs
from publish.catalogs.kinds import MeaningChanges
from publish.catalogs.updating import Summary
from publish.cli.options import add_documents, add_language, add_workspace, opened
from publish.cli.printing import note
from publish.translation.loading import Loader
from publish.visible import shorten

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_documents(parser)
    add_language(parser)
    parser.add_argument(
        "--typo",
        action="store_true",
        help="you vouch that the source was only corrected: translations stay confirmed, but for"
        " changed numbers and negations",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would change, write nothing"
    )
    add_workspace(parser)


def run(arguments: argparse.Namespace) -> int:
    """Return 0; raises PublishError where a source or a catalog cannot be read."""
    result = update_catalogs(
        Loader(opened(arguments)),
        arguments.documents,
        arguments.languages,
        vouched=arguments.typo,
        dry_run=arguments.dry_run,
    )
    for catalog in result.catalogs:
        if catalog.merged:
            note(f"{catalog.file}: another program saved it meanwhile; both were merged")
        if not arguments.quiet:
            note("\n".join(_lines(catalog)))
    if not arguments.quiet:
        note("next: translate the .po files, then publish build")
    return 0


WORDS = (
    ("kept", "kept"),
    ("retyped", "kept, typography or a correction"),
    ("reworded", "reworded (fuzzy)"),
    ("split", "cut in two (fuzzy)"),
    ("merged", "made of two (fuzzy)"),
    ("recalled", "from the memory"),
    ("revived", "back"),
    ("added", "new"),
    ("retired", "obsolete"),
    ("dropped", "gone"),
)


def _lines(catalog: UpdatedCatalog) -> Iterator[str]:
    yield f"{catalog.file}: {_said(catalog.summary)}"
    for entry, meaning in catalog.summary.notices:
        yield f"  look at: {_meaning(meaning)} in: {shorten(entry.msgid, 70)}"


def _said(summary: Summary) -> str:
    parts = [f"{count} {word}" for name, word in WORDS if (count := getattr(summary, name))]
    if len(parts) == 1 and summary.kept:
        return f"up to date, {summary.kept} sentences"
    return ", ".join(parts)


def _meaning(meaning: MeaningChanges) -> str:
    """What a new wording lost and gained: `37 → 38`, `+ not`."""
    lost = (*meaning.lost_numbers, *meaning.lost_negations)
    gained = (*meaning.gained_numbers, *meaning.gained_negations)
    return f"{' '.join(lost) or 'nothing'} → {' '.join(gained) or 'nothing'}"
