"""`publish kit`, `tm` and `glossary`: a translation goes out, is worked on, and comes back."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from kitcases import ENGLISH, TEXTS, TURKMEN, catalog, document, sent, sheet_of
from lxml import etree

from publish.catalogs.pofile import catalog_of
from publish.cli.main import main
from publish.editions.interface import Interface
from publish.kits.catalogfile import catalog_file
from publish.kits.pages import Pages, reader_page, rejected_page
from publish.kits.parcels import read_parcels
from publish.kits.parcels import words_of as words_of_states
from publish.kits.returning import Rejected, Returned, take_back
from publish.kits.spreadsheet import workbook
from publish.kits.tmx import TranslationPair, read_tmx, write_tmx
from publish.kits.xliff import write_xliff
from publish.kits.xlifftext import through_xliff
from publish.resources import template_folder

NAME = "tip-2024-turkmenistan"
SOURCE = """\
---
title: "A short report"
published: 2024-06-24
---

# What was found {#findings}

The law was *read*. It says nothing.

The end of it.
"""
SETTINGS = 'source-language = "en"\nlanguages = ["en", "ru", "tk"]\n'
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """A small workspace with empty catalogs."""
    root = tmp_path / "short"
    (root / "source").mkdir(parents=True)
    (root / "publish.toml").write_text(SETTINGS, encoding="utf-8")
    (root / "source" / "short.md").write_text(SOURCE, encoding="utf-8")
    assert main(["update", "-q", "-C", str(root)]) == 0
    return root


def run(root: Path, *words: str) -> int:
    return main([*words, "-C", str(root)])


def po_of(root: Path) -> Path:
    return root / "locales" / "tk" / "LC_MESSAGES" / "short.po"


def exported(root: Path, *words: str) -> Path:
    assert run(root, "kit", "export", "-l", "tk", "-q", *words) == 0
    (made,) = (root / "build" / "kits").iterdir()
    return made


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {Path(name).name: archive.read(name) for name in archive.namelist()}


def filled_in(data: bytes, texts: dict[str, str]) -> bytes:
    """The spreadsheet with translations written beside some sentences."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for row in book.worksheets[0].iter_rows(min_row=3):
        if str(row[2].value) in texts:
            row[3].value = texts[str(row[2].value)]
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


# --------------------------------------------------------------------------- out


def test_a_kit_holds_what_a_translator_needs(workspace: Path) -> None:
    printed = workspace / "build" / "en" / f"{NAME}.pdf"
    printed.parent.mkdir(parents=True)
    printed.write_bytes(b"%PDF-1.7 as it was built")
    kit = workspace / "kit.zip"
    assert run(workspace, "kit", "export", "-l", "tk", "-q", "-o", str(kit)) == 0
    files = members(kit)
    assert list(files) == [
        "READ-ME.html",
        f"{NAME}.tk.xlsx",
        f"{NAME}.tk.po",
        f"{NAME}.tk.html",
        "glossary.tk.csv",
        "memory.tk.tmx",
        f"{NAME}.en.pdf",
    ]
    guide = files["READ-ME.html"].decode()
    assert "Terjimeçä" in guide
    assert 'class="untranslated"' not in guide
    assert all(name in guide for name in files if name != "READ-ME.html")
    first = kit.read_bytes()
    assert run(workspace, "kit", "export", "-l", "tk", "-q", "-o", str(kit)) == 0
    assert kit.read_bytes() == first


@pytest.mark.parametrize("page", ["READ-ME.html", f"{NAME}.ru.html"])
def test_pages_stand_on_their_own(workspace: Path, page: str) -> None:
    assert run(workspace, "kit", "export", "-l", "ru", "-q") == 0
    text = members(workspace / "build" / "kits" / f"{NAME}.ru.zip")[page]
    root = etree.fromstring(text)
    assert root.get("lang") == "ru"
    assert not list(root.iter(f"{XHTML}script", f"{XHTML}link", f"{XHTML}img"))
    assert all(a.get("href", "").startswith("#") for a in root.iter(f"{XHTML}a"))
    assert not re.search(rb"url\(|@import|://(?!www\.w3\.org/1999/xhtml)", text)


