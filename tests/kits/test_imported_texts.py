"""Imported translations in kits: the least sure come first, and no name of a file goes out."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest
from kitcases import catalog, sheet_of

from publish.catalogs.origins import (
    confirm_entry,
    describe_origin,
    find_sureness,
    find_sureness_lines,
)
from publish.kits.comments import leave_comments_out
from publish.kits.spreadsheet import write_workbook
from publish.model import Entry
from publish.po.pofile import PoFile, PoRecord

ENTRY = Entry(
    msgid="A.",
    msgstrs=("А.",),
    flags=("fuzzy",),
    comments=describe_origin("Anna.docx", "¶3", 0.876),
)


def test_comments_say_where_a_text_is_from_and_how_sure_it_is() -> None:
    assert ENTRY.comments == ("from Anna.docx, ¶3", "87 % sure")
    assert find_sureness(ENTRY) == 87
    assert describe_origin("a\nb.txt", "¶1", 1.0)[1] == "99 % sure"
    assert "\n" not in describe_origin("a\nb.txt", "¶1", 1.0)[0]


@pytest.mark.parametrize(
    "other",
    [
        replace(ENTRY, flags=()),
        replace(ENTRY, previous="An older wording."),
        replace(ENTRY, msgstrs=("",)),
        replace(ENTRY, comments=("from Anna.docx, ¶3", "quite sure")),
    ],
)
def test_confirmed_and_reworded_entries_are_imported_no_more(other: Entry) -> None:
    assert find_sureness(other) is None


def test_a_confirmed_entry_keeps_its_origin_only() -> None:
    assert confirm_entry(ENTRY) == replace(ENTRY, flags=(), comments=("from Anna.docx, ¶3",))


def test_the_name_of_the_file_stays_here_and_the_sureness_goes_out() -> None:
    po = leave_comments_out(PoFile(file="a.po", header=None, records=(PoRecord(ENTRY),)))
    assert po.records[0].entry.comments == find_sureness_lines(ENTRY.comments) == ("87 % sure",)


def test_rows_of_a_sheet_have_imported_texts_last_and_the_least_sure_first() -> None:
    sheet = sheet_of(catalog())
    first, second, *rest = sheet.items
    items = (replace(first, sure=87), replace(second, sure=34), *rest)
    data, _ = write_workbook(replace(sheet, items=items))
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    ids = [row[0].value for row in page.iter_rows(min_row=3)]
    assert ids == [*(item.id for item in rest), second.id, first.id]
