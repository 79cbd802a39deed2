"""Files that came back broken or to do harm: refused with a message, before they cost much."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from examples import least, some
from hypothesis import example, given, settings
from hypothesis import strategies as st
from kitcases import ENGLISH, TURKMEN, catalog, sent, sheet_of

from publish.containers.xmlreading import DEEPEST, parse_xml
from publish.containers.zipfiles import ArchiveLimits, read_zip, write_zip
from publish.errors import PublishError
from publish.kits import returnedfiles
from publish.kits.catalogfile import write_kit_catalog
from publish.kits.returnedfiles import list_state_words, read_parcels
from publish.kits.spreadsheet import write_workbook
from publish.kits.tmx import read_tmx
from publish.kits.workbookcells import read_sheet_rows
from publish.kits.xliff import write_xliff

BOOK = write_workbook(sheet_of(catalog({"A quoted sentence.": "Sitata."})))[0]
SMALL = ArchiveLimits(entries=3, entry=1000, all=1500)

LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><x>&c;</x>'
)
FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(PublishError) as error:
        call()
    assert error.value.code == "kit-file"
    assert error.value.hint
    return error.value.message


def with_shared_texts(book: bytes) -> bytes:
    """A workbook as most programs save it: its texts in a part of their own, by number."""
    parts, texts = read_zip(book, "x"), list[bytes]()

    def number(found: re.Match[bytes]) -> bytes:
        texts.append(found[1])
        return b' t="s"><v>%d</v></c>' % (len(texts) - 1)

    for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
        parts[name] = re.sub(rb' t="inlineStr"><is>(.*?)</is></c>', number, parts[name])
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    listed = b"".join(b"<si>%s</si>" % text for text in texts)
    parts["xl/sharedStrings.xml"] = b'<sst xmlns="%s">%s</sst>' % (space, listed)
    return write_zip(parts)


def test_texts_in_a_part_of_their_own_are_read() -> None:
    shared = with_shared_texts(BOOK)
    assert b"inlineStr" not in read_zip(shared, "x")["xl/worksheets/sheet1.xml"]
    assert read_sheet_rows(shared, "x") == read_sheet_rows(BOOK, "x")
    assert texts_in(shared) == texts_in(BOOK)


def changed_book(name: str, change: Callable[[bytes], bytes], book: bytes = BOOK) -> bytes:
    parts = read_zip(book, "x")
    parts[name] = change(parts.get(name, b""))
    return write_zip(parts)


def zipped(*files: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


# --------------------------------------------------------------------------- archives


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ([("../x", b"")], "the name ../x points outside the archive"),
        ([("/x", b"")], "the name /x points outside the archive"),
        ([("a\\..\\x", b"")], "the name a\\..\\x points outside the archive"),
        ([(str(n), b"") for n in range(4)], "the archive has 4 files, more than 3"),
        ([("x", bytes(1001))], "x is too large, or compressed by an unsupported method"),
        ([("x", bytes(800)), ("y", bytes(800))], "the archive is too large when unpacked"),
    ],
)
def test_archives_are_looked_at_before_they_are_unpacked(
    files: list[tuple[str, bytes]], message: str
) -> None:
    assert refusal(lambda: read_zip(zipped(*files), "x.zip", SMALL)) == message


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_stands_once() -> None:
    assert refusal(lambda: read_zip(zipped(("x", b"1"), ("x", b"2")), "x")) == (
        "the archive contains x twice"
    )


def test_an_encrypted_archive_is_refused() -> None:
    data = bytearray(zipped(("x", b"text")))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert refusal(lambda: read_zip(bytes(data), "x")) == "x is encrypted"


def test_a_size_that_lies_is_found_out() -> None:
    """The directory says 10 bytes; a megabyte is not unpacked."""
    data = bytearray(zipped(("x", bytes(2**20))))
    at = data.rindex(b"PK\x01\x02") + 24
    data[at : at + 4] = (10).to_bytes(4, "little")
    assert "damaged" in refusal(lambda: read_zip(bytes(data), "x", SMALL))


def test_an_archive_without_a_catalog_is_refused() -> None:
    assert "the archive has no catalog, XLIFF file, spreadsheet or Word file" in refusal(
        lambda: read_parcels(zipped(("a.exe", b"MZ")), "x.zip")
    )


def test_the_workbooks_of_a_kit_have_a_limit_on_their_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each may be small: an archive in an archive unpacks to much more than its declared size."""
    size = sum(map(len, read_zip(BOOK, "x").values()))
    kit = zipped(*((f"{number}.xlsx", BOOK) for number in range(4)))
    limits = ArchiveLimits(all=4 * size)
    monkeypatch.setattr(returnedfiles, "ARCHIVE_LIMITS", limits)
    assert len(read_parcels(kit, "x.zip")) == 4
    monkeypatch.setattr(returnedfiles, "ARCHIVE_LIMITS", replace(limits, all=4 * size - 1))
    assert refusal(lambda: read_parcels(kit, "x.zip")) == "the archive is too large when unpacked"


