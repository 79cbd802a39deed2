"""Suggestions from the memory: beside the sentence, marked, and never taken for a translation."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kitcases import ENGLISH, TURKMEN, catalog, entry_of, sent, sheet_of, source
from lxml import etree
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.worksheet.worksheet import Worksheet

from publish.catalogs.memory import Suggestion, build_memory
from publish.catalogs.wordmarks import merge_wordings
from publish.kits.catalogfile import read_returned_catalog, write_kit_catalog
from publish.kits.items import Item, make_fingerprint
from publish.kits.oldxliff import OLD_NAMESPACE, write_old_xliff
from publish.kits.returnedfiles import list_state_words, read_parcels
from publish.kits.returnedtexts import ReturnedText
from publish.kits.returning import ReturnOutcome, take_back
from publish.kits.shifts import find_shifts
from publish.kits.spreadsheet import write_workbook
from publish.kits.suggestions import add_suggestions, fill_in_suggestions
from publish.kits.xliff import read_returned_units, read_xliff, write_xliff
from publish.kits.xlifftext import normalise_for_xliff
from publish.model import Catalog, Entry, make_entry_id
from publish.po.pofile import parse_po

QUOTED, FIRST, NOTE = "A quoted sentence.", "A first item.", "The text of the note."
NEAR = Suggestion("A quoted long sentence.", "Uzyn sitata.", 85)
SAME = Suggestion(FIRST, "Birinji.", 100)
LAW = "See [the law](1).[^1]"


def suggested(items: tuple[Item, ...]) -> tuple[Item, ...]:
    known = {QUOTED: NEAR, FIRST: SAME}
    return tuple(replace(item, suggestion=known.get(item.source)) for item in items)


PO = catalog({NOTE: "Bellik.", "What was found": "Netijeler"})
SHEET = replace(sheet_of(PO), items=suggested(sent(PO)))
BOOK, _ = write_workbook(SHEET)
ROW = {item.source: 3 + number for number, item in enumerate(SHEET.items)}


def edited(*changes: Callable[[Worksheet], object]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(BOOK), rich_text=True)
    for change in changes:
        change(book.worksheets[0])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def put(place: str, value: object) -> Callable[[Worksheet], object]:
    return lambda page: setattr(page[place], "value", value)


def texts(data: bytes, name: str = "back.xlsx") -> list[ReturnedText]:
    (parcel,) = read_parcels(data, name)
    return list(parcel.texts(PO, list_state_words(SHEET.interface)))


def taken(*changes: Callable[[Worksheet], object]) -> ReturnOutcome:
    return take_back(PO, texts(edited(*changes)), source())


def as_table(data: bytes) -> bytes:
    buffer = io.StringIO(newline="")
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    csv.writer(buffer).writerows([cell.value or "" for cell in row] for row in page.iter_rows())
    return buffer.getvalue().encode()


# --------------------------------------------------------------------------- the memory


def remembered(*pairs: tuple[str, str]) -> dict[str, Suggestion]:
    entries = tuple(Entry(msgid=one, msgstrs=(text,)) for one, text in pairs)
    memory = build_memory([("other", Catalog("o.po", (), entries))])
    return {key[1]: near for key, near in memory.suggest([(None, QUOTED), (None, FIRST)]).items()}


def test_the_nearest_sentence_is_suggested_from_three_quarters_on() -> None:
    found = remembered(
        ("A quoted long sentence.", "uzyn"), ("A quoted sentence!", "a"), ("A first item.", "b")
    )
    assert found == {
        QUOTED: Suggestion("A quoted sentence!", "a", 99),
        FIRST: Suggestion(FIRST, "b", 100),
    }
    assert remembered(("A quoted book of many pages.", "x")) == {}
    assert remembered() == {}


def test_one_word_in_four_may_be_another() -> None:
    memory = build_memory(
        [("o", Catalog("o.po", (), (Entry(msgid="Nobody reported any abuse.", msgstrs=("x",)),)))]
    )
    keys = [(None, "Nobody reported any convictions."), (None, "Nobody heard any convictions.")]
    assert {key[1]: near.percent for key, near in memory.suggest(keys).items()} == {
        "Nobody reported any convictions.": 75
    }


def test_one_translation_may_be_suggested_several_times() -> None:
    memory = build_memory(
        [("o", Catalog("o.po", (), (Entry(msgid="He was held for days.", msgstrs=("x",)),)))]
    )
    keys = [(None, "He was held for two days."), (None, "She was held for days.")]
    assert [near.translation for near in memory.suggest(keys).values()] == ["x", "x"]


def test_only_sentences_without_a_translation_get_one() -> None:
    memory = build_memory([("o", Catalog("o.po", (), (Entry(msgid=NOTE, msgstrs=("x",)),)))])
    assert all(item.suggestion is None for item in add_suggestions(sent(PO), memory))
    (found,) = (one for one in add_suggestions(sent(catalog()), memory) if one.suggestion)
    assert (found.source, found.suggestion) == (NOTE, Suggestion(NOTE, "x", 100))


@given(st.text(max_size=30), st.text(max_size=30))
def test_merged_wordings_hold_both(old: str, new: str) -> None:
    pieces = merge_wordings(old, new)
    assert "".join(one.text for one in pieces if one.side != "new") == old
    assert "".join(one.text for one in pieces if one.side != "old") == new
    assert all(one.text for one in pieces)


# --------------------------------------------------------------------------- the sheet


def test_suggestions_stand_beside_the_translation_with_their_differences_marked() -> None:
    page = openpyxl.load_workbook(io.BytesIO(BOOK), rich_text=True).worksheets[0]
    assert [cell.value for cell in page[2]][3:7] == [
        "Translation",
        "Suggestion",
        "Likeness and differences",
        "State",
    ]
    row = page[ROW[QUOTED]]
    assert row[4].value == NEAR.translation
    assert row[4].protection.locked
    assert row[5].protection.locked
    assert isinstance(row[5].value, CellRichText)
    assert str(row[5].value) == "85 %: A quoted long sentence."
    marked = [one for one in row[5].value if isinstance(one, TextBlock)]
    assert [one.text for one in marked if one.font.strike] == ["long "]
    same = page[ROW[FIRST]]
    assert (same[4].value, same[5].value) == ("Birinji.", "100 %")
    assert page.column_dimensions["E"].width == page.column_dimensions["F"].width == 50
    assert row[5].alignment.wrap_text
    (offer,) = page.data_validations.dataValidation
    assert str(offer.sqref) == f"G3:G{2 + len(SHEET.items)}"


def test_a_fuzzy_translation_shows_how_its_sentence_was_changed() -> None:
    (item,) = (one for one in sent(catalog({QUOTED: "S"}, QUOTED)) if one.source == QUOTED)
    data, _ = write_workbook(replace(SHEET, items=(replace(item, previous="A sentence."),)))
    cell = openpyxl.load_workbook(io.BytesIO(data), rich_text=True).worksheets[0]["F3"].value
    assert isinstance(cell, CellRichText)
    assert [one.text for one in cell if isinstance(one, TextBlock) and one.font.u] == ["quoted "]
    assert str(cell) == "80 %: A quoted sentence."


def test_without_suggestions_there_are_no_such_columns() -> None:
    page = openpyxl.load_workbook(io.BytesIO(write_workbook(sheet_of(PO))[0])).worksheets[0]
    assert [cell.value for cell in page[1]][3:5] == ["translation", "state"]


@pytest.mark.parametrize("name", ["back.xlsx", "back.csv"])
def test_what_is_suggested_does_not_come_back(name: str) -> None:
    changes = put(f"E{ROW[FIRST]}", "Edited."), put(f"F{ROW[FIRST]}", "Edited too.")
    data = edited(*changes)
    for one in (BOOK, data):
        found = texts(one if name.endswith("xlsx") else as_table(one), name)
        assert [row.text for row in found if row.text] == ["Netijeler", "Bellik."]
        assert not any(row.comments for row in found)
        outcome = take_back(PO, found, source())
        assert (outcome.po, outcome.untouched) == (PO, len(SHEET.items))


def test_a_copied_suggestion_needs_work_unless_somebody_vouches_for_it() -> None:
    place = ROW[QUOTED]
    copied = entry_of(taken(put(f"D{place}", " Uzyn  sitata.")).po, QUOTED)
    assert (copied.msgstr.split(), copied.fuzzy) == (["Uzyn", "sitata."], True)
    sure = taken(put(f"D{place}", NEAR.translation), put(f"G{place}", "translated"))
    assert not entry_of(sure.po, QUOTED).fuzzy
    corrected = taken(put(f"D{place}", "Sitata."))
    assert not entry_of(corrected.po, QUOTED).fuzzy
    same = taken(put(f"D{ROW[FIRST]}", SAME.translation))
    assert not entry_of(same.po, FIRST).fuzzy


@pytest.mark.parametrize("name", ["back.xlsx", "back.csv"])
@pytest.mark.parametrize("to", [QUOTED, "The law was *read*."])
def test_differences_that_were_copied_are_no_translation(name: str, to: str) -> None:
    def copy(page: Worksheet) -> None:
        page[f"D{ROW[to]}"].value = page[f"F{ROW[QUOTED]}"].value

    data = edited(copy)
    found = texts(data if name.endswith("xlsx") else as_table(data), name)
    outcome = take_back(PO, found, source())
    assert [one.code for one in outcome.rejected] == ["kit-cell"]
    assert "the column of differences" in outcome.rejected[0].reason
    assert outcome.po == PO


def row(number: int, text: str, sent: str, source: str, *, copied: bool = False) -> ReturnedText:
    return ReturnedText(
        id=f"u{number}",
        text=text,
        fuzzy=False,
        base=make_fingerprint(sent, fuzzy=False),
        place=f"D{number}",
        line=number,
        source=source,
        suggested=copied,
    )


def test_a_suggestion_is_no_move_but_a_shift_is_one_all_the_same() -> None:
    """The suggestion is the old text of rows that the translator corrected as well."""
    sent = ["Ýüz", "Iki", "", ""]
    sources = ["One hundred people.", "Two people came.", "One hundred.", "Two came."]
    back = ["Ýüz adam", "Iki adam", "Ýüz", "Iki"]
    rows = [
        row(number, *three, copied=number > 1)
        for number, three in enumerate(zip(back, sent, sources, strict=True))
    ]
    assert find_shifts(rows).rejected == ()
    assert find_shifts([replace(one, suggested=False) for one in rows]).stops
    shifted = ["", "Ýüz", "Iki", ""]
    rows = [row(n, *three) for n, three in enumerate(zip(shifted, sent, sources, strict=True))]
    assert find_shifts(rows).stops


def test_a_text_may_be_copied_to_a_sentence_that_is_much_alike() -> None:
    one = row(1, "Ýüz", "Ýüz", "In 2023, one hundred people were held.")
    alike = row(2, "Ýüz", "", "In 2024, one hundred people were held.")
    other = replace(alike, source="The law says nothing of it.")
    assert find_shifts([one, alike]).rejected == ()
    assert [found.code for found in find_shifts([one, other]).rejected] == ["kit-moved"]


# --------------------------------------------------------------------------- other formats


def test_a_catalog_has_suggestions_as_gettext_makes_them() -> None:
    text = write_kit_catalog(fill_in_suggestions(PO, SHEET.items), "short").decode()
    entry = entry_of(parse_po(text.encode(), "x.po"), QUOTED)
    assert (entry.msgstr, entry.fuzzy, entry.previous) == (NEAR.translation, True, NEAR.source)
    assert "suggestion, 85 % alike" in entry.extracted
    assert entry_of(parse_po(text.encode(), "x.po"), FIRST).previous is None
    found = read_returned_catalog(text.encode(), "x.po")[1]
    outcome = take_back(PO, found, source())
    assert (outcome.po, outcome.rejected, outcome.untouched) == (PO, (), len(SHEET.items))


@pytest.mark.parametrize(
    ("change", "text", "fuzzy"),
    [
        (("#, fuzzy\n", ""), "Uzyn sitata.", False),
        (("Uzyn", "Gysga"), "Gysga sitata.", True),
        (('"Uzyn sitata."', '""'), "", False),
    ],
)
def test_a_suggestion_in_a_catalog_comes_back_as_it_was_edited(
    change: tuple[str, str], text: str, fuzzy: bool
) -> None:
    items = [item for item in SHEET.items if item.source == QUOTED]
    written = write_kit_catalog(fill_in_suggestions(PO, items), "short").decode()
    assert change[0] in written
    found = read_returned_catalog(written.replace(*change).encode(), "x.po")[1]
    outcome = take_back(PO, found, source())
    entry = entry_of(outcome.po, QUOTED)
    assert (entry.msgstr, entry.fuzzy, outcome.rejected) == (text, fuzzy, ())
    assert not any("suggestion" in line for line in (*entry.comments, *entry.extracted))


def test_fuzzy_texts_that_a_program_leaves_out_are_not_deleted() -> None:
    """OmegaT writes no text of an entry that nobody has confirmed in it."""
    po = catalog({QUOTED: "Sitata.", NOTE: "Bellik."}, QUOTED)
    written = write_kit_catalog(fill_in_suggestions(po, SHEET.items), "short").decode()
    back = written
    for text in ("Sitata.", "Birinji."):
        assert f'msgstr "{text}"' in back
        back = back.replace(f'msgstr "{text}"', 'msgstr ""')
    outcome = take_back(po, read_returned_catalog(back.encode(), "x.po")[1], source())
    assert (outcome.po, outcome.rejected, outcome.untouched) == (po, (), len(po.records))
    gone = written.replace('msgstr "Bellik."', 'msgstr ""')
    outcome = take_back(po, read_returned_catalog(gone.encode(), "x.po")[1], source())
    assert [one.code for one in outcome.rejected] == ["kit-emptied"]


def test_newer_programs_get_them_as_candidates() -> None:
    near = Suggestion(LAW, "[Kanuna](1) serediň.[^1]", 99)
    items = [replace(one, suggestion=near) if one.source == LAW else one for one in sent(PO)]
    data = write_xliff("short", ENGLISH, TURKMEN, items)
    root: Any = etree.fromstring(data)
    grammar = Path(__file__).parents[1] / "cases" / "xliff" / "core.rng"
    assert etree.RelaxNG(etree.parse(grammar)).validate(root)
    (match,) = root.iter("{urn:oasis:names:tc:xliff:matches:2.0}match")
    (unit,) = (one for one in root.iter("{*}unit") if one.find("{*}matches") is not None)
    assert match.get("ref") == f"#{unit.find('{*}segment').get('id')}"
    assert match.get("similarity") == "99.0"
    used = {one.get("dataRef") or one.get("dataRefStart") for one in match.iter("{*}ph", "{*}pc")}
    assert used <= {one.get("id") for one in match.iter("{*}data")}
    msgids = {make_entry_id(record.entry.key): record.entry.msgid for record in PO.records}
    back = read_returned_units(read_xliff(data, "x.xlf"), msgids)
    outcome = take_back(PO, back, source(), normalise_for_xliff)
    assert (outcome.po, outcome.rejected, outcome.untouched) == (PO, (), len(items))
    assert b"matches" not in write_xliff("short", ENGLISH, TURKMEN, sent(PO))


def test_older_programs_get_them_beside_the_sentence() -> None:
    near = Suggestion(LAW, "[Kanuna](1) serediň.[^1]", 99)
    items = [replace(one, suggestion=near) if one.source == LAW else one for one in sent(PO)]
    root = etree.fromstring(write_old_xliff("short", ENGLISH, TURKMEN, items))
    (found,) = root.iter(f"{{{OLD_NAMESPACE}}}alt-trans")
    assert found.get("match-quality") == "99%"
    assert [len(one) for one in found] == [2, 2]
