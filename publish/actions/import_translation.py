"""Fill a catalog from an existing translation: a text, or a catalog of another program."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from publish.actions.catalogs import needed_entries, plan_update
from publish.aligning.filling import fill_entries
from publish.aligning.foreign import ForeignSentence, align_document, list_foreign
from publish.aligning.paragraphs import align_entries
from publish.aligning.pieces import Group
from publish.aligning.results import ImportedTranslation
from publish.aligning.wordtable import WordTable, learn_words
from publish.building.editionlimits import EDITION_LIMITS, EditionLimits
from publish.building.worklimits import limit_work
from publish.catalogs.memory import build_memory
from publish.catalogs.updating import ReuseOptions
from publish.containers.xmlreading import MOST_BYTES
from publish.errors import PublishError, UsageError
from publish.importing.foreign import PAGES, ForeignOptions, find_foreign, read_foreign
from publish.languages.language import Language
from publish.model import Document, Entry, Key, Span, Text, rebuild
from publish.po.pofile import extract_catalog, parse_file, replace_entry
from publish.project.sourcefolder import decode_source
from publish.reading.chapters import arrange_chapters, is_markdown
from publish.reading.faults import Faults
from publish.reading.markdown import SourceFile, read_document
from publish.reading.msgstr import read_shown_msgstr
from publish.reading.source import Source, cut_source
from publish.translation.loading import Loader
from publish.translation.saving import save_catalog

__all__ = ["import_translation"]

MOST_PAIRS = 3000
"""How many known translations words are learnt from; more take long and teach little."""
CATALOGS = frozenset((".po", ".pot"))
SAME = ({"nb", "nn", "no"}, {"he", "iw"}, {"id", "in"}, {"fil", "tl"}, {"jv", "jw"})
"""Codes of one language: catalogs have older ones, too."""


def import_translation(
    loader: Loader,
    name: str,
    tag: str,
    file: Path,
    options: ForeignOptions | None = None,
    *,
    dry_run: bool = False,
    limits: EditionLimits = EDITION_LIMITS,
) -> ImportedTranslation:
    """Fill the empty entries of a document's catalog in a language from a file, all as fuzzy.

    `options` say how the file is read, as for a source.  The catalog is updated to its source
    first.  Raises PublishError for a file or a source that
    cannot be read, and for what goes beyond the `limits`; UsageError for a kind of file that is
    not read.  Then nothing is written.
    """
    (language,) = loader.workspace.target_languages([tag])
    source = loader.source(name)
    chapters = _list_chapters(file)
    file = file.resolve() if chapters else find_foreign(file)
    if sum(one.stat().st_size for one in chapters or [file]) > MOST_BYTES:
        raise UsageError(f"{file} has more than {MOST_BYTES // 2**20} MiB")
    with limit_work(f"aligning {file.name} with {name}", limits):
        reuse = ReuseOptions(source=source.language, target=language, document=name)
        plan = plan_update(loader, language, name, needed_entries(loader, name), reuse)
        entries = extract_catalog(plan.after).active()
        table = learn_words(_known_pairs(loader, language))
        whole = loader.workspace.settings.segmentation.get(name) == "paragraph"
        how = options or ForeignOptions()
        made = _align(source, file, language, how, entries, table, whole=whole)
        found = fill_entries(
            source,
            made.foreign,
            made.groups,
            entries,
            language=language,
            origin=file.name,
            table=table,
        )
    records = tuple(
        replace_entry(record, found.entries.get(record.entry.key, record.entry))
        if not record.entry.obsolete
        else record
        for record in plan.after.records
    )
    after = replace(plan.after, records=records)
    merged = False
    if not dry_run and after != plan.before:
        merged = save_catalog(loader.workspace.catalog(language, name), plan.before, after)
        loader.forget(language, name)
    return ImportedTranslation(
        file=after.file,
        origin=file.name,
        filled=tuple(found.entries.values()),
        kept=len(found.kept),
        left=found.left,
        unused=(*found.unused, *made.lost),
        merged=merged,
    )


def _known_pairs(loader: Loader, language: Language) -> Iterator[tuple[str, str]]:
    """Yield confirmed translations of the workspace as a reader sees them."""
    catalogs = (
        (name, extract_catalog(po))
        for name in loader.workspace.documents()
        if (po := loader.catalog(language, name)) is not None
    )
    memory = build_memory(catalogs)
    for known in islice(memory.by_key.values(), MOST_PAIRS):
        entry = known[0].entry
        try:
            yield read_shown_msgstr(entry.msgid), read_shown_msgstr(entry.msgstr)
        except PublishError:
            continue


@dataclass(frozen=True, slots=True)
class _Aligned:
    """The sentences of a file, which of the source they translate, and words that are no text."""

    foreign: tuple[ForeignSentence, ...]
    groups: tuple[Group, ...]
    lost: tuple[ForeignSentence, ...] = ()


def _align(
    source: Source,
    file: Path,
    language: Language,
    options: ForeignOptions,
    entries: Mapping[Key, Entry],
    table: WordTable,
    *,
    whole: bool,
) -> _Aligned:
    """Return a file aligned with the source; `whole` if its units are paragraphs."""
    if file.suffix.lower() in CATALOGS:
        data = file.read_bytes()
        catalog = extract_catalog(parse_file(data, file.name))
        _check_language(catalog.header_field("Language"), data, file, language)
        return _Aligned(*align_entries(source, catalog.entries, language, table))
    document, lost = _read(file, language, options)
    document = _drop_made_title(document)
    if whole:
        document = rebuild(document, lambda prose: replace(prose, whole=True))
    translation = cut_source(document, language)
    groups = align_document(source, translation, entries, table)
    return _Aligned(list_foreign(translation), groups, lost)


def _check_language(said: str, data: bytes, file: Path, language: Language) -> None:
    """Raise UsageError if the header of a catalog names another language, region aside."""
    base, wanted = (re.split("[-_@.]", tag)[0].lower() for tag in (said, language.tag))
    if not base or base == wanted or any({base, wanted} <= names for names in SAME):
        return
    lines = data.splitlines()
    line = next((n for n, one in enumerate(lines, 1) if one.startswith(b'"Language:')), 1)
    raise UsageError(
        f"the file says that it is in {said}, not in {language.tag}",
        Span(file.name, line, line),
        f"import it with --translation {base}, or correct this line if it is wrong",
    )


def _drop_made_title(document: Document) -> Document:
    """Return a document without a title that is only the name of its file: it translates none."""
    if any(one.code == "title-missing" for one in document.remarks):
        return replace(document, front=document.front[1:])
    return document


def _list_chapters(folder: Path) -> list[Path]:
    """Return the Markdown files of a folder and its subfolders; none of a folder with a page."""
    found = sorted(folder.rglob("*")) if folder.is_dir() else []
    if any(one.parent == folder and one.suffix.lower() in PAGES for one in found):
        return []
    return [one for one in found if is_markdown(one.name) and one.is_file()]


def _read(
    file: Path, language: Language, options: ForeignOptions
) -> tuple[Document, tuple[ForeignSentence, ...]]:
    """Return the document that a file holds, and words of the file that are not in it."""
    if chapters := _list_chapters(file):
        texts = {
            one.relative_to(file.parent).as_posix(): decode_source(
                one.read_bytes(), one.name, language.tag
            )
            for one in chapters
        }
        arranged = arrange_chapters(texts, faults := Faults())
        title = arranged.title
        return read_document(
            file.name, language.tag, arranged.files, title=title, faults=faults
        ), ()
    if is_markdown(file.name):
        text = decode_source(file.read_bytes(), file.name, language.tag)
        return read_document(file.stem, language.tag, [SourceFile(file.name, text)]), ()
    found = read_foreign(file, replace(options, language=language.tag, name=file.stem))
    return found.document, tuple(
        ForeignSentence((Text(loss.text),), f"{loss.place} ({loss.kind})".strip())
        for loss in found.losses
        if loss.text.strip() and not loss.moved
    )
