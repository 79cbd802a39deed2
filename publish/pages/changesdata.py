"""Changes of a source as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable

from publish.catalogs.differences import SentenceChange
from publish.catalogs.wordmarks import MarkedPiece
from publish.translation.sourcechanges import SourceChanges, describe_places, mark_wordings

__all__ = ["render_changes_json"]


def render_changes_json(found: Iterable[SourceChanges]) -> str:
    """Return changes in version 1 of our schema; a missing wording is null."""
    data = {
        "version": 1,
        "documents": [
            {
                "document": one.source.name,
                "language": one.language.tag,
                "since": one.since.name if one.since else None,
                "changes": [_row(change) for change in one.changes],
            }
            for one in found
        ],
    }
    return json.dumps(data, indent=2, ensure_ascii=True)


def _row(change: SentenceChange) -> dict[str, object]:
    old, new = mark_wordings(change)
    return {
        "kind": change.kind,
        "place": describe_places(change) or None,
        "old": _pieces(old) or None,
        "new": _pieces(new) or None,
        "translation": change.translation,
        "done": change.done,
        "other": change.other,
    }


def _pieces(pieces: Iterable[MarkedPiece]) -> list[dict[str, object]]:
    return [{"text": piece.text, "changed": piece.changed} for piece in pieces]
