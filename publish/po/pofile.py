"""`.po` files as records that keep the bytes they were read from.

Unchanged records are written back byte for byte; changed ones as `msgcat` writes them.  Code
outside this room mostly uses the `Catalog` that `extract_catalog` returns for a file.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from publish.errors import PublishError
from publish.files import write_atomic
from publish.garbage import collecting_no_garbage
from publish.languages.language import Language
from publish.model import Catalog, Entry, Key, Span
from publish.po.formatting import PAGE_WIDTH, PLAIN, PoStyle, make_header_entry, serialise_entry
from publish.po.linebreaking import fold_lines
from publish.po.scanning import ScannedEntry, scan_entries
from publish.po.syntaxerrors import MOST, combine_errors
from publish.visible import crop

__all__ = [
    "PoFile",
    "PoRecord",
    "confirm_records",
    "decode_po",
    "dump_po",
    "extract_catalog",
    "list_header_fields",
    "list_records",
    "make_header",
    "make_po_file",
    "make_record",
    "parse_file",
    "parse_po",
    "read_po_file",
    "replace_entry",
    "write_po_file",
]


@dataclass(frozen=True, slots=True)
class PoRecord:
    """An entry and the text it was read from; `raw` is None for one to be written anew.

    `lead` are the blank lines before it, `unknown` comment lines (`#=`) that this version does not
    know.  Both are kept when the entry changes.
    """

    entry: Entry
    raw: str | None = None
    lead: str | None = None
    unknown: tuple[str, ...] = ()


def replace_entry(record: PoRecord, entry: Entry) -> PoRecord:
    """Return the record with another entry; the same record if the entries are equal."""
    return record if record.entry == entry else replace(record, entry=entry, raw=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PoFile:
    """A file: its header entry, all other entries in order, its charset and its style.

    `records` includes obsolete entries.  `tail` is the text after the last entry: blank lines,
    comments that belong to no entry.
    """

    file: str
    header: PoRecord | None
    records: tuple[PoRecord, ...] = ()
    tail: str = ""
    charset: str = "utf-8"
    bom: bool = False
    style: PoStyle = PLAIN


# --------------------------------------------------------------------------- reading


def read_po_file(path: Path, shown: str) -> PoFile:
    """Read the file at `path`, named `shown` in messages.

    Raises PublishError as `parse_po` does, and with code `po-empty` for an empty file: every
    catalog has a header, and treating an empty file as a new one would lose all its translations.
    """
    return parse_file(path.read_bytes(), shown)


def parse_file(data: bytes, shown: str) -> PoFile:
    """Return what `read_po_file` returns for a file with these bytes; raises as it does."""
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        raise PublishError(
            "the file is empty: its translations are gone",
            Span(shown, 1, 1),
            "restore it from git, or delete it to start again",
            code="po-empty",
        )
    return parse_po(data, shown)


@collecting_no_garbage()
def parse_po(data: bytes, file: str) -> PoFile:
    """Parse the bytes of a `.po` file, named `file` in messages.

    Law (round trip): `dump_po(parse(data, file)) == data` for every file that is accepted.  Raises
    PublishError with the line for what gettext refuses too (codes `po-charset`, `po-conflict`,
    `po-control`, `po-duplicate`, `po-header`, `po-syntax`), FindingsError for several errors.
    """
    text, charset = decode_po(data, file)
    *scanned, tail = scan_entries(text, charset, file)
    records = [make_record(one) for one in scanned if isinstance(one, ScannedEntry)]
    bom = data.startswith(codecs.BOM_UTF8)
    return make_po_file(file, text, records, str(tail), charset=charset, bom=bom)


def decode_po(data: bytes, file: str) -> tuple[str, str]:
    """Return the text of a `.po` file, and its charset; raises PublishError as `parse_po` does."""
    body = data.removeprefix(codecs.BOM_UTF8)
    charset = _charset(body, file)
    text = _decode(body, charset, file)
    _refuse_control_characters(body, text, file)
    return text, charset


def make_record(scanned: ScannedEntry) -> PoRecord:
    """Return the record of an entry that was read."""
    return PoRecord(scanned.entry, scanned.raw, scanned.lead, scanned.unknown)


def make_po_file(
    file: str, text: str, records: Sequence[PoRecord], tail: str, *, charset: str, bom: bool
) -> PoFile:
    """Return the file of a text whose records were read; raises PublishError for twin entries."""
    if wrong := list(islice(_repeated(records), MOST)):
        raise combine_errors(wrong, file)
    header = records[0] if records and _is_header(records[0]) else None
    return PoFile(
        file=file,
        header=header,
        records=tuple(records[1:] if header else records),
        tail=tail,
        charset=charset,
        bom=bom,
        style=_style(text),
    )


_DECLARED = re.compile(rb'^[^#\n]*Content-Type:[^\n"]*?charset=([^\\\s";]+)', re.M | re.I)
_FIRST_MSGID = re.compile(rb'^[ \t]*msgid[ \t\r\n]*"', re.M)
_OTHER_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def _charset(body: bytes, file: str) -> str:
    """Return the charset that the header names, UTF-8 if it names none."""
    top = Span(file, 1, 1)
    if body and not body.strip(b"\0"):
        hint = "restore it from git or from a copy"
        raise _charset_error("the file has only zero bytes: its content is lost", top, hint)
    if body.startswith(_OTHER_BOMS) or b"\0" in body[:2]:
        raise _charset_error("the file is saved as UTF-16", top, "save it as UTF-8")
    if b"\r" in body and b"\n" not in body:
        hint = "save it with Unix (LF) or Windows (CRLF) line endings"
        raise _charset_error("the file has old Mac line endings (CR)", top, hint)
    starts = [match.start() for match in islice(_FIRST_MSGID.finditer(body), 2)]
    header = body[: starts[1]] if len(starts) > 1 else body
    match = _DECLARED.search(header)
    name = match[1].decode("ascii", "replace") if match else "CHARSET"
    if name == "CHARSET":
        return "utf-8"
    line = header.count(b"\n", 0, match.start(1) if match else 0) + 1
    ascii_bytes = bytes(range(128))
    try:
        ordinary = ascii_bytes.decode(name) == ascii_bytes.decode("ascii")
    except (LookupError, UnicodeError):
        ordinary = False
    if not ordinary:
        hint = "save the file as UTF-8, and write charset=UTF-8 in its header"
        raise _charset_error(f"unknown charset {name}", Span(file, line, line), hint)
    return codecs.lookup(name).name


def _decode(body: bytes, charset: str, file: str) -> str:
    hint = "save the file as UTF-8, or write the charset it is saved in into the Content-Type line"
    try:
        text = body.decode(charset)
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        if error.end == len(body) and error.reason == "unexpected end of data":
            message = "the file ends in the middle of a letter: it was cut short"
            again = "copy or download it again, or restore it from git"
            raise _charset_error(message, Span(file, line, line), again) from None
        wrong = body[error.start]
        message = f"the byte 0x{wrong:02X} is not valid {charset.upper()}"
        raise _charset_error(message, Span(file, line, line), hint) from None
    if text.encode(charset, "replace") != body:
        raise _charset_error(
            f"the file cannot be written back unchanged in {charset.upper()}",
            Span(file, 1, 1),
            hint,
        )
    return text


def _charset_error(message: str, span: Span, hint: str) -> PublishError:
    return PublishError(message, span, hint, code="po-charset")


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)")
_CONTROL_BYTES = bytes({*range(32), 127} - {9, 10, 13})


def _refuse_control_characters(body: bytes, text: str, file: str) -> None:
    clean = len(body) == len(body.translate(None, _CONTROL_BYTES))
    if clean and body.count(b"\r") == body.count(b"\r\n"):
        return
    places: dict[str, int] = {}
    counts: Counter[str] = Counter()
    for match in _CONTROL.finditer(text):
        places.setdefault(match[0], match.start())
        counts[match[0]] += 1
    if places:
        lines = {key: text.count("\n", 0, place) + 1 for key, place in places.items()}
        found = [_control_error(key, counts[key], Span(file, n, n)) for key, n in lines.items()]
        raise combine_errors(found[:MOST], file)


def _control_error(character: str, count: int, span: Span) -> PublishError:
    """Return the error for all control characters of one kind, at the first of them."""
    times = f" {count} times, first in this line" if count > 1 else ""
    hint = "delete it; an editor shows it as a box or not at all"
    return PublishError(
        f"the file contains the control character U+{ord(character):04X}{times}",
        span,
        "restore the file from git or from a copy" if character == "\0" else hint,
        code="po-control",
    )


def _is_header(record: PoRecord) -> bool:
    entry = record.entry
    return not entry.msgid and entry.context is None and not entry.obsolete


def _repeated(records: Sequence[PoRecord]) -> Iterator[PublishError]:
    """Yield errors for live entries with the same key, and for a header that is not at the top."""
    seen: dict[Key, Entry] = {}
    for record in records:
        entry = record.entry
        if entry.obsolete:
            continue
        first = seen.setdefault(entry.key, entry)
        if first is not entry:
            yield _duplicate(first, entry)
        elif not entry.msgid and record is not records[0] and entry.context is None:
            yield PublishError(
                "the header entry is not at the top of the file",
                entry.span,
                'move the entry with the empty msgid "" to the top',
                code="po-header",
            )


def _duplicate(first: Entry, second: Entry) -> PublishError:
    where = f'"{crop(second.msgid, 60)}"' if second.msgid else "the header"
    return PublishError(
        f"{where} occurs twice, on lines {first.span.first} and {second.span.first}",
        second.span,
        "delete one of the two entries",
        code="po-duplicate",
    )


_LONG_LINE = re.compile(rf'^(?:#[|~][^"\n]*)?[^"#\n]*"([^\n]{{{PAGE_WIDTH},}})"\r?$', re.M)
_CONTINUED = re.compile(r'(?<!")(?<!\\n)"\r?\n(?:#[|~]{1,2}[ \t]*)?"')


def _style(text: str) -> PoStyle:
    """Return the style of the file; unwrapped if more lines are too long than are wrapped."""
    first = text.find("\n")
    newline = "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"
    if max(map(len, text.split("\n"))) <= PAGE_WIDTH + len(newline):
        return PoStyle(newline)
    long = sum(
        len(fold_lines(match[1], PAGE_WIDTH, 0)) > 1
        for match in islice(_LONG_LINE.finditer(text), 200)
    )
    wrapped = long and sum(1 for _ in islice(_CONTINUED.finditer(text), 200))
    return PoStyle(newline, wrap=long <= wrapped)


# --------------------------------------------------------------------------- catalogs and headers


def extract_catalog(po: PoFile) -> Catalog:
    """Return the file as a catalog, without the bytes it was read from."""
    return Catalog(po.file, list_header_fields(po), tuple(record.entry for record in po.records))


def list_header_fields(po: PoFile) -> tuple[tuple[str, str], ...]:
    """Return the names and values of the header's fields in order."""
    lines = po.header.entry.msgstr.split("\n") if po.header else []
    fields = (line.partition(":") for line in lines if line.strip())
    return tuple((name.strip(), value.strip()) for name, _, value in fields)


