"""How far a document is in a language: the catalog, the edition, and since when it lags behind.

Asking is cheap: the answer is kept beside the editions under the hash of what it depends on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass
from pathlib import Path

from publish.building.keys import code_digest
from publish.catalogs.statistics import Count, Statistics
from publish.errors import PublishError
from publish.files import write_atomic
from publish.history import Revision, revisions, version
from publish.languages.language import Language
from publish.model import Coverage, Key
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
    """One document in one language; `catalog` is None where there is no file."""

    document: str
    language: str
    catalog: Statistics | None
    coverage: Coverage
    stale: Lag | None = None


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
    write_atomic(path, json.dumps({"key": key, "standing": asdict(found)}).encode())
    return found


def _key(workspace: Workspace, name: str, language: Language) -> str:
    digest = hashlib.sha256(code_digest().encode())
    digest.update(repr((name, workspace.settings.segmentation.get(name))).encode())
    source = workspace.source_language
    paths: list[Path] = list(workspace.source_files(name))
    paths += [workspace.catalog(language, name), workspace.catalog(source, name)]
    for path in paths:
        data = path.read_bytes() if path.is_file() else b""
        digest.update(f"\0{path.name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def _restored(kept: dict[str, dict[str, dict[str, int]] | None]) -> Standing:
    catalog, stale = kept["catalog"], kept["stale"]
    figures = {name: Count(**count) for name, count in (catalog or {}).items()}
    return Standing(
        str(kept["document"]),
        str(kept["language"]),
        Statistics(**figures) if catalog else None,
        Coverage(**kept["coverage"]),  # type: ignore[arg-type]
        Lag(**stale) if stale else None,  # type: ignore[arg-type]
    )


def _measured(workspace: Workspace, name: str, language: Language) -> Standing:
    from publish.building.preparing import load_catalog
    from publish.catalogs.statistics import statistics
    from publish.checks.health import missing
    from publish.editions.assembling import Translation, coverage

    source = workspace.source_language
    document = workspace.read(name)
    catalog = load_catalog(workspace, language, name)
    corrections = load_catalog(workspace, source, name)
    translation = Translation.of(source, language, catalog, corrections)
    lag = None
    if catalog is not None and (lacking := missing(document, source, catalog)):
        lag = _lag(workspace, name, set(catalog.active()), len(lacking))
    return Standing(
        name,
        language.tag,
        statistics(catalog) if catalog else None,
        coverage(document, translation),
        lag,
    )


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
    from publish.reading.markdown import SourceFile, read_document
    from publish.reading.segmenting import units

    first = workspace.source_files(name)[0]
    single = first == workspace.root / "source" / f"{name}.md"
    path = workspace.shown(first if single else first.parent)
    whole = workspace.settings.segmentation.get(name) == "paragraph"
    for revision in revisions(workspace.root, path):
        files = [SourceFile(*pair) for pair in version(workspace.root, revision, path).items()]
        try:
            document = read_document(name, workspace.settings.source_language, files, whole=whole)
        except (PublishError, ValueError):
            continue
        yield revision, {unit.key for unit in units(document, workspace.source_language)}
