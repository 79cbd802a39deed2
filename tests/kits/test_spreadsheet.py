"""The workbook: text in, the same text out, through openpyxl and LibreOffice too."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from conftest import Golden
from examples import some
from hypothesis import example, given, settings
from hypothesis import strategies as st
from kitcases import TEXTS, catalog, commented, sheet_of, source
from openpyxl.worksheet.worksheet import Worksheet

from publish.editions.page.interface import Interface
from publish.kits.celltext import LONGEST, escape_cell_text, fits_cell, unescape_cell_text
from publish.kits.items import Item, make_fingerprint
from publish.kits.returnedfiles import list_state_words
from publish.kits.returnedsheets import find_pages, read_returned_rows, read_sheet_subject
from publish.kits.returnedtexts import ReturnedText
from publish.kits.returning import take_back
from publish.kits.spreadsheet import SheetContent, write_workbook
from publish.kits.workbookcells import read_sheet_rows

QUOTED = "A quoted sentence."
NOTE = "The text of the note."


def rows_of(data: bytes, sheet: SheetContent) -> list[ReturnedText]:
    (page,) = find_pages(read_sheet_rows(data, "back.xlsx"), "back.xlsx")
    return list(read_returned_rows(page, list_state_words(sheet.interface)))


def edited(data: bytes, change: Callable[[Worksheet], None]) -> bytes:
    """The workbook opened, changed and saved by openpyxl."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book.worksheets[0])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@given(TEXTS)
@example("_x0041_")
@example("_x005F_x0041_")
@example("a\r\nb\x00\ufffe")
def test_a_cell_gives_back_any_text(text: str) -> None:
    assert unescape_cell_text(escape_cell_text(text)) == text


@settings(max_examples=some(40))
@given(st.lists(TEXTS, min_size=4, max_size=4))
@example(["=1+1", "+1", "-1", "@SUM(A1)"])
@example([" a ", "\ta\n", "_x0041_", "<b>&amp;</b>"])
def test_any_text_comes_back_from_a_workbook_exactly(texts: list[str]) -> None:
    sheet = sheet_of(catalog())
    items = tuple(
        replace(item, translation=text, base=make_fingerprint(text, fuzzy=False))
        for item, text in zip(sheet.items, texts, strict=False)
    )
    data, too_long = write_workbook(replace(sheet, items=items))
    assert not too_long
    assert [row.text for row in rows_of(data, sheet)] == texts[: len(items)]


def test_a_workbook_says_what_it_is_of_and_comes_back_untouched() -> None:
    po = catalog({QUOTED: "Sitata.", NOTE: "Bellik."}, NOTE)
    sheet = sheet_of(po)
    data, _ = write_workbook(sheet)
    (page,) = find_pages(read_sheet_rows(data, "x"), "x")
    assert read_sheet_subject(page) == ("short", "tk")
    outcome = take_back(po, rows_of(data, sheet), source())
    assert (outcome.po, outcome.rejected, outcome.untouched) == (po, (), len(sheet.items))


@pytest.mark.parametrize("part", ["xl/workbook", "xl/worksheets/sheet1", "xl/worksheets/sheet2"])
def test_a_workbook_is_laid_out_as_it_was(golden: Golden, part: str) -> None:
    data, _ = write_workbook(sheet_of(catalog({QUOTED: "Sitata.", NOTE: "Bellik."}, NOTE)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read(f"{part}.xml").decode()
    lines = re.sub(r"(?<=>)(?=<(?:row|c|col|/?sheet\w*|dataValidation)[ />])", "\n", text)
    golden(Path(f"cases/kit/{Path(part).name}.xml"), f"{lines}\n")


def test_a_workbook_without_sentences_is_one() -> None:
    data, too_long = write_workbook(replace(sheet_of(catalog()), items=()))
    assert not too_long
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert (page.max_row, page.auto_filter.ref) == (2, None)


def test_the_same_sheet_gives_the_same_bytes_without_names_and_dates() -> None:
    first, _ = write_workbook(sheet_of(catalog()))
    second, _ = write_workbook(sheet_of(catalog()))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert not re.search(r"\d{4}-\d\d-\d\d|creator", core)
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_only_translations_states_and_questions_can_be_changed_and_all_is_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(sheet_of(catalog()))[0]))
    page, terms = book.worksheets
    assert page.protection.sheet
    for row in page.iter_rows(min_row=3):
        open_cells = [cell.coordinate[0] for cell in row if not cell.protection.locked]
        assert open_cells == ["D", "E", "G"]
        assert all(cell.number_format == "@" for cell in row[:8])
        assert {cell.data_type for cell in row if cell.value is not None} == {"s"}
        assert row[2].alignment.wrap_text
    assert page.freeze_panes == "C3"
    assert page.row_dimensions[1].hidden
    assert [cell.value for cell in page[2]][1:7] == [
        "Where",
        "Source",
        "Translation",
        "State",
        "Note",
        "Your question or remark",
    ]
    assert (terms["A2"].value, terms["A2"].data_type) == ("=a", "s")


