"""The words of the editions: sent with a kit where a language lacks them, and taken back."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from kitways import exported, imported, loader, make_workspace, members, update

from publish.actions.kit import export_kits, import_kit
from publish.actions.questions import list_questions
from publish.editions.page.interface import make_interface
from publish.kits.editionwords import find_missing_words
from publish.languages.registry import find
from publish.po.pofile import parse_po

FAROESE = find("fo")
SHEET = "Words of the editions"
PAGES = "Page {page} of {pages}"


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """A workspace with a language that the program has no words of."""
    root = make_workspace(tmp_path / "short")
    text = (root / "publish.toml").read_text("utf-8")
    (root / "publish.toml").write_text(text.replace('"tk"]', '"tk", "fo"]'), "utf-8")
    update(root)
    return root


def catalog(root: Path) -> Path:
    return root / "locales" / "fo" / "LC_MESSAGES" / "publish.po"


def kit(root: Path) -> dict[str, bytes]:
    (made,) = export_kits(loader(root), ["short"], ["fo"])
    return members(root / made.file)


def filled_in(data: bytes, texts: dict[str, str], question: str = "") -> bytes:
    """The workbook with texts beside some words, and a question beside each of them."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for page in (book[SHEET], book.worksheets[0]):
        names = [cell.value for cell in page[1]]
        for row in page.iter_rows(min_row=3):
            if str(row[2].value) in texts:
                row[3].value = texts[str(row[2].value)]
                row[names.index("question")].value = question
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def returned(root: Path, data: bytes, name: str = "back.xlsx") -> Path:
    (root / name).write_bytes(data)
    return root / name


def shown(root: Path, word: str) -> str:
    return make_interface(FAROESE, loader(root).interfaces(FAROESE)).text(word)


def test_a_kit_for_a_new_language_has_the_words_that_readers_see(short: Path) -> None:
    files = kit(short)
    sent = {entry.msgid for entry in find_missing_words(loader(short), FAROESE)}
    assert {"Contents", PAGES, "Draft translation, not reviewed", "What is new"} <= sent
    assert "Save under the same name and send the file back the way it came to you." not in sent
    assert "needs work" not in sent
    po = parse_po(files["words.fo.po"], "words.fo.po")
    assert {record.entry.msgid for record in po.records} == sent
    book = openpyxl.load_workbook(io.BytesIO(files["short.fo.xlsx"]))
    assert book.sheetnames[:2] == ["fo", SHEET]
    listed = {row[2].value: row for row in book[SHEET].iter_rows(min_row=3)}
    assert set(listed) == sent
    assert [cell.value for cell in listed[PAGES][3:6]] == [
        None,
        "not translated",
        "Leave words in braces as they are.",
    ]
    assert listed["Contents"][5].value is None
    places = [str(row[1].value) for row in book[SHEET].iter_rows(min_row=3)]
    assert sorted(places) == places
    assert (listed["Contents"][1].value, listed["What is new"][1].value) == (
        SHEET,
        "Words of the pages of a release",
    )


def test_languages_that_have_their_words_get_none(short: Path) -> None:
    files = members(exported(short))
    assert "words.tk.po" not in files
    assert SHEET not in openpyxl.load_workbook(io.BytesIO(files["short.tk.xlsx"])).sheetnames
    assert find_missing_words(loader(short), find("en-GB")) == ()


def test_words_come_back_from_the_spreadsheet_into_their_own_catalog(short: Path) -> None:
    data = filled_in(
        kit(short)["short.fo.xlsx"],
        {"Contents": "Inhalt", PAGES: "Seite {page} von {pages}", "The end of it.": "Das Ende."},
    )
    result = imported(short, returned(short, data))
    told = [(one.document, one.outcome.taken) for one in result.files]
    assert told == [("short", 1), ("publish", 2)]
    assert result.files[1].describe(dry_run=False).startswith("words of the editions: 2 taken, ")
    assert shown(short, "Contents") == "Inhalt"
    assert 'msgstr "Das Ende."' in catalog(short).with_name("short.po").read_text("utf-8")
    assert "Contents" not in kit(short)["words.fo.po"].decode()
    again = imported(short, short / "back.xlsx")
    assert [one.outcome.known for one in again.files] == [1, 2]


def test_words_come_back_from_their_catalog(short: Path) -> None:
    text = kit(short)["words.fo.po"].decode()
    back = text.replace('msgid "Contents"\nmsgstr ""', 'msgid "Contents"\nmsgstr "Inhalt"')
    (one,) = imported(short, returned(short, back.encode(), "back.po")).files
    assert (one.document, one.outcome.taken, one.outcome.rejected) == ("publish", 1, ())
    assert shown(short, "Contents") == "Inhalt"


def test_a_document_that_is_named_is_not_that_of_the_words(short: Path) -> None:
    path = returned(short, filled_in(kit(short)["short.fo.xlsx"], {"Contents": "Inhalt"}))
    result = import_kit(loader(short), path, document="short", language="fo")
    assert [(one.document, one.outcome.taken) for one in result.files] == [
        ("short", 0),
        ("publish", 1),
    ]


def test_a_whole_kit_that_comes_back_untouched_writes_nothing(short: Path) -> None:
    (made,) = export_kits(loader(short), ["short"], ["fo"])
    result = imported(short, short / made.file)
    assert [one.document for one in result.files].count("publish") == 2
    assert {one.outcome.taken for one in result.files} == {0}
    assert result.rejected == ()
    assert not catalog(short).exists()


def test_an_archive_with_both_forms_of_words_takes_each_once(short: Path) -> None:
    files = kit(short)
    files["words.fo.po"] = files["words.fo.po"].replace(
        b'msgid "Contents"\nmsgstr ""', b'msgid "Contents"\nmsgstr "Inhalt"'
    )
    files["short.fo.xlsx"] = filled_in(files["short.fo.xlsx"], {"Cover": "Umschlag"})
    path = short / "back.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    imported(short, path)
    assert (shown(short, "Contents"), shown(short, "Cover")) == ("Inhalt", "Umschlag")


def test_lost_braces_are_told_and_nothing_is_written(short: Path) -> None:
    path = returned(short, filled_in(kit(short)["short.fo.xlsx"], {PAGES: "Seite {page}"}))
    result = imported(short, path)
    assert [one.code for one in result.rejected] == ["placeholders-differ"]
    assert not catalog(short).exists()


def test_questions_about_words_are_kept_and_listed(short: Path) -> None:
    data = filled_in(kit(short)["short.fo.xlsx"], {"Cover": "Umschlag"}, "Or Titel?")
    assert imported(short, returned(short, data)).questions
    (asked,) = list_questions(loader(short), languages=["fo"])
    assert (asked.document, asked.questions[0].place) == ("publish", SHEET)
    assert asked.questions[0].questions == ("Or Titel?",)
    assert list_questions(loader(short), ["short"], ["fo"]) == ()


def test_words_that_were_begun_go_out_with_their_text(short: Path) -> None:
    path = returned(short, filled_in(kit(short)["short.fo.xlsx"], {"Cover": "Umschlag"}))
    imported(short, path)
    text = catalog(short).read_text("utf-8")
    catalog(short).write_text(text.replace('msgid "Cover"', '#, fuzzy\nmsgid "Cover"'), "utf-8")
    page = openpyxl.load_workbook(io.BytesIO(kit(short)["short.fo.xlsx"]))[SHEET]
    (row,) = (row for row in page.iter_rows(min_row=3) if row[2].value == "Cover")
    assert [cell.value for cell in row[3:5]] == ["Umschlag", "needs work"]
