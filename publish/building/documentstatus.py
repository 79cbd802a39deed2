"""How far a document is in a language: the catalog, the edition, and how long it is out of date.

The answers are stored in `build/.status` with the hash of their inputs, so asking again is cheap.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from publish.building.keys import Known, make_edition_key
from publish.building.makers import compute_code_digest
from publish.catalogs.statistics import Count, Statistics
from publish.errors import PublishError
from publish.files import write_atomic
from publish.languages.language import Language
from publish.model import Coverage, Edition, Key, Role, plain
from publish.project.history import Revision, list_revisions
from publish.project.workspace import Workspace
from publish.reading.msgstr import read_msgstr
from publish.reading.source import Source
from publish.reviews.verdicts import ReviewFigures
from publish.settings import State
from publish.translation.loading import Loader
from publish.translation.translation import Translation

__all__ = ["DocumentStatus", "KeptStatus", "Lag", "StatusRow", "measure_status"]


@dataclass(frozen=True, slots=True)
class Lag:
    """The number of source sentences that a catalog lacks, and the first commit that had one.

    `since` and `day` are empty if the change is not committed or there is no git repository.
    """

    sentences: int
    since: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentStatus:
    """The state of one document in one language; `catalog` is None if there is no file.

    `review` is None if nothing was reviewed.  `state` is None for the original.  `title` is that of
    the document in this language, empty without one.
    """

    document: str
    language: str
    catalog: Statistics | None
    coverage: Coverage
    stale: Lag | None = None
    review: ReviewFigures | None = None
    state: State | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One document in one language; where it cannot be read, `error` says why."""

    document: str
    language: str
    standing: DocumentStatus | None = None
    error: PublishError | None = None


def measure_status(loader: Loader, name: str, language: Language) -> DocumentStatus:
    """Return how far a document is in a language; raises PublishError for damaged files."""
    with KeptStatus.of(loader, name).keeping() as kept:
        return kept.measure(language)


@dataclass(frozen=True, slots=True)
class KeptStatus:
    """The answers for a document in its languages, as they are stored; they are read once."""

    loader: Loader
    name: str
    known: Known
    path: Path
    answers: dict[str, Any]

    @classmethod
    def of(cls, loader: Loader, name: str, known: Known | None = None) -> KeptStatus:
        """Return the answers for a document; `known` is what is shared with other documents."""
        workspace = loader.workspace
        path = workspace.confined(workspace.root / "build" / ".status" / f"{name}.json")
        try:
            answers = json.loads(path.read_bytes())["languages"]
            answers = answers if isinstance(answers, dict) else {}
        except (OSError, ValueError, KeyError, TypeError):
            answers = {}
        return cls(loader, name, known or Known(), path, answers)

    @contextmanager
    def keeping(self) -> Iterator[KeptStatus]:
        """Store the answers at the end, if there are new ones."""
        before = dict(self.answers)
        try:
            yield self
        finally:
            if self.answers != before:
                data = json.dumps({"languages": self.answers}).encode()
                with suppress(OSError):  # No answer depends on being stored.
                    write_atomic(self.path, data, sync=False)

    def measure(self, language: Language) -> DocumentStatus:
        """Return how far the document is in a language; raises PublishError for damaged files."""
        key = self._key(language)
        try:
            kept = self.answers[language.tag]
            if kept["key"] == key:
                return _restored(kept["standing"])
        except (ValueError, KeyError, TypeError):
            pass
        found = _measured(self.loader, self.loader.translation(self.name, language))
        self.answers[language.tag] = {"key": key, "standing": asdict(found)}
        return found

    def _key(self, language: Language) -> str:
        workspace, name = self.loader.workspace, self.name
        whole = workspace.settings.segmentation.get(name)
        digest = hashlib.sha256(f"{compute_code_digest()} {name!r} {whole!r}".encode())
        catalog, ledger = workspace.catalog(language, name), workspace.ledger(language, name)
        if ledger.is_file():  # The state depends on all inputs of an edition.
            edition = Edition(document=name, language=language.tag, format="pdf")
            key = make_edition_key(self.loader, edition, use_fuzzy=False, known=self.known)
            digest.update(key.encode())
        digest.update(self.known.once(("status", name), self._digest_source))
        digest.update(self.loader.digest(catalog))
        return digest.hexdigest()

    def _digest_source(self) -> bytes:
        """Return a digest of the source and its corrections, which all languages share."""
        workspace, name = self.loader.workspace, self.name
        digest = hashlib.sha256()
        corrections = workspace.catalog(workspace.source_language, name)
        for path in (*workspace.source_files(name), corrections):
            digest.update(f"\0{path.name}\0".encode())
            digest.update(self.loader.digest(path))
        return digest.digest()