def test_what_cannot_be_exported_says_why(short: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(short, "kit", "export", "-l", "en") == 2
    assert "en is the language of the source" in capsys.readouterr().err
    assert run(short, "kit", "export", "-o", "x.zip") == 2
    assert "-o names one file, and there are 2 kits" in capsys.readouterr().err
    (short / "source" / "short.md").write_text(f"{SOURCE}\nMore.\n", encoding="utf-8")
    for form in ("zip", "xliff"):
        assert run(short, "kit", "export", "-l", "tk", "--format", form) == 1
        assert "error[catalog-stale]: 1 sentence of the source" in capsys.readouterr().err
    po_of(short).unlink()
    assert run(short, "kit", "export", "-l", "tk") == 1
    assert "error[catalog-missing]" in capsys.readouterr().err


def test_an_original_that_is_not_built_is_told(
    short: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(short, "kit", "export", "-l", "tk") == 0
    assert "not built, so not in it: publish build -l en" in capsys.readouterr().err


# --------------------------------------------------------------------------- back

Way = Callable[[Path, dict[str, str]], Path]


def by_spreadsheet(root: Path, texts: dict[str, str]) -> Path:
    path = root / "back.xlsx"
    path.write_bytes(filled_in(members(exported(root))["short.tk.xlsx"], texts))
    return path


def by_archive(root: Path, texts: dict[str, str]) -> Path:
    """The archive packed anew, as another system would."""
    files = members(exported(root))
    files["short.tk.xlsx"] = filled_in(files["short.tk.xlsx"], texts)
    path = root / "back.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"short.tk/{name}", data)
            archive.writestr(f"__MACOSX/short.tk/._{name}", b"\x00\x05\x16\x07")
    return path


def by_catalog(root: Path, texts: dict[str, str]) -> Path:
    text = members(exported(root))["short.tk.po"].decode()
    for source, translation in texts.items():
        text = text.replace(f'"{source}"\nmsgstr ""', f'"{source}"\nmsgstr "{translation}"')
    path = root / "renamed.po"
    path.write_bytes(text.encode())
    return path


def by_xliff(root: Path, texts: dict[str, str]) -> Path:
    tree = etree.fromstring(exported(root, "--format", "xliff").read_bytes())
    ns = "{urn:oasis:names:tc:xliff:document:2.0}"
    for segment in tree.iter(f"{ns}segment"):
        source = "".join(map(str, segment[0].itertext()))
        if source in texts:
            etree.SubElement(segment, f"{ns}target").text = texts[source]
            segment.set("state", "translated")
    path = root / "back.xlf"
    path.write_bytes(etree.tostring(tree))
    return path


WAYS = (by_spreadsheet, by_archive, by_catalog, by_xliff)


@pytest.mark.parametrize("way", WAYS)
def test_what_a_translator_wrote_gets_into_the_catalog(short: Path, way: Way) -> None:
    file = way(short, {"The end of it.": "Soňy.", "It says nothing.": "Hiç zat diýmeýär."})
    assert run(short, "kit", "import", str(file), "-q") == 0
    text = po_of(short).read_text(encoding="utf-8")
    assert 'msgid "The end of it."\nmsgstr "Soňy."\n' in text
    assert 'msgid "It says nothing."\nmsgstr "Hiç zat diýmeýär."\n' in text
    assert "kit:" not in text
    assert "X-Publish-Kit" not in text
    assert not list(short.glob("*.not-taken.html"))
    before = po_of(short).read_bytes()
    assert run(short, "kit", "import", str(file), "-q") == 0
    assert po_of(short).read_bytes() == before


def test_what_was_approved_goes_out_as_final_and_stays_so(short: Path) -> None:
    file = by_catalog(short, {"The end of it.": "Soňy."})
    assert run(short, "kit", "import", str(file), "-q") == 0
    shutil.rmtree(short / "build")
    assert run(short, "review", "approve", "The end", "-l", "tk", "--as", "editor", "-q") == 0
    sent = exported(short, "--format", "xliff")
    assert sent.read_bytes().count(b'state="final"') == 1
    before = po_of(short).read_bytes()
    assert run(short, "kit", "import", str(sent), "-q") == 0
    assert po_of(short).read_bytes() == before


@pytest.mark.parametrize("way", WAYS)
def test_untouched_kits_change_no_byte(short: Path, way: Way) -> None:
    file = way(short, {})
    before = po_of(short).read_bytes()
    assert run(short, "kit", "import", str(file)) == 0
    assert po_of(short).read_bytes() == before


def test_what_was_not_taken_is_named_and_kept(
    short: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    po = po_of(short)
    file = by_spreadsheet(short, {"The end of it.": "Olaryňky.", "It says nothing.": "*Hiç.*"})
    text = po.read_text(encoding="utf-8")
    po.write_text(text.replace('it."\nmsgstr ""', 'it."\nmsgstr "Biziňki."'), encoding="utf-8")
    before = po.read_bytes()
    assert run(short, "kit", "import", "--dry-run", str(file)) == 1
    assert not list(short.glob("*.html"))
    capsys.readouterr()
    assert run(short, "kit", "import", str(file)) == 1
    said = capsys.readouterr()
    assert "warning[kit-conflict]: not taken: the catalog has another translation" in said.out
    assert re.search(r"--> .*back\.xlsx:7  \(D7\)\n   \| Olaryňky\.", said.out)
    assert "warning[marks-differ]" in said.out
    assert "0 taken, 2 not taken, 3 as they were sent" in said.err
    assert po.read_bytes() == before
    page = (short / "back.xlsx.not-taken.html").read_text(encoding="utf-8")
    assert all(word in page for word in ("Olaryňky.", "Biziňki.", "*Hiç.*", "D7"))


def test_a_sentence_reworded_meanwhile_is_told(
    short: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = by_spreadsheet(short, {"The end of it.": "Soňy.", "It says nothing.": "Hiç."})
    source = short / "source" / "short.md"
    changed = source.read_text(encoding="utf-8").replace("The end of it.", "Nothing more.")
    source.write_text(changed, encoding="utf-8")
    assert run(short, "update", "-q") == 0
    assert run(short, "kit", "import", str(file)) == 1
    said = capsys.readouterr()
    assert "1 taken, 1 not taken" in said.err
    assert "kit-unknown" in said.out
    assert "Soňy." in (short / "back.xlsx.not-taken.html").read_text(encoding="utf-8")


def test_a_catalog_that_was_no_kit_needs_to_be_named(
    short: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (short / "source" / "other.md").write_text(SOURCE, encoding="utf-8")
    assert run(short, "update", "-q") == 0
    file = short / "mine.po"
    text = po_of(short).read_text(encoding="utf-8")
    file.write_text(text.replace('it."\nmsgstr ""', 'it."\nmsgstr "Soňy."'), encoding="utf-8")
    capsys.readouterr()
    assert run(short, "kit", "import", str(file)) == 2
    assert "does not say what it is a translation of" in capsys.readouterr().err
    assert run(short, "kit", "import", str(file), "--document", "short", "-l", "ru") == 2
    assert "mine.po is in tk, not in ru" in capsys.readouterr().err
    assert run(short, "kit", "import", str(file), "--document", "short", "-q") == 0
    assert "Soňy." in po_of(short).read_text(encoding="utf-8")


def test_states_are_read_in_the_language_of_the_sheet(short: Path) -> None:
    po = po_of(short)
    text = po.read_text(encoding="utf-8").replace('it."\nmsgstr ""', 'it."\nmsgstr "Soňy."')
    po.write_text(text.replace("#. paragraph\n", "#. paragraph\n#, fuzzy\n"), encoding="utf-8")
    data = members(exported(short))["short.tk.xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(data))
    (row,) = (row for row in book.worksheets[0].iter_rows(min_row=3) if row[3].value == "Soňy.")
    assert row[4].value == "düzetmeli"
    places = [cell.value for cell in book.worksheets[0]["B"]]
    assert places[2:5] == ["ady", "findings, sözbaşy", "findings ¶1"]
    row[4].value = "terjime edildi"
    book.save(short / "back.xlsx")
    assert run(short, "kit", "import", str(short / "back.xlsx"), "-q") == 0
    found = po.read_text(encoding="utf-8")
    assert re.search(r'(?<!fuzzy\n)#: \S+\nmsgid "The end of it."\nmsgstr "Soňy."', found)
    assert 'fuzzy\nmsgid "The end' not in found


MSGIDS = [record.entry.msgid for record in catalog().records]
STATES = st.dictionaries(st.sampled_from(MSGIDS), st.tuples(TEXTS, st.booleans()))


@settings(max_examples=30)
@given(STATES)
@example({"A short report": ("*\x1b", True), "What was found": ("{joined}", False)})
@example({"A short report": ("\\*a*", False), "A first item.": ("=1 _x0041_\r\n", True)})
def test_any_catalog_that_goes_out_and_comes_back_is_the_same(
    texts: dict[str, tuple[str, bool]],
) -> None:
    """The law, for every format: export, then import, changes nothing and tells nothing."""
    fuzzy = [msgid for msgid, (_, doubtful) in texts.items() if doubtful]
    po = catalog({msgid: text for msgid, (text, _) in texts.items()}, *fuzzy)
    words = words_of_states(sheet_of(po).interface)
    for data in (
        catalog_file(po, "short"),
        workbook(sheet_of(po))[0],
        write_xliff("short", ENGLISH, TURKMEN, sent(po, through_xliff)),
    ):
        (parcel,) = read_parcels(data, "back")
        outcome = take_back(po, parcel.texts(po, words), document(), ENGLISH, parcel.form)
        assert (outcome.po, outcome.rejected, outcome.taken) == (po, (), 0)
        assert outcome.untouched == len(po.records)
        assert (parcel.document, parcel.language) == ("short", "tk")


# --------------------------------------------------------------------------- pages


def words_of(row: etree._Element) -> str:
    """The translation in a row of the reader."""
    (found,) = (p for p in row.iter(f"{XHTML}p") if p.get("class") == "translation")
    return " ".join("".join(map(str, found.itertext())).split())


def pages() -> Pages:
    return Pages((template_folder(),), Interface(TURKMEN, {}), ENGLISH)


def test_the_reader_shows_text_as_text_and_what_is_missing() -> None:
    texts = {
        "A quoted sentence.": "Sitata & <b>",
        "The law was *read*.": "Kanun *okaldy*.",
        "A first item.": "<script>alert(1)</script>",
        "The text of the note.": "[link](9)",
    }
    root = etree.fromstring(reader_page(pages(), document(), catalog_of(catalog(texts))))
    rows = {row.get("id"): row for row in root.iter(f"{XHTML}div") if row.get("id")}
    assert list(rows) == ["p1", "p2", "p3", "p4", "p5"]
    shown = {number: words_of(row) for number, row in rows.items()}
    assert shown["p1"] == "Kanun okaldy. [en] …"
    assert rows["p1"].find(f".//{XHTML}em") is not None
    assert (shown["p2"], shown["p5"]) == ("[en] …", "[en] …")
    assert not list(root.iter(f"{XHTML}script", f"{XHTML}b"))
    languages = [p.get("lang") for p in rows["p1"].iter(f"{XHTML}p")]
    assert languages == ["en", "tk"]


def test_a_text_that_was_not_taken_stands_there_word_for_word() -> None:
    text = ' <b>&amp; "x"\n\tý\u202e\x08'
    returned = Returned("u1", text, False, "", "D3", 3, "<i>source</i>", ("# a comment",))
    page = rejected_page(
        pages(), "<x>.xlsx", [Rejected(returned, "kit-gone", "why", "how", "kept")]
    )
    root = etree.fromstring(page)
    (shown,) = (one for one in root.iter(f"{XHTML}pre") if one.get("class") == "text")
    assert shown.text == ' <b>&amp; "x"\n\tý\\u202e\\u0008'


# --------------------------------------------------------------------------- tm, glossary


def test_a_memory_goes_out(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(workspace, "tm", "export", "-l", "tk") == 0
    data = capsys.readouterr().out
    assert len(read_tmx(data.encode(), "memory.tmx", "en", "tk")) > 20
    assert run(workspace, "tm", "export") == 2
    assert run(workspace, "tm", "export", "-l", "tk", "-o", str(workspace / "m.tmx")) == 0
    assert (workspace / "m.tmx").read_text(encoding="utf-8") == data


def test_a_memory_comes_in(short: Path, capsys: pytest.CaptureFixture[str]) -> None:
    memory = short / "memory.tmx"
    memory.write_bytes(write_tmx([TranslationPair("The end of it", "Soňy")], ENGLISH, TURKMEN))
    assert run(short, "tm", "import", "--dry-run", str(memory)) == 0
    assert "1 filled in, fuzzy" in capsys.readouterr().err
    assert "Soňy" not in po_of(short).read_text(encoding="utf-8")
    assert run(short, "tm", "import", str(memory)) == 0
    assert '#, fuzzy\n#| msgid "The end of it"' in po_of(short).read_text(encoding="utf-8")
    assert run(short, "tm", "import", "-l", "ru", str(memory)) == 2
    assert "no translations from en into ru" in capsys.readouterr().err


def test_the_glossary_is_looked_through(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(workspace, "glossary", "-l", "tk") == 0
    out = capsys.readouterr().out
    assert out.startswith("locales/glossary.csv: ")
    assert re.search(r"^  \d+: .+ → .+ \(unverified\): \S+: .*¶\d+", out, re.M)
    assert run(workspace, "glossary", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert {one["language"] for one in told["unverified"]} == {"ru", "tk"}
    for words in (("-l", "tk", "export"), ("export", "-l", "tk")):
        assert main(["glossary", "-C", str(workspace), *words]) == 0
        tbx = capsys.readouterr().out
        assert 'xml:lang="tk"' in tbx
        assert 'xml:lang="ru"' not in tbx


def test_a_wrong_glossary_is_an_error_with_its_line(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workspace / "locales" / "glossary.csv"
    path.write_text("en,ru,status,note\na,b,c\n", encoding="utf-8")
    assert run(workspace, "glossary") == 1
    assert "--> locales/glossary.csv:2" in capsys.readouterr().err
    path.unlink()
    assert run(workspace, "glossary") == 2
