"""Read a Word file as a document."""

from __future__ import annotations

from dataclasses import replace

from publish.importing.markup.pagereader import read_html
from publish.importing.results import Imported
from publish.importing.word.book import Comments
from publish.importing.word.ownfile import EMPTY_LINK
from publish.importing.word.preparing import Changes
from publish.importing.word.reading import read_word
from publish.model import Inline, Link, Prose, map_inlines, plain, rebuild

__all__ = ["read_word_document"]


def read_word_document(
    data: bytes,
    file: str,
    *,
    language: str = "en",
    name: str = "",
    changes: Changes = "accepted",
    comments: Comments = "dropped",
) -> Imported:
    """Return the document of a Word file, with its pictures and its losses.

    Tracked changes are accepted or rejected as a whole; comments are dropped, or become notes to
    the translators.

    Law: the words of the file that are not in the document are those of the losses that are not
    `moved`.  Raises PublishError (code `kit-file`) for a file that cannot be read, has no text, has
    a password, or is larger than the limits.
    """
    page = read_word(data, file, changes=changes, comments=comments)
    imported = read_html(
        page.html, file, language=language, name=name, whole=True, pictures=page.pictures
    )
    if EMPTY_LINK in page.html:
        imported = replace(imported, document=rebuild(imported.document, _empty_links))
    return replace(imported, losses=(*page.losses, *imported.losses))


def _empty_links(prose: Prose) -> Prose:
    """Leave a link empty that shows the name of what it leads to: editions write it anew."""

    def empty(node: Inline) -> Inline:
        if isinstance(node, Link) and plain(node.children) == EMPTY_LINK:
            return replace(node, children=())
        return node

    return replace(prose, content=map_inlines(empty, prose.content))
