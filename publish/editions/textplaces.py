"""Finds the lines that a text of an edition comes from, for errors that name the text only.

A writer of editions reads the XHTML tree, which has no lines.  What it cannot write is an error
`about` that text; the place is found here, once for all formats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.editions.page.edition import Manuscript
from publish.errors import PublishError
from publish.model import CodeBlock, Document, Formula, Span, blocks, plain, proses

__all__ = ["place_error"]

UNSEEN = re.compile(r"[\s\u00ad\u200b\u2060]+")
"""What typography adds to a text or takes from it."""


def place_error(error: PublishError, text: Manuscript) -> None:
    """Give an error that is about a text, and has no place, the lines of its first block.

    They are those of the source, in an edition in another language as well.
    """
    if error.span is None and error.about:
        error.span = _find_span(error.about, text)


def _find_span(words: str, text: Manuscript) -> Span | None:
    wanted = UNSEEN.sub("", words)
    for half in text.both if wanted else ():
        for shown, span in _list_texts(half.document):
            if wanted in UNSEEN.sub("", shown):
                return span
    return None


def _list_texts(document: Document) -> Iterator[tuple[str, Span]]:
    for prose in proses(document):
        yield plain(prose.content), prose.span
    for block in blocks(document):
        if isinstance(block, CodeBlock):
            yield block.text, block.span
        elif isinstance(block, Formula):
            yield block.tex, block.span
