"""Changes of a source as lines of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from publish.catalogs.differences import ChangeKind, SentenceChange
from publish.catalogs.wordmarks import MarkedPiece
from publish.translation.sourcechanges import SourceChanges, describe_places, mark_wordings
from publish.visible import make_visible

__all__ = ["render_changes_text"]


def render_changes_text(found: SourceChanges) -> str:
    """Return each change with its place, both wordings and the translation; then the counts."""
    lines = [line for change in found.changes for line in _lines(change)]
    counts = Counter(change.kind for change in found.changes)
    said = ", ".join(f"{counts[kind]} {kind}" for kind in ChangeKind if counts[kind])
    since = f" since {found.since.name} of {found.since.day}" if found.since else ""
    name = f"{found.source.name} in {found.language.tag}{since}"
    return "\n".join([*lines, f"{name}: {said or 'nothing changed'}"])


def _lines(change: SentenceChange) -> Iterator[str]:
    done = "(translated)" if change.done else ""
    yield "  ".join(filter(None, (change.kind, make_visible(describe_places(change)), done)))
    old, new = mark_wordings(change)
    if change.kind is ChangeKind.MOVED:
        yield f"   | {_marked(new, '', '')}"
    else:
        if old:
            yield f"   - {_marked(old, '[-', '-]')}"
        if new:
            yield f"   + {_marked(new, '{+', '+}')}"
    if change.translation:
        yield f"   | {make_visible(change.translation)}"
    if change.other:
        yield f"   ~ {make_visible(change.other)}"


def _marked(pieces: Iterable[MarkedPiece], start: str, end: str) -> str:
    return "".join(
        f"{start}{make_visible(piece.text)}{end}" if piece.changed else make_visible(piece.text)
        for piece in pieces
    )
