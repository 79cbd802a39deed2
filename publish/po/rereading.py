"""Read a `.po` file again, of which an earlier version is known; only what changed is read."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from pathlib import Path

from publish.errors import PublishError
from publish.model import Entry, Span
from publish.po.pofile import (
    PoFile,
    PoRecord,
    decode_po,
    list_records,
    make_po_file,
    make_record,
    parse_file,
)
from publish.po.scanning import scan_entries

__all__ = ["parse_again", "read_again"]


def read_again(path: Path, known: PoFile) -> PoFile:
    """Read the file at `path`, of which `known` is an earlier version; raises as `parse_file`."""
    return parse_again(path.read_bytes(), known)


def parse_again(data: bytes, known: PoFile) -> PoFile:
    """Return what `parse_file` returns for these bytes; raises as it does.

    The records of `known` are taken where their text is the same.  The result does not depend on
    it, only the time.
    """
    file = known.file
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        return parse_file(data, file)
    text, charset = decode_po(data, file)
    records = _read_again(text, charset, known) if charset == known.charset else None
    if records is None:
        return parse_file(data, file)
    bom = data.startswith(codecs.BOM_UTF8)
    return make_po_file(file, text, records, known.tail, charset=charset, bom=bom)


def _read_again(text: str, charset: str, known: PoFile) -> tuple[PoRecord, ...] | None:
    """Return the records of a text, None if it must be read from its start.

    Those before and after what changed are known, and only moved by some lines.
    """
    old = list_records(known)
    if any(record.raw is None for record in old) or not text.endswith(known.tail):
        return None
    pieces = [(record.lead or "") + (record.raw or "") for record in old]
    same, start = _count_alike(text, pieces)
    if same == len(old) and start + len(known.tail) == len(text):
        return tuple(_in_place(old, 1))
    # The record before a change may go on into what is new.
    same = max(0, same - 1)
    start = sum(map(len, pieces[:same]))
    end = len(text) - len(known.tail)
    rest = len(old)
    while rest > same and end - len(pieces[rest - 1]) >= start:
        if not text.startswith(pieces[rest - 1], end - len(pieces[rest - 1])):
            break
        rest -= 1
        end -= len(pieces[rest])
    fresh = _read_between(text, charset, known.file, start, end)
    if fresh is None:
        return None
    below = text.count("\n", 0, end) + 1
    return (*_in_place(old[:same], 1), *fresh, *_in_place(old[rest:], below))


def _in_place(records: Sequence[PoRecord], line: int) -> Iterator[PoRecord]:
    """Yield records that follow one another from a line on, each with the lines where it is."""
    for record in records:
        lead, raw = record.lead or "", record.raw or ""
        line += lead.count("\n")
        yield _move(record, line - record.entry.span.first)
        line += raw.count("\n")


def _count_alike(text: str, pieces: Sequence[str]) -> tuple[int, int]:
    """Return with how many of these pieces a text begins, and where they end in it."""
    position = 0
    for count, piece in enumerate(pieces):
        if not text.startswith(piece, position):
            return count, position
        position += len(piece)
    return len(pieces), position


def _read_between(
    text: str, charset: str, file: str, start: int, end: int
) -> list[PoRecord] | None:
    """Return the records from a place to another, None if no record ends there."""
    found: list[PoRecord] = []
    scanned = scan_entries(text, charset, file, start, text.count("\n", 0, start) + 1)
    try:
        while start < end:
            one = next(scanned)
            # What cannot be read is passed over, and an error follows only at the end.
            if isinstance(one, str) or not text.startswith(one.lead + one.raw, start):
                return None
            found.append(make_record(one))
            start += len(one.lead) + len(one.raw)
    except PublishError:
        return None
    return found if start == end else None


def _move(record: PoRecord, lines: int) -> PoRecord:
    """Return a record that stands so many lines further down in its file."""
    if not lines:
        return record
    one = record.entry
    # Written out, since `dataclasses.replace` takes four times as long, and there are thousands.
    moved = Entry(
        msgid=one.msgid,
        msgstrs=one.msgstrs,
        context=one.context,
        plural=one.plural,
        flags=one.flags,
        comments=one.comments,
        extracted=one.extracted,
        references=one.references,
        previous=one.previous,
        previous_context=one.previous_context,
        previous_plural=one.previous_plural,
        obsolete=one.obsolete,
        span=Span(one.span.file, one.span.first + lines, one.span.last + lines),
        msgstr_line=one.msgstr_line + lines,
    )
    return PoRecord(moved, record.raw, record.lead, record.unknown)
