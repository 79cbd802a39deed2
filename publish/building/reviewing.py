"""Reviews in a workspace: ledgers read, and what they say of a document in a language."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from publish.catalogs.ledger import Ledger, Row, read_ledger
from publish.catalogs.pofile import catalog_of, parse
from publish.catalogs.reviewing import Figures, Verdict, figures, pair_digests, subjects, verdicts
from publish.errors import PublishError
from publish.history import past
from publish.languages.language import Language
from publish.model import Catalog, Document, Entry
from publish.workspace import Workspace

__all__ = ["Reviewed", "approved_texts", "load_ledger", "review_figures", "reviewed"]


def load_ledger(workspace: Workspace, language: Language, name: str) -> Ledger:
    """The ledger of a document in a language, an empty one where there is no file.

    Raises PublishError for a row that is broken.
    """
    path = workspace.ledger(language, name)
    shown = workspace.shown(path)
    return read_ledger(path.read_bytes(), shown) if path.is_file() else Ledger(shown)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A document in a language, and what its ledger says of every sentence, in reading order."""

    document: Document
    language: Language
    catalog: Catalog
    corrections: Catalog | None
    ledger: Ledger
    verdicts: tuple[Verdict, ...]


def reviewed(
    workspace: Workspace,
    document: Document,
    language: Language,
    catalog: Catalog,
    corrections: Catalog | None,
) -> Reviewed:
    """A translation with its reviews; `corrections` is the catalog of the source's language."""
    every = subjects(document, workspace.source_language, catalog, corrections)
    ledger = load_ledger(workspace, language, document.name)
    return Reviewed(document, language, catalog, corrections, ledger, verdicts(ledger, every))


def review_figures(
    workspace: Workspace,
    document: Document,
    language: Language,
    catalog: Catalog,
    corrections: Catalog | None,
) -> Figures | None:
    """How many sentences are in each state of review; None where nobody has reviewed any."""
    if not workspace.ledger(language, document.name).is_file():
        return None
    return figures(reviewed(workspace, document, language, catalog, corrections).verdicts)


def approved_texts(
    workspace: Workspace, language: Language, name: str, rows: Collection[Row]
) -> dict[Row, Entry]:
    """The entries that rows were written for, where the catalog's history in git has them.

    Groups of joined sentences are not looked for, nor versions that cannot be read.
    """
    wanted = {row.texts: row for row in rows}
    found: dict[Row, Entry] = {}
    path = workspace.shown(workspace.catalog(language, name))
    for _, data in past(workspace.root, path) if wanted else ():
        try:
            entries = catalog_of(parse(data, path)).entries
        except PublishError:
            continue
        for entry in entries:
            row = wanted.pop(pair_digests(entry), None) if any(entry.msgstrs) else None
            if row is not None:
                found[row] = entry
        if not wanted:
            break
    return found
