"""Making findings: at an entry or at the top of a catalog."""

from __future__ import annotations

from publish.model import Catalog, Entry, Finding, Level, Span
from publish.visible import shorten

__all__ = ["LONGEST", "find_span", "quote_source", "report_at_entry", "report_at_top"]

LONGEST = 76
"""The most characters of a text that a message quotes."""


def find_span(entry: Entry) -> Span:
    """Return the lines of an entry's msgstr."""
    line = entry.msgstr_line or entry.span.first
    return Span(entry.span.file, line, max(line, entry.span.last))


def report_at_entry(
    entry: Entry, code: str, message: str, hint: str, level: Level = Level.ERROR
) -> Finding:
    """Return a finding at an entry's msgstr, with the start of its source sentence."""
    return Finding(
        code=code,
        level=level,
        message=message,
        span=find_span(entry),
        hint=hint,
        excerpt=quote_source(entry),
        key=entry.key,
    )


def report_at_top(catalog: Catalog, code: str, message: str, hint: str, level: Level) -> Finding:
    """Return a finding at the first line of a catalog."""
    span = Span(catalog.file, 1, 1)
    return Finding(code=code, level=level, message=message, span=span, hint=hint)


def quote_source(entry: Entry) -> str:
    """Return the start of an entry's source sentence, on one line."""
    return shorten(entry.msgid, LONGEST).replace("\n", " ")
