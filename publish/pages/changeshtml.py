"""Changes of a source as an HTML page for the translators of one language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from publish.catalogs.differences import ChangeKind, SentenceChange
from publish.editions.page.edition import read_front_text
from publish.editions.page.interface import Interface
from publish.languages.cldr import format_long_date
from publish.languages.language import Language
from publish.model import Role
from publish.pages.places import PlaceCells, make_place_cells
from publish.pages.shell import render_page
from publish.translation.sourcechanges import SourceChanges, list_locations, mark_wordings
from publish.visible import make_visible

__all__ = ["render_changes_page"]


def render_changes_page(
    found: Sequence[SourceChanges], folders: Sequence[Path], interface: Interface, source: Language
) -> str:
    """Return the changes as one page, without scripts or links to other sites.

    The page is in the language of the interface.  A template is taken from the first of the
    `folders` that has it.  `source` is the language of the source.
    """
    documents = [_document(one, interface) for one in found]
    return render_page(folders, "changes.xhtml", {"documents": documents}, interface, source)


def _document(found: SourceChanges, interface: Interface) -> dict[str, object]:
    since = found.since
    day = format_long_date(date.fromisoformat(since.day), interface.language) if since else ""
    return {
        "title": read_front_text(found.source.document, Role.TITLE),
        "since": day,
        "changes": {
            str(kind): [_cells(one, interface) for one in found.changes if one.kind is kind]
            for kind in ChangeKind
        },
    }


def _cells(change: SentenceChange, interface: Interface) -> dict[str, object]:
    old, new = mark_wordings(change)
    old = () if change.kind is ChangeKind.MOVED else old
    return {
        "places": _places(change, interface),
        "old": [(make_visible(piece.text), piece.changed) for piece in old],
        "new": [(make_visible(piece.text), piece.changed) for piece in new],
        "translation": make_visible(change.translation),
        "other": make_visible(change.other),
        "done": change.done,
    }


def _places(change: SentenceChange, interface: Interface) -> list[PlaceCells]:
    cells = (make_place_cells(one, interface) for one in list_locations(change))
    return list(dict.fromkeys(cells))
