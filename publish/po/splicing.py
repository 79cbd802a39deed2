"""Exchange one record in the bytes of a file, without reading or writing the others."""

from __future__ import annotations

from dataclasses import replace

from publish.model import Span
from publish.po.formatting import serialise_entry
from publish.po.pofile import PoFile, PoRecord
from publish.po.scanning import ScannedEntry, scan_entries

__all__ = ["splice_record"]


def splice_record(
    data: bytes, po: PoFile, at: int, record: PoRecord
) -> tuple[bytes, PoRecord] | None:
    """Return the bytes of a file with another record in place of that at an index, and it as read.

    `data` are the bytes of `po`.  Laws: the bytes are those that `dump_po` returns for the file
    with this record, and parsing them gives the record.  Returns None where the place is not
    clear, or the record cannot be written: then the file has to be written as a whole.
    """
    raw = po.records[at].raw
    body = record.raw
    if body is None:
        body = serialise_entry(record.entry, po.style, record.unknown)
    if raw is None or not raw.endswith("\n") or not body.endswith("\n"):
        return None
    try:
        old, new = raw.encode(po.charset), body.encode(po.charset)
    except UnicodeEncodeError:
        return None
    place = data.find(old)
    if place < 0 or data.find(old, place + 1) >= 0:
        return None  # The text of a record can be the end of another one.
    found = _read(body, data.count(b"\n", 0, place), po)
    if found is None or (found.entry, found.unknown) != (record.entry, record.unknown):
        return None
    return data[:place] + new + data[place + len(old) :], replace(found, lead=po.records[at].lead)


def _read(body: str, above: int, po: PoFile) -> PoRecord | None:
    """Return the record in a text with so many lines above it; None if there is not just one."""
    scanned, *more = scan_entries(body, po.charset, po.file)
    if not isinstance(scanned, ScannedEntry) or more != [""]:
        return None
    entry, span = scanned.entry, scanned.entry.span
    moved = replace(
        entry,
        span=Span(span.file, span.first + above, span.last + above),
        msgstr_line=entry.msgstr_line + above,
    )
    return PoRecord(moved, scanned.raw, scanned.lead, scanned.unknown)
