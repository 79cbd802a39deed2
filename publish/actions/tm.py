"""Export and import translation memories as TMX."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from publish.containers.xmlreading import MOST_BYTES
from publish.errors import UsageError
from publish.kits.packing import collect_pairs
from publish.kits.tmx import TranslationPair, fill_catalog, read_tmx, write_tmx
from publish.languages.language import Language
from publish.po.pofile import PoFile
from publish.translation.loading import Loader
from publish.translation.saving import save_catalog

__all__ = ["ExportedMemory", "FilledCatalog", "export_memory", "import_memory"]


@dataclass(frozen=True, slots=True)
class ExportedMemory:
    """A translation memory as a TMX file, and its number of translations."""

    data: bytes
    pairs: int


@dataclass(frozen=True, slots=True)
class FilledCatalog:
    """A catalog, and how many of its untranslated entries were filled in.

    `merged` is set if another program saved the file after it was read, so that its changes were
    merged in.
    """

    file: str
    count: int
    merged: bool = False


def export_memory(loader: Loader, languages: Iterable[str] = ()) -> ExportedMemory:
    """Return all confirmed translations into one language.

    Raises UsageError if the language is not clear.
    """
    found = loader.workspace.target_languages(languages)
    if len(found) != 1:
        raise UsageError("a memory is for one language", hint="publish tm export -l TAG -o FILE")
    pairs = collect_pairs(loader, found[0])
    data = write_tmx(pairs, loader.workspace.source_language, found[0])
    return ExportedMemory(data, len(pairs))


def import_memory(
    loader: Loader, file: Path, languages: Iterable[str] = (), *, dry_run: bool = False
) -> tuple[FilledCatalog, ...]:
    """Fill untranslated entries of every catalog from a TMX file, and mark them fuzzy.

    Everything is read before anything is written.  Raises UsageError if the file is too large or
    has nothing in these languages, PublishError if it is not TMX.
    """
    source = loader.workspace.source_language.tag
    found = loader.workspace.target_languages(languages)
    data = _read_limited(file)
    memories = {one: read_tmx(data, str(file), source, one.tag) for one in found}
    if not any(memories.values()):
        tags = ", ".join(one.tag for one in found)
        raise UsageError(f"{file} has no translations from {source} into {tags}")
    plans = [
        plan
        for language, pairs in memories.items()
        if pairs
        for plan in _plan(loader, language, pairs, file.name)
    ]
    return tuple(_finish(loader, plan, dry_run=dry_run) for plan in plans)


def _read_limited(file: Path) -> bytes:
    if file.stat().st_size > MOST_BYTES:
        raise UsageError(f"{file} has more than {MOST_BYTES // 2**20} MiB")
    return file.read_bytes()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """A catalog before and after, and how many entries are filled in."""

    document: str
    language: Language
    before: PoFile
    after: PoFile
    count: int


def _plan(
    loader: Loader, language: Language, pairs: Sequence[TranslationPair], origin: str
) -> Iterator[_Plan]:
    for name in loader.workspace.documents():
        before = loader.catalog(language, name)
        if before is not None:
            after, count = fill_catalog(before, pairs, origin)
            yield _Plan(document=name, language=language, before=before, after=after, count=count)


def _finish(loader: Loader, plan: _Plan, *, dry_run: bool) -> FilledCatalog:
    if not plan.count or dry_run:
        return FilledCatalog(plan.before.file, plan.count)
    path = loader.workspace.catalog(plan.language, plan.document)
    merged = save_catalog(path, plan.before, plan.after)
    loader.forget(plan.language, plan.document)
    return FilledCatalog(plan.before.file, plan.count, merged)
