"""Exchange one record in the bytes of a file, without writing the others anew."""

from __future__ import annotations

from dataclasses import replace

from publish.model import Span
from publish.po.formatting import serialise_entry
from publish.po.pofile import PoFile, PoRecord, dump_po, parse_po
from publish.po.scanning import ScannedEntry, scan_entries

__all__ = ["splice_record"]


def splice_record(data: bytes, po: PoFile, at: int, record: PoRecord) -> tuple[bytes, PoRecord]:
    """Return the bytes of a file with another record in place of that at an index, and it as read.

    `data` are the bytes of `po`.  Laws: the bytes are those that `dump_po` returns for the file
    with this record, and parsing them gives the record; blank lines at the top stay, too.  Raises
    PublishError as `dump_po` does.
    """
    spliced = _splice(data, po, at, record)
    if spliced is not None:
        return spliced
    written = dump_po(replace(po, records=(*po.records[:at], record, *po.records[at + 1 :])))
    return written, parse_po(written, po.file).records[at]


def _splice(data: bytes, po: PoFile, at: int, record: PoRecord) -> tuple[bytes, PoRecord] | None:
    """Return what `splice_record` does, or None where the place of the record is not clear."""
    raw, body = po.records[at].raw, record.raw
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
    if found is None:
        return None
    return data[:place] + new + data[place + len(old) :], replace(found, lead=po.records[at].lead)


def _read(body: str, above: int, po: PoFile) -> PoRecord | None:
    """Return the record in a text with so many lines above it; None if there is not just one."""
    scanned, *more = scan_entries(body, po.charset, po.file)
    if not isinstance(scanned, ScannedEntry) or more != [""]:
        return None
    span = scanned.entry.span
    moved = replace(
        scanned.entry,
        span=Span(span.file, span.first + above, span.last + above),
        msgstr_line=scanned.entry.msgstr_line + above,
    )
    return PoRecord(moved, scanned.raw, scanned.lead, scanned.unknown)