def _restored(kept: dict[str, Any]) -> DocumentStatus:
    catalog, stale, review = kept["catalog"], kept["stale"], kept["review"]
    figures = {name: Count(**count) for name, count in (catalog or {}).items()}
    return DocumentStatus(
        document=str(kept["document"]),
        language=str(kept["language"]),
        catalog=Statistics(**figures) if catalog else None,
        coverage=Coverage(**kept["coverage"]),
        stale=Lag(**stale) if stale else None,
        review=ReviewFigures(**review) if review else None,
        state=kept["state"],
        title=str(kept["title"]),
    )


def _measured(loader: Loader, translation: Translation) -> DocumentStatus:
    from publish.catalogs.statistics import count_entries
    from publish.translation.composing import measure_coverage
    from publish.translation.held import find_held
    from publish.translation.reviewed import count_reviews

    catalog, lacking = translation.catalog, translation.lacking
    covered = measure_coverage(translation, find_held(translation))
    review = state = lag = None
    if catalog is not None and not translation.original:
        review = count_reviews(loader.workspace, translation)
        state = _state(loader, translation, covered, review)
    if catalog is not None and lacking:
        known = frozenset(catalog.active())
        lag = _lag(loader.workspace, translation.source, known, len(lacking))
    return DocumentStatus(
        document=translation.name,
        language=translation.language.tag,
        catalog=count_entries(catalog) if catalog else None,
        coverage=covered,
        stale=lag,
        review=review,
        state=state,
        title=_find_title(translation),
    )


def _find_title(translation: Translation) -> str:
    entries = translation.corrected if translation.original else translation.entries
    for sentence in translation.source.sentences:
        if sentence.location.kind is Role.TITLE:
            entry = entries.get(sentence.key)
            if entry is not None and entry.msgstr and not entry.joined:
                return read_msgstr(entry.msgstr, entry.span).shown
            return plain(sentence.tree) if translation.original else ""
    return ""


def _state(
    loader: Loader, translation: Translation, covered: Coverage, review: ReviewFigures | None
) -> State:
    """Return the state an edition would have; run the checks only if it depends on them."""
    from publish.building.preparing import prepare
    from publish.reviews.states import determine_state

    state = determine_state(loader.workspace.settings, (), covered, review)
    if state != "draft":
        name, language = translation.name, translation.language
        try:
            return prepare(loader, name, language, use_fuzzy=False).text.state
        except PublishError:
            return "draft"
    return state


def _lag(workspace: Workspace, source: Source, known: AbstractSet[Key], sentences: int) -> Lag:
    """Return the lag, dated by the first commit after the newest one that the catalog covers."""
    since: Revision | None = None
    for revision, keys in _past(workspace, source):
        if keys <= known:
            break
        since = revision
    return Lag(sentences, since.name, since.day) if since else Lag(sentences)


def _past(workspace: Workspace, source: Source) -> Iterator[tuple[Revision, AbstractSet[Key]]]:
    """Yield the sentences of a document in each commit, the newest first."""
    from publish.project.pastsource import find_source_path, load_past_source

    for revision in list_revisions(workspace.root, find_source_path(workspace, source.name)):
        version = load_past_source(workspace, source.name, revision)
        if version is not None:
            yield revision, version.keys
