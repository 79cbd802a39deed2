"""Catalogs for translators: `.po` files that remember what was sent, and their way back.

The header names the document (`X-Publish-Kit: NAME`).  Each translated entry has the
fingerprint of its translation among its references (`#: kit:k3f2a…`), where translators do not
read it.  PO editors keep both.  The next `publish update` removes it from a catalog of the
workspace.  Older files have it in an extracted comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from publish.kits.items import EMPTY, make_fingerprint, read_fingerprint
from publish.kits.returnedtexts import ReturnedText
from publish.model import Entry, Key, make_entry_id
from publish.po.pofile import PoFile, PoRecord, dump_po, extract_catalog, parse_po

__all__ = ["FIELD", "read_catalog_subject", "read_returned_catalog", "write_kit_catalog"]

FIELD = "X-Publish-Kit"
_MARK = re.compile(r"kit: ?(\??k?[0-9a-f]{12})")


def write_kit_catalog(
    po: PoFile, document: str, places: Mapping[Key, str] = MappingProxyType({})
) -> bytes:
    """Return the bytes of a catalog for a translator: `po` with the name and the fingerprints.

    `places` are in words (`findings ¶12, page 7`), for a comment at each entry.
    """
    header = po.header and _signed(po.header, document)
    records = tuple(_placed(_marked(record), places) for record in po.records)
    return dump_po(replace(po, header=header, records=records))


def _signed(header: PoRecord, document: str) -> PoRecord:
    lines = [line for line in header.entry.msgstr.split("\n") if line]
    lines = [line for line in lines if not line.lower().startswith(f"{FIELD.lower()}:")]
    text = "".join(f"{line}\n" for line in (*lines, f"{FIELD}: {document}"))
    return replace(header, entry=replace(header.entry, msgstrs=(text,)), raw=None)


def _marked(record: PoRecord) -> PoRecord:
    entry = record.entry
    if entry.obsolete or not entry.msgstr or entry.plural is not None:
        return record
    kept = tuple(word for word in entry.references if not _MARK.fullmatch(word))
    mark = make_fingerprint(entry.msgstr, fuzzy=entry.fuzzy)
    return replace(record, entry=replace(entry, references=(*kept, f"kit:{mark}")), raw=None)


def _placed(record: PoRecord, places: Mapping[Key, str]) -> PoRecord:
    """Return the record with the number of its paragraph, or its page, among its comments."""
    entry = record.entry
    place = "" if entry.obsolete else places.get(entry.key, "")
    if not place or place in entry.extracted:
        return record
    others = (line for line in entry.extracted if not place.startswith(f"{line}, "))
    return replace(record, entry=replace(entry, extracted=(*others, place)), raw=None)


def read_catalog_subject(po: PoFile) -> tuple[str, str]:
    """Return the document and the gettext name of the language of a catalog; empty if not named."""
    catalog = extract_catalog(po)
    return catalog.header_field(FIELD), catalog.header_field("Language")


def read_returned_catalog(data: bytes, file: str) -> tuple[PoFile, tuple[ReturnedText, ...]]:
    """Return a returned catalog and its texts; raises PublishError for a damaged file.

    A catalog that was not part of a kit has no fingerprints, so its texts fill empty entries only.
    """
    po = parse_po(data, file)
    marked = bool(read_catalog_subject(po)[0])
    return po, tuple(_texts(po, marked=marked))


def _texts(po: PoFile, *, marked: bool) -> Iterator[ReturnedText]:
    for record in po.records:
        entry = record.entry
        if entry.obsolete or entry.plural is not None:
            continue
        base = _base(entry, marked=marked)
        # OmegaT leaves out fuzzy texts that nobody confirmed: that deletes nothing here.
        left_out = base.startswith("?") and not entry.msgstr
        yield ReturnedText(
            id=make_entry_id(entry.key),
            text=entry.msgstr,
            fuzzy=entry.fuzzy and bool(entry.msgstr),
            base=EMPTY if left_out else base,
            place=f"line {entry.msgstr_line}",
            line=entry.msgstr_line,
            source=entry.msgid,
            comments=entry.comments,
        )


def _base(entry: Entry, *, marked: bool) -> str:
    lines = (*entry.extracted, *entry.references)
    found = [mark[1] for line in lines if (mark := _MARK.fullmatch(line))]
    if found:
        return read_fingerprint(found[-1])
    return EMPTY if marked else ""
