"""How far a document is in a language: the catalog, the edition, and since when it lags behind.

Asking is cheap: the answer is kept beside the editions under the hash of what it depends on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from publish.building.keys import code_digest, edition_key
from publish.catalogs.reviewing import Figures
from publish.catalogs.statistics import Count, Statistics
from publish.errors import PublishError
from publish.files import write_atomic
from publish.history import Revision, revisions
from publish.languages.language import Language
from publish.model import Coverage, Edition, Key
from publish.settings import State
from publish.workspace import Workspace

__all__ = ["Lag", "Standing", "standing"]


@dataclass(frozen=True, slots=True)
class Lag:
    """Sentences of the source that a catalog lacks, and the first commit that had any of them.

    `since` is empty where the change is not committed, or nothing is kept in git.
    """

    sentences: int
    since: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """One document in one language; `catalog` is None where there is no file.

    `review` is None where nobody has reviewed anything, `state` for the original.
    """

    document: str
    language: str
    catalog: Statistics | None
    coverage: Coverage
    stale: Lag | None = None
    review: Figures | None = None
    state: State | None = None


def standing(workspace: Workspace, name: str, language: Language) -> Standing:
    """The standing of a document in a language; raises PublishError for broken files."""
    key = _key(workspace, name, language)
    path = workspace.root / "build" / ".status" / f"{name}.{language.tag}.json"
    try:
        kept = json.loads(path.read_bytes())
        if kept["key"] == key:
            return _restored(kept["standing"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    found = _measured(workspace, name, language)
    with suppress(OSError):  # a full disk: the answer is as true without being kept
        write_atomic(path, json.dumps({"key": key, "standing": asdict(found)}).encode())
    return found


def _key(workspace: Workspace, name: str, language: Language) -> str:
    digest = hashlib.sha256(code_digest().encode())
    digest.update(repr((name, workspace.settings.segmentation.get(name))).encode())
    source = workspace.source_language
    paths: list[Path] = list(workspace.source_files(name))
    paths += [workspace.catalog(language, name), workspace.catalog(source, name)]
    if workspace.ledger(language, name).is_file():  # the state hangs on all that an edition does
        edition = Edition(name, language.tag, "pdf")
        digest.update(edition_key(workspace, edition, use_fuzzy=False).encode())
    for path in paths:
        data = path.read_bytes() if path.is_file() else b""
        digest.update(f"\0{path.name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def _restored(kept: dict[str, Any]) -> Standing:
    catalog, stale, review = kept["catalog"], kept["stale"], kept["review"]
    figures = {name: Count(**count) for name, count in (catalog or {}).items()}
    return Standing(
        str(kept["document"]),
        str(kept["language"]),
        Statistics(**figures) if catalog else None,
        Coverage(**kept["coverage"]),
        Lag(**stale) if stale else None,
        Figures(**review) if review else None,
        kept["state"],
    )


def _measured(workspace: Workspace, name: str, language: Language) -> Standing:
    from publish.building.preparing import load_catalog
    from publish.building.reviewing import review_figures
    from publish.catalogs.statistics import statistics
    from publish.checks.health import missing
    from publish.editions.assembling import Translation, coverage

    source = workspace.source_language
    document = workspace.read(name)
    catalog = load_catalog(workspace, language, name)
    corrections = load_catalog(workspace, source, name)
    translation = Translation.of(source, language, catalog, corrections)
    covered = coverage(document, translation)
    review = state = lag = None
    if catalog is not None and language.tag != source.tag:
        review = review_figures(workspace, document, language, catalog, corrections)
        state = _state(workspace, name, language, covered, review)
    if catalog is not None and (lacking := missing(document, source, catalog)):
        lag = _lag(workspace, name, set(catalog.active()), len(lacking))
    return Standing(
        name,
        language.tag,
        statistics(catalog) if catalog else None,
        covered,
        lag,
        review,
        state,
    )


def _state(
    workspace: Workspace, name: str, language: Language, covered: Coverage, review: Figures | None
) -> State:
    """The state that an edition would have; the checks run only where it hangs on them."""
    from publish.building.preparing import prepare
    from publish.building.states import reached

    state = reached(workspace.settings, (), covered, review)
    if state != "draft":
        try:
            return prepare(workspace, name, language, use_fuzzy=False).text.state
        except PublishError:
            return "draft"
    return state


def _lag(workspace: Workspace, name: str, known: AbstractSet[Key], sentences: int) -> Lag:
    """The lag, dated by the oldest commit behind the youngest one that the catalog covers."""
    since: Revision | None = None
    for revision, keys in _past(workspace, name):
        if keys <= known:
            break
        since = revision
    return Lag(sentences, since.name, since.day) if since else Lag(sentences)


def _past(workspace: Workspace, name: str) -> Iterator[tuple[Revision, set[Key]]]:
    """The sentences of a document commit by commit, the youngest first."""
    from publish.building.past import source_path, version_of
    from publish.reading.segmenting import units

    for revision in revisions(workspace.root, source_path(workspace, name)):
        document = version_of(workspace, name, revision)
        if document is not None:
            yield revision, {unit.key for unit in units(document, workspace.source_language)}
