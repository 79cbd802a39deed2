"""Kits as an action: what goes out, what is taken back, and what is kept apart."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from kitways import (
    SETTINGS,
    SOURCE,
    TURKMEN,
    WAYS,
    Way,
    by_archive,
    by_catalog,
    by_spreadsheet,
    exported,
    imported,
    loader,
    make_workspace,
    members,
    po_of,
    translate,
    update,
)
from lxml import etree

from publish.actions.kit import ExportedKit, KitFormat, export_kits, import_kit
from publish.actions.review import approve
from publish.errors import PublishError, UsageError
from publish.kits.packing import make_kit_pages
from publish.kits.returnedfiles import MOST_BYTES
from publish.languages.registry import find
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

NAME = "tip-2024-turkmenistan"
XHTML = "{http://www.w3.org/1999/xhtml}"
END = "The end of it."
NOTHING = "It says nothing."


@pytest.fixture
def short(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "short")


# --------------------------------------------------------------------------- out


def test_a_kit_holds_what_a_translator_needs(workspace: Path) -> None:
    printed = workspace / "build" / "en" / f"{NAME}.pdf"
    printed.parent.mkdir(parents=True)
    printed.write_bytes(b"%PDF-1.7 as it was built")
    kit = workspace / "kit.zip"
    one = Loader(open_workspace(workspace))
    (told,) = export_kits(one, [NAME], ["tk"], output=kit)
    assert told == ExportedKit(file="kit.zip", sentences=111, comments=told.comments, paged=False)
    assert [line.split()[0] for line in told.comments] == ["comments", "questions"]
    files = members(kit)
    assert list(files) == [
        "READ-ME.html",
        f"{NAME}.tk.xlsx",
        f"{NAME}.tk.po",
        f"{NAME}.tk.html",
        "glossary.tk.csv",
        "memory.tk.tmx",
        f"{NAME}.tk.2.0.xlf",
        f"{NAME}.tk.1.2.xlf",
        f"{NAME}.en.pdf",
    ]
    guide = files["READ-ME.html"].decode()
    assert "Terjimeçä" in guide
    assert 'class="untranslated"' not in guide
    assert all(name in guide for name in files if name != "READ-ME.html")
    first = kit.read_bytes()
    export_kits(Loader(open_workspace(workspace)), [NAME], ["tk"], output=kit)
    assert kit.read_bytes() == first


@pytest.mark.parametrize("page", ["READ-ME.html", f"{NAME}.ru.html"])
def test_pages_stand_on_their_own(workspace: Path, page: str) -> None:
    (told,) = export_kits(Loader(open_workspace(workspace)), [NAME], ["ru"])
    text = members(workspace / told.file)[page]
    root = etree.fromstring(text)
    assert root.get("lang") == "ru"
    assert not list(root.iter(f"{XHTML}script", f"{XHTML}link", f"{XHTML}img"))
    assert all(a.get("href", "").startswith("#") for a in root.iter(f"{XHTML}a"))
    assert not re.search(rb"url\(|@import|://(?!www\.w3\.org/1999/xhtml)", text)


def test_every_document_and_language_gets_a_kit_of_its_own(short: Path) -> None:
    one = loader(short)
    found = export_kits(one, ["short"])
    assert [kit.file for kit in found] == ["build/kits/short.ru.zip", "build/kits/short.tk.zip"]
    assert {kit.sentences for kit in found} == {5}
    assert not any(kit.original or kit.too_long for kit in found)
    with pytest.raises(UsageError, match="-o names one file, and there are 2 kits"):
        export_kits(one, ["short"], output=short / "x.zip")
    with pytest.raises(UsageError, match="en is the language of the source"):
        export_kits(one, ["short"], ["en"])


def test_a_sentence_too_long_for_a_cell_is_named(short: Path) -> None:
    translate(short, END, "ä" * 33000)
    (told,) = export_kits(loader(short), ["short"], ["tk"])
    assert told.too_long == ("findings ¶2",)


SECRET = "Merdan"
HEADER = (
    '"Last-Translator: Merdan <merdan@example.org>\\n"\n'
    '"Language-Team: Turkmen <merdan@example.org>\\n"\n'
)


def comment(root: Path) -> bytes:
    """Write a name wherever a translator can in a catalog; return the catalog."""
    text = po_of(root).read_text(encoding="utf-8")
    for sentence in (NOTHING, END, "What was found"):
        at = text.index(f'msgid "{sentence}"')
        at = text.rindex("\n\n", 0, at) + 2
        notes = f"# {SECRET}: is it?\n# ok: length ({SECRET})\n# reviewer: this\n# or that?\n"
        text = f"{text[:at]}{notes}#\n# {SECRET} wrote this\n{text[at:]}"
    text = re.sub(
        r'"Last-Translator:.*\n"Language-Team:.*\n', lambda _: HEADER, f"# by {SECRET}\n{text}"
    )
    text += f'\n# {SECRET}\n#~ msgid "Old."\n#~ msgstr "Köne."\n\n# the end, {SECRET}\n'
    po_of(root).write_text(text, encoding="utf-8")
    return po_of(root).read_bytes()


def unpacked(kit: Path) -> str:
    """All the text of a kit, of the files in its workbook too."""
    found = []
    for name, data in members(kit).items() if kit.suffix == ".zip" else [("", kit.read_bytes())]:
        parts = [data]
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(data)) as book:
                parts = [book.read(one) for one in book.namelist()]
        found += [part.decode("utf-8", "replace") for part in parts]
    return "\n".join(found)


@pytest.mark.parametrize(("form", "places"), [("zip", 6), ("xliff", 3)])
def test_comments_of_translators_go_out_only_if_asked_for(
    short: Path, form: KitFormat, places: int
) -> None:
    translate(short, END, "Soňy.")
    comment(short)
    (told,) = export_kits(loader(short), ["short"], ["tk"], form=form)
    text = unpacked(short / told.file)
    assert SECRET.lower() not in text.lower()
    assert "or that?" in text
    asked = "questions (# reviewer:) go out, from 3 places"
    assert told.comments == (
        f"comments of translators in {places} places left out; --with-comments sends them",
        asked,
    )
    (told,) = export_kits(loader(short), ["short"], ["tk"], form=form, with_comments=True)
    assert f"{SECRET}: is it?" in unpacked(short / told.file)
    assert told.comments == (f"comments of translators go out, from {places} places", asked)


@pytest.mark.parametrize("way", WAYS)
def test_a_kit_without_comments_deletes_none_here(short: Path, way: Way) -> None:
    translate(short, END, "Soňy.")
    before = comment(short)
    imported(short, way(short, {}))
    assert po_of(short).read_bytes() == before
    imported(short, way(short, {NOTHING: "Hiç zat diýmeýär."}))
    after = po_of(short).read_text(encoding="utf-8")
    assert "Hiç zat" in after
    assert after.count(SECRET) == before.decode().count(SECRET)
    assert HEADER in after


def test_a_catalog_without_comments_goes_out_as_before(short: Path) -> None:
    translate(short, END, "Soňy.")
    (told,) = export_kits(loader(short), ["short"], ["tk"])
    before = (short / told.file).read_bytes()
    assert told.comments == ()
    (told,) = export_kits(loader(short), ["short"], ["tk"], with_comments=True)
    assert (told.comments, (short / told.file).read_bytes()) == ((), before)


@pytest.mark.parametrize("form", ["zip", "xliff"])
def test_nothing_goes_out_where_a_catalog_is_old_or_missing(short: Path, form: str) -> None:
    (short / "source" / "short.md").write_text(f"{SOURCE}\nMore.\n", encoding="utf-8")
    with pytest.raises(PublishError, match="1 sentence of the source") as old:
        exported(short, form)  # type: ignore[arg-type]
    assert old.value.code == "catalog-stale"
    (short / "source" / "short.md").write_text(SOURCE, encoding="utf-8")
    po_of(short).unlink()
    one = loader(short)
    with pytest.raises(PublishError) as gone:
        export_kits(one, ["short"], form=form)  # type: ignore[arg-type]
    assert gone.value.code == "catalog-missing"
    assert not (short / "build").exists()


# --------------------------------------------------------------------------- back


@pytest.mark.parametrize("way", WAYS)
def test_what_a_translator_wrote_gets_into_the_catalog(short: Path, way: Way) -> None:
    file = way(short, {END: "Soňy.", NOTHING: "Hiç zat diýmeýär."})
    result = imported(short, file)
    assert sum(one.outcome.taken for one in result.files) == 2
    assert (result.rejected, result.page) == ((), None)
    assert {(one.document, one.language.tag) for one in result.files} == {("short", "tk")}
    text = po_of(short).read_text(encoding="utf-8")
    assert 'msgid "The end of it."\nmsgstr "Soňy."\n' in text
    assert 'msgid "It says nothing."\nmsgstr "Hiç zat diýmeýär."\n' in text
    assert "kit:" not in text
    assert "X-Publish-Kit" not in text
    assert not list(short.glob("*.not-taken.html"))
    before = po_of(short).read_bytes()
    again = imported(short, file)
    assert {one.outcome.taken for one in again.files} == {0}
    assert po_of(short).read_bytes() == before


@pytest.mark.parametrize("way", WAYS)
def test_untouched_kits_change_no_byte(short: Path, way: Way) -> None:
    file = way(short, {})
    before, inode = po_of(short).read_bytes(), po_of(short).stat().st_ino
    result = imported(short, file)
    assert {one.outcome.untouched for one in result.files} == {5}
    assert po_of(short).read_bytes() == before
    assert po_of(short).stat().st_ino == inode  # It is not even written.


def test_what_was_approved_goes_out_as_final_and_stays_so(short: Path) -> None:
    translate(short, END, "Soňy.")
    approve(loader(short), "short", "tk", ("The end",), reviewer="editor")
    sent = exported(short, "xliff")
    assert sent.read_bytes().count(b'state="final"') == 1
    before = po_of(short).read_bytes()
    imported(short, sent)
    assert po_of(short).read_bytes() == before


def test_both_files_of_an_archive_go_into_one_catalog(short: Path) -> None:
    """One translator wrote into the catalog, another into the spreadsheet."""
    file = by_archive(short, {END: "Soňy."})
    inside = members(file)
    text = (
        inside["short.tk.po"]
        .decode()
        .replace(f'"{NOTHING}"\nmsgstr ""', f'"{NOTHING}"\nmsgstr "Hiç."')
    )
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in (inside | {"short.tk.po": text.encode()}).items():
            archive.writestr(name, data)
    result = imported(short, file)
    told = {Path(one.file).suffix: one.outcome.taken for one in result.files}
    assert told == {".po": 1, ".xlf": 0, ".xlsx": 1}
    saved = po_of(short).read_text(encoding="utf-8")
    assert 'msgstr "Soňy."' in saved
    assert 'msgstr "Hiç."' in saved


def test_a_translation_that_is_newer_here_stays_and_the_other_is_kept_apart(short: Path) -> None:
    file = by_spreadsheet(short, {END: "Olaryňky.", NOTHING: "*Hiç.*"})
    translate(short, END, "Biziňki.")
    before = po_of(short).read_bytes()
    dry = imported(short, file, dry_run=True)
    assert (len(dry.rejected), dry.page) == (2, None)
    assert not list(short.glob("*.html"))
    result = imported(short, file)
    (told,) = result.files
    assert (told.outcome.taken, told.outcome.untouched) == (0, 3)
    assert {one.code: (one.cell, one.excerpt) for one in told.findings} == {
        "kit-conflict": ("D7", "Olaryňky."),
        "marks-differ": ("D6", "*Hiç.*"),
    }
    assert po_of(short).read_bytes() == before
    assert result.page == short / "back.xlsx.not-taken.html"
    page = result.page.read_text(encoding="utf-8")
    assert all(word in page for word in ("Olaryňky.", "Biziňki.", "*Hiç.*", "D7"))


def test_what_somebody_saves_while_a_kit_is_read_is_merged(short: Path) -> None:
    file = by_catalog(short, {END: "Soňy."})
    slow = loader(short)
    slow.translation("short", TURKMEN)
    translate(short, NOTHING, "Hiç.")
    import_kit(slow, file)
    saved = po_of(short).read_text(encoding="utf-8")
    assert 'msgstr "Soňy."' in saved
    assert 'msgstr "Hiç."' in saved


def test_a_dry_run_takes_nothing(short: Path) -> None:
    file = by_catalog(short, {END: "Soňy."})
    before = po_of(short).read_bytes()
    (told,) = imported(short, file, dry_run=True).files
    assert told.outcome.taken == 1
    assert po_of(short).read_bytes() == before


def test_a_sentence_reworded_meanwhile_is_kept_apart(short: Path) -> None:
    file = by_spreadsheet(short, {END: "Soňy.", NOTHING: "Hiç."})
    source = short / "source" / "short.md"
    source.write_text(SOURCE.replace(END, "Nothing more."), encoding="utf-8")
    update(short)
    result = imported(short, file)
    assert [one.code for one in result.rejected] == ["kit-unknown"]
    assert result.files[0].outcome.taken == 1
    assert result.page is not None
    assert "Soňy." in result.page.read_text(encoding="utf-8")


def test_a_catalog_that_was_no_kit_needs_to_be_named(short: Path) -> None:
    (short / "source" / "other.md").write_text(SOURCE, encoding="utf-8")
    update(short)
    translate(short, END, "Soňy.")
    file = short / "mine.po"
    file.write_bytes(po_of(short).read_bytes())
    with pytest.raises(UsageError, match="does not name its document and language"):
        import_kit(loader(short), file)
    with pytest.raises(UsageError, match=r"mine\.po is in tk, not in ru"):
        import_kit(loader(short), file, document="short", language="ru")
    with pytest.raises(UsageError, match="there is no document 'shorter'"):
        import_kit(loader(short), file, document="shorter")
    other = po_of(short).with_name("other.po")
    import_kit(loader(short), file, document="other")
    assert 'msgstr "Soňy."' in other.read_text(encoding="utf-8")


def test_a_document_of_its_own_needs_no_name_and_a_region_is_the_same_language(
    short: Path,
) -> None:
    translate(short, END, "Soňy.")
    file = short / "mine.po"
    file.write_text(
        po_of(short).read_text(encoding="utf-8").replace("Language: tk", "Language: tk_TM"),
        encoding="utf-8",
    )
    (told,) = import_kit(loader(short), file, language="tk").files
    assert (told.document, told.outcome.known, told.outcome.untouched) == ("short", 5, 0)


def test_no_kit_is_read_that_is_too_large_or_of_the_source(short: Path) -> None:
    file = short / "mine.po"
    with file.open("wb") as large:
        large.truncate(MOST_BYTES + 1)
    with pytest.raises(UsageError, match="has more than 128 MiB"):
        import_kit(loader(short), file)
    text = po_of(short).read_text(encoding="utf-8").replace("Language: tk", "Language: en")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="en is the language of the source"):
        import_kit(loader(short), file)


def test_states_are_read_in_the_language_of_the_sheet(short: Path) -> None:
    translate(short, END, "Soňy.")
    po = po_of(short)
    text = po.read_text(encoding="utf-8")
    po.write_text(text.replace("#. paragraph\n", "#. paragraph\n#, fuzzy\n"), encoding="utf-8")
    book = openpyxl.load_workbook(io.BytesIO(members(exported(short))["short.tk.xlsx"]))
    (row,) = (row for row in book.worksheets[0].iter_rows(min_row=3) if row[3].value == "Soňy.")
    assert row[4].value == "düzetmeli"
    places = [cell.value for cell in book.worksheets[0]["B"]]
    assert places[2:5] == ["ady", "findings, sözbaşy", "findings ¶1"]
    row[4].value = "terjime edildi"
    book.save(short / "back.xlsx")
    imported(short, short / "back.xlsx")
    found = po.read_text(encoding="utf-8")
    assert re.search(r'(?<!fuzzy\n)#: \S+\nmsgid "The end of it."\nmsgstr "Soňy."', found)
    assert 'fuzzy\nmsgid "The end' not in found


def test_a_kit_is_in_one_language_where_only_the_words_of_editions_are_known(short: Path) -> None:
    columns = ("Translation", "State", "Note")
    german = make_kit_pages(loader(short), find("de")).interface
    assert [german.text(word) for word in columns] == list(columns)
    turkmen = make_kit_pages(loader(short), find("tk")).interface
    assert all(turkmen.knows(word) for word in columns)


def test_doubts_are_read_in_the_language_of_the_sheet(short: Path) -> None:
    translate(short, END, "Soňy.")
    book = openpyxl.load_workbook(io.BytesIO(members(exported(short))["short.tk.xlsx"]))
    (row,) = (row for row in book.worksheets[0].iter_rows(min_row=3) if row[3].value == "Soňy.")
    row[4].value = "düzetmeli"
    book.save(short / "back.xlsx")
    (told,) = imported(short, short / "back.xlsx").files
    assert told.outcome.taken == 1
    found = po_of(short).read_text(encoding="utf-8")
    assert re.search(r'#, fuzzy\nmsgid "The end of it\."', found)


def test_settings_name_the_languages(short: Path) -> None:
    """A file in a language that the workspace does not have is refused."""
    (short / "publish.toml").write_text(SETTINGS.replace(', "tk"', ""), encoding="utf-8")
    file = short / "mine.po"
    file.write_bytes(po_of(short).read_bytes())
    with pytest.raises(UsageError, match="this workspace has no language 'tk'"):
        import_kit(loader(short), file)