def test_doubts_have_a_column_of_their_own_where_there_are_any() -> None:
    po = commented(catalog({QUOTED: "Sitata."}), QUOTED, "a note", "reviewer: this", "or that?")
    sheet = sheet_of(po)
    page = openpyxl.load_workbook(io.BytesIO(write_workbook(sheet)[0])).worksheets[0]
    names = [cell.value for cell in page[1]]
    assert names[5:] == ["note", "question", "doubt", "base", "publish-kit tk short"]
    assert [cell.value for cell in page[2]][7:9] == ["Question", None]
    (row,) = (row for row in page.iter_rows(min_row=3) if row[2].value == QUOTED)
    assert [cell.value for cell in row[5:8]] == ["a note", None, "this or that?"]
    assert row[7].protection.locked
    assert sum(cell.value is not None for cell in page["H"]) == 3
    hidden = [letter for letter in "ABCDEFGHIJ" if page.column_dimensions[letter].hidden]
    assert (hidden, page.auto_filter.ref) == (["A", "I", "J"], f"A2:I{2 + len(sheet.items)}")


def test_the_row_of_a_long_doubt_shows_it_all() -> None:
    sheet = sheet_of(commented(catalog(), QUOTED, f"reviewer: {'a word ' * 30}"))
    page = openpyxl.load_workbook(io.BytesIO(write_workbook(sheet)[0])).worksheets[0]
    rows = range(3, 3 + len(sheet.items))
    heights = {page.cell(at, 3).value: page.row_dimensions[at].height for at in rows}
    assert heights[QUOTED] > 5 * 15
    assert heights["A first item."] < 3 * 15


def test_doubts_change_nothing_that_comes_back() -> None:
    """A sheet from before the doubt, from before doubts had a column, and one of today."""
    before = catalog({QUOTED: "Sitata."})
    po = commented(before, QUOTED, "reviewer: this or that?")
    old, new = sheet_of(before), sheet_of(po)
    assert [one.base for one in old.items] == [one.base for one in new.items]
    assert [one.id for one in old.items] == [one.id for one in new.items]

    def change(page: Worksheet) -> None:
        for row in page.iter_rows(min_row=3):
            row[7].value = "that"

    for data in (
        write_workbook(old)[0],
        write_workbook(new)[0],
        edited(write_workbook(new)[0], change),
    ):
        outcome = take_back(po, rows_of(data, new), source())
        assert (outcome.po, outcome.rejected, outcome.untouched) == (po, (), len(new.items))


@pytest.mark.parametrize(("language", "turned"), [("tk", False), ("fa", True)])
def test_sheets_of_languages_written_from_the_right_are_turned(language: str, turned: bool) -> None:
    data, _ = write_workbook(sheet_of(catalog(), language))
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert bool(page.sheet_view.rightToLeft) is turned
    assert page["D3"].alignment.readingOrder == (2 if turned else 1)
    assert page["C3"].alignment.readingOrder == 1


def test_a_text_too_long_for_a_cell_is_left_out_and_named() -> None:
    sheet = sheet_of(catalog())
    long = replace(sheet.items[0], translation="ä" * (LONGEST + 1))
    assert not fits_cell(long.translation)
    assert fits_cell("ä" * LONGEST)
    data, too_long = write_workbook(replace(sheet, items=(long, *sheet.items[1:])))
    assert too_long == (long,)
    assert len(rows_of(data, sheet)) == len(sheet.items) - 1


