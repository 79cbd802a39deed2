"""Changes of a source as people and programs read them: lines, JSON, a page of HTML."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from publish.catalogs.differences import ChangeKind, SentenceChange
from publish.catalogs.wordmarks import MarkedPiece, word_marks
from publish.editions.edition import front_plain
from publish.editions.interface import Interface
from publish.history import Revision
from publish.languages.cldr import long_date
from publish.languages.language import Language
from publish.model import Document, Role
from publish.visible import visible

__all__ = ["Changed", "changes_html", "changes_json", "changes_text"]


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed in a document for a language; `stale` says that its catalog lacks some of it."""

    document: Document
    language: Language
    changes: tuple[SentenceChange, ...]
    since: Revision | None
    stale: bool


# --------------------------------------------------------------------------- text


def changes_text(found: Changed) -> str:
    """Each change with its place, the words that went and came, and the translation there is."""
    lines = [line for change in found.changes for line in _lines(change)]
    counts = Counter(change.kind for change in found.changes)
    said = ", ".join(f"{counts[kind]} {kind}" for kind in ChangeKind if counts[kind])
    since = f" since {found.since.name} of {found.since.day}" if found.since else ""
    name = f"{found.document.name} in {found.language.tag}{since}"
    return "\n".join([*lines, f"{name}: {said or 'nothing changed'}"])


def _lines(change: SentenceChange) -> Iterator[str]:
    done = "(translated)" if change.done else ""
    yield "  ".join(filter(None, (change.kind, visible(_place(change)), done)))
    old, new = _marks(change)
    if change.kind is ChangeKind.MOVED:
        yield f"   | {_marked(new, '', '')}"
    else:
        if old:
            yield f"   - {_marked(old, '[-', '-]')}"
        if new:
            yield f"   + {_marked(new, '{+', '+}')}"
    if change.translation:
        yield f"   | {visible(change.translation)}"


def _place(change: SentenceChange) -> str:
    """Where the sentence stands; for one that moved, from where to where."""
    old, new = (one.place if one else "" for one in (change.old, change.new))
    if change.kind is ChangeKind.MOVED and old != new:
        return f"{old} → {new}"
    return new or old


def _marks(change: SentenceChange) -> tuple[tuple[MarkedPiece, ...], tuple[MarkedPiece, ...]]:
    """Both wordings; only a changed sentence has words to be marked."""
    old, new = (one.key[1] if one else "" for one in (change.old, change.new))
    if change.kind is ChangeKind.CHANGED:
        return word_marks(old, new)
    return _unmarked(old), _unmarked(new)


def _unmarked(text: str) -> tuple[MarkedPiece, ...]:
    return (MarkedPiece(text, changed=False),) if text else ()


def _marked(pieces: Iterable[MarkedPiece], start: str, end: str) -> str:
    return "".join(
        f"{start}{visible(piece.text)}{end}" if piece.changed else visible(piece.text)
        for piece in pieces
    )


# --------------------------------------------------------------------------- JSON


def changes_json(found: Iterable[Changed]) -> str:
    """The schema: version 1; a wording is null where there is none."""
    told = {
        "version": 1,
        "documents": [
            {
                "document": one.document.name,
                "language": one.language.tag,
                "since": one.since.name if one.since else None,
                "changes": [_row(change) for change in one.changes],
            }
            for one in found
        ],
    }
    return json.dumps(told, indent=2, ensure_ascii=True)


def _row(change: SentenceChange) -> dict[str, object]:
    old, new = _marks(change)
    return {
        "kind": change.kind,
        "place": _place(change) or None,
        "old": _pieces(old) or None,
        "new": _pieces(new) or None,
        "translation": change.translation,
        "done": change.done,
    }


def _pieces(pieces: Iterable[MarkedPiece]) -> list[dict[str, object]]:
    return [{"text": piece.text, "changed": piece.changed} for piece in pieces]


# --------------------------------------------------------------------------- HTML


def changes_html(
    found: Sequence[Changed], folders: Sequence[Path], interface: Interface, source: Language
) -> str:
    """One page without scripts or addresses, in the words of an interface.

    `source` is the language of the source; `folders` hold the templates, first one first.
    """
    # The template engine is loaded only where a page is wanted.
    from publish.editions.templates import render_template

    values = {
        "language": interface.language.tag,
        "direction": interface.language.direction,
        "source_language": source.tag,
        "source_direction": source.direction,
        "documents": [_document(one, interface.language) for one in found],
    }
    return render_template(folders, "changes.xhtml", values, interface)


def _document(found: Changed, language: Language) -> dict[str, object]:
    by_kind = {str(kind): [c for c in found.changes if c.kind is kind] for kind in ChangeKind}
    since = found.since
    return {
        "title": front_plain(found.document, Role.TITLE),
        "since": long_date(date.fromisoformat(since.day), language) if since else "",
        "changes": {kind: [_cells(change) for change in rows] for kind, rows in by_kind.items()},
    }


def _cells(change: SentenceChange) -> dict[str, object]:
    old, new = _marks(change)
    old = () if change.kind is ChangeKind.MOVED else old
    return {
        "place": visible(_place(change)),
        "old": [(visible(piece.text), piece.changed) for piece in old],
        "new": [(visible(piece.text), piece.changed) for piece in new],
        "translation": visible(change.translation),
        "done": change.done,
    }
