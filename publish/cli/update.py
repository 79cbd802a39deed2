"""`publish update`: the catalogs of every language brought up to their sources."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from publish.catalogs.entries import entries_of
from publish.catalogs.kinds import MeaningChanges
from publish.catalogs.memory import Memory, memory_of
from publish.catalogs.pofile import PoFile, catalog_of, read
from publish.catalogs.updating import Reuse, Summary, update_catalog
from publish.cli.catalogs import (
    has_interface,
    interface_entries,
    read_or_new,
    save,
    write_template,
)
from publish.cli.options import add_documents, add_language, add_workspace, opened
from publish.cli.printing import note
from publish.languages.language import Language
from publish.model import Catalog, Entry
from publish.reading.segmenting import units
from publish.visible import shorten
from publish.workspace import INTERFACE, Workspace

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


@dataclass(frozen=True, slots=True)
class _Plan:
    """One catalog before and after, and what was done to it."""

    document: str
    language: Language
    before: PoFile
    after: PoFile
    summary: Summary


def run(arguments: argparse.Namespace) -> int:
    """Reads everything before it writes anything, so that a broken file changes nothing."""
    workspace = opened(arguments)
    names = workspace.documents(arguments.documents)
    source = workspace.source_language
    wanted = {name: entries_of(units(workspace.read(name), source)) for name in names}
    plans = [
        plan
        for language in workspace.languages(arguments.languages)
        for plan in _plans(workspace, language, wanted, vouched=arguments.typo)
    ]
    for language in workspace.languages(arguments.languages):
        plans += _interface(workspace, language)
    if not arguments.dry_run:
        for name in names:
            write_template(workspace, name, wanted[name])
    for plan in plans:
        _finish(workspace, plan, arguments)
    if not arguments.quiet:
        note("next: translate the .po files, then publish build")
    return 0


def _plans(
    workspace: Workspace,
    language: Language,
    wanted: dict[str, tuple[Entry, ...]],
    *,
    vouched: bool,
) -> Iterator[_Plan]:
    @cache
    def memory() -> Memory:
        """Made once for a language: nothing is written before all is planned."""
        return memory_of(_catalogs(workspace, language))

    for name, entries in wanted.items():
        before = read_or_new(workspace, language, name)
        reuse = Reuse(workspace.source_language, language, memory, vouched, name)
        yield _Plan(name, language, before, *update_catalog(before, entries, reuse))


def _interface(workspace: Workspace, language: Language) -> Iterator[_Plan]:
    """The interface catalog of a language that the package does not speak."""
    if not has_interface(language):
        before = read_or_new(workspace, language, INTERFACE)
        reuse = Reuse(workspace.source_language, language)
        yield _Plan(
            INTERFACE, language, before, *update_catalog(before, interface_entries(), reuse)
        )


def _catalogs(workspace: Workspace, language: Language) -> Iterator[tuple[str, Catalog]]:
    for name in workspace.documents():
        path = workspace.catalog(language, name)
        if path.is_file():
            yield name, catalog_of(read(path, workspace.shown(path)))


def _finish(workspace: Workspace, plan: _Plan, arguments: argparse.Namespace) -> None:
    merged = False
    if not arguments.dry_run:
        path = workspace.catalog(plan.language, plan.document)
        merged = save(path, plan.before, plan.after)
    if merged:
        note(f"{plan.after.file}: saved by another program meanwhile; both were merged")
    if not arguments.quiet:
        note(f"{plan.after.file}: {_said(plan.summary)}")
        for entry, meaning in plan.summary.notices:
            note(f"  look at: {_meaning(meaning)} in: {shorten(entry.msgid, 70)}")


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
