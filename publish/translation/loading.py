"""Load the sources, catalogs and translations of a workspace, each once in a run."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from publish.catalogs.glossary import Glossary, read_glossary_file
from publish.editions.recentresults import RecentResults
from publish.errors import PublishError
from publish.files import replace_atomic, write_atomic
from publish.garbage import collecting_no_garbage
from publish.languages.language import Language
from publish.model import Catalog
from publish.po.pofile import (
    PoFile,
    PoRecord,
    confirm_records,
    dump_po,
    extract_catalog,
    make_header,
    parse_file,
    read_po_file,
)
from publish.po.rereading import read_again
from publish.po.splicing import splice_record
from publish.project.packedwords import find_packed_words
from publish.project.workspace import INTERFACE, Workspace
from publish.reading.source import Source, cut_source
from publish.reviews.ledger import Ledger, dump_ledger, read_ledger
from publish.reviews.trust import LedgerTrust
from publish.translation.saving import save_catalog
from publish.translation.translation import Translation

if TYPE_CHECKING:
    from publish.reading.chunkreading import ChunkStore

__all__ = ["Loader", "create_catalog", "digest_file"]

Loaded = TypeVar("Loaded")


@dataclass(frozen=True, slots=True)
class Loader:
    """A cache that reads the files of a workspace, each once; use one for each run of a command.

    A file that could not be read raises the same PublishError each time it is asked for.
    """

    workspace: Workspace
    chunks: ChunkStore | None = None
    """What keeps the chunks of long sources from run to run."""
    composed: RecentResults | None = None
    """What keeps composed texts from run to run."""
    _kept: dict[Hashable, Any] = field(default_factory=dict)
    _past: dict[Hashable, Any] = field(default_factory=dict)
    _tags: dict[str, set[str]] = field(default_factory=dict)
    """The languages in which each document was asked for."""

    def source(self, name: str) -> Source:
        """Return a source with its sentences and their locations.

        Raises PublishError for an error in it, UsageError where there is no file.
        """
        return self._once(("source", name), lambda: self._source(name))

    def _source(self, name: str) -> Source:
        # Not for words of the interface.
        from publish.reading.chunkreading import ChunkReader
        from publish.translation.inputs import note_input_faults

        workspace, look = self.workspace, partial(note_input_faults, self.workspace)
        with collecting_no_garbage():
            chunks = ChunkReader(name, self.chunks)
            document = workspace.read(name, look, chunks)
            return chunks.finish(cut_source(document, workspace.source_language, chunks.cuts))

    def adopt(self, before: Loader, name: str) -> None:
        """Take over what a loader with the same settings has read of a document, which forgets it.

        What has not changed is not read again.  `before` must have the digests of the files of the
        source from before it read them; this one has them from now on.  Raises UsageError where
        there is no file, and OSError for one that cannot be read.
        """
        paths = self.workspace.source_files(name)
        now = [self.digest(path) for path in paths]
        then = [before._kept.get(("digest", path)) for path in paths]
        known = before._kept.get(("source", name))
        if before.workspace != self.workspace:
            return
        if isinstance(known, Source) and then == now:
            self._kept["source", name] = known
        for language in self.workspace.languages():
            before.forget(language, name)
        self._past.update(before._past)

    def catalog(self, language: Language, name: str) -> PoFile | None:
        """Return a language's catalog of a document, None where there is no file.

        Raises PublishError for a damaged file.
        """
        path = self.workspace.catalog(language, name)
        return self._once(("catalog", path), lambda: self._catalog(path))

    def _catalog(self, path: Path) -> PoFile | None:
        if not path.is_file():
            return None
        known: PoFile | None = self._past.get(path)
        if known is None:
            return read_po_file(path, self.workspace.shown(path))
        po = read_again(path, known)
        del self._past[path]
        return po

    def catalog_or_new(self, language: Language, name: str) -> PoFile:
        """Return a language's catalog of a document, an empty one where there is no file.

        A catalog without a header gets one.  Raises PublishError for a damaged file.
        """
        po = self.catalog(language, name)
        if po is None:
            return create_catalog(self.workspace, language, name)
        return po if po.header else replace(po, header=make_header(language, name))

    def translation(self, name: str, language: Language) -> Translation:
        """Return a document in a language; raises PublishError for a damaged file.

        A missing catalog is not an error here: see `Translation.needed`.
        """
        self._tags.setdefault(name, set()).add(language.tag)
        return self._once(
            ("translation", name, language.tag), lambda: self._translation(name, language)
        )

    def _translation(self, name: str, language: Language) -> Translation:
        workspace = self.workspace
        corrections = self.catalog(workspace.source_language, name)
        translation = Translation(
            source=self.source(name),
            language=language,
            file=workspace.shown(workspace.catalog(language, name)),
            po=self.catalog(language, name),
            corrections=extract_catalog(corrections) if corrections else None,
            ledger=self._ledger(language, name),
        )
        past: Translation | None = self._past.pop((name, language.tag), None)
        if past is not None and past.source is translation.source:
            translation.keep_texts(past)
        return translation

    def _ledger(self, language: Language, name: str) -> Ledger:
        """Return a ledger as it is on disk now, an empty one where there is no file.

        What its bytes were is remembered.  Raises PublishError for a wrong row.
        """
        path = self.workspace.ledger(language, name)
        shown = self.workspace.shown(path)
        data = path.read_bytes() if path.is_file() else None
        self._kept["ledger", path] = hashlib.sha256(data or b"").digest()
        trust = self._trust(language, name)
        return Ledger(shown, trust=trust) if data is None else read_ledger(data, shown, trust)

    def _trust(self, language: Language, name: str) -> LedgerTrust:
        """Return what rows of a ledger are worth; what it verified once, it knows."""
        settings = self.workspace.settings
        gate = settings.gate("approved")
        return self._once(
            ("trust", name, language.tag),
            lambda: LedgerTrust(name, language.tag, settings.reviewers, gate),
        )

    def renew_ledger(self, translation: Translation) -> Translation:
        """Return a translation with its ledger as it is on disk now; only a changed one is read.

        Raises PublishError for a wrong row.
        """
        name, language = translation.name, translation.language
        path = self.workspace.ledger(language, name)
        known = self.translation(name, language)
        data = path.read_bytes() if path.is_file() else b""
        if self._kept.get(("ledger", path)) != hashlib.sha256(data).digest():
            known = known.with_ledger(self._ledger(language, name))
            self._kept["translation", name, language.tag] = known
        return known

    def save_ledger(self, translation: Translation, ledger: Ledger) -> Translation:
        """Write a ledger, and return the translation with it; nothing else is read again."""
        name, language = translation.name, translation.language
        path, data = self.workspace.ledger(language, name), dump_ledger(ledger)
        write_atomic(path, data)
        saved = translation.with_ledger(ledger)
        self._kept.pop(("digest", path), None)
        self._kept["ledger", path] = hashlib.sha256(data).digest()
        self._kept["translation", name, language.tag] = saved
        return saved

    def renew(self, translation: Translation) -> Translation:
        """Return a translation with its catalog as it is on disk now; only a changed one is read.

        The bytes are at hand for `save_records`, until `let_go`.  Raises PublishError for a damaged
        file.
        """
        name, language = translation.name, translation.language
        path = self.workspace.catalog(language, name)
        data = path.read_bytes() if path.is_file() else None
        known = self._is_known(language, name, data)
        if not known:
            self.forget(language, name)
            known = self._is_known(language, name, data)
        self._kept["bytes", path] = data if known else None
        return self.translation(name, language)

    def let_go(self, translation: Translation) -> None:
        """Keep the bytes of a catalog no longer that `renew` has read."""
        path = self.workspace.catalog(translation.language, translation.name)
        self._kept.pop(("bytes", path), None)

    def refresh(self, language: Language, name: str) -> None:
        """Forget a catalog and its ledger, each only if its file is another one now.

        Raises PublishError for a damaged file, which is then known as such.
        """
        path = self.workspace.catalog(language, name)
        data = path.read_bytes() if path.is_file() else None
        try:
            same = self._is_known(language, name, data)
        except PublishError:
            same = False  # It was damaged before.
        if not same:
            self.forget(language, name)
            self._is_known(language, name, data)
        known = self._kept.get(("translation", name, language.tag))
        if isinstance(known, Translation):
            self.renew_ledger(known)

    def _is_known(self, language: Language, name: str, data: bytes | None) -> bool:
        """Return whether a catalog has these bytes as this loader knows it."""
        path = self.workspace.catalog(language, name)
        known = self.catalog(language, name)
        if known is None or data is None:
            return known is None and data is None
        now = hashlib.sha256(data).digest()
        if ("saved", path) not in self._kept:
            self._kept["saved", path] = now if dump_po(known) == data else b""
        same: bool = self._kept["saved", path] == now
        return same

    def save_records(
        self, translation: Translation, changed: Mapping[int, PoRecord]
    ) -> Translation | None:
        """Write a catalog with other records at some indexes; every other byte stays.

        Returns None, and writes nothing, if the file is not what this loader knows, as when another
        program saved it.  Nothing else is read again, so this takes less time than `save`: entries
        below keep the lines that they had, and the ledger is the one that was loaded.
        """
        name, language, po = translation.name, translation.language, translation.po
        path = self.workspace.catalog(language, name)
        if po is None or po is not self.catalog(language, name):
            return None
        # What `renew` has read just now is what is known; whether it still is on disk is looked at
        # in the moment before it is replaced.
        data: bytes | None = self._kept.pop(("bytes", path), None)
        if data is None:
            data = path.read_bytes() if path.is_file() else None
            if data is None or not self._is_known(language, name, data):
                return None
        written, saved = data, translation
        for at, record in changed.items():
            written, read = splice_record(written, saved.po or po, at, record)
            saved = saved.with_record(at, read)
        confirm_records([one for one in changed.values() if one.raw is None], po.style)
        if not replace_atomic(path, data, written):
            return None
        if translation.original:  # Its corrections are part of every translation.
            self.forget(language, name)
        self._kept.pop(("interfaces", language.tag), None)
        self._kept.pop(("digest", path), None)
        self._kept["saved", path] = hashlib.sha256(written).digest()
        self._kept["catalog", path] = saved.po
        self._kept["translation", name, language.tag] = saved
        return saved

    def save(self, translation: Translation, after: PoFile) -> Translation:
        """Write a changed catalog, and return the translation with the file as it is now.

        Changes that another program saved meanwhile are merged in.  Raises PublishError if these
        cannot be read.  From then on this loader returns the saved catalog.
        """
        name, language = translation.name, translation.language
        path = self.workspace.catalog(language, name)
        before = translation.po or create_catalog(self.workspace, language, name)
        save_catalog(path, before, after)
        self.forget(language, name)
        return self.translation(name, language)

    def forget(self, language: Language, name: str) -> None:
        """Forget a catalog and its ledger, so that they are read again after one was written.

        What has not changed in them is then not read a second time.
        """
        path = self.workspace.catalog(language, name)
        known = self._kept.pop(("catalog", path), None)
        if isinstance(known, PoFile):
            self._past[path] = known
        self._kept.pop(("interfaces", language.tag), None)
        self._kept.pop(("saved", path), None)
        for written in (path, self.workspace.ledger(language, name)):
            self._kept.pop(("digest", written), None)
        # The catalog of the source's language is part of every translation.
        for tag in self._tags.get(name, ()):
            past = self._kept.pop(("translation", name, tag), None)
            if isinstance(past, Translation):
                self._past[name, tag] = past

    def drop(self, name: str) -> None:
        """Forget all of a document, so that it takes no memory; it is read again when asked for."""
        self._kept.pop(("source", name), None)
        for language in self.workspace.languages():
            self.forget(language, name)
            self._past.pop(self.workspace.catalog(language, name), None)
            self._past.pop((name, language.tag), None)
            self._kept.pop(("trust", name, language.tag), None)

    @contextmanager
    def passing(self, name: str) -> Iterator[None]:
        """Drop a document at the end, unless it was known before; so many take no more memory."""
        known = ("source", name) in self._kept
        try:
            yield
        finally:
            if not known and ("source", name) in self._kept:
                self.drop(name)

    def interfaces(self, language: Language) -> tuple[Catalog, ...]:
        """Return the interface catalogs of a language, the workspace's before the package's.

        Raises PublishError for a damaged file.
        """
        return self._once(("interfaces", language.tag), lambda: self._interfaces(language))

    def _interfaces(self, language: Language) -> tuple[Catalog, ...]:
        english = language.tag.partition("-")[0] == "en"  # So are the words of the code.
        packed = None if english else find_packed_words(language)
        paths = dict.fromkeys((self.workspace.catalog(language, INTERFACE), packed))
        return tuple(
            _parse_interface(path.read_bytes(), self.workspace.shown(path))
            for path in paths
            if path is not None and path.is_file()
        )

    def glossary(self) -> Glossary | None:
        """Return the glossary, None where there is no file; raises PublishError for a wrong one."""
        path = self.workspace.glossary
        return self._once("glossary", lambda: read_glossary_file(path, self.workspace.shown(path)))

    def digest(self, path: Path) -> bytes:
        """Return the SHA-256 of a file's bytes, empty where there is no file.

        Raises OSError for a file that cannot be read.
        """
        found: bytes | None = self._kept.get(("digest", path))
        if found is None:
            found = self._kept["digest", path] = digest_file(path)
        return found

    def _once(self, key: Hashable, load: Callable[[], Loaded]) -> Loaded:
        if key not in self._kept:
            try:
                self._kept[key] = load()
            except PublishError as error:
                self._kept[key] = error
        found = self._kept[key]
        if isinstance(found, PublishError):
            raise found
        return found  # type: ignore[no-any-return]


@lru_cache(maxsize=64)
def _parse_interface(data: bytes, shown: str) -> Catalog:
    """The catalog that a file holds: the package's own are the same in every run of a process."""
    return extract_catalog(parse_file(data, shown))


def digest_file(path: Path) -> bytes:
    """Return the SHA-256 of a file's bytes, empty where there is no file."""
    return hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b""


def create_catalog(workspace: Workspace, language: Language, name: str) -> PoFile:
    """Return a catalog with a header and no entries, for a language that has no file yet."""
    shown = workspace.shown(workspace.catalog(language, name))
    return PoFile(file=shown, header=make_header(language, name))