def test_two_sheets_that_are_one_part_are_refused() -> None:
    book = changed_book(
        "xl/_rels/workbook.xml.rels", lambda data: data.replace(b"sheet2.xml", b"sheet1.xml")
    )
    wanted = "two sheets of the workbook are the same part"
    assert refusal(lambda: read_sheet_rows(book, "x.xlsx")) == wanted


# --------------------------------------------------------------------------- XML


@pytest.mark.parametrize("text", [LAUGHS, FILE, '<!DOCTYPE x SYSTEM "http://[::1]/x.dtd"><x/>'])
def test_document_types_are_refused_everywhere(text: str) -> None:
    data = text.encode()
    wanted = "the XML has a document type or entities of its own"
    assert refusal(lambda: parse_xml(data, "x")) == wanted
    assert refusal(lambda: read_parcels(data, "x.xlf")) == wanted
    for part in ("xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"):
        book = changed_book(part, lambda _: data)
        assert refusal(lambda book=book: read_sheet_rows(book, "x.xlsx")) == wanted  # type: ignore[misc]


def test_tmx_may_name_its_document_type_but_declare_nothing() -> None:
    head = '<!DOCTYPE tmx SYSTEM "tmx14.dtd"'
    body = '<tmx version="1.4"><body><tu>{}</tu></body></tmx>'
    assert read_tmx(f"{head}>{body.format('')}".encode(), "x", "en", "tk") == ()
    for text in (
        f'{head} [<!ENTITY a "b">]>{body.format("&a;")}',
        f"{head}>{body.format('&a;')}",
        f'<!DOCTYPE other SYSTEM "tmx14.dtd">{body.format("")}',
    ):
        refusal(lambda text=text: read_tmx(text.encode(), "x", "en", "tk"))  # type: ignore[misc]


def test_xml_that_is_too_deep_is_refused() -> None:
    assert "more than 100 nested ones" in refusal(lambda: parse_xml(b"<a>" * (DEEPEST + 1), "x"))


@pytest.mark.parametrize(
    "text",
    [b"", b"<a", b"<a>\x00</a>", b'<?xml version="1.0" encoding="no-such"?><a/>', b"<a/><b/>"],
)
def test_what_is_not_well_formed_is_refused(text: bytes) -> None:
    assert refusal(lambda: parse_xml(text, "x")).startswith("this is not well-formed XML")


# --------------------------------------------------------------------------- workbooks


@pytest.mark.parametrize(
    ("part", "content", "message"),
    [
        ("xl/vbaProject.bin", b"\x00", "contains macros"),
        ("xl/macrosheets/sheet1.xml", b"<a/>", "contains macros"),
        ("[Content_Types].xml", b"x.macroEnabled.main", "may contain macros"),
        ("xl/_rels/workbook.xml.rels", b"<a/>", "no sheet of this workbook"),
    ],
)
def test_macros_and_missing_parts_are_refused(part: str, content: bytes, message: str) -> None:
    book = changed_book(part, lambda _: content)
    assert message in refusal(lambda: read_parcels(book, "x.xlsx"))


def sheet_with(rows: bytes) -> bytes:
    ns = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    data = b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (ns, rows)
    return changed_book("xl/worksheets/sheet1.xml", lambda _: data)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (b"<row/>" * 100_001, "the sheet has more than 100000 rows"),
        (b'<row r="1048577"/>', "the sheet has more than 100000 rows"),
        (b'<row r="1"><c r="A9"/></row>', "cell A9 is in row 1"),
        (b'<row><c t="s"><v>999999</v></c></row>', "the workbook has no text number 999999"),
        (b'<row><c t="s"><v>-1</v></c></row>', "the workbook has no text number -1"),
    ],
)
def test_sheets_that_are_too_long_or_wrong_are_refused(rows: bytes, message: str) -> None:
    assert refusal(lambda: read_sheet_rows(sheet_with(rows), "x.xlsx")) == message


