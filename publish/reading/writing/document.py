"""A whole document as a Markdown source."""

from __future__ import annotations

from publish.model import Document
from publish.reading.writing.blockwriter import write_blocks
from publish.reading.writing.frontlines import write_front

__all__ = ["write_document"]


def write_document(document: Document) -> str:
    """Return a document as the text of one source file.

    Law: reading it gives the document again, apart from the lines its blocks stand on, if it is
    one that reading can give.  Raises PublishError (code `unwritable-marks`) for marks that
    Markdown cannot express.
    """
    body = write_blocks((*document.body, *document.notes))
    return f"{write_front(document)}\n\n{body}\n"
