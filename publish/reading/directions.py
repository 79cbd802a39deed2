"""Characters that change the direction of text, so that it reads differently than it is written.

Overrides, embeddings and isolates are those of Unicode Annex 9, section 2.  The direction of a text
follows from its language.  Only a language written from right to left needs isolates, for a name
in other letters or a number, and there each one has to be closed.
"""

from __future__ import annotations

import re

from publish.languages.registry import find
from publish.model import CodeBlock, Document, blocks, plain, proses
from publish.reading.faults import Faults
from publish.visible import DIRECTION_CHANGES

__all__ = ["check_directions", "find_direction_changes"]

TURNING = re.compile(f"[{DIRECTION_CHANGES}]")
ISOLATES, CLOSED = "\u2066\u2067\u2068", "\u2069"


def find_direction_changes(text: str, direction: str = "ltr") -> tuple[int, ...]:
    """Return the offsets of the characters that wrongly change the direction of a text.

    Offsets are in code points.  A text written from right to left (`direction` is `rtl`) may
    contain isolates that are closed.
    """
    if text.isprintable():  # No format characters.
        return ()
    found = [match.start() for match in TURNING.finditer(text)]
    if direction != "rtl":
        return tuple(found)
    wrong: list[int] = []
    opened: list[int] = []
    for at in found:
        if text[at] in ISOLATES:
            opened.append(at)
        elif text[at] == CLOSED and opened:
            opened.pop()
        else:
            wrong.append(at)
    return tuple(sorted([*wrong, *opened]))


def check_directions(document: Document, faults: Faults) -> None:
    """Note an error (code `bidi-control`) for each text with such a character."""
    direction = find(document.language).direction
    texts = [(document.facts.identifier, field.prose.span) for field in document.front[:1]]
    for prose in proses(document):
        for text in (plain(prose.content), prose.note, prose.context):
            if text and not text.isprintable():
                texts.append((text, prose.span))
    texts += [(one.text, one.span) for one in blocks(document) if isinstance(one, CodeBlock)]
    for text, span in texts:
        if wrong := find_direction_changes(text, direction):
            faults.error(
                f"this character changes the direction of the text: U+{ord(text[wrong[0]]):04X}",
                span,
                "delete it; the direction follows from the language of the document",
                code="bidi-control",
            )