def make_header(language: Language, project: str, created: str = "") -> PoRecord:
    """Return the header record of a new catalog; see `make_header_entry`."""
    return PoRecord(make_header_entry(language, project, created))


# --------------------------------------------------------------------------- writing


def write_po_file(path: Path, po: PoFile) -> bool:
    """Write the file to `path` atomically, and return whether its bytes changed.

    New text is first read back by a second reader.  Raises PublishError as `dump_po` does.
    """
    parts = _parts(po)
    confirm_records([record for record in list_records(po) if record.raw is None], po.style)
    return write_atomic(path, _encode(po, parts))


def confirm_records(fresh: Sequence[PoRecord], style: PoStyle) -> None:
    """Read records that are written anew back with a second reader; raise its error if they differ.

    `style` is that of their file.
    """
    if fresh:
        # polib is loaded only where something new is written.
        from publish.po.secondreader import confirm_written

        plain = replace(style, newline="\n")
        confirm_written(
            (one.entry, serialise_entry(one.entry, plain, one.unknown)) for one in fresh
        )


def dump_po(po: PoFile) -> bytes:
    """Return the bytes of the file.

    Raises PublishError (code `po-charset`) if its charset lacks a character.
    """
    return _encode(po, _parts(po))


def list_records(po: PoFile) -> tuple[PoRecord, ...]:
    """Return all records of a file, its header first."""
    return (po.header, *po.records) if po.header else po.records


def _parts(po: PoFile) -> list[str]:
    """Return the file's text, record by record; each record starts on a line of its own."""
    parts: list[str] = []
    for record in list_records(po):
        if record.raw is None:
            lead = po.style.newline if record.lead is None else record.lead
            body = serialise_entry(record.entry, po.style, record.unknown)
            if not parts:
                lead = ""
        else:
            lead, body = record.lead or "", record.raw
        if parts and not parts[-1].endswith("\n"):
            parts.append(po.style.newline)
        parts.append(lead + body)
    if po.tail and parts and not parts[-1].endswith("\n"):
        parts.append(po.style.newline)
    return [*parts, po.tail]


def _encode(po: PoFile, parts: list[str]) -> bytes:
    text = "".join(parts)
    try:
        data = text.encode(po.charset)
    except UnicodeEncodeError as error:
        raise _charset_error(
            f"{text[error.start]} (U+{ord(text[error.start]):04X}) cannot be written in "
            f"{po.charset.upper()}",
            Span(po.file, 1, 1),
            f"convert the file to UTF-8: msgconv -t UTF-8 -o {po.file} {po.file}",
        ) from None
    return codecs.BOM_UTF8 + data if po.bom else data
