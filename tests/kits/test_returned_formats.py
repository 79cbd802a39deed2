"""What else people send: other kinds of sheets, comments, remarks, struck-out words, formulas."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from kitcases import catalog, sheet_of
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from publish.errors import PublishError
from publish.kits.proposals import find_term_proposals
from publish.kits.returnedfiles import list_state_words, read_parcels
from publish.kits.returnedtexts import ReturnedText
from publish.kits.spreadsheet import write_workbook
from publish.kits.workbookcells import read_sheet_rows

PO = catalog({"A quoted sentence.": "Sitata."})
SHEET = sheet_of(PO)
BOOK, _ = write_workbook(SHEET)
WORDS = list_state_words(SHEET.interface)


def edited(change: Callable[[Worksheet], object], sheet: int = 0) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(BOOK))
    change(book.worksheets[sheet])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def back(data: bytes, name: str = "back.xlsx") -> list[ReturnedText]:
    (parcel,) = read_parcels(data, name)
    assert (parcel.document, parcel.language) == ("short", "tk")
    return list(parcel.texts(PO, WORDS))


def texts(found: list[ReturnedText]) -> list[tuple[str, str, str, str]]:
    return [(one.id, one.text, one.base, one.source or "") for one in found]


def put(page: Worksheet, place: str, value: object) -> None:
    page[place].value = value


# --------------------------------------------------------------------------- other sheets


@pytest.mark.parametrize("between", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_in_text_comes_back_as_the_workbook_does(between: str, encoding: str) -> None:
    page = openpyxl.load_workbook(io.BytesIO(BOOK)).worksheets[0]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=between)
    writer.writerows([cell.value or "" for cell in row] for row in page.iter_rows())
    assert texts(back(buffer.getvalue().encode(encoding), "x.csv")) == texts(back(BOOK))


def test_a_table_in_another_encoding_is_told() -> None:
    data = "id,publish-kit ru x\nu1,Привет\n".encode("cp1251")
    with pytest.raises(PublishError, match="not in UTF-8") as caught:
        read_parcels(data, "x.csv")
    assert "UTF-8" in caught.value.hint


def test_an_old_workbook_is_told_with_what_to_do() -> None:
    with pytest.raises(PublishError, match=r"old Excel file \(.xls\)") as caught:
        read_parcels(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "x.xls")
    assert ".xlsx or .ods" in caught.value.hint


def test_a_file_of_numbers_is_told_with_what_to_do() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("Index/Document.iwa", b"x")
    with pytest.raises(PublishError, match="Apple Numbers"):
        read_parcels(buffer.getvalue(), "x.numbers")


ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><office:automatic-styles>
<style:style style:name="T1"><style:text-properties style:text-line-through-style="solid"/>
</style:style>
</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="tk">
<table:table-row>{names}</table:table-row>
<table:table-row table:number-rows-repeated="1"><table:table-cell/></table:table-row>
<table:table-row>{cells}<table:table-cell table:number-columns-repeated="16000"/></table:table-row>
<table:table-row table:number-rows-repeated="1048573"><table:table-cell/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""
NAMES = ("id", "source", "translation", "base", "publish-kit tk short")


def ods(*cells: str) -> list[ReturnedText]:
    """The texts of a sheet with one row of these cells, each as XML or plain words."""
    names = "".join(f"<table:table-cell><text:p>{one}</text:p></table:table-cell>" for one in NAMES)
    row = "".join(
        one
        if one.startswith("<table")
        else f"<table:table-cell><text:p>{one}</text:p></table:table-cell>"
        for one in cells
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(names=names, cells=row))
    return back(buffer.getvalue(), "x.ods")


def test_an_opendocument_sheet_is_read_with_its_spaces_and_comments() -> None:
    cell = (
        "<table:table-cell><office:annotation><dc:creator>a</dc:creator>"
        "<text:p>Why so?</text:p></office:annotation>"
        "<text:p>Two<text:s text:c='2'/><text:span text:style-name='T1'>not</text:span>"
        "words</text:p>"
        "</table:table-cell>"
    )
    (row,) = ods("u1", "S.", cell, "k123456789abc")
    assert (row.id, row.text, row.base, row.place) == ("u1", "Two  words", "k123456789abc", "C3")
    assert row.comments == ("question: Why so?",)


@pytest.mark.parametrize(
    ("attributes", "problem"),
    [
        ("table:formula='of:=[.A1]' office:value-type='string'", "a formula"),
        ("office:value-type='boolean'", "TRUE or FALSE"),
        ("office:value-type='float'", "a number or a date"),
    ],
)
def test_what_is_no_text_in_an_opendocument_sheet_is_told(attributes: str, problem: str) -> None:
    cell = f"<table:table-cell {attributes}><text:p>x</text:p></table:table-cell>"
    (row,) = ods("u1", "S.", cell, "")
    assert row.problem == f"the cell has {problem}, not text"


@pytest.mark.full
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["ods", "xlsx", "csv"])
def test_what_libreoffice_saves_comes_back_as_the_workbook_does(
    tmp_path: Path, suffix: str
) -> None:
    (tmp_path / "kit.xlsx").write_bytes(BOOK)
    kind = "csv:Text - txt - csv (StarCalc):59,34,76" if suffix == "csv" else suffix
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/home", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(tmp_path / "out"), str(tmp_path / "kit.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    data = (tmp_path / "out" / f"kit.{suffix}").read_bytes()
    assert texts(back(data, f"kit.{suffix}")) == texts(back(BOOK))


# --------------------------------------------------------------------------- no text


def test_words_that_are_struck_out_are_no_text() -> None:
    struck = TextBlock(InlineFont(strike=True), "old")
    data = edited(lambda page: put(page, "D4", CellRichText(struck, " new")))
    assert back(data)[1].text == "new"

    def strike(page: Worksheet) -> None:
        page["D4"].value = "old"
        page["D4"].font = Font(strike=True)

    assert back(edited(strike))[1].text == ""


@pytest.mark.parametrize(
    ("value", "problem"),
    [("=A1", "a formula"), (True, "TRUE or FALSE"), (12, "a number or a date")],
)
def test_what_is_no_text_is_told(value: object, problem: str) -> None:
    row = back(edited(lambda page: put(page, "D4", value)))[1]
    assert row.problem == f"the cell has {problem}, not text"


@pytest.mark.parametrize("typed", ["Sitata! ", "\nSitata!", "Sitata!\r\n", "\tSitata!\n\n"])
def test_line_ends_and_spaces_at_the_ends_go(typed: str) -> None:
    assert back(edited(lambda page: put(page, "D4", typed)))[1].text == "Sitata!"


def test_a_line_break_within_becomes_a_space() -> None:
    assert back(edited(lambda page: put(page, "D4", "One \n\n two")))[1].text == "One two"


# --------------------------------------------------------------------------- questions


def test_comments_and_remarks_come_back_as_questions() -> None:
    def change(page: Worksheet) -> None:
        page["D4"].comment = Comment("Which court?\nThe first?", "somebody")
        page["G5"].value = "Is this a name?"
        page["K6"].value = "not sure"

    found = back(edited(change))
    assert [one.comments for one in found[:5]] == [
        (),
        ("question: Which court? The first?",),
        ("question: Is this a name?",),
        ("question: not sure",),
        (),
    ]


def test_corrections_of_the_glossary_come_back_as_proposals() -> None:
    def change(page: Worksheet) -> None:
        page["B2"].value = "new word"
        page["B2"].comment = Comment("more usual", "somebody")
        page["A9"].value, page["B9"].value = "pump", "nasos"

    pages = read_sheet_rows(edited(change, 1), "x")
    found = find_term_proposals(pages, SHEET.terms)
    first = SHEET.terms[1]
    assert [(one.term, one.sent, one.proposed, one.remarks, one.place) for one in found] == [
        (first[0], first[1], "new word", ("more usual",), "B2"),
        ("pump", "", "nasos", (), "B9"),
    ]
    assert find_term_proposals(read_sheet_rows(BOOK, "x"), SHEET.terms) == ()
    assert find_term_proposals(pages, ()) == ()
