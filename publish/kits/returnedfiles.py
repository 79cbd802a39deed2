"""Recognise a returned file: its format, its document and language, and the texts in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath

from publish.containers.refusing import make_file_error
from publish.containers.zipfiles import ARCHIVE_LIMITS, is_zip, read_zip
from publish.editions.page.interface import Interface
from publish.errors import PublishError
from publish.importing.word.sentencemarks import EditedWord, read_edited_word, read_subject
from publish.kits.catalogfile import read_catalog_subject, read_returned_catalog
from publish.kits.csvcells import is_table, read_csv_rows
from publish.kits.editedfile import is_word_file
from publish.kits.items import Form, ItemState, keep_translation
from publish.kits.odscells import MIMETYPE, read_ods_rows
from publish.kits.returnedsheets import find_pages, read_returned_rows, read_sheet_subject
from publish.kits.returnedtexts import ReturnedText
from publish.kits.spreadsheet import name_item_states
from publish.kits.workbookcells import SheetRows, read_workbook_rows
from publish.kits.xliff import XliffFile, read_returned_units, read_xliff
from publish.kits.xlifftext import normalise_for_xliff
from publish.model import make_entry_id
from publish.po.pofile import PoFile

__all__ = ["MOST_BYTES", "ReturnedParcel", "StateWords", "list_state_words", "read_parcels"]

MOST_BYTES = 128 * 2**20
"""The largest file that is read."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of older Office programs begin, and files with a password."""

WORD_STREAM = "WordDocument".encode("utf-16-le")
"""The name of the part that has the text of an old Word file."""

WRITER = b"application/vnd.oasis.opendocument.text"

