"""The text of source files, checked before it is parsed as Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from publish.errors import PublishError
from publish.model import Span
from publish.reading.faults import Faults
from publish.reading.marks.inline import FORBIDDEN, check_characters
from publish.visible import find_tags

__all__ = ["SourceFile", "check_source"]

LINE_END = re.compile(r"\r+\n")
STRAY = re.compile(r"\r+")
"""Within a line; editors of web pages leave these in cells of tables."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A source file: its path as shown to people, and its text.

    `depth` is how deep the summary of a book has the chapter, from 1, and `name` what it calls
    it; 0 for a book without a summary.  A `part` is the title of a part in the summary.
    """

    file: str
    text: str
    depth: int = 0
    name: str = ""
    part: bool = False


def check_source(source: SourceFile, faults: Faults) -> SourceFile:
    """Return the file with Windows line endings replaced by LF, and a stray CR by a space.

    Raises PublishError with code `charset` for UTF-16 and for line endings of old Macs.  A
    character that no edition can contain is a fault (code `control-character`) and left out.
    """
    text = source.text.removeprefix("\ufeff").replace("\r\n", "\n")
    top = Span(source.file, 1, 1)
    if "\0" in text[:2]:
        raise PublishError("the file is saved as UTF-16", top, "save it as UTF-8", code="charset")
    if "\r" in text and "\n" not in text:
        raise PublishError(
            "the file has old Mac line endings (CR)",
            top,
            "save it with Unix (LF) or Windows (CRLF) line endings",
            code="charset",
        )
    if "\r" in text:
        text = STRAY.sub(" ", LINE_END.sub("\n", text))
    if FORBIDDEN.search(text) or find_tags(text):
        for number, line in enumerate(text.split("\n"), 1):
            with faults.collecting():
                check_characters(line, Span(source.file, number, number))
        for at in reversed(find_tags(text)):
            text = text[:at] + text[at + 1 :]
        text = FORBIDDEN.sub("", text)
    return replace(source, text=text)