def test_words_of_an_interface_cannot_break_a_workbook() -> None:
    sheet = sheet_of(catalog({NOTE: "Bellik."}))
    words = {"Glossary": "a/b[c]:*?\\'" * 9, "Where": "=1\x08", "translated": 'a,"b' * 99}
    data, _ = write_workbook(replace(sheet, interface=Interface(sheet.language, words)))
    assert len(read_sheet_rows(data, "x")) == 2
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert (book.worksheets[0]["B2"].value, book.worksheets[0]["B2"].data_type) == (
        "=1_x0008_",
        "s",
    )


# --------------------------------------------------------------------------- other programs


def test_rows_may_move_and_columns_be_added() -> None:
    po = catalog()
    sheet = sheet_of(po)

    def change(page: Worksheet) -> None:
        page.insert_cols(1)
        page.move_range("A4:I4", rows=60)
        page["E64"].value = "Göçürilen."

    rows = rows_of(edited(write_workbook(sheet)[0], change), sheet)
    outcome = take_back(po, rows, source())
    assert (outcome.taken, outcome.rejected) == (1, ())
    moved = sheet.items[1]
    assert [one.entry.msgstr for one in outcome.po.records if one.entry.key == moved.key] == [
        "Göçürilen."
    ]


@pytest.mark.parametrize(
    ("value", "problem"),
    [(2024, "a number or a date"), (True, "TRUE or FALSE"), (1.5, "a number or a date")],
)
def test_what_is_no_text_is_told_with_its_cell(value: object, problem: str) -> None:
    sheet = sheet_of(catalog())

    def change(page: Worksheet) -> None:
        page["D4"].value = value

    (row,) = (
        row for row in rows_of(edited(write_workbook(sheet)[0], change), sheet) if row.problem
    )
    assert (row.place, row.problem) == ("D4", f"the cell has {problem}, not text")


def test_a_formula_that_somebody_wrote_is_no_text() -> None:
    sheet = sheet_of(catalog())

    def change(page: Worksheet) -> None:
        page["D4"].value = '=HYPERLINK("https://example.org","x")'

    (row,) = (row for row in rows_of(edited(write_workbook(sheet)[0], change), sheet) if row.text)
    assert row.text == '=HYPERLINK("https://example.org","x")'
    assert row.problem == "the cell has a formula, not text"


def states(sheet: SheetContent, item: Item, text: str, state: str) -> bool:
    """Whether a text that came back with a state is fuzzy."""
    data, _ = write_workbook(sheet)
    number = 3 + sheet.items.index(item)

    def change(page: Worksheet) -> None:
        page[f"D{number}"].value = text
        page[f"E{number}"].value = state

    (row,) = (row for row in rows_of(edited(data, change), sheet) if row.id == item.id)
    return row.fuzzy


def test_states_confirm_and_doubt() -> None:
    sheet = sheet_of(catalog({QUOTED: "Sitata.", NOTE: "Bellik."}, NOTE))
    by_source = {item.source: item for item in sheet.items}
    sure, doubtful = by_source[QUOTED], by_source[NOTE]
    assert states(sheet, doubtful, "Bellik.", "needs work")
    assert not states(sheet, doubtful, "Bellik.", "translated")
    assert not states(sheet, doubtful, "Täze bellik.", "needs work")
    assert states(sheet, sure, "Sitata.", "Needs work ")
    assert states(sheet, sure, "Täze sitata.", "needs work")
    assert not states(sheet, sure, "Sitata.", "anything")


@pytest.mark.full
def test_what_libreoffice_saves_comes_back_exactly(tmp_path: Path) -> None:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    texts = ["=1+1", " two  spaces ", "_x0041_ \n line", "<b>&amp;</b> “ý”"]
    sheet = sheet_of(catalog())
    items = tuple(
        replace(item, translation=text, base=make_fingerprint(text, fuzzy=False))
        for item, text in zip(sheet.items, texts, strict=False)
    )
    (tmp_path / "kit.xlsx").write_bytes(write_workbook(replace(sheet, items=items))[0])
    command = [
        "soffice",
        "--headless",
        "--norestore",
        f"-env:UserInstallation=file://{tmp_path}/lo",
    ]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out")]
    subprocess.run([*command, str(tmp_path / "kit.xlsx")], check=True, capture_output=True)
    rows = rows_of((tmp_path / "out" / "kit.xlsx").read_bytes(), sheet)
    assert [row.text for row in rows] == texts
    assert [row.base for row in rows] == [item.base for item in items]