def test_a_row_far_down_costs_nothing() -> None:
    (page, _) = read_sheet_rows(
        sheet_with(b'<row r="1048576"><c r="XFD1048576" t="str"><v>a</v></c></row>'), "x"
    )
    assert page.rows[1_048_576]["XFD"].text == "a"


# --------------------------------------------------------------------------- anything


def kinds() -> list[bytes]:
    po = catalog({"A quoted sentence.": "Sitata."})
    return [
        BOOK,
        write_kit_catalog(po, "short"),
        write_xliff("short", ENGLISH, TURKMEN, sent(po)),
        write_zip({"a/x.po": write_kit_catalog(po, "short"), "a/x.xlsx": BOOK, "a/x.txt": b"x"}),
    ]


KINDS = kinds()


def texts_in(data: bytes) -> int:
    """How many texts a file holds, read to the end."""
    po = catalog()
    words = list_state_words(sheet_of(po).interface)
    return sum(len(list(parcel.texts(po, words))) for parcel in read_parcels(data, "x"))


def test_every_kind_that_is_sent_out_is_known() -> None:
    sentences = len(catalog().records)
    assert [texts_in(data) for data in KINDS] == [sentences, sentences, sentences, 2 * sentences]


class Counted:
    """Counts what was read and what was refused; anything else than PublishError goes through."""

    def __init__(self) -> None:
        self.read: list[int] = []
        self.refused: list[str] = []

    def __call__(self, data: bytes) -> None:
        try:
            self.read.append(texts_in(data))
        except PublishError as error:
            self.refused.append(error.listed_code)
            assert error.message  # noqa: PT017


@pytest.mark.parametrize("kind", range(len(KINDS)))
def test_a_damaged_file_is_read_or_refused(kind: int) -> None:
    """Never anything but a PublishError: no traceback for what somebody sent."""
    count, data = Counted(), KINDS[kind]
    change = st.tuples(st.integers(0, len(data) - 1), st.binary(max_size=3))

    @settings(max_examples=some(40))
    @given(st.lists(change, max_size=2), st.none() | st.integers(0, len(data)))
    def check(changes: list[tuple[int, bytes]], end: int | None) -> None:
        damaged = bytearray(data)
        for at, what in changes:
            damaged[at : at + len(what)] = what
        count(bytes(damaged[:end]))

    check()
    assert len(count.read) >= least(4)
    assert len(count.refused) >= least(4)
    assert set(count.read) <= set(range(2 * len(catalog().records) + 1))


CALM = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
XML = st.recursive(
    CALM.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
    lambda inside: st.builds(
        "<{0}>{1}</{0}>".format,
        st.sampled_from(["unit", "segment", "source", "target", "row", "c", "v", "si", "t", "a"]),
        st.lists(inside, max_size=3).map("".join),
    ),
    max_leaves=6,
)
NS = {
    "po": "msgid {0}\nmsgstr {0}\n",
    "xliff": '<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0">{0}</xliff>',
}


def test_any_bytes_are_read_or_refused() -> None:
    count = Counted()

    @given(
        st.binary(max_size=200)
        | CALM.map(lambda text: f'msgid "{text}"\nmsgstr "{text}"\n'.encode())
        | XML.map(lambda text: NS["xliff"].format(text).encode())
    )
    @example(b"PK\x03\x04")
    @example(b"<")
    @example(b"")
    def check(data: bytes) -> None:
        count(data)

    check()
    assert min(len(count.read), len(count.refused)) >= least(10)


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"]
)
def test_any_xml_inside_a_workbook_is_read_or_refused(part: str) -> None:
    """The real part with elements put in somewhere, or with others in its place."""
    count, book = Counted(), with_shared_texts(BOOK)
    real = read_zip(book, "x")[part].decode()
    places = [at for at, character in enumerate(real, 1) if character == ">"]

    @settings(max_examples=some(60))
    @given(XML | st.text(max_size=40), st.none() | st.sampled_from(places))
    def check(text: str, at: int | None) -> None:
        changed = f"<a>{text}</a>" if at is None else real[:at] + text + real[at:]
        count(changed_book(part, lambda _: changed.encode("utf-8", "surrogatepass"), book))

    check()
    assert min(len(count.read), len(count.refused)) >= least(8)