StateWords = Mapping[str, ItemState]
"""States by their names in lower case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedParcel:
    """A returned file with texts.

    `document` and `language` are as the file names them, empty if it does not.  `texts` yields
    the texts, given the catalog they belong to and the names of states.  `others` are the other
    sheets of a workbook.  Of a Word edition there is `word` instead of texts: given the tag of its
    language, it reads the file.
    """

    file: str
    document: str
    language: str
    texts: Callable[[PoFile, StateWords], Iterable[ReturnedText]]
    form: Form = keep_translation
    others: tuple[SheetRows, ...] = ()
    word: Callable[[str], EditedWord] | None = None


def read_parcels(data: bytes, file: str) -> tuple[ReturnedParcel, ...]:
    """Return the parcels in a file or an archive, catalogs first; a workbook may have several.

    The format is recognised by the content; the name is used in messages.  Raises PublishError
    (code `kit-file`) for a file that is damaged or of any other format.
    """
    if not is_zip(data):
        return tuple(_one(data, file))
    parts = read_zip(data, file)
    if is_word_file(parts):
        return (_edition(data, file),)
    if "[Content_Types].xml" in parts:
        return tuple(_workbook(read_workbook_rows(parts, file), file))
    if parts.get("mimetype", b"").startswith(MIMETYPE):
        return tuple(_workbook(read_ods_rows(parts, file), file))
    if parts.get("mimetype", b"").startswith(WRITER):
        hint = "open it and save it as Word (.docx); texts of tables come back as .ods, too"
        raise make_file_error("this is a text of LibreOffice (.odt)", file, hint)
    if any(name.endswith(".iwa") for name in parts):
        hint = "export it from Numbers as Excel (.xlsx) or CSV, from Pages as Word (.docx)"
        raise make_file_error("this is a file of Apple Numbers or Pages", file, hint)
    return tuple(_packed(parts, file))


def _packed(parts: Mapping[str, bytes], file: str) -> Iterator[ReturnedParcel]:
    """Yield the parcels of a whole kit; its other parts are for reading only.

    All its workbooks together may have as much in them as one archive may.
    """
    left = ARCHIVE_LIMITS.all
    kinds = {
        ".po": 0, ".xlf": 1, ".xliff": 1, ".xlsx": 2, ".ods": 2, ".csv": 3, ".tsv": 3, ".docx": 4
    }  # fmt: skip
    named = [(kinds[suffix], name) for name in parts if (suffix := _suffix(name)) in kinds]
    if not named:
        raise make_file_error(
            "the archive has no catalog, XLIFF file, spreadsheet or Word file", file
        )
    for _, name in sorted(named):
        inside = f"{file}/{name}"
        if kinds[_suffix(name)] == 3 and not is_table(parts[name]):
            continue  # such as the glossary of a kit
        if kinds[_suffix(name)] == 4:
            yield _edition(parts[name], inside)
            continue
        if kinds[_suffix(name)] != 2:
            yield from _one(parts[name], inside)
            continue
        book = read_zip(parts[name], inside, replace(ARCHIVE_LIMITS, all=left))
        left -= sum(map(len, book.values()))
        read = read_workbook_rows if "[Content_Types].xml" in book else read_ods_rows
        yield from _workbook(read(book, inside), inside)


def _edition(data: bytes, file: str) -> ReturnedParcel:
    """Return a Word file, which is read once its language is known."""
    document, language = read_subject(data, file)
    return ReturnedParcel(
        file=file,
        document=document,
        language=language,
        texts=lambda po, words: (),
        word=lambda tag: read_edited_word(data, file, language=tag),
    )


def _suffix(name: str) -> str:
    """Return the suffix of a name; empty for files that systems add (`._name`, `~$name`)."""
    path = PurePosixPath(name)
    return "" if path.name.startswith((".", "~")) else path.suffix.lower()


def _one(data: bytes, file: str) -> Iterator[ReturnedParcel]:
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        exchanged = read_xliff(data, file)
        texts = partial(_of_units, exchanged)
        yield ReturnedParcel(
            file=file,
            document=exchanged.document,
            language=exchanged.language,
            texts=texts,
            form=normalise_for_xliff,
        )
        return
    if is_table(data):
        yield from _workbook(read_csv_rows(data, file), file)
        return
    if data.startswith(OLE):
        raise _refuse_old(data, file)
    if _suffix(file) not in {".po", ".pot"} and b"msgid" not in data:
        raise make_file_error(
            "this is not a catalog, a spreadsheet, an XLIFF file or a ZIP archive", file
        )
    po, found = read_returned_catalog(data, file)
    document, language = read_catalog_subject(po)
    yield ReturnedParcel(
        file=file, document=document, language=language, texts=lambda po, words: found
    )


def _refuse_old(data: bytes, file: str) -> PublishError:
    """Return the error for a file of an older Office program, or one with a password."""
    if WORD_STREAM in data or _suffix(file) in {".doc", ".docx"}:
        kind, form = "Word file (.doc)", ".docx"
    else:
        kind, form = "Excel file (.xls)", ".xlsx or .ods"
    hint = f"open it and save it as {form}, without a password"
    return make_file_error(f"this is an old {kind}, or one with a password", file, hint)


def _workbook(pages: tuple[SheetRows, ...], file: str) -> Iterator[ReturnedParcel]:
    """Yield the sheets with texts, the first one with all sheets that have none."""
    found = find_pages(pages, file)
    others = tuple(one for one in pages if one not in found)
    for page in found:
        document, language = read_sheet_subject(page)
        yield ReturnedParcel(
            file=file,
            document=document,
            language=language,
            texts=partial(_of_rows, page),
            others=others if page is found[0] else (),
        )


def _of_rows(page: SheetRows, po: PoFile, words: StateWords) -> Iterable[ReturnedText]:
    return read_returned_rows(page, words)


def _of_units(exchanged: XliffFile, po: PoFile, words: StateWords) -> Iterable[ReturnedText]:
    """Return the texts of units; their source sentences come from the catalog, not the file."""
    msgids = {make_entry_id(record.entry.key): record.entry.msgid for record in po.records}
    return read_returned_units(exchanged, msgids)


def list_state_words(interface: Interface) -> StateWords:
    """Return the names of states in the sheets of a language and in English ones."""
    english = Interface(interface.language, {})
    return {
        word.casefold(): state
        for one in (english, interface)
        for state, word in name_item_states(one).items()
    }
