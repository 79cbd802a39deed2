"""The text of source files, before anything in it is Markdown."""

from __future__ import annotations

from dataclasses import dataclass

from publish.errors import PublishError
from publish.model import Span
from publish.reading.inline import check_characters

__all__ = ["SourceFile", "checked_source"]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One source file: its path as shown to people, and its text."""

    file: str
    text: str


def checked_source(source: SourceFile) -> SourceFile:
    """The file with line ends as Markdown has them.

    Raises PublishError (code `control-character`) for characters no edition can carry, and
    `charset` for what an editor saved in another way than as UTF-8 with lines ended by LF.
    """
    text = source.text.replace("\r\n", "\n")
    top = Span(source.file, 1, 1)
    if "\0" in text[:2]:
        raise PublishError("the file is saved as UTF-16", top, "save it as UTF-8", code="charset")
    if "\r" in text and "\n" not in text:
        raise PublishError(
            "the file has the line ends of old Macs (CR)",
            top,
            "save it with the line ends of Unix (LF) or Windows (CRLF)",
            code="charset",
        )
    for number, line in enumerate(text.split("\n"), 1):
        check_characters(line, Span(source.file, number, number))
    return SourceFile(source.file, text)
